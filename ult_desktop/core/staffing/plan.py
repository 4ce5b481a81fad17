"""A plan of the counters (how many work when, and which differ), and a past day's counters by such a plan."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import time
from typing import Annotated

import msgspec
from msgspec import Meta

from ult_desktop.base import _, toml_lines
from ult_desktop.core.office.template import Calling, ClockSpan, Prefix, RunLength, clock
from ult_desktop.core.queue.backtest import PastDay
from ult_desktop.core.queue.calling_order import CounterScope
from ult_desktop.core.queue.slots import SLOT_MS, slot_of
from ult_desktop.core.stamps import MINUTE_MS, TimeSpan

_HALF_HOUR = re.compile(r"([01]\d|2[0-3])\.[03]0")
MAX_COUNTERS = 20  # of a plan
END_OF_TIME = 1 << 62  # a time (UTC ms) after every other one


class PlannedCounter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A counter that differs from the office's own; a field that is left out stays as it is.

    `serves` are services by letter. With `breaks` it works through the office's breaks, and pauses at these
    times instead. `away`: nobody works there.
    """

    number: Annotated[int, Meta(ge=1, le=99)]
    serves: tuple[Prefix, ...] = ()
    priority: bool | None = None
    breaks: tuple[ClockSpan, ...] | None = None
    away: bool = False


