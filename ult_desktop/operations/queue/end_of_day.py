"""The closing of the tickets and appointments that a day leaves open, and the end of an abandoned call.

A call is abandoned if its counter's station is gone before the visitor comes to the counter: the visitor, who
would be in no queue, waits again.
"""

from collections.abc import Iterator, Sequence

import msgspec

from ult_desktop.base import _
from ult_desktop.core import connection, stamps
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.office_time import is_future
from ult_desktop.core.queue import boards
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.core.queue.opening import day_end
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.db.care import declarations
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.procedures import pauses
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody
from ult_desktop.operations.accountability.deviations import record_open_deviations
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    write_event,
)
from ult_desktop.operations.procedures.step_marks import choose_matter_at_hand
from ult_desktop.operations.visits.end_visits import end_earlier_visits, end_evening_visits


def begin_day(tx: Transaction, context: Context) -> None:
    """Close what an earlier day left open, so that nobody's counter is blocked by yesterday.

    Every operation that gives or calls a number begins with this. Declarations that are too old are deleted
    here too, for an office that never closes its day. On a normal day both cost one look into an index each.
    What is closed or deleted is written as an event of its own.
    """
    # It is not done at midnight: no PC may be on then.
    ticket_ids = tickets.open_before(tx, context.day)
    if ticket_ids:
        closing = _close(tx, ticket_ids, context.at, _("Hari berganti"))
        data = {**closing, "visits": end_earlier_visits(tx, context)}
        closed = NewEvent("day.begun", "queue", len(ticket_ids), data)
        write_event(tx, closed, context, f"{context.request}/day")
    _delete_old_declarations(tx, context)
    morning = stamps.day_begins(context.day, context.office.settings.office.zone)
    declarations.close_kiosk_alerts_before(tx, morning)


def miss_earlier_appointments(tx: Transaction, context: Context) -> None:
    """Write as no-shows the visitors who had appointments on an earlier day, with an event of its own.

    Each officer who sits down at a counter does this, for an office that never closes its day.
    """
    morning = stamps.day_begins(context.day, context.office.settings.office.zone)
    missed = _miss_appointments(tx, context, morning)
    if missed:
        done = NewEvent("appointment.missed_by_rule", "case", len(missed), {"appointments": missed})
        write_event(tx, done, context, f"{context.request}/missed")


def _miss_appointments(tx: Transaction, context: Context, before: int) -> list[int]:
    """Write the visitors with appointments `before` (UTC ms) as no-shows; return the appointments' ids."""
    missed = appointments.booked_before(tx, before)
    for appointment in missed:
        appointments.end(tx, appointment.id, AppointmentState.MISSED, context.at, None)
        if appointment.case_id is not None:
            missed_line = cases.NewEntry(
                case_id=appointment.case_id, at=context.at, kind=EntryKind.MISSED, officer_id=None
            )
            cases.add_entry(tx, missed_line)
            resume_case_after_missed(tx, context, appointment.case_id, appointment.at)
    return [appointment.id for appointment in missed]


def resume_case_after_missed(tx: Transaction, context: Context, case_id: int, missed_at: int) -> None:
    """Let a case go on whose applicant missed their appointment at `missed_at` (UTC ms).

    Its clocks run again from then. Until the end of the next working day the office has to give another date
    or to close the case.
    """
    case = cases.get(tx, case_id)
    if case.is_open:
        pauses.end(tx, case.visit_id, missed_at)
        choose_matter_at_hand(tx, context, case.visit_id)
        cases.set_due(tx, case_id, WorkingCalendar(context.office.settings).due(missed_at, 1))


def _delete_old_declarations(tx: Transaction, context: Context) -> None:
    """Delete what vulnerable visitors declared, after the office's retention days (UU 27/2022).

    The log says how many rows were deleted, but not whose they were.
    """
    forgotten = declarations.forget_before(
        tx, context.at - context.office.settings.care.keep_days * stamps.DAY_MS
    )
    if forgotten:
        done = NewEvent("care.forgotten", "care", forgotten)
        write_event(tx, done, context, f"{context.request}/forgotten")


def _close(tx: Transaction, ticket_ids: Sequence[int], at: int, reason: str) -> dict[str, Sequence[int]]:
    """Close these tickets; return what the log must hold so that this can be taken back."""
    closed, ended = tickets.find_each(tx, ticket_ids), servings.open_of_tickets(tx, ticket_ids)
    # A serving is cancelled also if its visitor was being served: nobody knows when that ended.
    servings.end_each(tx, ended, at, "cancelled")
    tickets.close_all(tx, ticket_ids, reason)
    return {
        "tickets": ticket_ids,
        "held": [ticket.id for ticket in closed if ticket.state is TicketState.HELD],
        # These got the closing's reason as their remark; taking the closing back removes it.
        "remarked": [ticket.id for ticket in closed if not ticket.remark],
        "turns": [serving.id for serving in ended],
    }


