"""The visitor whom a counter serves now, and the tabs about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page import Fetching, WorkPanel
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import Column, icons
from ult_desktop.ui.kit.panels import ShownStack


@dataclass(frozen=True)
class VisitorAtCounter:
    """The number at the counter, and its visit; None until the visitor has arrived there."""

    ticket: Ticket
    visit: Visit | None = None


def find_visitor(ticket: Ticket, office: Office) -> VisitorAtCounter:
    """Find the visit behind the number, on the worker thread."""
    return VisitorAtCounter(ticket, office.read(partial(visits.of_ticket, ticket_id=ticket.id)))


class VisitTab(WorkPanel):
    """A tab about the visitor who is called or served: `now_serving`, which `show_serving` sets."""

    now_serving: VisitorAtCounter
    _has_visitor = False

    @override
    def lay_out(self) -> Column:
        self.setProperty("kind", "page")
        return Column(self.theme, self, gap=12, margins=(0, 12, 0, 0))

    def show_serving(self, now_serving: VisitorAtCounter) -> None:
        """Show another visitor, or the same one after a change; read again if the tab is visible."""
        self.now_serving, self._has_visitor = now_serving, True
        if self.isVisible():
            self.refresh()

    def take_keyboard(self) -> None:
        """Move the focus into the tab if it has a field for it (its focus proxy)."""
        if self.focusProxy() is not None:
            self.setFocus()

    @override
    def _refresh_if_visible(self) -> None:
        """Do nothing: at a change `VisitTabs` reads who is served, and then calls `show_serving`."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._has_visitor:
            super().showEvent(event)


class VisitTabs(QWidget):
    """The tabs about the visitor, as far as the officer's roles allow. Alt+1, Alt+2 … choose one."""

    def __init__(self, host: PageHost, kinds: Sequence[type[VisitTab]]) -> None:
        super().__init__()
        self._host, self._fetching = host, Fetching(host)
        self._ticket: Ticket | None = None
        self.tabs = {kind.name: kind(host) for kind in kinds if kind.is_for(host.actor)}
        self.bar, self.stack = QTabBar(), ShownStack()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        for number, tab in enumerate(self.tabs.values(), start=1):
            self.bar.addTab(tab.title())
            self.bar.setTabToolTip(number - 1, f"Alt+{number}")
            self.stack.addWidget(tab)
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(partial(self._enter, number - 1))
        self.bar.currentChanged.connect(self.stack.setCurrentIndex)
        self.bar.tabBarClicked.connect(self._enter)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = Column(host.theme, self)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        host.changed.connect(self._refresh)
        host.theme.changed.connect(self._show_icons)
        self._show_icons()

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show whom the counter serves now; None while nobody is there."""
        if ticket == self._ticket:
            return
        is_another_visitor = ticket is not None and (self._ticket is None or self._ticket.id != ticket.id)
        if is_another_visitor:
            self.bar.setCurrentIndex(0)
        self._ticket = ticket
        self._refresh()

    def open_tab(self, name: str) -> None:
        self.bar.setCurrentIndex(list(self.tabs).index(name))

    def _enter(self, index: int) -> None:
        tab = self.stack.widget(index)
        if isinstance(tab, VisitTab):  # None after a click next to the tabs (index -1)
            self.bar.setCurrentIndex(index)
            tab.take_keyboard()

    def _refresh(self) -> None:
        if self._ticket is not None:
            self._fetching.fetch(partial(find_visitor, self._ticket), self._show)

    def _show(self, now_serving: VisitorAtCounter) -> None:
        if self._ticket is not None and now_serving.ticket.id == self._ticket.id:
            for tab in self.tabs.values():
                tab.show_serving(now_serving)

    def _show_icons(self) -> None:
        """Show the icons in the theme's ink; hide all of them where names and icons do not both fit."""
        theme = self._host.theme
        self.bar.setIconSize(QSize(theme.px(22), theme.px(18)))
        ink = theme.color("ink-soft")
        for number, tab in enumerate(self.tabs.values()):
            self.bar.setTabIcon(number, icons.icon(tab.icon_name, ink, theme.px(18), apart=theme.px(4)))
        if self.bar.sizeHint().width() > self.width():
            for number in range(self.bar.count()):
                self.bar.setTabIcon(number, QIcon())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show_icons()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
