"""The hall at this moment, and the wait that newcomers are shown: kiosk, ticket and display alike."""

import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.queue import waits
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.core.stamps import office_day
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction


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