class PlannedShares(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The calls in a row of each kind, where they differ from the office's rule (`Calling`)."""

    priority_share: RunLength | None = None
    regular_share: RunLength | None = None
    priority_counter_run: RunLength | None = None

    def applied_to(self, policy: Calling) -> Calling:
        """Return the office's rule with these numbers in place of its own."""
        given = {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}
        return msgspec.structs.replace(policy, **given)


class StaffingPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another plan of the counters; without any field it is the day as it was.

    `open` is how many counters work from each half-hour ("07.30") on; without it each counter is open when it
    was. Raises Contradiction for another time of day, and for too many counters.
    """

    open: dict[str, int] = {}
    counters: tuple[PlannedCounter, ...] = ()
    calling: PlannedShares = PlannedShares()

    def __post_init__(self) -> None:
        for at, count in self.open.items():
            if not (_HALF_HOUR.fullmatch(at) and 0 <= count <= MAX_COUNTERS):
                raise toml_lines.Contradiction(
                    _("“{at}” = {n} bukan setengah jam dengan banyaknya loket").format(at=at, n=count),
                    # The reader of the file splits every key at its dots, so "07.30" is two parts too.
                    ("open", *at.split(".")),
                    _("Tulis seperti “07.30” = 2, paling banyak {most} loket.").format(most=MAX_COUNTERS),
                )

    def count_at(self, time_of_day: str) -> int:
        """Return how many counters work at a half-hour; 0 before the first one in `open`."""
        earlier = [half_hour for half_hour in self.open if half_hour <= time_of_day]
        return self.open[max(earlier)] if earlier else 0


AS_IT_WAS = StaffingPlan()


def staggered_counters(
    numbers: Iterable[int], breaks: Iterable[tuple[time, time]]
) -> tuple[PlannedCounter, ...]:
    """Return every second of these counters, with its breaks right after those of the office, and as long."""
    later_breaks = tuple(
        f"{ends:%H.%M}-{clock_of(2 * _ms_of(ends) - _ms_of(begins))}" for begins, ends in breaks
    )
    return tuple(PlannedCounter(number=number, breaks=later_breaks) for number in list(numbers)[1::2])


def _ms_of(time_of_day: time) -> int:
    """Return the ms from midnight to a time of day."""
    return (time_of_day.hour * 60 + time_of_day.minute) * MINUTE_MS


class StaffedCounter(msgspec.Struct, frozen=True, kw_only=True):
    """A counter of a day that is played, and the times when it calls (UTC ms), in order.

    `is_last`: it closes in the office's last half-hour, so it goes on until nobody waits.
    """

    scope: CounterScope
    open: tuple[TimeSpan, ...]
    is_last: bool

    @property
    def closes_at(self) -> int:
        return self.open[-1][1]


def staffed_counters(
    day: PastDay, plan: StaffingPlan, known: Sequence[CounterScope], letters: Mapping[str, int], midnight: int
) -> tuple[StaffedCounter, ...]:
    """Return the counters of a day by a plan.

    `known` are the office's counters, `letters` the ids of its services by letter; `midnight` is that of
    the day (UTC ms). Counters that the office does not have serve every service.
    """
    planned = {counter.number: counter for counter in plan.counters}
    known_numbers = {scope.number for scope in known}
    every_service = frozenset(letters.values())
    new = [CounterScope(number=n, services=every_service) for n in planned if n not in known_numbers]
    scopes = [
        _planned_scope(scope, planned.get(scope.number), letters)
        for scope in (*known, *new)
        if not (scope.number in planned and planned[scope.number].away)
    ]
    shifts = (
        _shifts_by_plan(day, plan, scopes, letters, midnight)
        if plan.open
        else _shifts_as_they_were(day, scopes, known_numbers)
    )
    open_spans = {
        scope: _without_breaks(day, spans, planned.get(scope.number), midnight)
        for scope, spans in shifts.items()
    }
    office_closes = max((spans[-1][1] for spans in open_spans.values() if spans), default=0)
    return tuple(
        StaffedCounter(scope=scope, open=spans, is_last=spans[-1][1] > office_closes - SLOT_MS)
        for scope, spans in open_spans.items()
        if spans
    )


def _planned_scope(
    scope: CounterScope, planned: PlannedCounter | None, letters: Mapping[str, int]
) -> CounterScope:
    if planned is None:
        return scope
    services = frozenset(letters[letter] for letter in planned.serves) or scope.services
    priority = scope.priority if planned.priority is None else planned.priority
    return msgspec.structs.replace(scope, services=services, priority=priority)


def _shifts_as_they_were(
    day: PastDay, scopes: Iterable[CounterScope], known: Collection[int]
) -> dict[CounterScope, tuple[TimeSpan, ...]]:
    """Return when the counters were open; one that the office does not have is open in all its hours."""
    closes = day.hours[-1][1] if day.hours else END_OF_TIME
    shifts = dict[CounterScope, tuple[TimeSpan, ...]]()
    for scope in scopes:
        if scope.number not in known:
            shifts[scope] = (_office_hours(day),)
            continue
        shifts[scope] = tuple(
            # A counter that nobody closed was not at work all night.
            (shift.begin, shift.end if shift.begin >= closes else min(shift.end, closes))
            for shift in day.shifts
            if shift.scope.number == scope.number
        )
    return shifts


def _shifts_by_plan(
    day: PastDay,
    plan: StaffingPlan,
    scopes: Sequence[CounterScope],
    letters: Mapping[str, int],
    midnight: int,
) -> dict[CounterScope, tuple[TimeSpan, ...]]:
    """Return when the counters are open; if the plan wants more than there are, some are added."""
    all_services = frozenset(letters.values())
    used = {scope.number for scope in scopes} | {counter.number for counter in plan.counters}
    free_numbers = (number for number in range(1, 100) if number not in used)
    lacking_count = max(plan.open.values()) - len(scopes)
    added = [CounterScope(number=next(free_numbers), services=all_services) for _n in range(lacking_count)]
    opens, closes = _office_hours(day)
    shifts = {}
    for position, scope in enumerate([*scopes, *added]):
        slots = [
            (max(at, opens), min(at + SLOT_MS, closes))
            for at in range(slot_of(opens), closes, SLOT_MS)
            if position < plan.count_at(clock_of(at - midnight))
        ]
        shifts[scope] = _join_adjacent(slots)
    return shifts


def _office_hours(day: PastDay) -> tuple[int, int]:
    """Return when the office opened and closed (UTC ms); without hours, the first arrival and last call.

    Only days with visits are played.
    """
    if day.hours:
        return day.hours[0][0], day.hours[-1][1]
    return min(visit.since for visit in day.visits), max(visit.called_at for visit in day.visits)


def clock_of(since_midnight: int) -> str:
    """Return the time of day ("08.30") at so many ms after midnight."""
    hours, minutes = divmod(since_midnight // MINUTE_MS, 60)
    return f"{hours:02}.{minutes:02}"


def _join_adjacent(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    joined: list[TimeSpan] = []
    for begin, end in spans:
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _without_breaks(
    day: PastDay, spans: Sequence[TimeSpan], planned: PlannedCounter | None, midnight: int
) -> tuple[TimeSpan, ...]:
    """Return the times `spans` without the counter's breaks: its own, else those of the office."""
    breaks = day.breaks
    if planned is not None and planned.breaks is not None:
        written = (map(clock, text.split("-")) for text in planned.breaks)  # "12.00-13.00"
        breaks = tuple((midnight + _ms_of(begins), midnight + _ms_of(ends)) for begins, ends in written)
    for begin, end in breaks:
        parts: list[TimeSpan] = []
        for opens, closes in spans:
            parts += [(opens, min(closes, begin)), (max(opens, end), closes)]
        spans = [(opens, closes) for opens, closes in parts if opens < closes]
    return tuple(spans)
