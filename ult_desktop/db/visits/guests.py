"""The snapshots of visits for reception, security and counter: lists, a whole visit, the daily report."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from ult_desktop.core import personal
from ult_desktop.core.personal import Phone
from ult_desktop.core.procedures import purpose as procedure_purpose
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits import desk_book, guest_book
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db import name_keys
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import delegations, duty
from ult_desktop.db.office import services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.db.visits import custody, documents, identity, visits

_RETURNING = Rows(guest_book.ReturningVisitor, "guest g JOIN visit v ON v.id = g.visit_id")
MAX_FOUND = 20  # people in the answer to a search
_MAX_LINES_READ = 400  # of the guest book, in one search


class VisitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A visit in a list. Times UTC ms.

    `state` is that of its ticket, "" without one. `cards` counts the identity cards that are still held,
    `badge` has the numbers of the badges that are out. `case_number` has the numbers of all its cases.
    `waits`: by an open case the visitor waits in the office.
    """

    id: int
    began_at: int
    ended_at: int | None
    ending: str
    label: str | None
    state: str
    service: str
    service_en: str
    purpose: str
    procedure_id: str | None
    procedure_version: int | None
    vulnerable: bool
    name: str
    institution: str
    phone: Phone
    cards: int
    badge: str
    case_number: str
    follows: int | None
    belated: bool
    waits: bool

    @property
    def is_here(self) -> bool:
        """Whether the visitor is in the office, as far as it is known.

        A visitor has left who missed the call, or who was served and gets the answer to a case later. A
        visitor with a badge, or with a card at the desk, is still here.
        """
        if self.ended_at is not None:
            return False
        if self.waits or self.cards > 0 or self.badge:
            return True
        gets_answer_later = self.state == TicketState.DONE and self.case_number
        missed_call = self.state in (TicketState.NO_SHOW, TicketState.CANCELLED)
        return not (gets_answer_later or missed_call)


Line = TypeVar("Line", VisitRow, guest_book.GuestBookLine)

# The numbers of the cases of a visit and of its further matters; a visit that follows an earlier one has the
# case of the earlier one.
_CASES = (
    f"coalesce((SELECT group_concat({CASE_NUMBER}, ', ') FROM (SELECT k.* FROM visit m JOIN casefile k"
    " ON k.visit_id = m.id WHERE m.id = coalesce(v.follows, v.id) OR m.beside = v.id ORDER BY k.id) c), '')"
)
# A visitor who came with others may have a badge for each of them.
_BADGES = (
    "coalesce((SELECT group_concat(b.number, ', ') FROM (SELECT l.number FROM badge_loan l"
    " WHERE l.visit_id = v.id AND l.returned_at IS NULL ORDER BY l.id) b), '')"
)
# A visitor who comes again for an earlier matter (`follows`) has the name of that visit's guest book line.
_VISIT_ROWS = Rows(
    VisitRow,
    "visit v LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN service s ON s.id = coalesce(t.service_id, v.service_id)"
    " LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id) LEFT JOIN guest f ON f.visit_id = v.follows",
    "t.label AS label, coalesce(t.state, '') AS state, coalesce(s.name, '') AS service,"
    " coalesce(s.name_en, '') AS service_en, coalesce(g.name, f.name, '') AS name,"
    " coalesce(g.institution, f.institution, '') AS institution, coalesce(g.phone, f.phone, '') AS phone,"
    " (SELECT count(*) FROM card_loan l WHERE l.visit_id = v.id AND l.returned_at IS NULL) AS cards,"
    f" {_BADGES} AS badge, {_CASES} AS case_number,"
    " EXISTS (SELECT 1 FROM casefile k JOIN visit m ON m.id = k.visit_id"
    " WHERE (m.id = v.id OR m.beside = v.id) AND k.visitor IN ('desk', 'hall')"
    " AND k.closed_at IS NULL) AS waits",
)


_BOOK_LINES = Rows(
    guest_book.GuestBookLine,
    "guest g JOIN visit v ON v.id = g.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN service s ON s.id = coalesce(t.service_id, v.service_id)",
    "v.day AS day, v.began_at AS began_at, v.ended_at AS ended_at, coalesce(t.label, '') AS label,"
    " coalesce(s.name, '') AS service, v.purpose AS purpose, v.procedure_id AS procedure_id,"
    " v.procedure_version AS procedure_version",
)


def book_between(tx: Transaction, first_day: str, last_day: str) -> tuple[guest_book.GuestBookLine, ...]:
    """List the lines of the guest book from one of the office's days to another (ISO), the oldest first."""
    lines = _BOOK_LINES.all(
        tx,
        "WHERE v.day BETWEEN ? AND ? AND v.channel = 'tatap_muka' AND v.ending <> 'merged'"
        " ORDER BY v.day, v.began_at, v.id",
        first_day,
        last_day,
    )
    return _with_purpose_words(tx, lines)


