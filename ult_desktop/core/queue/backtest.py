"""The waits that visitors of past days would have been shown, compared with how long they waited.

For each visitor the hall is reconstructed as it was when they came, without anything that came later.
"""

import math
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from statistics import fmean
from typing import NamedTuple

import msgspec

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue import hall, waits
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.stamps import MINUTE_MS, TimeSpan


class PastWait(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor's wait from `since` to the call, and the serving at the counter that followed; times UTC ms.

    `ended_at` is when that serving ended. A visitor who is called again has one for each call.
    """

    ticket: WaitingTicket
    since: int
    counter: int
    called_at: int
    ended_at: int
    arrived_at: int | None = None

    @property
    def waited_ms(self) -> int:
        return self.called_at - self.since


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in which a counter was open, UTC ms."""

    scope: CounterScope
    begin: int
    end: int


class CounterAct(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log about a counter, at `at` (UTC ms).

    `kind` is the event's name, `officer_id` who acted, `before` the id of the officer who sat there until
    then.
    """

    at: int
    kind: str
    counter: int
    officer_id: int | None
    before: int | None = None


class PastDay(msgspec.Struct, frozen=True, kw_only=True):
    """A past day of an office. `minutes` are what a visit takes by its settings, by service.

    `hours` are the stretches that the office works on such a day, `breaks` the gaps between them.
    """

    visits: tuple[PastWait, ...]
    shifts: tuple[Shift, ...]
    policy: Calling
    breaks: tuple[TimeSpan, ...] = ()
    hours: tuple[TimeSpan, ...] = ()
    minutes: Mapping[int, int] = {}


class _Change(NamedTuple):
    """A counter that is opened, or closed, at `at` (UTC ms)."""

    at: int
    opens: bool


def shifts_of(
    scopes: Iterable[CounterScope],
    acts: Iterable[CounterAct],
    visits: Iterable[PastWait],
    begin: int,
    end: int,
) -> tuple[Shift, ...]:
    """Return the shifts of each counter from `begin` to `end` (UTC ms); a call counts as an opening.

    The log does not say which services a counter served then: today's are assumed.
    """
    changes: dict[int, list[_Change]] = defaultdict(list)  # by the counter's number
    for act in acts:
        # An officer who takes the counter that they already have changes nothing.
        if not (act.kind == "counter.staffed" and act.before == act.officer_id):
            opens = act.kind in ("counter.staffed", "counter.open")
            changes[act.counter].append(_Change(act.at, opens))
    for visit in visits:
        changes[visit.counter].append(_Change(visit.called_at, opens=True))
    shifts: list[Shift] = []
    for scope in scopes:
        shifts += _shifts_of_counter(scope, sorted(changes[scope.number], key=attrgetter("at")), end)
    return tuple(shift for shift in shifts if shift.begin < end and shift.end > begin)


def _shifts_of_counter(scope: CounterScope, changes: Iterable[_Change], end: int) -> Iterator[Shift]:
    """Yield a counter's shifts from its `changes` in the order of time; the last one may reach to `end`."""
    opened_at: int | None = None
    for change in changes:
        if change.opens and opened_at is None:
            opened_at = change.at
        if not change.opens and opened_at is not None:
            yield Shift(scope=scope, begin=opened_at, end=change.at)
            opened_at = None
    if opened_at is not None:
        yield Shift(scope=scope, begin=opened_at, end=end)


# A wait is shown with a number that is given, not when a visitor comes back or is sent on.
_SHOWN_A_WAIT = frozenset({QueuePosition.FRESH, QueuePosition.APPOINTMENT})


class ShownWait(msgspec.Struct, frozen=True, kw_only=True):
    """The wait that one visitor would have been shown, and how long they waited.

    `in_range`: they waited as long as the range said.
    """

    expected_ms: int
    waited_ms: int
    in_range: bool


class WaitScore(msgspec.Struct, frozen=True, kw_only=True):
    """The accuracy of the shown waits; `bias_min` is negative where people waited longer than expected.

    Only visitors who were shown a wait count; `told` is how many. `kept_share` is the share whose wait was
    within the range that they were shown. `mae_min` is the mean absolute error, `rmse_over_mean` the root
    mean square error as a multiple of the mean wait.
    """

    bias_min: float
    mae_min: float
    mean_wait_min: float
    rmse_over_mean: float
    kept_share: float
    told: int


def score(shown: Sequence[ShownWait]) -> WaitScore | None:
    """Score the shown waits; None when nobody was shown a wait."""
    if not shown:
        return None
    errors = [(wait.expected_ms - wait.waited_ms) / MINUTE_MS for wait in shown]
    mean = fmean(wait.waited_ms for wait in shown) / MINUTE_MS
    rmse = math.sqrt(fmean(error * error for error in errors))
    return WaitScore(
        bias_min=fmean(errors),
        mae_min=fmean(map(abs, errors)),
        mean_wait_min=mean,
        rmse_over_mean=rmse / mean if mean else 0.0,
        kept_share=fmean(wait.in_range for wait in shown),
        told=len(shown),
    )


def replay(days: Iterable[PastDay]) -> Iterator[ShownWait]:
    """Yield the wait that each visitor would have been shown; each day learns from the days before it."""
    known: deque[waits.PastServing] = deque(maxlen=waits.RECENT_SERVINGS)
    for day in days:
        yield from _ReplayedDay(day, known).shown_waits()


class _ReplayedDay:
    """A day that is replayed. Each serving that ends is added to `known`, after those of the days before."""

    def __init__(self, day: PastDay, known: deque[waits.PastServing]) -> None:
        self._day, self._known = day, known
        self._not_ended = sorted(day.visits, key=lambda visit: visit.ended_at)
        self._shown: dict[PastWait, waits.ExpectedWait] = {}

    def shown_waits(self) -> Iterator[ShownWait]:
        """Yield the wait of each visitor who would have been shown one, in the order in which they came."""
        for visit in sorted(self._day.visits, key=lambda visit: (visit.since, visit.ticket.id)):
            self._learn_until(visit.since)
            expected = self._expected(visit)
            # A visitor who is called at once (a range of 0 to 0) is shown no wait.
            if expected is None or not expected.shown.high:
                continue
            self._shown[visit] = expected
            yield ShownWait(
                expected_ms=expected.expected_ms,
                waited_ms=visit.waited_ms,
                in_range=expected.shown.contains(visit.waited_ms),
            )
        self._learn_until(math.inf)

    def _expected(self, visit: PastWait) -> waits.ExpectedWait | None:
        if visit.ticket.place not in _SHOWN_A_WAIT:
            return None
        pace = waits.learn_pace(tuple(self._known), self._day.minutes)
        (expected,) = waits.expected_waits(self._hall_at(visit), pace, (visit.ticket,))
        return expected

    def _learn_until(self, at: float) -> None:
        """Add the servings that ended by `at` to the known ones."""
        ended_count = bisect_right(self._not_ended, at, key=lambda visit: visit.ended_at)
        self._known.extend(self._past_serving(visit) for visit in self._not_ended[:ended_count])
        del self._not_ended[:ended_count]

    def _past_serving(self, visit: PastWait) -> waits.PastServing:
        expected = self._shown.get(visit)
        return waits.PastServing(
            counter=visit.counter,
            service_id=visit.ticket.service_id,
            called_at=visit.called_at,
            ended_at=visit.ended_at,
            since=visit.since,
            model_ms=0 if expected is None else expected.model_ms,
            low=0 if expected is None else expected.shown.low,
            high=0 if expected is None else expected.shown.high,
            priority=visit.ticket.priority,
        )

    def _hall_at(self, newcomer: PastWait) -> hall.HallState:
        """Return the hall as it was when `newcomer` came."""
        now = newcomer.since
        came_before = [visit for visit in self._day.visits if visit.since <= now and visit is not newcomer]
        open_now = [shift for shift in self._day.shifts if shift.begin <= now < shift.end]
        return hall.HallState(
            now=now,
            open_counters=tuple(_counter_at(shift.scope, now, came_before) for shift in open_now),
            waiting=tuple(visit.ticket for visit in came_before if now < visit.called_at),
            policy=self._day.policy,
            breaks=self._day.breaks,
        )


def _counter_at(scope: CounterScope, now: int, visits: Iterable[PastWait]) -> hall.CounterNow:
    calls = [visit for visit in visits if visit.counter == scope.number and visit.called_at <= now]
    calls.sort(key=lambda visit: visit.called_at, reverse=True)
    current = calls[0] if calls and now < calls[0].ended_at else None
    return hall.CounterNow(
        scope=scope,
        busy_since=None if current is None else current.called_at,
        service_id=None if current is None else current.ticket.service_id,
        recent=tuple(visit.ticket.priority for visit in calls),
    )
