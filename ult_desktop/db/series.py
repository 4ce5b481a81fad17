"""The readable numbers of an office: every series counts from one in each year."""

from enum import Enum
from typing import NamedTuple

import msgspec

from ult_desktop.db.store.transaction import Transaction


class YearlySeries(Enum):
    """A series of numbers: its table, the prefix of its two columns' names, and the form that people read.

    Online requests have a series of their own, apart from the walk-ins (capability 30).
    """

    CASE = "casefile", "", "{serial:04d}/ULT/{year}"
    RECEIPT = "delivery", "receipt_", "{serial:04d}/TT/{year}"
    INFORMATION_REQUEST = "information_request", "", "{serial:04d}/PPID/{year}"
    OBJECTION = "objection", "", "{serial:04d}/KBR/{year}"
    ONLINE_REQUEST = "online_request", "", "D-{serial:04d}/{year}"
    SUBJECT_REQUEST = "subject_request", "", "{serial:04d}/SDP/{year}"
    BREACH = "breach", "", "{serial:04d}/INS/{year}"


CASE_NUMBER = "coalesce((SELECT q.number FROM online_request q WHERE q.case_id = c.id), c.number)"
"""SQL: what people quote of the case `c`. For an online request it is its own number."""


class YearlyNumber(NamedTuple):
    """A number of a series."""

    year: int
    serial: int
    text: str


def next_number(tx: Transaction, series: YearlySeries, day: str) -> YearlyNumber:
    """Return the number after the last one of the year in which `day` (ISO) lies."""
    table, prefix, pattern = series.value
    year = int(day[:4])
    serial = 1 + tx.number(f"SELECT max({prefix}serial) FROM {table} WHERE {prefix}year = ?", year)
    return YearlyNumber(year, serial, pattern.format(serial=serial, year=year))


def insert_numbered(tx: Transaction, series: YearlySeries, day: str, new: msgspec.Struct) -> tuple[int, str]:
    """Insert `new` under the series' next number; return its id and that number as people read it."""
    year, serial, number = next_number(tx, series, day)
    return tx.insert(series.value[0], new, year=year, serial=serial, number=number), number
