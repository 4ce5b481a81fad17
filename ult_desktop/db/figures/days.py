"""A day's rows, and the figures that are made of them when the day has ended.

Kept figures (`day_figure`) count only while the day has its mark, a row of `figured_day`. When a row of the
day changes, a trigger deletes the mark, and the figures are made again.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.core.figures.day import (
    Cell,
    DayCall,
    DayRows,
    DayTicket,
    DayVisit,
    FigurePlace,
    HeldTime,
    cells_of,
)
from ult_desktop.core.figures.figures import BINS, COUNTS, SPREADS, Figures, Spread
from ult_desktop.core.stamps import QUARTER_MS, office_day, to_datetime
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.office import office
from ult_desktop.db.store import events, key_ranges
from ult_desktop.db.store.key_ranges import KeyRange, Reader
from ult_desktop.db.store.transaction import Transaction

_SPREAD_PARTS = ("count", "ms", *range(BINS))
COLUMNS = (*COUNTS, *(f"{name}_{part}" for name in SPREADS for part in _SPREAD_PARTS))
PLACE = ", ".join(FigurePlace.__struct_fields__)  # the columns that name a cell: hour, channel, service_id, …
_INSERT = (
    f"INSERT INTO day_figure (day, weekday, {PLACE}, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (2 + len(FigurePlace.__struct_fields__) + len(COLUMNS)))})"
)
# The times for which tickets were held: from the event that holds a number to the one that resumes it, which
# is the next of the same ticket. `{events}` is the source of the events `e`, up to its last condition.
_HOLDS = (
    "SELECT subject AS ticket_id, at AS from_at, next AS to_at FROM (SELECT e.seq, e.subject, e.kind, e.at,"
    " lead(e.at) OVER (PARTITION BY e.subject ORDER BY e.seq) AS next"
    " FROM {events} e.kind IN ('ticket.held', 'ticket.resumed')"
    ") AS held WHERE kind = 'ticket.held' AND next IS NOT NULL ORDER BY seq"
)
_EVENTS_OF_DAY = "ticket t JOIN event e ON e.subject = t.id WHERE t.day = ? AND"
_EVENTS_OF_DAYS = "visit v CROSS JOIN event e WHERE e.subject = v.ticket_id AND v.day >= ? AND v.day <= ? AND"


def rows_of(tx: Transaction, day: str) -> DayRows:
    """Return the rows from which a day's figures are made.

    `visits` are those without a ticket; an arrival that was merged into another and a further matter do not
    count.
    """
    return DayRows(
        tickets=tx.all(
            DayTicket,
            "SELECT t.id, t.service_id, t.state, t.place, t.issued_at, t.queued_at,"
            " coalesce(v.vulnerable, 0) AS vulnerable, coalesce(g.persons, 1) AS persons"
            " FROM ticket t LEFT JOIN visit v ON v.ticket_id = t.id LEFT JOIN guest g ON g.visit_id = v.id"
            " WHERE t.day = ? ORDER BY t.id",
            day,
        ),
        calls=tx.all(
            DayCall,
            "SELECT ticket_id, service_id, counter, coalesce(officer_id, 0) AS officer_id, called_at,"
            " arrived_at, ended_at FROM turn WHERE day = ? ORDER BY id",
            day,
        ),
        visits=tx.all(
            DayVisit,
            "SELECT channel, coalesce(service_id, 0) AS service_id, began_at, ending = 'done' AS done,"
            " vulnerable, coalesce(g.persons, 1) AS persons"
            " FROM visit v LEFT JOIN guest g ON g.visit_id = v.id"
            " WHERE day = ? AND ticket_id IS NULL AND beside IS NULL AND ending <> 'merged' ORDER BY id",
            day,
        ),
        holds=tx.all(HeldTime, _HOLDS.format(events=_EVENTS_OF_DAY), day),
    )


def holds_between(tx: Transaction, first: str, last: str) -> tuple[HeldTime, ...]:
    """List the times for which numbers of these days were held."""
    return tx.all(HeldTime, _HOLDS.format(events=_EVENTS_OF_DAYS), first, last)


def cells_from_rows(tx: Transaction, day: str) -> tuple[Cell, ...]:
    """Make the figures of a day from its rows."""
    return cells_of(rows_of(tx, day), hours_in(office.zone(tx)))


def hours_in(zone: ZoneInfo) -> Callable[[int], int]:
    """Return a function that gives the hour of a stamp (UTC ms) in `zone`."""
    # Cached by quarters of an hour, because converting each stamp would be most of the work. All zones differ
    # from UTC by whole quarters.
    hour_of = cache(lambda quarter: to_datetime(quarter * QUARTER_MS, zone).hour)
    return lambda stamp: hour_of(stamp // QUARTER_MS)


def kept_cells(tx: Transaction, day: str) -> tuple[Cell, ...]:
    """Return the figures of a day as they were kept."""
    columns = ", ".join(COLUMNS)
    rows = tx.rows(
        f"SELECT {PLACE}, {columns} FROM day_figure WHERE day = ?"
        " ORDER BY hour, channel, service_id, counter, officer_id",
        day,
    )
    return tuple(cell_of(row) for row in rows)


def cell_of(row: tuple[str | int, ...]) -> Cell:
    """Make a cell from the columns `PLACE` and `COLUMNS`."""
    hour, channel, service_id, counter, officer_id, *numbers = row
    place = FigurePlace(int(hour), VisitChannel(str(channel)), int(service_id), int(counter), int(officer_id))
    return Cell(place, figures_of(numbers))


def figures_of(row: Sequence[str | int]) -> Figures:
    """Make figures from their columns, in the order of `COLUMNS`: counts, then the parts of each spread."""
    numbers = tuple(map(int, row))
    counts, length = numbers[: len(COUNTS)], len(_SPREAD_PARTS)
    spreads = []
    for start in range(len(COUNTS), len(numbers), length):
        count, total_ms, *bins = numbers[start : start + length]
        spreads.append(Spread(count, total_ms, tuple(bins)))
    return Figures.of(counts, spreads)


def keep(tx: Transaction, day: str) -> None:
    """Make a day's figures, and replace the kept ones."""
    weekday = date.fromisoformat(day).weekday()
    tx.run("DELETE FROM day_figure WHERE day = ?", day)
    for cell in cells_from_rows(tx, day):
        tx.run(_INSERT, day, weekday, *row_of(cell))
    tx.add("figured_day", day=day)