def of_day(tx: Transaction, day: str) -> tuple[VisitRow, ...]:
    """List the visitors who came in person on that day, each once, newest first."""
    return _visit_rows(
        tx,
        "WHERE v.day = ? AND v.channel = 'tatap_muka' AND v.ending <> 'merged' AND v.beside IS NULL"
        " ORDER BY v.began_at DESC, v.id DESC",
        day,
    )


def without_number(tx: Transaction, day: str) -> tuple[VisitRow, ...]:
    """List the visitors of a day who are here and not yet in the queue, in the order of coming."""
    return _visit_rows(
        tx,
        "WHERE v.day = ? AND v.channel = 'tatap_muka' AND v.ticket_id IS NULL AND v.ended_at IS NULL"
        " AND v.beside IS NULL"
        " ORDER BY v.began_at, v.id",
        day,
    )


def by_ids(tx: Transaction, visit_ids: Iterable[int]) -> tuple[VisitRow, ...]:
    """List these visits, of any day."""
    return tuple(row for visit_id in visit_ids for row in _visit_rows(tx, "WHERE v.id = ?", visit_id))


def _visit_rows(tx: Transaction, where: str, value: str | int) -> tuple[VisitRow, ...]:
    return _with_purpose_words(tx, _VISIT_ROWS.all(tx, where, value))


