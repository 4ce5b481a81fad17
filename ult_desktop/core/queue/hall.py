"""A simulated hall: its counters call by the office's rule, one visitor after another.

It serves to count who is called before a visitor (`places.py`), to estimate how long they wait (`waits.py`),
to simulate whole days (`simulation.py`) and to play past ones again (`core/staffing`).
"""

from bisect import insort
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush
from operator import itemgetter
from typing import NamedTuple

import msgspec

from ult_desktop.core.office.template import LONGEST_RUN, Calling
from ult_desktop.core.queue import calling_order
from ult_desktop.core.stamps import TimeSpan

OnCall = Callable[[calling_order.WaitingTicket, int, int], int | None]
"""The function that `Hall.run` calls with the ticket, the counter's index and the time of the call (UTC ms).

It returns when the counter calls next, or None for a visitor who takes no time and does not count as a call.
"""
_Place = tuple[tuple[bool, int, bool, int], calling_order.WaitingTicket]  # the ticket's sort key, the ticket


class Arrival(NamedTuple):
    """A visitor who comes while the hall runs, at `at` (UTC ms); arrivals are sorted by it, then by id."""

    at: int
    ticket_id: int
    ticket: calling_order.WaitingTicket


class _LineKey(NamedTuple):
    """The tickets of one line have this in common; `caller_bits` are the counters that may call them."""

    caller_bits: int
    resumed: bool
    priority: bool


class CounterNow(msgspec.Struct, frozen=True, kw_only=True):
    """A counter at a moment. `busy_since` (UTC ms) is when its visitor was called, None without one.

    `service_id` is that visitor's service. `recent` are its latest calls today, newest first: True for a
    priority ticket.
    """

    scope: calling_order.CounterScope
    busy_since: int | None = None
    service_id: int | None = None
    recent: tuple[bool, ...] = ()


class HallState(msgspec.Struct, frozen=True, kw_only=True):
    """The hall at `now` (UTC ms). `waiting` are the tickets that wait, `policy` is the calling rule.

    `breaks` are the breaks of the day, in which no counter calls.
    """

    now: int
    open_counters: tuple[CounterNow, ...]
    waiting: tuple[calling_order.WaitingTicket, ...]
    policy: Calling
    breaks: tuple[TimeSpan, ...] = ()
    closed_counters: tuple[CounterNow, ...] = ()


class Line:
    """The tickets of one kind that the same counters may call, in queue order.

    The first `called` of `places` were called. The first `at_start` were there when the hall began; the
    others came while it ran.
    """

    __slots__ = ("at_start", "called", "places")

    def __init__(self) -> None:
        self.places: list[_Place] = []
        self.called = self.at_start = 0


class _CounterLines(NamedTuple):
    """The lines that a counter calls: of visitors back from a hold, of priority visitors, of others."""

    resumed: list[Line]
    priority: list[Line]
    regular: list[Line]


