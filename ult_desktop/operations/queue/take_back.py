"""The taking back of a day's closing: every number that it ended is again where it was."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.commands import TakeBackDay
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.cases import appointments
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import closings
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    require_found,
)
from ult_desktop.operations.visits.end_visits import reopen


@handles(TakeBackDay, needs=Permission.CLOSE_DAY, answer=answer_subject)
@named(
    "queue take-back-day",
    "Batalkan tutup hari, atau hari yang dimulai karena jam keliru: setiap nomor kembali ke tempatnya.",
)
def take_back_day(command: TakeBackDay, tx: Transaction, context: Context) -> NewEvent:
    event, closed = require_found(
        closings.find(tx, context.day),
        _("Tidak ada penutupan yang dapat dibatalkan."),
        _("Hari hanya dapat dibatalkan selama tanggal nomornya masih hari ini."),
    )
    newer = tickets.open_after(tx, context.day)
    if newer and not command.cancel_newer:
        raise refuse(
            _("Sesudah itu sudah diberikan nomor hari yang keliru: {labels}.").format(
                labels=", ".join(ticket.label for ticket in newer)
            ),
            _("Setujui pembatalannya; pemegangnya mengambil nomor baru."),
        )
    # The newer ones were given under a wrong date. On the right day the same number may be given again.
    for ticket in newer:
        serving = servings.open_of_ticket(tx, ticket.id)
        if serving is not None:
            servings.end(tx, serving, context.at, "cancelled")
        tickets.cancel(tx, ticket.id, _("Hari keliru dibatalkan: ambil nomor baru"))
    closing = closings.closing_data(event)
    _revive_all(tx, closed, closing)
    # A visit that an officer ended since has another ending, and stays ended.
    reopened_ids = [
        visit.id for visit in visits.find_each(tx, closing.visits) if visit.ending == Ending.DAY_END
    ]
    reason = (
        _("Hari dimulai karena jam yang keliru")
        if closings.is_by_clock(event)
        else _("Penutupan hari dibatalkan")
    )
    reopen(tx, context, reopened_ids, event.at, reason)
    appointments.rebook_missed(tx, context.day)
    data = {
        "begun": event.seq,
        "tickets": [ticket.id for ticket in closed],
        "cancelled": [ticket.id for ticket in newer],
    }
    # The event's subject is the answer: how many numbers came back.
    return NewEvent("day.taken_back", "queue", len(closed), data)


def _revive_all(tx: Transaction, closed: tuple[Ticket, ...], closing: closings.ClosingData) -> None:
    serving_of = {serving.ticket_id: serving for serving in servings.find_each(tx, closing.turns)}
    for ticket in closed:
        serving = serving_of.get(ticket.id)
        if serving is not None and _can_go_on(tx, serving):
            servings.reopen(tx, serving.id)
            state = TicketState.CALLED if serving.arrived_at is None else TicketState.SERVING
        else:
            tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
            state = TicketState.HELD if ticket.id in closing.held else TicketState.WAITING
            # A visitor who was sent to a counter that is closed now may be called by others.
            if ticket.target_counter is not None:
                target = counters.find(tx, ticket.target_counter)
                if target is None or target.state is CounterState.CLOSED:
                    tickets.release_from(tx, ticket.day, ticket.target_counter)
        # The closing wrote its reason where a ticket had no remark: that goes. None leaves an officer's own.
        tickets.set_state(tx, ticket.id, state, "" if ticket.id in closing.remarked else None)


def _can_go_on(tx: Transaction, serving: servings.Serving) -> bool:
    """Return whether the serving can go on: its officer still sits at the counter, and has no visitor."""
    counter = counters.find(tx, serving.counter)
    if counter is None or counter.officer_id is None or counter.officer_id != serving.officer_id:
        return False
    is_free = servings.open_at_counter(tx, serving.counter) is None
    return is_free and (serving.arrived_at is None or servings.served_by(tx, counter.officer_id) is None)