def row_of(cell: Cell) -> tuple[str | int, ...]:
    """Return a cell as the columns `PLACE` and `COLUMNS`."""
    numbers = [getattr(cell.figures, name) for name in COUNTS]
    for name in SPREADS:
        spread: Spread = getattr(cell.figures, name)
        numbers += (spread.count, spread.total_ms, *spread.bins)
    return (*msgspec.structs.astuple(cell.place), *numbers)


def missing(tx: Transaction, first: str, last: str) -> tuple[str, ...]:
    """List the days from `first` to `last` whose figures are not kept, or not true any more."""
    kept = set(tx.column("SELECT day FROM figured_day WHERE day >= ? AND day <= ?", first, last))
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    days = ((begins + timedelta(n)).isoformat() for n in range((ends - begins).days + 1))
    return tuple(day for day in days if day not in kept)


def ended_and_missing(tx: Transaction, now: int) -> tuple[str, ...]:
    """List the office's days that ended before `now` (UTC ms) and whose figures are to be made."""
    zone = office.zone(tx)
    began = events.began_at(tx) or now
    yesterday = date.fromisoformat(office_day(now, zone)) - timedelta(1)
    return missing(tx, office_day(began, zone), yesterday.isoformat())


def untrue(read: Reader) -> Iterator[str]:
    """Yield the days whose kept figures are not those that their rows make."""

    def look(tx: Transaction, span: KeyRange) -> tuple[str, ...]:
        days = tx.column(f"SELECT day FROM figured_day WHERE {span.condition}", *span.values)
        # Both in one transaction, or a write in between would look like an untrue figure.
        return tuple(day for day in days if cells_from_rows(tx, day) != kept_cells(tx, day))

    return chain.from_iterable(key_ranges.walk(read, "figured_day", look))
