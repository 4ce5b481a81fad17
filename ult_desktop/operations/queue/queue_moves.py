"""Move a ticket in the queue: hold, resume, come back, transfer, cancel."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.calling_order import queued_after
from ult_desktop.core.queue.commands import (
    Cancel,
    ComeBack,
    Hold,
    Resume,
    Transfer,
)
from ult_desktop.core.queue.ticket import Act, QueuePosition, Ticket, TicketState
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import (
    known,
    refuse,
    require_counter,
    require_of_today,
    require_service,
    require_ticket,
    require_visitor,
)
from ult_desktop.operations.operation import Context, NewEvent, handles


@handles(Hold, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def hold(command: Hold, tx: Transaction, context: Context) -> NewEvent:
    ticket = require_ticket(tx, command.ticket_id, Act.HOLD)
    _end_turn(tx, ticket, context, "held")
    tickets.set_state(tx, ticket.id, TicketState.HELD, command.reason or None)
    return NewEvent("ticket.held", "queue", ticket.id)


@handles(Resume, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def resume(command: Resume, tx: Transaction, context: Context) -> NewEvent:
    """Back into the old place: the visitor has waited that long."""
    ticket = require_ticket(tx, command.ticket_id, Act.RESUME)
    require_of_today(ticket, context)
    tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
    return NewEvent("ticket.resumed", "queue", ticket.id)


@handles(ComeBack, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def come_back(command: ComeBack, tx: Transaction, context: Context) -> NewEvent:
    """In again behind the next three (practice of the ULT; the number is the office's)."""
    ticket = require_ticket(tx, command.ticket_id, Act.COME_BACK)
    require_of_today(ticket, context)
    same = (
        other
        for other in tickets.waiting(tx, context.day)
        if other.service_id == ticket.service_id and other.priority == ticket.priority
    )
    behind = context.office.settings.calling.reinsert_after
    tickets.requeue(tx, ticket.id, queued_after(same, behind, context.at), QueuePosition.RETURNED)
    return NewEvent("ticket.returned", "queue", ticket.id)


@handles(Transfer, needs=Permission.SERVE, answer=tickets.get)
def transfer(command: Transfer, tx: Transaction, context: Context) -> NewEvent:
    """Send on to a service, a counter, or back to the sender; the old place is kept."""
    serving, ticket = require_visitor(tx, command.counter, Act.TRANSFER, context)
    require_of_today(ticket, context)
    service_id, target = _destination(command, tx, ticket)
    servings.end(tx, serving, context.at, "transferred")
    tickets.send_on(tx, ticket.id, service_id, target, command.counter, command.remark)
    data = {"from": command.counter, "service": service_id, "counter": target}
    return NewEvent("ticket.transferred", "queue", ticket.id, data)


def _destination(command: Transfer, tx: Transaction, ticket: Ticket) -> tuple[int, int | None]:
    chosen = [command.to_service is not None, command.to_counter is not None, command.back]
    if sum(chosen) != 1:
        raise refuse(_("Pilih satu tujuan: layanan, loket, atau kembali ke pengirim."))
    if command.to_service is not None:
        require_service(tx, command.to_service)
        return command.to_service, None
    target = known(
        ticket.sender_counter if command.back else command.to_counter,
        _("Nomor {label} tidak datang dari loket lain.").format(label=ticket.label),
    )
    if target == command.counter:
        raise refuse(_("Nomor {label} sudah di loket itu.").format(label=ticket.label))
    if require_counter(tx, target).state is CounterState.CLOSED:  # it would wait for nobody
        raise refuse(
            _("Loket {number} belum dibuka.").format(number=target), _("Alihkan ke layanannya saja.")
        )
    return ticket.service_id, target


@handles(Cancel, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def cancel(command: Cancel, tx: Transaction, context: Context) -> NewEvent:
    ticket = require_ticket(tx, command.ticket_id, Act.CANCEL)
    _end_turn(tx, ticket, context, "cancelled")
    tickets.set_state(tx, ticket.id, TicketState.CANCELLED, command.reason or None)
    return NewEvent("ticket.cancelled", "queue", ticket.id)


def _end_turn(tx: Transaction, ticket: Ticket, context: Context, outcome: str) -> None:
    serving = servings.of_ticket(tx, ticket.id)
    if serving is not None:
        servings.end(tx, serving, context.at, outcome)
