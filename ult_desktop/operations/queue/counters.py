"""The counters: an officer sits down, pauses and leaves. The pause of all kiosks is here too."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue import boards, commands
from ult_desktop.db.office import office
from ult_desktop.db.queue import boards as board_rows, counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, named, refuse
from ult_desktop.operations.queue import calling, end_of_day
from ult_desktop.operations.visits.end_visits import end_earlier_visits


def _counter_status(tx: Transaction, number: int) -> boards.CounterStatus:
    return board_rows.counter_line(tx, lookup.require_counter(tx, number))


@handles(commands.StaffCounter, needs=Permission.SERVE, answer=_counter_status)
def staff_counter(command: commands.StaffCounter, tx: Transaction, context: Context) -> NewEvent:
    """Seat the officer at a counter. If it is another officer's, and has no visitor, it is taken over.

    A counter with a visitor is taken over only if its station is gone: a visitor who was called there waits
    again, one who was served there is served by the new officer.

    An officer may be seated at several counters (one person in a small office), but serves one visitor.
    """
    end_of_day.begin_day(tx, context)
    end_of_day.miss_earlier_appointments(tx, context)
    end_earlier_visits(tx, context)
    counter = lookup.require_counter(tx, command.counter)
    is_own = counter.officer_id == context.by.officer_id
    freed = end_of_day.reclaim_abandoned(tx, context, counter)
    if not is_own:
        freed += _take_over(tx, context, counter)
    if not is_own or counter.state is boards.CounterState.CLOSED:
        counters.seat_officer(tx, command.counter, context.by.officer_id)
    counters.set_station(tx, command.counter, context.by.station, context.boot)
    return end_of_day.with_freed_tickets(
        NewEvent("counter.staffed", "counter", command.counter, {"before": counter.officer_id}), freed
    )


@handles(commands.LeaveCounter, needs=Permission.SERVE, answer=_counter_status)
@named("queue leave", "Tinggalkan loket COUNTER; loket tutup.")
def leave_counter(command: commands.LeaveCounter, tx: Transaction, context: Context) -> NewEvent:
    """Close the officer's counter. A visitor who was sent to it may now be called by any of that service."""
    counter = lookup.require_counter(tx, command.counter)
    if counter.officer_id is not None:
        lookup.require_seat(counter, context)
        _require_no_visitor(tx, command.counter)
        counters.seat_officer(tx, command.counter, None)
        tickets.release_from(tx, context.day, command.counter)
    return NewEvent("counter.left", "counter", command.counter, {"before": counter.officer_id})


@handles(commands.SetCounter, needs=Permission.SERVE, answer=_counter_status)
@named("queue state", "Buka atau jeda loket COUNTER; jeda memerlukan alasan.")
def set_counter(command: commands.SetCounter, tx: Transaction, context: Context) -> NewEvent:
    """Open or pause the officer's counter. A visitor who is called or served there stays there."""
    lookup.require_seat(lookup.require_counter(tx, command.counter), context)
    if command.state is boards.CounterState.CLOSED:
        raise refuse(_("Loket ditutup dengan keluar dari loket."))
    if command.state is boards.CounterState.PAUSED and not command.reason.strip():
        raise refuse(_("Loket dijeda hanya dengan alasan."), _("Pilih atau tulis alasannya."))
    reason = command.reason.strip() if command.state is boards.CounterState.PAUSED else ""
    counters.set_state(tx, command.counter, command.state, reason)
    return NewEvent(f"counter.{command.state}", "counter", command.counter)


@handles(commands.PauseKiosks, needs=Permission.MANAGE_QUEUE, answer=answer_subject)
@named("queue pause-kiosks", "Jeda semua kios dengan alasan; tanpa alasan kios dibuka lagi.")
def pause_kiosks(command: commands.PauseKiosks, tx: Transaction, _context: Context) -> NewEvent:
    reason = command.reason.strip()
    office.pause_kiosks(tx, reason)
    return NewEvent("kiosks.paused" if reason else "kiosks.open", "kiosk", 1)


def _take_over(tx: Transaction, context: Context, counter: counters.CounterRow) -> list[int]:
    """Take over the visitor whom the former officer left at the counter, if that station is gone.

    Return the tickets taken over. Raises UserError if a visitor is there and the station is not gone.
    """
    serving = servings.open_at_counter(tx, counter.number)
    if serving is None or not end_of_day.is_abandoned(tx, context, counter, serving):
        _require_no_visitor(tx, counter.number)
        return []
    if serving.arrived_at is None:
        end_of_day.return_to_queue(tx, context, serving)
    else:
        calling.require_free(tx, context)
        servings.hand_over(tx, serving.id, context.by.officer_id)
    return [serving.ticket_id]


def _require_no_visitor(tx: Transaction, number: int) -> None:
    serving = servings.open_at_counter(tx, number)
    if serving is not None:
        raise refuse(
            _("Loket {number} masih menangani nomor {label}.").format(
                number=number, label=tickets.get(tx, serving.ticket_id).label
            ),
            _("Selesaikan, alihkan, atau tandai tidak hadir dulu."),
        )
