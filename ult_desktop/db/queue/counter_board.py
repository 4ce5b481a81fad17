"""The snapshots for a counter's window and for viewers of the hall, the day's summary, what officers owe."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.phone.phone_call import CallState
from ult_desktop.core.queue import boards, calling_order, ticket as queue_ticket
from ult_desktop.core.queue.places import places_in_line
from ult_desktop.core.stamps import DAY_MS, office_day, to_datetime
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import delegations
from ult_desktop.db.cases import appointments, case_views
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import boards as board_rows, counters, servings, tickets
from ult_desktop.db.queue.leaving import read_leaving
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody, guests, visits

_SOON_MS = DAY_MS  # an appointment is named this long before its time


def counter_board(
    tx: Transaction, number: int, now: int, undoable: queue_ticket.Ticket | None, end: boards.DayEnd
) -> boards.CounterBoard:
    """Return the snapshot that counter `number` shows at `now` (UTC ms).

    Raises:
        UserError: there is no such counter.
    """
    row = office.load(tx)
    settings = row.settings
    day = office_day(now, settings.office.zone)
    hall_rows = board_rows.read_hall(tx, settings, now, number)
    own_counter = next(
        (counter for counter in hall_rows.state.open_counters if counter.scope.number == number), None
    )
    if own_counter is None:
        raise UserError(_("Loket {number} tidak ada.").format(number=number))
    rows = (*tickets.in_state(tx, day, queue_ticket.TicketState.WAITING), *hall_rows.abandoned)
    waiting = {ticket.id: ticket for ticket in rows}
    in_line = [waiting[ticket_id] for ticket_id in places_in_line(hall_rows.state)]
    called_next = calling_order.next_ticket(
        hall_rows.state.waiting, own_counter.scope, own_counter.recent, settings.calling
    )
    first = None if called_next is None else waiting[called_next.id]
    lines = {line.number: line for line in board_rows.counter_lines(tx, hall_rows.counters)}
    is_idle = lines[number].current is None
    return boards.CounterBoard(
        office=settings.office,
        calling=settings.calling,
        services=tuple(board_rows.service_of(service) for service in services.active(tx)),
        counters=tuple(lines.values()),
        mine=lines[number],
        waiting=tuple(in_line),
        missed=tickets.in_state(tx, day, queue_ticket.TicketState.NO_SHOW),
        held=tickets.in_state(tx, day, queue_ticket.TicketState.HELD),
        next_up=first,
        undoable=undoable,
        day=day_summary(tx, day),
        stations=stations.at_work(tx, now),
        kiosk_pause=row.kiosk_pause,
        cards_held=custody.count_held_cards(tx),
        end=end,
        seats=tickets.read_seats(tx, day) if own_counter.scope.priority else boards.Seats(),
        guest=_guest(tx, lines[number].current),
        leaving=read_leaving(tx, lines[number].current, now),
        last_call_at=servings.last_called_at(tx, number),
        upcoming=_upcoming(tx, first, filter(own_counter.scope.may_call, in_line)) if is_idle else (),
        owed=_owed_by(tx, lines[number].officer_id, now) if is_idle else (),
    )


def _upcoming(
    tx: Transaction, first: queue_ticket.Ticket | None, in_line: Iterable[queue_ticket.Ticket]
) -> tuple[tuple[queue_ticket.Ticket, str], ...]:
    """Return the next numbers of a counter, `first` and then as they stand in line, with their purposes."""
    upcoming = [] if first is None else [first]
    upcoming.extend(ticket for ticket in in_line if ticket is not first)
    upcoming = upcoming[: calling_order.MOST_NEXT_NUMBERS]
    purposes = guests.purposes_of(tx, [ticket.id for ticket in upcoming])
    return tuple((ticket, purposes.get(ticket.id, "")) for ticket in upcoming)


def _guest(tx: Transaction, current: queue_ticket.Ticket | None) -> tuple[str, ...]:
    """Return name and institution of the visitor with this number."""
    visit = None if current is None else visits.of_ticket(tx, current.id)
    guest = None if visit is None else visits.guest_of(tx, visit.id)
    if guest is None:
        return ()
    return tuple(filter(None, (guest.name, guest.institution)))


def hall_board(tx: Transaction, now: int, end: boards.DayEnd) -> boards.HallBoard:
    """Return the queue at `now` (UTC ms) for a viewer who is at no counter."""
    row = office.load(tx)
    day = office_day(now, row.settings.office.zone)
    return boards.HallBoard(
        office=row.settings.office,
        services=tuple(board_rows.service_of(service) for service in services.active(tx)),
        counters=board_rows.counter_lines(tx, counters.all_counters(tx)),
        waiting=tickets.in_state(tx, day, queue_ticket.TicketState.WAITING),
        missed=tickets.in_state(tx, day, queue_ticket.TicketState.NO_SHOW),
        held=tickets.in_state(tx, day, queue_ticket.TicketState.HELD),
        day=day_summary(tx, day),
        stations=stations.at_work(tx, now),
        kiosk_pause=row.kiosk_pause,
        cards_held=custody.count_held_cards(tx),
        end=end,
    )


class _TicketTimes(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with the times of its last serving (UTC ms), and sums over its servings that were set aside.

    `aside_ms` runs from such a serving's call until the visitor waited again; `held_ms` is the part of it in
    which they were set aside, `begun_ms` that in which they were served.
    """

    state: queue_ticket.TicketState
    outcome: str
    issued_at: int
    called_at: int | None
    arrived_at: int | None
    ended_at: int | None
    aside_ms: int
    held_ms: int
    begun_ms: int

    @property
    def waited_ms(self) -> int | None:
        return None if self.called_at is None else self.called_at - self.issued_at - self.aside_ms

    @property
    def walked_ms(self) -> int | None:
        return _span(self.called_at, self.arrived_at)

    @property
    def served_ms(self) -> int | None:
        span = _span(self.arrived_at, self.ended_at)
        return None if span is None else span + self.begun_ms


