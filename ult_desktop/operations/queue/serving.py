"""The serving of a visitor at a counter: arrival, end, no-show, and the undoing of an end."""

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue import commands, ticket as queue_ticket
from ult_desktop.core.queue.boards import LeavingChecks
from ult_desktop.db.accountability.deviations import NewDeviation
from ult_desktop.db.cases import cases
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.queue.leaving import read_leaving
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits as visit_rows
from ult_desktop.operations import lookup
from ult_desktop.operations.access.delegated_roles import represented_for_event
from ult_desktop.operations.accountability.deviations import explain_at_end, require_reason
from ult_desktop.operations.accountability.judging import lacks_at_end
from ult_desktop.operations.care.declarations import end_escort_to_counter
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import mark_event, note_at_desk
from ult_desktop.operations.queue.calling import require_free
from ult_desktop.operations.visits import end_visits, visits


@handles(commands.Arrive, needs=Permission.SERVE, answer=tickets.get)
@named("queue arrive --counter", "Pengunjung tiba; pelayanan dimulai.")
def arrive(command: commands.Arrive, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.ARRIVE, context)
    require_free(tx, context)
    servings.arrive(tx, serving, context.at)
    tickets.set_state(tx, ticket.id, queue_ticket.TicketState.SERVING)
    visit_id = visits.visit_of_ticket(tx, context, ticket.id)
    end_escort_to_counter(tx, context, visit_id, serving.called_at)
    note_at_desk(tx, context, visit_rows.get(tx, visit_id))
    return _serving_event("ticket.arrived", serving)


@handles(commands.NoteMismatch, needs=Permission.SERVE, answer=tickets.get)
@named("queue mismatch --counter", "Karcis di tangan tidak cocok dengan nomor yang dipanggil.")
def note_mismatch(command: commands.NoteMismatch, tx: Transaction, context: Context) -> NewEvent:
    """Let the called number wait again, first in the queue. The event is about the number shown."""
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.ARRIVE, context)
    shown = lookup.require_ticket_named(tx, command.shown, context.at)
    lookup.require_of_today(shown, context)
    if shown.id == ticket.id:
        raise refuse(_("Karcis itu cocok dengan nomor yang dipanggil."), _("Mulai layani."))
    servings.end(tx, serving, context.at, "held")
    tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
    tickets.put_first(tx, ticket.id)
    data = {"counter": command.counter, "turn": serving.id, "called": ticket.id}
    return NewEvent("ticket.mismatched", "queue", shown.id, data)


@handles(commands.Finish, needs=Permission.SERVE, answer=tickets.get)
@named("queue finish --counter", "Pelayanan selesai.")
def finish(command: commands.Finish, tx: Transaction, context: Context) -> NewEvent:
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.FINISH, context)
    visit_id = visits.visit_of_ticket(tx, context, ticket.id)
    end_visits.require_no_card(tx, visit_id)
    _require_outcome(tx, context, command.outcome, visit_id)
    # An outcome that says that a service was given completes all steps of a request at the desk. No step has
    # the event of that mark; so the event of one of them, the answer, says for whom the actor acts.
    if command.outcome in context.office.settings.calling.given:
        absent_id = represented_for_event(tx, context, visit_id, StepEvent.ANSWERED)
        given, branch = StepEvent.SERVICE_GIVEN, CaseOutcome.AVAILABLE
        mark_event(tx, context, visit_id, given, branch, for_officer_id=absent_id, reason=command.outcome)
    # Found before the serving ends: the end itself would change what the visit lacks.
    to_explain = list[NewDeviation]()
    if require_reason(command.reason):
        leaving = read_leaving(tx, ticket, context.at) or LeavingChecks()
        to_explain = [lack.deviation for lack in lacks_at_end(tx, ticket, leaving, context.at)]
    tickets.set_outcome(tx, ticket.id, command.outcome)
    servings.end(tx, serving, context.at, "done")
    tickets.set_state(tx, ticket.id, queue_ticket.TicketState.DONE)
    if not end_visits.end_if_over(tx, context, visit_id, leaves=command.leaves):
        end_visits.note_served(tx, context, visit_id)
    explain_at_end(tx, context, to_explain, command.reason.strip())
    return _serving_event("ticket.finished", serving)