def _with_purpose_words(tx: Transaction, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with their purposes as people read them."""
    return tuple(msgspec.structs.replace(line, purpose=_purpose_words(tx, line)) for line in lines)


def purposes_of(tx: Transaction, ticket_ids: Sequence[int]) -> dict[int, str]:
    """Return what the visitors with these tickets come for, in words, by ticket; "" where it is unknown."""
    purposes = dict[int, str]()
    for visit in visits.of_tickets(tx, ticket_ids):
        if visit.ticket_id is not None:
            purposes[visit.ticket_id] = _purpose_words(tx, visit)
    return purposes


def _purpose_words(tx: Transaction, visit: VisitRow | guest_book.GuestBookLine | Visit) -> str:
    if not visit.purpose:
        return ""
    return procedure_purpose.purpose_words(procedures.of_visit(tx, visit), visit.purpose)


def purposes(tx: Transaction, procedure: Procedure | None) -> tuple[guest_book.GuestBookChoice, ...]:
    """List the purposes that a visitor can come for.

    They are the procedure's; where it names none, the office's services.
    """
    of_procedure = procedure_purpose.purpose_choices(procedure)
    return of_procedure or tuple(
        guest_book.GuestBookChoice(
            row.definition.name.indonesian, row.definition.name.indonesian, row.definition.name.en
        )
        for row in services.active(tx)
    )


def visit_card(tx: Transaction, visit_id: int) -> guest_book.VisitCard | None:
    """Return a visit in full; None when there is no such visit."""
    visit = visits.find(tx, visit_id)
    if visit is None:
        return None
    procedure = procedures.of_visit(tx, visit)
    service = None if visit.service_id is None else services.find(tx, visit.service_id)
    guest = visits.guest_of(tx, visit_id)
    earlier_guest = None if visit.follows is None else visits.guest_of(tx, visit.follows)
    case_numbers = tx.value(f"SELECT {_CASES} FROM visit v WHERE v.id = ?", visit_id)
    return guest_book.VisitCard(
        visit=visit,
        purpose=procedure_purpose.purpose_words(procedure, visit.purpose),
        purposes=purposes(tx, procedure),
        service=service.definition.name.indonesian if service else "",
        service_en=service.definition.name.en if service else "",
        requirements=service.definition.requirements if service else (),
        procedure=procedure.title if procedure else "",
        courtesies=visits.courtesies_of(tx, visit_id),
        guest=guest,
        meets_absent=_absence_of_asked_officer(tx, visit, guest.meets) if guest else "",
        checks=identity.checks_of(tx, visit_id),
        representation=identity.representation_of(tx, visit_id),
        letters=identity.letters_of(tx, visit_id),
        documents=documents.of_visit(tx, visit_id),
        requirement_checks=identity.requirements_of(tx, visit_id),
        spd=identity.spd_of(tx, visit_id),
        cards=custody.cards_of(tx, visit_id),
        badges=custody.badges_of(tx, visit_id),
        case_number=str(case_numbers),
        known_as=earlier_guest.name if earlier_guest else "",
    )


def _absence_of_asked_officer(tx: Transaction, visit: Visit, asked_for: str) -> str:
    """Return in words that the officer whom the guest asked for was absent when the guest came.

    Return "" if the officer was on duty, or if the words `asked_for` do not name just one officer.
    """
    named = [
        officer for officer in officers.all_active(tx) if guest_book.names_officer(asked_for, officer.name)
    ]
    if len(named) != 1:
        return ""
    (officer,) = named
    absence = delegations.absent_at(tx, officer.id, visit.began_at)
    on_duty = {row.officer_id for row in duty.officers_of(tx, visit.day, visit.day)}
    if absence is None and officer.id in on_duty:
        return ""
    return guest_book.absence_words(officer.name, "" if absence is None else absence.delegate)


def phone_condition(text: str, phone_index: str) -> name_keys.Condition | None:
    """Return the condition by which the guests `g` with a telephone number are found, and its values.

    Return None where `text` is no number. With a blind index of the number (`phone_index`) the indexes are
    compared, which are there where the office has keys; without one the numbers in clear.
    """
    # `<> ''` lets the statement use the partial index over numbers that are not empty.
    if phone_index:
        return "g.phone_index = ? AND g.phone_index <> ''", (phone_index,)
    forms = personal.phone_forms(text)
    if not forms:
        return None
    return "g.phone IN (?, ?, ?) AND g.phone <> '' AND g.phone_index = ''", forms


def visits_of_phone(tx: Transaction, day: str, text: str, phone_index: str) -> frozenset[int]:
    """Return the visits of a day whose guest has that telephone number."""
    phone = phone_condition(text, phone_index)
    if phone is None:
        return frozenset()
    condition, values = phone
    sql = f"SELECT v.id FROM visit v JOIN guest g ON g.visit_id = v.id WHERE v.day = ? AND {condition}"
    return frozenset(tx.column(sql, day, *values))


def find_returning(
    tx: Transaction, text: str, day: str, phone_index: str = ""
) -> tuple[guest_book.ReturningVisitor, ...]:
    """Find earlier visitors by words of the name or by the telephone number, however they are written.

    `phone_index` is the blind index of `text`, "" without a keyring: then only clear numbers are found. Each
    person is listed with their latest line. Only visitors who agreed to be remembered, or came on that `day`,
    are found (UU 27/2022: the guest book serves the visit, more needs consent). At most `MAX_FOUND` are
    listed, the latest first.
    """
    condition, values = phone_condition(text, phone_index) or name_keys.name_condition(
        tx, "g.visit_id", "guest", text
    )
    may_be_found = "(g.remember = 1 OR v.day = ?)"
    sql = f"WHERE {condition} AND {may_be_found} LIMIT ?"
    lines = _RETURNING.all(tx, sql, *values, day, _MAX_LINES_READ)
    # By name, and by what tells namesakes apart.
    latest_lines: dict[tuple[str, str], guest_book.ReturningVisitor] = {}
    for line in sorted(lines, key=lambda line: line.at):
        distinction = line.phone_index or line.phone or line.institution.casefold()
        # In the order of time: the latest line takes the place of the earlier ones.
        latest_lines[line.name.casefold(), distinction] = line
    newest_first = sorted(latest_lines.values(), key=lambda line: line.at, reverse=True)
    return tuple(newest_first[:MAX_FOUND])


_ENTRIES = Rows(
    desk_book.DailyReportEntry,
    "desk_entry e LEFT JOIN officer o ON o.id = e.officer_id LEFT JOIN officer s ON s.id = e.settled_by",
    "coalesce(o.name, '') AS officer, coalesce(s.name, '') AS settled_by",
)


def write_entry(
    tx: Transaction, day: str, at: int, sort: desk_book.ReportEntryKind, text: str, officer_id: int | None
) -> int:
    """Write an entry of the daily report; return its id. `at` UTC ms."""
    return tx.insert("desk_entry", day=day, at=at, sort=sort, text=text, officer_id=officer_id)


get_entry = _ENTRIES.get
find_entry = _ENTRIES.find


def settle_entry(tx: Transaction, entry_id: int, settlement: str, at: int, officer_id: int | None) -> None:
    tx.update("desk_entry", entry_id, settlement=settlement, settled_at=at, settled_by=officer_id)


def unsettled_entries_before(tx: Transaction, day: str) -> tuple[desk_book.DailyReportEntry, ...]:
    """List the entries of earlier days that need a settlement and have none, oldest first."""
    kinds = ", ".join(f"'{kind.value}'" for kind in desk_book.FOLLOWED_UP)
    where = f"WHERE e.settled_at IS NULL AND e.sort IN ({kinds}) AND e.day < ? ORDER BY e.at, e.id"
    return _ENTRIES.all(tx, where, day)


def entries_between(tx: Transaction, first_day: str, last_day: str) -> tuple[desk_book.DailyReportEntry, ...]:
    """List the entries of the daily report of these days, oldest first."""
    return _ENTRIES.all(tx, "WHERE e.day BETWEEN ? AND ? ORDER BY e.day, e.at, e.id", first_day, last_day)
