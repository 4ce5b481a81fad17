"""The estimate of a visitor's wait, as a range: docs/domain.md, "The wait that is told".

The hall is simulated from its present state in many scenarios. In each the visits under way and to come have
other lengths: the past lengths of a service are sorted and divided into as many parts as there are scenarios,
and a visit takes the mean of one part, in each scenario of another. The range is widened or narrowed by how
the waits shown before compare with how long people really waited.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, cycle, pairwise
from statistics import NormalDist, fmean, median
from typing import Protocol

import msgspec

from ult_desktop.base.digests import sha256
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.core.queue.hall import CounterNow, Hall, HallState
from ult_desktop.core.queue.wait_range import WaitRange, round_wait
from ult_desktop.core.stamps import MINUTE_MS

MIN_SAMPLES = 5  # servings of a service without which no wait is shown (docs/domain.md, A24)
RECENT_SERVINGS = 600  # the latest servings from which the pace is learned
# Servings of a service; where fewer are known, the rest are assumed from the office's settings.
_FULL_SAMPLE = 100
_ASSUMED_SPREAD = 0.5  # the standard deviation of an assumed visit, as a part of its minutes
_ASSUMED_AROUND_MS = 40_000  # what the way to the counter and the time before the next call add to a visit
_ASSUMED_PRIORITY = 0.08  # the share of priority visitors
SCENARIOS = 64  # simulations of one hall
_LONG_LINE = 64  # visitors; a longer line is played in one scenario only, for speed
_ORDERS = 96  # the first so many calls have each an order of its own; later calls repeat these orders
_TAIL = 0.09  # the share of waits that may be shorter than the range, and the share that may be longer
_RANGE_SERVINGS = 300  # the latest servings from which the range is learned; fewer than for the pace
# The factor by which each end of the range is stretched: at least, where nothing is learned yet, at most, and
# how much one wait outside the range adds to it.
_NARROWEST, _START, _WIDEST = 0.2, 1.07, 3.0
_MISS_STEP = 0.08
_ERROR_STEP = 0.005  # how far one wait moves the learned error towards its own


class ExpectedWait(msgspec.Struct, frozen=True, kw_only=True):
    """The estimated wait of a visitor: `shown` is the range that they are shown, `expected_ms` the mean.

    `model_ms` is the mean of the simulated waits, before it was corrected by the office's own error.
    """

    expected_ms: int
    model_ms: int
    shown: WaitRange


class PastServing(msgspec.Struct, frozen=True):
    """A serving that ended, UTC ms; `since` is when its visitor began to wait, 0: unknown.

    `model_ms`, `low` and `high` (minutes) are what was shown then, all 0 where no wait was shown.
    """

    counter: int
    service_id: int
    called_at: int
    ended_at: int
    since: int = 0
    model_ms: int = 0
    low: int = 0
    high: int = 0
    priority: bool = False

    @property
    def waited_ms(self) -> int:
        """The time that the visitor waited for the call, in ms."""
        return self.called_at - self.since


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """The pace of the latest servings, from which waits are estimated.

    `cycles` are the times (ms) from one call to the counter's next, sorted, by service. `priority` is the
    share of priority visitors. `error` is the ratio of the real waits to the model's means; `below` and
    `above` are the factors by which the range is stretched at each end.
    """

    cycles: Mapping[int, Sequence[int]]
    priority: float = 0.0
    error: float = 1.0
    below: float = 1.0
    above: float = 1.0

    def can_estimate(self, service_id: int) -> bool:
        """Return whether enough servings of the service are known to estimate a wait."""
        return len(self.cycles.get(service_id, ())) >= MIN_SAMPLES


def learn_pace(servings: Sequence[PastServing], minutes: Mapping[int, int]) -> Pace:
    """Learn the pace from the latest servings, in the order of their calls.

    `minutes` are what a visit takes by the office's settings, by service. Where a service has fewer than
    `_FULL_SAMPLE` servings, the others are assumed from these minutes.
    """
    gap_ms = median_gap(servings)
    cycles = defaultdict(list)
    for serving in servings:
        cycles[serving.service_id].append(serving.ended_at - serving.called_at + gap_ms)
    for service, usual_minutes in minutes.items():
        cycles[service] += _assumed_cycles(usual_minutes, _FULL_SAMPLE - len(cycles[service]))
    latest = [serving for serving in servings[-_RANGE_SERVINGS:] if serving.model_ms]
    called_early = sum(serving.waited_ms < serving.low * MINUTE_MS for serving in latest)
    called_late = sum(serving.waited_ms > serving.high * MINUTE_MS for serving in latest)
    assumed = max(0, _FULL_SAMPLE - len(servings))
    priority_servings = sum(serving.priority for serving in servings) + assumed * _ASSUMED_PRIORITY
    return Pace(
        cycles={service: sorted(times) for service, times in cycles.items()},
        # Priority visitors who come later are called first. Without them the estimate would be too short.
        priority=priority_servings / (len(servings) + assumed),
        error=_learn_error([serving for serving in servings if serving.model_ms]),
        below=_stretch_factor(missed=called_early, shown=len(latest)),
        above=_stretch_factor(missed=called_late, shown=len(latest)),
    )


@cache
def _assumed_cycles(minutes: int, count: int) -> Sequence[int]:
    """Return the times from call to call (ms) of `count` visits, lognormal with a mean of `minutes`."""
    sigma = math.sqrt(math.log(1 + _ASSUMED_SPREAD**2))
    spread = NormalDist(-(sigma**2) / 2, sigma)
    parts = [math.exp(spread.inv_cdf((n + 0.5) / count)) for n in range(count)]
    mean = minutes * MINUTE_MS + _ASSUMED_AROUND_MS
    return [round(mean * part * count / sum(parts)) for part in parts]


class EndedServing(Protocol):
    """A serving that ended, UTC ms; `since` is when its visitor began to wait, 0: unknown."""

    @property
    def counter(self) -> int: ...

    @property
    def since(self) -> int: ...

    @property
    def called_at(self) -> int: ...

    @property
    def ended_at(self) -> int: ...


def median_gap(servings: Iterable[EndedServing]) -> int:
    """Return the median time (ms) from a serving's end to the counter's next call while somebody waited.

    The median, for some of these times contain the lunch break. 0 where nothing is known.
    """
    gaps = []
    last_ended = dict[int, int]()  # by the counter
    for serving in servings:
        free_since = last_ended.get(serving.counter, 0)
        if 0 < serving.since <= free_since <= serving.called_at:
            gaps.append(serving.called_at - free_since)
        last_ended[serving.counter] = serving.ended_at
    return round(median(gaps)) if gaps else 0


def _learn_error(shown: Sequence[PastServing]) -> float:
    """Return the ratio of real waits to the model's means, smoothed exponentially: one wait counts little.

    `shown` are the servings whose visitors were shown a wait.
    """
    error, mean = 1.0, fmean(serving.model_ms for serving in shown) if shown else 0.0
    for serving in shown:
        error += _ERROR_STEP * (serving.waited_ms - error * serving.model_ms) / mean
    return min(2.0, max(0.5, error))


def _stretch_factor(*, missed: int, shown: int) -> float:
    """Return the factor for one end of the range: each miss widens it, each hit narrows it a little.

    Of `shown` waits `missed` were beyond this end. The method is adaptive conformal inference (Gibbs and
    Candès 2021).
    """
    return min(_WIDEST, max(_NARROWEST, _START + _MISS_STEP * (missed - _TAIL * shown)))


def expected_waits(
    hall: HallState, pace: Pace, newcomers: Sequence[WaitingTicket]
) -> list[ExpectedWait | None]:
    """Return what each of `newcomers` would be shown if nobody else of them came.

    They are not among `hall.waiting`. None where no estimate is sound: fewer than `MIN_SAMPLES` servings of
    the service are known, or no open counter may call the visitor.
    """
    scopes = [counter.scope for counter in hall.open_counters]
    estimable = [
        ticket
        for ticket in newcomers
        if pace.can_estimate(ticket.service_id) and any(scope.may_call(ticket) for scope in scopes)
    ]
    waits = _play_scenarios(hall, pace, estimable) if estimable else {}
    return [_estimate(waits[ticket.id], pace) if ticket.id in waits else None for ticket in newcomers]


def _play_scenarios(hall: HallState, pace: Pace, newcomers: Sequence[WaitingTicket]) -> dict[int, list[int]]:
    """Return the waits (ms) of each newcomer by the ticket's id, one for each scenario.

    A long line is played in one scenario only; the others are computed from it by their standard deviation.
    """
    lengths = _Lengths(pace)
    tickets = (*hall.waiting, *newcomers)
    last_queued_at = max(ticket.queued_at for ticket in tickets)
    priority_calls = round(pace.priority * SCENARIOS)  # of SCENARIOS calls, those in which one more comes
    simulated = Hall([counter.scope for counter in hall.open_counters], tickets, hall.policy, hall.breaks)
    remaining = [lengths.remaining(counter, hall.now) for counter in hall.open_counters]
    recent = [counter.recent for counter in hall.open_counters]
    waits: dict[int, list[int]] = {ticket.id: [] for ticket in newcomers}
    is_long = len(hall.waiting) > _LONG_LINE
    call_counts = [0] * len(hall.open_counters)
    # In a long line, by how many standard deviations of one visit a newcomer's wait varies: the root of the
    # calls before them, over the counters that may call them.
    deviations: dict[int, float] = {}
    # Each scenario sets these: which part of the lengths the next call takes, and which number, below
    # `priority_calls` or not, decides whether a priority visitor comes.
    length_parts: Iterator[int] = iter(())
    priority_parts: Iterator[int] = iter(())

    def call(ticket: WaitingTicket, counter: int, at: int) -> int | None:
        if ticket.id in waits:
            waits[ticket.id].append(at - hall.now)
            if is_long:
                callers = simulated.caller_bits(ticket)
                counts = [count for n, count in enumerate(call_counts) if callers >> n & 1]
                deviations[ticket.id] = math.sqrt(sum(counts)) / len(counts)
            return None  # a newcomer takes no time, for the others are shown their wait without them
        call_counts[counter] += 1
        is_real = ticket.queued_at <= last_queued_at  # not a priority visitor who was added below
        if priority_calls and is_real and next(priority_parts) < priority_calls:
            # As many priority visitors come as are called, for the same service: their line keeps its length.
            priority_visitor = WaitingTicket(
                id=-1 - ticket.id,  # no real ticket has it
                service_id=ticket.service_id,
                queued_at=last_queued_at + 1 + at - hall.now,
                priority=True,
            )
            simulated.add(priority_visitor, at)
        return at + lengths.of_service(ticket.service_id)[next(length_parts)]

    # In the one scenario of a long line the calls take every part in turn: so their mean is exact there too.
    for scenario in _orders()[:1] if is_long else _scenarios():
        # Reversed, so that who comes does not depend on how long the visit takes.
        length_parts, priority_parts = cycle(scenario), cycle(scenario[::-1])
        simulated.begin([hall.now + times[next(length_parts)] for times in remaining], recent)
        simulated.run(call)
    for ticket_id, deviation in deviations.items():
        # A long wait is a sum of many visits, so it is spread normally.
        spread = NormalDist(waits[ticket_id][0], max(1.0, deviation * lengths.deviation))
        waits[ticket_id] = [max(0, round(spread.inv_cdf((n + 0.5) / SCENARIOS))) for n in range(SCENARIOS)]
    return waits


class _Lengths:
    """The lengths of visits at a counter, one for each scenario, taken from past visits."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._all = sorted(time for times in pace.cycles.values() for time in times)
        self._by_service: dict[int, list[int]] = {}

    @property
    def deviation(self) -> float:
        """The standard deviation of what one visitor adds: a visit, by chance a priority visitor's too."""
        mean, chance = fmean(self._all), self._pace.priority * (1 - self._pace.priority)
        spread = fmean([(time - mean) ** 2 for time in self._all])
        return math.sqrt(spread + chance * mean**2)

    def of_service(self, service_id: int) -> list[int]:
        """Return how long a visit of the service takes (ms) in each scenario."""
        if service_id not in self._by_service:
            self._by_service[service_id] = _means_of_parts(self._past_times(service_id))
        return self._by_service[service_id]

    def remaining(self, counter: CounterNow, now: int) -> list[int]:
        """Return how long the visit under way still takes (ms) in each scenario; 0 where there is none.

        Only past visits that lasted longer than this one until now can say that. If there are none, it is
        taken for one that begins now.
        """
        if counter.busy_since is None:
            return [0] * SCENARIOS
        elapsed, past = now - counter.busy_since, self._past_times(counter.service_id)
        longer = past[bisect_right(past, elapsed) :]
        return _means_of_parts([time - elapsed for time in longer] or past)

    def _past_times(self, service_id: int | None) -> Sequence[int]:
        """Return the sorted past times of a service; those of all services where it has too few."""
        if service_id is None or not self._pace.can_estimate(service_id):
            return self._all
        return self._pace.cycles[service_id]


