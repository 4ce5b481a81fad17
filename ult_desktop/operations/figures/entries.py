"""The rows behind a figure as a table: whoever sees the figure may look at them; no visitor is named."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from ult_desktop.base import _, formats
from ult_desktop.core.figures.breakdown import Breakdown, FigureSlice, Only
from ult_desktop.core.figures.columns import figure_named
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.figures import SPREADS, Spread
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportPart,
    ReportValue,
    Tile,
)
from ult_desktop.core.figures.tables import Names, cut_behind, is_counted
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.figures.entries import FigureEntry, entries_of
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.operations.figures.beside import BESIDE, MOST_ENTRIES, beside_part, hidden_part, rows_part
from ult_desktop.operations.figures.reports import names_of_rows

_TEXT, _TIME = ColumnKind.TEXT, ColumnKind.TIME


def entries_part(read: Reader, cut: FigureSlice, figure: str, *, with_officers: bool) -> ReportPart:
    """The latest rows that a figure (its key) of a table's row counts; what officers did is the head's."""
    counted = figure_named(figure)
    spent = counted.of if counted.of in SPREADS else "waits"
    found = entries_of(read, cut, counted, MOST_ENTRIES)
    names, zone = read(names_of_rows), read(office.zone)
    officers = (ReportColumn("officer", _("Petugas"), _TEXT),) if with_officers else ()

    def row(each: FigureEntry) -> tuple[ReportValue, ...]:
        where = each.where
        times: Spread = getattr(each.figures, spent)
        own = (_name(names, Breakdown.OFFICER, where.officer_id),) if with_officers else ()
        return (
            each.day,
            formats.format_time(to_datetime(each.at, zone)),
            each.label or where.channel.word,
            _name(names, Breakdown.SERVICE, where.service_id),
            _name(names, Breakdown.COUNTER, where.counter),
            *own,
            times.mean_s,
        )

    more = (
        ReportColumn("counter", _("Loket"), _TEXT),
        *officers,
        ReportColumn("time", _time_words(spent), _TIME),
    )
    part = rows_part(more, [row(each) for each in found])
    return replace(part, note=" ".join(filter(None, (part.note, _kept_words(counted.of)))))


def _kept_words(figure: str) -> str:
    """What no row tells any more, though it counts."""
    if figure != "vulnerable":
        return ""
    return _("Alasan prioritas tiap pengunjung dihapus sesudah masa simpannya; jumlahnya tetap.")


def _time_words(spread: str) -> str:
    return {
        "waits": _("Menunggu"),
        "walks": _("Berjalan ke loket"),
        "servings": _("Dilayani"),
        "holds": _("Ditunda"),
    }[spread]


class RowsBehind(NamedTuple):
    """What a number is made of: its title, and the rows, from readings of the office."""

    title: str
    made: Callable[[Reader, int], ReportPart]
    """`now` UTC ms."""


def can_be_opened(part: ReportPart) -> bool:
    """Nobody can tell which survey is whose: its figures alone are made of nothing that could be shown."""
    return is_counted(part) or part.columns[0].key in BESIDE


def rows_behind(
    report: PeriodReport | None,
    part: ReportPart | None,
    only: Only,
    at: tuple[int, int],
    *,
    with_officers: bool,
) -> RowsBehind | None:
    """Of the number `at` a row and column of a report's table; None where there is nothing to open."""
    row, place = at
    if report is None or part is None or not place or not can_be_opened(part):
        return None
    title = _("{figure}: {row}, {period}").format(
        figure=part.columns[place].words, row=part.name_of(part.rows[row]), period=report.period.words
    )
    if (found := cut_behind(report.period, only, part, row, place)) is not None:
        return RowsBehind(title, lambda read, _now: entries_part(read, *found, with_officers=with_officers))
    if isinstance(part.rows[row][place], str):
        return RowsBehind(title, lambda _read, _now: hidden_part())
    by, column = part.columns[0].key, part.columns[place].key
    made = partial(beside_part, period=report.period, by=by, key=part.keys[row], column=column)
    return RowsBehind(title, made)


def rows_behind_tile(report: PeriodReport, tile: Tile, only: Only, *, with_officers: bool) -> RowsBehind:
    """Of a figure at a glance."""
    title = _("{figure}, {period}").format(figure=tile.column.words, period=report.period.words)
    if isinstance(tile.value, str):
        return RowsBehind(title, lambda _read, _now: hidden_part())
    cut, figure = FigureSlice(period=report.period, only=only), tile.column.key
    return RowsBehind(title, lambda read, _now: entries_part(read, cut, figure, with_officers=with_officers))


def _name(names: dict[Breakdown, Names], by: Breakdown, key: int) -> str:
    return "" if key == NOBODY else names[by].get(str(key), str(key))
