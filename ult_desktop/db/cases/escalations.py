"""Escalations: each hop of a case from desk to desk, and visitors directed to the helpdesk."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.cases.escalation import (
    CaseDesk,
    Escalation,
    EscalationState,
    Handover,
)
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT e.id, e.case_id, e.parent_id, e.state, e.from_desk, e.from_officer_id,"
    " coalesce(s.name, '') AS from_officer, e.to_desk, e.to_officer_id, coalesce(t.name, '') AS to_officer,"
    " e.unit, e.instruction, e.due_at, e.sent_at, e.received_at, coalesce(r.name, '') AS received_by,"
    " e.verdict, e.answer, e.answered_at, coalesce(a.name, '') AS answered_by, e.acknowledged_at"
    " FROM escalation e LEFT JOIN officer s ON s.id = e.from_officer_id"
    " LEFT JOIN officer t ON t.id = e.to_officer_id LEFT JOIN officer r ON r.id = e.received_by"
    " LEFT JOIN officer a ON a.id = e.answered_by"
)
_OPEN = "e.state IN ('sent', 'received', 'referred')"


class NewEscalation(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when a case is sent to another desk. Times UTC ms."""

    case_id: int
    parent_id: int | None
    from_desk: CaseDesk
    from_officer_id: int | None
    to_desk: CaseDesk
    to_officer_id: int | None
    unit: str
    instruction: str
    due_at: int | None
    sent_at: int


def insert(tx: Transaction, new: NewEscalation) -> int:
    return tx.insert(
        "INSERT INTO escalation (case_id, parent_id, from_desk, from_officer_id, to_desk, to_officer_id,"
        " unit, instruction, due_at, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def get(tx: Transaction, escalation_id: int) -> Escalation:
    return tx.one(Escalation, f"{_SELECT} WHERE e.id = ?", escalation_id)


def find(tx: Transaction, escalation_id: int) -> Escalation | None:
    return tx.maybe(Escalation, f"{_SELECT} WHERE e.id = ?", escalation_id)


def of_case(tx: Transaction, case_id: int) -> tuple[Escalation, ...]:
    """Every hop of a case, in the order in which they were sent."""
    return tx.all(Escalation, f"{_SELECT} WHERE e.case_id = ? ORDER BY e.sent_at, e.id", case_id)


def open_of(tx: Transaction, case_id: int) -> tuple[Escalation, ...]:
    """The hops that are under way, the first sent first."""
    return tx.all(Escalation, f"{_SELECT} WHERE e.case_id = ? AND {_OPEN} ORDER BY e.sent_at, e.id", case_id)


def was_escalated(tx: Transaction, case_id: int) -> bool:
    """Whether another desk ever answered it or has it now."""
    return bool(
        tx.value("SELECT 1 FROM escalation WHERE case_id = ? AND state <> 'withdrawn' LIMIT 1", case_id)
    )


def receive(tx: Transaction, escalation_id: int, at: int, officer_id: int | None) -> None:
    """Receipt; a hop that was nobody's in person belongs to who received it."""
    tx.run(
        "UPDATE escalation SET state = 'received', received_at = ?, received_by = ?,"
        " to_officer_id = coalesce(to_officer_id, ?) WHERE id = ?",
        *(at, officer_id, officer_id, escalation_id),
    )


def assign(tx: Transaction, escalation_id: int, officer_id: int) -> None:
    tx.run("UPDATE escalation SET to_officer_id = ? WHERE id = ?", officer_id, escalation_id)


def set_verdict(tx: Transaction, escalation_id: int, verdict: str) -> None:
    tx.run("UPDATE escalation SET verdict = ? WHERE id = ?", verdict, escalation_id)


def set_state(tx: Transaction, escalation_id: int, state: EscalationState) -> None:
    tx.run("UPDATE escalation SET state = ? WHERE id = ?", state, escalation_id)


def answer(tx: Transaction, escalation_id: int, text: str, at: int, officer_id: int | None) -> None:
    tx.run(
        "UPDATE escalation SET state = 'answered', answer = ?, answered_at = ?, answered_by = ? WHERE id = ?",
        *(text, at, officer_id, escalation_id),
    )


def acknowledge(tx: Transaction, escalation_id: int, at: int, officer_id: int | None) -> None:
    tx.run(
        "UPDATE escalation SET state = 'acknowledged', acknowledged_at = ?, acknowledged_by = ? WHERE id = ?",
        *(at, officer_id, escalation_id),
    )


def withdraw(tx: Transaction, escalation_ids: Iterable[int], at: int) -> None:
    for escalation_id in escalation_ids:
        tx.run("UPDATE escalation SET state = 'withdrawn', withdrawn_at = ? WHERE id = ?", at, escalation_id)


def return_to(tx: Transaction, case_id: int, officer_id: int) -> None:
    """What the front asked comes back to another officer from now on."""
    tx.run(
        "UPDATE escalation SET from_officer_id = ? WHERE case_id = ? AND parent_id IS NULL"
        " AND state IN ('sent', 'received', 'referred', 'answered')",
        *(officer_id, case_id),
    )


_HANDOVER = (
    "SELECT h.visit_id, h.officer_id, o.name AS officer, coalesce(b.name, '') AS by, h.at, h.remark,"
    " h.acknowledged_at FROM handover h JOIN officer o ON o.id = h.officer_id"
    " LEFT JOIN officer b ON b.id = h.by_id"
)


def handover_of(tx: Transaction, visit_id: int) -> Handover | None:
    return tx.maybe(Handover, f"{_HANDOVER} WHERE h.visit_id = ?", visit_id)


class NewHandover(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor on the way to the helpdesk. `at` UTC ms."""

    visit_id: int
    officer_id: int
    by_id: int | None
    at: int
    remark: str


def write_handover(tx: Transaction, new: NewHandover) -> None:
    """A later one replaces the earlier: the visitor goes to somebody else."""
    tx.run(
        "INSERT INTO handover (visit_id, officer_id, by_id, at, remark) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (visit_id) DO UPDATE SET officer_id = excluded.officer_id, by_id = excluded.by_id,"
        " at = excluded.at, remark = excluded.remark, acknowledged_at = NULL",
        *msgspec.structs.astuple(new),
    )


def acknowledge_handover(tx: Transaction, visit_id: int, at: int) -> None:
    tx.run("UPDATE handover SET acknowledged_at = ? WHERE visit_id = ?", at, visit_id)
