"""The rows behind a report's numbers: what somebody sees who opens a number."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from ult_desktop.base import _, formats
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.figures.breakdown import Breakdown, FigureFilter, FigureSlice
from ult_desktop.core.figures.choice import OtherRows
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.figures import SPREADS, Spread, figure_column
from ult_desktop.core.figures.outside_queue import CASE_FIGURES, CountedCase, CountedRow
from ult_desktop.core.figures.period import Period
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportPart,
    ReportValue,
    Tile,
)
from ult_desktop.core.figures.tables import Names, is_breakdown, slice_behind
from ult_desktop.core.procedures.standard_time import steps_words
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.figures import outside_queue
from ult_desktop.db.figures.entries import FigureEntry, entries_of
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.operations.figures.outside_queue import FIELDS, unit_words, why_words
from ult_desktop.operations.figures.reports import names_of_rows

Found = TypeVar("Found", bound=CountedRow)
DescribedRows = list[tuple[CountedRow, str]]
"""Rows, each with the words that are shown beside it."""
MOST_ENTRIES = 200


def outside_queue_part(
    read: Reader, now: int, *, period: Period, by: str, key: str, column: str
) -> ReportPart:
    """Return the rows that a number counts in one of the tables outside the queue. `now` is UTC ms.

    `by` is the key of the table's first column, `key` that of the number's row, `column` that of its column.
    """
    found = OUTSIDE_QUEUE[by](read, now, period, key, column)[:MOST_ENTRIES]
    services, zone = read(names_of_rows)[Breakdown.SERVICE], read(office.zone)
    return rows_part(
        (ReportColumn("about", _("Keterangan"), ColumnKind.TEXT),),
        [
            (
                each.day,
                formats.format_time(to_datetime(each.at, zone)),
                each.label,
                services.get(str(each.service_id), ""),
                words,
            )
            for each, words in found
        ],
    )


def rows_part(extra_columns: Sequence[ReportColumn], rows: Sequence[tuple[ReportValue, ...]]) -> ReportPart:
    """Return the table of the rows behind a number: day, time, number, service, and `extra_columns`."""
    texts = (("at", _("Pukul")), ("label", _("Nomor")), ("service", _("Layanan")))
    note = "" if rows else _("Tidak ada baris.")
    if len(rows) == MOST_ENTRIES:
        note = _("Hanya {n} yang terakhir.").format(n=MOST_ENTRIES)
    return ReportPart(
        key="entries",
        title=_("Baris di balik angka"),
        columns=(
            ReportColumn("day", _("Hari"), ColumnKind.DATE),
            *(ReportColumn(name, words, ColumnKind.TEXT) for name, words in texts),
            *extra_columns,
        ),
        keys=tuple(f"{row[0]}:{number}" for number, row in enumerate(rows)),
        rows=tuple(rows),
        note=note,
    )


def hidden_part() -> ReportPart:
    """Return the note shown instead of the rows behind a hidden number."""
    words = _("Angka kecil tidak dibuka, agar tidak ada orang yang dikenali.")
    return ReportPart(key="entries", title="", columns=(), keys=(), rows=(), note=words)


def _latest(
    read: Reader,
    period: Period,
    query: Callable[..., tuple[Found, ...]],
    holds: Callable[[Found], bool] = lambda _each: True,
) -> list[Found]:
    """Return the latest rows that `holds` accepts, at least `MOST_ENTRIES` if there are as many.

    The years are read one by one, the last first, until there are enough.
    """
    found: list[Found] = []
    for year in reversed(period.by_year()):
        found += filter(holds, read(partial(query, period=year)))
        if len(found) >= MOST_ENTRIES:
            break
    return found


def _of_cases(read: Reader, now: int, period: Period, key: str, _column: str) -> DescribedRows:
    def holds(each: CountedCase) -> bool:
        return CASE_FIGURES[key](each, now)

    return [(each, each.state.word) for each in _latest(read, period, outside_queue.cases_of, holds)]


def _of_units(read: Reader, _now: int, period: Period, key: str, _column: str) -> DescribedRows:
    label = read(office.load).settings.cases.related_unit

    def holds(each: outside_queue.SentCase) -> bool:
        return unit_words(each.to_desk, each.unit, label) == key

    return [(each, key) for each in _latest(read, period, outside_queue.sent_on, holds)]


def _of_care(read: Reader, _now: int, period: Period, key: str, _column: str) -> DescribedRows:
    query = outside_queue.escorts_in if key == "escorts" else outside_queue.loans_in
    return [(each, "") for each in _latest(read, period, query)]


def _deviation_words(each: outside_queue.CountedDeviation) -> str:
    why = why_words(each.kind, each.cause_key)
    steps = steps_words(each.steps) or "–"
    return _("{why} ({procedure}, langkah {n})").format(why=why, procedure=each.procedure_id, n=steps)


def _deviations(
    read: Reader, period: Period, holds: Callable[[outside_queue.CountedDeviation], bool]
) -> DescribedRows:
    return [
        (each, _deviation_words(each)) for each in _latest(read, period, outside_queue.deviations_of, holds)
    ]


def _of_deviations(read: Reader, _now: int, period: Period, key: str, _column: str) -> DescribedRows:
    return _deviations(read, period, lambda each: each.kind == key)


def _of_causes(read: Reader, _now: int, period: Period, key: str, _column: str) -> DescribedRows:
    return _deviations(read, period, lambda each: why_words(each.kind, each.cause_key) == key)


def _of_step(read: Reader, _now: int, period: Period, key: str, column: str) -> DescribedRows:
    """Return the late visits of a step, or all that ended under the procedure."""
    procedure_id, _colon, step = key.rpartition(":")
    kinds = {"late": DeviationKind.TIME, "undone": DeviationKind.OUTPUT}
    if column in kinds:
        return _deviations(
            read,
            period,
            lambda each: (
                (each.kind, each.procedure_id) == (kinds[column], procedure_id) and int(step) in each.steps
            ),
        )
    found = _latest(read, period, partial(outside_queue.visits_under, procedure_id=procedure_id))
    return [(each, "") for each in found]


def _of_origin(
    rows: OtherRows, read: Reader, _now: int, period: Period, key: str, column: str
) -> DescribedRows:
    query = outside_queue.cases_from if column == "cases" else outside_queue.visits_from
    return [(each, key) for each in _latest(read, period, partial(query, field=FIELDS[rows], name=key))]


OUTSIDE_QUEUE: dict[str, Callable[[Reader, int, Period, str, str], DescribedRows]] = {
    "cases": _of_cases,
    "units": _of_units,
    "care": _of_care,
    "deviations": _of_deviations,
    "causes": _of_causes,
    OtherRows.STEP: _of_step,
    OtherRows.REGENCY: partial(_of_origin, OtherRows.REGENCY),
    OtherRows.INSTITUTION: partial(_of_origin, OtherRows.INSTITUTION),
}
"""The readers of the rows that a table's numbers count, by the key of the table's first column."""


_TEXT, _TIME = ColumnKind.TEXT, ColumnKind.TIME


def entries_part(read: Reader, cut: FigureSlice, figure: str, *, with_officers: bool) -> ReportPart:
    """Return the latest rows that a figure (its key) of a table's row counts.

    The officers' column is for the head alone (`with_officers`).
    """
    counted = figure_column(figure)
    spent = counted.field if counted.field in SPREADS else "waits"
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

    extra_columns = (
        ReportColumn("counter", _("Loket"), _TEXT),
        *officers,
        ReportColumn("time", _time_words(spent), _TIME),
    )
    part = rows_part(extra_columns, [row(each) for each in found])
    return replace(part, note=" ".join(filter(None, (part.note, _erased_words(counted.field)))))


def _erased_words(figure: str) -> str:
    """Return the note that the reasons behind the figure are erased while its count stays; "" for others."""
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
    """The rows behind a number: a title, and the function that reads them (at a time in UTC ms)."""

    title: str
    make: Callable[[Reader, int], ReportPart]


def can_be_opened(part: ReportPart) -> bool:
    """Return whether a table's numbers have rows to show.

    Those of the survey have none: surveys are anonymous.
    """
    return is_breakdown(part) or part.columns[0].key in OUTSIDE_QUEUE


def rows_behind(
    report: PeriodReport | None,
    part: ReportPart | None,
    only: FigureFilter,
    at: tuple[int, int],
    *,
    with_officers: bool,
) -> RowsBehind | None:
    """Return the rows behind the number `at` a row and column of a report's table.

    None if there is nothing to open.
    """
    row, column_index = at  # the first column has the rows' names, no numbers
    if report is None or part is None or not column_index or not can_be_opened(part):
        return None
    title = _("{figure}: {row}, {period}").format(
        figure=part.columns[column_index].words, row=part.name_of(part.rows[row]), period=report.period.words
    )
    cut = slice_behind(report.period, only, part, row, column_index)
    if cut is not None:
        return RowsBehind(title, lambda read, _now: entries_part(read, *cut, with_officers=with_officers))
    if isinstance(part.rows[row][column_index], str):
        return RowsBehind(title, lambda _read, _now: hidden_part())
    by, column = part.columns[0].key, part.columns[column_index].key
    made = partial(outside_queue_part, period=report.period, by=by, key=part.keys[row], column=column)
    return RowsBehind(title, made)


def rows_behind_tile(
    report: PeriodReport, tile: Tile, only: FigureFilter, *, with_officers: bool
) -> RowsBehind:
    """Return the rows behind one of the report's tiles."""
    title = _("{figure}, {period}").format(figure=tile.column.words, period=report.period.words)
    if isinstance(tile.value, str):
        return RowsBehind(title, lambda _read, _now: hidden_part())
    cut, figure = FigureSlice(period=report.period, only=only), tile.column.key
    return RowsBehind(title, lambda read, _now: entries_part(read, cut, figure, with_officers=with_officers))


def _name(names: dict[Breakdown, Names], by: Breakdown, key: int) -> str:
    return "" if key == NOBODY else names[by].get(str(key), str(key))
