"""The replay of past days by the office's calling rule: as they were, and with another plan of the counters.

Visitors come when they came, with their service and priority. The length of each visit is drawn from the
visits of its service in these days. The days are played in many runs, each with other draws, so that chance
can be told from the effect of a plan. Both plans are played with the same draws.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappush
from itertools import pairwise
from math import ceil

import msgspec

from ult_desktop.core.figures.figures import MEDIAN, NINTH_DECILE, Spread
from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.backtest import PastDay, PastWait
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import Arrival, Hall
from ult_desktop.core.queue.slots import SLOT_MS, slot_of
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.queue.waits import median_gap
from ult_desktop.core.staffing.plan import (
    AS_IT_WAS,
    END_OF_TIME,
    StaffedCounter,
    StaffingPlan,
    clock_of,
    staffed_counters,
)
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS, TimeSpan

Draw = Callable[[], float]  # returns a random number from 0 to 1, each as likely
USUAL_LIMIT = 15  # minutes; no law says how long a visitor may wait (docs/domain.md, "What if")
MAX_RUNS, MIN_RUNS = 30, 4  # of the same days
_MAX_CALLS = 40_000  # in all runs together: they take two seconds on a small PC


class PlayedWaits(msgspec.Struct, frozen=True, kw_only=True):
    """The waits of all runs, in seconds. `late` is how many waited longer than the limit, in a mean run.

    In eight of ten runs the ninth decile was between `p90_low` and `p90_high`, and the number of late
    visitors between `late_low` and `late_high`.
    """

    visitors: int = 0
    median: float | None = None
    p90: float | None = None
    p90_low: float | None = None
    p90_high: float | None = None
    late: float = 0
    late_low: float = 0
    late_high: float = 0


class CounterTime(msgspec.Struct, frozen=True, kw_only=True):
    """The time of a counter on all days, in minutes of a mean run; `idle` is the part without a visitor."""

    counter: int
    open: float
    idle: float


class PlayedPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The result of playing a plan.

    `half_hours` are the waits by the half-hour in which visitors came ("08.30"), `services` those by the
    service's id. `unserved` is how many visitors nobody called, in a mean run; `overtime` is the minutes that
    all counters served after their hours.
    """

    whole: PlayedWaits
    half_hours: dict[str, PlayedWaits]
    services: dict[int, PlayedWaits]
    counters: tuple[CounterTime, ...]
    unserved: float
    overtime: float

    @property
    def idle(self) -> float:
        """The minutes of all counters with nobody to serve."""
        return sum(counter.idle for counter in self.counters)

    @property
    def at_work(self) -> float:
        """The minutes of all counters together."""
        return sum(counter.open for counter in self.counters)


class _Call(msgspec.Struct, frozen=True):
    """A call to play. `since` (UTC ms) is when the visitor began to wait.

    `length_ms` is the time from the call to its end; None: it is drawn. `ends_wait`: it is the first call
    that the visitor followed.
    """

    ticket: WaitingTicket
    since: int
    length_ms: int | None
    ends_wait: bool


class ReplayedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day ready to be played: the first call of each number, and its later ones by the ticket's id.

    `midnight` is the begin of the day, UTC ms.
    """

    day: PastDay
    midnight: int
    first_calls: tuple[_Call, ...]
    later_calls: Mapping[int, tuple[_Call, ...]]

    @property
    def call_count(self) -> int:
        """The number of all calls."""
        return len(self.first_calls) + sum(map(len, self.later_calls.values()))


def prepare_day(day: PastDay, midnight: int) -> ReplayedDay:
    """Prepare a day to be played; `midnight` is its begin, UTC ms."""
    by_ticket = defaultdict[int, list[PastWait]](list)
    for visit in day.visits:
        by_ticket[visit.ticket.id].append(visit)
    first_calls, later_calls = [], dict[int, tuple[_Call, ...]]()
    for ticket_id, visits in by_ticket.items():
        first_followed = next((n for n, visit in enumerate(visits) if visit.arrived_at is not None), None)
        calls = []
        for n, visit in enumerate(visits):
            # The time for which an officer waits for somebody who does not come is no service: it is not
            # drawn.
            length_ms = visit.ended_at - visit.called_at if visit.arrived_at is None else None
            calls.append(_Call(visit.ticket, visit.since, length_ms, ends_wait=n == first_followed))
        first = calls[0]
        # A ticket's row in the file has only its last place in the queue. The first wait of an appointment
        # begins at the appointed time, every other one when the number was given.
        has_appointment = first.ticket.place is QueuePosition.APPOINTMENT
        queued_at = max(first.since, first.ticket.queued_at) if has_appointment else first.since
        ticket = msgspec.structs.replace(first.ticket, queued_at=queued_at)
        first_calls.append(msgspec.structs.replace(first, ticket=ticket))
        if calls[1:]:
            later_calls[ticket_id] = tuple(calls[1:])
    return ReplayedDay(day=day, midnight=midnight, first_calls=tuple(first_calls), later_calls=later_calls)


def runs_for(days: Sequence[ReplayedDay]) -> int:
    """Return how often these days are played: the more calls they have, the fewer runs are needed."""
    calls = sum(day.call_count for day in days)
    return min(MAX_RUNS, max(MIN_RUNS, _MAX_CALLS // max(1, calls)))


def serving_lengths(days: Iterable[PastDay]) -> dict[int, tuple[int, ...]]:
    """Return the lengths of the visits of each service (ms, from the call), sorted."""
    lengths = defaultdict[int, list[int]](list)
    for day in days:
        for visit in day.visits:
            if visit.arrived_at is not None:
                lengths[visit.ticket.service_id].append(visit.ended_at - visit.called_at)
    return {service: tuple(sorted(times)) for service, times in lengths.items()}


def draw_lengths(
    days: Sequence[ReplayedDay], lengths: Mapping[int, Sequence[int]], draw: Draw
) -> tuple[tuple[int, ...], ...]:
    """Draw how long each call of each day takes (ms), in the order of `_calls_in_order`."""

    def draw_length(call: _Call) -> int:
        if call.length_ms is not None:
            return call.length_ms
        service_lengths = lengths[call.ticket.service_id]
        return service_lengths[int(draw() * len(service_lengths))]

    return tuple(tuple(map(draw_length, _calls_in_order(day))) for day in days)


def _calls_in_order(day: ReplayedDay) -> Iterable[_Call]:
    """Yield the calls of a day, number by number."""
    for call in day.first_calls:
        yield call
        yield from day.later_calls.get(call.ticket.id, ())


class _Run:
    """The result of one run: waits (ms) by half-hour and service; times of counters (ms) by number.

    `gap_ms` is the time from the end of a visit to the next call.
    """

    def __init__(self, gap_ms: int) -> None:
        self.gap_ms = gap_ms
        self.waits = defaultdict[tuple[str, int], list[int]](list)
        self.open, self.busy = Counter[int](), Counter[int]()
        self.unserved = self.overtime = 0

    def waits_of(self, slot: str | None = None, service: int | None = None) -> list[int]:
        """Return the waits of a half-hour, of a service, or of everybody."""
        keys = (key for key in self.waits if slot in (None, key[0]) and service in (None, key[1]))
        return [wait for key in keys for wait in self.waits[key]]


class Staffing:
    """Days of an office that can be played with any plan.

    Args:
        days: the days as they were, each with its midnight (UTC ms).
        known: the office's counters; a plan opens first those that called most.
        letters: the ids of its services, by letter.
        draw: gives the random numbers.
        runs: how often the days are played; None: as often as is quick.
    """

    def __init__(
        self,
        days: Iterable[tuple[PastDay, int]],
        known: Sequence[CounterScope],
        letters: Mapping[str, int],
        draw: Draw,
        runs: int | None = None,
    ) -> None:
        self._days = [prepare_day(day, midnight) for day, midnight in days if day.visits]
        self._letters = letters
        self._known = _useful_counters([day.day for day in self._days], known)
        lengths = serving_lengths(day.day for day in self._days)
        self.runs = runs_for(self._days) if runs is None else runs
        self._lengths = [draw_lengths(self._days, lengths, draw) for _run in range(self.runs)]
        self._gap_ms = median_gap(visit for day in self._days for visit in day.day.visits)

    @property
    def days(self) -> int:
        """The number of days."""
        return len(self._days)

    @property
    def slots(self) -> tuple[str, ...]:
        """The half-hours in which the office works on these days ("08.30"), in order."""
        slots = {
            clock_of(at - day.midnight)
            for day in self._days
            for opens, closes in day.day.hours
            for at in range(slot_of(opens), closes, SLOT_MS)
        }
        return tuple(sorted(slots)) or tuple(clock_of(at) for at in range(0, DAY_MS, SLOT_MS))

    def recorded_waits(self, limit: int) -> PlayedWaits:
        """Return the waits that were recorded, in the same measures; `limit` in minutes."""
        waits = []
        for day in self._days:
            begins = {call.ticket.id: call.ticket.queued_at for call in day.first_calls}
            for ticket_id, called_at in followed_calls(day.day).items():
                waits.append(max(0, called_at - begins[ticket_id]))
        return _played_waits([waits], limit)

    def play(self, plan: StaffingPlan, limit: int, calls: int | None = None) -> PlayedPlan:
        """Play the days with a plan; `limit` in minutes is how long a visitor should wait at most.

        All days are played in all runs. With `calls` every n-th day is played in one run, so that there are
        about so many calls.
        """
        all_calls = sum(day.call_count for day in self._days)
        step = 1 if calls is None else max(1, ceil(all_calls / calls))
        days = self._days[::step]
        counters = [staffed_counters(day.day, plan, self._known, self._letters, day.midnight) for day in days]
        runs = []
        for lengths in self._lengths if calls is None else self._lengths[:1]:
            run = _Run(self._gap_ms)
            for day, day_counters, day_lengths in zip(days, counters, lengths[::step], strict=True):
                _play_day(run, day, day_counters, plan.calling.applied_to(day.day.policy), day_lengths)
            runs.append(run)
        return _summarise(runs, limit)


def _useful_counters(days: Iterable[PastDay], known: Iterable[CounterScope]) -> list[CounterScope]:
    """Return the counters that called somebody, or could have; those that called most come first."""
    calls, wanted = Counter[int](), set[int]()
    for day in days:
        calls.update(visit.counter for visit in day.visits)
        wanted.update(visit.ticket.service_id for visit in day.visits)
    useful = (scope for scope in known if calls[scope.number] or wanted & scope.services)
    return sorted(useful, key=lambda scope: (-calls[scope.number], scope.number))


def followed_calls(day: PastDay) -> dict[int, int]:
    """Return by the ticket's id the first call (UTC ms) that its visitor followed."""
    calls = dict[int, int]()
    for visit in day.visits:
        if visit.arrived_at is not None:
            calls.setdefault(visit.ticket.id, visit.called_at)
    return calls


