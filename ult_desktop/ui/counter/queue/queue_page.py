"""The queue workspace: the visitor, the actions, the lists, the other counters."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ult_desktop.base import _
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.action_bar import ActionBar
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.pages import VisitTabs
from ult_desktop.ui.counter.queue.current_card import CurrentCard
from ult_desktop.ui.counter.queue.day_page import ChartPanel, load_chart
from ult_desktop.ui.counter.queue.end_panel import EndPanel
from ult_desktop.ui.counter.queue.other_counters import OtherCounters
from ult_desktop.ui.counter.queue.side_panel import SidePanel
from ult_desktop.ui.kit import Column, Row, Theme
from ult_desktop.ui.kit.panels import REGION, ShownStack

_HEAD_HEIGHT = 136


class QueuePage(QWidget):
    """The page on which an officer works all day.

    Args:
        theme: colours and sizes.
        table: the actions by name.
        tabs: what is shown under a visitor; with nobody there, the other counters and the day's load do.

    Signals:
        asked: an action was pressed (its name).
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, table: dict[str, Action], tabs: VisitTabs | None = None) -> None:
        super().__init__()
        self._theme, self.tabs = theme, tabs
        self.setProperty("kind", "page")
        self.current = CurrentCard(theme)
        self.action_bar = ActionBar(theme, table)
        self.others = OtherCounters(theme)
        self.load = ChartPanel(theme, _("Nomor hari ini per jam"))
        self.ending = EndPanel(theme)
        self.side = SidePanel(theme)
        middle = Column(theme, gap=16, margins=(24, 20, 24, 12))
        below = self._lay_out_below()
        for region in (self.action_bar, below, self.side):
            region.setProperty(REGION, True)
        middle.addWidget(self.current)
        middle.addWidget(self.action_bar)
        middle.addWidget(below, 1)
        row = Row(theme, self)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self._situation: Situation | None = None
        self._now = 0
        self._wire()
        theme.changed.connect(self._rescale)
        self._rescale()

    def _lay_out_below(self) -> QStackedWidget:
        self._idle = QWidget()
        column = Column(self._theme, self._idle, gap=16)
        column.addWidget(self.others)
        column.addWidget(self.load, 1)
        self._below = ShownStack()
        self._below.addWidget(self._idle)
        self._below.addWidget(self.ending)
        if self.tabs is not None:
            self._below.addWidget(self.tabs)
        return self._below

    def show_situation(self, s: Situation, now: int) -> None:
        """Show the situation at `now` (UTC ms). Only this page knows which row is chosen."""
        self._situation, self._now = s, now
        self.side.show_board(s.board, now)
        self.current.show_situation(s, now)
        self._show_below(s)
        self.others.show_board(s.board)
        self.load.chart.show_chart(load_chart(s.board.day))
        self._show_actions()

    def _show_below(self, s: Situation) -> None:
        here = s.current if s.is_mine else None
        if self.tabs is not None:
            self.tabs.show_ticket(here)
        if self.is_ending and reasons.finish(s) == "":
            self.ending.show_situation(s)
        else:
            self._leave_ending()

    @property
    def is_ending(self) -> bool:
        """True while the panel asks how the visit ends."""
        return self._below.currentWidget() is self.ending

    def begin_ending(self) -> None:
        """Ask how the visit ends; `ending` has the answer."""
        if self._situation is not None:
            self.ending.show_situation(self._situation)
            self._below.setCurrentWidget(self.ending)
            self.ending.setFocus()

    def _leave_ending(self) -> None:
        focus, s = QApplication.focusWidget(), self._situation
        had_keyboard = focus is not None and (focus is self.ending or self.ending.isAncestorOf(focus))
        serves = self.tabs is not None and s is not None and s.is_mine and s.current is not None
        self._below.setCurrentWidget(self.tabs if serves and self.tabs is not None else self._idle)
        if had_keyboard:
            self.setFocus()

    def show_time(self, now: int) -> None:
        self._now = now
        self.current.show_time(now)
        self._show_actions()

    @property
    def situation(self) -> Situation | None:
        """The situation shown last, with the row that is chosen now."""
        return replace(self._situation, selected=self.side.selected) if self._situation else None

    def _show_actions(self) -> None:
        if self.situation is not None:
            self.action_bar.show_situation(self.situation, self._now)
            # While there is no next step the focus begins at the waiting list: arrows choose, Enter calls.
            self.setFocusProxy(self.action_bar.main or self.side.waiting.view)

    def _wire(self) -> None:
        self.action_bar.asked.connect(self.asked)
        self.ending.left.connect(self._leave_ending)
        self.ending.decided.connect(lambda: self.asked.emit("finish"))
        self.side.chosen.connect(self._show_actions)
        self.side.wished.connect(self.asked)
        self.side.call_requested.connect(lambda _ticket: self.asked.emit("call_selected"))
        self.side.come_back_requested.connect(lambda _ticket: self.asked.emit("come_back"))
        self.side.seat_requested.connect(lambda: self.asked.emit("seat"))
        self.side.resume_requested.connect(lambda _ticket: self.asked.emit("resume"))

    def _rescale(self) -> None:
        self.current.setFixedHeight(self._theme.words_px(_HEAD_HEIGHT))
