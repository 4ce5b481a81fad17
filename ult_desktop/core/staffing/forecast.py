"""The forecast of how many visitors come in the next week, from the office's own past alone.

Each weekday and hour is expected to be as busy as it was lately, the latest weeks counting most. The width of
the range follows from how far the same forecast was off in the weeks before: no distribution is assumed.
Misses are measured by the square roots of the numbers, so that those of quiet and busy hours are comparable.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

import msgspec

from ult_desktop.base import counted
from ult_desktop.core.queue.boards import OpeningDay

ENOUGH_DAYS = 15  # the fewest working days from which a forecast is made
LATEST_DAYS = 60  # working days that a forecast looks back
_LEAST_DAYS = 5  # working days that must come before a week whose misses count
_HALF_LIFE = 20  # working days after which a day counts half
_COMMON = 1.0  # the weight of the mean of all weekdays, in days, beside a weekday's own days
_ENOUGH_HOURS = 40  # the fewest past hours from which the share of kept ranges is told
_TAIL = 0.1  # the share of the days above the range, and below it
_ROOT = 3 / 8  # Anscombe: the root of a count plus this has nearly the same spread, however large it is


class DayCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The number of visitors of a past working day, by the hour (0-23) in which they came."""

    day: date
    hours: Mapping[int, int]

    @property
    def whole(self) -> int:
        return sum(self.hours.values())


class CountRange(msgspec.Struct, frozen=True, kw_only=True):
    """A forecast number of visitors: `low` to `high` in four cases of five, `expected` on average."""

    low: int
    high: int
    expected: float

    def holds(self, count: int) -> bool:
        """Return whether the real number was within the range."""
        return self.low <= count <= self.high


