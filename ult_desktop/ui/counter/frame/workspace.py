"""The workspace of a signed-in officer: the rail with its counts, the page in sight, the bars below it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.formats import format_stopwatch
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.accountability.absence_bar import AbsenceBar, AbsenceWatch
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.care.page import AlertBar, AlertWatch
from ult_desktop.ui.counter.frame import palette
from ult_desktop.ui.counter.frame.rail import Rail, lines_of, tabs_for
from ult_desktop.ui.counter.pages import Fetching, PageHost, WorkPage, snapshot
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry
from ult_desktop.ui.counter.reports.page import SummaryWatch
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.lists import RecordList
from ult_desktop.ui.kit.panels import REGION, ShownStack
from ult_desktop.ui.kit.reading_order import first_tab_stop, tab_stops

if TYPE_CHECKING:
    from ult_desktop.ui.counter.help import manual_box
else:
    manual_box = late("ult_desktop.ui.counter.help.manual_box")


def focus_region(workspace: QWidget, step: int) -> None:
    """Move the focus by `step` regions, from left to right and around, to the first widget of the region."""
    first_widgets: list[QWidget] = []
    current: int | None = None
    focus = QApplication.focusWidget()
    for region in _innermost_regions(workspace):
        first = next(iter(tab_stops(region)), None)
        if first is not None:
            if focus is not None and region.isAncestorOf(focus):
                current = len(first_widgets)
            first_widgets.append(first)
    if first_widgets:
        index = 0 if current is None else (current + step) % len(first_widgets)
        first_widgets[index].setFocus(Qt.FocusReason.TabFocusReason)


def _innermost_regions(workspace: QWidget) -> list[QWidget]:
    """Return the visible widgets that are marked as regions and have no other region in them."""
    regions = [
        widget for widget in workspace.findChildren(QWidget) if widget.property(REGION) and widget.isVisible()
    ]
    innermost = [
        region
        for region in regions
        # `isAncestorOf` is true for the widget itself.
        if not any(region is not other and region.isAncestorOf(other) for other in regions)
    ]
    return sorted(innermost, key=lambda region: region.mapTo(workspace, QPoint(0, 0)).toTuple())


class BadgeState(msgspec.Struct, frozen=True):
    """The state of the badges, by page name.

    `counts` says how many things wait. `running` says since when (UTC ms) the officer's own work lasts.
    """

    counts: dict[str, int]
    running: dict[str, int]


class Badges(QObject):
    """The reader of what waits on all pages, also on those out of sight. `state` is the last that was read.

    Signals:
        counted: the counts by page name (a dict).
    """

    counted = Signal(object)

    def __init__(self, host: PageHost, pages: Iterable[WorkPage], parent: QObject) -> None:
        super().__init__(parent)
        self._actor = host.actor
        # Classes: the worker thread must not hold, and perhaps delete, a widget.
        self._pages = [type(page) for page in pages if page.waiting or page.running]
        self.state = BadgeState({}, {})
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)

    def refresh(self) -> None:
        if self._pages:
            self._fetching.fetch(snapshot(_read_badges, self._actor, self._pages), self._show)

    def _show(self, state: BadgeState) -> None:
        self.state = state
        self.counted.emit(state.counts)


def _read_badges(tx: Transaction, now: int, actor: Actor, pages: Iterable[type[WorkPage]]) -> BadgeState:
    waiting, running = {}, {}
    for page in pages:
        if page.waiting is not None:
            waiting[page.name] = page.waiting(tx, now, actor)
        began_at = None if page.running is None else page.running(tx, actor)
        if began_at is not None:
            running[page.name] = began_at
    return BadgeState(count_once(waiting), running)


def count_once(waiting: dict[str, int | frozenset[int | str]]) -> dict[str, int]:
    """Count what waits on each page, by its name; the pages are in the order of `waiting`.

    Where a page has a set (the ids of cases, or the keys of what has no case) instead of a number, a case
    that waits on several pages counts only on the last of them.
    """
    counts: dict[str, int] = {}
    counted_cases: frozenset[int | str] = frozenset()
    for name, count_or_cases in reversed(waiting.items()):
        if isinstance(count_or_cases, int):
            counts[name] = count_or_cases
        else:
            counts[name] = len(count_or_cases - counted_cases)
            counted_cases |= count_or_cases
    return counts


class DataKeysWatch(QObject):
    """The watch that shows the bar while the officer has no keys to personal data yet.

    It reads again at each change of the office.
    """

    def __init__(self, host: PageHost, bar: widgets.Banner) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(lacks_data_keys, self._show)

    def _show(self, lacks_keys: bool) -> None:
        lacked_keys = not self._bar.isHidden()
        self._bar.setVisible(lacks_keys)
        if lacked_keys and not lacks_keys:
            self._host.changed.emit()  # the pages read again what they could read only sealed


def lacks_data_keys(office: Office) -> bool:
    """Return whether the officer still lacks the newest key. For one who has it nothing is read."""
    if office.keys.lacks_newest_key:
        office.keys.reload()
    return office.keys.lacks_newest_key


_LEAST_HEIGHT = 160  # base pixels


class PageArea(QScrollArea):
    """The scroll area of a page, so that no page makes the window higher than its screen.

    Args:
        theme: sizes.
        page: fills the room; scrolls only below the least height that it needs.
    """

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._theme, self._page = theme, page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        page.installEventFilter(self)

    def _fit(self) -> None:
        """Resize the page to the area, but not below its least size.

        Qt's own `widgetResizable` would already scroll below the size that the page prefers.
        """
        room, least = self.viewport().size(), self._page.minimumSizeHint()
        layout = self._page.layout()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(layout.minimumHeightForWidth(max(room.width(), least.width())))
        self._page.resize(room.expandedTo(least))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return self._page.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._page.minimumSizeHint()
        return QSize(least.width(), min(least.height(), self._theme.px(_LEAST_HEIGHT)))


_PAGE_WITH_OWN_UNDO = "settings"
# Each key with its step for `text_wanted`.
_TEXT_KEYS = (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0))


class Workspace(QWidget):
    """The workspace of a signed-in officer.

    Args:
        host: access to the office for the signed-in officer.
        table: the queue's actions by name.
        entries: the pages. The rail orders them by group; pages of one line share an entry there.

    Signals:
        action_requested: an action of the queue by button, key or row (its name).
        text_wanted: larger text (1), smaller (-1), the usual (0).
    """

    action_requested = Signal(str)
    text_wanted = Signal(int)

    def __init__(self, host: PageHost, table: dict[str, Action], entries: Sequence[NavEntry]) -> None:
        super().__init__()
        self.host, self.table = host, table
        lines = lines_of(entries)
        self._lines = lines
        self.rail = Rail(host.theme, table, [line.entry for line in lines])
        self.pages = {entry.name: entry.widget for line in lines for entry in line.entries}
        self.line_of = {entry.name: line.name for line in lines for entry in line.entries}
        self._last_page_of = {line.name: line.entries[0].name for line in lines}
        self.tabs = [tabs for line in lines for tabs in tabs_for(host.theme, line)]
        self._stack = ShownStack()
        self._areas = {name: PageArea(host.theme, page) for name, page in self.pages.items()}
        for area in self._areas.values():
            area.setProperty(REGION, True)
            self._stack.addWidget(area)
        row = Row(host.theme, self)
        row.addWidget(self.rail)
        page_and_bars = Column(host.theme)
        page_and_bars.addWidget(self._stack, 1)
        for bar in self._make_bars():  # below the page, so that a new bar moves no button of the page
            bar.setProperty(REGION, True)
            page_and_bars.addWidget(bar)
        row.addLayout(page_and_bars, 1)
        if host.actor.may(Permission.SEE_REPORTS):
            SummaryWatch(host, self)  # it writes a file and says so in a message
        self.rail.action_requested.connect(self.action_requested)
        self.rail.page_requested.connect(lambda line: self.show_page(self._last_page_of[line]))
        for tabs in self.tabs:
            tabs.page_requested.connect(self.show_page)
        host.page_wanted.connect(self.show_page)
        self._bind_shortcuts()
        self._badges = Badges(host, self._work_pages(), self)
        self._badges.counted.connect(self._show_badges)
        self._badges.refresh()
        self.show_page(next(iter(self.pages)))

    def _bind_shortcuts(self) -> None:
        self._shortcut("Ctrl+F").activated.connect(self.search)
        self._shortcut("Ctrl+K").activated.connect(self.open_palette)
        self.rail.palette_requested.connect(self.open_palette)
        self._shortcut("Ctrl+Tab").activated.connect(partial(focus_region, self, 1))
        self._shortcut("Ctrl+Shift+Tab").activated.connect(partial(focus_region, self, -1))
        for keys, step in _TEXT_KEYS:
            self._shortcut(keys).activated.connect(partial(self.text_wanted.emit, step))
        undo = self._shortcut("Ctrl+Z")
        undo.activated.connect(self.undo)
        # Groups of the settings undo by a key of their own. Qt runs neither of two equal shortcuts.
        self._stack.currentChanged.connect(lambda _index: undo.setEnabled(self.page != _PAGE_WITH_OWN_UNDO))
        self._shortcut("F1").activated.connect(self.show_manual)
        self.rail.manual_requested.connect(self.show_manual)
        for page in self._work_pages():
            if page.global_key:  # the page gets the key as its subject, and does what the key stands for
                self._shortcut(page.global_key).activated.connect(
                    partial(self.show_page, page.name, page.global_key)
                )

    def _make_bars(self) -> tuple[QWidget, ...]:
        """Make the bars below every page, each with the watch that shows it when it has something to say."""
        words = widgets.Label(
            _(
                "Data pribadi belum terbuka untuk Anda; pekerjaan lain berjalan biasa. Minta Admin atau "
                "Kepala masuk satu kali di komputer mana saja."
            ),
            wrap=True,
        )
        self.data_keys_bar = widgets.Banner(self.host.theme, ("lock", "blue"), "info", words)
        self.alerts, self.absence = AlertBar(self.host.theme), AbsenceBar(self.host.theme)
        self.alert_watch = AlertWatch(self.host, self.alerts)
        DataKeysWatch(self.host, self.data_keys_bar)
        AbsenceWatch(self.host, self.absence)
        return self.alerts, self.data_keys_bar, self.absence

    def _work_pages(self) -> list[WorkPage]:
        return [page for page in self.pages.values() if isinstance(page, WorkPage)]

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        # A key that is held down counts as one press.
        shortcut.setAutoRepeat(False)
        return shortcut

    def undo(self) -> None:
        """Undo the officer's last act that can be undone."""
        if self.host.can_undo:
            self.host.undo()
        else:
            self.host.tell(_("Tidak ada yang dapat diurungkan."))

    def search(self) -> None:
        """Move the focus to the search of the list in sight."""
        for records in self.pages[self.page].findChildren(RecordList):
            if records.isVisible():
                records.focus_search()
                return

    def open_palette(self) -> None:
        """Open the search over tickets, guests, cases, pages and acts."""
        entries = [*self._page_entries(), *self.act_entries()]
        box = palette.Palette(self.host, list(self.pages), entries)
        box.ticket_opened.connect(self.show_ticket)
        box.open()

    def _page_entries(self) -> Iterator[palette.PaletteEntry]:
        for line in self._lines:
            keys = self.rail.pages.buttons[line.name].shortcut().toString()
            for entry in line.entries:
                yield palette.page_entry(entry, keys, partial(self.show_page, entry.name))
                keys = ""  # the key leads to the first page of the line
                if isinstance(entry.widget, WorkPage):
                    for part in entry.widget.parts:
                        part_entry = part._replace(title=f"{entry.title} · {part.title}")
                        show_part = partial(self.show_page, entry.name, part.name)
                        yield palette.page_entry(part_entry, "", show_part)

    def act_entries(self) -> Iterable[palette.PaletteEntry]:
        """Return the acts of the queue; none here, for only the workspace at a counter has them."""
        return ()

    def show_ticket(self, ticket: Ticket) -> None:
        """Show a ticket of today."""
        if "guests" in self.pages:
            self.show_page("guests", ticket.label)
        else:
            self.show_page("queue")

    def show_manual(self) -> None:
        """Show the manual's page about the page in sight."""
        page = self.pages[self.page]
        name = page.manual_page if isinstance(page, WorkPage) else self.page
        manual_box.show_manual(self.host.window, self.host.theme, name)

    def _show_badges(self, counts: dict[str, int]) -> None:
        by_line = dict.fromkeys(self.line_of.values(), 0)
        for name, count in counts.items():
            by_line[self.line_of[name]] += count
        self.rail.pages.show_counts(by_line)
        for tabs in self.tabs:
            tabs.show_counts(counts)
        self.show_time(self.host.stamp())

    def show_time(self, now: int) -> None:
        """Show in the rail how long the officer's own work has been under way, at `now` (UTC ms).

        The window calls this each second.
        """
        running = self._badges.state.running.items()
        durations = {self.line_of[name]: format_stopwatch((now - since) / 1000) for name, since in running}
        self.rail.pages.show_running(durations)

    @property
    def page(self) -> str:
        """The name of the page in sight."""
        return next(name for name, area in self._areas.items() if area is self._stack.currentWidget())

    def show_page(self, name: str, subject: object = None) -> None:
        """Bring a page to the front, at `subject` if given. A page that the officer lacks is ignored.

        The page in sight may ask first.
        """
        if name not in self.pages:
            return
        go = partial(self._bring_to_front, name, subject)
        # The rail has marked the pressed button; the page in sight may still refuse to be left.
        self.rail.pages.show_page(self.line_of[self.page])
        if name != self.page:
            self.leave(go)
        else:
            go()

    def leave(self, go: Callable[[], object]) -> None:
        """Call `go`, at once or after the page in sight has asked what becomes of its unsaved form."""
        page = self.pages[self.page]
        if isinstance(page, WorkPage):
            page.leave(go)
        else:
            go()

    @property
    def subject(self) -> object:
        """The subject of the page in sight, for `show_page`."""
        page = self.pages[self.page]
        return page.subject if isinstance(page, WorkPage) else None

    def _bring_to_front(self, name: str, subject: object) -> None:
        page, is_other = self.pages[name], name != self.page
        self._stack.setCurrentWidget(self._areas[name])
        self._last_page_of[self.line_of[name]] = name
        self.rail.pages.show_page(self.line_of[name])
        if is_other:
            first_tab_stop(page).setFocus()
        else:
            self._take_keyboard()
        if isinstance(page, WorkPage) and subject is not None:
            page.open_subject(subject)

    def _take_keyboard(self) -> None:
        """Move the focus from the rail to the page: a page's keys work while the focus is in it."""
        page, focus = self.pages[self.page], QApplication.focusWidget()
        if focus is None or (focus is not page and not page.isAncestorOf(focus)):
            first_tab_stop(page).setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_keyboard()


def nav_entries(host: PageHost, kinds: Sequence[type[WorkPage]]) -> list[NavEntry]:
    """Make the pages that the officer's roles allow."""
    pages = [kind(host) for kind in kinds if kind.is_for(host.actor)]
    return [NavEntry(page.name, page.title(), page.icon_name, page.group, page, page.line) for page in pages]
