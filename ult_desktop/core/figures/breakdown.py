"""The figures of a period, divided by day, hour, service, officer …; each division adds up to one whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from ult_desktop.base import WordEnum
from ult_desktop.core.figures.day import Cell, FigurePlace
from ult_desktop.core.figures.figures import Figures, sum_figures
from ult_desktop.core.figures.period import Period, Span, days_between, parse_period, period_of


class Breakdown(WordEnum):
    """The divisions of a period's figures: what a row of the table counts."""

    DAY = "day", "Hari"
    WEEK = "week", "Minggu"
    MONTH = "month", "Bulan"
    YEAR = "year", "Tahun"
    WEEKDAY = "weekday", "Hari dalam minggu"
    HOUR = "hour", "Jam"
    SERVICE = "service", "Layanan"
    COUNTER = "counter", "Loket"
    OFFICER = "officer", "Petugas"
    CHANNEL = "channel", "Saluran"


# The divisions by steps of time, the shortest first.
_BY_DATE = {
    Breakdown.DAY: Span.DAY,
    Breakdown.WEEK: Span.WEEK,
    Breakdown.MONTH: Span.MONTH,
    Breakdown.YEAR: Span.YEAR,
}
# The field of `FigurePlace` by which a division divides that is neither by date nor by weekday.
_PLACE_FIELDS = {
    Breakdown.HOUR: "hour",
    Breakdown.SERVICE: "service_id",
    Breakdown.COUNTER: "counter",
    Breakdown.OFFICER: "officer_id",
    Breakdown.CHANNEL: "channel",
}


class FigureFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A filter of the figures; a field that is None lets everything through."""

    service_id: int | None = None
    counter: int | None = None
    officer_id: int | None = None
    channel: str | None = None

    def passes(self, place: FigurePlace) -> bool:
        """Return whether figures of this place pass the filter."""
        return all(
            getattr(self, name) in (None, getattr(place, name)) for name in FigureFilter.__struct_fields__
        )


NO_FILTER = FigureFilter()


class FigureSlice(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the figures that one number of a table counts: those of a period that pass a filter.

    `weekday` (Monday is 0) and `hour` are None where they do not matter.
    """

    period: Period
    only: FigureFilter = NO_FILTER
    weekday: int | None = None
    hour: int | None = None

    def includes(self, weekday: int, place: FigurePlace) -> bool:
        """Return whether the slice counts this weekday (Monday is 0) and place."""
        fits_time = self.weekday in (None, weekday) and self.hour in (None, place.hour)
        return fits_time and self.only.passes(place)


def slice_of_row(period: Period, only: FigureFilter, breakdown: Breakdown, key: str) -> FigureSlice:
    """Return the part of the figures that one row counts, in the table of a period by this division.

    `key` is the row's key, as in `PeriodFigures.divided_by`.
    """
    of_period = FigureSlice(period=period, only=only)
    if breakdown in _BY_DATE:
        row_period = parse_period(key)
        first, last = max(row_period.first, period.first), min(row_period.last, period.last)
        return replace(of_period, period=days_between(first, last))
    if breakdown is Breakdown.WEEKDAY:
        return replace(of_period, weekday=int(key))
    if breakdown is Breakdown.HOUR:
        return replace(of_period, hour=int(key))
    value = key if breakdown is Breakdown.CHANNEL else int(key)
    return replace(of_period, only=replace(only, **{_PLACE_FIELDS[breakdown]: value}))


def longest_step(breakdowns: Iterable[Breakdown]) -> Span:
    """Return the longest step of time whose figures can be added up to all these divisions.

    It is a year, a month or a day; a week is added up from days, for a month ends within it.
    """
    shortest = next((by_date for by_date in _BY_DATE if by_date in set(breakdowns)), Breakdown.YEAR)
    return _BY_DATE[shortest] if shortest in (Breakdown.MONTH, Breakdown.YEAR) else Span.DAY


class WeekdayCell(msgspec.Struct, frozen=True):
    """The figures of one place of a weekday (Monday is 0), over all days of a period."""

    weekday: int
    cell: Cell


class PeriodFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a period that pass the filter `only`, divided twice: by steps of time, and by place.

    The keys of `steps` are their first days; a step is as long as the reader asked for (see `longest_step`),
    or shorter at the ends of the period.
    """

    period: Period
    only: FigureFilter
    steps: Mapping[date, Figures]
    places: tuple[WeekdayCell, ...]

    @property
    def whole(self) -> Figures:
        """The figures of the whole period."""
        return sum_figures(place.cell.figures for place in self.places)

    def divided_by(self, breakdown: Breakdown) -> dict[str, Figures]:
        """Return the figures of each key, in order: a period's name, a number (Monday is 0), a channel."""
        if breakdown in _BY_DATE:
            span = _BY_DATE[breakdown]
            return _sum_by_key((period_of(day, span).name, figures) for day, figures in self.steps.items())
        if breakdown is Breakdown.WEEKDAY:
            return _sum_by_key((place.weekday, place.cell.figures) for place in self.places)
        field = _PLACE_FIELDS[breakdown]
        return _sum_by_key((getattr(place.cell.place, field), place.cell.figures) for place in self.places)

    def by_weekday_and_hour(self) -> dict[tuple[int, int], Figures]:
        """Return the figures of each weekday (Monday is 0) and hour."""
        parts = defaultdict[tuple[int, int], list[Figures]](list)
        for place in self.places:
            parts[place.weekday, place.cell.place.hour].append(place.cell.figures)
        return {time: sum_figures(figures) for time, figures in sorted(parts.items())}


def _sum_by_key(parts: Iterable[tuple[str | int, Figures]]) -> dict[str, Figures]:
    """Return the sum of the figures of each key, with the keys as text, numbers in their numeric order."""
    by_key = defaultdict[str | int, list[Figures]](list)
    for key, figures in parts:
        by_key[key].append(figures)
    ordered = sorted(by_key, key=lambda key: (str(type(key)), key))
    return {str(key): sum_figures(by_key[key]) for key in ordered}
