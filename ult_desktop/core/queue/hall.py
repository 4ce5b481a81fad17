"""A simulated hall: its counters call by the office's rule, one visitor after another.

It serves to estimate how long somebody will wait (`waits.py`), to simulate whole days (`simulation.py`) and
to play past ones again (`core/staffing`).
"""

from bisect import insort
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from operator import itemgetter

import msgspec

from ult_desktop.core.office.template import LONGEST_RUN, Calling
from ult_desktop.core.queue import calling_order

Stretch = tuple[int, int]  # begin and end, UTC ms
Coming = tuple[int, int, calling_order.WaitingTicket]  # when (UTC ms), the ticket's id, the ticket
OnCall = Callable[[calling_order.WaitingTicket, int, int], int | None]
"""The function that `Hall.run` calls with the ticket, the counter's index and the time of the call (UTC ms).

It returns when the counter calls next, or None for a visitor who takes no time and does not count as a call.
"""
_Place = tuple[tuple[bool, int, bool, int], calling_order.WaitingTicket]  # the ticket's sort key, the ticket
_LineKey = tuple[int, bool, bool]  # who may call (`callers_of`), whether resumed, whether with priority


class DeskNow(msgspec.Struct, frozen=True, kw_only=True):
    """A counter at a moment. `busy_since` (UTC ms) is when its visitor was called, None without one.

    `service_id` is that visitor's service. `recent` are its latest calls today, newest first: True for a
    priority ticket.
    """

    scope: calling_order.CounterScope
    busy_since: int | None = None
    service_id: int | None = None
    recent: tuple[bool, ...] = ()


class HallNow(msgspec.Struct, frozen=True, kw_only=True):
    """The hall at `now` (UTC ms): `desks` are the open counters, `closed` those that call nobody now.

    `waiting` are the tickets that wait, `policy` is the calling rule, `breaks` are those of the day.
    """

    now: int
    desks: tuple[DeskNow, ...]
    waiting: tuple[calling_order.WaitingTicket, ...]
    policy: Calling
    breaks: tuple[Stretch, ...] = ()
    closed: tuple[DeskNow, ...] = ()


class Line:
    """The tickets of one kind that the same counters may call, in queue order.

    The first `called` of them were called. The first `at_start` were there when the hall began; the others
    came while it ran.
    """

    __slots__ = ("at_start", "called", "places")

    def __init__(self) -> None:
        self.places: list[_Place] = []
        self.called = self.at_start = 0


