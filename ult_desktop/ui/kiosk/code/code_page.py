"""The page that asks for the code of an appointment, an online request or a ticket, typed or scanned."""

from PySide6.QtCore import Signal
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.queue.kiosk_code import LONGEST_CODE
from ult_desktop.ui.kiosk.home.shortcut_row import ICONS
from ult_desktop.ui.kiosk.typing import keyboard, typing_page
from ult_desktop.ui.kiosk.visit import CodePurpose
from ult_desktop.ui.kit import Theme


class CodePage(typing_page.TypingPage):
    """The page on which a code is typed.

    The state of the look-up or a refusal is shown below the code until something else is typed.

    Signals:
        code_entered: to be looked up.
        survey_entered: the survey of that ticket is wanted.
    """

    code_entered = Signal(str)
    survey_entered = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._purpose, self._refusal, self._looking = CodePurpose.ANY, "", False
        self.entered.connect(self._enter)
        self.changed.connect(lambda: self._say(""))

    def open(self, purpose: CodePurpose) -> None:
        if purpose is not self._purpose:
            self._purpose, self._refusal, self._looking = purpose, "", False
        self.ask(_question(purpose, self._refusal, looking=self._looking))

    def show_refusal(self, error: UserError) -> None:
        self._say(" ".join(word for word in (error.what, error.todo) if word))

    @override
    def forget(self) -> None:
        super().forget()
        self._refusal, self._looking = "", False

    def _say(self, refusal: str, *, looking: bool = False) -> None:
        if (refusal, looking) != (self._refusal, self._looking):
            self._refusal, self._looking = refusal, looking
            self.open(self._purpose)

    def _enter(self, code: str) -> None:
        self._say("", looking=True)
        survey = self._purpose is CodePurpose.SURVEY
        (self.survey_entered if survey else self.code_entered).emit(code)


def _question(purpose: CodePurpose, refusal: str, *, looking: bool) -> typing_page.Typing:
    number = (
        _("Berapa nomor antrean Anda?"),
        _("Nomor pada karcis, misalnya A012, atau pindai kode QR-nya."),
    )
    title, hint = {
        CodePurpose.ANY: (
            _("Ketik atau pindai kode Anda"),
            _("Kode janji temu, nomor permintaan daring, atau nomor karcis seperti A012."),
        ),
        CodePurpose.BOOK: number,
        CodePurpose.SURVEY: number,
    }[purpose]
    return typing_page.Typing(
        about=purpose,
        title=title,
        hint=hint,
        keys=keyboard.Keys.CODE,
        verb=_("Lanjut"),
        picture=ICONS[purpose],
        trouble=refusal,
        news=_("Sebentar, sedang diperiksa…") if looking else "",
        longest=LONGEST_CODE,
    )