def _play_day(
    run: _Run, day: ReplayedDay, counters: Sequence[StaffedCounter], policy: Calling, lengths: Sequence[int]
) -> None:
    """Play one day and add its waits and times to `run`; `lengths` are those of its calls (ms)."""
    scopes = [counter.scope for counter in counters]
    numbers = {scope.number for scope in scopes}
    hall = Hall(scopes, (), policy, pauses=[_pauses(counter) for counter in counters])
    calls_to_come = defaultdict[int, list[tuple[_Call, int]]](list)  # by ticket, with their lengths (ms)
    for played_call, length in zip(_calls_in_order(day), lengths, strict=True):
        calls_to_come[played_call.ticket.id].append((played_call, length))
    first_calls = {call.ticket.id: call for call in day.first_calls}
    waiting_count = len(first_calls)
    arrivals = []
    for ticket_id, first_call in first_calls.items():
        ticket = first_call.ticket
        # Any counter may call a visitor who was sent to a counter that is not there.
        if ticket.target_counter not in (None, *numbers):
            ticket = msgspec.structs.replace(ticket, target_counter=None)
        arrivals.append(Arrival(first_call.since, ticket_id, ticket))
    heapify(arrivals)

    def call(ticket: WaitingTicket, counter: int, at: int) -> int:
        """Serve a visitor from `at` on at a counter (its index); return when it calls next (UTC ms)."""
        nonlocal waiting_count
        this_call, length = calls_to_come[ticket.id].pop(0)
        waiting_count -= 1
        if this_call.ends_wait:
            first_call = first_calls[ticket.id]
            slot = clock_of(slot_of(first_call.since) - day.midnight)
            run.waits[slot, ticket.service_id].append(max(0, at - first_call.ticket.queued_at))
        ended_at = at + length
        closes_at = counters[counter].closes_at
        run.busy[scopes[counter].number] += max(0, min(ended_at + run.gap_ms, closes_at) - at)
        run.overtime += max(0, ended_at - max(at, closes_at))
        if calls_to_come[ticket.id]:
            waiting_count += 1
            returned = msgspec.structs.replace(ticket, queued_at=ended_at, place=QueuePosition.RETURNED)
            heappush(arrivals, Arrival(ended_at, ticket.id, returned))
        return ended_at + run.gap_ms

    hall.begin([counter.open[0][0] for counter in counters], [()] * len(counters))
    hall.run_with_arrivals(arrivals, call, day.midnight + DAY_MS)
    run.unserved += waiting_count
    for counter in counters:
        run.open[counter.scope.number] += sum(end - begin for begin, end in counter.open)


