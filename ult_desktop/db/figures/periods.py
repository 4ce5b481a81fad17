"""The figures of a period, read from kept years, months and days, and from the rows of days not kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain
from operator import add
from typing import TypeVar, cast

import msgspec

from ult_desktop.core.figures.breakdown import NO_FILTER, FigureFilter, PeriodFigures, WeekdayCell
from ult_desktop.core.figures.figures import Figures
from ult_desktop.core.figures.period import Period, Span, days_between, parse_period, period_of
from ult_desktop.core.stamps import office_day
from ult_desktop.db.figures import days, origins
from ult_desktop.db.office import office
from ult_desktop.db.store import key_ranges
from ult_desktop.db.store.key_ranges import KeyRange, Reader
from ult_desktop.db.store.transaction import Transaction

_COLUMNS = f"weekday, {days.PLACE}, {', '.join(days.COLUMNS)}"
_SUMS = ", ".join(f"sum({column})" for column in days.COLUMNS)
_GROUPED = f"GROUP BY weekday, {days.PLACE} ORDER BY weekday, {days.PLACE}"
_ADD_UP = f"SELECT weekday, {days.PLACE}, {_SUMS}"
_SUM_OF_DAYS = f"{_ADD_UP} FROM day_figure WHERE day >= ? AND day <= ? {_GROUPED}"
_SUM_OF_MONTHS = f"{_ADD_UP} FROM span_figure WHERE span >= ? AND span <= ? {_GROUPED}"
_KEPT_SUMS = f"SELECT {_COLUMNS} FROM span_figure WHERE span = ? ORDER BY weekday, {days.PLACE}"
_MONTHS_OF_A_YEAR = 12


def keep(tx: Transaction, span: str) -> None:
    """Add a month up from its days, or a year from its months, and replace what was kept before."""
    tx.run("DELETE FROM span_figure WHERE span = ?", span)
    placeholders = "?, " * len(_COLUMNS.split(","))
    insert = f"INSERT INTO span_figure (span, {_COLUMNS}) VALUES ({placeholders}?)"
    for row in _add_up(tx, span):
        tx.run(insert, span, *row)
    origins.keep(tx, span)
    tx.add("figured_span", span=span)


def is_kept(tx: Transaction, period: Period) -> bool:
    return bool(tx.number("SELECT count(*) FROM figured_span WHERE span = ?", period.name))


def missing(tx: Transaction) -> tuple[str, ...]:
    """List the months and years that can be kept and are not yet; months first.

    A month or year can be kept when all its days are.
    """
    kept = set(tx.column("SELECT span FROM figured_span"))
    days_of_months = tx.rows("SELECT substr(day, 1, 7), count(*) FROM figured_day GROUP BY 1 ORDER BY 1")
    months = [month for month, count in days_of_months if count == parse_period(month).length]
    months_of_years = Counter(month[:4] for month in months)
    # A year of fewer months would look whole, and never be made again.
    years = [year for year, count in months_of_years.items() if count == _MONTHS_OF_A_YEAR]
    return tuple(span for span in (*months, *years) if span not in kept)


def untrue(read: Reader) -> Iterator[str]:
    """Yield the months and years whose kept figures are not those that their days or months make."""

    def look(tx: Transaction, span: KeyRange) -> tuple[str, ...]:
        names = tx.column(f"SELECT span FROM figured_span WHERE {span.condition}", *span.values)
        return tuple(
            name
            for name in names
            if _add_up(tx, name) != tx.rows(_KEPT_SUMS, name) or not origins.is_true(tx, name)
        )

    return chain.from_iterable(key_ranges.walk(read, "figured_span", look))


def _add_up(tx: Transaction, span: str) -> list[tuple[str | int, ...]]:
    """Add a month up from its kept days, or a year from its kept months, by weekday and place."""
    period = parse_period(span)
    first, last = period.iso_ends
    if period.span is Span.MONTH:
        return tx.rows(_SUM_OF_DAYS, first, last)
    return tx.rows(_SUM_OF_MONTHS, first[:7], last[:7])


Key = TypeVar("Key", str, tuple[str | int, ...])

# A field of the filter that is None filters nothing: the column is compared with itself.
_FILTERED = "".join(f" AND {name} = coalesce(?, {name})" for name in FigureFilter.__struct_fields__)
_ROWS_OF_SPAN = f"SELECT span, {_COLUMNS} FROM span_figure WHERE span = ?{_FILTERED}"
_ROWS_OF_DAYS = (
    f"SELECT day, {_COLUMNS} FROM figured_day JOIN day_figure USING (day)"
    f" WHERE day >= ? AND day <= ?{_FILTERED}"
)
_FIRST_TICKET_DAY, _FIRST_VISIT_DAY = "SELECT min(day) FROM ticket", "SELECT min(day) FROM visit"
_DAYS_AT_ONCE = 10  # in one transaction
# A row has the step (the name of a day, month or year), the weekday, the columns of `days.PLACE`, and those
# of `days.COLUMNS`; the constants are indexes in it.
_Row = tuple[str | int, ...]
_FIGURES_BEGIN = 2 + len(days.PLACE.split(","))
_HOUR = 2 + days.PLACE.split(", ").index("hour")
_VISITS = _FIGURES_BEGIN + days.COLUMNS.index("visits")


class _KeptRows(msgspec.Struct, frozen=True):
    """The kept rows of some days, and the `missing` days whose figures are not kept.

    It is a struct, so that the garbage collector does not look through the rows.
    """

    rows: list[_Row]
    missing: tuple[str, ...] = ()


class _Sums:
    """Sums of figures as plain numbers, by step, and by weekday and place."""

    def __init__(self) -> None:
        self._by_step: dict[str, list[int]] = {}
        self._by_place: dict[_Row, list[int]] = {}

    def add(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            numbers = cast("tuple[int, ...]", row[_FIGURES_BEGIN:])
            _add(self._by_step, str(row[0]), numbers)
            _add(self._by_place, row[1:_FIGURES_BEGIN], numbers)

    def by_first_day(self) -> dict[date, Figures]:
        """Return the figures of each step, by its first day."""
        return {_first_day(step): days.figures_of(self._by_step[step]) for step in sorted(self._by_step)}

    def cells(self) -> tuple[WeekdayCell, ...]:
        return tuple(
            WeekdayCell(int(weekday), days.cell_of((*place, *self._by_place[weekday, *place])))
            for weekday, *place in sorted(self._by_place)
        )


def of_period(
    read: Reader, period: Period, now: int, only: FigureFilter = NO_FILTER, step: Span = Span.DAY
) -> PeriodFigures:
    """Return the figures of a period until `now` (UTC ms).

    They are read in steps of a day, a month or a year (`step`), which are shorter at the period's ends.
    """
    sums = _Sums()
    for rows in _rows_until(read, period, now, step, only):
        sums.add(rows)
    return PeriodFigures(period=period, only=only, steps=sums.by_first_day(), places=sums.cells())


def visits_by_hour(read: Reader, period: Period, now: int, only: FigureFilter) -> dict[date, dict[int, int]]:
    """Return the visits of each day of a period until `now` (UTC ms), by the office's hour."""
    visits = dict[date, dict[int, int]]()
    for rows in _rows_until(read, period, now, Span.DAY, only):
        for row in rows:
            of_day, hour = visits.setdefault(_first_day(str(row[0])), {}), int(row[_HOUR])
            of_day[hour] = of_day.get(hour, 0) + int(row[_VISITS])
    return visits


