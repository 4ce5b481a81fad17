"""The closings of the office's day: which is in force, what it ended, and whether it can be taken back.

An officer closes the day; the first command of a later day closes it too, also if a clock is wrong.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ult_desktop.core.event import Event
from ult_desktop.core.queue.boards import DayEnd
from ult_desktop.core.queue.opening import day_end
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import day_begins, to_datetime
from ult_desktop.db.office import office
from ult_desktop.db.queue import tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup


class ClosingData(msgspec.Struct, frozen=True):
    """The data of a closing's event: the ids of what it ended.

    `tickets` and `held` are cancelled tickets. `remarked` are those without a remark, which got the closing's
    reason. `turns` are servings. In the event of a taking back, `begun` is the number of the event that it
    undid, by which an officer closed the day or a clock began another one. In a closing it is 0.
    """

    tickets: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    remarked: tuple[int, ...] = ()
    turns: tuple[int, ...] = ()
    visits: tuple[int, ...] = ()
    begun: int = 0


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """A closing that can be taken back.

    `at` is UTC ms. `by_clock`: no officer closed the day; another day began by a wrong clock. `back` are the
    labels of the tickets that would come back. `newer` are those of tickets that were given in the wrong day
    since, which would be cancelled.
    """

    at: int
    station: str
    by_clock: bool
    back: tuple[str, ...]
    newer: tuple[str, ...]


class ClosingInForce(NamedTuple):
    """A closing that nobody took back: its event, and the tickets of the day that it closed."""

    event: Event
    tickets: tuple[Ticket, ...]


def last_closing(tx: Transaction, now: int) -> Closing | None:
    """Return the closing that can be taken back at `now` (UTC ms), if there is one."""
    day = lookup.today(tx, now)
    closing = find(tx, day)
    if closing is None:
        return None
    newer = tickets.open_after(tx, day)
    return Closing(
        at=closing.event.at,
        station=closing.event.station,
        by_clock=is_by_clock(closing.event),
        back=tuple(ticket.label for ticket in closing.tickets),
        newer=tuple(ticket.label for ticket in newer),
    )


def is_by_clock(event: Event) -> bool:
    return event.kind == "day.begun"


def find(tx: Transaction, day: str) -> ClosingInForce | None:
    """Return the last closing in force that ended numbers of `day`, or None.

    An officer's closing that ended no numbers counts if no other is in force: its day can go on.
    """
    for event in _closings_in_force(tx, day):
        closed = tickets.closed_among(tx, closing_data(event).tickets, day)
        if closed:
            return ClosingInForce(event, closed)
    officers_closing = _closing_by_officer(tx, day)
    return None if officers_closing is None else ClosingInForce(officers_closing, ())


def _closing_by_officer(tx: Transaction, day: str) -> Event | None:
    """Return the event by which an officer has closed `day`; None if the day goes on.

    Once an officer's closing was taken back, the day goes on until an officer closes it again.
    """
    newest_first = events.closings_since(tx, day_begins(day, office.zone(tx)))  # takings back too
    by_clock = {event.seq for event in newest_first if is_by_clock(event)}
    for event in newest_first:
        undid_one_by_clock = closing_data(event).begun in by_clock
        if event.seq not in by_clock and not undid_one_by_clock:
            return event if event.kind == "day.closed" else None
    return None


def end_of_today(tx: Transaction, now: int) -> DayEnd:
    """Return when the day of `now` (UTC ms) ends, and whether an officer has closed it."""
    settings, day = office.load(tx).settings, lookup.today(tx, now)
    zone, closing = settings.office.zone, _closing_by_officer(tx, day)
    return msgspec.structs.replace(
        day_end(settings, to_datetime(now, zone)),
        closed="" if closing is None else f"{to_datetime(closing.at, zone):%H.%M}",
        can_be_taken_back=closing is not None or find(tx, day) is not None,
    )


def _closings_in_force(tx: Transaction, day: str) -> Iterator[Event]:
    """Yield the closings since the morning of `day` that nobody took back, newest first."""
    taken_back = set()
    for event in events.closings_since(tx, day_begins(day, office.zone(tx))):
        if event.kind == "day.taken_back":
            taken_back.add(closing_data(event).begun)
        elif event.seq not in taken_back:
            yield event


def closing_data(event: Event) -> ClosingData:
    return msgspec.json.decode(event.data, type=ClosingData)
