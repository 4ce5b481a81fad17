"""What marks the steps of a visit's procedure: written marks, ticket and serving rows, pauses."""

from collections.abc import Iterator

import msgspec

from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.rounds import Mark
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
_QUEUED_AGAIN = ("no_show", "transferred")


def add(tx: Transaction, visit_id: int, mark: Mark, request: str) -> None:
    tx.insert("mark", mark, visit_id=visit_id, request=request)


def of_visit(tx: Transaction, visit: Visit) -> tuple[Mark, ...]:
    """In the order of time. Issue, call and arrival are read off the queue, not written twice.

    The number of a further matter is the visit's; it came up when its visitor had been called already.
    """
    written = _MARK.all(tx, "WHERE visit_id = ? ORDER BY at, id", visit.id)
    queue = [mark for ticket_id in numbers_of(tx, visit) for mark in _of_ticket(tx, ticket_id)]
    known = queue if visit.beside is None else [mark for mark in queue if mark.at >= visit.began_at]
    return tuple(sorted((*known, *written), key=lambda mark: mark.at))


def numbers_of(tx: Transaction, visit: Visit) -> list[int]:
    """The tickets with which its visitor came for that matter, the last coming last."""
    return tx.column(
        "SELECT ticket_id FROM visit WHERE (id = ? OR follows = ?) AND ticket_id IS NOT NULL"
        " ORDER BY began_at, id",
        *(visit.first, visit.id),
    )


def _of_ticket(tx: Transaction, ticket_id: int) -> Iterator[Mark]:
    """From every call, not the last alone: what was done before a transfer stays done.

    A visitor who did not come, was set aside before they came, or was sent on waits again: the wait begins
    anew. To set a number aside at the desk is the queue's business, and stops no clock. The rows tell the
    order, for two PCs' clocks may differ by a moment: nobody is called before they have a number.
    """
    at = tx.number("SELECT issued_at FROM ticket WHERE id = ?", ticket_id)
    yield Mark(at=at, event=procedure.StepEvent.TICKET_ISSUED)
    for serving in _SERVING.all(tx, "WHERE ticket_id = ? ORDER BY id", ticket_id):
        by, at = serving.officer_id, max(at, serving.called_at)
        yield Mark(at=at, event=procedure.StepEvent.TICKET_CALLED, officer_id=by)
        if serving.arrived_at is not None:
            at = max(at, serving.arrived_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_CHECKED, officer_id=by)
        if serving.ended_at is not None and _waits_again(serving):
            at = max(at, serving.ended_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_ISSUED)


def _waits_again(serving: _ServingRow) -> bool:
    return serving.outcome in _QUEUED_AGAIN or (serving.outcome == "held" and serving.arrived_at is None)


def pauses_of(tx: Transaction, visit_id: int) -> tuple[Pause, ...]:
    return _PAUSE.all(tx, "WHERE visit_id = ? ORDER BY from_at, id", visit_id)


def begin(tx: Transaction, visit_id: int, pause: Pause) -> None:
    """By the program, which ends it by itself too."""
    tx.insert("clock_pause", pause, visit_id=visit_id, kind="program")


def begin_by_hand(tx: Transaction, visit_id: int, pause: Pause) -> None:
    tx.insert("clock_pause", pause, visit_id=visit_id, kind="manual")


def running(tx: Transaction, visit_id: int) -> Pause | None:
    return _PAUSE.maybe(tx, "WHERE visit_id = ? AND to_at IS NULL", visit_id)


def end(tx: Transaction, visit_id: int, at: int) -> None:
    _end(tx, visit_id, at)


def end_absence(tx: Transaction, visit_id: int, at: int) -> None:
    """The visitor is back; what waits for another matter waits on."""
    _end(tx, visit_id, at, " AND matter_id IS NULL")


def end_waiting(tx: Transaction, visit_id: int, at: int) -> None:
    """End what had it wait for another matter."""
    _end(tx, visit_id, at, " AND matter_id IS NOT NULL")


def end_forgotten(tx: Transaction, visit_id: int, at: int) -> None:
    """End what an officer began and did not end, now that work on the visit goes on."""
    _end(tx, visit_id, at, " AND kind = 'manual'")


def _end(tx: Transaction, visit_id: int, at: int, which: str = "") -> None:
    tx.run(
        f"UPDATE clock_pause SET to_at = max(?, from_at) WHERE visit_id = ? AND to_at IS NULL{which}",
        *(at, visit_id),
    )
