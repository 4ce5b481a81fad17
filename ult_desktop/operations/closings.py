"""The closings of the office's day: what each has ended, which is in force, which can be taken back."""

from collections.abc import Iterator

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


class Ended(msgspec.Struct, frozen=True):
    """The ids in the event of a closing, or of a taking back.

    `remarked` are the tickets without a remark, which got the closing's reason. `turns` are those that the
    closing ended. `begun` is the number of the closing's event that a taking back has undone.
    """

    tickets: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    remarked: tuple[int, ...] = ()
    turns: tuple[int, ...] = ()
    visits: tuple[int, ...] = ()
    begun: int = 0


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The last closing that ended numbers of today, and can be taken back.

    `at` is UTC ms. `by_clock`: no officer closed the day; another day began by a wrong clock. `back` are the
    labels that would come back. `newer` are those given in the wrong day since, which would be cancelled.
    """

    at: int
    station: str
    by_clock: bool
    back: tuple[str, ...]
    newer: tuple[str, ...]


def last_closing(tx: Transaction, now: int) -> Closing | None:
    """Return what can be taken back at `now` (UTC ms), if anything."""
    day = lookup.today(tx, now)
    found = find(tx, day)
    if found is None:
        return None
    event, closed = found
    newer = tickets.open_after(tx, day)
    return Closing(
        at=event.at,
        station=event.station,
        by_clock=is_by_clock(event),
        back=tuple(each.label for each in closed),
        newer=tuple(each.label for each in newer),
    )


def is_by_clock(event: Event) -> bool:
    return event.kind == "day.begun"


def find(tx: Transaction, day: str) -> tuple[Event, tuple[Ticket, ...]] | None:
    """Return the last closing in force that ended numbers of `day`, and those numbers.

    A closing that ended none counts when no other is in force: the day that it closed can go on. None if
    there is none.
    """
    for event in _closings_in_force(tx, day):
        closed = tickets.closed_among(tx, ended_by(event).tickets, day)
        if closed:
            return event, closed
    empty = _closed_by(tx, day)
    return None if empty is None else (empty, ())


def _closed_by(tx: Transaction, day: str) -> Event | None:
    """Return the closing by which an officer has ended `day`; None if the day goes on."""
    since = events.closings_since(tx, day_begins(day, office.zone(tx)))
    newest = next((event for event in since if not is_by_clock(event)), None)
    return newest if newest is not None and newest.kind == "day.closed" else None


def end_of_today(tx: Transaction, now: int) -> DayEnd:
    """Return when the day of `now` (UTC ms) ends, and whether an officer has closed it."""
    settings, day = office.load(tx).settings, lookup.today(tx, now)
    zone, closing = settings.office.zone, _closed_by(tx, day)
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
            taken_back.add(ended_by(event).begun)
        elif event.seq not in taken_back:
            yield event


def ended_by(event: Event) -> Ended:
    return msgspec.json.decode(event.data, type=Ended)
