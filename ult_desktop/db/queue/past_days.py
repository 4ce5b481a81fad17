"""Past days from rows and log: who waited since when, who was called where, which counter was open."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice, takewhile

import msgspec

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.queue import backtest
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.stamps import DAY_MS, day_begins, office_day
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction

_CALLS = (
    "SELECT t.id AS ticket_id, t.queued_at, t.issued_at, t.place, t.target_counter, u.service_id,"
    " u.priority, u.counter, u.called_at, u.arrived_at, coalesce(u.ended_at, ?) AS ended_at"
    " FROM turn u JOIN ticket t ON t.id = u.ticket_id WHERE u.day = ? ORDER BY u.called_at, u.id"
)


class _Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call with its ticket. Times UTC ms."""

    ticket_id: int
    queued_at: int
    issued_at: int
    place: QueuePosition
    target_counter: int | None
    service_id: int
    priority: bool
    counter: int
    called_at: int
    arrived_at: int | None
    ended_at: int


def latest_days(tx: Transaction, now: int, count: int) -> list[str]:
    """List the latest days with a call until today, oldest first."""
    tomorrow = office_day(now + DAY_MS, office.zone(tx))
    return list(islice(_days_before(tx, tomorrow), count))[::-1]


def days_between(tx: Transaction, first: str, last: str) -> list[str]:
    """List the days from `first` to `last` with a call."""
    after = (date.fromisoformat(last) + timedelta(1)).isoformat()
    return list(takewhile(lambda day: day >= first, _days_before(tx, after)))[::-1]


def _days_before(tx: Transaction, day: str) -> Iterator[str]:
    """Yield the days with a call before a day, the latest first."""
    while (earlier := tx.value("SELECT max(day) FROM turn WHERE day < ?", day)) is not None:
        yield earlier
        day = earlier


def counter_acts(tx: Transaction, since_day: str, until_day: str = "") -> tuple[backtest.CounterAct, ...]:
    """List when counters were staffed, paused and left, in the log's order.

    The list begins with `since_day` and ends with `until_day`, or with the log where that is "".
    """
    zone = office.zone(tx)
    end_seq = events.last_seq(tx) + 1
    if until_day:
        end_seq = events.first_seq_at(tx, day_begins(until_day, zone) + DAY_MS)
    return tx.all(
        backtest.CounterAct,
        "SELECT at, kind, subject AS counter, officer_id,"
        " CAST(json_extract(data, '$.before') AS BIGINT) AS before FROM event"
        " WHERE seq >= ? AND seq < ? AND area = 'counter' ORDER BY seq",
        events.first_seq_at(tx, day_begins(since_day, zone)),
        end_seq,
    )


def read_day(tx: Transaction, day: str, now: int, acts: Iterable[backtest.CounterAct]) -> backtest.PastDay:
    """Read a day as it went until `now` (UTC ms).

    `acts` are what `counter_acts` lists of this day, and may be of other days too.
    """
    settings = office.load(tx).settings
    calendar = WorkingCalendar(settings)
    begins = day_begins(day, settings.office.zone)
    visits = _waits(tx.all(_Call, _CALLS, now, day))
    return backtest.PastDay(
        visits=visits,
        shifts=backtest.shifts_of(
            [row.scope for row in counters.all_counters(tx)], acts, visits, begins, begins + DAY_MS
        ),
        policy=settings.calling,
        minutes=services.minutes(services.active(tx)),
        breaks=calendar.breaks(calendar.day_of(begins)),
        hours=calendar.spans(calendar.day_of(begins)),
    )


def _waits(calls: Iterable[_Call]) -> tuple[backtest.PastWait, ...]:
    """Return a wait for each call. A visitor who was called again waited from the end of the call before."""
    waits = []
    last_end = dict[int, int]()  # by ticket
    for call in calls:
        place, queued_at = call.place, call.queued_at
        if call.ticket_id in last_end:
            place = QueuePosition.RETURNED
        elif call.place in (QueuePosition.RETURNED, QueuePosition.TRANSFERRED):
            # The ticket's row has only its last place and queue time. A visitor comes back or is sent on only
            # after a call: before the first one the number was fresh.
            place, queued_at = QueuePosition.FRESH, call.issued_at
        ticket = WaitingTicket(
            id=call.ticket_id,
            service_id=call.service_id,
            queued_at=queued_at,
            place=place,
            priority=call.priority,
            target_counter=call.target_counter,
        )
        waits.append(
            backtest.PastWait(
                ticket=ticket,
                since=last_end.get(call.ticket_id, call.issued_at),
                counter=call.counter,
                called_at=call.called_at,
                arrived_at=call.arrived_at,
                ended_at=call.ended_at,
            )
        )
        last_end[call.ticket_id] = call.ended_at
    return tuple(waits)
