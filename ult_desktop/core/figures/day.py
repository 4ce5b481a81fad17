"""A day's figures, from the rows of its visitors: the one place that says what counts as what."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from ult_desktop.core.figures.figures import Figures, Spread, total
from ult_desktop.core.queue.ticket import QueuePosition, TicketState
from ult_desktop.core.visits.visit import VisitChannel

Row = TypeVar("Row", "DayTurn", "HeldTime")
NOBODY = 0
"""The counter, the officer or the service of what has none."""


class Where(msgspec.Struct, frozen=True, order=True):
    """What figures can be cut by. `hour` is the office's own; `NOBODY` where there is none."""

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
    """A number of the day. Times UTC ms; `queued_at` is an appointment's own time."""

    id: int
    service_id: int
    state: TicketState
    place: QueuePosition
    issued_at: int
    queued_at: int
    vulnerable: bool

    @property
    def waits_from(self) -> int:
        """Who comes early to an appointment does not wait before it."""
        early = self.place is QueuePosition.APPOINTMENT
        return max(self.issued_at, self.queued_at) if early else self.issued_at


class DayTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A number called to a counter. Times UTC ms."""

    ticket_id: int
    service_id: int
    counter: int
    officer_id: int
    called_at: int
    arrived_at: int | None
    ended_at: int | None


class DayVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A coming without a number: at the desk, by telephone, from afar."""

    channel: VisitChannel
    service_id: int
    began_at: int
    done: bool
    vulnerable: bool


class HeldTime(msgspec.Struct, frozen=True):
    """A number was put aside, from when until when (UTC ms)."""

    ticket_id: int
    from_at: int
    to_at: int


class DayRows(msgspec.Struct, frozen=True, kw_only=True):
    """All that a day's figures are made of; turns and holds in their order."""

    tickets: tuple[DayTicket, ...] = ()
    turns: tuple[DayTurn, ...] = ()
    visits: tuple[DayVisit, ...] = ()
    holds: tuple[HeldTime, ...] = ()


def cells_of(rows: DayRows, hour_of: Callable[[int], int]) -> tuple[Cell, ...]:
    """A day's cells, each place once. `hour_of` tells the office's hour of a stamp.

    A number belongs to the counter and officer that it came to last; a serving to its own.
    """
    found = defaultdict[Where, list[Figures]](list)
    turns, holds = _by_ticket(rows.turns), _by_ticket(rows.holds)
    for ticket in rows.tickets:
        mine = turns.get(ticket.id, [])
        last = next((turn for turn in reversed(mine) if turn.arrived_at), mine[-1] if mine else None)
        place = _at_a_desk(hour_of(ticket.issued_at), ticket.service_id, last)
        found[place].append(_of_ticket(ticket, mine, holds.get(ticket.id, [])))
    for turn in rows.turns:
        if turn.arrived_at is not None and turn.ended_at is not None:
            place = _at_a_desk(hour_of(turn.called_at), turn.service_id, turn)
            found[place].append(Figures(servings=Spread.of([turn.ended_at - turn.arrived_at])))
    for visit in rows.visits:
        place = Where(hour_of(visit.began_at), visit.channel, visit.service_id)
        found[place].append(Figures(visits=1, served=int(visit.done), vulnerable=int(visit.vulnerable)))
    return tuple(Cell(place, total(parts)) for place, parts in sorted(found.items()))


def _by_ticket(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found = defaultdict[int, list[Row]](list)
    for row in rows:
        found[row.ticket_id].append(row)
    return found


def _at_a_desk(hour: int, service_id: int, turn: DayTurn | None) -> Where:
    if turn is None:
        return Where(hour, VisitChannel.FACE_TO_FACE, service_id)
    return Where(hour, VisitChannel.FACE_TO_FACE, service_id, turn.counter, turn.officer_id)


def _of_ticket(ticket: DayTicket, turns: list[DayTurn], holds: list[HeldTime]) -> Figures:
    """Who never came to a counter has no wait: nobody knows when they went."""
    followed = next((turn for turn in turns if turn.arrived_at is not None), None)
    waits, walks = Spread(), Spread()
    if followed is not None and followed.arrived_at is not None:
        held = sum(hold.to_at - hold.from_at for hold in holds if hold.to_at <= followed.called_at)
        waits = Spread.of([max(0, followed.called_at - ticket.waits_from - held)])
        walks = Spread.of([followed.arrived_at - followed.called_at])
    return Figures(
        visits=1,
        called=int(bool(turns)),
        arrived=int(followed is not None),
        served=int(ticket.state is TicketState.DONE),
        no_show=int(ticket.state is TicketState.NO_SHOW),
        cancelled=int(ticket.state is TicketState.CANCELLED),
        vulnerable=int(ticket.vulnerable),
        waits=waits,
        walks=walks,
        holds=Spread.of(hold.to_at - hold.from_at for hold in holds),
    )
