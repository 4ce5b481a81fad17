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
def arrive(ask: Arrive, tx: Transaction, moment: Context) -> NewEvent:
    turn, ticket = require_visitor(tx, ask.counter, Act.ARRIVE, moment)
    require_free(tx, moment)
    servings.arrive(tx, turn, moment.at)
    tickets.set_state(tx, ticket.id, TicketState.SERVING)
    marks.end_forgotten(tx, visit_of_ticket(tx, moment, ticket.id), moment.at)
    return _done("ticket.arrived", turn)


@handles(Finish, needs=Permission.SERVE, answer=tickets.get)
def finish(ask: Finish, tx: Transaction, moment: Context) -> NewEvent:
    turn, ticket = require_visitor(tx, ask.counter, Act.FINISH, moment)
    visit_id = visit_of_ticket(tx, moment, ticket.id)
    require_no_card(tx, visit_id)
    servings.end(tx, turn, moment.at, "done")
    tickets.set_state(tx, ticket.id, TicketState.DONE)
    end_if_over(tx, moment, visit_id)
    return _done("ticket.finished", turn)


@handles(NoShow, needs=Permission.SERVE, answer=tickets.get)
def no_show(ask: NoShow, tx: Transaction, moment: Context) -> NewEvent:
    turn, ticket = require_visitor(tx, ask.counter, Act.NO_SHOW, moment)
    servings.end(tx, turn, moment.at, "no_show")
    tickets.set_state(tx, ticket.id, TicketState.NO_SHOW)
    return _done("ticket.no_show", turn)


@handles(Undo, needs=Permission.SERVE, answer=tickets.get)
def undo(ask: Undo, tx: Transaction, moment: Context) -> NewEvent:
    """Take back the counter's last finish or no-show, while nobody else was called there since."""
    counter = require_counter(tx, ask.counter)
    require_seat(counter, moment)
    turn = undoable_serving(tx, moment.day, counter)
    if turn is None or turn.outcome is None:
        raise refuse(_("Tidak ada yang dapat diurungkan di loket {number}.").format(number=ask.counter))
    serving = turn.outcome == "done"
    seated_officer(tx, counter, moment, serving=serving)
    ticket = require_ticket(tx, turn.ticket_id, Act.UNDO)
    reopen_with(tx, turn)
    servings.reopen(tx, turn.id)
    tickets.set_state(tx, ticket.id, _BACK_TO[turn.outcome])
    return _done("ticket.undone", turn)


def _done(kind: str, turn: Serving) -> NewEvent:
    return NewEvent(kind, "queue", turn.ticket_id, {"counter": turn.counter, "turn": turn.id})
