"""The bases of a page, a visitor's tab and a group of the settings, their readings, and the row of tabs."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Concatenate, Generic, NamedTuple, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry
from ult_desktop.ui.counter.pages.page_host import PageHost, receiver_exists
from ult_desktop.ui.kit import Column, dialogs, icons, panels, widgets
from ult_desktop.ui.kit.detail import ActionsRow, Detail
from ult_desktop.ui.kit.layouts import Margins, WrapRow
from ult_desktop.ui.kit.lists import Filter, ListRow, RecordList
from ult_desktop.ui.kit.panels import ShownStack

Query = Callable[[Office], Any]
Then = Callable[[Any], object]


class Fetching:
    """The readings under way, by the function (`then`) that gets the answer: at most one for each.

    Another reading for the same function that is asked for meanwhile follows afterwards; of several only the
    last. A reading that is refused or cut off gets no answer: at `host.lost` all are forgotten.
    """

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._under_way: dict[Then, Query] = {}
        self._next: dict[Then, Query] = {}
        host.lost.connect(self._forget)

    def fetch(self, query: Query, then: Then) -> None:
        if then in self._under_way:
            self._next[then] = query
            return
        self._under_way[then] = query
        self._host.read(query, partial(self._on_read, then))

    def _on_read(self, then: Then, value: object) -> None:
        if not receiver_exists(then):
            return
        query, next_query = self._under_way.pop(then, None), self._next.pop(then, None)
        if next_query is not None:
            self.fetch(next_query, then)
        # Show this answer until the next one comes, unless the next reading asks something else. Without a
        # `query` the reading was forgotten, but its answer came after all.
        if query is None or next_query is None or _is_same(query, next_query):
            then(value)

    def _forget(self) -> None:
        """Forget the readings under way: their answers may never come."""
        self._under_way.clear()
        self._next.clear()


def _is_same(one: Query, two: Query) -> bool:
    if isinstance(one, partial) and isinstance(two, partial):
        # Two `partial`s are never equal, even with equal parts.
        return (one.func, one.args, one.keywords) == (two.func, two.args, two.keywords)
    return one == two


P = ParamSpec("P")
T = TypeVar("T")


def snapshot(
    query: Callable[Concatenate[Transaction, int, P], T], *args: P.args, **kwargs: P.kwargs
) -> Callable[[Office], T]:
    """Return the reading, for the worker thread, that calls `query` in one transaction.

    `query` gets the transaction, the office time (UTC ms), and the further arguments.
    """
    # A `partial`, and no closure: `Fetching` compares readings by their parts.
    return partial(_read, query, args, kwargs)


def _read(query: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], office: Office) -> T:
    return office.read(lambda tx: query(tx, office.clock(), *args, **kwargs))


class WorkPanel(QWidget):
    """A panel that reads its own snapshot when it becomes visible, and then at every change of the office.

    A subclass sets `name` (by which other code opens the panel) and `title` (what people see, in the language
    in force), and defines `build` and `refresh`. `needs`: an officer with one of these permissions sees the
    panel; without any, everybody does.
    """

    name = ""
    title: ClassVar["staticmethod[[], str]"]
    icon_name = "info"
    needs: frozenset[Permission] = frozenset()

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self.host, self.theme = host, host.theme
        self._fetching = Fetching(host)
        self.body = self.lay_out()
        self.build()
        host.changed.connect(self._refresh_if_visible)

    @classmethod
    def is_for(cls, actor: Actor) -> bool:
        return not cls.needs or any(actor.may(permission) for permission in cls.needs)

    @abstractmethod
    def lay_out(self) -> Column:
        """Lay out the panel, and return the column into which `build` puts things."""

    @abstractmethod
    def build(self) -> None:
        """Make the widgets, once."""

    @abstractmethod
    def refresh(self) -> None:
        """Fetch what the panel shows. `WorkPanel` calls this when the panel is shown, and at each change."""

    def fetch(self, query: Callable[[Office], T], then: Callable[[T], object]) -> None:
        """Read on the worker thread, as `Fetching` does."""
        self._fetching.fetch(query, then)

    def key(self, keys: str, slot: Callable[[], object]) -> QShortcut:
        """Bind a key for as long as the focus is in this panel."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        return shortcut

    def _refresh_if_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()


class CaseWanted(NamedTuple):
    """A subject for `open_page("cases", …)`: the visit whose visitor asks something."""

    visit_id: int


GROUPS = ("visitors", "requests", "quality")  # the parts of the rail, from its top