def _means_of_parts(times: Sequence[int]) -> list[int]:
    """Divide these sorted times into as many equal parts as there are scenarios; return the mean of each."""
    sums = [0, *accumulate(times)]
    bounds = [_sum_until(times, sums, n * len(times) / SCENARIOS) for n in range(SCENARIOS + 1)]
    return [round((after - before) * SCENARIOS / len(times)) for before, after in pairwise(bounds)]


def _sum_until(times: Sequence[int], sums: Sequence[int], count: float) -> float:
    """Return the sum of the first `count` times; of the last one only a part counts, if `count` says so.

    `sums` are the sums of the first 0, 1, 2 … whole times.
    """
    whole = int(count)
    return sums[whole] + ((count - whole) * times[whole] if whole < len(times) else 0)


@cache
def _orders() -> tuple[tuple[int, ...], ...]:
    """Return for each call the parts of the lengths that it takes, one in each scenario: every part once."""

    # Shuffled by a hash, not by chance: kiosk, paper and display must show the same wait.
    def shuffled(call: int) -> tuple[int, ...]:
        return tuple(sorted(range(SCENARIOS), key=lambda part: sha256(b"%d %d" % (call, part))))

    return tuple(shuffled(call) for call in range(_ORDERS))


@cache
def _scenarios() -> tuple[tuple[int, ...], ...]:
    """Return for each scenario which part of the lengths each call takes: a Latin hypercube.

    Over the scenarios each call takes every part once, so the mean over them is exact.
    """
    return tuple(zip(*_orders(), strict=True))


def _estimate(waits: list[int], pace: Pace) -> ExpectedWait:
    """Return the estimate from a visitor's waits (ms) in all scenarios, corrected by what was learned."""
    waits.sort()
    mean, middle = fmean(waits), median(waits)
    tail = int(_TAIL * len(waits))
    low = middle - pace.below * (middle - waits[tail])
    high = middle + pace.above * (waits[-1 - tail] - middle)
    return ExpectedWait(
        expected_ms=round(mean * pace.error),
        model_ms=round(mean),
        shown=round_wait(low * pace.error, mean * pace.error, high * pace.error),
    )
