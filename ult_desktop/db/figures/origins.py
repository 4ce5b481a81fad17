"""The origins of visitors that the guest book names: how many came from each, and how long they waited.

Sums are kept for months and years that have ended, under the mark of their figures (`figured_span`). The rest
is read from the rows. The kept sums are deleted with the mark, so no sum holds what was erased from the rows.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Literal, NamedTuple, get_args

import msgspec

from ult_desktop.core.figures.day import DayTicket, group_by_ticket, wait_ms
from ult_desktop.core.figures.figures import BINS, NO_TIMES, Spread
from ult_desktop.core.figures.period import Period, Span, days_between, parse_period, period_of
from ult_desktop.db.figures import days
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction

OriginField = Literal["regency", "institution"]
FIELDS: tuple[OriginField, ...] = get_args(OriginField)
_NUMBERS = ("visits", "cases", "waits_count", "waits_ms", *(f"waits_{nth_bin}" for nth_bin in range(BINS)))
_COLUMNS = f"field, name, {', '.join(_NUMBERS)}"
_INSERT = f"INSERT INTO span_origin (span, {_COLUMNS}) VALUES ({', '.join('?' * (3 + len(_NUMBERS)))})"
_SUMS = ", ".join(f"sum({number})" for number in _NUMBERS)
_SUM_OF_MONTHS = (
    f"SELECT field, name, {_SUMS} FROM span_origin WHERE span >= ? AND span <= ?"
    " GROUP BY field, name ORDER BY field, name"
)
_KEPT_ROWS = f"SELECT {_COLUMNS} FROM span_origin WHERE span = ?"
_KEPT_SPANS = "SELECT span FROM figured_span WHERE span >= ? AND span <= ?"
_IN_PERIOD = "v.day >= ? AND v.day <= ?"
_DAYS_AT_ONCE = 10  # of a period that no kept sum covers, in one transaction
_Row = tuple[str | int, ...]  # `_COLUMNS`


class Origin(msgspec.Struct, frozen=True):
    """The visits from one origin, their cases, and the waits of visitors who came to a counter."""

    visits: int = 0
    cases: int = 0
    waits: Spread = NO_TIMES


class _CalledTicket(DayTicket, frozen=True, kw_only=True):
    """A ticket whose visitor came to a counter: the guest book's origins, and when the number was called."""

    regency: str
    institution: str
    called_at: int


def of_period(read: Reader, period: Period, field: OriginField, *, with_waits: bool) -> dict[str, Origin]:
    """Return the origins by name. Each piece is read in a transaction of its own (docs/store.md, rule 5)."""
    bounds = read(partial(_bounds, period=period))
    if bounds is None:
        return {}
    parts = defaultdict[str, list[Origin]](list)
    for piece in _pieces(bounds):
        if piece.name in bounds.kept_spans:
            look = partial(_from_kept, period=piece, field=field)
        else:
            look = partial(_from_rows, period=piece, field=field, with_waits=with_waits)
        for name, origin in read(look).items():
            parts[name].append(origin)
    return {
        name: Origin(
            visits=sum(origin.visits for origin in origins),
            cases=sum(origin.cases for origin in origins),
            waits=Spread.sum(origin.waits for origin in origins),
        )
        for name, origins in parts.items()
    }


class _Bounds(NamedTuple):
    """The days of a period that can have rows, and the names of its kept months and years."""

    first: date
    last: date
    kept_spans: frozenset[str]


def _bounds(tx: Transaction, period: Period) -> _Bounds | None:
    """Return the bounds of a period; None where no day of it can have rows."""
    # Each in a SELECT of its own: SQLite takes the first or the last entry of an index for one of them alone.
    # https://www.sqlite.org/optoverview.html#minmax
    first_day, last_day = tx.row("SELECT (SELECT min(day) FROM visit), (SELECT max(day) FROM visit)")
    if first_day is None:
        return None
    first = max(period.first, date.fromisoformat(first_day))
    last = min(period.last, date.fromisoformat(last_day))
    if first > last:
        return None
    return _Bounds(first, last, frozenset(tx.column(_KEPT_SPANS, period.iso_ends[0][:4], period.iso_ends[1])))


