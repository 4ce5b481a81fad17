"""The moves of a ticket in the queue: hold, resume, come back, transfer, cancel."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue import boards, calling_order, commands, ticket as queue_ticket
from ult_desktop.db.access import officers
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import note_away
from ult_desktop.operations.visits.visits import visit_of_ticket


@handles(commands.Hold, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
@named("queue hold", "Tunda TICKET (nomor atau kode).")
def hold(command: commands.Hold, tx: Transaction, context: Context) -> NewEvent:
    """Hold a number. If its visitor is being served, only the officer who serves them may do it."""
    ticket = lookup.require_ticket(tx, command.ticket_id, queue_ticket.Act.HOLD)
    if ticket.state is queue_ticket.TicketState.SERVING:
        lookup.require_seat(lookup.require_counter(tx, ticket.counter or 0), context)
        if command.away:
            note_away(tx, context, visit_of_ticket(tx, context, ticket.id), command.reason or _("Ditunda"))
    if _end_serving(tx, ticket, context, "held"):
        tickets.save_queue_columns(tx, ticket.id)
    tickets.set_state(tx, ticket.id, queue_ticket.TicketState.HELD, command.reason or None)
    return NewEvent("ticket.held", "queue", ticket.id)


@handles(commands.Resume, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
@named("queue resume", "Lanjutkan TICKET yang ditunda, atau kembalikan yang dibatalkan.")
def resume(command: commands.Resume, tx: Transaction, context: Context) -> NewEvent:
    """Put a held or withdrawn number back into its old position, for the visitor has waited that long.

    A visitor who was being served goes first.
    """
    ticket = lookup.require_ticket(tx, command.ticket_id, queue_ticket.Act.RESUME)
    lookup.require_of_today(ticket, context)
    visit = visits.of_ticket(tx, ticket.id)
    if visit is not None and not visit.is_open:
        raise refuse(
            _("Kunjungan {label} sudah diakhiri.").format(label=ticket.label), _("Ambil nomor baru.")
        )
    tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
    serving = servings.latest_of_ticket(tx, ticket.id)
    if serving is not None and serving.was_set_aside:
        servings.resume(tx, serving, context.at)
        tickets.put_first(tx, ticket.id)
    return NewEvent("ticket.resumed", "queue", ticket.id)


@handles(commands.ComeBack, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
@named("queue return", "TICKET yang terlewat datang kembali.")
def come_back(command: commands.ComeBack, tx: Transaction, context: Context) -> NewEvent:
    """Put a returned visitor into the queue behind the next few who wait for the service.

    How many these are is a setting of the office (practice of the ULT: three).
    """
    ticket = lookup.require_ticket(tx, command.ticket_id, queue_ticket.Act.COME_BACK)
    lookup.require_of_today(ticket, context)
    same_queue = (
        other
        for other in tickets.waiting(tx, context.day)
        if other.service_id == ticket.service_id and other.priority == ticket.priority
    )
    few = context.office.settings.calling.reinsert_after
    queued_at = calling_order.queued_after(same_queue, few, context.at)
    tickets.requeue(tx, ticket.id, queued_at, queue_ticket.QueuePosition.RETURNED)
    return NewEvent("ticket.returned", "queue", ticket.id)


@handles(commands.Transfer, needs=Permission.SERVE, answer=tickets.get)
@named(
    "queue transfer --counter",
    "Alihkan pengunjung di loket ke layanan, loket, petugas, atau kembali ke pengirim.",
)
def transfer(command: commands.Transfer, tx: Transaction, context: Context) -> NewEvent:
    """Send a visitor on to a service, a counter, or back to the sender. The old position is kept."""
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.TRANSFER, context)
    lookup.require_of_today(ticket, context)
    destination = _destination(command, tx, ticket, context)
    servings.end(tx, serving, context.at, "transferred")
    tickets.save_queue_columns(tx, ticket.id)
    tickets.transfer(tx, ticket.id, destination, command.counter, command.remark or ticket.remark)
    data = {"from": command.counter, "service": destination.service_id, "counter": destination.target_counter}
    if destination.target_officer_id is not None:
        data["officer"] = destination.target_officer_id
    return NewEvent("ticket.transferred", "queue", ticket.id, data)


def _destination(
    command: commands.Transfer, tx: Transaction, ticket: queue_ticket.Ticket, context: Context
) -> tickets.Destination:
    wishes = (command.to_service, command.to_counter, command.to_officer, command.back or None)
    if len([wish for wish in wishes if wish is not None]) != 1:
        raise refuse(_("Pilih satu tujuan: layanan, loket, petugas, atau kembali ke pengirim."))
    if command.to_service is not None:
        lookup.require_service(tx, command.to_service)
        return tickets.Destination(service_id=command.to_service)
    if command.to_officer is not None:
        _require_at_counter(tx, command.to_officer, context)
        return tickets.Destination(service_id=ticket.service_id, target_officer_id=command.to_officer)
    target = require_found(
        ticket.sender_counter if command.back else command.to_counter,
        _("Nomor {label} tidak datang dari loket lain.").format(label=ticket.label),
    )
    if target == command.counter:
        raise refuse(_("Nomor {label} sudah di loket itu.").format(label=ticket.label))
    # Nobody would call the visitor at a closed counter.
    if lookup.require_counter(tx, target).state is boards.CounterState.CLOSED:
        raise refuse(
            _("Loket {number} belum dibuka.").format(number=target), _("Alihkan ke layanannya saja.")
        )
    return tickets.Destination(service_id=ticket.service_id, target_counter=target)


def _require_at_counter(tx: Transaction, officer_id: int, context: Context) -> None:
    """Require that another officer sits at a counter: otherwise nobody would call the visitor.

    The refusal lists the officers who do.
    """
    officer = require_found(officers.by_id(tx, officer_id), _("Petugas itu tidak ada."))
    if officer_id == context.by.officer_id:
        raise refuse(_("Nomor itu sudah Anda layani."), _("Pilih petugas lain."))
    if not counters.staffed_by(tx, officer_id):
        at_counters = ", ".join(
            _("{officer} (loket {number})").format(officer=counter.officer, number=counter.number)
            for counter in counters.all_counters(tx)
            if counter.officer_id not in (None, context.by.officer_id)
        )
        raise refuse(
            _("{officer} tidak sedang di loket.").format(officer=officer.name),
            _("Yang sedang di loket: {officers}.").format(officers=at_counters)
            if at_counters
            else _("Alihkan ke layanannya saja."),
        )


@handles(commands.Cancel, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
@named("queue cancel", "Batalkan TICKET.")
def cancel(command: commands.Cancel, tx: Transaction, context: Context) -> NewEvent:
    ticket = lookup.require_ticket(tx, command.ticket_id, queue_ticket.Act.CANCEL)
    _end_serving(tx, ticket, context, "cancelled")
    tickets.cancel(tx, ticket.id, command.reason or None)
    return NewEvent("ticket.cancelled", "queue", ticket.id)


def _end_serving(tx: Transaction, ticket: queue_ticket.Ticket, context: Context, outcome: str) -> bool:
    """End the ticket's call or serving at a counter, if it has one; return whether it had."""
    serving = servings.open_of_ticket(tx, ticket.id)
    if serving is not None:
        servings.end(tx, serving, context.at, outcome)
    return serving is not None
