"""The counting of a day: the figures to which each number, serving and visit adds, and at which place."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import itemgetter
from typing import NamedTuple, TypeVar

import msgspec

from ult_desktop.core.figures.figures import COUNTS, SPREADS, Figures, Spread
from ult_desktop.core.queue.ticket import QueuePosition, TicketState
from ult_desktop.core.visits.visit import VisitChannel

Row = TypeVar("Row", "DayCall", "HeldTime")
NOBODY = 0
"""The id of counter, officer or service where there is none."""


class FigurePlace(msgspec.Struct, frozen=True, order=True):
    """The place at which a row is counted. `hour` is in the office's zone.

    `NOBODY` stands for a service, counter or officer where there is none.
    """

    hour: int
    channel: VisitChannel
    service_id: int = NOBODY
    counter: int = NOBODY
    officer_id: int = NOBODY


class Cell(msgspec.Struct, frozen=True):
    """The figures of one place of a day."""

    place: FigurePlace
    figures: Figures


class DayTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A number of the day. Times UTC ms; `queued_at` is the time of the appointment, if it is for one."""

    id: int
    service_id: int
    state: TicketState
    place: QueuePosition
    issued_at: int
    queued_at: int
    vulnerable: bool
    persons: int = 1

    @property
    def waits_from(self) -> int:
        """The stamp from which the visitor waits: not before the time of an appointment."""
        has_appointment = self.place is QueuePosition.APPOINTMENT
        return max(self.issued_at, self.queued_at) if has_appointment else self.issued_at


class DayCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call of a number to a counter, and the serving after it if the visitor came. Times UTC ms."""

    ticket_id: int
    service_id: int
    counter: int
    officer_id: int
    called_at: int
    arrived_at: int | None
    ended_at: int | None


class DayVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit without a number: at the desk, by telephone or online."""

    channel: VisitChannel
    service_id: int
    began_at: int
    done: bool
    vulnerable: bool
    persons: int = 1


class HeldTime(msgspec.Struct, frozen=True):
    """A time for which a visitor was put on hold (UTC ms)."""

    ticket_id: int
    from_at: int
    to_at: int


class DayRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of which a day's figures are made; calls and holds in the order of time."""

    tickets: tuple[DayTicket, ...] = ()
    calls: tuple[DayCall, ...] = ()
    visits: tuple[DayVisit, ...] = ()
    holds: tuple[HeldTime, ...] = ()


class Tally:
    """The figures of one place while they are counted; the times are put into bins once, at the end."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.times = defaultdict[str, list[int]](list)  # ms, by the name of the spread

    @property
    def figures(self) -> Figures:
        """The figures that were counted so far."""
        counts, times = self.counts, self.times
        return Figures.of((counts[name] for name in COUNTS), (Spread.of(times[name]) for name in SPREADS))


_END_COUNTS = {TicketState.DONE: "served", TicketState.NO_SHOW: "no_show", TicketState.CANCELLED: "cancelled"}


class Counting(NamedTuple):
    """A row of a day with the place at which it is counted; `add_to` adds it to a tally."""

    place: FigurePlace
    row: DayTicket | DayCall | DayVisit
    add_to: Callable[[Tally], None]

    @property
    def figures(self) -> Figures:
        """The figures of this row alone."""
        tally = Tally()
        self.add_to(tally)
        return tally.figures


def countings(rows: DayRows, hour_of: Callable[[int], int]) -> Iterator[Counting]:
    """Yield how each row of a day is counted. `hour_of` gives the office's hour of a stamp.

    A number is counted at the counter and officer to which its visitor came last, each serving at the one
    where it took place.
    """
    calls, holds = group_by_ticket(rows.calls), group_by_ticket(rows.holds)
    for ticket in rows.tickets:
        ticket_calls = calls.get(ticket.id, [])
        last_call = ticket_calls[-1] if ticket_calls else None
        last_followed = next((call for call in reversed(ticket_calls) if call.arrived_at), last_call)
        place = _counter_place(hour_of(ticket.issued_at), ticket.service_id, last_followed)
        count = partial(_count_ticket, ticket=ticket, calls=ticket_calls, holds=holds.get(ticket.id, []))
        yield Counting(place, ticket, count)
    for call in rows.calls:
        if call.arrived_at is not None and call.ended_at is not None:
            place = _counter_place(hour_of(call.called_at), call.service_id, call)
            yield Counting(place, call, partial(_count_serving, spent_ms=call.ended_at - call.arrived_at))
    for visit in rows.visits:
        place = FigurePlace(hour_of(visit.began_at), visit.channel, visit.service_id)
        yield Counting(place, visit, partial(_count_visit, visit=visit))


def cells_of(rows: DayRows, hour_of: Callable[[int], int]) -> tuple[Cell, ...]:
    """Return a day's cells, each place once."""
    tallies = defaultdict[FigurePlace, Tally](Tally)
    for counting in countings(rows, hour_of):
        counting.add_to(tallies[counting.place])
    return tuple(Cell(place, tally.figures) for place, tally in sorted(tallies.items(), key=itemgetter(0)))


def wait_ms(ticket: DayTicket, called_at: int, holds: Iterable[HeldTime]) -> int:
    """Return how long a visitor waited for the call that they followed, without the time on hold."""
    held = sum(hold.to_at - hold.from_at for hold in holds if hold.to_at <= called_at)
    return max(0, called_at - ticket.waits_from - held)


def group_by_ticket(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Return the calls or holds of each number, by the ticket's id, in their order."""
    by_id = defaultdict[int, list[Row]](list)
    for row in rows:
        by_id[row.ticket_id].append(row)
    return by_id


def _counter_place(hour: int, service_id: int, call: DayCall | None) -> FigurePlace:
    """Return the place of a face-to-face visit; without a call it has no counter and no officer."""
    if call is None:
        return FigurePlace(hour, VisitChannel.FACE_TO_FACE, service_id)
    return FigurePlace(hour, VisitChannel.FACE_TO_FACE, service_id, call.counter, call.officer_id)


def _count_serving(tally: Tally, *, spent_ms: int) -> None:
    tally.times["servings"].append(spent_ms)


def _count_visit(tally: Tally, *, visit: DayVisit) -> None:
    tally.counts.update(visits=1, persons=visit.persons, served=visit.done, vulnerable=visit.vulnerable)


def _count_ticket(tally: Tally, *, ticket: DayTicket, calls: list[DayCall], holds: list[HeldTime]) -> None:
    """Count a number; its wait and walk are those of the first call that its visitor followed.

    A visitor who never came to a counter has no wait: nobody knows when they left.
    """
    counts, times = tally.counts, tally.times
    counts.update(visits=1, persons=ticket.persons, called=bool(calls), vulnerable=ticket.vulnerable)
    if ticket.state in _END_COUNTS:
        counts[_END_COUNTS[ticket.state]] += 1
    times["holds"] += [hold.to_at - hold.from_at for hold in holds]
    for call in calls:
        if call.arrived_at is not None:
            counts["arrived"] += 1
            times["waits"].append(wait_ms(ticket, call.called_at, holds))
            times["walks"].append(call.arrived_at - call.called_at)
            break
