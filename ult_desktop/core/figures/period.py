"""The periods for which offices report their figures; each is whole days of the office's own."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from ult_desktop.base import UserError, WordEnum, _, formats

_NAMED = re.compile(
    r"^(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-[TQ](?P<quarter>[1-4])|-W(?P<week>\d\d))?$"
)
_RANGE = "--"


class Span(WordEnum):
    """The length of a period; a range is as long as somebody wants."""

    DAY = "day", "Hari"
    WEEK = "week", "Minggu"
    MONTH = "month", "Bulan"
    QUARTER = "quarter", "Triwulan"
    YEAR = "year", "Tahun"
    RANGE = "range", "Rentang"


_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}
_FORMS = {
    Span.DAY: "2026-11-23",
    Span.WEEK: "2026-W48",
    Span.MONTH: "2026-11",
    Span.QUARTER: "2026-T4",
    Span.YEAR: "2026",
    Span.RANGE: "2026-11-01--2026-11-15",
}


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """The days from `first` to `last`, both included."""

    span: Span
    first: date
    last: date

    @property
    def length(self) -> int:
        """The length in days."""
        return (self.last - self.first).days + 1

    @property
    def iso_ends(self) -> tuple[str, str]:
        """First and last day in ISO, as the store has them."""
        return self.first.isoformat(), self.last.isoformat()

    def by_year(self) -> tuple["Period", ...]:
        """Return the period in parts that each lie in one year."""
        return self._split(Span.YEAR)

    def by_month(self) -> tuple["Period", ...]:
        """Return the period in parts that each lie in one month."""
        return self._split(Span.MONTH)

    def _split(self, span: Span) -> tuple["Period", ...]:
        later_months = range(_month_number(self.first) + 1, _month_number(self.last) + 1)
        firsts = [self.first, *(_first_day(month) for month in later_months if month % _MONTHS[span] == 0)]
        lasts = [*(first - timedelta(1) for first in firsts[1:]), self.last]
        return tuple(
            Period(span=Span.RANGE, first=first, last=last) for first, last in zip(firsts, lasts, strict=True)
        )

    def moved(self, steps: int) -> "Period":
        """Return the period that is `steps` periods of this length later (earlier if negative).

        Beyond the years that a date can have, the answer is this period.
        """
        try:
            if self.span in _MONTHS:
                return _period_from_month(self.span, _month_number(self.first) + steps * _MONTHS[self.span])
            days = timedelta(self.length) * steps
            return Period(span=self.span, first=self.first + days, last=self.last + days)
        except (ValueError, OverflowError):
            return self

    @property
    def words(self) -> str:
        """The period as people say it: "minggu 2–8 November 2026", "Triwulan IV Tahun 2026"."""
        if self.span is Span.QUARTER:
            quarter = ("I", "II", "III", "IV")[self.first.month // 3]
            return _("Triwulan {n} Tahun {year}").format(n=quarter, year=self.first.year)
        days = formats.format_days(self.first, self.last)
        return _("minggu {days}").format(days=days) if self.span is Span.WEEK else days

    @property
    def name(self) -> str:
        """The name for files and records, as `parse_period` reads it: "2026-11", "2026-T4"."""
        first, last = self.iso_ends
        if self.span is Span.WEEK:
            year, week, _weekday = self.first.isocalendar()
            return f"{year}-W{week:02}"
        if self.span is Span.QUARTER:
            return f"{first[:4]}-T{self.first.month // 3 + 1}"
        return {Span.DAY: first, Span.MONTH: first[:7], Span.YEAR: first[:4]}.get(
            self.span, f"{first}{_RANGE}{last}"
        )


def _period_from_month(span: Span, month: int) -> Period:
    """Return the month, quarter or year that begins with this month, counted from the year 0."""
    return Period(span=span, first=_first_day(month), last=_first_day(month + _MONTHS[span]) - timedelta(1))


def _month_number(day: date) -> int:
    """Return the number of the month of `day`, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    """Return the first day of a month, counted from the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def period_of(day: date, span: Span) -> Period:
    """Return the period of that length in which the day lies; a range is the day alone."""
    if span in _MONTHS:
        length = _MONTHS[span]
        return _period_from_month(span, day.year * 12 + (day.month - 1) // length * length)
    if span is Span.WEEK:
        monday = day - timedelta(day.weekday())
        return Period(span=span, first=monday, last=monday + timedelta(6))
    return Period(span=span, first=day, last=day)


def days_between(first: date, last: date) -> Period:
    """Return the range of days. Raises UserError when the last day lies before the first."""
    if last < first:
        raise UserError(
            _("Hari terakhir mendahului hari pertama."),
            _("Tidak ada yang berubah."),
            _("Pilih hari terakhir yang sama atau sesudahnya."),
        )
    return Period(span=Span.RANGE, first=first, last=last)


def year_until(day: date) -> Period:
    """Return the 365 days that end with that day."""
    return days_between(day - timedelta(364), day)


def so_far_words(period: Period, today: date) -> tuple[str, ...]:
    """Return the note that the period is not over yet; () when it is, and for a period of one day."""
    if period.length == 1 or today > period.last:
        return ()
    day = formats.format_date(today, "long")
    note = _("{period} belum berakhir: angkanya sampai {day}.").format(period=period.words, day=day)
    return (formats.capitalised(note),)


def parse_period(text: str, spans: Sequence[Span] = tuple(Span)) -> Period:
    """Read a period by its name, as in `Period.name`.

    Raises:
        UserError: it is no such name, or the period is none of `spans`.
    """
    line = text.strip().upper()
    period: Period | None
    try:
        if _RANGE in line:
            first, last = line.split(_RANGE)
            period = days_between(date.fromisoformat(first), date.fromisoformat(last))
        else:
            period = _parse_single(line)
    except (ValueError, OverflowError):
        period = None
    if period is None or period.span not in spans:
        forms = ", ".join(f"{span.word.lower()} ({_FORMS[span]})" for span in spans)
        raise UserError(
            _("“{text}” bukan periode.").format(text=text),
            _("Tidak ada yang berubah."),
            _("Tulis {forms}.").format(forms=forms),
        )
    return period


def _parse_single(line: str) -> Period | None:
    """Read the name of a period that is no range; None for another text.

    Raises ValueError or OverflowError for a day, week, month or year that the calendar does not have.
    """
    match = _NAMED.match(line)
    if match is None:
        return None
    year = int(match["year"])
    if match["week"]:
        return period_of(date.fromisocalendar(year, int(match["week"]), 1), Span.WEEK)
    if match["day"]:
        return period_of(date.fromisoformat(line), Span.DAY)
    if match["month"]:
        return period_of(date(year, int(match["month"]), 1), Span.MONTH)
    if match["quarter"]:
        return period_of(date(year, int(match["quarter"]) * 3 - 2, 1), Span.QUARTER)
    return period_of(date(year, 1, 1), Span.YEAR)
