"""Figures of a period, day by day."""

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
_KEPT = f"SELECT {_COLUMNS} FROM span_figure WHERE span = ? ORDER BY weekday, {days.PLACE}"
_MONTHS_OF_A_YEAR = 12


def keep(tx: Transaction, span: str) -> None:
    """Add a month up from its days, or a year from its months, and replace what was kept before."""
    tx.run("DELETE FROM span_figure WHERE span = ?", span)
    placeholders = "?, " * len(_COLUMNS.split(","))
    insert = f"INSERT INTO span_figure (span, {_COLUMNS}) VALUES ({placeholders}?)"
    for row in _added_up(tx, span):
        tx.run(insert, span, *row)
    origins.keep(tx, span)
    tx.add("figured_span", span=span)


def is_kept(tx: Transaction, period: Period) -> bool:
    return bool(tx.number("SELECT count(*) FROM figured_span WHERE span = ?", period.name))


def missing(tx: Transaction) -> tuple[str, ...]:
    """List the months and years that can be kept and are not yet; months first.

    A span can be kept when all its days are.
    """
    kept = set(tx.column("SELECT span FROM figured_span"))
    kept_days = tx.rows("SELECT substr(day, 1, 7), count(*) FROM figured_day GROUP BY 1 ORDER BY 1")
    months = [month for month, count in kept_days if count == parse_period(month).length]
    months_a_year = Counter(month[:4] for month in months)
    # A year of fewer months would look whole, and never be made again.
    years = [year for year, count in months_a_year.items() if count == _MONTHS_OF_A_YEAR]
    return tuple(span for span in (*months, *years) if span not in kept)


def untrue(read: Reader) -> Iterator[str]:
    """Yield the months and years whose kept figures are not those that their days or months make."""

    def look(tx: Transaction, span: KeyRange) -> tuple[str, ...]:
        names = tx.column(f"SELECT span FROM figured_span WHERE {span.condition}", *span.values)
        return tuple(name for name in names if not _is_true(tx, name))

    return chain.from_iterable(key_ranges.walk(read, "figured_span", look))


def _is_true(tx: Transaction, span: str) -> bool:
    return _added_up(tx, span) == tx.rows(_KEPT, span) and origins.is_true(tx, span)


def _added_up(tx: Transaction, span: str) -> list[tuple[str | int, ...]]:
    period = parse_period(span)
    first, last = period.iso_ends
    if period.span is Span.MONTH:
        return tx.rows(_SUM_OF_DAYS, first, last)
    return tx.rows(_SUM_OF_MONTHS, first[:7], last[:7])


Key = TypeVar("Key", str, tuple[str | int, ...])

# A field of `Only` that is None asks for nothing: the column is compared with itself.
_NARROWED = "".join(f" AND {name} = coalesce(?, {name})" for name in FigureFilter.__struct_fields__)
_OF_SPAN = f"SELECT span, {_COLUMNS} FROM span_figure WHERE span = ?{_NARROWED}"
_OF_DAYS = (
    f"SELECT day, {_COLUMNS} FROM figured_day JOIN day_figure USING (day)"
    f" WHERE day >= ? AND day <= ?{_NARROWED}"
)
_FIRST_TICKET, _FIRST_VISIT = "SELECT min(day) FROM ticket", "SELECT min(day) FROM visit"
# A row has the step (day, month or year), the day of the week, the place, and the figures.
_PLACE_ENDS = 2 + len(days.PLACE.split(","))
_HOUR = 2 + days.PLACE.split(", ").index("hour")
_VISITS = _PLACE_ENDS + days.COLUMNS.index("visits")
_DAYS_AT_ONCE = 10
_Row = tuple[str | int, ...]


class _Piece(msgspec.Struct, frozen=True):
    """The kept rows of some days, and the `missing` days whose figures are not kept.

    It is a struct, so that the garbage collector does not look through the rows.
    """

    rows: list[_Row]
    missing: tuple[str, ...] = ()