def _pauses(counter: StaffedCounter) -> tuple[TimeSpan, ...]:
    """Return the times when a counter does not call: the gaps, and after its hours unless it is the last."""
    gaps = tuple((end, begin) for (_begin, end), (begin, _end) in pairwise(counter.open))
    return gaps if counter.is_last else (*gaps, (counter.closes_at, END_OF_TIME))


def _summarise(runs: Sequence[_Run], limit: int) -> PlayedPlan:
    keys = {key for run in runs for key in run.waits}
    slots, services = sorted({slot for slot, _service in keys}), sorted({service for _slot, service in keys})
    open_ms, busy_ms = Counter[int](), Counter[int]()
    for run in runs:
        open_ms.update(run.open)
        busy_ms.update(run.busy)

    def minutes(ms: float) -> float:
        return ms / len(runs) / MINUTE_MS

    return PlayedPlan(
        whole=_played_waits([run.waits_of() for run in runs], limit),
        half_hours={slot: _played_waits([run.waits_of(slot) for run in runs], limit) for slot in slots},
        services={
            service: _played_waits([run.waits_of(service=service) for run in runs], limit)
            for service in services
        },
        counters=tuple(
            CounterTime(
                counter=number,
                open=minutes(open_ms[number]),
                idle=max(0.0, minutes(open_ms[number] - busy_ms[number])),
            )
            for number in sorted(open_ms)
        ),
        unserved=sum(run.unserved for run in runs) / len(runs),
        overtime=minutes(sum(run.overtime for run in runs)),
    )


def _played_waits(runs: Sequence[Sequence[int]], limit: int) -> PlayedWaits:
    """Return the figures of the waits (ms) of all runs; `limit` in minutes."""
    spreads = [Spread.of(waits) for waits in runs]
    total = Spread.sum(spreads)
    late_counts = sorted(sum(wait > limit * MINUTE_MS for wait in waits) for waits in runs)
    p90s = sorted(p90 for spread in spreads if (p90 := spread.quantile_s(NINTH_DECILE)) is not None)
    return PlayedWaits(
        visitors=round(total.count / len(runs)),
        median=total.quantile_s(MEDIAN),
        p90=total.quantile_s(NINTH_DECILE),
        p90_low=_tenth(p90s, 1) if p90s else None,
        p90_high=_tenth(p90s, 9) if p90s else None,
        late=sum(late_counts) / len(runs),
        late_low=_tenth(late_counts, 1),
        late_high=_tenth(late_counts, 9),
    )


def _tenth(ordered: Sequence[float], n: int) -> float:
    """Return the value at n tenths of a sorted sequence."""
    return ordered[round((len(ordered) - 1) * n / 10)]


class StaffingReplay(msgspec.Struct, frozen=True, kw_only=True):
    """A replay of a period: `recorded` are the real waits, `before` is the plan as it was, `after` another.

    `limit` is in minutes. Both plans were played with the same lengths of visits in each of the `runs`.
    """

    period: str
    days: int
    runs: int
    limit: int
    recorded: PlayedWaits
    before: PlayedPlan
    after: PlayedPlan


def replay_days(staffing: Staffing, period: str, plan: StaffingPlan, limit: int) -> StaffingReplay:
    """Play days as they were and with a plan; `limit` is in minutes."""
    return StaffingReplay(
        period=period,
        days=staffing.days,
        runs=staffing.runs,
        limit=limit,
        recorded=staffing.recorded_waits(limit),
        before=staffing.play(AS_IT_WAS, limit),
        after=staffing.play(plan, limit),
    )
