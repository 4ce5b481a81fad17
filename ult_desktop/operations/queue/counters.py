"""Counters: sit down, pause, leave; and the kiosks' own pause."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.boards import CounterState, CounterStatus
from ult_desktop.core.queue.commands import (
    LeaveCounter,
    PauseKiosks,
    SetCounter,
    StaffCounter,
)
from ult_desktop.db.office import office
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.queue.boards import counter_line
from ult_desktop.db.queue.counters import CounterRow
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import refuse, require_counter, require_seat
from ult_desktop.operations.operation import Context, NewEvent, handles, the_subject
from ult_desktop.operations.queue.calling import require_free
from ult_desktop.operations.queue.end_of_day import (
    begin_day,
    is_abandoned,
    reclaim_abandoned,
    return_to_queue,
    with_freed_tickets,
)
from ult_desktop.operations.visits.end_visits import end_left_visits


def _line(tx: Transaction, number: int) -> CounterStatus:
    return counter_line(tx, require_counter(tx, number))


@handles(StaffCounter, needs=Permission.SERVE, answer=_line)
def staff_counter(command: StaffCounter, tx: Transaction, context: Context) -> NewEvent:
    """Sit down at a counter. One whose officer has no visitor is taken over; the log keeps both names.

    So is one whose station is gone: who was called there waits again, who is served there goes on with
    the new officer.

    An officer may be seated at several counters (one person in a small office), but serves one visitor.
    """
    begin_day(tx, context)
    end_left_visits(tx, context, context.day)
    counter = require_counter(tx, command.counter)
    mine = counter.officer_id == context.by.officer_id
    freed = reclaim_abandoned(tx, context, counter)
    if not mine:
        freed += _take_over(tx, context, counter)
    if not mine or counter.state is CounterState.CLOSED:
        counters.seat(tx, command.counter, context.by.officer_id)
    counters.work_at(tx, command.counter, context.by.station)
    return with_freed_tickets(
        NewEvent("counter.staffed", "counter", command.counter, {"before": counter.officer_id}), freed
    )


@handles(LeaveCounter, needs=Permission.SERVE, answer=_line)
def leave_counter(command: LeaveCounter, tx: Transaction, context: Context) -> NewEvent:
    """Close the officer's counter. Who was sent to it waits for any counter of that service from now on."""
    counter = require_counter(tx, command.counter)
    if counter.officer_id is not None:
        require_seat(counter, context)
        _require_no_visitor(tx, command.counter)
        counters.seat(tx, command.counter, None)
        tickets.release_from(tx, context.day, command.counter)
    return NewEvent("counter.left", "counter", command.counter, {"before": counter.officer_id})


@handles(SetCounter, needs=Permission.SERVE, answer=_line)
def set_counter(command: SetCounter, tx: Transaction, context: Context) -> NewEvent:
    """Open or pause the officer's counter. A visitor who is called or served there stays there."""
    require_seat(require_counter(tx, command.counter), context)
    if command.state is CounterState.CLOSED:
        raise refuse(_("Loket ditutup dengan keluar dari loket."))
    if command.state is CounterState.PAUSED and not command.reason.strip():
        raise refuse(_("Istirahat perlu alasan."), _("Pilih atau tulis alasannya."))
    reason = command.reason.strip() if command.state is CounterState.PAUSED else ""
    counters.set_state(tx, command.counter, command.state, reason)
    return NewEvent(f"counter.{command.state}", "counter", command.counter)


@handles(PauseKiosks, needs=Permission.MANAGE_QUEUE, answer=the_subject)
def pause_kiosks(command: PauseKiosks, tx: Transaction, _context: Context) -> NewEvent:
    reason = command.reason.strip()
    office.pause_kiosks(tx, reason)
    return NewEvent("kiosks.paused" if reason else "kiosks.open", "kiosk", 1)


def _take_over(tx: Transaction, context: Context, counter: CounterRow) -> list[int]:
    """What the officer before left there, when his station is gone; otherwise nobody may stand there."""
    serving = servings.at_counter(tx, counter.number)
    if serving is None or not is_abandoned(tx, context, counter, serving):
        _require_no_visitor(tx, counter.number)
        return []
    if serving.arrived_at is None:
        return_to_queue(tx, context, serving)
    else:
        require_free(tx, context)
        servings.hand_over(tx, serving.id, context.by.officer_id)
    return [serving.ticket_id]


def _require_no_visitor(tx: Transaction, number: int) -> None:
    serving = servings.at_counter(tx, number)
    if serving is not None:
        raise refuse(
            _("Loket {number} masih menangani nomor {label}.").format(
                number=number, label=tickets.get(tx, serving.ticket_id).label
            ),
            _("Selesaikan, alihkan, atau tandai tidak hadir dulu."),
        )
