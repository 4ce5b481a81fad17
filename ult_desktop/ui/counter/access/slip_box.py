"""A password that was made for an officer: shown once, for paper."""

from functools import partial

from PySide6.QtCore import Qt

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.operations.access.issued_password import IssuedPassword
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import PageHost, offer_paper
from ult_desktop.ui.kit import dialogs, widgets


class SlipBox(dialogs.Box):
    """The box with a temporary password. Once it is closed, only who wrote the password down has it."""

    def __init__(self, host: PageHost, issued: IssuedPassword) -> None:
        title = _("Kata sandi {name}").format(name=issued.officer.name)
        super().__init__(host.window, host.theme, title, ("lock", "teal"))
        self._host, self._issued = host, issued
        self.say(_("Nama masuk: {login}").format(login=issued.officer.login), tone="")
        self.password = widgets.Label(issued.password, "heading")
        self.password.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.password.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.password.setAccessibleName(_("Kata sandi sementara"))
        self.words.addWidget(self.password)
        self.say(
            _("Hanya tampil sekali. {name} menggantinya sendiri saat masuk pertama.").format(
                name=issued.officer.name
            )
        )
        self.print = self.add_side_button(_("Cetak slip"), self._print, "printer")
        self.kept = self.add_button(_("Selesai"), "primary", lambda: None)
        self.print.setFocus()

    def _print(self) -> None:
        offer_paper(self._host, partial(slip, self._issued, formats.format_date(self._host.now(), "long")))


def slip(issued: IssuedPassword, day: str, _office: Office, _actor: Actor) -> Sheet:
    """Make the password slip for the ticket printer or as PDF. It is torn up after the first sign-in."""
    about = issued.office
    return Sheet(
        office=Letterhead((about.unit.upper(), about.name), about.logo),
        title=_("Kata sandi sementara"),
        number=day,
        rows=(
            SheetRow(_("Nama"), issued.officer.name),
            SheetRow(_("Nama masuk"), issued.officer.login),
            SheetRow(_("Kata sandi"), issued.password),
        ),
        notes=(
            _("Pilih nama Anda di loket, ketik kata sandi ini, lalu buat kata sandi sendiri."),
            _("Sobek slip ini sesudahnya."),
        ),
    )