def _rows_until(
    read: Reader, period: Period, now: int, step: Span, only: FigureFilter
) -> Iterator[list[_Row]]:
    """Yield the rows of those days of a period from which there can be any until `now` (UTC ms)."""

    def first_and_today(tx: Transaction) -> tuple[str, str]:
        """Return the first day of which there are rows, and today."""
        today = office_day(now, office.zone(tx))
        first_days = (tx.value(_FIRST_TICKET_DAY) or today, tx.value(_FIRST_VISIT_DAY) or today)
        return min(today, *first_days), today

    first, today = map(date.fromisoformat, read(first_and_today))
    first, last = max(period.first, first), min(period.last, today)
    if first <= last:
        yield from _read_rows(read, days_between(first, last), step, only)


def _read_rows(read: Reader, period: Period, step: Span, only: FigureFilter) -> Iterator[list[_Row]]:
    """Yield the rows of a period by years and months that are no longer than `step`, the rest by days."""
    day = period.first
    while day <= period.last:
        piece = _piece_from(day, period, step)
        yield from _read_piece(read, piece, only)
        day = piece.last + timedelta(1)


def _piece_from(day: date, period: Period, step: Span) -> Period:
    """Return the whole year or month that begins on `day` and is not longer than `step`; else some days."""
    month = period_of(day, Span.MONTH)
    wholes = []
    if step is Span.YEAR:
        wholes.append(period_of(day, Span.YEAR))
    if step in (Span.YEAR, Span.MONTH):
        wholes.append(month)
    for whole in wholes:
        if whole.first == day and whole.last <= period.last:
            return whole
    return days_between(day, min(period.last, month.last, day + timedelta(_DAYS_AT_ONCE - 1)))


def _read_piece(read: Reader, piece: Period, only: FigureFilter) -> Iterator[list[_Row]]:
    if piece.span is not Span.RANGE:
        kept_span = read(partial(_kept_span, span=piece, only=only))
        if kept_span is not None:
            yield kept_span.rows
        else:
            shorter = Span.MONTH if piece.span is Span.YEAR else Span.DAY
            yield from _read_rows(read, piece, shorter, only)
        return
    first, last = piece.iso_ends
    kept_days = read(partial(_kept_days, first=first, last=last, only=only))
    yield kept_days.rows
    for day in kept_days.missing:
        weekday = date.fromisoformat(day).weekday()
        cells = read(partial(days.cells_from_rows, day=day))
        yield [(day, weekday, *days.row_of(cell)) for cell in cells if only.passes(cell.place)]


def _kept_span(tx: Transaction, span: Period, only: FigureFilter) -> _KeptRows | None:
    """Return the kept rows of a month or year; None where it is not kept."""
    if not is_kept(tx, span):
        return None
    return _KeptRows(tx.rows(_ROWS_OF_SPAN, span.name, *msgspec.structs.astuple(only)))


def _kept_days(tx: Transaction, first: str, last: str, only: FigureFilter) -> _KeptRows:
    rows = tx.rows(_ROWS_OF_DAYS, first, last, *msgspec.structs.astuple(only))
    return _KeptRows(rows, days.missing(tx, first, last))


def _add(sums: dict[Key, list[int]], key: Key, numbers: tuple[int, ...]) -> None:
    former = sums.get(key)
    sums[key] = list(numbers) if former is None else list(map(add, former, numbers))


def _first_day(step: str) -> date:
    """Return the first day of a day, month or year by its name."""
    return parse_period(step).first
