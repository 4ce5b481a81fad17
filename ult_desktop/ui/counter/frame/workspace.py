"""The workspace of a signed-in officer: the rail, the page in sight, and the counts on its badges."""

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
from ult_desktop.ui.counter.care.alert_bar import AlertBar, AlertWatch
from ult_desktop.ui.counter.frame import palette
from ult_desktop.ui.counter.frame.rail import Rail, lines_of, tabs_for
from ult_desktop.ui.counter.pages import Fetching, PageHost, WorkPage, snapshot
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry
from ult_desktop.ui.counter.pages.page import Running, Waiting
from ult_desktop.ui.counter.reports.made_reports import SummaryWatch
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.lists import RecordList
from ult_desktop.ui.kit.panels import REGION, ShownStack
from ult_desktop.ui.kit.reading_order import first_tab_stop, tab_stops

if TYPE_CHECKING:
    from ult_desktop.ui.counter.help import manual_box
else:
    manual_box = late("ult_desktop.ui.counter.help.manual_box")


def go_to_next(ground: QWidget, step: int) -> None:
    """Move the focus by `step` parts, from left to right and around, to the first widget in the part."""
    parts = [part for part in _parts(ground) if _first(part) is not None]
    if not parts:
        return
    focus = QApplication.focusWidget()
    here = next((n for n, part in enumerate(parts) if focus is not None and part.isAncestorOf(focus)), None)
    target = _first(parts[0 if here is None else (here + step) % len(parts)])
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)


def _parts(ground: QWidget) -> list[QWidget]:
    marked = [each for each in ground.findChildren(QWidget) if each.property(REGION) and each.isVisible()]
    # `isAncestorOf` is true for the widget itself.
    outer = [one for one in marked if any(one is not other and one.isAncestorOf(other) for other in marked)]
    innermost = [each for each in marked if each not in outer]
    return sorted(innermost, key=lambda part: part.mapTo(ground, QPoint(0, 0)).toTuple())


def _first(part: QWidget) -> QWidget | None:
    return next(iter(tab_stops(part)), None)


class BadgeState(msgspec.Struct, frozen=True):
    """By page name: how many things wait, and since when (UTC ms) the officer's own work is under way."""

    counts: dict[str, int]
    running: tuple[tuple[str, int], ...]


class Badges(QObject):
    """The counts of all pages, also of those out of sight. `running` is that of the last answer.

    Signals:
        counted: the numbers by page name (a dict).
    """

    counted = Signal(object)
    running: tuple[tuple[str, int], ...] = ()

    def __init__(self, host: PageHost, pages: Iterable[WorkPage], parent: QObject) -> None:
        super().__init__(parent)
        self._actor = host.actor
        found = tuple(pages)
        self._waiting = tuple((page.name, page.waiting) for page in found if page.waiting is not None)
        self._running = tuple((page.name, page.running) for page in found if page.running is not None)
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)

    def refresh(self) -> None:
        if self._waiting or self._running:
            self._fetching.fetch(snapshot(_look, self._actor, self._waiting, self._running), self._tell)

    def _tell(self, state: BadgeState) -> None:
        self.running = state.running
        self.counted.emit(state.counts)


def _look(
    tx: Transaction,
    now: int,
    actor: Actor,
    waiting: tuple[tuple[str, Waiting], ...],
    running: tuple[tuple[str, Running], ...],
) -> BadgeState:
    since = ((name, query(tx, actor)) for name, query in running)
    return BadgeState(
        count_once({name: query(tx, now, actor) for name, query in waiting}),
        tuple((name, at) for name, at in since if at is not None),
    )


def count_once(waiting: dict[str, int | frozenset[int | str]]) -> dict[str, int]:
    """Count each waiting thing. A case that waits on several pages counts only on the last of them."""
    counts: dict[str, int] = {}
    counted: frozenset[int | str] = frozenset()
    for name, found in reversed(waiting.items()):
        if isinstance(found, int):
            counts[name] = found
        else:
            counts[name] = len(found - counted)
            counted |= found
    return counts


