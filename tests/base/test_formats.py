"""Formats of the office in both languages (domain rules: dot between hour and minute, zones, Jumat)."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel import dates, numbers
from hypothesis import given, strategies as st

from ult_desktop.base import i18n
from ult_desktop.base.formats import (
    Style,
    format_clock,
    format_date,
    format_fixed,
    format_number,
    format_stopwatch,
    format_time,
    format_wait,
    greeting,
    weekday_name,
    zone_name,
)

DAY = date(2026, 11, 20)
CLDR: dict[Style, str] = {
    "full": "EEEE, d MMMM y",
    "long": "d MMMM y",
    "medium": "EEE, d MMM",
    "short": "dd/MM/y",
    "month": "MMMM y",
}


@pytest.mark.parametrize("style", list(CLDR))
@pytest.mark.parametrize("code", i18n.languages())
def test_every_day_of_a_year_is_written_as_cldr_writes_it(style: Style, code: str) -> None:
    i18n.use_language(code)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    assert [format_date(day, style) for day in days] == [
        dates.format_date(day, CLDR[style], locale=code) for day in days
    ]
    assert [weekday_name(day.weekday()) for day in days] == [
        dates.format_date(day, "EEEE", locale=code) for day in days
    ]


@given(
    number=st.decimals(-(10**12), 10**12, places=6) | st.floats(-1e12, 1e12) | st.integers(-(10**15), 10**15),
    digits=st.integers(0, 6),
    code=st.sampled_from(i18n.languages()),
)
def test_every_number_is_written_as_cldr_writes_it(number: float | Decimal, digits: int, code: str) -> None:
    i18n.use_language(code)
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    assert format_number(number, digits) == numbers.format_decimal(number, format=pattern, locale=code)


@pytest.mark.parametrize(
    ("style", "local", "english"),
    [
        ("full", "Jumat, 20 November 2026", "Friday, 20 November 2026"),
        ("long", "20 November 2026", "20 November 2026"),
        ("medium", "Jum, 20 Nov", "Fri, 20 Nov"),
        ("short", "20/11/2026", "20/11/2026"),
    ],
)
def test_dates(style: Style, local: str, english: str) -> None:
    assert format_date(DAY, style) == local
    i18n.use_language("en")
    assert format_date(DAY, style) == english


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "08.41 WIB"),
        ("Asia/Makassar", "09.41 WITA"),
        ("Asia/Jayapura", "10.41 WIT"),
        ("UTC", "01.41 UTC"),
    ],
)
def test_the_clock_names_its_zone(zone: str, shown: str) -> None:
    moment = datetime(2026, 11, 21, 1, 41, tzinfo=ZoneInfo("UTC"))
    assert format_clock(moment.astimezone(ZoneInfo(zone))) == shown


@pytest.mark.parametrize(
    ("hours", "windows", "shown"),
    [
        (7, "SE Asia Standard Time", "WIB"),
        (9, "Waktu Standar Tokyo", "WIT"),
        (0, "Greenwich Standard Time", "+00"),
    ],
)
def test_a_zone_that_windows_names_in_a_sentence(hours: int, windows: str, shown: str) -> None:
    assert zone_name(datetime(2026, 11, 21, tzinfo=timezone(timedelta(hours=hours), windows))) == shown


def test_a_clock_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        zone_name(datetime(2026, 11, 21, 1, 41))


def test_the_mark_between_hour_and_minute() -> None:
    assert format_time(time(8, 5)) == "08.05"
    i18n.use_language("en")
    assert format_time(time(8, 5)) == "08:05"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0, 10, "hingga 10 menit"),
        (10, 20, "10–20 menit"),
        (60, 120, "60–120 menit"),
        (90, 150, "1,5–2,5 jam"),
        (0, 180, "hingga 3 jam"),
    ],
)
def test_expected_waits(low: int, high: int, shown: str) -> None:
    assert format_wait(low, high) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(-3, "00:00"), (59.9, "00:59"), (252, "04:12"), (3852, "1:04:12")]
)
def test_time_gone_by(seconds: float, shown: str) -> None:
    assert format_stopwatch(seconds) == shown


@pytest.mark.parametrize(
    ("number", "digits", "local", "english"),
    [
        (1234, 2, "1.234", "1,234"),
        (83.891, 2, "83,89", "83.89"),
        (Decimal("83.5"), 2, "83,5", "83.5"),
        (12.6, 0, "13", "13"),
    ],
)
def test_numbers(number: float, digits: int, local: str, english: str) -> None:
    assert format_number(number, digits) == local
    i18n.use_language("en")
    assert format_number(number, digits) == english


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (18, "malam")]
)
def test_greetings_by_the_hour(hour: int, words: str) -> None:
    assert greeting(time(hour)) == f"Selamat {words}"


def test_an_office_may_part_the_day_otherwise() -> None:
    starts = (time(4), time(10, 30), time(15), time(18))
    assert [greeting(at, starts) for at in (time(3, 59), time(10, 29), time(10, 30))] == [
        "Selamat malam",
        "Selamat pagi",
        "Selamat siang",
    ]


def test_the_days_of_the_week() -> None:
    assert [weekday_name(day) for day in (0, 4, 6)] == ["Senin", "Jumat", "Minggu"]
    i18n.use_language("en")
    assert weekday_name(0) == "Monday"


@pytest.mark.parametrize(("code", "text"), [("id", "85,00"), ("en", "85.00")])
def test_an_index_always_has_its_decimals(code: str, text: str) -> None:
    i18n.use_language(code)
    assert format_fixed(Decimal(85)) == text


def test_one_number_is_rounded_in_one_way() -> None:
    """Half a last digit goes to the even one, whatever the number is in binary."""
    for number in (0.285, 0.275, 2.675):
        assert format_fixed(number) == format_number(number)