def _require_outcome(tx: Transaction, context: Context, outcome: str, visit_id: int) -> None:
    """Raise UserError if the outcome is not in the office's list, or a case says what became of the visit."""
    listed = context.office.settings.calling.every_outcome
    if outcome and outcome not in listed:
        raise refuse(
            _("“{outcome}” bukan hasil dari daftar kantor.").format(outcome=outcome),
            _("Yang ada: {names}.").format(names=", ".join(listed)),
        )
    case = cases.case_of_visitor(tx, visit_id) if outcome else None
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
    return _serving_event("ticket.no_show", serving)


@handles(commands.Undo, needs=Permission.SERVE, answer=tickets.get)
@named("queue undo --counter", "Urungkan selesai, tidak hadir, tunda atau alihkan.")
def undo(command: commands.Undo, tx: Transaction, context: Context) -> NewEvent:
    """Take back how a visitor left the counter, if nothing was done with their number since.

    If the officer has another visitor by now, the first one waits for this counter, first in the queue.
    """
    counter = lookup.require_counter(tx, command.counter)
    lookup.require_seat(counter, context)
    serving = _require_undoable(command, tx, counter, context)
    end_visits.reopen_after_undo(tx, context, serving)
    if _is_busy(tx, serving, context):
        servings.interrupt(tx, serving)
        tickets.restore_queue_columns(tx, serving.ticket_id, None, queue_ticket.TicketState.WAITING)
        tickets.put_first(tx, serving.ticket_id)
        tickets.reserve_for(tx, serving.ticket_id, counter.number)
        return _serving_event("ticket.undone", serving)
    had_arrived = serving.arrived_at is not None
    servings.reopen(tx, serving.id)
    state = queue_ticket.TicketState.SERVING if had_arrived else queue_ticket.TicketState.CALLED
    tickets.restore_queue_columns(tx, serving.ticket_id, serving.id, state)
    visit = visit_rows.of_ticket(tx, serving.ticket_id)
    if had_arrived and visit is not None:
        note_at_desk(tx, context, visit)
    return _serving_event("ticket.undone", serving)


def _require_undoable(
    command: commands.Undo, tx: Transaction, counter: counters.CounterRow, context: Context
) -> servings.Serving:
    """Return the serving whose end is undone. Raises UserError that says why there is none."""
    undoable = lookup.undoable_serving(tx, context.day, counter, command.ticket_id)
    if undoable is not None:
        return undoable
    ended = (
        serving
        for serving in servings.ended_at_counter(tx, context.day, command.counter)
        if command.ticket_id in (None, serving.ticket_id) and serving.officer_id == counter.officer_id
    )
    latest = require_found(
        next((serving for serving in ended if serving.outcome in queue_ticket.STATE_AFTER), None),
        _("Tidak ada yang dapat diurungkan di loket {number}.").format(number=command.counter),
    )
    raise _not_undoable(
        tickets.get(tx, latest.ticket_id), visit_ended=lookup.was_visit_ended_after(tx, latest)
    )


def _is_busy(tx: Transaction, serving: servings.Serving, context: Context) -> bool:
    """Return whether the counter of `serving` has a visitor now, or its officer serves one elsewhere."""
    current = servings.open_at_counter(tx, serving.counter)
    # A visitor who would only be called again does not need the officer yet.
    if current is None and serving.arrived_at is not None and context.by.officer_id is not None:
        current = servings.served_by(tx, context.by.officer_id)
    return current is not None


def _not_undoable(ticket: queue_ticket.Ticket, *, visit_ended: bool) -> UserError:
    """Return the refusal to undo an end after which others moved the number on, or ended the visit."""
    label, state = ticket.label, ticket.state.word
    if visit_ended:
        return refuse(
            _("Kunjungan {label} sudah diakhiri petugas lain; tidak dapat diurungkan lagi.").format(
                label=label
            ),
            _("Bila pengunjungnya masih di sini, layani dengan nomor baru."),
        )
    return refuse(
        _("{label} kini {state}; tidak dapat diurungkan lagi.").format(label=label, state=state)
        if ticket.counter is None
        else _("{label} kini {state} di loket {number}; tidak dapat diurungkan lagi.").format(
            label=label, state=state, number=ticket.counter
        )
    )


def _serving_event(kind: str, serving: servings.Serving) -> NewEvent:
    return NewEvent(kind, "queue", serving.ticket_id, {"counter": serving.counter, "turn": serving.id})