class Hall:
    """Counters with their lines. A counter that finds nobody waits for the next who comes.

    Within the hall a counter is known by its index in `counters`.

    Args:
        counters: the counters at work.
        tickets: everybody who waits at the start.
        policy: the office's calling rule.
        breaks: the times when nobody is called; a serving that began before a break is finished in it.
        pauses: for each of `counters`, the times when it calls nobody, in place of `breaks`.
    """

    def __init__(
        self,
        counters: Sequence[calling_order.CounterScope],
        tickets: Iterable[calling_order.WaitingTicket],
        policy: Calling,
        breaks: Sequence[TimeSpan] = (),
        pauses: Sequence[Sequence[TimeSpan]] = (),
    ) -> None:
        self._counters, self._policy = counters, policy
        self._pauses = pauses or ((breaks,) * len(counters) if breaks else ())
        self.caller_bits = _cached_caller_bits(counters)
        self._lines: dict[_LineKey, Line] = {}
        self._lines_of_counter = [_CounterLines([], [], []) for _counter in counters]
        # Sorted once here: `begin` may be called many times, and the lines stay the same.
        for place in sorted([(ticket.key, ticket) for ticket in tickets], key=itemgetter(0)):
            self._line_of(place[1]).places.append(place)
        for line in self._lines.values():
            line.at_start = len(line.places)
        self._recent: list[deque[bool]] = []
        self._free_at: list[tuple[int, int]] = []  # a heap of (when it calls next, the counter's index)
        self._idle: set[int] = set()  # the counters that found nobody

    def _line_of(self, ticket: calling_order.WaitingTicket) -> Line:
        """Return the line of a ticket; a new one is added to the lines of each counter that may call it."""
        key = _LineKey(self.caller_bits(ticket), ticket.resumed, ticket.priority)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line()
            for counter, lines in enumerate(self._lines_of_counter):
                if not key.caller_bits >> counter & 1:
                    continue
                if ticket.resumed:
                    lines.resumed.append(line)
                elif ticket.priority:
                    lines.priority.append(line)
                else:
                    lines.regular.append(line)
        return line

    def begin(self, free_at: Iterable[int], recent: Iterable[Iterable[bool]]) -> None:
        """Start, or start again with the tickets of the start: those that came since are removed.

        `free_at` is when each counter is free (UTC ms), `recent` are its latest calls, newest first: True for
        a priority ticket. Both are in the order of `counters`.
        """
        # Older calls decide nothing: a rule allows LONGEST_RUN calls of one kind in a row at most.
        self._recent = [deque(kinds, LONGEST_RUN + 1) for kinds in recent]
        self._free_at = [(at, counter) for counter, at in enumerate(free_at)]
        heapify(self._free_at)
        self._idle.clear()
        for line in self._lines.values():
            line.called = 0
            # Whoever comes stands behind all who waited at the start.
            del line.places[line.at_start :]

    def add(self, ticket: calling_order.WaitingTicket, at: int) -> None:
        """Put a visitor who comes at `at` (UTC ms) into their line; an idle counter may call them at once."""
        line = self._line_of(ticket)
        insort(line.places, (ticket.key, ticket), line.called, key=itemgetter(0))
        callers = self.caller_bits(ticket)
        woken = {counter for counter in self._idle if callers >> counter & 1}
        self._idle -= woken
        for counter in woken:
            heappush(self._free_at, (at, counter))

    def run(self, on_call: OnCall, until: int | None = None) -> None:
        """Let the counters call, before `until` or until nobody waits whom one of them may call."""
        while self._free_at and (until is None or self._free_at[0][0] < until):
            self._let_first_counter_call(on_call)

    def run_with_arrivals(self, arrivals: list[Arrival], on_call: OnCall, until: int | None = None) -> None:
        """Let visitors come while the counters call; `arrivals` is a heap, to which `on_call` may add.

        It ends as `run` does, after the last visitor came.
        """
        while True:
            at = arrivals[0].at if arrivals else until
            if self._free_at and (at is None or self._free_at[0][0] < at):
                self._let_first_counter_call(on_call)
            elif arrivals:
                arrival = heappop(arrivals)
                self.add(arrival.ticket, arrival.at)
            else:
                return

    def _let_first_counter_call(self, on_call: OnCall) -> None:
        """Let the counter that is free first call a visitor, or wait until its pause is over."""
        at, counter = heappop(self._free_at)
        # `_pauses` is looked at first for speed: this runs thousands of times for one number on paper.
        if self._pauses and (ends := [end for begin, end in self._pauses[counter] if begin <= at < end]):
            # Not dropped: the counter calls again when the break is over.
            heappush(self._free_at, (ends[0], counter))
            return
        free_at = self._call(counter, at, on_call)
        if free_at is None:
            self._idle.add(counter)
        else:
            heappush(self._free_at, (free_at, counter))

    def _call(self, counter: int, at: int, on_call: OnCall) -> int | None:
        """Return when the counter calls next; None where nobody waits for it."""
        resumed, priority, regular = self._lines_of_counter[counter]
        while True:
            # As in `next_ticket`: visitors who are back from a hold go before priority visitors.
            line = _first(resumed)
            if line is None:
                line = calling_order.priority_or_regular(
                    _first(priority),
                    _first(regular),
                    self._counters[counter],
                    self._recent[counter],
                    self._policy,
                )
            if line is None:
                return None
            ticket = line.places[line.called][1]
            line.called += 1
            free_at = on_call(ticket, counter, at)
            if free_at is not None:
                self._recent[counter].appendleft(ticket.priority)
                return free_at


def _cached_caller_bits(
    counters: Sequence[calling_order.CounterScope],
) -> Callable[[calling_order.RoutedTicket], int]:
    """Return a function that returns which of `counters` may call a ticket, as bits: bit n is `counters[n]`.

    It computes them once for all tickets of the same service, target counter and target officer.
    """
    known: dict[tuple[int | None, ...], int] = {}

    def caller_bits(ticket: calling_order.RoutedTicket) -> int:
        route = (ticket.service_id, ticket.target_counter, ticket.target_officer_id)
        if route not in known:
            known[route] = sum(1 << n for n, counter in enumerate(counters) if counter.may_call(ticket))
        return known[route]

    return caller_bits


def _first(lines: Iterable[Line]) -> Line | None:
    """Return the line whose next ticket is the first in the queue; None where nobody waits."""
    best: Line | None = None
    for line in lines:
        if line.called < len(line.places) and (
            best is None or line.places[line.called] < best.places[best.called]
        ):
            best = line
    return best