def _pieces(bounds: _Bounds) -> Iterator[Period]:
    """Yield the kept years and months within the bounds, and the rest some days at a time."""
    day = bounds.first
    while day <= bounds.last:
        month = period_of(day, Span.MONTH)
        piece = days_between(day, min(bounds.last, month.last, day + timedelta(_DAYS_AT_ONCE - 1)))
        for whole in (month, period_of(day, Span.YEAR)):  # the year last, because it is the larger piece
            if whole.name in bounds.kept_spans and whole.first == day and whole.last <= bounds.last:
                piece = whole
        yield piece
        day = piece.last + timedelta(1)


def _from_kept(tx: Transaction, period: Period, field: OriginField) -> dict[str, Origin]:
    origins = dict[str, Origin]()
    for _field, name, *numbers in tx.rows(f"{_KEPT_ROWS} AND field = ?", period.name, field):
        visits, cases, count, total_ms, *bins = numbers
        origins[name] = Origin(visits, cases, Spread(count, total_ms, tuple(bins)))
    return origins


def _from_rows(tx: Transaction, period: Period, field: OriginField, *, with_waits: bool) -> dict[str, Origin]:
    waits = _waits(tx, period) if with_waits else {}
    return {
        name: Origin(visits, cases, waits.get((field, name), NO_TIMES))
        for name, visits, cases in _count_rows(tx, period, field)
    }


def _count_rows(tx: Transaction, period: Period, field: OriginField) -> list[tuple[str, int, int]]:
    """List (origin, visits, cases)."""
    return tx.rows(
        f"SELECT g.{field}, count(*), count(c.id) FROM visit v JOIN guest g ON g.visit_id = v.id"
        f" LEFT JOIN casefile c ON c.visit_id = v.id WHERE {_IN_PERIOD} AND g.{field} <> ''"
        f" GROUP BY g.{field} ORDER BY g.{field}",
        *period.iso_ends,
    )


def _waits(tx: Transaction, period: Period) -> dict[tuple[str, str], Spread]:
    """Return the waits of the visitors who came to a counter, by field and name of the origin."""
    called_tickets = tx.all(
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
    waits = defaultdict[tuple[str, str], list[int]](list)
    for ticket in called_tickets:
        waited = wait_ms(ticket, ticket.called_at, holds.get(ticket.id, ()))
        waits["regency", ticket.regency].append(waited)
        waits["institution", ticket.institution].append(waited)
    return {origin: Spread.of(durations) for origin, durations in waits.items()}


def keep(tx: Transaction, span: str) -> None:
    """Replace the kept sums of a span: a month's are made from its rows, a year's from its months."""
    tx.run("DELETE FROM span_origin WHERE span = ?", span)
    for row in _rows_from_source(tx, span):
        tx.run(_INSERT, span, *row)


def is_true(tx: Transaction, span: str) -> bool:
    """Return whether the kept sums of a month or year are those that its source makes."""
    return sorted(_rows_from_source(tx, span)) == sorted(tx.rows(_KEPT_ROWS, span))


def _rows_from_source(tx: Transaction, span: str) -> list[_Row]:
    """Make the sums of a month from its visits, those of a year from its months."""
    period = parse_period(span)
    if period.span is Span.YEAR:
        return tx.rows(_SUM_OF_MONTHS, period.iso_ends[0][:7], period.iso_ends[1][:7])
    waits = _waits(tx, period)
    rows = list[_Row]()
    for field in FIELDS:
        for name, visits, cases in _count_rows(tx, period, field):
            spread = waits.get((field, name), NO_TIMES)
            rows.append((field, name, visits, cases, spread.count, spread.total_ms, *spread.bins))
    return rows
