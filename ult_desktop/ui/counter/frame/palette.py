"""The palette of Ctrl+K: one search over numbers, guests, cases, pages and acts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
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

_WIDTH, _HEIGHT = 720, 380  # base pixels, of the box and of its list
_SHORTEST, _MOST = 2, 6  # letters before the office is asked, rows of a kind
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PaletteEntry(NamedTuple):
    """A row, and what it does."""

    row: ListRow
    run: Callable[[], object]


class Finds(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of the office to a text: a number of today, guests of today so named, cases."""

    text: str
    number: Ticket | None = None
    named: tuple[guests.VisitRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()


def find(office: Office, wanted: CaseFilter, kinds: frozenset[str]) -> Finds:
    """Search for the text of `wanted` now, in those of the pages "guests" and "cases" that `kinds` names."""
    return query_by_phone(
        office, wanted.text, lambda tx, index: _find(tx, office.clock(), wanted, index, kinds)
    )


def _find(tx: Transaction, now: int, wanted: CaseFilter, index: str, kinds: frozenset[str]) -> Finds:
    text, wanted = wanted.text, msgspec.structs.replace(wanted, phone_index=index)
    number, today = lookup.find_ticket(tx, text, now), lookup.today(tx, now)
    words, of_phone = searching.search_forms(text), guests.of_phone(tx, today, text, index)
    of_day = (each for each in guests.of_day(tx, today) if each.name) if "guests" in kinds else ()
    named = [each for each in of_day if each.id in of_phone or searching.is_found(_haystack(each), words)]
    return Finds(
        text=text,
        number=number if number is not None and number.day == today else None,
        named=tuple(named[:_MOST]),
        cases=case_list(tx, wanted) if "cases" in kinds else (),
    )


def _haystack(guest: guests.VisitRow) -> str:
    return searching.searchable(f"{guest.name} {guest.institution} {guest.label or ''}")


class Palette(dialogs.Box):
    """The box: typing sifts, arrows choose, Enter or a click does it.

    Args:
        host: the officer's.
        pages: the names of the officer's pages; only what they lead to is searched for.
        entries: pages and acts.

    Signals:
        number_wanted: a number of today (its Ticket).
    """

    number_wanted = Signal(object)

    def __init__(self, host: PageHost, pages: Sequence[str], entries: Sequence[PaletteEntry]) -> None:
        super().__init__(host.window, host.theme, _("Cari"), ("search", "blue"))
        self._host, self._fixed = host, entries
        self._kinds = frozenset({"guests", "cases"}.intersection(pages))
        self._runs: dict[object, Callable[[], object]] = {}
        self._fetching = Fetching(host)
        self.search = QLineEdit(placeholderText=_("Nomor, tamu, permohonan, halaman, tindakan …"))
        self.search.setAccessibleName(_("Cari"))
        self.model = RowModel()
        self.view = ListView(host.theme, self.model, RowDelegate(host.theme))
        self.view.setAccessibleName(_("Daftar"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFixedHeight(min(host.theme.px(_HEIGHT), host.window.height() // 2))
        self.view.show_empty(_("Tidak ada yang cocok."), "search")
        self.setMinimumWidth(min(host.theme.px(_WIDTH), host.window.width()))
        self.words.addWidget(self.search)
        self.words.addWidget(self.view)
        self.search.textChanged.connect(self._sift)
        self.search.installEventFilter(self)
        self.view.opened.connect(self._run)
        self.view.clicked.connect(self._take)
        self._show(Finds(text=""))

    @override
    def open(self) -> None:
        super().open()
        self.search.setFocus()

    def _sift(self, text: str) -> None:
        text = text.strip()
        self._show(Finds(text=text))
        if len(text) >= _SHORTEST:
            channel = channel_seen_by(self._host.actor)
            wanted = CaseFilter(open_only=False, text=text, channel=channel, limit=_MOST)
            self._fetching.fetch(lambda office: find(office, wanted, self._kinds), self._found)

    def _found(self, found: Finds) -> None:
        if found.text == self.search.text().strip():
            self._show(found)

    def _show(self, found: Finds) -> None:
        words = searching.search_forms(found.text)
        fixed = (each for each in self._fixed if searching.is_found(each.row.haystack, words))
        entries = [*self._office_entries(found), *fixed]
        self._runs = {each.row.id: each.run for each in entries}
        self.model.show_rows([each.row for each in entries])
        self.view.setCurrentIndex(self.model.index(0))

    def _office_entries(self, found: Finds) -> Iterator[PaletteEntry]:
        if found.number is not None:
            yield PaletteEntry(number_row(found.number), partial(self.number_wanted.emit, found.number))
        for guest in found.named:
            yield PaletteEntry(_guest_row(guest), partial(self._host.open_page, "guests", guest.id))
        for case in found.cases:
            yield PaletteEntry(_case_row(case), partial(self._host.open_page, "cases", case.id))

    def _take(self, _index: QModelIndex) -> None:
        self.view.take_row()

    def _run(self, row_id: object) -> None:
        run = self._runs[row_id]
        self.accept()
        run()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the words are typed, and Enter take the chosen row."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _MOVES:
            QApplication.sendEvent(self.view, event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view.take_row()
            return True
        return False


def number_row(ticket: Ticket) -> ListRow:
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


def page_entry(place: NavEntry, keys: str, run: Callable[[], object]) -> PaletteEntry:
    """Make the entry of a page, with the key that leads there; "" without one."""
    tag = Tag(_("halaman"), "accent")
    row = ListRow(("page", place.name), place.title, aside=keys, icon=place.icon_name, tags=(tag,))
    return PaletteEntry(row, run)


def act_entries(
    table: Iterable[Action], s: Situation, run: Callable[[str], object]
) -> Iterator[PaletteEntry]:
    """Yield the acts with their keys, those that can be done now first.

    Another one says why it cannot; without a key it is left out, for its row or page is not at hand.
    """
    reasons = ((action.closed_because(s), action) for action in table)
    for why, action in sorted(reasons, key=lambda each: bool(each[0])):
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
