"""The rows behind a figure: each number, serving or arrival that it counts, the latest first."""

from datetime import date
from functools import partial

import msgspec

from ult_desktop.core.figures.breakdown import FigureSlice
from ult_desktop.core.figures.day import Counting, DayCall, DayTicket, FigurePlace, countings
from ult_desktop.core.figures.figures import FigureColumn, Figures
from ult_desktop.db.figures import days
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction

# The column of a day's figures that is 0 on a day without rows for the figure. For other figures it has the
# figure's own name.
_COLUMN_OF = {
    "unfinished": "visits",
    "waits": "waits_count",
    "walks": "walks_count",
    "servings": "servings_count",
    "holds": "holds_count",
}
_FILTERED = ("weekday", "hour", "service_id", "counter", "officer_id", "channel")  # columns
_LABELS = "SELECT id, label FROM ticket WHERE day = ?"


class FigureEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is counted: its day, when it began (UTC ms), its number or "", and what it counts."""

    day: str
    at: int
    label: str
    where: FigurePlace
    figures: Figures


def entries_of(read: Reader, cut: FigureSlice, figure: FigureColumn, limit: int) -> tuple[FigureEntry, ...]:
    """List at most `limit` rows; each day is read in a transaction of its own."""
    entries: list[FigureEntry] = []
    for day in read(partial(_days_of, cut=cut, figure=figure)):
        entries += read(partial(_of_day, day=day, cut=cut, figure=figure))
        # The latest days come first: a long period is not read to its end for a short list.
        if len(entries) >= limit:
            break
    return tuple(entries[:limit])


def _days_of(tx: Transaction, cut: FigureSlice, figure: FigureColumn) -> list[str]:
    """List the days on which the figure is not 0, or whose figures are not kept; the latest first."""
    first, last = cut.period.iso_ends
    values = (cut.weekday, cut.hour, *(getattr(cut.only, name) for name in _FILTERED[2:]))
    # A value that is None filters nothing: the column is compared with itself.
    conditions = "".join(f" AND {name} = coalesce(?, {name})" for name in _FILTERED)
    days_with_rows = tx.column(
        "SELECT DISTINCT day FROM day_figure WHERE day >= ? AND day <= ?"
        f" AND {_COLUMN_OF.get(figure.field, figure.field)} > 0{conditions}",
        *(first, last),
        *values,
    )
    # Before the first ticket or visit, and after the last one, no day has rows.
    begins = [tx.value(f"SELECT min(day) FROM {table}") or last for table in ("ticket", "visit")]
    ends = [tx.value(f"SELECT max(day) FROM {table}") or first for table in ("ticket", "visit")]
    not_kept = days.missing(tx, max(first, min(begins)), min(last, max(ends)))
    return sorted({*days_with_rows, *not_kept}, reverse=True)


def _of_day(tx: Transaction, day: str, cut: FigureSlice, figure: FigureColumn) -> list[FigureEntry]:
    weekday, labels = date.fromisoformat(day).weekday(), dict(tx.rows(_LABELS, day))
    entries = [
        _entry(day, counting, labels)
        for counting in countings(days.rows_of(tx, day), days.hours_in(office.zone(tx)))
        if cut.includes(weekday, counting.place) and figure.count(counting.figures)
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _entry(day: str, counting: Counting, labels: dict[int, str]) -> FigureEntry:
    row = counting.row
    if isinstance(row, DayTicket):
        at, label = row.issued_at, labels.get(row.id, "")
    elif isinstance(row, DayCall):
        at, label = row.called_at, labels.get(row.ticket_id, "")
    else:
        at, label = row.began_at, ""
    return FigureEntry(day=day, at=at, label=label, where=counting.place, figures=counting.figures)
