"""What covers a locked counter: whose it is, the password field, and the way for another officer."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.ui.counter.session.sign_in import PasswordField
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.panels import Note
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label

_CARD_WIDTH = 440


class LockPage(QWidget):
    """Shows nothing of what lies below it, but for how the queue stands and that somebody needs help.

    Signals:
        unlock_requested: the password was given.
        change_requested: another officer wants to sign in here.
    """

    unlock_requested = Signal(str)
    change_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "page")
        self.officer = Label("", "body", "soft", wrap=True)
        self.queue = Label("", "body", "soft", wrap=True)
        self.calls = Note(theme, "priority")
        self.password = PasswordField()
        self.caps = Label(_("Caps Lock menyala."), "small", "warn")
        self.wrong = Label("", "body", "danger", wrap=True)
        self.button = Button(theme, _("Buka kunci"), "primary", "log-in")
        self.change = Button(theme, _("Ganti petugas"), "quiet", "log-out")
        self._card = QFrame()
        self._card.setProperty("kind", "panel")
        self._lay_out(theme)
        self._wire()
        theme.changed.connect(self._rescale)
        self._rescale()

    def _lay_out(self, theme: Theme) -> None:
        outer = Column(theme, self)
        outer.addStretch(2)
        across = Row(theme)
        across.addStretch()
        across.addWidget(self._card)
        across.addStretch()
        outer.addLayout(across)
        outer.addStretch(3)
        column = Column(theme, self._card, gap=14, margins=(40, 32, 40, 32))
        head = Row(theme, gap=16)
        head.addWidget(IconTile(theme, "lock", "slate", 56))
        names = Column(theme, gap=2)
        names.addWidget(Label(_("Terkunci"), "heading"))
        names.addWidget(self.officer)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addWidget(self.queue)
        column.addWidget(self.calls)
        label = Label(_("Kata sandi"), "small", "soft")
        label.setBuddy(self.password)
        self.password.setAccessibleName(_("Kata sandi"))
        for widget in (label, self.password, self.caps, self.wrong, self.button, self.change):
            column.addWidget(widget)

    def _wire(self) -> None:
        self.button.setAutoDefault(True)
        self.password.caps_lock.connect(self.caps.setVisible)
        self.password.returnPressed.connect(self._ask)
        self.button.clicked.connect(self._ask)
        self.change.clicked.connect(self.change_requested)

    def show_lock(self, officer: str) -> None:
        """Begin anew for this officer."""
        self.officer.setText(officer)
        self.password.clear()
        self.caps.hide()
        self.wrong.hide()
        set_style_properties(self.password, wrong=False)
        self._set_busy(busy=False)

    def show_queue(self, words: str) -> None:
        """How the queue stands: who is at the counter, how many wait."""
        self.queue.setText(words)
        self.queue.setVisible(bool(words))

    def show_calls(self, words: str) -> None:
        """Somebody needs help: told without saying who or why, to whoever passes by."""
        self.calls.say(words)

    def show_refusal(self, error: UserError) -> None:
        """Say why, empty the password, and put the cursor there."""
        self._set_busy(busy=False)
        self.wrong.setText(error.brief)
        self.wrong.show()
        self.password.refuse()

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        self.wrong.hide()
        self._set_busy(busy=True)
        self.unlock_requested.emit(self.password.text())

    def _set_busy(self, *, busy: bool) -> None:
        self.button.setText(_("Memeriksa…") if busy else _("Buka kunci"))
        self.button.setEnabled(not busy)
        self.change.setEnabled(not busy)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def _rescale(self) -> None:
        self._card.setFixedWidth(self._theme.px(_CARD_WIDTH))