def day_summary(tx: Transaction, day: str) -> boards.DaySummary:
    """Return the counts and median times of a day, and its load by office hour."""
    zone = office.zone(tx)
    tickets_of_day = tx.all(
        _TicketTimes,
        "SELECT t.state, t.outcome, t.issued_at, u.called_at, u.arrived_at, u.ended_at,"
        " coalesce(sum(h.resumed_at - h.called_at), 0) AS aside_ms,"
        " coalesce(sum(h.resumed_at - h.ended_at), 0) AS held_ms,"
        " coalesce(sum(h.ended_at - h.arrived_at), 0) AS begun_ms"
        " FROM ticket t LEFT JOIN turn u ON u.id = t.turn_id"
        " LEFT JOIN turn h ON h.ticket_id = t.id AND h.resumed_at IS NOT NULL WHERE t.day = ?"
        " GROUP BY t.id, u.id ORDER BY t.id, u.id",
        day,
    )
    booked, missed = tx.row(
        "SELECT count(*), count(*) FILTER (WHERE state = 'missed') FROM appointment"
        " WHERE day = ? AND state IN ('booked', 'arrived', 'missed')",
        day,
    )
    held = [ticket.held_ms for ticket in tickets_of_day if ticket.held_ms > 0]
    by_hour: dict[int, list[_TicketTimes]] = {}
    for ticket in tickets_of_day:
        by_hour.setdefault(to_datetime(ticket.issued_at, zone).hour, []).append(ticket)
    return boards.DaySummary(
        issued=len(tickets_of_day),
        done=_count(tickets_of_day, queue_ticket.TicketState.DONE),
        no_show=_count(tickets_of_day, queue_ticket.TicketState.NO_SHOW),
        waiting=_count(tickets_of_day, queue_ticket.TicketState.WAITING),
        wait_seconds=_median([ticket.waited_ms for ticket in tickets_of_day]),
        walking_seconds=_median([ticket.walked_ms for ticket in tickets_of_day]),
        serving_seconds=_median([ticket.served_ms for ticket in tickets_of_day]),
        hours=tuple(_load(hour, by_hour[hour]) for hour in sorted(by_hour)),
        booked=booked,
        missed=missed,
        outcomes=tuple(Counter(ticket.outcome for ticket in tickets_of_day if ticket.outcome).most_common()),
        transferred=tx.number("SELECT count(*) FROM turn WHERE day = ? AND outcome = 'transferred'", day),
        set_aside=len(held),
        aside_seconds=_median(held),
    )


def _load(hour: int, issued: list[_TicketTimes]) -> boards.HourLoad:
    wait_s = _median([ticket.waited_ms for ticket in issued])
    return boards.HourLoad(
        hour=hour,
        issued=len(issued),
        done=_count(issued, queue_ticket.TicketState.DONE),
        wait_minutes=None if wait_s is None else round(wait_s / 60),
    )


def _count(issued: Iterable[_TicketTimes], state: queue_ticket.TicketState) -> int:
    return sum(ticket.state is state for ticket in issued)


def _span(begin: int | None, end: int | None) -> int | None:
    return None if begin is None or end is None else end - begin


def _median(spans_ms: Sequence[int | None]) -> int | None:
    """Return the median of spans in seconds; None without data."""
    known = [span for span in spans_ms if span is not None]
    return round(median(known) / 1000) if known else None


def _owed_by(tx: Transaction, officer_id: int | None, now: int) -> tuple[boards.Owed, ...]:
    """List what an officer owes at `now` (UTC ms), for those they stand in for too; the earliest first.

    A case that is owed as a call back or as an appointment is not listed a second time as an answer.
    """
    if officer_id is None:
        return ()
    ids = delegations.acting_ids(tx, officer_id, now)
    calls = [
        call
        for call in phone_calls.waiting(tx)
        if call.officer_id in ids and call.state is CallState.PROMISED
    ]
    soon = appointments.booked_before(tx, now + _SOON_MS)
    coming = [appointment for appointment in soon if appointment.officer_id in ids]
    owed = [
        boards.Owed(
            kind=boards.OwedKind.CALL,
            id=call.visit_id,
            name=call.name,
            about=call.question,
            due_at=call.promised_at,
            ready=bool(call.answer),
        )
        for call in calls
    ]
    owed += [
        boards.Owed(
            kind=boards.OwedKind.APPOINTMENT,
            id=appointment.id,
            name=appointment.name,
            about=appointment.reason,
            due_at=appointment.at,
        )
        for appointment in coming
    ]
    listed_cases = {*(call.case_id for call in calls), *(appointment.case_id for appointment in coming)}
    answered = case_views.case_list(tx, CaseFilter(owner_ids=ids, state=CaseState.ANSWERED))
    owed += [
        boards.Owed(
            kind=boards.OwedKind.ANSWER,
            id=case.id,
            name=case.name,
            about=case.detail,
            due_at=case.due_at,
            ready=True,
        )
        for case in answered
        if case.id not in listed_cases
    ]
    # What is due at no time comes last.
    return tuple(sorted(owed, key=lambda item: (item.due_at is None, item.due_at or 0)))
