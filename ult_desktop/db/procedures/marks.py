"""What marks the steps of a visit's procedure: written marks, ticket and serving rows, stopped clocks."""

import msgspec

from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.progress import Mark, Pause
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.store.transaction import Rows, Transaction


class _ServingRow(msgspec.Struct, frozen=True):
    """A call of the ticket: when, by whom, and how it ended. UTC ms."""

    called_at: int
    officer_id: int | None
    arrived_at: int | None
    ended_at: int | None
    outcome: str | None


_MARK = Rows(Mark, "mark")
_SERVING = Rows(_ServingRow, "turn")
_PAUSE = Rows(Pause, "clock_pause")
_QUEUED_AGAIN = ("no_show", "held", "transferred")


def add(tx: Transaction, visit_id: int, mark: Mark, request: str) -> None:
    tx.insert("mark", mark, visit_id=visit_id, request=request)


def of_visit(tx: Transaction, visit: Visit) -> tuple[Mark, ...]:
    """In the order of time. Issue, call and arrival are read off the queue, not written twice."""
    written = _MARK.all(tx, "WHERE visit_id = ? ORDER BY at, id", visit.id)
    queue = () if visit.ticket_id is None else _of_ticket(tx, visit.ticket_id)
    return tuple(sorted((*queue, *written), key=lambda mark: mark.at))


def _of_ticket(tx: Transaction, ticket_id: int) -> tuple[Mark, ...]:
    """From every call, not the last alone: what was done before a transfer stays done.

    A visitor who did not come, was set aside or sent on waits again: the wait begins anew.
    """
    issued_at = tx.number("SELECT issued_at FROM ticket WHERE id = ?", ticket_id)
    marks = [Mark(at=issued_at, event=procedure.StepEvent.TICKET_ISSUED)]
    turns = _SERVING.all(tx, "WHERE ticket_id = ? ORDER BY called_at, id", ticket_id)
    for serving in turns:
        by = serving.officer_id
        marks.append(Mark(at=serving.called_at, event=procedure.StepEvent.TICKET_CALLED, officer_id=by))
        if serving.arrived_at is not None:
            marks.append(Mark(at=serving.arrived_at, event=procedure.StepEvent.TICKET_CHECKED, officer_id=by))
        if serving.ended_at is not None and serving.outcome in _QUEUED_AGAIN:
            marks.append(Mark(at=serving.ended_at, event=procedure.StepEvent.TICKET_ISSUED))
    return tuple(marks)


def pauses_of(tx: Transaction, visit_id: int) -> tuple[Pause, ...]:
    return _PAUSE.all(tx, "WHERE visit_id = ? ORDER BY from_at", visit_id)


def begin(tx: Transaction, visit_id: int, at: int, reason: str, officer_id: int | None) -> None:
    """By the program, which ends it by itself too."""
    _insert(tx, visit_id, at, reason, "program", officer_id)


def begin_by_hand(tx: Transaction, visit_id: int, at: int, reason: str, officer_id: int | None) -> None:
    _insert(tx, visit_id, at, reason, "manual", officer_id)


def _insert(tx: Transaction, visit_id: int, at: int, reason: str, kind: str, officer_id: int | None) -> None:
    tx.insert("clock_pause", visit_id=visit_id, from_at=at, reason=reason, kind=kind, officer_id=officer_id)


def running(tx: Transaction, visit_id: int) -> Pause | None:
    return _PAUSE.maybe(tx, "WHERE visit_id = ? AND to_at IS NULL", visit_id)


def end(tx: Transaction, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE clock_pause SET to_at = max(?, from_at) WHERE visit_id = ? AND to_at IS NULL", at, visit_id
    )


def end_forgotten(tx: Transaction, visit_id: int, at: int) -> None:
    """End what an officer began and did not end, now that work on the visit goes on."""
    tx.run(
        "UPDATE clock_pause SET to_at = max(?, from_at)"
        " WHERE visit_id = ? AND to_at IS NULL AND kind = 'manual'",
        at,
        visit_id,
    )
