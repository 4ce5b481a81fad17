"""The replay of past days by the office's calling rule: as they were, and with another plan of the counters.

Visitors come when they came, with their service and priority. The length of each visit is drawn from the
visits of its service in these days. The days are played in many runs, each with other draws, so that chance
can be told from the effect of a plan. Both plans are played with the same draws.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappush
from itertools import pairwise

import msgspec

from ult_desktop.core.figures.figures import MEDIAN, NINTH_DECILE, Spread
from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.backtest import PastDay, PastWait
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import Coming, Hall, Stretch
from ult_desktop.core.queue.slots import SLOT_MS, slot_of
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.queue.waits import between_turns
from ult_desktop.core.staffing.plan import ALWAYS, AS_IT_WAS, StaffedDesk, StaffingPlan, clock_of, desks_of
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

Draw = Callable[[], float]  # the next of evenly spread numbers from 0 to 1
USUAL_LIMIT = 15  # minutes; no rule says how long a visitor may wait (docs/domain.md, "What if")
MOST_RUNS, LEAST_RUNS = 30, 4
_MOST_CALLS = 40_000  # of all runs together: two seconds of a small PC


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
        return sum(each.idle for each in self.counters)

    @property
    def at_work(self) -> float:
        """The minutes of all counters together."""
        return sum(each.open for each in self.counters)


class _Turn(msgspec.Struct, frozen=True):
    """A turn to play. `since` (UTC ms) is when the visitor began to wait; `length_ms` None: it is drawn."""

    ticket: WaitingTicket
    since: int
    length_ms: int | None
    waits: bool  # whether this is the call that the visitor followed first


class ReplayedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day ready to be played: the first turn of each number, and its later turns by the ticket's id."""

    day: PastDay
    firsts: tuple[_Turn, ...]
    later: Mapping[int, tuple[_Turn, ...]]

    @property
    def turns(self) -> int:
        """The number of all turns."""
        return len(self.firsts) + sum(map(len, self.later.values()))


def replayed_day(day: PastDay) -> ReplayedDay:
    """Prepare a day to be played."""
    chains = defaultdict[int, list[PastWait]](list)
    for visit in day.visits:
        chains[visit.ticket.id].append(visit)
    firsts, later = [], dict[int, tuple[_Turn, ...]]()
    for ticket_id, visits in chains.items():
        followed = next((n for n, visit in enumerate(visits) if visit.arrived_at is not None), None)
        turns = [_turn(visit, n == followed) for n, visit in enumerate(visits)]
        # The row has only the last place of a number. The first wait of an appointment begins with its own
        # time, every other one when the number was given.
        early = visits[0].ticket.place is QueuePosition.APPOINTMENT
        queued = max(turns[0].since, visits[0].ticket.queued_at) if early else turns[0].since
        ticket = msgspec.structs.replace(turns[0].ticket, queued_at=queued)
        firsts.append(msgspec.structs.replace(turns[0], ticket=ticket))
        if turns[1:]:
            later[ticket_id] = tuple(turns[1:])
    return ReplayedDay(day=day, firsts=tuple(firsts), later=later)


def _turn(visit: PastWait, waits: bool) -> _Turn:
    # How long an officer waits for somebody who does not come is no part of the service.
    length = visit.ended_at - visit.called_at if visit.arrived_at is None else None
    return _Turn(visit.ticket, visit.since, length, waits)


