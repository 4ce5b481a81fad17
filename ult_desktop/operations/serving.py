"""Serve: the visitor arrives, is done, did not come; and the one step back."""

from ult_desktop.core.asks import Arrive, Finish, NoShow, Undo
from ult_desktop.core.roles import Permission
from ult_desktop.core.ticket import Act, TicketState
from ult_desktop.db import pauses, tickets, turns
from ult_desktop.db.transaction import Transaction
from ult_desktop.db.turns import Turn
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.calling import require_free, seated_officer
from ult_desktop.operations.endings import end_if_over, reopen_with, require_no_card
from ult_desktop.operations.finding import (
    nothing_changed,
    require_seat,
    the_counter,
    the_ticket,
    the_visitor,
    undoable_turn,
)
from ult_desktop.operations.visits import visit_of_ticket

_BACK_TO = {"done": TicketState.SERVING, "no_show": TicketState.CALLED}


@performs(Arrive, needs=Permission.SERVE, answer=tickets.get)
def arrive(ask: Arrive, tx: Transaction, moment: Moment) -> Done:
    turn, ticket = the_visitor(tx, ask.counter, Act.ARRIVE, moment)
    require_free(tx, moment)
    turns.arrive(tx, turn, moment.at)
    tickets.set_state(tx, ticket.id, TicketState.SERVING)
    pauses.end_forgotten(tx, visit_of_ticket(tx, moment, ticket.id), moment.at)
    return _done("ticket.arrived", turn)


@performs(Finish, needs=Permission.SERVE, answer=tickets.get)
def finish(ask: Finish, tx: Transaction, moment: Moment) -> Done:
    turn, ticket = the_visitor(tx, ask.counter, Act.FINISH, moment)
    visit_id = visit_of_ticket(tx, moment, ticket.id)
    require_no_card(tx, visit_id)
    turns.end(tx, turn, moment.at, "done")
    tickets.set_state(tx, ticket.id, TicketState.DONE)
    end_if_over(tx, moment, visit_id)
    return _done("ticket.finished", turn)


@performs(NoShow, needs=Permission.SERVE, answer=tickets.get)
def no_show(ask: NoShow, tx: Transaction, moment: Moment) -> Done:
    turn, ticket = the_visitor(tx, ask.counter, Act.NO_SHOW, moment)
    turns.end(tx, turn, moment.at, "no_show")
    tickets.set_state(tx, ticket.id, TicketState.NO_SHOW)
    return _done("ticket.no_show", turn)


@performs(Undo, needs=Permission.SERVE, answer=tickets.get)
def undo(ask: Undo, tx: Transaction, moment: Moment) -> Done:
    """Take back the counter's last finish or no-show, while nobody else was called there since."""
    counter = the_counter(tx, ask.counter)
    require_seat(counter, moment)
    turn = undoable_turn(tx, moment.day, counter)
    if turn is None or turn.outcome is None:
        raise nothing_changed(
            _("Tidak ada yang dapat diurungkan di loket {number}.").format(number=ask.counter)
        )
    serving = turn.outcome == "done"
    seated_officer(tx, counter, moment, serving=serving)
    ticket = the_ticket(tx, turn.ticket_id, Act.UNDO)
    reopen_with(tx, turn)
    turns.reopen(tx, turn.id)
    tickets.set_state(tx, ticket.id, _BACK_TO[turn.outcome])
    return _done("ticket.undone", turn)


def _done(kind: str, turn: Turn) -> Done:
    return Done(kind, "queue", turn.ticket_id, {"counter": turn.counter, "turn": turn.id})
