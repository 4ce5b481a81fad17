"""Snapshots of the queue for the windows, and of the hall for waits."""

import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from ult_desktop.base import _
from ult_desktop.core.connection import GONE_MS
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Words
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.queue import boards, calling_order, hall, opening, waits
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.core.queue.places import places_in_line
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Rows, Transaction


class HallRows(NamedTuple):
    """The hall as it is read once for a board, with its counters.

    `abandoned` are tickets that a counter called whose station is gone. They count as waiting in the hall.
    """

    state: hall.HallState
    counters: tuple[counters.BusyCounter, ...]
    abandoned: tuple[Ticket, ...]


def read_hall(
    tx: Transaction, settings: OfficeSettings, now: int, asking_counter: int | None = None
) -> HallRows:
    """Read the hall at `now` (UTC ms) in a few statements: on a server each is a round trip.

    The `asking_counter` counts as open, and keeps the visitor whom it called.
    """
    day = office_day(now, settings.office.zone)
    rows = counters.busy_counters(tx)
    recent = servings.recent_priorities_by_counter(tx, day)
    open_counters, closed_counters = list[hall.CounterNow](), list[hall.CounterNow]()
    for row in rows:
        counter = hall.CounterNow(
            scope=row.scope,
            busy_since=row.busy_since,
            service_id=row.busy_service_id,
            recent=recent.get(row.number, ()),
        )
        if row.number == asking_counter or row.state is boards.CounterState.OPEN:
            open_counters.append(counter)
        else:
            closed_counters.append(counter)
    # A call is abandoned only after `GONE_MS`, so the statement is spared while all calls are younger.
    is_old_call = any(
        row.busy_since is not None and row.arrived_at is None and row.busy_since <= now - GONE_MS
        for row in rows
    )
    abandoned = _abandoned_tickets(tx, now, asking_counter) if is_old_call else ()
    calendar = WorkingCalendar(settings)
    hall_now = hall.HallState(
        now=now,
        open_counters=tuple(open_counters),
        closed_counters=tuple(closed_counters),
        waiting=(*tickets.waiting(tx, day), *map(_as_waiting, abandoned)),
        policy=settings.calling,
        breaks=calendar.breaks(calendar.day_of(now)),
    )
    return HallRows(hall_now, rows, abandoned)


def _abandoned_tickets(tx: Transaction, now: int, asking_counter: int | None) -> tuple[Ticket, ...]:
    """List, as waiting, the tickets of unanswered calls from counters whose station is gone.

    The next call from any counter takes such a ticket; the `asking_counter` keeps its own.
    """
    calls = [serving for serving in servings.abandoned_calls(tx, now) if serving.counter != asking_counter]
    return tuple(
        msgspec.structs.replace(
            tickets.get(tx, serving.ticket_id),
            state=TicketState.WAITING,
            target_counter=None,
            target_officer_id=None,
            counter=None,
            called_at=None,
            calls=0,
        )
        for serving in calls
    )


def _as_waiting(ticket: Ticket) -> WaitingTicket:
    return WaitingTicket(
        id=ticket.id,
        service_id=ticket.service_id,
        queued_at=ticket.queued_at,
        place=ticket.place,
        priority=ticket.priority,
        target_counter=ticket.target_counter,
        target_officer_id=ticket.target_officer_id,
        resumed=ticket.resumed,
    )


def places_at(tx: Transaction, now: int) -> dict[int, int]:
    """Return how many are called before each ticket that waits at `now` (UTC ms), by its id."""
    return places_in_line(read_hall(tx, office.load(tx).settings, now).state)


class Standing(NamedTuple):
    """The place of a waiting ticket: how many are called before it, and how long it will wait.

    `callable_now`: a counter is open that may call it.
    """

    ahead: int
    expected: waits.ExpectedWait | None
    callable_now: bool


def read_standing(tx: Transaction, settings: OfficeSettings, now: int, ticket_id: int) -> Standing:
    """Return what the visitor with this waiting ticket is shown at `now` (UTC ms)."""
    hall_now = read_hall(tx, settings, now).state
    (ticket,) = (waiting for waiting in hall_now.waiting if waiting.id == ticket_id)
    # Waits are computed for newcomers: the ticket comes to a hall in which only the others wait.
    others = tuple([waiting for waiting in hall_now.waiting if waiting.id != ticket_id])
    without_it = msgspec.structs.replace(hall_now, waiting=others)
    (expected,) = _expected(tx, without_it, [ticket], services.active(tx))
    return Standing(
        ahead=places_in_line(hall_now)[ticket_id],
        expected=expected,
        callable_now=any(counter.scope.may_call(ticket) for counter in hall_now.open_counters),
    )


