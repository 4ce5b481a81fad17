"""The marks of the steps of a visit's procedure: written ones, and those read from the queue's rows."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.store.transaction import Rows, Transaction


class _Call(msgspec.Struct, frozen=True):
    """A call of a ticket (times UTC ms).

    A ticket that was never called has one row, in which all but its id and `issued_at` are None.
    """

    ticket_id: int
    issued_at: int
    called_at: int | None
    officer_id: int | None
    arrived_at: int | None
    ended_at: int | None
    outcome: str | None


_MARK = Rows(Mark, "mark")
# The tickets of a visit and of the visits that follow it, in the order of the visits, with all their calls.
# The first id is that of the visit with the ticket (`Visit.first_visit_id`), since a further matter has no
# ticket. The second is the visit's own id, by which later visits follow it.
_CALLS = (
    "SELECT t.id AS ticket_id, t.issued_at, r.called_at, r.officer_id, r.arrived_at, r.ended_at, r.outcome"
    " FROM visit v JOIN ticket t ON t.id = v.ticket_id LEFT JOIN turn r ON r.ticket_id = t.id"
    " WHERE v.id = ? OR v.follows = ? ORDER BY v.began_at, v.id, r.id"
)


def add(tx: Transaction, visit_id: int, mark: Mark, request: str) -> None:
    tx.insert("mark", mark, visit_id=visit_id, request=request)


class _MarkKeys(msgspec.Struct, frozen=True):
    """The columns of a mark's row that are not in `Mark`."""

    visit_id: int
    request: str


def add_each(tx: Transaction, marks: Sequence[tuple[int, Mark]], request: str) -> None:
    """Add marks of one request, each to its visit."""
    keys = [_MarkKeys(visit_id, request) for visit_id, _mark in marks]
    tx.insert_each("mark", [mark for _visit_id, mark in marks], keys)


def take_back(tx: Transaction, visit_id: int, since: int, *events: procedure.StepEvent) -> None:
    """Delete the marks of these events since `since` (UTC ms): the act that wrote them is undone."""
    sql = "DELETE FROM mark WHERE visit_id = ? AND event = ? AND at >= ?"
    tx.run_each(sql, [(visit_id, event.value, since) for event in events])


def of_visit(tx: Transaction, visit: Visit) -> tuple[Mark, ...]:
    return of_each(tx, (visit,))[0]


def of_each(tx: Transaction, visits: Sequence[Visit]) -> list[tuple[Mark, ...]]:
    """Return each visit's marks in the order of time.

    Issue, call and arrival are read from the queue, not written twice. A further matter (`Visit.beside`) has
    the ticket of the main visit; of that ticket's marks only those count that are not older than the matter.
    """
    written_of_visits = _MARK.all_for_each(
        tx, "WHERE visit_id = ? ORDER BY at, id", [(visit.id,) for visit in visits]
    )
    calls_of_visits = tx.all_for_each(_Call, _CALLS, [(visit.first_visit_id, visit.id) for visit in visits])
    return [
        _merge_marks(visit, written, calls)
        for visit, written, calls in zip(visits, written_of_visits, calls_of_visits, strict=True)
    ]


def _merge_marks(visit: Visit, written: tuple[Mark, ...], calls: tuple[_Call, ...]) -> tuple[Mark, ...]:
    queue_marks = list[Mark]()
    for _ticket_id, calls_of_ticket in groupby(calls, lambda call: call.ticket_id):
        queue_marks += _marks_of_ticket(list(calls_of_ticket), calls[-1])
    if visit.beside is not None:
        queue_marks = [mark for mark in queue_marks if mark.at >= visit.began_at]
    # The sort is stable: of two marks with the same time the queue's comes before the written one.
    return tuple(sorted([*queue_marks, *written], key=lambda mark: mark.at))


def ticket_ids_of(tx: Transaction, visit: Visit) -> list[int]:
    """List the tickets with which the visitor came for that matter, the last one last."""
    return tx.column(
        "SELECT ticket_id FROM visit WHERE (id = ? OR follows = ?) AND ticket_id IS NOT NULL"
        " ORDER BY began_at, id",
        *(visit.first_visit_id, visit.id),
    )


def _marks_of_ticket(calls: list[_Call], last: _Call) -> Iterator[Mark]:
    """Yield the marks of a ticket's calls; `last` is the last call of the visit, of this ticket or another.

    Every call gives marks, not only the last: what was done before a transfer stays done.
    """
    at = calls[0].issued_at
    yield Mark(at=at, event=procedure.StepEvent.TICKET_ISSUED)
    for call in calls:
        if call.called_at is None:
            return
        # A call that nobody followed is part of the wait, unless it is the visit's last.
        nobody_came = call.ended_at is not None and call.arrived_at is None
        if call is last or not nobody_came:
            # Never earlier than the mark before it: two PCs' clocks may differ by a moment.
            at = max(at, call.called_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_CALLED, officer_id=call.officer_id)
        if call.arrived_at is not None:
            at = max(at, call.arrived_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_CHECKED, officer_id=call.officer_id)
        # A visitor who did not come, was sent on, or was set aside before they came waits again. To be set
        # aside at the counter concerns the queue alone, and stops no clock.
        was_set_aside = call.outcome == "held" and call.arrived_at is None
        if call.ended_at is not None and (was_set_aside or call.outcome in ("no_show", "transferred")):
            at = max(at, call.ended_at)
            yield Mark(at=at, event=procedure.StepEvent.TICKET_ISSUED)
