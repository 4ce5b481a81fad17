"""The origins of visitors that the guest book names: how many came from each, and how long they waited.

Sums are kept for months and years that have ended, under the mark of their figures (`figured_span`). The rest
is read from the rows. The kept sums are deleted with the mark, so no sum holds what was erased from the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Literal, get_args

import msgspec

from ult_desktop.core.figures.day import DayTicket, group_by_ticket, wait_ms
from ult_desktop.core.figures.figures import BINS, NO_TIMES, Spread
from ult_desktop.core.figures.period import Period, Span, days_between, parse_period, period_of
from ult_desktop.db.figures import days
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction

OriginField = Literal["regency", "institution"]
FIELDS: tuple[OriginField, ...] = get_args(OriginField)
_NUMBERS = ("visits", "cases", "waits_count", "waits_ms", *(f"waits_{place}" for place in range(BINS)))
_COLUMNS = f"field, name, {', '.join(_NUMBERS)}"
_ADD = f"INSERT INTO span_origin (span, {_COLUMNS}) VALUES ({', '.join('?' * (3 + len(_NUMBERS)))})"
_SUMS = ", ".join(f"sum({number})" for number in _NUMBERS)
_OF_MONTHS = (
    f"SELECT field, name, {_SUMS} FROM span_origin WHERE span >= ? AND span <= ?"
    " GROUP BY field, name ORDER BY field, name"
)
_OF_SPAN = f"SELECT {_COLUMNS} FROM span_origin WHERE span = ?"
_SPANS = "SELECT span FROM figured_span WHERE span >= ? AND span <= ?"
_IN_PERIOD = "v.day >= ? AND v.day <= ?"
_DAYS_AT_ONCE = 10  # of a period that no kept sum covers, in one transaction
_Row = tuple[str | int, ...]


class Origin(msgspec.Struct, frozen=True):
    """The visits from one origin, their cases, and the waits of visitors who came to a counter."""

    visits: int = 0
    cases: int = 0
    waits: Spread = NO_TIMES


class _CalledTicket(DayTicket, frozen=True, kw_only=True):
    """A number whose visitor came to a counter: the guest book's origins, and when the number was called."""

    regency: str
    institution: str
    called_at: int


def of_period(read: Reader, period: Period, field: OriginField, *, with_waits: bool) -> dict[str, Origin]:
    """Return the origins by name. Each piece is read in a transaction of its own (docs/store.md, rule 5)."""
    found = defaultdict[str, list[Origin]](list)
    first, last, kept = read(partial(_bounds, period=period))
    if first > last:
        return {}
    for piece in _pieces(days_between(first, last), kept):
        look = _kept if piece.name in kept else partial(_from_rows, with_waits=with_waits)
        for name, origin in read(partial(look, period=piece, field=field)).items():
            found[name].append(origin)
    return {name: _sum(parts) for name, parts in found.items()}


def _bounds(tx: Transaction, period: Period) -> tuple[date, date, frozenset[str]]:
    """Return the first and last day of the period that can have rows, and its kept months and years.

    Where no day can have rows, the first day is after the last.
    """
    first, last = tx.value("SELECT min(day) FROM visit"), tx.value("SELECT max(day) FROM visit")
    kept = frozenset(tx.column(_SPANS, period.iso_ends[0][:4], period.iso_ends[1]))
    if first is None:
        return date.max, date.min, kept
    return max(period.first, date.fromisoformat(first)), min(period.last, date.fromisoformat(last)), kept


def _pieces(period: Period, kept: frozenset[str]) -> Iterator[Period]:
    """Yield the kept years and months within the period, and the rest some days at a time."""
    at = period.first
    while at <= period.last:
        month = period_of(at, Span.MONTH)
        piece = days_between(at, min(period.last, month.last, at + timedelta(_DAYS_AT_ONCE - 1)))
        for whole in (month, period_of(at, Span.YEAR)):  # the year last, because it is the larger piece
            if whole.name in kept and whole.first == at and whole.last <= period.last:
                piece = whole
        yield piece
        at = piece.last + timedelta(1)