def _expected(
    tx: Transaction,
    hall_now: hall.HallState,
    newcomers: Sequence[WaitingTicket],
    offered: Iterable[services.ServiceRow],
) -> list[waits.ExpectedWait | None]:
    pace = waits.learn_pace(servings.recent_servings(tx, hall_now.now), services.minutes(offered))
    return waits.expected_waits(hall_now, pace, newcomers)


CALLS_SHOWN = 12  # latest calls of the day that the lobby TV gets


def service_of(row: services.ServiceRow) -> boards.Service:
    """Return a service as every window shows it."""
    service = row.definition
    return boards.Service(
        id=row.id,
        prefix=service.prefix,
        name=service.name,
        description=service.description or Words(" "),  # `Words` are never empty
        category=service.category,
        icon=service.icon,
        requirements=service.requirements,
        minutes=service.minutes,
        fee=service.fee,
        quota=service.quota,
        mechanism=service.mechanism,
        completion=service.completion,
        product=service.product,
        complaints=service.complaints,
    )


def counter_line(tx: Transaction, row: counters.CounterRow) -> boards.CounterStatus:
    """Return a counter with the ticket that is called to or served at it now."""
    serving = servings.open_at_counter(tx, row.number)
    return _counter_line(row, None if serving is None else tickets.get(tx, serving.ticket_id))


def counter_lines(tx: Transaction, rows: Iterable[counters.CounterRow]) -> tuple[boards.CounterStatus, ...]:
    """Return the lines of many counters. Their tickets are read in one statement."""
    current = tickets.current_at_counters(tx)
    return tuple(_counter_line(row, current.get(row.number)) for row in rows)


def _counter_line(row: counters.CounterRow, current: Ticket | None) -> boards.CounterStatus:
    return boards.CounterStatus(
        number=row.number,
        name=row.name,
        priority=row.priority,
        state=row.state,
        pause_reason=row.pause_reason,
        officer_id=row.officer_id,
        officer=row.officer,
        serves=row.serves,
        current=current,
    )


def service_lines(
    tx: Transaction, settings: OfficeSettings, now: int, hall_now: hall.HallState
) -> tuple[boards.ServiceQueue, ...]:
    """Return each service with its queue, as a visitor without priority finds it at `now` (UTC ms)."""
    day, local = office_day(now, settings.office.zone), to_datetime(now, settings.office.zone)
    offered = services.active(tx)
    # An imagined newcomer for each service; its id comes after all others, so that of two tickets with the
    # same millisecond the newcomer is the later.
    newcomers = [WaitingTicket(id=sys.maxsize - row.id, service_id=row.id, queued_at=now) for row in offered]
    ahead = places_in_line(hall_now, newcomers)
    waits_of_newcomers = _expected(tx, hall_now, newcomers, offered)
    lines = []
    for row, newcomer, expected in zip(offered, newcomers, waits_of_newcomers, strict=True):
        why, quota = opening.service_closed_words(row.definition, local), row.definition.quota
        if not why and quota is not None and tickets.issued_for(tx, day, row.id) >= quota:
            why = _("Kuota hari ini habis")
        lines.append(
            boards.ServiceQueue(
                service=service_of(row),
                waiting=ahead[newcomer.id],
                wait=None if expected is None else expected.shown,
                counters_open=sum(row.id in counter.scope.services for counter in hall_now.open_counters),
                available=not why,
                why=why,
            )
        )
    return tuple(lines)


def kiosk_board(tx: Transaction, now: int) -> boards.KioskBoard:
    """Return the snapshot that the kiosk shows at `now` (UTC ms)."""
    row = office.load(tx)
    settings = row.settings
    return boards.KioskBoard(
        office=settings.office,
        greeting=settings.greeting,
        opening=opening.opening_of(settings, row.kiosk_pause, to_datetime(now, settings.office.zone)),
        categories=tuple(
            boards.Category(key=c.key, name=c.name, icon=c.icon, parent=c.parent) for c in settings.categories
        ),
        lines=service_lines(tx, settings, now, read_hall(tx, settings, now).state),
        priority_series=settings.calling.priority_series,
    )


