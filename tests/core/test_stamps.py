"""Stamps are UTC; the day is the office's own."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from ult_desktop.core.stamps import months_on, office_day, to_datetime, to_stamp

ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
NEW_YEARS_EVE_1630 = to_stamp(datetime(2026, 12, 31, 16, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "day"), list(zip(ZONES, ["2026-12-31"] * 2 + ["2027-01-01"] * 2, strict=True))
)
def test_midnight_comes_earlier_in_the_east(zone: str, day: str) -> None:
    assert office_day(NEW_YEARS_EVE_1630, ZoneInfo(zone)) == day


@given(st.integers(0, 4_102_444_800_000), st.sampled_from(ZONES))
def test_the_day_is_that_of_the_wall_clock(stamp: int, zone: str) -> None:
    assert office_day(stamp, ZoneInfo(zone)) == to_datetime(stamp, ZoneInfo(zone)).date().isoformat()


@given(st.integers(0, 4_102_444_800_000), st.sampled_from(ZONES))
def test_there_and_back(stamp: int, zone: str) -> None:
    assert abs(to_stamp(to_datetime(stamp, ZoneInfo(zone))) - stamp) <= 1


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 1, 5), -1, date(2025, 12, 5)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
    ],
)
def test_months_on_and_back(day: date, months: int, then: date) -> None:
    assert months_on(day, months) == then
