"""Past days from rows and log: who waited since when, who was called where, which counter was open."""

from collections.abc import Iterable

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

_CALLED = (
    "SELECT t.id AS ticket_id, t.queued_at, t.issued_at, t.place, t.target_counter, u.service_id,"
    " u.priority, u.counter, u.called_at, coalesce(u.ended_at, ?) AS ended_at"
    " FROM turn u JOIN ticket t ON t.id = u.ticket_id WHERE u.day = ? ORDER BY u.called_at, u.id"
)


class _Called(msgspec.Struct, frozen=True, kw_only=True):
    """A turn with its ticket. Times UTC ms."""

    ticket_id: int
    queued_at: int
    issued_at: int
    place: QueuePosition
    target_counter: int | None
    service_id: int
    priority: bool
    counter: int
    called_at: int
    ended_at: int


def latest_days(tx: Transaction, now: int, count: int) -> list[str]:
    """List the latest days with a call until today, oldest first."""
    found: list[str] = []
    before = office_day(now + DAY_MS, office.zone(tx))
    while len(found) < count:
        day = tx.value("SELECT max(day) FROM turn WHERE day < ?", before)
        if day is None:
            break
        found.append(day)
        before = day
    return found[::-1]


def counter_acts(tx: Transaction, since_day: str) -> tuple[backtest.CounterAct, ...]:
    """List when counters were staffed, paused and left, from the beginning of a day, in the log's order."""
    begins = day_begins(since_day, office.zone(tx))
    return tx.all(
        backtest.CounterAct,
        "SELECT at, kind, subject AS counter, officer_id,"
        " CAST(json_extract(data, '$.before') AS BIGINT) AS before FROM event"
        " WHERE seq >= ? AND area = 'counter' ORDER BY seq",
        _first_seq_at(tx, begins),
    )


def _first_seq_at(tx: Transaction, at: int) -> int:
    """Find the first event of that time (UTC ms) or later; the log is in the order of time."""
    low, high = 1, events.last_seq(tx) + 1
    while low < high:
        # The log has no index by time, and a scan would read years.
        middle = (low + high) // 2
        found = tx.value("SELECT at FROM event WHERE seq >= ? ORDER BY seq LIMIT 1", middle)
        if found is not None and found < at:
            low = middle + 1
        else:
            high = middle
    return low


def read_day(tx: Transaction, day: str, now: int, acts: Iterable[backtest.CounterAct]) -> backtest.PastDay:
    """Read a day as it went until `now` (UTC ms); `acts` are those of `counter_acts`, of this day or more."""
    settings = office.load(tx).settings
    calendar = WorkingCalendar(settings)
    begins = day_begins(day, settings.office.zone)
    visits = _visits(tx.all(_Called, _CALLED, now, day))
    return backtest.PastDay(
        visits=visits,
        shifts=backtest.shifts_of(
            [row.desk for row in counters.all_counters(tx)], acts, visits, begins, begins + DAY_MS
        ),
        policy=settings.calling,
        minutes=services.minutes(services.active(tx)),
        breaks=calendar.breaks(calendar.day_of(begins)),
    )


def _visits(called: Iterable[_Called]) -> tuple[backtest.PastVisit, ...]:
    """Return a visit for each call. A visitor who was called again waited from the end of the turn before."""
    visits, back = [], dict[int, int]()
    for row in called:
        # The ticket's row has only its last place.
        place = QueuePosition.RETURNED if row.ticket_id in back else row.place
        ticket = WaitingTicket(
            id=row.ticket_id,
            service_id=row.service_id,
            queued_at=row.queued_at,
            place=place,
            priority=row.priority,
            target_counter=row.target_counter,
        )
        visits.append(
            backtest.PastVisit(
                ticket=ticket,
                since=back.get(row.ticket_id, row.issued_at),
                counter=row.counter,
                called_at=row.called_at,
                ended_at=row.ended_at,
            )
        )
        back[row.ticket_id] = row.ended_at
    return tuple(visits)
