"""A password in the middle of the window: its field, which notices Caps Lock, and the page around it."""

from abc import abstractmethod

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.kit import Column, Row, Theme, keep_room, set_style_properties, widgets
from ult_desktop.ui.kit.forms.text_fields import PasswordEye
from ult_desktop.ui.office_link.link_monitor import is_outage


class PasswordField(QLineEdit):
    """The password field. Qt cannot ask for Caps Lock; a letter typed against the Shift key reveals it.

    Signals:
        caps_lock: on (True) or off, as the last letter shows.
    """

    caps_lock = Signal(bool)

    def refuse(self) -> None:
        """Mark the field as wrong, empty it, and put the focus there for the next try."""
        set_style_properties(self, wrong=True)
        self.clear()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        # The key event does not tell of Caps Lock: https://doc.qt.io/qt-6/qkeyevent.html
        elif event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(event.text().isupper() is not shifted)
        super().keyPressEvent(event)


_CARD_WIDTH = 440  # base pixels
_TWO_LINES = 44  # base pixels: a refusal and its remedy


class PasswordPage(QWidget):
    """The page of a card in the middle of the window, with a password and a button, which Enter presses."""

    def __init__(self, theme: Theme, verb: str) -> None:
        super().__init__()
        self._theme = theme
        self._is_answer_shown = False  # the shown words say why a try was refused
        self.setProperty("kind", "page")
        self.password = PasswordField()
        self.eye = PasswordEye(theme, self.password).action
        self.caps = widgets.Label(_("Caps Lock menyala."), "small", "warn")
        self.wrong = widgets.Label("", "body", "danger", wrap=True, news=True)
        for label in (self.caps, self.wrong):  # the button stays where it is when one of them speaks
            keep_room(label)
        self.button = widgets.Button(theme, verb, "primary", "log-in")
        self.button.setAutoDefault(True)
        self._card = QFrame()
        self._card.setProperty("kind", "panel")
        outer = Column(theme, self)
        outer.addStretch(2)
        # Stretches centre the card: an alignment would cut words that wrap.
        self.card_row = Row(theme, gap=16)
        self.card_row.addStretch()
        self.card_row.addWidget(self._card)
        self.card_row.addStretch()
        outer.addLayout(self.card_row)
        outer.addStretch(3)
        self.column = Column(theme, self._card, gap=14, margins=(40, 32, 40, 32))
        self.password.caps_lock.connect(self.caps.setVisible)
        self.password.returnPressed.connect(self._try)
        self.button.clicked.connect(self._try)
        theme.changed.connect(self._rescale)
        manual_box.open_by_key(self, theme, lambda: "sign-in")
        self._rescale()

    def show_refusal(self, error: UserError) -> None:
        """Say why a try was refused, until the next one, and put the cursor into the password's field.

        The field is emptied, unless the office could not be asked: then nobody has judged the password, and
        it stays, masked.
        """
        self.tell(error)
        self._is_answer_shown = True
        if is_outage(error):
            self.eye.setChecked(False)
            self.password.setFocus()
        else:
            self.password.refuse()

    def tell(self, error: UserError) -> None:
        """Show an error, and leave what was typed as password: the officer may go on typing."""
        self._ready()
        self._is_answer_shown = False
        self.wrong.setText(error.brief)
        self.wrong.show()

    def clear(self) -> None:
        """Empty the password, and remove the words about it."""
        self.password.clear()
        self.eye.setChecked(False)
        self.caps.hide()
        self._forget_answer()
        self._ready()

    def forget_trouble(self) -> None:
        """Remove an error whose cause is over; why a try was refused stays until the next try."""
        if not self._is_answer_shown:
            self.wrong.hide()
        self._ready()

    def _forget_answer(self) -> None:
        self._is_answer_shown = False
        self.wrong.hide()
        set_style_properties(self.password, wrong=False)

    @abstractmethod
    def _ready(self) -> None:
        """Make the button ready for the next try."""

    def _try(self) -> None:
        """Try the password. An empty one is refused here: the office would count it as a wrong one."""
        if not self.button.isEnabled():
            return
        if not self.password.text():
            self.show_refusal(UserError(_("Kata sandi belum diisi.")))
            return
        self._forget_answer()
        self._ask()

    @abstractmethod
    def _ask(self) -> None:
        """Do what the page needs the password for."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def _rescale(self) -> None:
        self._card.setFixedWidth(self._theme.px(_CARD_WIDTH))
        self.wrong.setMinimumHeight(self._theme.px(_TWO_LINES))
