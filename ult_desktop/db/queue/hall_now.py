"""The hall as it stands, and what who comes now is told of the wait: kiosk, ticket and display alike."""

import sys
from collections.abc import Iterable, Sequence

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.queue import waits
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.core.stamps import office_day
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction


def waits_of_services(
    tx: Transaction, settings: OfficeSettings, now: int, waiting: Sequence[WaitingTicket], ids: Iterable[int]
) -> dict[int, waits.ExpectedWait | None]:
    """What a visitor without priority who comes at `now` (UTC ms) would be told, by service."""
    newcomers = [WaitingTicket(id=sys.maxsize - id_, service_id=id_, queued_at=now) for id_ in ids]
    expected = _expected(tx, settings, now, waiting, newcomers)
    return {new.service_id: each for new, each in zip(newcomers, expected, strict=True)}


def wait_of_ticket(
    tx: Transaction, settings: OfficeSettings, now: int, ticket_id: int
) -> waits.ExpectedWait | None:
    """What the visitor with this waiting ticket is told at `now` (UTC ms)."""
    room = tickets.waiting(tx, office_day(now, settings.office.zone))
    mine = [ticket for ticket in room if ticket.id == ticket_id]
    others = [ticket for ticket in room if ticket.id != ticket_id]
    (expected,) = _expected(tx, settings, now, others, mine)
    return expected


def _expected(
    tx: Transaction,
    settings: OfficeSettings,
    now: int,
    waiting: Sequence[WaitingTicket],
    newcomers: Sequence[WaitingTicket],
) -> list[waits.ExpectedWait | None]:
    calendar = WorkingCalendar(settings)
    day = office_day(now, settings.office.zone)
    hall = waits.HallNow(
        now=now,
        desks=tuple(_desk(tx, row, day) for row in counters.open_ones(tx)),
        waiting=tuple(waiting),
        policy=settings.calling,
        breaks=calendar.breaks(calendar.day_of(now)),
    )
    return waits.expected_waits(hall, waits.learn(servings.recent_turns(tx, now)), newcomers)


def _desk(tx: Transaction, row: counters.OpenCounter, day: str) -> waits.DeskNow:
    return waits.DeskNow(
        scope=row.desk,
        busy_since=row.busy_since,
        service_id=row.busy_with,
        recent=tuple(servings.recent_kinds(tx, day, row.number)),
    )
