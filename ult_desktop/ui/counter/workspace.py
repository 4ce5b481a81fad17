"""All of the window below the sign-in: the rail, its pages, and the keys."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ult_desktop.ui.counter.actions import Action
from ult_desktop.ui.counter.day_page import DayPage
from ult_desktop.ui.counter.queue_page import QueuePage
from ult_desktop.ui.counter.rail import Rail
from ult_desktop.ui.counter.situation import Situation
from ult_desktop.ui.layouts import Row
from ult_desktop.ui.theme import Theme


class Workspace(QWidget):
    """What a signed-in officer sees.

    Signals:
        asked: an action by button, key or row (its name).
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, table: dict[str, Action]) -> None:
        super().__init__()
        self.table = table
        self.rail = Rail(theme, table)
        self.queue = QueuePage(theme, table)
        self.day = DayPage(theme)
        self._pages: dict[str, QWidget] = {"queue": self.queue, "day": self.day}
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        row = Row(theme, self)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        self.rail.asked.connect(self.asked)
        self.queue.asked.connect(self.asked)
        self.rail.page_requested.connect(self.show_page)
        self._add_keys(table)

    def _add_keys(self, table: dict[str, Action]) -> None:
        for action in table.values():
            if action.key:
                self._key(action.key).activated.connect(lambda name=action.name: self.asked.emit(name))
        self._key("Ctrl+F").activated.connect(self._search)

    def _key(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        return shortcut

    def _search(self) -> None:
        self.show_page("queue")
        self.queue.side.focus_search()

    @property
    def page(self) -> str:
        """The page in sight: "queue" or "day"."""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def show_page(self, name: str) -> None:
        self._stack.setCurrentWidget(self._pages[name])
        self.rail.show_page(name)

    def show_situation(self, s: Situation, now: int) -> None:
        """Show everything as it stands at `now` (UTC ms)."""
        self.rail.show_situation(s)
        self.queue.show_situation(s, now)
        self.day.show_board(s.board)

    def show_time(self, now: int) -> None:
        self.queue.show_time(now)