def runs_for(days: Sequence[ReplayedDay]) -> int:
    """Return how often these days are played; fewer times with more visitors, who need fewer runs."""
    turns = sum(day.turns for day in days)
    return min(MOST_RUNS, max(LEAST_RUNS, _MOST_CALLS // max(1, turns)))


def lengths_of(days: Iterable[PastDay]) -> dict[int, tuple[int, ...]]:
    """Return the lengths of the visits of each service (ms, from the call), sorted."""
    found = defaultdict[int, list[int]](list)
    for day in days:
        for visit in day.visits:
            if visit.arrived_at is not None:
                found[visit.ticket.service_id].append(visit.ended_at - visit.called_at)
    return {service: tuple(sorted(times)) for service, times in found.items()}


def drawn_lengths(
    days: Sequence[ReplayedDay], lengths: Mapping[int, Sequence[int]], draw: Draw
) -> tuple[tuple[int, ...], ...]:
    """Draw how long each turn of each day takes (ms), in the order of `_every_turn`."""

    def drawn(turn: _Turn) -> int:
        if turn.length_ms is not None:
            return turn.length_ms
        of_service = lengths[turn.ticket.service_id]
        return of_service[int(draw() * len(of_service))]

    return tuple(tuple(drawn(turn) for turn in _every_turn(day)) for day in days)


def _every_turn(day: ReplayedDay) -> Iterable[_Turn]:
    for turn in day.firsts:
        yield turn
        yield from day.later.get(turn.ticket.id, ())


class _Run:
    """The result of one run: waits (ms) by half-hour and service; times of counters (ms) by number."""

    def __init__(self) -> None:
        self.waits = defaultdict[tuple[str, int], list[int]](list)
        self.open, self.busy = Counter[int](), Counter[int]()
        self.unserved = self.overtime = 0

    def of(self, slot: str | None = None, service: int | None = None) -> list[int]:
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
        found = [(replayed_day(day), begins) for day, begins in days if day.visits]
        each = [day for day, _begins in found]
        self._days, self._letters = found, letters
        self._known = _in_use([day.day for day in each], known)
        lengths = lengths_of(day.day for day in each)
        self.runs = runs_for(each) if runs is None else runs
        self._lengths = [drawn_lengths(each, lengths, draw) for _run in range(self.runs)]
        self._between = between_turns(visit for day in each for visit in day.day.visits)

    @property
    def days(self) -> int:
        """The number of days."""
        return len(self._days)

    @property
    def slots(self) -> tuple[str, ...]:
        """The half-hours in which the office works on these days ("08.30"), in order."""
        found = {
            clock_of(at - begins)
            for day, begins in self._days
            for opens, closes in day.day.hours
            for at in range(slot_of(opens), closes, SLOT_MS)
        }
        return tuple(sorted(found)) or tuple(clock_of(at) for at in range(0, DAY_MS, SLOT_MS))

    def recorded(self, limit: int) -> PlayedWaits:
        """Return the waits that were recorded, in the same measures; `limit` in minutes."""
        run = _Run()
        for day, _begins in self._days:
            starts = {turn.ticket.id: turn.ticket.queued_at for turn in day.firsts}
            for ticket_id, called_at in followed_calls(day.day).items():
                run.waits["", 0].append(max(0, called_at - starts[ticket_id]))
        return _waits([run.of()], limit)

    def play(self, plan: StaffingPlan, limit: int, calls: int | None = None) -> PlayedPlan:
        """Play the days with a plan; `limit` in minutes is how long a visitor should wait at most.

        All days are played in all runs. With `calls` every n-th day is played in one run, so that there are
        about so many calls.
        """
        step = 1 if calls is None else max(1, -(-sum(day.turns for day, _begins in self._days) // calls))
        dated = self._days[::step]
        desks = [desks_of(day.day, plan, self._known, self._letters, begins) for day, begins in dated]
        runs = []
        for lengths in self._lengths if calls is None else self._lengths[:1]:
            run = _Run()
            for (day, begins), staffed, of_day in zip(dated, desks, lengths[::step], strict=True):
                policy = plan.calling.over(day.day.policy)
                _play_day(run, day, staffed, policy, of_day, (begins, self._between))
            runs.append(run)
        return _played(runs, limit)


def _in_use(days: Iterable[PastDay], known: Iterable[CounterScope]) -> list[CounterScope]:
    """Return the counters that called somebody, or could have; those that called most come first."""
    calls, wanted = Counter[int](), set[int]()
    for day in days:
        calls.update(visit.counter for visit in day.visits)
        wanted.update(visit.ticket.service_id for visit in day.visits)
    useful = (scope for scope in known if calls[scope.number] or wanted & scope.services)
    return sorted(useful, key=lambda scope: (-calls[scope.number], scope.number))


def followed_calls(day: PastDay) -> dict[int, int]:
    """Return by the ticket's id the first call (UTC ms) that its visitor followed."""
    found = dict[int, int]()
    for visit in day.visits:
        if visit.arrived_at is not None:
            found.setdefault(visit.ticket.id, visit.called_at)
    return found


def _play_day(
    run: _Run,
    day: ReplayedDay,
    desks: Sequence[StaffedDesk],
    policy: Calling,
    lengths: Sequence[int],
    times: tuple[int, int],
) -> None:
    """Play one day and add its waits and times to `run`.

    `lengths` are those of its turns. `times` are its midnight (UTC ms), and the time from the end of a visit
    to the next call (ms).
    """
    begins, between = times
    scopes = [desk.scope for desk in desks]
    hall = Hall(scopes, (), policy, pauses=[_pauses(desk) for desk in desks])
    drawn = iter(lengths)
    chains = {
        turn.ticket.id: iter([(each, next(drawn)) for each in (turn, *day.later.get(turn.ticket.id, ()))])
        for turn in day.firsts
    }
    starts = {turn.ticket.id: turn.ticket.queued_at for turn in day.firsts}
    came = {turn.ticket.id: clock_of(slot_of(turn.since) - begins) for turn in day.firsts}
    waiting = len(day.firsts)
    comings: list[Coming] = [(turn.since, turn.ticket.id, _sent(turn.ticket, scopes)) for turn in day.firsts]
    heapify(comings)
    closing = [desk.open[-1][1] for desk in desks]
    left = {ticket_id: len(day.later.get(ticket_id, ())) for ticket_id in starts}

    def call(ticket: WaitingTicket, desk: int, at: int) -> int:
        nonlocal waiting
        turn, length = next(chains[ticket.id])
        waiting -= 1
        if turn.waits:
            run.waits[came[ticket.id], ticket.service_id].append(max(0, at - starts[ticket.id]))
        ended = at + length
        run.busy[scopes[desk].number] += max(0, min(ended + between, closing[desk]) - at)
        run.overtime += max(0, ended - max(at, closing[desk]))
        if left[ticket.id]:
            left[ticket.id] -= 1
            waiting += 1
            again = msgspec.structs.replace(ticket, queued_at=ended, place=QueuePosition.RETURNED)
            heappush(comings, (ended, ticket.id, again))
        return ended + between

    hall.begin([desk.open[0][0] for desk in desks], [()] * len(desks))
    hall.play(comings, call, begins + DAY_MS)
    run.unserved += waiting
    for desk in desks:
        run.open[desk.scope.number] += sum(end - begin for begin, end in desk.open)


def _sent(ticket: WaitingTicket, scopes: Iterable[CounterScope]) -> WaitingTicket:
    """Return the ticket so that a counter may call it: one for a counter that is not there goes to any."""
    if ticket.target_counter in (None, *(scope.number for scope in scopes)):
        return ticket
    return msgspec.structs.replace(ticket, target_counter=None)


def _pauses(desk: StaffedDesk) -> tuple[Stretch, ...]:
    """Return the times when a counter does not call: the gaps, and after its hours unless it is the last."""
    gaps = tuple((end, begin) for (_begin, end), (begin, _end) in pairwise(desk.open))
    return gaps if desk.last else (*gaps, (desk.open[-1][1], ALWAYS))


def _played(runs: Sequence[_Run], limit: int) -> PlayedPlan:
    keys = {key for run in runs for key in run.waits}
    slots, services = sorted({slot for slot, _service in keys}), sorted({service for _slot, service in keys})
    opened, busy = Counter[int](), Counter[int]()
    for run in runs:
        opened.update(run.open)
        busy.update(run.busy)

    def minutes(ms: float) -> float:
        return ms / len(runs) / MINUTE_MS

    return PlayedPlan(
        whole=_waits([run.of() for run in runs], limit),
        half_hours={slot: _waits([run.of(slot) for run in runs], limit) for slot in slots},
        services={each: _waits([run.of(service=each) for run in runs], limit) for each in services},
        counters=tuple(
            CounterTime(
                counter=number,
                open=minutes(opened[number]),
                idle=max(0.0, minutes(opened[number] - busy[number])),
            )
            for number in sorted(opened)
        ),
        unserved=sum(run.unserved for run in runs) / len(runs),
        overtime=minutes(sum(run.overtime for run in runs)),
    )


def _waits(spans: Sequence[Sequence[int]], limit: int) -> PlayedWaits:
    """Return the figures of the waits (ms) of all runs; `limit` in minutes."""
    spreads = [Spread.of(each) for each in spans]
    together = Spread.sum(spreads)
    lates = sorted(sum(wait > limit * MINUTE_MS for wait in each) for each in spans)
    tops = sorted(top for each in spreads if (top := each.quantile_s(NINTH_DECILE)) is not None)
    return PlayedWaits(
        visitors=round(together.count / len(spans)),
        median=together.quantile_s(MEDIAN),
        p90=together.quantile_s(NINTH_DECILE),
        p90_low=_tenth(tops, 1) if tops else None,
        p90_high=_tenth(tops, 9) if tops else None,
        late=sum(lates) / len(spans),
        late_low=_tenth(lates, 1),
        late_high=_tenth(lates, 9),
    )


def _tenth(ordered: Sequence[float], n: int) -> float:
    """Return the value at n tenths of an ordered row."""
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


def replayed(staffing: Staffing, period: str, plan: StaffingPlan, limit: int) -> StaffingReplay:
    """Play days as they were and with a plan; `limit` is in minutes."""
    return StaffingReplay(
        period=period,
        days=staffing.days,
        runs=staffing.runs,
        limit=limit,
        recorded=staffing.recorded(limit),
        before=staffing.play(AS_IT_WAS, limit),
        after=staffing.play(plan, limit),
    )
