"""The cover of a locked counter: its officer, the password field, and the way for another officer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.counter.session.password_page import PasswordPage
from ult_desktop.ui.kit import Column, Row, Theme, panels, widgets

_WATCH_HEIGHT = 480  # base pixels


class LockPage(PasswordPage):
    """The page that hides all below it, except the state of the queue and that somebody needs help.

    Over the page Hari ini what goes on in the office stays readable: no visitor is named there.

    Signals:
        unlock_requested: the password was given.
        change_requested: another officer wants to sign in here.
    """

    unlock_requested = Signal(str)
    change_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Buka kunci"))
        self.officer = widgets.Label("", "body", "soft", wrap=True)
        self.queue = widgets.Label("", "body", "soft", wrap=True)
        self.calls = panels.Note(theme, "priority")
        self.change = widgets.Button(theme, _("Ganti petugas"), "quiet", "log-out")
        self.change.clicked.connect(self.change_requested)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        head = Row(theme, gap=16)
        head.addWidget(widgets.IconTile(theme, "lock", "slate", 56))
        names = Column(theme, gap=2)
        names.addWidget(widgets.Label(_("Terkunci"), "heading"))
        names.addWidget(self.officer)
        head.addLayout(names, 1)
        self.column.addLayout(head)
        self.column.addWidget(self.queue)
        self.column.addWidget(self.calls)
        label = widgets.Label(_("Kata sandi"), "small", "soft")
        label.setBuddy(self.password)
        self.password.setAccessibleName(_("Kata sandi"))
        for widget in (label, self.password, self.caps, self.wrong, self.button, self.change):
            self.column.addWidget(widget)

    def show_lock(self, officer: str) -> None:
        """Start again for this officer."""
        self.officer.setText(officer)
        self.clear()

    def show_queue(self, words: str) -> None:
        """Show the state of the queue: who is at the counter, how many wait."""
        self.queue.setText(words)
        self.queue.setVisible(bool(words))

    def show_calls(self, words: str) -> None:
        """Show that somebody needs help, without saying who or why, because anybody may pass by."""
        self.calls.say(words)

    def show_beside(self, watched: QWidget) -> None:
        """Show what stays readable while the counter is locked."""
        self.across.insertWidget(0, watched, 1)
        self.across.setContentsMargins(*(self._theme.px(24),) * 4)
        watched.setMinimumHeight(self._theme.px(_WATCH_HEIGHT))

    @override
    def _ready(self) -> None:
        self._set_busy(busy=False)

    @override
    def _ask(self) -> None:
        self._set_busy(busy=True)
        self.unlock_requested.emit(self.password.text())

    def _set_busy(self, *, busy: bool) -> None:
        self.button.setText(_("Memeriksa…") if busy else _("Buka kunci"))
        self.button.setEnabled(not busy)
        self.change.setEnabled(not busy)