class Hall:
    """Counters with their lines. A counter that finds nobody waits for the next who comes.

    Args:
        desks: the counters at work.
        tickets: everybody who waits at the start.
        policy: the office's calling rule.
        breaks: the times when nobody is called; a serving that began before a break is finished in it.
        pauses: the times when one of `desks` calls nobody, in their order; none where there are none.
    """

    def __init__(
        self,
        desks: Sequence[calling_order.CounterScope],
        tickets: Iterable[calling_order.WaitingTicket],
        policy: Calling,
        breaks: Sequence[Stretch] = (),
        pauses: Sequence[Sequence[Stretch]] = (),
    ) -> None:
        self._desks, self._policy = desks, policy
        self._pauses = pauses or ((breaks,) * len(desks) if breaks else ())
        self.callers_of = callers_among(desks)
        self._lines: dict[_LineKey, Line] = {}
        # The lines that each counter calls: visitors who are back from a hold, priority visitors, others.
        self._lines_of_desk: list[tuple[list[Line], list[Line], list[Line]]] = [
            ([], [], []) for _desk in desks
        ]
        # Sorted once here: `begin` may be called many times, and the lines stay the same.
        for place in sorted([(ticket.key, ticket) for ticket in tickets], key=itemgetter(0)):
            self._line_of(place[1]).places.append(place)
        for line in self._lines.values():
            line.at_start = len(line.places)
        self._recent: list[deque[bool]] = []
        self._free_at: list[tuple[int, int]] = []  # a heap of (when it calls next, counter)
        self._idle: set[int] = set()  # the counters that found nobody

    def _line_of(self, ticket: calling_order.WaitingTicket) -> Line:
        callers = self.callers_of(ticket)
        key = callers, ticket.resumed, ticket.priority
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line()
            for desk, (resumed, priority, regular) in enumerate(self._lines_of_desk):
                if not callers >> desk & 1:
                    continue
                if ticket.resumed:
                    resumed.append(line)
                elif ticket.priority:
                    priority.append(line)
                else:
                    regular.append(line)
        return line

    def begin(self, free_at: Iterable[int], recent: Iterable[Iterable[bool]]) -> None:
        """Start, or start again with the tickets of the start: those that came since are removed.

        `free_at` is when each counter of `desks` is free (UTC ms), `recent` its latest calls, newest first:
        True for a priority ticket.
        """
        # Older calls decide nothing: a rule allows LONGEST_RUN calls of one kind in a row at most.
        self._recent = [deque(kinds, LONGEST_RUN + 1) for kinds in recent]
        self._free_at = [(at, desk) for desk, at in enumerate(free_at)]
        heapify(self._free_at)
        self._idle.clear()
        for line in self._lines.values():
            line.called = 0
            # Whoever comes stands behind all who waited at the start.
            del line.places[line.at_start :]

    def come(self, ticket: calling_order.WaitingTicket, at: int) -> None:
        """Put a visitor who comes at `at` (UTC ms) into their line; an idle counter may call them at once."""
        line = self._line_of(ticket)
        insort(line.places, (ticket.key, ticket), line.called, key=itemgetter(0))
        callers = self.callers_of(ticket)
        able = {desk for desk in self._idle if callers >> desk & 1}
        self._idle -= able
        for desk in able:
            heappush(self._free_at, (at, desk))

    def run(self, on_call: OnCall, until: int | None = None) -> None:
        """Let the counters call, before `until` or until nobody waits whom one of them may call."""
        while self._free_at and (until is None or self._free_at[0][0] < until):
            self._step(on_call)

    def play(self, comings: list[Coming], on_call: OnCall, until: int | None = None) -> None:
        """Let visitors come while the counters call; `comings` is a heap, to which `on_call` may add.

        It ends as `run` does, after the last visitor came.
        """
        while True:
            at = comings[0][0] if comings else until
            if self._free_at and (at is None or self._free_at[0][0] < at):
                self._step(on_call)
            elif comings:
                moment, _id, ticket = heappop(comings)
                self.come(ticket, moment)
            else:
                return

    def _step(self, on_call: OnCall) -> None:
        """Let the counter that is free first call a visitor, or wait until its pause is over."""
        at, desk = heappop(self._free_at)
        # `_pauses` is looked at first for speed: this runs thousands of times for one number on paper.
        if self._pauses and (ends := [end for begin, end in self._pauses[desk] if begin <= at < end]):
            # Not dropped: the counter calls again when the break is over.
            heappush(self._free_at, (ends[0], desk))
            return
        free_at = self._call(desk, at, on_call)
        if free_at is None:
            self._idle.add(desk)
        else:
            heappush(self._free_at, (free_at, desk))

    def _call(self, desk: int, at: int, on_call: OnCall) -> int | None:
        """Return when the counter calls next; None where nobody waits for it."""
        resumed, priority, regular = self._lines_of_desk[desk]
        while True:
            # As in `next_ticket`: visitors who are back from a hold go before priority visitors.
            line = _first(resumed)
            if line is None:
                line = calling_order.whose_turn(
                    _first(priority), _first(regular), self._desks[desk], self._recent[desk], self._policy
                )
            if line is None:
                return None
            ticket = line.places[line.called][1]
            line.called += 1
            free_at = on_call(ticket, desk, at)
            if free_at is not None:
                self._recent[desk].appendleft(ticket.priority)
                return free_at


def callers_among(desks: Sequence[calling_order.CounterScope]) -> Callable[[calling_order.SentTicket], int]:
    """Return a function that returns which of `desks` may call a ticket, as bits: bit n is `desks[n]`."""
    known: dict[tuple[int | None, ...], int] = {}

    def callers_of(ticket: calling_order.SentTicket) -> int:
        sent = (ticket.service_id, ticket.target_counter, ticket.target_officer_id)
        if sent not in known:
            known[sent] = sum(1 << n for n, desk in enumerate(desks) if desk.may_call(ticket))
        return known[sent]

    return callers_of


def _first(lines: Iterable[Line]) -> Line | None:
    """Return the line whose next ticket is the first in the queue; None where nobody waits."""
    best: Line | None = None
    for line in lines:
        if line.called < len(line.places) and (
            best is None or line.places[line.called] < best.places[best.called]
        ):
            best = line
    return best