def lobby_board(tx: Transaction, now: int) -> boards.LobbyBoard:
    """Return the snapshot that the lobby TV shows at `now` (UTC ms)."""
    row = office.load(tx)
    settings = row.settings
    day = office_day(now, settings.office.zone)
    hall_rows = read_hall(tx, settings, now)
    return boards.LobbyBoard(
        office=settings.office,
        greeting=settings.greeting,
        running_text=settings.running_text,
        calls=_LATEST_CALLS.all(
            tx,
            f"WHERE u.day = ? AND {_LAST_OF_TICKET} ORDER BY u.recalled_at DESC, u.id DESC LIMIT ?",
            day,
            CALLS_SHOWN,
        ),
        counters=counter_lines(tx, hall_rows.counters),
        lines=service_lines(tx, settings, now, hall_rows.state),
        next_up=_next_up(tx, day, hall_rows),
        days=opening.opening_days(settings, to_datetime(now, settings.office.zone).date()),
        kiosk_pause=row.kiosk_pause,
    )


def _next_up(tx: Transaction, day: str, hall_rows: HallRows) -> tuple[calling_order.NextNumbers, ...]:
    """Return for each open counter the first numbers in line that it may call."""
    if not hall_rows.state.waiting:
        return ()
    labels = tickets.waiting_labels(tx, day) | {ticket.id: ticket.label for ticket in hall_rows.abandoned}
    waiting = {ticket.id: ticket for ticket in hall_rows.state.waiting}
    in_line = [waiting[ticket_id] for ticket_id in places_in_line(hall_rows.state)]
    counter_names = {row.number: row.name for row in hall_rows.counters}
    upcoming = []
    for counter in hall_rows.state.open_counters:
        first = islice(filter(counter.scope.may_call, in_line), calling_order.MOST_NEXT_NUMBERS)
        number = counter.scope.number
        upcoming.append(((number, counter_names[number]), tuple(labels[ticket.id] for ticket in first)))
    return calling_order.group_next_numbers(upcoming)


_CALL = (
    "t.id AS ticket_id, t.label AS label, t.series AS series, t.number AS number, t.origin AS origin,"
    " c.number AS counter,"
    " c.name AS counter_name, c.priority AS counter_priority,"
    """ '{"id":' || json_quote(s.name) || ',"en":' || json_quote(s.name_en) || '}' AS service_json,"""
)
# From the turns: each has its last call only, which is not announced again, so its place in the log is 0.
_LATEST_CALLS = Rows(
    boards.Call,
    "turn u JOIN ticket t ON t.id = u.ticket_id JOIN counter c ON c.number = u.counter"
    " JOIN service s ON s.id = u.service_id",
    f"{_CALL} 0 AS seq, u.recalled_at AS at, u.calls AS attempt, 1 AS spoken",
)
# An earlier turn, maybe at another counter, would send the visitor to the wrong one.
_LAST_OF_TICKET = "NOT EXISTS (SELECT 1 FROM turn x WHERE x.ticket_id = u.ticket_id AND x.id > u.id)"
# From the log: every call and recall, to be announced. One that was called by mouth is not spoken.
_LOGGED_CALLS = Rows(
    boards.Call,
    "event e JOIN ticket t ON t.id = e.subject JOIN counter c"
    " ON c.number = CAST(json_extract(e.data, '$.counter') AS BIGINT)"
    " JOIN service s ON s.id = t.service_id",
    f"{_CALL} t.priority AS priority, CAST(json_extract(e.data, '$.attempt') AS BIGINT) AS attempt,"
    # The cast is for PostgreSQL, where `json_extract` is this program's own and returns text.
    " CAST(json_extract(e.data, '$.by_mouth') AS BIGINT) = 0 AS spoken",
)


def calls_after(tx: Transaction, seq: int) -> tuple[boards.Call, ...]:
    """List every call newer than `seq`, in the order of the log: these are to be announced."""
    return _LOGGED_CALLS.all(tx, "WHERE e.seq > ? AND e.area = 'call' ORDER BY e.seq", seq)
