"""The readable numbers of an office: every series counts from one in each year."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import msgspec

from ult_desktop.db.store.transaction import Transaction


class _Numbering(NamedTuple):
    """The table of a series, the form that people read, and the prefix of the columns `year` and `serial`."""

    table: str
    pattern: str
    prefix: str = ""


class YearlySeries(Enum):
    """A series of numbers. Online requests have one of their own, apart from the walk-ins."""

    CASE = _Numbering("casefile", "{serial:04d}/ULT/{year}")
    RECEIPT = _Numbering("delivery", "{serial:04d}/TT/{year}", prefix="receipt_")
    INFORMATION_REQUEST = _Numbering("information_request", "{serial:04d}/PPID/{year}")
    OBJECTION = _Numbering("objection", "{serial:04d}/KBR/{year}")
    ONLINE_REQUEST = _Numbering("online_request", "D-{serial:04d}/{year}")
    SUBJECT_REQUEST = _Numbering("subject_request", "{serial:04d}/SDP/{year}")
    BREACH = _Numbering("breach", "{serial:04d}/INS/{year}")


CASE_NUMBER = "coalesce((SELECT q.number FROM online_request q WHERE q.case_id = c.id), c.number)"
"""SQL: what people quote of the case `c`. For an online request it is its own number."""


class YearlyNumber(msgspec.Struct, frozen=True):
    """A number of a series, and how people read it."""

    year: int
    serial: int
    number: str


def next_numbers(tx: Transaction, series: YearlySeries, day: str, count: int = 1) -> tuple[YearlyNumber, ...]:
    """Return the numbers after the last one of the year in which `day` (ISO) lies."""
    table, pattern, prefix = series.value
    year = int(day[:4])
    first = 1 + tx.number(f"SELECT max({prefix}serial) FROM {table} WHERE {prefix}year = ?", year)
    serials = range(first, first + count)
    return tuple(YearlyNumber(year, serial, pattern.format(serial=serial, year=year)) for serial in serials)


def insert_numbered(tx: Transaction, series: YearlySeries, day: str, new: msgspec.Struct) -> tuple[int, str]:
    """Insert `new` under the series' next number; return its id and that number as people read it."""
    (number,) = next_numbers(tx, series, day)
    return tx.insert(series.value.table, new, number), number.number


def insert_each_numbered(
    tx: Transaction, series: YearlySeries, day: str, rows: Sequence[msgspec.Struct]
) -> range:
    """Insert rows of one kind under the series' next numbers, in their order; return their ids."""
    return tx.insert_each(series.value.table, rows, next_numbers(tx, series, day, len(rows)))
