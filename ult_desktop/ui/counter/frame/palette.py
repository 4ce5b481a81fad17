"""The palette of Ctrl+K: one search over numbers, guests, cases, pages and acts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core import searching
from ult_desktop.core.cases.case_views import CaseFilter, CaseRow, channel_seen_by
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import guests
from ult_desktop.operations import lookup
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.returning_visitors import query_by_phone
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.pages import Fetching, PageHost
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry
from ult_desktop.ui.counter.words import service_name
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.lists import ListRow, Tag
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.lists.record_list import RowDelegate, RowModel

_WIDTH, _LIST_HEIGHT = 720, 380  # base pixels
_MIN_LETTERS = 2  # of a text for which the office is searched
_MAX_ROWS = 6  # of guests, and of cases
_MOVE_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PaletteEntry(NamedTuple):
    """A row, and what it does."""

    row: ListRow
    run: Callable[[], object]


class Matches(msgspec.Struct, frozen=True, kw_only=True):
    """The records of the office that match a text: a ticket and guests of today, and cases."""

    text: str
    ticket: Ticket | None = None
    guest_rows: tuple[guests.VisitRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()


def search_office(office: Office, case_filter: CaseFilter, pages: frozenset[str]) -> Matches:
    """Search for the text of `case_filter`, for guests and cases only if `pages` has "guests" and "cases"."""
    return query_by_phone(
        office, case_filter.text, lambda tx, index: _search(tx, office.clock(), case_filter, index, pages)
    )


def _search(
    tx: Transaction, now: int, case_filter: CaseFilter, phone_index: str, pages: frozenset[str]
) -> Matches:
    text, today = case_filter.text, lookup.today(tx, now)
    ticket = lookup.find_ticket(tx, text, now)
    if ticket is not None and ticket.day != today:
        ticket = None
    guest_rows: list[guests.VisitRow] = []
    if "guests" in pages:
        words = searching.search_forms(text)
        ids_by_phone = guests.visits_of_phone(tx, today, text, phone_index)
        for guest in guests.of_day(tx, today):
            searched = searching.searchable(f"{guest.name} {guest.institution} {guest.label or ''}")
            is_match = guest.id in ids_by_phone or searching.is_found(searched, words)
            if guest.name and is_match:
                guest_rows.append(guest)
    cases: tuple[CaseRow, ...] = ()
    if "cases" in pages:
        cases = case_list(tx, msgspec.structs.replace(case_filter, phone_index=phone_index))
    return Matches(text=text, ticket=ticket, guest_rows=tuple(guest_rows[:_MAX_ROWS]), cases=cases)


class Palette(dialogs.Box):
    """The box of one search over everything. Typing filters, arrows choose, Enter or a click does it.

    Args:
        host: access to the office for the signed-in officer.
        pages: the names of the officer's pages. Without "guests" or "cases" these are not searched for.
        entries: the entries of pages and acts.

    Signals:
        ticket_opened: the officer chose a ticket of today (its `Ticket`).
    """

    ticket_opened = Signal(object)

    def __init__(self, host: PageHost, pages: Sequence[str], entries: Sequence[PaletteEntry]) -> None:
        super().__init__(host.window, host.theme, _("Cari"), ("search", "blue"))
        self._host, self._entries = host, entries
        self._pages = frozenset(pages)
        self._runs: dict[object, Callable[[], object]] = {}
        self._fetching = Fetching(host)
        self.search = QLineEdit(placeholderText=_("Nomor, tamu, permohonan, halaman, tindakan …"))
        self.search.setAccessibleName(_("Cari"))
        self.model = RowModel()
        self.view = ListView(host.theme, self.model, RowDelegate(host.theme))
        self.view.setAccessibleName(_("Daftar"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFixedHeight(min(host.theme.px(_LIST_HEIGHT), host.window.height() // 2))
        self.view.show_empty(_("Tidak ada yang cocok."), "search")
        self.setMinimumWidth(min(host.theme.px(_WIDTH), host.window.width()))
        self.words.addWidget(self.search)
        self.words.addWidget(self.view)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.view.opened.connect(self._run)
        self.view.clicked.connect(lambda _index: self.view.take_row())
        self._show(Matches(text=""))

    @override
    def open(self) -> None:
        super().open()
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        """Show the pages and acts that match at once, and the records once the office is searched."""
        text = text.strip()
        self._show(Matches(text=text))
        if len(text) >= _MIN_LETTERS:
            channel = channel_seen_by(self._host.actor)
            case_filter = CaseFilter(open_only=False, text=text, channel=channel, limit=_MAX_ROWS)
            search = partial(search_office, case_filter=case_filter, pages=self._pages)
            self._fetching.fetch(search, self._show_matches)

    def _show_matches(self, matches: Matches) -> None:
        if matches.text == self.search.text().strip():
            self._show(matches)

    def _show(self, matches: Matches) -> None:
        words = searching.search_forms(matches.text)
        entries = [
            *self._office_entries(matches),
            *(entry for entry in self._entries if searching.is_found(entry.row.search_text, words)),
        ]
        self._runs = {entry.row.id: entry.run for entry in entries}
        self.model.show_rows([entry.row for entry in entries])
        self.view.setCurrentIndex(self.model.index(0))

    def _office_entries(self, matches: Matches) -> Iterator[PaletteEntry]:
        if matches.ticket is not None:
            yield PaletteEntry(_ticket_row(matches.ticket), partial(self.ticket_opened.emit, matches.ticket))
        for guest in matches.guest_rows:
            yield PaletteEntry(_guest_row(guest), partial(self._host.open_page, "guests", guest.id))
        for case in matches.cases:
            yield PaletteEntry(_case_row(case), partial(self._host.open_page, "cases", case.id))

    def _run(self, row_id: object) -> None:
        run = self._runs[row_id]
        self.accept()
        run()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the words are typed, and Enter take the chosen row."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _MOVE_KEYS:
            QApplication.sendEvent(self.view, event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view.take_row()
            return True
        return False


def _ticket_row(ticket: Ticket) -> ListRow:
    return ListRow(
        id=("number", ticket.id),
        title=ticket.label,
        subtitle=service_name(ticket),
        aside=ticket.state.word,
        icon="ticket",
        tint="violet" if ticket.priority else "blue",
        tags=(Tag(_("nomor")),),
    )


def _guest_row(guest: guests.VisitRow) -> ListRow:
    return ListRow(
        id=("guest", guest.id),
        title=guest.name,
        subtitle=guest.institution,
        aside=guest.label or "",
        icon="user-round",
        tint="blue",
        tags=(Tag(_("tamu")),),
    )


def _case_row(case: CaseRow) -> ListRow:
    return ListRow(
        id=("case", case.id),
        title=case.name or _("Tanpa nama"),
        subtitle=case.detail,
        aside=case.number,
        icon="files",
        tint="green",
        tags=(Tag(pgettext("one", "permohonan")),),
    )


def page_entry(page: NavEntry, keys: str, run: Callable[[], object]) -> PaletteEntry:
    """Make the entry of a page, with the key that leads there; "" without one."""
    tag = Tag(_("halaman"), "accent")
    row = ListRow(("page", page.name), page.title, aside=keys, icon=page.icon_name, tags=(tag,))
    return PaletteEntry(row, run)


def act_entries(
    table: Iterable[Action], s: Situation, run: Callable[[str], object]
) -> Iterator[PaletteEntry]:
    """Yield the acts with their keys, those that can be done now first.

    A closed act says why. Without a key a closed act is left out: its row or page is not in sight.
    """
    reasons = [(action.closed_because(s), action) for action in table]
    # `False` sorts before `True`: an act without a reason against it comes first.
    for why, action in sorted(reasons, key=lambda pair: bool(pair[0])):
        if why and not action.key:
            continue
        row = ListRow(
            id=("act", action.name),
            title=action.text,
            subtitle=why,
            aside=action.key,
            icon=action.icon,
            tint="slate" if why else "green",
            tags=(Tag(_("tindakan"), "warn" if why else "ok"),),
        )
        yield PaletteEntry(row, partial(run, action.name))
