"""Visits: their rows, their lines in the guest book, and how two rows of one visit become one.

A visit that came up while the visitor was here for another one is a further matter: its `beside` is that main
visit. A visit `follows` an earlier one if the visitor came again for the same matter.
"""

from collections.abc import Iterable, Sequence

import msgspec

from ult_desktop.core.cases.case import CaseOutcome, CaseState
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits.visit import Courtesy, Ending, Guest, ProcedureInForce, Visit, VisitChannel
from ult_desktop.db import name_keys
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Visit,
    "visit v LEFT JOIN visit f ON f.id = v.beside"
    " LEFT JOIN ticket t ON t.id = coalesce(v.ticket_id, f.ticket_id)",
    "t.label AS label, CASE WHEN v.ticket_id IS NULL THEN v.service_id ELSE t.service_id END AS service_id,"
    " coalesce((SELECT o.name FROM officer o WHERE o.id = v.typed_by), '') AS typed_by",
)
_GUEST = Rows(Guest, "guest g JOIN visit v ON g.visit_id = coalesce(v.beside, v.id)")


class NewVisit(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when a visit begins. `began_at` UTC ms."""

    day: str
    channel: VisitChannel
    began_at: int
    ticket_id: int | None = None
    service_id: int | None = None
    vulnerable: bool = False
    follows: int | None = None
    beside: int | None = None


def insert(tx: Transaction, new: NewVisit, procedure: ProcedureInForce | None) -> int:
    return tx.insert("visit", new, _procedure_columns(procedure))


def insert_each(
    tx: Transaction, new_visits: Sequence[NewVisit], procedures: Sequence[ProcedureInForce | None]
) -> range:
    """Insert visits, each with the procedure under which it runs; return their ids."""
    return tx.insert_each("visit", new_visits, [_procedure_columns(procedure) for procedure in procedures])


get = _ROWS.get
find = _ROWS.find
find_each = _ROWS.find_each


def of_ticket(tx: Transaction, ticket_id: int) -> Visit | None:
    return _ROWS.maybe(tx, "WHERE v.ticket_id = ?", ticket_id)


def of_tickets(tx: Transaction, ticket_ids: Sequence[int]) -> tuple[Visit, ...]:
    """List the visits of these tickets."""
    if not ticket_ids:
        return ()
    return _ROWS.all(tx, f"WHERE v.ticket_id IN ({', '.join('?' * len(ticket_ids))})", *ticket_ids)


def unknown_arrivals(tx: Transaction, day: str) -> tuple[Visit, ...]:
    """List the open arrivals of that day without number, guest, purpose or case, in the order of coming."""
    return _ROWS.all(
        tx,
        "WHERE v.day = ? AND v.channel = 'tatap_muka' AND v.ended_at IS NULL AND v.ticket_id IS NULL"
        " AND v.beside IS NULL AND v.follows IS NULL AND v.purpose = ''"
        " AND NOT EXISTS (SELECT 1 FROM guest g WHERE g.visit_id = v.id)"
        " AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.visit_id = v.id) ORDER BY v.id",
        day,
    )


def open_further_matters(tx: Transaction, visit_id: int) -> tuple[Visit, ...]:
    """List the further matters of that visit which have not ended, in the order in which they came up."""
    return _ROWS.all(tx, "WHERE v.beside = ? AND v.ended_at IS NULL ORDER BY v.id", visit_id)


def open_matters_at_desk(tx: Transaction, visit_id: int) -> tuple[Visit, ...]:
    """List the open matters that a visitor is here for: those of one visit, and the one they came again for.

    Only visits with a procedure, and so with steps of their own, are listed.
    """
    # `here` is the main visit, and the open one that follows `visit_id`. Listed are these, their further
    # matters, and the visits that they follow.
    return _ROWS.all(
        tx,
        "WHERE v.id IN (WITH here (id) AS (SELECT coalesce(beside, id) FROM visit WHERE id = ?1"
        " UNION SELECT id FROM visit WHERE follows = ?1 AND ended_at IS NULL)"
        " SELECT id FROM here UNION SELECT b.id FROM here h JOIN visit b ON b.beside = h.id"
        " UNION SELECT c.follows FROM here h JOIN visit c ON c.id = h.id)"
        " AND v.ended_at IS NULL AND v.procedure_id IS NOT NULL ORDER BY v.id",
        visit_id,
    )


def set_purpose(tx: Transaction, visit_id: int, purpose: str) -> None:
    tx.update("visit", visit_id, purpose=purpose)


def set_ticket(tx: Transaction, visit_id: int, ticket_id: int) -> None:
    tx.update("visit", visit_id, ticket_id=ticket_id)


def set_procedure(
    tx: Transaction, visit_id: int, procedure: ProcedureInForce | None, *, vulnerable: bool
) -> None:
    """Set a visit's procedure again, and whether its visitor is vulnerable.

    The caller has checked that nothing but the beginning of the visit has happened.
    """
    tx.update("visit", visit_id, _procedure_columns(procedure), vulnerable=vulnerable)


def set_follows(tx: Transaction, visit_id: int, follows: int) -> None:
    """Let a visit go on with the steps of the visit `follows`; it has none of its own."""
    tx.update("visit", visit_id, _procedure_columns(None), follows=follows)


class _ProcedureColumns(msgspec.Struct, frozen=True):
    """The columns of a visit that name its procedure; both None where it has none."""

    procedure_id: str | None = None
    procedure_version: int | None = None


def _procedure_columns(procedure: ProcedureInForce | None) -> _ProcedureColumns:
    return _ProcedureColumns() if procedure is None else _ProcedureColumns(procedure.id, procedure.version)


def set_courtesies(tx: Transaction, visit_id: int, courtesies: Iterable[Courtesy]) -> None:
    tx.update("visit", visit_id, courtesies=tuple(courtesies))


def courtesies_of(tx: Transaction, visit_id: int) -> tuple[Courtesy, ...]:
    stored = tx.value("SELECT courtesies FROM visit WHERE id = ?", visit_id)
    return msgspec.json.decode(stored or "[]", type=tuple[Courtesy, ...])


def note_typed_from_paper(
    tx: Transaction, visit_id: int, served_at: int, at: int, officer_id: int | None
) -> None:
    """Note that a visit was written on paper first.

    `served_at` is when the serving began by the paper, `at` when the officer typed it in (UTC ms).
    """
    tx.update("visit", visit_id, belated=1, served_at=served_at, typed_at=at, typed_by=officer_id)


def set_vulnerable(tx: Transaction, visit_id: int) -> None:
    """Note that a visitor is vulnerable; the visit keeps its procedure."""
    tx.update("visit", visit_id, vulnerable=1)


_END = "UPDATE visit SET ended_at = max(?, began_at), ending = ?, remark = ? WHERE id = ?"


def end(tx: Transaction, visit_id: int, at: int, ending: Ending, remark: str = "") -> None:
    tx.run(_END, at, ending, remark, visit_id)


def end_each(tx: Transaction, ends: Iterable[tuple[int, int]], ending: Ending) -> None:
    """End visits, each given as its id and when it ended (UTC ms)."""
    tx.run_each(_END, [(at, ending, "", visit_id) for visit_id, at in ends])


def note_steps(tx: Transaction, steps_of_visits: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Write which steps of its procedure were carried out in each of these visits, which have ended."""
    sql = "UPDATE visit SET steps_done = ? WHERE id = ?"
    tx.run_each(sql, [(str(list(steps)), visit_id) for visit_id, steps in steps_of_visits])


def reopen(tx: Transaction, *visit_ids: int) -> None:
    """Reopen visits, because what ended them was undone."""
    sql = "UPDATE visit SET ended_at = NULL, ending = '', remark = '' WHERE id = ?"
    tx.run_each(sql, [(visit_id,) for visit_id in visit_ids])


def ended_together(tx: Transaction, visit_id: int, at: int) -> tuple[Visit, ...]:
    """List a visit, the visit that it follows or belongs to, and the further matters of both.

    Only those that ended at `at` (UTC ms) are listed.
    """
    return _ROWS.all(
        tx,
        "WHERE v.ended_at = ?2 AND v.id IN (WITH family (id) AS (SELECT ?1"
        " UNION SELECT follows FROM visit WHERE id = ?1 UNION SELECT beside FROM visit WHERE id = ?1)"
        " SELECT id FROM family UNION SELECT m.id FROM family k JOIN visit m ON m.beside = k.id)"
        " ORDER BY v.id",
        *(visit_id, at),
    )


def left_open_before(tx: Transaction, day: str, begins_at: int) -> tuple[int, ...]:
    """List the visits in person of days before `day` that nobody ended, and that nothing keeps open.

    An open case keeps a visit open, a card that is still held, a mark in it since `day` began (`begins_at`,
    UTC ms), and a visit of `day` or later that follows it.
    """
    return tuple(
        tx.column(
            "SELECT v.id FROM visit v WHERE v.ended_at IS NULL AND v.channel = 'tatap_muka' AND v.day < ?"
            " AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.visit_id = v.id AND c.closed_at IS NULL)"
            " AND NOT EXISTS (SELECT 1 FROM card_loan l WHERE l.visit_id = v.id AND l.returned_at IS NULL)"
            " AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.visit_id = v.id AND m.at >= ?)"
            " AND NOT EXISTS (SELECT 1 FROM visit f WHERE f.follows = v.id AND f.day >= ?)"
            " ORDER BY v.began_at, v.id",
            *(day, begins_at, day),
        )
    )


class Belongings(msgspec.Struct, frozen=True, kw_only=True):
    """The number, guest book line, case and letter that a visit has, or the lack of them.

    `number` is the state of its ticket. `at_kiosk`: the visitor took the number themselves, and nobody
    welcomed them. A visit in which a service was given counts as one with a case, for it needs none. A
    further matter counts as one with a letter, because its main visit is asked for it.
    """

    number: TicketState | None
    at_kiosk: bool
    has_guest: bool
    has_case: bool
    has_letter: bool


_BELONGINGS = (
    "SELECT t.state AS number, t.id IS NOT NULL AND t.issued_by IS NULL AND NOT EXISTS (SELECT 1"
    " FROM mark w WHERE w.visit_id = v.id AND w.event = 'arrived' AND w.officer_id IS NOT NULL) AS at_kiosk,"
    " EXISTS (SELECT 1 FROM guest g WHERE g.visit_id = coalesce(v.beside, v.id) AND g.finished = 1)"
    " AS has_guest,"
    " EXISTS (SELECT 1 FROM casefile c WHERE c.visit_id = v.id)"
    " OR EXISTS (SELECT 1 FROM mark m WHERE m.visit_id = v.id AND m.event = 'service_given') AS has_case,"
    " v.beside IS NOT NULL OR EXISTS (SELECT 1 FROM letter l WHERE l.visit_id = v.id)"
    " OR EXISTS (SELECT 1 FROM representation r WHERE r.visit_id = v.id)"
    " OR EXISTS (SELECT 1 FROM guest g WHERE g.visit_id = v.id AND g.letter_number <> '')"
    " AS has_letter"
    " FROM visit v LEFT JOIN ticket t ON t.id = v.ticket_id WHERE v.id = ?"
)


def belongings_of_each(tx: Transaction, visit_ids: Iterable[int]) -> list[Belongings]:
    rows_of_visits = tx.all_for_each(Belongings, _BELONGINGS, [(visit_id,) for visit_id in visit_ids])
    return [belongings for (belongings,) in rows_of_visits]


def guest_of(tx: Transaction, visit_id: int) -> Guest | None:
    """Return the line of the guest book. A further matter has the line of its main visit."""
    return _GUEST.maybe(tx, "WHERE v.id = ?", visit_id)


def is_signed(tx: Transaction, visit_id: int) -> bool:
    """Return whether a visit has a line in the guest book; a kiosk's account may not read the line."""
    sql = "SELECT 1 FROM guest g JOIN visit v ON g.visit_id = coalesce(v.beside, v.id) WHERE v.id = ?"
    return tx.row(sql, visit_id) is not None


def write_guest(tx: Transaction, guest: Guest) -> None:
    """Write a line. A later line replaces the earlier one of the same visit (a correction)."""
    tx.put("guest", "visit_id", guest)
    name_keys.write(tx, "guest", {guest.visit_id: guest.name})


def add_guests(tx: Transaction, guests: Sequence[Guest]) -> None:
    """Write the lines of visits that have none yet."""
    tx.insert_many("guest", Guest.__struct_fields__, list(map(msgspec.structs.astuple, guests)))
    name_keys.write(tx, "guest", {guest.visit_id: guest.name for guest in guests})


MAX_VISITS = 20  # earlier ones of a visitor that are listed


class EarlierVisit(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier visit of a visitor. `at` is when it began (UTC ms).

    `number`, `detail`, `state` and `outcome` are the case's; None where no case was opened.
    """

    visit_id: int
    at: int
    channel: VisitChannel
    service: str
    case_id: int | None
    number: str | None
    detail: str | None
    state: CaseState | None
    outcome: CaseOutcome | None


def earlier_visits(tx: Transaction, visit_id: int) -> tuple[EarlierVisit, ...]:
    """List the earlier visits of this visitor, the latest first.

    They are those whose guest gave the same telephone number and agreed to be remembered. Numbers are
    compared by their blind index, or in clear where the office had no keys.
    """
    return tx.all(
        EarlierVisit,
        "SELECT v.id AS visit_id, v.began_at AS at, v.channel, coalesce(s.name, '') AS service,"
        f" c.id AS case_id, {CASE_NUMBER} AS number, c.detail, c.state, c.outcome"
        " FROM (SELECT g.visit_id, g.remember FROM guest me JOIN guest g"
        " ON g.phone_index = me.phone_index AND g.phone_index <> '' WHERE me.visit_id = ?"
        " UNION SELECT g.visit_id, g.remember FROM guest me JOIN guest g"
        " ON g.phone = me.phone AND g.phone <> '' AND g.phone_index = '' WHERE me.visit_id = ?) known"
        " JOIN visit v ON v.id = known.visit_id OR v.beside = known.visit_id"
        " LEFT JOIN casefile c ON c.visit_id = v.id"
        " LEFT JOIN service s ON s.id = coalesce(c.service_id, v.service_id)"
        " WHERE known.visit_id <> ? AND known.remember = 1 ORDER BY v.began_at DESC, v.id DESC LIMIT ?",
        *(visit_id, visit_id, visit_id),
        MAX_VISITS,
    )


# Tables in which a visit may have many rows: all rows are moved.
_MANY_ROWS = (
    *("mark", "identity_check", "document", "letter", "requirement_check", "spd_signing", "badge_loan"),
    *("alert", "device_loan", "personal_opening"),
)
# Tables in which a visit may have only one such row: a row is not moved where the visit that stays has one
# already. The SQL says when a row `other` of that visit is such a row.
_ONE_ROW = {
    **dict.fromkeys(("guest", "representation", "casefile", "handover", "priority_seat"), "TRUE"),
    "clock_pause": "clock_pause.to_at IS NULL AND other.to_at IS NULL",
    "card_loan": "other.kind = card_loan.kind"
    " AND card_loan.returned_at IS NULL AND other.returned_at IS NULL",
    "escort": "other.leg = escort.leg",
    "deviation": "(other.steps, other.kind) = (deviation.steps, deviation.kind)",
}


def move_rows(tx: Transaction, from_id: int, to_id: int) -> None:
    """Give the rows of the visit `from_id` to `to_id`, and its ticket.

    The declarations of vulnerability are united by `ult_desktop.db.care.declarations`.
    """
    for table in _MANY_ROWS:
        tx.run(f"UPDATE {table} SET visit_id = ? WHERE visit_id = ?", to_id, from_id)
    for table, is_same in _ONE_ROW.items():
        has_one = f"EXISTS (SELECT 1 FROM {table} other WHERE other.visit_id = ?1 AND {is_same})"
        tx.run(f"UPDATE {table} SET visit_id = ?1 WHERE visit_id = ?2 AND NOT {has_one}", to_id, from_id)
    tx.run("UPDATE visit SET beside = ? WHERE beside = ?", to_id, from_id)
    ticket_id = tx.value("SELECT ticket_id FROM visit WHERE id = ?", from_id)
    tx.update("visit", from_id, ticket_id=None)
    tx.update("visit", to_id, ticket_id=ticket_id)
    tx.run(
        "UPDATE visit SET (service_id, vulnerable) = (SELECT coalesce(visit.service_id, other.service_id),"
        " max(visit.vulnerable, other.vulnerable) FROM visit other WHERE other.id = ?) WHERE id = ?",
        from_id,
        to_id,
    )
