"""What marks the steps of a visit's procedure: written marks, and what ticket and turn rows tell already."""

import msgspec

from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.visit import Mark, Pause, Visit
from ult_desktop.db.transaction import Transaction


class _Times(msgspec.Struct, frozen=True):
    """A ticket's first call and arrival, UTC ms."""

    issued_at: int
    called_at: int | None
    called_by: int | None
    arrived_at: int | None


def add(tx: Transaction, visit_id: int, mark: Mark, request: str) -> None:
    tx.run(
        "INSERT INTO mark (visit_id, at, kind, event, branch, step, officer_id, for_officer_id, reason,"
        " request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        visit_id,
        mark.at,
        mark.kind,
        mark.event,
        mark.branch,
        mark.step,
        mark.officer_id,
        mark.for_officer_id,
        mark.reason,
        request,
    )


def of_visit(tx: Transaction, visit: Visit) -> tuple[Mark, ...]:
    """In the order of time. Issue, call and arrival are read off the queue, not written twice."""
    written = tx.all(
        Mark,
        "SELECT at, kind, event, branch, step, officer_id, for_officer_id, reason FROM mark"
        " WHERE visit_id = ? ORDER BY at, id",
        visit.id,
    )
    queue = () if visit.ticket_id is None else _of_ticket(tx, visit.ticket_id)
    return tuple(sorted((*queue, *written), key=lambda mark: mark.at))


def _of_ticket(tx: Transaction, ticket_id: int) -> tuple[Mark, ...]:
    times = tx.one(
        _Times,
        "SELECT t.issued_at, u.called_at, u.officer_id AS called_by, u.arrived_at FROM ticket t"
        " LEFT JOIN turn u ON u.id = t.turn_id WHERE t.id = ?",
        ticket_id,
    )
    happened = (
        (StepEvent.TICKET_ISSUED, times.issued_at, None),
        (StepEvent.TICKET_CALLED, times.called_at, times.called_by),
        (StepEvent.TICKET_CHECKED, times.arrived_at, times.called_by),
    )
    return tuple(
        Mark(at=at, event=event, officer_id=officer) for event, at, officer in happened if at is not None
    )


def pauses_of(tx: Transaction, visit_id: int) -> tuple[Pause, ...]:
    return tx.all(
        Pause, "SELECT from_at, to_at, reason FROM clock_pause WHERE visit_id = ? ORDER BY from_at", visit_id
    )