@handles(CloseDay, needs=Permission.CLOSE_DAY, answer=answer_subject)
@named("queue close-day", "Tutup hari: yang tersisa ditutup dengan alasan.")
def close_day(command: CloseDay, tx: Transaction, context: Context) -> NewEvent:
    """Close every ticket of today and before. The answer is how many there were.

    Before closing time that needs the permission to close the day early.

    A visitor with an appointment until now who has not come is a no-show. Visits end with the day, unless an
    open case or a card still held keeps them open. The standards that open visits have exceeded by now are
    written into the register.
    """
    now = stamps.to_datetime(context.at, context.office.settings.office.zone)
    end = day_end(context.office.settings, now)
    too_early = boards.why_too_early(end, may_close_early=context.by.may(Permission.CLOSE_DAY_EARLY))
    if too_early:
        raise refuse(too_early, _("Minta salah satu dari mereka, atau tunggu jam tutup."))
    ticket_ids = tickets.all_open(tx)
    closing = _close(tx, ticket_ids, context.at, command.reason)
    ended = end_evening_visits(tx, context)
    record_open_deviations(tx, context)
    _delete_old_declarations(tx, context)
    data = {
        **closing,
        "visits": ended,
        "cards": [card.id for card in custody.all_held_cards(tx)],
        "appointments": _miss_appointments(tx, context, context.at),
    }
    return NewEvent("day.closed", "queue", len(ticket_ids), data)


def reclaim_abandoned(tx: Transaction, context: Context, counter: counters.CounterRow) -> list[int]:
    """Put visitors called by a station that is gone back into their old positions. Returns the ticket ids.

    An officer who is back at their own `counter`, at whatever PC, keeps the visitors they called.
    """
    reclaimed = list(_abandoned_calls(tx, context, counter))
    for serving in reclaimed:
        return_to_queue(tx, context, serving)
    return [serving.ticket_id for serving in reclaimed]


def with_freed_tickets(event: NewEvent, freed: list[int]) -> NewEvent:
    """Return the event with the ids of the tickets that its operation reclaimed, for a replay."""
    return msgspec.structs.replace(event, data={**event.data, "freed": freed}) if freed else event


def return_to_queue(tx: Transaction, context: Context, serving: servings.Serving) -> None:
    """End a call: the visitor goes back to the old position in the queue, with an event of its own.

    They wait for any counter of the service.
    """
    ticket = tickets.get(tx, serving.ticket_id)
    servings.end(tx, serving, context.at, "held")
    tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
    tickets.release_from(tx, context.day, serving.counter)
    data = {"label": ticket.label, "counter": serving.counter, "rule": "station_gone"}
    event = NewEvent("ticket.given_back", "queue", ticket.id, data)
    write_event(tx, event, context, f"{context.request}/{ticket.id}")


def is_abandoned(
    tx: Transaction, context: Context, counter: counters.CounterRow, serving: servings.Serving
) -> bool:
    """Return whether the station of the counter with `serving` is gone, or was started again since.

    A replay knows no presence of stations: it goes by the tickets that the operation freed the first time.
    """
    if context.replay is not None:
        return serving.ticket_id in context.replay.freed
    presence = stations.find(tx, counter.station, counter.boot)
    if presence is None:
        return False
    # A PC whose clock was ahead would count as present for as long as it was wrong.
    seen_at = 0 if is_future(presence.seen_at, context.at) else presence.seen_at
    last_sign_at = max(seen_at, serving.arrived_at or serving.called_at)
    # `boot` is "" for an officer at the command line, which reports no presence.
    was_started_again = counter.boot not in ("", presence.boot)
    return was_started_again or last_sign_at <= context.at - connection.GONE_MS


def _abandoned_calls(
    tx: Transaction, context: Context, counter: counters.CounterRow
) -> Iterator[servings.Serving]:
    if context.replay is None:
        own_number = counter.number if counter.officer_id == context.by.officer_id else None
        abandoned = servings.abandoned_calls(tx, context.at)
        yield from (serving for serving in abandoned if serving.counter != own_number)
        return
    for ticket_id in context.replay.freed:
        serving = servings.open_of_ticket(tx, ticket_id)
        if serving is not None and serving.arrived_at is None:
            yield serving
