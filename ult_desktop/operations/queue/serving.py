"""Serve: the visitor arrives, is done, did not come; and the one step back."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.commands import (
    Arrive,
    Finish,
    NoShow,
    Undo,
)
from ult_desktop.core.queue.ticket import Act, TicketState
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.queue.servings import Serving
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import (
    refuse,
    require_counter,
    require_seat,
    require_ticket,
    require_visitor,
    undoable_serving,
)
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.queue.calling import require_free, seated_officer
from ult_desktop.operations.visits.end_visits import end_if_over, reopen_with, require_no_card
from ult_desktop.operations.visits.visits import visit_of_ticket

_BACK_TO = {"done": TicketState.SERVING, "no_show": TicketState.CALLED}


@handles(Arrive, needs=Permission.SERVE, answer=tickets.get)
def arrive(command: Arrive, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = require_visitor(tx, command.counter, Act.ARRIVE, context)
    require_free(tx, context)
    servings.arrive(tx, serving, context.at)
    tickets.set_state(tx, ticket.id, TicketState.SERVING)
    marks.end_forgotten(tx, visit_of_ticket(tx, context, ticket.id), context.at)
    return _done("ticket.arrived", serving)


@handles(Finish, needs=Permission.SERVE, answer=tickets.get)
def finish(command: Finish, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = require_visitor(tx, command.counter, Act.FINISH, context)
    visit_id = visit_of_ticket(tx, context, ticket.id)
    require_no_card(tx, visit_id)
    servings.end(tx, serving, context.at, "done")
    tickets.set_state(tx, ticket.id, TicketState.DONE)
    end_if_over(tx, context, visit_id)
    return _done("ticket.finished", serving)


@handles(NoShow, needs=Permission.SERVE, answer=tickets.get)
def no_show(command: NoShow, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = require_visitor(tx, command.counter, Act.NO_SHOW, context)
    servings.end(tx, serving, context.at, "no_show")
    tickets.set_state(tx, ticket.id, TicketState.NO_SHOW)
    return _done("ticket.no_show", serving)


@handles(Undo, needs=Permission.SERVE, answer=tickets.get)
def undo(command: Undo, tx: Transaction, context: Context) -> NewEvent:
    """Take back the counter's last finish or no-show, while nobody else was called there since."""
    counter = require_counter(tx, command.counter)
    require_seat(counter, context)
    turn = undoable_serving(tx, context.day, counter)
    if turn is None or turn.outcome is None:
        raise refuse(_("Tidak ada yang dapat diurungkan di loket {number}.").format(number=command.counter))
    serving = turn.outcome == "done"
    seated_officer(tx, counter, context, serving=serving)
    ticket = require_ticket(tx, turn.ticket_id, Act.UNDO)
    reopen_with(tx, turn)
    servings.reopen(tx, turn.id)
    tickets.set_state(tx, ticket.id, _BACK_TO[turn.outcome])
    return _done("ticket.undone", turn)


def _done(kind: str, serving: Serving) -> NewEvent:
    return NewEvent(kind, "queue", serving.ticket_id, {"counter": serving.counter, "turn": serving.id})