def _sum(parts: list[Origin]) -> Origin:
    visits, cases = sum(each.visits for each in parts), sum(each.cases for each in parts)
    return Origin(visits, cases, Spread.sum(each.waits for each in parts))


def _kept(tx: Transaction, period: Period, field: OriginField) -> dict[str, Origin]:
    return {str(row[1]): _origin_of(row) for row in tx.rows(f"{_OF_SPAN} AND field = ?", period.name, field)}


def _origin_of(row: _Row) -> Origin:
    visits, cases, count, total_ms, *bins = map(int, row[2:])
    return Origin(visits, cases, Spread(count, total_ms, tuple(bins)))


def _from_rows(tx: Transaction, period: Period, field: OriginField, *, with_waits: bool) -> dict[str, Origin]:
    waits = _waits(tx, period) if with_waits else {}
    return {
        name: Origin(visits, cases, waits.get((field, name), NO_TIMES))
        for name, visits, cases in _counted(tx, period, field)
    }


def _counted(tx: Transaction, period: Period, field: OriginField) -> list[tuple[str, int, int]]:
    return tx.rows(
        f"SELECT g.{field}, count(*), count(c.id) FROM visit v JOIN guest g ON g.visit_id = v.id"
        f" LEFT JOIN casefile c ON c.visit_id = v.id WHERE {_IN_PERIOD} AND g.{field} <> ''"
        f" GROUP BY g.{field} ORDER BY g.{field}",
        *period.iso_ends,
    )


def _waits(tx: Transaction, period: Period) -> dict[tuple[str, str], Spread]:
    called = tx.all(
        _CalledTicket,
        "SELECT t.id, t.service_id, t.state, t.place, t.issued_at, t.queued_at, v.vulnerable,"
        " g.regency, g.institution, (SELECT u.called_at FROM turn u WHERE u.ticket_id = t.id"
        " AND u.arrived_at IS NOT NULL ORDER BY u.id LIMIT 1) AS called_at"
        " FROM visit v JOIN guest g ON g.visit_id = v.id JOIN ticket t ON t.id = v.ticket_id"
        f" WHERE {_IN_PERIOD} AND EXISTS"
        " (SELECT 1 FROM turn u WHERE u.ticket_id = t.id AND u.arrived_at IS NOT NULL)",
        *period.iso_ends,
    )
    holds = group_by_ticket(days.holds_between(tx, *period.iso_ends))
    waits = defaultdict[tuple[str, str], list[int]](list)  # by field and name
    for ticket in called:
        waited = wait_ms(ticket, ticket.called_at, holds.get(ticket.id, ()))
        waits["regency", ticket.regency].append(waited)
        waits["institution", ticket.institution].append(waited)
    return {origin: Spread.of(spans) for origin, spans in waits.items()}


def keep(tx: Transaction, span: str) -> None:
    """Replace the kept sums of a span: a month's are made from its rows, a year's from its months."""
    tx.run("DELETE FROM span_origin WHERE span = ?", span)
    for row in _made_from_source(tx, span):
        tx.run(_ADD, span, *row)


def is_true(tx: Transaction, span: str) -> bool:
    """Return whether the kept sums of a month or year are those that its source makes."""
    return sorted(_made_from_source(tx, span)) == sorted(tx.rows(_OF_SPAN, span))


def _made_from_source(tx: Transaction, span: str) -> Iterable[_Row]:
    period = parse_period(span)
    if period.span is Span.YEAR:
        return tx.rows(_OF_MONTHS, period.iso_ends[0][:7], period.iso_ends[1][:7])
    waits = _waits(tx, period)
    rows = list[_Row]()
    for field in FIELDS:
        for name, visits, cases in _counted(tx, period, field):
            spread = waits.get((field, name), NO_TIMES)
            rows.append((field, name, visits, cases, spread.count, spread.total_ms, *spread.bins))
    return rows