class _Sums:
    """Sums of figures as plain numbers, by the first day of a step and by place."""

    def __init__(self) -> None:
        self.steps: dict[str, list[int]] = {}
        self.places: dict[_Row, list[int]] = {}

    def add(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            numbers = cast("tuple[int, ...]", row[_PLACE_ENDS:])
            _add(self.steps, str(row[0]), numbers)
            _add(self.places, row[1:_PLACE_ENDS], numbers)

    def of_steps(self) -> dict[date, Figures]:
        return {_first(step): days.figures_of(self.steps[step]) for step in sorted(self.steps)}

    def of_places(self) -> tuple[WeekdayCell, ...]:
        return tuple(
            WeekdayCell(int(place[0]), days.cell_of((*place[1:], *self.places[place])))
            for place in sorted(self.places)
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
    return PeriodFigures(period=period, only=only, steps=sums.of_steps(), places=sums.of_places())


def visits_by_hour(read: Reader, period: Period, now: int, only: FigureFilter) -> dict[date, dict[int, int]]:
    """Return the visits of each day of a period until `now` (UTC ms), by the office's hour."""
    found = dict[date, dict[int, int]]()
    for rows in _rows_until(read, period, now, Span.DAY, only):
        for row in rows:
            by_hour, hour = found.setdefault(_first(str(row[0])), {}), int(row[_HOUR])
            by_hour[hour] = by_hour.get(hour, 0) + int(row[_VISITS])
    return found


def _rows_until(
    read: Reader, period: Period, now: int, step: Span, only: FigureFilter
) -> Iterator[list[_Row]]:
    """Yield the rows of those days of a period from which there can be any until `now` (UTC ms)."""
    first, today = read(partial(_first_and_today, now=now))
    first, last = max(period.first, first), min(period.last, today)
    if first <= last:
        yield from _pieces(read, days_between(first, last), step, only)


def _first_and_today(tx: Transaction, now: int) -> tuple[date, date]:
    """Return the first day of which there are rows, and today."""
    today = office_day(now, office.zone(tx))
    first = min(today, tx.value(_FIRST_TICKET) or today, tx.value(_FIRST_VISIT) or today)
    return date.fromisoformat(first), date.fromisoformat(today)


def _pieces(read: Reader, period: Period, step: Span, only: FigureFilter) -> Iterator[list[_Row]]:
    """Yield the rows of a period by years and months that are no longer than `step`, the rest by days."""
    at = period.first
    while at <= period.last:
        piece = _piece_from(at, period, step)
        yield from _of_piece(read, piece, only)
        at = piece.last + timedelta(1)


def _piece_from(at: date, period: Period, step: Span) -> Period:
    """Return the whole year or month that begins on that day and is not too long; else some of its days."""
    month = period_of(at, Span.MONTH)
    wholes = []
    if step is Span.YEAR:
        wholes.append(period_of(at, Span.YEAR))
    if step in (Span.YEAR, Span.MONTH):
        wholes.append(month)
    for whole in wholes:
        if whole.first == at and whole.last <= period.last:
            return whole
    return days_between(at, min(period.last, month.last, at + timedelta(_DAYS_AT_ONCE - 1)))


def _of_piece(read: Reader, piece: Period, only: FigureFilter) -> Iterator[list[_Row]]:
    if piece.span is not Span.RANGE:
        kept = read(partial(_of_span, span=piece, only=only))
        if kept is not None:
            yield kept.rows
        else:
            shorter = Span.MONTH if piece.span is Span.YEAR else Span.DAY
            yield from _pieces(read, piece, shorter, only)
        return
    found = read(partial(_of_days, first=piece.first.isoformat(), last=piece.last.isoformat(), only=only))
    yield found.rows
    for day in found.missing:
        weekday = date.fromisoformat(day).weekday()
        cells = read(partial(days.cells_from_rows, day=day))
        yield [(day, weekday, *days.row_of(cell)) for cell in cells if only.passes(cell.place)]


def _of_span(tx: Transaction, span: Period, only: FigureFilter) -> _Piece | None:
    """Return the kept rows of a month or year; None where it is not kept."""
    if not is_kept(tx, span):
        return None
    return _Piece(tx.rows(_OF_SPAN, span.name, *msgspec.structs.astuple(only)))


def _of_days(tx: Transaction, first: str, last: str, only: FigureFilter) -> _Piece:
    rows = tx.rows(_OF_DAYS, first, last, *msgspec.structs.astuple(only))
    return _Piece(rows, days.missing(tx, first, last))


def _add(sums: dict[Key, list[int]], key: Key, numbers: tuple[int, ...]) -> None:
    earlier = sums.get(key)
    sums[key] = list(numbers) if earlier is None else list(map(add, earlier, numbers))


def _first(step: str) -> date:
    """Return the first day of a day, month or year by its name."""
    return parse_period(step).first