class HeadedPanel(WorkPanel):
    """The panel with a title, buttons at its right, and below them what `build` puts into `body`."""

    outer_margins: Margins = (24, 16, 24, 16)

    @override
    def lay_out(self) -> Column:
        self.setProperty("kind", "page")
        column = Column(self.theme, self, gap=12, margins=self.outer_margins)
        self._head = WrapRow(self.theme, gap=8, head=True)
        self._heading = widgets.ElidedLabel(self.title(), "heading")
        self._head.addWidget(self._heading)
        column.addLayout(self._head)
        body = Column(self.theme, gap=12)
        column.addLayout(body, 1)
        return body

    def add_head_button(
        self, text: str, icon_name: str, press: Callable[[], object], role: str = ""
    ) -> widgets.Button:
        button = widgets.Button(self.theme, text, role, icon_name)
        button.clicked.connect(press)
        self._head.addWidget(button)
        return button

    def put_in_head(self, tabs: QWidget) -> None:
        """Put the tabs of pages that share a line of the rail into the head, instead of the title."""
        self._heading.hide()
        self._head.insert_first(tabs)

    def add_head_pill(self) -> widgets.Pill:
        """Add a pill next to the buttons, for a state of the page's whole subject."""
        pill = widgets.Pill(self.theme)
        self._head.addWidget(pill)
        return pill

    def show_split(self, left: QWidget, right: QWidget) -> panels.SplitView:
        """Show a list at the left, and the chosen row's detail at the right.

        Enter or a double click on a row presses the filled button of the detail.
        """

        def press_filled_button() -> None:
            for actions in right.findChildren(ActionsRow):
                if actions.isVisible():
                    actions.begin()
                    return

        if isinstance(left, RecordList):
            left.view.setAccessibleName(self.title())
            self.setFocusProxy(left.view)
            left.opened.connect(press_filled_button)
        split = panels.SplitView(self.theme, left, right)
        self.body.addWidget(split, 1)
        return split

    def open_subject(self, subject: object) -> None:
        """Show `subject`, about which another page sends the officer here."""

    def leave(self, go: Callable[[], object]) -> None:
        """Call `go`, which brings another page to the front, at once or after a question to the officer."""
        go()


class WorkPage(HeadedPanel):
    """A page of the rail.

    `subject` is what the page shows now, as `open_subject` takes it; None: nothing in particular.
    `group` is the part of the rail in which the page is.
    `global_key` works on every page and brings this one to the front, with the key as its subject.
    `line`: pages with the same `line` share a line of the rail; a page whose `line` is "" has its own.
    `parts` are what the page is divided into; the name of each is a subject for `open_subject`.
    `waiting` counts what waits here for the officer. It gets the office time (UTC ms) and is called at every
    change of the office; None: no number in the rail. Where it returns the ids of cases instead of a number,
    a case that waits on several pages is counted on the last of them only.
    `running` returns when (UTC ms) the officer's own work that still lasts began. The rail shows how long.
    """

    group = "requests"
    line = ""
    global_key = ""
    subject: object = None
    parts: Sequence[NavEntry] = ()
    waiting: "ClassVar[staticmethod[[Transaction, int, Actor], int | frozenset[int | str]] | None]" = None
    running: "ClassVar[staticmethod[[Transaction, Actor], int | None] | None]" = None

    @property
    def manual_page(self) -> str:
        """The name that F1 looks up in the manual."""
        return self.name


class SettingsGroup(HeadedPanel):
    """A group of the page Pengaturan, named in `settings/page.py` and built when first looked at.

    `group` is the heading under which the page lists it. While `is_dirty` the page asks before it shows
    another group, then calls `save` or `discard`.
    """

    outer_margins: Margins = (0, 0, 0, 0)
    group = "office"

    @property
    def is_dirty(self) -> bool:
        """True while something is filled in that is not saved."""
        return False

    def save(self, then: Callable[[], object]) -> None:
        """Save what is filled in, and call `then` when it is saved."""

    def discard(self) -> None:
        """Drop what is filled in, and show the saved values again."""

    def when_clean(self, go: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Call `go` at once, or after a save or discard that the officer chose; `stay` if they stay here."""
        if not self.is_dirty:
            go()
            return

        def throw_away() -> None:
            self.discard()
            go()

        question = _("Simpan perubahan dahulu?")
        box = dialogs.Box(self.host.window, self.theme, question, ("circle-question-mark", "blue"))
        box.say(_("{group}: yang diisi belum disimpan.").format(group=self.title()))
        box.add_button(_("Kembali"), "quiet", stay or self.setFocus)
        box.add_button(_("Buang"), "danger", throw_away)
        box.add_button(_("Simpan"), "primary", partial(self.save, go)).setFocus()
        box.open()


class HasId(Protocol):
    """A record with the id of its row."""

    @property
    def id(self) -> int | str: ...


R = TypeVar("R", bound=HasId)


class ListPanel(HeadedPanel, Generic[R]):
    """The panel of a list and a detail. Records are read with the list: choosing one reads nothing more."""

    _records: Sequence[R] = ()

    def add_list(
        self, hint: str, filters: Sequence[Filter], empty: tuple[str, str], nothing: tuple[str, str]
    ) -> None:
        """Add the list and the detail.

        `hint` says what can be searched for. `empty`: words and icon of the list while it has no row;
        `nothing`: those of the detail while no row is chosen.
        """
        self.list = RecordList(self.theme, hint, filters, empty, opens_first=True)
        self.detail = Detail(self.theme, nothing)
        self.show_split(self.list, self.detail)
        self.list.chosen.connect(self._show_chosen)

    @abstractmethod
    def row_of(self, record: R) -> ListRow:
        """Return the row that shows a record; it has the record's id."""

    def show_records(self, records: Sequence[R]) -> None:
        self._records = records
        self.list.show_rows([self.row_of(record) for record in records])
        self._show_chosen()

    @abstractmethod
    def show_record(self, record: R) -> None:
        """Show the chosen record in the detail."""

    @property
    def chosen(self) -> R | None:
        return next((record for record in self._records if record.id == self.list.selected), None)

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    def _show_chosen(self) -> None:
        record = self.chosen
        if record is None:
            self.detail.show_nothing()
        else:
            self.show_record(record)


class ListPage(ListPanel[R], WorkPage):
    """A page of the rail with a list."""


class ListGroup(ListPanel[R], SettingsGroup):
    """A group of the page Pengaturan with a list."""


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