class DayForecast(msgspec.Struct, frozen=True, kw_only=True):
    """The forecast of a day. `closed` is why the office is closed, "" if it is not; nobody comes then.

    `whole` is the range of the day, None if it is closed or too little is known; `hours` those of its hours.
    """

    day: date
    closed: str = ""
    whole: CountRange | None = None
    hours: dict[int, CountRange] = {}


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The forecast of a week. With too few `known` past working days its days have no numbers.

    `kept` is the share of past hours that were within the range forecast before their week; None: too few.
    """

    known: int
    days: tuple[DayForecast, ...]
    kept: float | None = None

    @property
    def lacks(self) -> str:
        """The reason why there are no numbers, "" if there are."""
        if self.known >= ENOUGH_DAYS:
            return ""
        return counted(
            "Baru {n} hari kerja tercatat; perkiraan perlu {least}.", self.known, least=ENOUGH_DAYS
        )


def forecast(past: Sequence[DayCounts], week: Iterable[OpeningDay]) -> Forecast:
    """Forecast the days of a week, from past working days in their order."""
    latest = past[-LATEST_DAYS:]
    if len(latest) < ENOUGH_DAYS:
        return Forecast(known=len(latest), days=tuple(_unsaid(day) for day in week))
    habits, misses = _Habits(latest), _Misses(latest)
    return Forecast(
        known=len(latest), days=tuple(_day(each, habits, misses) for each in week), kept=kept_share(past)
    )


def _unsaid(day: OpeningDay) -> DayForecast:
    return DayForecast(day=day.date, closed=day.holiday)


def _day(day: OpeningDay, habits: "_Habits", misses: "_Misses") -> DayForecast:
    if not day.spans:
        return _unsaid(day)
    weekday = day.date.weekday()
    hours = hours_of(day)
    return DayForecast(
        day=day.date,
        whole=misses.of_days.range_of(habits.whole(weekday)),
        hours={hour: misses.of_hours.range_of(habits.at(weekday, hour)) for hour in hours},
    )


def hours_of(day: OpeningDay) -> tuple[int, ...]:
    """Return the hours of the clock in which the office gives numbers."""
    ends = ((opens.hour, closes.hour + (closes.minute > 0)) for opens, closes in day.spans)
    return tuple(sorted({hour for begin, end in ends for hour in range(begin, end)}))


class _Habits:
    """The expected number of visitors of each weekday, and of each of its hours."""

    def __init__(self, past: Sequence[DayCounts]) -> None:
        self._weights, self._sums, self._every = (defaultdict[int, float](float) for _each in range(3))
        self._hours = defaultdict[tuple[int, int], float](float)
        for age, each in enumerate(reversed(past)):
            weight, weekday = 0.5 ** (age / _HALF_LIFE), each.day.weekday()
            self._weights[weekday] += weight
            self._sums[weekday] += weight * each.whole
            for hour, count in each.hours.items():
                self._hours[weekday, hour] += weight * count
                self._every[hour] += weight * count
        self._total = sum(self._sums.values())
        self._mean = self._total / sum(self._weights.values())

    def whole(self, weekday: int) -> float:
        """Return how many come on a weekday (Monday is 0)."""
        own = self._sums[weekday] + _COMMON * self._mean
        return own / (self._weights[weekday] + _COMMON)

    def at(self, weekday: int, hour: int) -> float:
        """Return how many come in an hour: by the weekday's own share of that hour, and by all weekdays'."""
        if not self._total:
            return 0.0
        common = _COMMON * self._mean
        own = self._hours[weekday, hour] + common * self._every[hour] / self._total
        return self.whole(weekday) * own / (self._sums[weekday] + common)


class _Missed(msgspec.Struct, frozen=True):
    """The misses between which four of five forecasts were, as differences of roots (see `_root`)."""

    low: float
    high: float

    @classmethod
    def of(cls, roots: Iterable[float]) -> "_Missed":
        ordered = sorted(roots)
        count = len(ordered) + 1
        low, high = math.floor(count * _TAIL) - 1, math.ceil(count * (1 - _TAIL)) - 1
        return cls(ordered[max(0, low)], ordered[min(len(ordered) - 1, high)])

    def range_of(self, expected: float) -> CountRange:
        root = _root(expected)
        low = math.ceil(max(0.0, root + self.low) ** 2 - _ROOT)
        high = math.floor(max(0.0, root + self.high) ** 2 - _ROOT)
        middle = round(expected)
        return CountRange(low=max(0, min(low, middle)), high=max(high, middle, 0), expected=expected)


def _root(count: float) -> float:
    return math.sqrt(count + _ROOT)


class _Misses:
    """The misses of the forecasts of past days and hours, each made before its week began."""

    def __init__(self, past: Sequence[DayCounts]) -> None:
        of_days, of_hours = list[float](), list[float]()
        for before, week in _by_week(past, _LEAST_DAYS):
            habits = _Habits(before)
            for each in week:
                weekday = each.day.weekday()
                of_days.append(_root(each.whole) - _root(habits.whole(weekday)))
                of_hours += [
                    _root(count) - _root(habits.at(weekday, hour)) for hour, count in each.hours.items()
                ]
        self.of_days, self.of_hours = _Missed.of(of_days), _Missed.of(of_hours)


def _by_week(past: Sequence[DayCounts], least: int) -> Iterator[tuple[Sequence[DayCounts], list[DayCounts]]]:
    """Yield each past week with the days before it, if these are at least `least`."""
    for _monday, days in groupby(enumerate(past), key=lambda each: each[1].day.isocalendar()[:2]):
        week = list(days)
        if (first := week[0][0]) >= least:
            yield past[max(0, first - LATEST_DAYS) : first], [day for _place, day in week]


def kept_ranges(past: Sequence[DayCounts]) -> Iterator[tuple[CountRange, int]]:
    """Yield for each hour of the past weeks the range forecast before its week, and how many came."""
    for before, week in _by_week(past, ENOUGH_DAYS):
        habits, misses = _Habits(before), _Misses(before)
        for each in week:
            for hour, count in each.hours.items():
                yield misses.of_hours.range_of(habits.at(each.day.weekday(), hour)), count


def kept_share(past: Sequence[DayCounts]) -> float | None:
    """Return the share of past hours that were within their forecast range; None with too few hours."""
    kept = [told.holds(count) for told, count in kept_ranges(past)]
    return sum(kept) / len(kept) if len(kept) >= _ENOUGH_HOURS else None
