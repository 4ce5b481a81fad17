"""Days, weeks, months, quarters and years, and their neighbours."""

from datetime import date

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.core.figures.period import Span, days_between, parse_period, period_of


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, date(2026, 11, 23), date(2026, 11, 23)),
        (Span.WEEK, date(2026, 11, 23), date(2026, 11, 29)),
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Span.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(span: Span, first: date, last: date) -> None:
    period = period_of(date(2026, 11, 23), span)
    assert (period.first, period.last) == (first, last)
    assert (period.moved(1).first - last).days == 1
    assert period.moved(-1).moved(1) == period
    assert parse_period(period.name) == period


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2026-11-23", "23 November 2026"),
        ("2026-W48", "minggu 23–29 November 2026"),
        ("2026-11", "November 2026"),
        ("2026-q4", "Triwulan IV Tahun 2026"),
        ("2026-T1", "Triwulan I Tahun 2026"),
        ("2026", "2026"),
        ("2026-W45", "minggu 2–8 November 2026"),
        ("2026-W49", "minggu 30 November – 6 Desember 2026"),
        ("2026-12-28--2027-01-03", "28 Desember 2026 – 3 Januari 2027"),
        ("2026-11-01--2026-11-30", "November 2026"),
        ("2026-01-01--2026-12-31", "2026"),
        ("2026-11-01--2026-11-15", "1–15 November 2026"),
    ],
)
def test_a_period_by_its_name(name: str, words: str) -> None:
    period = parse_period(name)
    assert period.words == words
    assert parse_period(period.name) == period


def test_the_first_week_of_a_year_may_begin_before_it() -> None:
    assert parse_period("2026-W01").first == date(2025, 12, 29)


def test_a_period_at_the_end_of_the_calendar_has_no_next() -> None:
    last = period_of(date(9998, 12, 31), Span.YEAR)
    assert last.moved(1) == last
    week = period_of(date(1, 1, 1), Span.WEEK)
    assert week.moved(-1) == week


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-13", "2026-T5", "november", "0000", "9999", "9999-W52", "2026-W54", "2026-02-30"),
        *("2026--", "1--2--3"),
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="bukan periode"):
        parse_period(text)


def test_what_is_asked_for_in_months_is_not_told_in_days() -> None:
    with pytest.raises(UserError, match="bukan periode") as refusal:
        parse_period("2026-11-23", (Span.MONTH, Span.YEAR))
    assert refusal.value.todo == "Tulis bulan (2026-11), tahun (2026)."


def test_a_range_begins_before_it_ends() -> None:
    assert days_between(date(2026, 1, 1), date(2026, 1, 1)).moved(1).first == date(2026, 1, 2)
    with pytest.raises(UserError, match="mendahului"):
        days_between(date(2026, 1, 2), date(2026, 1, 1))


def test_a_range_is_cut_where_months_and_years_end() -> None:
    first, last = date(2025, 12, 30), date(2027, 1, 2)
    years = days_between(first, last).by_year()
    assert [each.iso_ends for each in years] == [
        ("2025-12-30", "2025-12-31"), ("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-01-02"),
    ]  # fmt: skip
    months = days_between(first, last).by_month()
    assert (len(months), months[0].iso_ends, months[-1].iso_ends) == (
        14,
        years[0].iso_ends,
        years[-1].iso_ends,
    )
    assert sum(each.length for each in months) == days_between(first, last).length


def test_a_range_until_the_end_of_the_calendar_is_cut_too() -> None:
    end = days_between(date(9999, 11, 30), date.max)
    assert [each.iso_ends for each in end.by_month()] == [("9999-11-30",) * 2, ("9999-12-01", "9999-12-31")]
    assert [each.iso_ends for each in end.by_year()] == [end.iso_ends]
