"""The page with one question that is answered by typing: the question, the text, and the keyboard."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts.targets import main_action, set_button_words
from ult_desktop.ui.kiosk.typing.entry_line import EntryLine
from ult_desktop.ui.kiosk.typing.keyboard import LARGE, Keyboard, Keys
from ult_desktop.ui.kiosk.typing.question_band import QuestionBand
from ult_desktop.ui.kiosk.typing.scanner import Scanner
from ult_desktop.ui.kit import Column, Theme
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.layouts import NO_MARGINS

_MARGINS = (20, 16, 20, 20)  # base pixels, as all margins here
_BESIDE_TAB = (56, 16, 56, 20)  # what is next to the loudspeaker's tab leaves it room
_LINE_BESIDE_TAB = (36, 0, 36, 0)
_TALL = 1.6  # times as high as wide: all keys are below the tab


@dataclass(frozen=True)
class Typing:
    """A question that is answered by typing.

    Args:
        about: identifies the question; a new one begins with `text`, the same one keeps what is typed.
        title: the question in words.
        hint: what helps to answer it.
        place: the number of this question and of all of them, (2, 6).
        keys: what is typed.
        text: what was answered before.
        verb: the words of the button to go on.
        skip: the words of that button while nothing is typed; "" if an answer is needed.
        picture: an icon and its tint, where there is room for it.
        trouble: why the answer was not taken.
        news: what happens with the answer now.
        notice: what the office does with the answer, in full and in short.
        longest: the most characters of an answer.
    """

    about: object
    title: str
    hint: str = ""
    place: tuple[int, int] | None = None
    keys: Keys = Keys.WORDS
    text: str = ""
    verb: str = ""
    skip: str = ""
    picture: tuple[str, str] = ("pen-line", "blue")
    trouble: str = ""
    news: str = ""
    notice: tuple[str, str] = ("", "")
    longest: int = 80


class TypingPage(QWidget):
    """The page for typing.

    It fills the screen: on the smallest one the keyboard leaves no room for a head and a foot.

    Signals:
        entered: the answer, without spaces at its ends.
        changed: something was typed since the last trouble.
    """

    entered = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.question = Typing(None, "")
        self._scanner = Scanner()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.EditableText)
        self.band, self.line = QuestionBand(theme), EntryLine(theme)
        self.go_on = main_action(theme, "arrow-right")
        self.keyboard = Keyboard(theme, self.go_on)
        self.keyboard.typed.connect(self.add)
        self.keyboard.deleted.connect(self.delete)
        self.go_on.clicked.connect(self.submit)
        self.go_on.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = Column(theme, self)
        column.addWidget(self.band, 1)
        self._below = Column(theme, gap=16, margins=_MARGINS)
        self._around = Column(theme)
        self._around.addWidget(self.line)
        self._below.addLayout(self._around)
        self._below.addWidget(self.keyboard)
        column.addLayout(self._below)

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def skips(self) -> bool:
        """Return whether the button to go on passes over the question now."""
        return bool(self.question.skip) and not self.text.strip()

    def ask(self, question: Typing) -> None:
        """Show a question; another language or a new trouble leaves what is typed."""
        is_other = question.about != self.question.about
        self.question = question
        self.setAccessibleName(question.title)
        self.setAccessibleDescription(question.trouble or question.news or question.hint)
        self.band.show_question(question.title, question.hint, question.place, question.picture)
        self.band.show_notice(question.notice[0])
        self._show_words()
        if is_other:
            self.keyboard.open(question.keys)
        self._show(question.text if is_other else self.text)
        self.keyboard.retranslate()

    def forget(self) -> None:
        self.question = Typing(None, "")
        self._show("")

    def add(self, character: str) -> None:
        """Add a character, but no space at the start, which nobody would see."""
        if len(self.text) < self.question.longest and (character != " " or self.text):
            self._show(self.text + character)
            self.changed.emit()

    def delete(self) -> None:
        self._show(self.text[:-1])
        self.changed.emit()

    def submit(self) -> None:
        if self.go_on.isEnabled():
            self.entered.emit(self.text.strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type the key of a real keyboard as it is.

        Where a code is asked for, a scanned one replaces what was typed before it.
        """
        scanned = self._scanner.take_key(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if scanned and self.question.keys is Keys.CODE:
                self._show(scanned)
            self.submit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.delete()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the window goes back
        elif event.text().isprintable():
            for character in event.text():
                self.add(character)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.line.make_room(roomy=self.height() > self.width())
        tall = self.height() >= _TALL * self.width()
        self._below.set_margins(_MARGINS if tall else _BESIDE_TAB)
        self._around.set_margins(_LINE_BESIDE_TAB if tall else NO_MARGINS)
        self._show_words()

    def _show_words(self) -> None:
        question = self.question
        in_short = "" if self.band.notice.isVisibleTo(self.band) else question.notice[1]
        self.line.show_words(question.trouble or question.news or in_short, trouble=bool(question.trouble))

    def _show(self, text: str) -> None:
        self.line.show_text(text)
        question = self.question
        self.go_on.set_icon("arrow-right" if self._theme.growth <= LARGE else "")
        set_button_words(self.go_on, question.skip if self.skips else question.verb)
        self.go_on.setEnabled(bool(question.skip) or bool(text.strip()))
        self.keyboard.show_case(upper=question.keys is not Keys.WORDS or not text or text[-1] in " .-/'(")
