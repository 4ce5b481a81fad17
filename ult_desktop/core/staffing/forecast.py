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
from typing import NamedTuple

import msgspec

from ult_desktop.base import counted
from ult_desktop.core.queue.boards import OpeningDay

ENOUGH_DAYS = 15  # the fewest working days from which a forecast is made
LATEST_DAYS = 60  # working days that a forecast looks back
_LEAST_DAYS = 5  # working days that must come before a week whose misses count
_HALF_LIFE = 20  # working days after which a day counts half
_COMMON_WEIGHT = 1.0  # the weight of the mean of all weekdays, in days, next to a weekday's own days
_ENOUGH_HOURS = 40  # the fewest past hours from which `Forecast.kept` is computed
_TAIL = 0.1  # the share of the days above the range, and below it
# Anscombe 1948: the square root of a count plus this has nearly the same spread, however large the count is.
_ANSCOMBE = 3 / 8


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

    def contains(self, count: int) -> bool:
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
    """The forecast of a week. `known` is the number of past working days; with too few there are no ranges.

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
    days = [DayForecast(day=day.date, closed=day.holiday) for day in week]
    if len(latest) < ENOUGH_DAYS:
        return Forecast(known=len(latest), days=tuple(days))
    habits, misses = _Habits(latest), _Misses(latest)
    return Forecast(
        known=len(latest),
        days=tuple(_day_forecast(day, habits, misses) for day in week),
        kept=kept_share(past),
    )


def _day_forecast(day: OpeningDay, habits: "_Habits", misses: "_Misses") -> DayForecast:
    if not day.spans:
        return DayForecast(day=day.date, closed=day.holiday)
    weekday = day.date.weekday()
    return DayForecast(
        day=day.date,
        whole=misses.of_days.range_around(habits.visitors_on(weekday)),
        hours={
            hour: misses.of_hours.range_around(habits.visitors_at(weekday, hour)) for hour in hours_of(day)
        },
    )


def hours_of(day: OpeningDay) -> tuple[int, ...]:
    """Return the hours of the clock in which the office gives numbers."""
    ends = ((opens.hour, closes.hour + (closes.minute > 0)) for opens, closes in day.spans)
    return tuple(sorted({hour for begin, end in ends for hour in range(begin, end)}))


class _Habits:
    """The expected number of visitors of each weekday, and of each of its hours."""

    def __init__(self, past: Sequence[DayCounts]) -> None:
        # Weighted sums: of days and of visitors by weekday, of visitors by weekday and hour, and by hour.
        self._days = defaultdict[int, float](float)
        self._visitors = defaultdict[int, float](float)
        self._hourly = defaultdict[tuple[int, int], float](float)
        self._hourly_all = defaultdict[int, float](float)
        for age, day in enumerate(reversed(past)):
            weight, weekday = 0.5 ** (age / _HALF_LIFE), day.day.weekday()
            self._days[weekday] += weight
            self._visitors[weekday] += weight * day.whole
            for hour, count in day.hours.items():
                self._hourly[weekday, hour] += weight * count
                self._hourly_all[hour] += weight * count
        self._total = sum(self._visitors.values())
        # The visitors of a mean day, which count like one more day of each weekday.
        self._common = _COMMON_WEIGHT * self._total / sum(self._days.values())

    def visitors_on(self, weekday: int) -> float:
        """Return how many come on a weekday (Monday is 0)."""
        return (self._visitors[weekday] + self._common) / (self._days[weekday] + _COMMON_WEIGHT)

    def visitors_at(self, weekday: int, hour: int) -> float:
        """Return how many come in an hour: by the weekday's own share of that hour, and by all weekdays'."""
        if not self._total:
            return 0.0
        in_hour = self._hourly[weekday, hour] + self._common * self._hourly_all[hour] / self._total
        return self.visitors_on(weekday) * in_hour / (self._visitors[weekday] + self._common)


class _MissRange(msgspec.Struct, frozen=True):
    """The misses between which four of five forecasts were, as differences of roots (see `_root`)."""

    low: float
    high: float

    @classmethod
    def of(cls, misses: Iterable[float]) -> "_MissRange":
        """Return the range with a tenth of the misses, and of the next one, beyond each of its ends."""
        ordered = sorted(misses)
        count = len(ordered) + 1
        low, high = math.floor(count * _TAIL) - 1, math.ceil(count * (1 - _TAIL)) - 1
        return cls(ordered[max(0, low)], ordered[min(len(ordered) - 1, high)])

    def range_around(self, expected: float) -> CountRange:
        root = _root(expected)
        low = math.ceil(max(0.0, root + self.low) ** 2 - _ANSCOMBE)
        high = math.floor(max(0.0, root + self.high) ** 2 - _ANSCOMBE)
        middle = round(expected)
        return CountRange(low=max(0, min(low, middle)), high=max(high, middle, 0), expected=expected)


def _root(count: float) -> float:
    return math.sqrt(count + _ANSCOMBE)


class _Misses:
    """The misses of the forecasts of past days and hours, each made before its week began."""

    def __init__(self, past: Sequence[DayCounts]) -> None:
        of_days, of_hours = list[float](), list[float]()
        for week in _past_weeks(past, _LEAST_DAYS):
            habits = _Habits(week.before)
            for day in week.days:
                weekday = day.day.weekday()
                of_days.append(_root(day.whole) - _root(habits.visitors_on(weekday)))
                of_hours += [
                    _root(count) - _root(habits.visitors_at(weekday, hour))
                    for hour, count in day.hours.items()
                ]
        self.of_days, self.of_hours = _MissRange.of(of_days), _MissRange.of(of_hours)


class _PastWeek(NamedTuple):
    """The working days of a past week, and the latest days `before` it, from which it is forecast."""

    before: Sequence[DayCounts]
    days: Sequence[DayCounts]


def _past_weeks(past: Sequence[DayCounts], least: int) -> Iterator[_PastWeek]:
    """Yield each past week that has at least `least` working days before it."""
    first = 0
    for _week, group in groupby(past, key=lambda day: day.day.isocalendar()[:2]):
        days = list(group)
        if first >= least:
            yield _PastWeek(past[max(0, first - LATEST_DAYS) : first], days)
        first += len(days)


def kept_ranges(past: Sequence[DayCounts]) -> Iterator[tuple[CountRange, int]]:
    """Yield for each hour of the past weeks the range forecast before its week, and how many came."""
    for week in _past_weeks(past, ENOUGH_DAYS):
        habits, misses = _Habits(week.before), _Misses(week.before)
        for day in week.days:
            for hour, count in day.hours.items():
                yield misses.of_hours.range_around(habits.visitors_at(day.day.weekday(), hour)), count


def kept_share(past: Sequence[DayCounts]) -> float | None:
    """Return the share of past hours that were within their forecast range; None with too few hours."""
    were_kept = [forecast_range.contains(count) for forecast_range, count in kept_ranges(past)]
    return sum(were_kept) / len(were_kept) if len(were_kept) >= _ENOUGH_HOURS else None
