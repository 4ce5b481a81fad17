"""Dates and times as people type them."""

from datetime import date, time

import pytest

from ult_desktop.ui.kit.forms.date_fields import read_date, read_time

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21-11-2026", date(2026, 11, 21)),
        ("21/11", date(2026, 11, 21)),
        ("5", date(2026, 11, 5)),
        ("2026-11-21", date(2026, 11, 21)),
        ("21 Nov 2026", date(2026, 11, 21)),
        ("1 Agustus", date(2026, 8, 1)),
        ("3 May 27", date(2027, 5, 3)),
        ("211126", date(2026, 11, 21)),
        ("21112026", date(2026, 11, 21)),
        ("21.11.26", date(2026, 11, 21)),
        ("Besok", date(2026, 11, 24)),
        ("hari  ini", TODAY),
        ("lusa", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 22)),
    ],
)
def test_days(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "nanti", "31-02", "1-2-3-4", "0", "12 Foo", "99999", "1-13"])
def test_no_days(typed: str) -> None:
    assert read_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9.30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
    ],
)
def test_times(typed: str, moment: time) -> None:
    assert read_time(typed) == moment


@pytest.mark.parametrize("typed", ["", "25", "9.60", "1.2.3", "pagi"])
def test_no_times(typed: str) -> None:
    assert read_time(typed) is None
