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

Row = TypeVar("Row", "DayTurn", "HeldTime")
NOBODY = 0
"""The id of counter, officer or service where there is none."""


class Where(msgspec.Struct, frozen=True, order=True):
    """The place at which a row is counted. `hour` is in the office's zone; `NOBODY`: there is none."""

    hour: int
    channel: VisitChannel
    service_id: int = NOBODY
    counter: int = NOBODY
    officer_id: int = NOBODY


class Cell(msgspec.Struct, frozen=True):
    """The figures of one place of a day."""

    where: Where
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


class DayTurn(msgspec.Struct, frozen=True, kw_only=True):
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
    """The rows of which a day's figures are made; turns and holds in the order of time."""

    tickets: tuple[DayTicket, ...] = ()
    turns: tuple[DayTurn, ...] = ()
    visits: tuple[DayVisit, ...] = ()
    holds: tuple[HeldTime, ...] = ()


class Tally:
    """The figures of one place while they are counted; the times are put into bins once, at the end."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.spans = defaultdict[str, list[int]](list)

    @property
    def figures(self) -> Figures:
        """The figures that were counted so far."""
        counts, spans = self.counts, self.spans
        return Figures.of((counts[name] for name in COUNTS), (Spread.of(spans[name]) for name in SPREADS))


_END_COUNTS = {TicketState.DONE: "served", TicketState.NO_SHOW: "no_show", TicketState.CANCELLED: "cancelled"}


class Counting(NamedTuple):
    """A row of a day with the place at which it is counted; `add_to` adds it to a tally."""

    where: Where
    row: DayTicket | DayTurn | DayVisit
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
    turns, holds = by_ticket(rows.turns), by_ticket(rows.holds)
    for ticket in rows.tickets:
        of_ticket = turns.get(ticket.id, [])
        last_call = of_ticket[-1] if of_ticket else None
        last = next((turn for turn in reversed(of_ticket) if turn.arrived_at), last_call)
        place = _desk_place(hour_of(ticket.issued_at), ticket.service_id, last)
        count = partial(_count_ticket, ticket=ticket, turns=of_ticket, holds=holds.get(ticket.id, []))
        yield Counting(place, ticket, count)
    for turn in rows.turns:
        if turn.arrived_at is not None and turn.ended_at is not None:
            place = _desk_place(hour_of(turn.called_at), turn.service_id, turn)
            yield Counting(place, turn, partial(_count_serving, spent_ms=turn.ended_at - turn.arrived_at))
    for visit in rows.visits:
        where = Where(hour_of(visit.began_at), visit.channel, visit.service_id)
        yield Counting(where, visit, partial(_count_visit, visit=visit))


def cells_of(rows: DayRows, hour_of: Callable[[int], int]) -> tuple[Cell, ...]:
    """Return a day's cells, each place once."""
    tallies = defaultdict[Where, Tally](Tally)
    for counting in countings(rows, hour_of):
        counting.add_to(tallies[counting.where])
    return tuple(Cell(where, tally.figures) for where, tally in sorted(tallies.items(), key=itemgetter(0)))


def wait_ms(ticket: DayTicket, called_at: int, holds: Iterable[HeldTime]) -> int:
    """Return how long a visitor waited for the call that they followed, without the time on hold."""
    held = sum(hold.to_at - hold.from_at for hold in holds if hold.to_at <= called_at)
    return max(0, called_at - ticket.waits_from - held)


def by_ticket(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Return the turns or holds of each number, in their order."""
    by_id = defaultdict[int, list[Row]](list)
    for row in rows:
        by_id[row.ticket_id].append(row)
    return by_id


def _desk_place(hour: int, service_id: int, turn: DayTurn | None) -> Where:
    """Return the place of a face-to-face visit; without a turn it has no counter and no officer."""
    if turn is None:
        return Where(hour, VisitChannel.FACE_TO_FACE, service_id)
    return Where(hour, VisitChannel.FACE_TO_FACE, service_id, turn.counter, turn.officer_id)


def _count_serving(tally: Tally, *, spent_ms: int) -> None:
    tally.spans["servings"].append(spent_ms)


def _count_visit(tally: Tally, *, visit: DayVisit) -> None:
    tally.counts.update(visits=1, persons=visit.persons, served=visit.done, vulnerable=visit.vulnerable)


def _count_ticket(tally: Tally, *, ticket: DayTicket, turns: list[DayTurn], holds: list[HeldTime]) -> None:
    """Count a number; its wait and walk are those of the first call that its visitor followed.

    A visitor who never came to a counter has no wait: nobody knows when they left.
    """
    counts, spans = tally.counts, tally.spans
    counts.update(visits=1, persons=ticket.persons, called=bool(turns), vulnerable=ticket.vulnerable)
    if ticket.state in _END_COUNTS:
        counts[_END_COUNTS[ticket.state]] += 1
    spans["holds"] += [hold.to_at - hold.from_at for hold in holds]
    for turn in turns:
        if turn.arrived_at is not None:
            counts["arrived"] += 1
            spans["waits"].append(wait_ms(ticket, turn.called_at, holds))
            spans["walks"].append(turn.arrived_at - turn.called_at)
            break