class KeysWatch(QObject):
    """The watch that shows the bar while the officer waits for keys. It looks at every change."""

    def __init__(self, host: PageHost, bar: widgets.Banner) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(waits_for_keys, self._show)

    def _show(self, waits: bool) -> None:
        was_waiting = not self._bar.isHidden()
        self._bar.setVisible(waits)
        if was_waiting and not waits:
            self._host.changed.emit()  # the pages read again what they could read only sealed


def waits_for_keys(office: Office) -> bool:
    """Return whether the officer still waits for keys.

    The file is read only if the officer waited at the last look.
    """
    if office.keys.pending:
        office.keys.look()
    return office.keys.pending


_LEAST_HEIGHT = 160  # base pixels


class PageArea(QScrollArea):
    """The scroll area of a page.

    With it no page makes the window higher than its screen, even when banners take room from the page.

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


_OWN_UNDO = "settings"
_TEXT_KEYS = (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0))


class Workspace(QWidget):
    """The workspace of a signed-in officer.

    Args:
        host: the officer's.
        table: the queue's actions by name.
        places: the pages. The rail orders them by group; pages of one line share an entry there.

    Signals:
        action_requested: an action of the queue by button, key or row (its name).
        text_wanted: larger text (1), smaller (-1), the usual (0).
    """

    action_requested = Signal(str)
    text_wanted = Signal(int)

    def __init__(self, host: PageHost, table: dict[str, Action], places: Sequence[NavEntry]) -> None:
        super().__init__()
        self.host, self.table = host, table
        lines = lines_of(places)
        self._lines = lines
        self.rail = Rail(host.theme, table, [line.entry for line in lines])
        self.pages = {place.name: place.widget for line in lines for place in line.places}
        self.line_of = {place.name: line.name for line in lines for place in line.places}
        self._seen = {line.name: line.places[0].name for line in lines}
        self.tabs = [tabs for line in lines for tabs in tabs_for(host.theme, line)]
        self._stack = ShownStack()
        self._areas = {name: PageArea(host.theme, page) for name, page in self.pages.items()}
        for area in self._areas.values():
            area.setProperty(REGION, True)
            self._stack.addWidget(area)
        row = Row(host.theme, self)
        row.addWidget(self.rail)
        right = Column(host.theme)
        right.addWidget(self._stack, 1)
        for bar in self._bars():  # below the page, so that a bar that appears moves no button of the page
            bar.setProperty(REGION, True)
            right.addWidget(bar)
        row.addLayout(right, 1)
        self.rail.action_requested.connect(self.action_requested)
        self.rail.page_requested.connect(lambda line: self.show_page(self._seen[line]))
        for tabs in self.tabs:
            tabs.page_requested.connect(self.show_page)
        host.page_wanted.connect(self.show_page)
        self._bind_keys()
        self._badges = Badges(host, self._work_pages(), self)
        self._badges.counted.connect(self._show_badges)
        self._badges.refresh()
        self.show_page(next(iter(self.pages)))

    def _bind_keys(self) -> None:
        self._key("Ctrl+F").activated.connect(self.search)
        self._key("Ctrl+K").activated.connect(self.open_palette)
        self.rail.palette_requested.connect(self.open_palette)
        self._key("Ctrl+Tab").activated.connect(partial(go_to_next, self, 1))
        self._key("Ctrl+Shift+Tab").activated.connect(partial(go_to_next, self, -1))
        for keys, step in _TEXT_KEYS:
            self._key(keys).activated.connect(partial(self.text_wanted.emit, step))
        undo = self._key("Ctrl+Z")
        undo.activated.connect(self.undo)
        # Groups of the settings undo by a key of their own. Qt runs neither of two equal shortcuts.
        self._stack.currentChanged.connect(lambda _index: undo.setEnabled(self.page != _OWN_UNDO))
        self._key("F1").activated.connect(self.show_manual)
        self.rail.manual_requested.connect(self.show_manual)
        for page in self._work_pages():
            if page.global_key:
                self._key(page.global_key).activated.connect(
                    partial(self.show_page, page.name, page.global_key)
                )

    def _bars(self) -> tuple[QWidget, ...]:
        """Make the bars that show below every page while there is something to say."""
        keys = widgets.Label(
            _(
                "Data pribadi belum terbuka untuk Anda; pekerjaan lain berjalan biasa. Minta Admin atau "
                "Kepala masuk satu kali di komputer mana saja."
            ),
            wrap=True,
        )
        self.keys = widgets.Banner(self.host.theme, ("lock", "blue"), "info", keys)
        self.alerts, self.absence = AlertBar(self.host.theme), AbsenceBar(self.host.theme)
        self.alert_watch = AlertWatch(self.host, self.alerts)
        KeysWatch(self.host, self.keys)
        AbsenceWatch(self.host, self.absence)
        if self.host.actor.may(Permission.SEE_REPORTS):
            SummaryWatch(self.host, self)
        return self.alerts, self.keys, self.absence

    def _work_pages(self) -> list[WorkPage]:
        return [page for page in self.pages.values() if isinstance(page, WorkPage)]

    def _key(self, keys: str) -> QShortcut:
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
        lists = [each for each in self.pages[self.page].findChildren(RecordList) if each.isVisible()]
        if lists:
            lists[0].focus_search()

    def open_palette(self) -> None:
        """Open the search over numbers, guests, cases, pages and acts."""
        entries = [*self._page_entries(), *self.act_entries()]
        box = palette.Palette(self.host, list(self.pages), entries)
        box.number_wanted.connect(self.show_number)
        box.open()

    def _page_entries(self) -> Iterator[palette.PaletteEntry]:
        for line in self._lines:
            keys = self.rail.pages.buttons[line.name].shortcut().toString()
            for place in line.places:
                yield palette.page_entry(place, keys, partial(self.show_page, place.name))
                keys = ""  # it leads to the first page of the line
                page = place.widget
                for part in page.parts if isinstance(page, WorkPage) else ():
                    named = part._replace(title=f"{place.title} · {part.title}")
                    yield palette.page_entry(named, "", partial(self.show_page, place.name, part.name))

    def act_entries(self) -> Iterable[palette.PaletteEntry]:
        """Return the acts of the queue; without a counter there are none."""
        return ()

    def show_number(self, ticket: Ticket) -> None:
        """Show a number of today."""
        if "guests" in self.pages:
            self.show_page("guests", ticket.label)
        else:
            self.show_page("queue")

    def show_manual(self) -> None:
        """Show the manual's page about the page in sight."""
        page = self.pages[self.page]
        about = page.manual_page if isinstance(page, WorkPage) else self.page
        manual_box.show_manual(self.host.window, self.host.theme, about)

    def _show_badges(self, counts: dict[str, int]) -> None:
        by_line = dict.fromkeys(self.line_of.values(), 0)
        for name, count in counts.items():
            by_line[self.line_of[name]] += count
        self.rail.pages.show_counts(by_line)
        for tabs in self.tabs:
            tabs.show_counts(counts)
        self.show_time(self.host.stamp())

    def show_time(self, now: int) -> None:
        """Show in the rail how long the officer's own work has been under way, at `now` (UTC ms)."""
        running = self._badges.running
        lasted = {self.line_of[name]: format_stopwatch((now - since) / 1000) for name, since in running}
        self.rail.pages.show_running(lasted)

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
        go = partial(self._bring, name, subject)
        self.rail.pages.show_page(self.line_of[self.page])
        if name != self.page:
            self.leave(go)
        else:
            go()

    def leave(self, go: Callable[[], object]) -> None:
        """Call `go`, at once or after the page in sight has asked what becomes of its unsaved form."""
        here = self.pages[self.page]
        if isinstance(here, WorkPage):
            here.leave(go)
        else:
            go()

    @property
    def subject(self) -> object:
        """The subject of the page in sight, for `show_page`."""
        here = self.pages[self.page]
        return here.subject if isinstance(here, WorkPage) else None

    def _bring(self, name: str, subject: object) -> None:
        page, is_other = self.pages[name], name != self.page
        self._stack.setCurrentWidget(self._areas[name])
        self._seen[self.line_of[name]] = name
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
