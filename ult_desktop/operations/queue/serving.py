"""The serving: the visitor arrives, is done, did not come; and the one step back."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue import commands, ticket as queue_ticket
from ult_desktop.db.cases import cases
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits as visit_rows
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse
from ult_desktop.operations.procedures.step_marks import come_back
from ult_desktop.operations.queue.calling import require_free, seated_officer
from ult_desktop.operations.visits import end_visits, visits

_BACK_TO = {"done": queue_ticket.TicketState.SERVING, "no_show": queue_ticket.TicketState.CALLED}


@handles(commands.Arrive, needs=Permission.SERVE, answer=tickets.get)
@named("queue arrive --counter", "Pengunjung tiba; pelayanan dimulai.")
def arrive(command: commands.Arrive, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.ARRIVE, context)
    require_free(tx, context)
    servings.arrive(tx, serving, context.at)
    tickets.set_state(tx, ticket.id, queue_ticket.TicketState.SERVING)
    visit_id = visits.visit_of_ticket(tx, context, ticket.id)
    come_back(tx, context, visit_rows.get(tx, visit_id))
    return _done("ticket.arrived", serving)


@handles(commands.Finish, needs=Permission.SERVE, answer=tickets.get)
@named("queue finish --counter", "Pelayanan selesai.")
def finish(command: commands.Finish, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.FINISH, context)
    visit_id = visits.visit_of_ticket(tx, context, ticket.id)
    end_visits.require_no_card(tx, visit_id)
    _require_outcome(tx, context, command.outcome, visit_id)
    tickets.set_outcome(tx, ticket.id, command.outcome)
    servings.end(tx, serving, context.at, "done")
    tickets.set_state(tx, ticket.id, queue_ticket.TicketState.DONE)
    if not end_visits.end_if_over(tx, context, visit_id, leaves=command.leaves):
        end_visits.note_served(tx, context, visit_id)
    return _done("ticket.finished", serving)


def _require_outcome(tx: Transaction, context: Context, outcome: str, visit_id: int) -> None:
    """Raise UserError if the outcome is not in the office's list, or a case says what became of the visit."""
    listed = context.office.settings.calling.outcomes
    if outcome and outcome not in listed:
        raise refuse(
            _("“{outcome}” bukan hasil dari daftar kantor.").format(outcome=outcome),
            _("Yang ada: {names}.").format(names=", ".join(listed)),
        )
    case = cases.for_coming(tx, visit_id) if outcome else None
    if case is not None:
        raise refuse(
            _("Kunjungan ini punya permohonan {number}.").format(number=case.number),
            _("Catat hasilnya di permohonan itu, lalu selesaikan tanpa hasil."),
        )


@handles(commands.NoShow, needs=Permission.SERVE, answer=tickets.get)
@named("queue no-show --counter", "Yang dipanggil tidak hadir.")
def no_show(command: commands.NoShow, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.NO_SHOW, context)
    servings.end(tx, serving, context.at, "no_show")
    tickets.set_state(tx, ticket.id, queue_ticket.TicketState.NO_SHOW)
    return _done("ticket.no_show", serving)


@handles(commands.Undo, needs=Permission.SERVE, answer=tickets.get)
@named("queue undo --counter", "Urungkan selesai atau tidak hadir yang terakhir.")
def undo(command: commands.Undo, tx: Transaction, context: Context) -> NewEvent:
    """Take back the counter's last finish or no-show, if no visitor was called there since."""
    counter = lookup.require_counter(tx, command.counter)
    lookup.require_seat(counter, context)
    turn = lookup.undoable_serving(tx, context.day, counter)
    if turn is None or turn.outcome is None:
        raise refuse(_("Tidak ada yang dapat diurungkan di loket {number}.").format(number=command.counter))
    serving = turn.outcome == "done"
    seated_officer(tx, counter, context, serving=serving)
    ticket = lookup.require_ticket(tx, turn.ticket_id, queue_ticket.Act.UNDO)
    end_visits.reopen_with(tx, context, turn)
    servings.reopen(tx, turn.id)
    tickets.set_state(tx, ticket.id, _BACK_TO[turn.outcome])
    tickets.set_outcome(tx, ticket.id, "")
    visit = visit_rows.of_ticket(tx, ticket.id)
    if serving and visit is not None:
        come_back(tx, context, visit)
    return _done("ticket.undone", turn)


def _done(kind: str, serving: servings.Serving) -> NewEvent:
    return NewEvent(kind, "queue", serving.ticket_id, {"counter": serving.counter, "turn": serving.id})
