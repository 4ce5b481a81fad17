"""The officer's exit: a hidden corner that is held, the page of the PIN, and the choice of a new one."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QScreen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import is_easily_guessed
from ult_desktop.ui.kit import Column, Grid, Theme, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.public_screen import cover_screen
from ult_desktop.ui.kit.widgets.card import Card

_TRIES = 3  # wrong PINs, then the page closes
_DOT, _RING = "●", "○"


class ExitCorner(QWidget):
    """The invisible corner over the top left of the window.

    Signals:
        held: pressed without a break for the time given.
    """

    held = Signal()

    def __init__(self, theme: Theme, parent: QWidget, hold_ms: int) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("overlay", True)
        self._timer = QTimer(self, singleShot=True, interval=hold_ms)
        self._timer.timeout.connect(self.held)
        self._pause = QTimer(self, singleShot=True)
        theme.changed.connect(self.place)
        self.place()

    def place(self) -> None:
        side = round(self._theme.target * 1.25)
        self.setGeometry(0, 0, side, side)
        self.raise_()

    def ignore(self, milliseconds: int) -> None:
        """Ignore every press for this many milliseconds: somebody has been guessing the PIN."""
        self._pause.start(milliseconds)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A touch comes as a left button.
        if event.button() is Qt.MouseButton.LeftButton and not self._pause.isActive():
            self._timer.start()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            self._timer.stop()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._timer.stop()


class PinPad(QWidget):
    """The pad of ten digits, "Hapus" and "Batal", for a finger or a keyboard.

    The page decides what a digit does.

    Signals:
        given_up: "Batal".
    """

    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._typed = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.EditableText)
        self.title = widgets.Label("", "title", wrap=True)
        self.dots = widgets.Label("", "heading", "primary")
        self.words = widgets.Label("", "body", "danger", wrap=True)
        for label in (self.title, self.dots, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._theme = theme
        self._grid = Grid(theme, gap=16)
        self.keys = {digit: self._key(digit) for digit in "1234567890"}
        for place, digit in enumerate("123456789"):
            row, column = divmod(place, 3)
            self._grid.addWidget(self.keys[digit], row, column)
        self.delete_button = self._button("delete", self._delete)
        self.cancel_button = self._button("x", self.given_up.emit)
        self._grid.addWidget(self.cancel_button, 3, 0)
        self._grid.addWidget(self.keys["0"], 3, 1)
        self._grid.addWidget(self.delete_button, 3, 2)
        theme.changed.connect(self._keep_apart)
        self._keep_apart()
        self.card = Card(theme, padding=28, gap=12)
        self.card.body.addWidget(self.title)
        self.card.body.addWidget(self.dots)
        self.card.body.addWidget(self.words)
        self.card.body.addLayout(self._grid)
        page = Column(theme, self, margins=(24, 8, 24, 8))
        page.addStretch()
        page.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch()

    def ask(self, title: str, words: str = "") -> None:
        """Ask from the first digit; `words` say what was wrong."""
        self._typed = ""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.cancel_button.setAccessibleName(_("Batal"))
        self.delete_button.setAccessibleName(_("Hapus"))
        self._show(words)
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in self.keys and event.text():
            self._type(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._delete()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()

    def _type(self, digit: str) -> None:
        self._typed += digit
        self._show("")

    def _delete(self) -> None:
        self._typed = self._typed[:-1]
        self._show("")

    def _show(self, words: str) -> None:
        missing = self._length() - len(self._typed)
        self.dots.setText(" ".join(_DOT * len(self._typed) + _RING * missing))
        # A space keeps the line's height: the keys must not move under the finger.
        self.words.setText(words or " ")

    def _length(self) -> int:
        """Return how many digits are asked for; here as many as were typed."""
        return len(self._typed)

    def _key(self, digit: str) -> widgets.Button:
        button = widgets.Button(self._theme, digit, "key")
        button.setMinimumWidth(self._theme.target)
        button.clicked.connect(lambda: self._type(digit))
        return button

    def _button(self, icon: str, do: object) -> widgets.Button:
        button = widgets.Button(self._theme, icon_name=icon, role="key")
        button.clicked.connect(do)
        return button

    def _keep_apart(self) -> None:
        self._grid.setSpacing(self._theme.gap)


class PinPage(PinPad):
    """The page that asks for the PIN: to leave the kiosk, or to print a trial ticket at whatever hour.

    A PIN is checked as soon as it is long enough; after three wrong ones the page gives up.

    Signals:
        accepted: the right PIN was typed, to leave the kiosk.
        trial_wanted: the right PIN was typed, for a trial ticket.
        guessed: it was wrong three times, "Batal" in between or not.
    """

    accepted = Signal()
    trial_wanted = Signal()
    guessed = Signal()

    def __init__(self, theme: Theme, pin: str) -> None:
        self._pin, self._wrong = pin, 0
        super().__init__(theme)
        self.trial_button = widgets.Button(theme, role="key")
        self.trial_button.setCheckable(True)
        # So wide that its words keep off its edges in the column next to the other keys, too.
        self.trial_button.setMinimumWidth(3 * theme.target)
        self.trial_button.toggled.connect(self._begin)

    def open(self) -> None:
        """Ask for the PIN that leaves the kiosk, from the first digit."""
        self._grid.removeWidget(self.trial_button)
        if self.width() > self.height():  # a low screen has no fifth row of keys, but room beside them
            self._grid.addWidget(self.trial_button, 3, 3)
        else:
            self._grid.addWidget(self.trial_button, 4, 0, 1, 3)
        self.trial_button.setText(_("Cetak karcis percobaan"))
        self.trial_button.setChecked(False)
        self._begin()

    def show_trial(self, words: str) -> None:
        """Show what became of the trial ticket, and ask for the PIN that leaves the kiosk."""
        self.open()
        self._show(words)

    def _begin(self) -> None:
        self.ask(_("PIN untuk karcis percobaan") if self.trial_button.isChecked() else _("PIN petugas"))

    @override
    def _type(self, digit: str) -> None:
        super()._type(digit)
        if len(self._typed) < len(self._pin):
            return
        if self._typed == self._pin:
            if self.trial_button.isChecked():
                self.trial_wanted.emit()
            else:
                self.accepted.emit()
            return
        self._typed = ""
        # "Batal" does not reset it: a guesser would press it in between.
        self._wrong += 1
        self._show(_("PIN salah."))
        if self._wrong >= _TRIES:
            self._wrong = 0
            self.guessed.emit()
            self.given_up.emit()

    @override
    def _length(self) -> int:
        return len(self._pin)


SHORTEST, LONGEST = 4, 8  # digits


class PinChoice(PinPad):
    """The pad that asks for a new PIN twice: with a mistyped one nobody could leave the kiosk.

    Signals:
        chosen: the PIN.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._first = ""
        self.go_on_button = widgets.Button(theme, _("Lanjut"), "primary", "check")
        self.go_on_button.clicked.connect(self._go_on)
        self._grid.addWidget(self.go_on_button, 4, 0, 1, 3)
        theme.apply(self)
        self._begin("")

    def fill_screen(self, screen: QScreen | None = None) -> None:
        cover_screen(self, self._theme, screen)

    def refuse(self, error: UserError) -> None:
        """Show why the PIN could not be kept, and ask again: the kiosk begins only when it is kept."""
        self._begin(str(error))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    @override
    def _type(self, digit: str) -> None:
        if len(self._typed) < LONGEST:
            super()._type(digit)

    @override
    def _length(self) -> int:
        return max(SHORTEST, len(self._typed))

    def _begin(self, words: str) -> None:
        self._first = ""
        self.ask(_("PIN keluar: 4–8 angka"), words)

    def _go_on(self) -> None:
        if len(self._typed) < SHORTEST:
            self._show(_("Pilih 4 sampai 8 angka."))
        elif is_easily_guessed(self._typed):
            self._begin(_("PIN ini mudah ditebak. Pilih PIN lain."))
        elif not self._first:
            self._first = self._typed
            self.ask(_("Ketik PIN itu sekali lagi"))
        elif self._typed != self._first:
            self._begin(_("Tidak sama. Pilih dari awal."))
        else:
            self.chosen.emit(self._typed)
