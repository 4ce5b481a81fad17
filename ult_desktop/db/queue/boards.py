"""Snapshots of the queue for the windows, and of the hall for waits."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ult_desktop.base import _
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Calling, Words
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.queue import boards, calling_order, opening, waits
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Rows, Transaction


class HallRows(NamedTuple):
    """The waiting tickets of today, the open counters, and the kinds of their latest calls.

    `recent` says for each counter whether its calls were of priority tickets, newest first.
    """

    waiting: tuple[WaitingTicket, ...]
    open_counters: tuple[counters.OpenCounter, ...]
    recent: dict[int, tuple[bool, ...]]


def hall_of(tx: Transaction, day: str) -> HallRows:
    """Read the hall in three statements for all counters together: on a server each is a round trip."""
    opened = counters.open_ones(tx)
    return HallRows(
        tickets.waiting(tx, day), opened, servings.recent_kinds_by_counter(tx, day) if opened else {}
    )


def waits_of_services(
    tx: Transaction, settings: OfficeSettings, now: int, hall: HallRows, ids: Iterable[int]
) -> dict[int, waits.ExpectedWait | None]:
    """Return the wait shown to a visitor without priority who comes at `now` (UTC ms), by service."""
    # Ids behind all others: in the same millisecond the newcomer is the later.
    newcomers = [WaitingTicket(id=sys.maxsize - id_, service_id=id_, queued_at=now) for id_ in ids]
    expected = _expected(tx, settings, now, hall, newcomers)
    return {new.service_id: each for new, each in zip(newcomers, expected, strict=True)}


def wait_of_ticket(
    tx: Transaction, settings: OfficeSettings, now: int, ticket_id: int
) -> waits.ExpectedWait | None:
    """Return the wait that the visitor with this waiting ticket is shown at `now` (UTC ms)."""
    hall = hall_of(tx, office_day(now, settings.office.zone))
    mine = [ticket for ticket in hall.waiting if ticket.id == ticket_id]
    others = tuple([ticket for ticket in hall.waiting if ticket.id != ticket_id])
    (expected,) = _expected(tx, settings, now, hall._replace(waiting=others), mine)
    return expected


def _expected(
    tx: Transaction, settings: OfficeSettings, now: int, hall: HallRows, newcomers: Sequence[WaitingTicket]
) -> list[waits.ExpectedWait | None]:
    calendar = WorkingCalendar(settings)
    picture = waits.HallNow(
        now=now,
        desks=tuple(_desk(row, hall.recent.get(row.number, ())) for row in hall.open_counters),
        waiting=hall.waiting,
        policy=settings.calling,
        breaks=calendar.breaks(calendar.day_of(now)),
    )
    return waits.expected_waits(picture, waits.learn(servings.recent_turns(tx, now)), newcomers)


def _desk(row: counters.OpenCounter, recent: tuple[bool, ...]) -> waits.DeskNow:
    return waits.DeskNow(scope=row.desk, busy_since=row.busy_since, service_id=row.busy_with, recent=recent)


CALLS_SHOWN = 12


def service_of(row: services.ServiceRow) -> boards.Service:
    d = row.definition
    return boards.Service(
        id=row.id,
        prefix=d.prefix,
        name=d.name,
        description=d.description or Words(" "),
        category=d.category,
        icon=d.icon,
        requirements=d.requirements,
        minutes=d.minutes,
        fee=d.fee,
        quota=d.quota,
    )


def counter_line(tx: Transaction, row: counters.CounterRow) -> boards.CounterStatus:
    serving = servings.at_counter(tx, row.number)
    return _counter_line(row, None if serving is None else tickets.get(tx, serving.ticket_id))


def counter_lines(tx: Transaction, rows: Iterable[counters.CounterRow]) -> tuple[boards.CounterStatus, ...]:
    """Return the lines of many counters. Their tickets are read in one statement."""
    there = tickets.at_counters(tx)
    return tuple(_counter_line(row, there.get(row.number)) for row in rows)


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
    tx: Transaction, row: office.OfficeRow, now: int, hall: HallRows
) -> tuple[boards.ServiceQueue, ...]:
    zone = row.settings.office.zone
    day = office_day(now, zone)
    waiting = Counter(ticket.service_id for ticket in hall.waiting)
    opened = Counter(served for counter in hall.open_counters for served in counter.serves)
    offered = services.active(tx)
    expected = waits_of_services(tx, row.settings, now, hall, [each.id for each in offered])
    lines = []
    for service in offered:
        why = opening.service_opening(service.definition, to_datetime(now, zone)) or _quota_used(
            tx, service, day
        )
        wait = expected[service.id]
        lines.append(
            boards.ServiceQueue(
                service=service_of(service),
                waiting=waiting[service.id],
                wait=None if wait is None else wait.told,
                counters_open=opened[service.id],
                available=not why,
                why=why,
            )
        )
    return tuple(lines)


def _quota_used(tx: Transaction, service: services.ServiceRow, day: str) -> str:
    quota = service.definition.quota
    if quota is None or tickets.issued_for(tx, day, service.id) < quota:
        return ""
    return _("Kuota hari ini habis")


def kiosk_board(tx: Transaction, now: int) -> boards.KioskBoard:
    """Return the snapshot that the kiosk shows at `now` (UTC ms)."""
    row = office.load(tx)
    settings = row.settings
    hall = hall_of(tx, office_day(now, settings.office.zone))
    return boards.KioskBoard(
        office=settings.office,
        greeting=settings.greeting,
        opening=opening.opening_of(settings, row.kiosk_pause, to_datetime(now, settings.office.zone)),
        categories=tuple(
            boards.Category(key=c.key, name=c.name, icon=c.icon, parent=c.parent) for c in settings.categories
        ),
        lines=service_lines(tx, row, now, hall),
        priority_series=settings.calling.priority_series,
    )


def lobby_board(tx: Transaction, now: int) -> boards.LobbyBoard:
    """Return the snapshot that the lobby TV shows at `now` (UTC ms)."""
    row = office.load(tx)
    settings = row.settings
    day = office_day(now, settings.office.zone)
    hall = hall_of(tx, day)
    return boards.LobbyBoard(
        office=settings.office,
        greeting=settings.greeting,
        running_text=settings.running_text,
        calls=_calls_now(tx, day),
        counters=counter_lines(tx, counters.all_counters(tx)),
        lines=service_lines(tx, row, now, hall),
        next_up=_next_up(tx, day, settings.calling, hall),
        days=opening.opening_days(settings, to_datetime(now, settings.office.zone).date()),
        kiosk_pause=row.kiosk_pause,
    )


def _next_up(
    tx: Transaction, day: str, policy: Calling, hall: HallRows
) -> tuple[calling_order.NextNumbers, ...]:
    """Return the numbers that the open counters call next."""
    if not hall.waiting:
        return ()
    labels = {each.id: each.label for each in tickets.in_state(tx, day, TicketState.WAITING)}
    upcoming = []
    for line in hall.open_counters:
        calls = calling_order.next_calls(line.desk, hall.waiting, hall.recent.get(line.number, ()), policy)
        upcoming.append(((line.number, line.name), tuple(labels[each.id] for each in calls)))
    return calling_order.gathered(upcoming)


_CALL = (
    "t.id AS ticket_id, t.label AS label, t.series AS series, t.number AS number, t.origin AS origin,"
    " c.number AS counter,"
    " c.name AS counter_name, c.priority AS counter_priority,"
    " json_object('id', s.name, 'en', s.name_en) AS service_json,"
)
_CALLS_NOW = Rows(
    boards.Call,
    "turn u JOIN ticket t ON t.id = u.ticket_id JOIN counter c ON c.number = u.counter"
    " JOIN service s ON s.id = u.service_id",
    f"{_CALL} 0 AS seq, u.recalled_at AS at, u.calls AS attempt, 1 AS spoken",
)
_CALLS_TOLD = Rows(
    boards.Call,
    "event e JOIN ticket t ON t.id = e.subject JOIN counter c"
    " ON c.number = CAST(json_extract(e.data, '$.counter') AS BIGINT)"
    " JOIN service s ON s.id = t.service_id",
    f"{_CALL} t.priority AS priority, CAST(json_extract(e.data, '$.attempt') AS BIGINT) AS attempt,"
    # The cast is for PostgreSQL, where `json_extract` is this program's own and returns text.
    " CAST(json_extract(e.data, '$.by_mouth') AS BIGINT) = 0 AS spoken",
)


def _calls_now(tx: Transaction, day: str) -> tuple[boards.Call, ...]:
    """List the day's latest calls, newest first, also those that are over."""
    rest = "WHERE u.day = ? ORDER BY u.recalled_at DESC, u.id DESC LIMIT ?"
    return _CALLS_NOW.all(tx, rest, day, CALLS_SHOWN)


def calls_after(tx: Transaction, seq: int) -> tuple[boards.Call, ...]:
    """List every call newer than `seq`, in the order of the log: these are to be announced."""
    return _CALLS_TOLD.all(tx, "WHERE e.seq > ? AND e.area = 'call' ORDER BY e.seq", seq)
