"""Next week's visitors: the range keeps what it promises, and says nothing without a past."""

import math
import random
from datetime import date, time, timedelta
from statistics import fmean

import pytest

from ult_desktop.core.queue.boards import OpeningDay
from ult_desktop.core.staffing.forecast import ENOUGH_DAYS, DayCounts, forecast, kept_ranges, kept_share

MONDAY = date(2026, 1, 5)
SPANS = ((time(8), time(12)), (time(13), time(15, 30)))
HOURS = (8, 9, 10, 11, 13, 14, 15)
_BUSY = {0: 1.4, 1: 1.1, 2: 0.9, 3: 0.9, 4: 0.7}
_RUSH = {8: 0.8, 9: 1.6, 10: 1.5, 11: 1.0, 13: 0.8, 14: 0.8, 15: 0.5}


def poisson(mean: float, chance: random.Random) -> int:
    count, left = 0, chance.random()
    limit = math.exp(-mean)
    while left > limit:
        left *= chance.random()
        count += 1
    return count


def office(weeks: int, mean: float, seed: int, rise: float = 0.0) -> list[DayCounts]:
    """Each day is busier or quieter than its weekday by chance; the mean rises by a share each week."""
    chance, days = random.Random(seed), []
    for week in range(weeks):
        for weekday in range(5):
            whole = mean * (1 + rise) ** week * _BUSY[weekday] * chance.gammavariate(20, 1 / 20)
            hours = {hour: poisson(whole * _RUSH[hour], chance) for hour in HOURS}
            days.append(DayCounts(day=MONDAY + timedelta(7 * week + weekday), hours=hours))
    return days


def week_after(past: list[DayCounts], closed: str = "") -> list[OpeningDay]:
    monday = past[-1].day + timedelta(7 - past[-1].day.weekday())
    days = [OpeningDay(monday + timedelta(n), SPANS) for n in range(5)]
    return [OpeningDay(monday, (), closed), *days[1:]] if closed else days


@pytest.mark.parametrize(
    ("mean", "rise"), [(1.0, 0.0), (3.0, 0.0), pytest.param(8.0, 0.01, marks=pytest.mark.slow), (8.0, -0.01)]
)
def test_four_of_five_ranges_are_kept(mean: float, rise: float) -> None:
    shares = [kept_share(office(40, mean, seed, rise)) for seed in range(4)]
    kept = fmean(share for share in shares if share is not None)
    assert len(shares) == 4
    assert 0.75 <= kept <= 0.85, kept


def test_a_range_is_about_as_wide_as_chance_makes_it() -> None:
    for told, _count in kept_ranges(office(30, 6.0, 1)):
        assert told.low <= told.expected + 1
        assert told.high >= told.expected - 1
        assert told.high - told.low < 4 * math.sqrt(told.expected) + 4


def test_busy_weekdays_and_hours_are_foretold_busier() -> None:
    past = office(20, 6.0, 3)
    found = forecast(past, week_after(past))
    assert found.lacks == ""
    monday, friday = found.days[0], found.days[4]
    assert monday.whole is not None
    assert friday.whole is not None
    assert monday.whole.expected > 1.5 * friday.whole.expected
    assert tuple(monday.hours) == HOURS
    assert monday.hours[9].expected > 1.5 * monday.hours[15].expected
    assert found.kept == kept_share(past)


def test_nothing_is_foretold_of_few_days_and_of_a_holiday() -> None:
    past = office(20, 6.0, 3)
    few = forecast(past[:9], week_after(past))
    assert few.lacks == f"Baru 9 hari kerja tercatat; perkiraan perlu {ENOUGH_DAYS}."
    assert [(day.whole, day.hours) for day in few.days] == [(None, {})] * 5
    assert forecast([], week_after(past)).known == 0
    closed, *others = forecast(past, week_after(past, "Hari Raya Natal")).days
    assert (closed.closed, closed.whole, closed.hours) == ("Hari Raya Natal", None, {})
    assert all(each.whole for each in others)
    assert forecast(past[:ENOUGH_DAYS], week_after(past)).lacks == ""
    assert kept_share(past[:ENOUGH_DAYS]) is None
