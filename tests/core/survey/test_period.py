"""Months, quarters and years, and their neighbours."""

from datetime import date

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.core.survey.period import Span, period_named, period_of


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Span.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(span: Span, first: date, last: date) -> None:
    period = period_of(date(2026, 11, 23), span)
    assert (period.first, period.last) == (first, last)
    assert period.moved(1).first > last
    assert period.moved(-1).moved(1) == period


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2026-t4", date(2026, 10, 1)),
        ("2026-Q1", date(2026, 1, 1)),
        ("2026", date(2026, 1, 1)),
    ],
)
def test_a_period_by_its_name(text: str, first: date) -> None:
    assert period_named(text).first == first


@pytest.mark.parametrize("text", ["", "2026-13", "2026-T5", "november", "0000"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="bukan periode"):
        period_named(text)
