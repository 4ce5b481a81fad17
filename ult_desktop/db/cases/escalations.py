"""Escalations: each hop of a case from one desk to another, and visitors directed to the helpdesk."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.access.roles import Officer, Role
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, EscalationState, Handover
from ult_desktop.db.access import officers
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Rows, Transaction


def _acting_for_name(at_column: str, by_column: str) -> str:
    """Return SQL for the name of the officer in whose stead something was done at a time by an officer.

    The timeline's line of the same time and officer has the name.
    """
    return (
        "coalesce((SELECT f.name FROM case_entry n JOIN officer f ON f.id = n.for_officer_id"
        f" WHERE n.case_id = e.case_id AND n.at = e.{at_column} AND n.officer_id = e.{by_column}"
        " ORDER BY n.id LIMIT 1), '')"
    )


_ROWS = Rows(
    Escalation,
    "escalation e LEFT JOIN officer s ON s.id = e.from_officer_id"
    " LEFT JOIN officer t ON t.id = e.to_officer_id LEFT JOIN officer r ON r.id = e.received_by"
    " LEFT JOIN officer a ON a.id = e.answered_by LEFT JOIN casefile c ON c.id = e.case_id",
    "coalesce(s.name, '') AS from_officer, coalesce(t.name, '') AS to_officer,"
    " coalesce(r.name, '') AS received_by, coalesce(a.name, '') AS answered_by,"
    f" {_acting_for_name('sent_at', 'from_officer_id')} AS sent_for,"
    f" {_acting_for_name('received_at', 'received_by')} AS received_for,"
    f" {_acting_for_name('answered_at', 'answered_by')} AS answered_for, c.about_id AS about_id",
)
_OPEN = "e.state IN ('sent', 'received', 'referred')"


class NewEscalation(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when a case is sent to another desk. Times UTC ms."""

    case_id: int
    parent_id: int | None
    from_desk: CaseDesk
    from_officer_id: int | None
    to_desk: CaseDesk
    to_officer_id: int | None
    unit: str
    instruction: str
    due_at: int | None
    due_days: int | None
    sent_at: int


def insert(tx: Transaction, new: NewEscalation) -> int:
    return tx.insert("escalation", new)


get = _ROWS.get
find = _ROWS.find


def of_case(tx: Transaction, case_id: int) -> tuple[Escalation, ...]:
    """List every hop of a case, in the order in which they were sent."""
    return _ROWS.all(tx, "WHERE e.case_id = ? ORDER BY e.sent_at, e.id", case_id)


def open_of(tx: Transaction, case_id: int) -> tuple[Escalation, ...]:
    """List the hops that are under way, the first sent first."""
    return _ROWS.all(tx, f"WHERE e.case_id = ? AND {_OPEN} ORDER BY e.sent_at, e.id", case_id)


def was_escalated(tx: Transaction, case_id: int) -> bool:
    """Return whether another desk ever answered the case or has it now."""
    sql = "SELECT 1 FROM escalation WHERE case_id = ? AND state <> 'withdrawn' LIMIT 1"
    return tx.value(sql, case_id) is not None


def receive(tx: Transaction, escalation_id: int, at: int, officer_id: int | None) -> None:
    """Note the receipt of a hop.

    A hop that was sent to no officer in person belongs to the officer who received it.
    """
    tx.run(
        "UPDATE escalation SET state = 'received', received_at = ?, received_by = ?,"
        " to_officer_id = coalesce(to_officer_id, ?) WHERE id = ?",
        *(at, officer_id, officer_id, escalation_id),
    )


def assign(tx: Transaction, escalation_id: int, officer_id: int) -> None:
    tx.update("escalation", escalation_id, to_officer_id=officer_id)


def set_verdict(tx: Transaction, escalation_id: int, verdict: str) -> None:
    tx.update("escalation", escalation_id, verdict=verdict)


def set_state(tx: Transaction, escalation_id: int, state: EscalationState) -> None:
    tx.update("escalation", escalation_id, state=state)


def answer(tx: Transaction, escalation_id: int, text: str, at: int, officer_id: int | None) -> None:
    tx.update(
        "escalation", escalation_id, state="answered", answer=text, answered_at=at, answered_by=officer_id
    )


def acknowledge(tx: Transaction, escalation_id: int, at: int, officer_id: int | None) -> None:
    tx.update(
        "escalation", escalation_id, state="acknowledged", acknowledged_at=at, acknowledged_by=officer_id
    )


def withdraw(tx: Transaction, escalation_ids: Iterable[int], at: int) -> None:
    for escalation_id in escalation_ids:
        tx.update("escalation", escalation_id, state="withdrawn", withdrawn_at=at)


def set_ppid_due(tx: Transaction, case_id: int, due_at: int) -> None:
    """Set the due time (UTC ms) of the escalation that is with PPID now; it has no days of its own then."""
    sql = "UPDATE escalation AS e SET due_at = ?, due_days = NULL WHERE e.case_id = ? AND e.to_desk = 'ppid'"
    tx.run(f"{sql} AND {_OPEN}", due_at, case_id)


def send_answers_to(tx: Transaction, case_id: int, officer_id: int) -> None:
    """Let the answers to the front's escalations of a case come back to this officer from now on."""
    tx.run(
        "UPDATE escalation SET from_officer_id = ? WHERE case_id = ? AND parent_id IS NULL"
        " AND state IN ('sent', 'received', 'referred', 'answered')",
        *(officer_id, case_id),
    )


_HANDOVER = Rows(
    Handover,
    "handover h JOIN officer o ON o.id = h.officer_id LEFT JOIN officer b ON b.id = h.by_id",
    "o.name AS officer, coalesce(b.name, '') AS by",
    key="visit_id",
)


handover_of = _HANDOVER.find


class NewHandover(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor on the way to the helpdesk. `at` UTC ms."""

    visit_id: int
    officer_id: int
    by_id: int | None
    at: int
    remark: str


def write_handover(tx: Transaction, new: NewHandover) -> None:
    """Write a handover. A later one replaces the earlier: the visitor goes to somebody else."""
    tx.put("handover", "visit_id", new, acknowledged_at=None)


def acknowledge_handover(tx: Transaction, visit_id: int, at: int) -> None:
    tx.update("handover", {"visit_id": visit_id}, acknowledged_at=at)


def back_office_of(tx: Transaction, service_id: int | None) -> Officer | None:
    """Return the officer to whom a service's cases go on: the first active one that the office named."""
    service = None if service_id is None else services.find(tx, service_id)
    logins = service.definition.back_office if service else ()
    active = {officer.login: officer for officer in officers.all_active(tx)}
    return next((active[login] for login in logins if login in active), None)


def helpdesk_of(tx: Transaction, service_id: int | None) -> tuple[Officer, ...]:
    """List the helpdesk officers whom the office named for a service; else everybody with that role."""
    service = None if service_id is None else services.find(tx, service_id)
    logins = service.definition.helpdesk if service else ()
    active = officers.all_active(tx)
    named = tuple(officer for officer in active if officer.login in logins)
    return named or tuple(officer for officer in active if Role.HELPDESK in officer.roles)
