"""The marks of the steps of a visit's procedure: written ones, and those that the queue's rows give."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.store.transaction import Rows, Transaction


class _TurnRow(msgspec.Struct, frozen=True):
    """A ticket and a call of it: when, by whom, and how it ended; all None before the first call. UTC ms."""

    ticket_id: int
    issued_at: int
    called_at: int | None
    officer_id: int | None
    arrived_at: int | None
    ended_at: int | None
    outcome: str | None


_MARK = Rows(Mark, "mark")
# The tickets of a visit and of the visits that follow it, in the order of the visits, with all their calls.
_TURNS = (
    "SELECT t.id AS ticket_id, t.issued_at, r.called_at, r.officer_id, r.arrived_at, r.ended_at, r.outcome"
    " FROM visit v JOIN ticket t ON t.id = v.ticket_id LEFT JOIN turn r ON r.ticket_id = t.id"
    " WHERE v.id = ? OR v.follows = ? ORDER BY v.began_at, v.id, r.id"
)
_QUEUED_AGAIN = ("no_show", "transferred")


def add(tx: Transaction, visit_id: int, mark: Mark, request: str) -> None:
    tx.insert("mark", mark, visit_id=visit_id, request=request)


class _MarkKeys(msgspec.Struct, frozen=True):
    """The columns of a mark's row that are not in `Mark`."""

    visit_id: int
    request: str


def add_each(tx: Transaction, marks: Sequence[tuple[int, Mark]], request: str) -> None:
    """Add marks of one request, each to its visit."""
    written = [mark for _visit_id, mark in marks]
    tx.insert_each("mark", written, [_MarkKeys(visit_id, request) for visit_id, _mark in marks])


def take_back(tx: Transaction, visit_id: int, since: int, *events: procedure.StepEvent) -> None:
    """Remove the marks of these events since then (UTC ms): the act that wrote them is undone."""
    gone = "DELETE FROM mark WHERE visit_id = ? AND event = ? AND at >= ?"
    tx.run_each(gone, [(visit_id, event.value, since) for event in events])


def of_visit(tx: Transaction, visit: Visit) -> tuple[Mark, ...]:
    return of_each(tx, (visit,))[0]


def of_each(tx: Transaction, visits: Sequence[Visit]) -> list[tuple[Mark, ...]]:
    """Return each visit's marks in the order of time.

    Issue, call and arrival are read from the queue, not written twice. A further matter has the ticket of the
    first one, of which only the marks count that are not older than the matter.
    """
    written = _MARK.each(tx, "WHERE visit_id = ? ORDER BY at, id", [(visit.id,) for visit in visits])
    turns = tx.each(_TurnRow, _TURNS, [(visit.first, visit.id) for visit in visits])
    return [_in_order(*each) for each in zip(visits, written, turns, strict=True)]


def _in_order(visit: Visit, written: tuple[Mark, ...], turns: tuple[_TurnRow, ...]) -> tuple[Mark, ...]:
    tickets = groupby(turns, lambda turn: turn.ticket_id)
    queue = [mark for _ticket_id, calls in tickets for mark in _of_ticket(list(calls), turns[-1])]
    known = queue if visit.beside is None else [mark for mark in queue if mark.at >= visit.began_at]
    return tuple(sorted((*known, *written), key=lambda mark: mark.at))


def ticket_ids_of(tx: Transaction, visit: Visit) -> list[int]:
    """List the tickets with which the visitor came for that matter, the last one last."""
    return tx.column(
        "SELECT ticket_id FROM visit WHERE (id = ? OR follows = ?) AND ticket_id IS NOT NULL"
        " ORDER BY began_at, id",
        *(visit.first, visit.id),
    )


def _of_ticket(turns: list[_TurnRow], last: _TurnRow) -> Iterator[Mark]:
    """Yield marks from every call, not only the last: what was done before a transfer stays done.

    A visitor who did not come, was set aside before they came, or was sent on waits again: the wait begins
    again, and a call that nobody followed is part of it unless it was the `last`. To set a number aside at
    the counter concerns the queue alone, and stops no clock. The rows give the order, for two PCs' clocks may
    differ by a moment: nobody is called before they have a number.
    """
    at = turns[0].issued_at
    yield Mark(at=at, event=procedure.StepEvent.TICKET_ISSUED)
    for turn in turns:
        if turn.called_at is None:
            return
        by = turn.officer_id
        if turn is last or not _missed(turn):
            at = max(at, turn.called_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_CALLED, officer_id=by)
        if turn.arrived_at is not None:
            at = max(at, turn.arrived_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_CHECKED, officer_id=by)
        if turn.ended_at is not None and (
            turn.outcome in _QUEUED_AGAIN or (turn.outcome == "held" and turn.arrived_at is None)
        ):
            at = max(at, turn.ended_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_ISSUED)


def _missed(turn: _TurnRow) -> bool:
    return turn.ended_at is not None and turn.arrived_at is None
