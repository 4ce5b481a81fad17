"""Months and years of figures: the kept figures of their days, added up in SQL once they have ended.

A year at a busy office has sixty thousand cells of days, and two thousand of its own. A trigger deletes the
mark (`figured_span`) of month and year when the figures of one of their days are not true any more.
"""

from collections.abc import Iterator
from itertools import chain

from ult_desktop.core.figures.period import Period, Span, period_named
from ult_desktop.db.figures import days, origins
from ult_desktop.db.store import key_ranges
from ult_desktop.db.store.key_ranges import KeyRange, Reader
from ult_desktop.db.store.transaction import Transaction

_COLUMNS = f"weekday, {days.PLACE}, {', '.join(days.COLUMNS)}"
_SUMS = ", ".join(f"sum({column})" for column in days.COLUMNS)
_GROUPED = f"GROUP BY weekday, {days.PLACE} ORDER BY weekday, {days.PLACE}"
_ADD_UP = f"SELECT weekday, {days.PLACE}, {_SUMS}"
_ADDED = {
    Span.MONTH: f"{_ADD_UP} FROM day_figure WHERE day >= ? AND day <= ? {_GROUPED}",
    Span.YEAR: f"{_ADD_UP} FROM span_figure WHERE span >= ? AND span <= ? {_GROUPED}",
}
_KEPT = f"SELECT {_COLUMNS} FROM span_figure WHERE span = ? ORDER BY weekday, {days.PLACE}"
_MONTHS_OF_A_YEAR = 12


def keep(tx: Transaction, span: str) -> None:
    """Add a month up from its days, a year from its months, and replace what was kept before.

    The figures of days say nothing of origins: a month's origins are made from its rows.
    """
    tx.run("DELETE FROM span_figure WHERE span = ?", span)
    kind, *ends = _source(span)
    places = "?, " * len(_COLUMNS.split(","))
    insert = f"INSERT INTO span_figure (span, {_COLUMNS}) VALUES ({places}?)"
    for row in tx.rows(_ADDED[kind], *ends):
        tx.run(insert, span, *row)
    origins.keep(tx, span)
    tx.add("figured_span", span=span)


def _source(span: str) -> tuple[Span, str, str]:
    """Return what a span is added up from, and between which keys."""
    period = period_named(span)
    first, last = period.ends
    return (period.span, first, last) if period.span is Span.MONTH else (period.span, first[:7], last[:7])


def is_kept(tx: Transaction, period: Period) -> bool:
    return bool(tx.number("SELECT count(*) FROM figured_span WHERE span = ?", period.name))


def missing(tx: Transaction) -> tuple[str, ...]:
    """List the months and years that can be kept and are not yet; months first.

    A span can be kept when all its days are.
    """
    kept = set(tx.column("SELECT span FROM figured_span"))
    days_of = tx.rows("SELECT substr(day, 1, 7), count(*) FROM figured_day GROUP BY 1 ORDER BY 1")
    whole = [month for month, count in days_of if count == period_named(month).length]
    years = dict.fromkeys(month[:4] for month in whole)
    full = [year for year in years if sum(month[:4] == year for month in whole) == _MONTHS_OF_A_YEAR]
    return tuple(span for span in (*whole, *full) if span not in kept)


def untrue(read: Reader) -> Iterator[str]:
    """Yield the months and years that are not what they are made from."""

    def look(tx: Transaction, span: KeyRange) -> tuple[str, ...]:
        names = tx.column(f"SELECT span FROM figured_span WHERE {span.condition}", *span.values)
        return tuple(name for name in names if not _is_true(tx, name))

    return chain.from_iterable(key_ranges.walk(read, "figured_span", look))


def _is_true(tx: Transaction, span: str) -> bool:
    return _added(tx, span) == tx.rows(_KEPT, span) and origins.is_true(tx, span)


def _added(tx: Transaction, span: str) -> list[tuple[str | int, ...]]:
    kind, *ends = _source(span)
    return tx.rows(_ADDED[kind], *ends)
