"""Move a ticket in the queue: hold, resume, come back, transfer, cancel."""

from ult_desktop.core.asks import Cancel, ComeBack, Hold, Resume, Transfer
from ult_desktop.core.boards import CounterState
from ult_desktop.core.queue import place_after
from ult_desktop.core.roles import Permission
from ult_desktop.core.ticket import Act, Place, Ticket, TicketState
from ult_desktop.db import tickets, turns
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import (
    nothing_changed,
    require_of_today,
    the_counter,
    the_service,
    the_ticket,
    the_visitor,
)


@performs(Hold, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def hold(ask: Hold, tx: Transaction, moment: Moment) -> Done:
    ticket = the_ticket(tx, ask.ticket_id, Act.HOLD)
    _end_turn(tx, ticket, moment, "held")
    tickets.set_state(tx, ticket.id, TicketState.HELD, ask.reason or None)
    return Done("ticket.held", "queue", ticket.id)


@performs(Resume, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def resume(ask: Resume, tx: Transaction, moment: Moment) -> Done:
    """Back into the old place: the visitor has waited that long."""
    ticket = the_ticket(tx, ask.ticket_id, Act.RESUME)
    require_of_today(ticket, moment)
    tickets.put_back(tx, ticket.id, ticket.queued_at, ticket.place)
    return Done("ticket.resumed", "queue", ticket.id)


@performs(ComeBack, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def come_back(ask: ComeBack, tx: Transaction, moment: Moment) -> Done:
    """In again behind the next three (practice of the ULT; the number is the office's)."""
    ticket = the_ticket(tx, ask.ticket_id, Act.COME_BACK)
    require_of_today(ticket, moment)
    same = (
        other
        for other in tickets.waiting(tx, moment.day)
        if other.service_id == ticket.service_id and other.priority == ticket.priority
    )
    behind = moment.office.settings.calling.reinsert_after
    tickets.put_back(tx, ticket.id, place_after(same, behind, moment.at), Place.RETURNED)
    return Done("ticket.returned", "queue", ticket.id)


@performs(Transfer, needs=Permission.SERVE, answer=tickets.get)
def transfer(ask: Transfer, tx: Transaction, moment: Moment) -> Done:
    """Send on to a service, a counter, or back to the sender; the old place is kept."""
    turn, ticket = the_visitor(tx, ask.counter, Act.TRANSFER, moment)
    require_of_today(ticket, moment)
    service_id, target = _destination(ask, tx, ticket)
    turns.end(tx, turn, moment.at, "transferred")
    tickets.send_on(tx, ticket.id, service_id, target, ask.counter, ask.remark)
    data = {"from": ask.counter, "service": service_id, "counter": target}
    return Done("ticket.transferred", "queue", ticket.id, data)


def _destination(ask: Transfer, tx: Transaction, ticket: Ticket) -> tuple[int, int | None]:
    chosen = [ask.to_service is not None, ask.to_counter is not None, ask.back]
    if sum(chosen) != 1:
        raise nothing_changed(_("Pilih satu tujuan: layanan, loket, atau kembali ke pengirim."))
    if ask.to_service is not None:
        the_service(tx, ask.to_service)
        return ask.to_service, None
    target = ticket.sender_counter if ask.back else ask.to_counter
    if target is None:
        raise nothing_changed(_("Nomor {label} tidak datang dari loket lain.").format(label=ticket.label))
    if target == ask.counter:
        raise nothing_changed(_("Nomor {label} sudah di loket itu.").format(label=ticket.label))
    if the_counter(tx, target).state is CounterState.CLOSED:  # it would wait for nobody
        raise nothing_changed(
            _("Loket {number} belum dibuka.").format(number=target), _("Alihkan ke layanannya saja.")
        )
    return ticket.service_id, target


@performs(Cancel, needs=Permission.MANAGE_QUEUE, answer=tickets.get)
def cancel(ask: Cancel, tx: Transaction, moment: Moment) -> Done:
    ticket = the_ticket(tx, ask.ticket_id, Act.CANCEL)
    _end_turn(tx, ticket, moment, "cancelled")
    tickets.set_state(tx, ticket.id, TicketState.CANCELLED, ask.reason or None)
    return Done("ticket.cancelled", "queue", ticket.id)


def _end_turn(tx: Transaction, ticket: Ticket, moment: Moment, outcome: str) -> None:
    turn = turns.of_ticket(tx, ticket.id)
    if turn is not None:
        turns.end(tx, turn, moment.at, outcome)
