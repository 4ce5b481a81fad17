"""The figures of a period, divided by day, hour, service, officer …; each division adds up to one whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from ult_desktop.base import WordEnum
from ult_desktop.core.figures.day import Cell, Where
from ult_desktop.core.figures.figures import Figures, total
from ult_desktop.core.figures.period import Period, Span, days_between, period_named, period_of


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


_BY_DATE = {
    Breakdown.DAY: Span.DAY,
    Breakdown.WEEK: Span.WEEK,
    Breakdown.MONTH: Span.MONTH,
    Breakdown.YEAR: Span.YEAR,
}
_GRAINS = {Breakdown.MONTH: Span.MONTH, Breakdown.YEAR: Span.YEAR}  # weeks have to be added up from days
# The field of `Where` by which the others divide.
_OF_PLACE = {
    Breakdown.HOUR: "hour",
    Breakdown.SERVICE: "service_id",
    Breakdown.COUNTER: "counter",
    Breakdown.OFFICER: "officer_id",
    Breakdown.CHANNEL: "channel",
}


class Only(msgspec.Struct, frozen=True, kw_only=True):
    """A filter of the figures; a field that is None lets everything through."""

    service_id: int | None = None
    counter: int | None = None
    officer_id: int | None = None
    channel: str | None = None

    def holds(self, where: Where) -> bool:
        """Return whether what is counted at this place passes the filter."""
        pairs = ((getattr(self, name), getattr(where, name)) for name in Only.__struct_fields__)
        return all(wanted is None or wanted == own for wanted, own in pairs)


ALL = Only()


class FigureSlice(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the figures that one number of a table counts: of the days of `period` what fits the rest.

    `weekday` (Monday is 0) and `hour` are None where they do not matter.
    """

    period: Period
    only: Only = ALL
    weekday: int | None = None
    hour: int | None = None

    def holds(self, weekday: int, where: Where) -> bool:
        """Return whether the slice counts this weekday (Monday is 0) and place."""
        of_time = self.weekday in (None, weekday) and self.hour in (None, where.hour)
        return of_time and self.only.holds(where)


def cut_of(period: Period, only: Only, by: Breakdown, key: str) -> FigureSlice:
    """Return the part of the figures that one row counts, in the table of a period that is divided `by`.

    `key` is the row's key, as in `PeriodFigures.by`.
    """
    whole = FigureSlice(period=period, only=only)
    if by in _BY_DATE:
        named = period_named(key)
        first, last = max(named.first, period.first), min(named.last, period.last)
        return replace(whole, period=days_between(first, last))
    if by is Breakdown.WEEKDAY:
        return replace(whole, weekday=int(key))
    if by is Breakdown.HOUR:
        return replace(whole, hour=int(key))
    value = key if by is Breakdown.CHANNEL else int(key)
    return replace(whole, only=replace(only, **{_OF_PLACE[by]: value}))


def grain_of(cuts: Iterable[Breakdown]) -> Span:
    """Return the longest steps of time that can be added up to all these divisions: years, months or days."""
    by_date = [cut for cut in _BY_DATE if cut in set(cuts)]  # the shortest first
    return _GRAINS.get(by_date[0], Span.DAY) if by_date else Span.YEAR


class WeekdayCell(msgspec.Struct, frozen=True):
    """The figures of one place of a weekday (Monday is 0), over all days of a period."""

    weekday: int
    cell: Cell


class PeriodFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a period that pass the filter `only`, divided twice: by steps of time, and by place.

    The keys of `steps` are their first days; a step is as long as was asked for (`grain_of`), or shorter.
    """

    period: Period
    only: Only
    steps: Mapping[date, Figures]
    places: tuple[WeekdayCell, ...]

    @property
    def whole(self) -> Figures:
        """The figures of the whole period."""
        return total(each.cell.figures for each in self.places)

    def by(self, cut: Breakdown) -> dict[str, Figures]:
        """Return the figures of each key, in order: a period's name, a number (Monday is 0), a channel."""
        if cut in _BY_DATE:
            return _gathered((period_of(day, _BY_DATE[cut]).name, each) for day, each in self.steps.items())
        if cut is Breakdown.WEEKDAY:
            return _gathered((each.weekday, each.cell.figures) for each in self.places)
        name = _OF_PLACE[cut]
        return _gathered((getattr(each.cell.where, name), each.cell.figures) for each in self.places)

    def by_weekday_and_hour(self) -> dict[tuple[int, int], Figures]:
        """Return the figures of each weekday (Monday is 0) and hour."""
        found = defaultdict[tuple[int, int], list[Figures]](list)
        for each in self.places:
            found[each.weekday, each.cell.where.hour].append(each.cell.figures)
        return {place: total(parts) for place, parts in sorted(found.items())}


def _gathered(parts: Iterable[tuple[str | int, Figures]]) -> dict[str, Figures]:
    """Return the sum of the figures of each key, with the keys as text, numbers in their numeric order."""
    found = defaultdict[str | int, list[Figures]](list)
    for key, figures in parts:
        found[key].append(figures)
    return {str(key): total(found[key]) for key in sorted(found, key=lambda key: (str(type(key)), key))}
