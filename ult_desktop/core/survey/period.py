"""The periods in which offices tell their survey results: month, quarter (triwulan), year."""

import datetime
import re

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.i18n import WordEnum

_NAMED = re.compile(r"^(?P<year>\d{4})(-(?P<month>0[1-9]|1[0-2])|-[TQ](?P<quarter>[1-4]))?$")


class Span(WordEnum):
    """How long a period is."""

    MONTH = "month", "Bulan"
    QUARTER = "quarter", "Triwulan"
    YEAR = "year", "Tahun"


_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A month, quarter or year; `start` is its first month, 1 to 12."""

    span: Span
    year: int
    start: int

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.start, 1)

    @property
    def last(self) -> datetime.date:
        return self.moved(1).first - datetime.timedelta(days=1)

    def moved(self, steps: int) -> "Period":
        """So many periods on, or back."""
        months = self.year * 12 + self.start - 1 + steps * _MONTHS[self.span]
        return Period(span=self.span, year=months // 12, start=months % 12 + 1)


def period_of(day: datetime.date, span: Span) -> Period:
    """The period of that length in which the day lies."""
    length = _MONTHS[span]
    return Period(span=span, year=day.year, start=(day.month - 1) // length * length + 1)


def period_named(text: str) -> Period:
    """2026-11, 2026-T4 or 2026. Raises UserError for anything else."""
    found = _NAMED.match(text.strip().upper())
    if found is None or found["year"] == "0000":
        raise UserError(
            _("“{text}” bukan periode.").format(text=text),
            todo=_("Tulis bulan (2026-11), triwulan (2026-T4), atau tahun (2026)."),
        )
    year = int(found["year"])
    if found["month"]:
        return Period(span=Span.MONTH, year=year, start=int(found["month"]))
    if found["quarter"]:
        return Period(span=Span.QUARTER, year=year, start=int(found["quarter"]) * 3 - 2)
    return Period(span=Span.YEAR, year=year, start=1)
