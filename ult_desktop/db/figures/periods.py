"""The figures of a period: what is kept of its days, and the rest from their rows.

Days whose figures are not kept are read one by one: a year of them in one transaction would keep everybody
who writes waiting (docs/store.md, rule 5).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import NamedTuple

from ult_desktop.core.figures.breakdown import ALL, Only, PeriodFigures, WeekdayCell
from ult_desktop.core.figures.day import Cell, Where
from ult_desktop.core.figures.figures import Figures, total
from ult_desktop.core.figures.period import Period
from ult_desktop.core.stamps import office_day
from ult_desktop.db.figures import days
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction

_PLACE = ", ".join(Where.__struct_fields__)
_SUMS = ", ".join(f"sum({column})" for column in days.COLUMNS)
_KEPT = " FROM day_figure WHERE day >= ? AND day <= ? AND day IN (SELECT day FROM figured_day)" + "".join(
    f" AND (? IS NULL OR {name} = ?)" for name in Only.__struct_fields__
)


class _Kept(NamedTuple):
    """What is kept of a period, and the days that are missing there."""

    days: list[tuple[date, Figures]]
    places: list[WeekdayCell]
    missing: tuple[str, ...]


def of_period(read: Reader, period: Period, now: int, only: Only = ALL) -> PeriodFigures:
    """As far as the period has come; `now` UTC ms."""
    found = read(lambda tx: _kept(tx, period, now, only))
    live = [
        (date.fromisoformat(day), cell)
        for day in found.missing
        for cell in read(partial(days.made, day=day))
        if only.holds(cell)
    ]
    return PeriodFigures(
        period=period,
        only=only,
        days=_added((*found.days, *((day, cell.figures) for day, cell in live))),
        places=_merged((*found.places, *(WeekdayCell(day.weekday(), cell) for day, cell in live))),
    )


def _kept(tx: Transaction, period: Period, now: int, only: Only) -> _Kept:
    today = office_day(now, office.zone(tx))
    first, last = period.first.isoformat(), min(period.last.isoformat(), today)
    asked = [each for name in Only.__struct_fields__ for each in [getattr(only, name)] * 2]
    by_day = tx.rows(f"SELECT day, {_SUMS}{_KEPT} GROUP BY day", first, last, *asked)
    places = f"SELECT weekday, {_PLACE}, {_SUMS}{_KEPT} GROUP BY weekday, {_PLACE}"
    by_place = tx.rows(places, first, last, *asked)
    return _Kept(
        days=[(date.fromisoformat(row[0]), days.figures_of(row[1:])) for row in by_day],
        places=[WeekdayCell(row[0], days.cell_of(row[1:])) for row in by_place],
        missing=days.missing(tx, first, last),
    )


def _added(parts: Iterable[tuple[date, Figures]]) -> dict[date, Figures]:
    found = defaultdict[date, list[Figures]](list)
    for day, figures in parts:
        found[day].append(figures)
    return {day: total(found[day]) for day in sorted(found)}


def _merged(parts: Iterable[WeekdayCell]) -> tuple[WeekdayCell, ...]:
    found = defaultdict[tuple[int, Where], list[Figures]](list)
    for each in parts:
        found[each.weekday, each.cell.where].append(each.cell.figures)
    return tuple(WeekdayCell(key[0], Cell(key[1], total(found[key]))) for key in sorted(found))
