"""The rows behind a report's numbers, which a person sees when they open a number."""

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
from ult_desktop.operations.figures.outside_queue import ORIGIN_FIELDS, unit_words, why_words
from ult_desktop.operations.figures.reports import names_of_rows

Row = TypeVar("Row", bound=CountedRow)
MAX_ENTRIES = 200


class DescribedRow(NamedTuple):
    """A row behind a number, with the words that are shown next to it."""

    row: CountedRow
    words: str


def outside_queue_part(
    read: Reader, now: int, *, period: Period, by: str, key: str, column: str
) -> ReportPart:
    """Return the rows that a number counts in one of the tables outside the queue. `now` is UTC ms.

    `by` is the key of the table's first column, `key` that of the number's row, `column` that of its column.
    """
    described = ROW_READERS[by](read, now, period, key, column)[:MAX_ENTRIES]
    services, zone = read(names_of_rows)[Breakdown.SERVICE], read(office.zone)
    return rows_part(
        (ReportColumn("about", _("Keterangan"), ColumnKind.TEXT),),
        [
            (
                row.day,
                formats.format_time(to_datetime(row.at, zone)),
                row.label,
                services.get(str(row.service_id), ""),
                words,
            )
            for row, words in described
        ],
    )


def rows_part(extra_columns: Sequence[ReportColumn], rows: Sequence[tuple[ReportValue, ...]]) -> ReportPart:
    """Return the table of the rows behind a number: day, time, number, service, and `extra_columns`."""
    note = "" if rows else _("Tidak ada baris.")
    if len(rows) == MAX_ENTRIES:
        note = _("Hanya {n} yang terakhir.").format(n=MAX_ENTRIES)
    return ReportPart(
        key="entries",
        title=_("Baris di balik angka"),
        columns=(
            ReportColumn("day", _("Hari"), ColumnKind.DATE),
            ReportColumn("at", _("Pukul"), ColumnKind.TEXT),
            ReportColumn("label", _("Nomor"), ColumnKind.TEXT),
            ReportColumn("service", _("Layanan"), ColumnKind.TEXT),
            *extra_columns,
        ),
        keys=tuple(f"{row[0]}:{number}" for number, row in enumerate(rows)),
        rows=tuple(rows),
        note=note,
    )


def hidden_part() -> ReportPart:
    """Return the note that is shown instead of the rows behind a hidden number."""
    words = _("Angka kecil tidak dibuka, agar tidak ada orang yang dikenali.")
    return ReportPart(key="entries", title="", columns=(), keys=(), rows=(), note=words)


def _read_latest(
    read: Reader,
    period: Period,
    query: Callable[..., tuple[Row, ...]],
    is_counted: Callable[[Row], bool] = lambda _row: True,
) -> list[Row]:
    """Return the latest counted rows, at least `MAX_ENTRIES` if there are as many.

    The years are read one by one, the last first, until there are enough.
    """
    rows: list[Row] = []
    for year in reversed(period.by_year()):
        rows += filter(is_counted, read(partial(query, period=year)))
        if len(rows) >= MAX_ENTRIES:
            break
    return rows


def _case_rows(read: Reader, now: int, period: Period, key: str, _column: str) -> list[DescribedRow]:
    def is_counted(case: CountedCase) -> bool:
        return CASE_FIGURES[key](case, now)

    cases = _read_latest(read, period, outside_queue.cases_of, is_counted)
    return [DescribedRow(case, case.state.word) for case in cases]


def _unit_rows(read: Reader, _now: int, period: Period, key: str, _column: str) -> list[DescribedRow]:
    label = read(office.load).settings.cases.related_unit

    def went_to_unit(case: outside_queue.SentCase) -> bool:
        return unit_words(case.to_desk, case.unit, label) == key

    return [
        DescribedRow(case, key) for case in _read_latest(read, period, outside_queue.sent_on, went_to_unit)
    ]


def _care_rows(read: Reader, _now: int, period: Period, key: str, _column: str) -> list[DescribedRow]:
    query = outside_queue.escorts_in if key == "escorts" else outside_queue.loans_in
    return [DescribedRow(row, "") for row in _read_latest(read, period, query)]


def _deviation_rows(
    read: Reader, period: Period, is_counted: Callable[[outside_queue.CountedDeviation], bool]
) -> list[DescribedRow]:
    rows = []
    for deviation in _read_latest(read, period, outside_queue.deviations_of, is_counted):
        words = _("{why} ({procedure}, langkah {n})").format(
            why=why_words(deviation.kind, deviation.cause_key),
            procedure=deviation.procedure_id,
            n=steps_words(deviation.steps) or "–",
        )
        rows.append(DescribedRow(deviation, words))
    return rows


def _deviation_kind_rows(
    read: Reader, _now: int, period: Period, key: str, _column: str
) -> list[DescribedRow]:
    return _deviation_rows(read, period, lambda deviation: deviation.kind == key)


def _cause_rows(read: Reader, _now: int, period: Period, key: str, _column: str) -> list[DescribedRow]:
    return _deviation_rows(
        read, period, lambda deviation: why_words(deviation.kind, deviation.cause_key) == key
    )


def _step_rows(read: Reader, _now: int, period: Period, key: str, column: str) -> list[DescribedRow]:
    """Return the deviations of a step, or all visits that ended under its procedure."""
    procedure_id, _colon, step = key.rpartition(":")
    kinds = {"late": DeviationKind.TIME, "undone": DeviationKind.OUTPUT}
    if column not in kinds:
        visits = _read_latest(read, period, partial(outside_queue.visits_under, procedure_id=procedure_id))
        return [DescribedRow(visit, "") for visit in visits]

    def is_of_step(deviation: outside_queue.CountedDeviation) -> bool:
        return (
            deviation.kind == kinds[column]
            and deviation.procedure_id == procedure_id
            and int(step) in deviation.steps
        )

    return _deviation_rows(read, period, is_of_step)


def _origin_rows(
    rows: OtherRows, read: Reader, _now: int, period: Period, key: str, column: str
) -> list[DescribedRow]:
    query = outside_queue.cases_from if column == "cases" else outside_queue.visits_from
    of_origin = partial(query, field=ORIGIN_FIELDS[rows], name=key)
    return [DescribedRow(row, key) for row in _read_latest(read, period, of_origin)]


ROW_READERS: dict[str, Callable[[Reader, int, Period, str, str], list[DescribedRow]]] = {
    "cases": _case_rows,
    "units": _unit_rows,
    "care": _care_rows,
    "deviations": _deviation_kind_rows,
    "causes": _cause_rows,
    OtherRows.STEP: _step_rows,
    OtherRows.REGENCY: partial(_origin_rows, OtherRows.REGENCY),
    OtherRows.INSTITUTION: partial(_origin_rows, OtherRows.INSTITUTION),
}
"""The readers of the rows that a table's numbers count, by the key of the table's first column.

Each gets a reader, the time (UTC ms), the period, the key of the number's row and that of its column.
"""


def entries_part(read: Reader, counted: FigureSlice, figure: str, *, with_officers: bool) -> ReportPart:
    """Return the latest of the `counted` visits that a figure, named by its key, counts.

    The officers' column is for the head alone (`with_officers`).
    """
    column = figure_column(figure)
    shown_time = column.field if column.field in SPREADS else "waits"
    names, zone = read(names_of_rows), read(office.zone)

    def row(entry: FigureEntry) -> tuple[ReportValue, ...]:
        where = entry.where
        times: Spread = getattr(entry.figures, shown_time)
        officer = (_name(names, Breakdown.OFFICER, where.officer_id),) if with_officers else ()
        return (
            entry.day,
            formats.format_time(to_datetime(entry.at, zone)),
            entry.label or where.channel.word,
            _name(names, Breakdown.SERVICE, where.service_id),
            _name(names, Breakdown.COUNTER, where.counter),
            *officer,
            times.mean_s,
        )

    time_words = {
        "waits": _("Menunggu"),
        "walks": _("Berjalan ke loket"),
        "servings": _("Dilayani"),
        "holds": _("Ditunda"),
    }
    extra_columns = (
        ReportColumn("counter", _("Loket"), ColumnKind.TEXT),
        *((ReportColumn("officer", _("Petugas"), ColumnKind.TEXT),) if with_officers else ()),
        ReportColumn("time", time_words[shown_time], ColumnKind.TIME),
    )
    entries = entries_of(read, counted, column, MAX_ENTRIES)
    part = rows_part(extra_columns, [row(entry) for entry in entries])
    if column.field != "vulnerable":
        return part
    erased = _("Alasan prioritas tiap pengunjung dihapus sesudah masa simpannya; jumlahnya tetap.")
    return replace(part, note=" ".join(filter(None, (part.note, erased))))


class RowsBehind(NamedTuple):
    """The rows behind a number: a title, and the function that reads them at a time (UTC ms)."""

    title: str
    make: Callable[[Reader, int], ReportPart]


def can_be_opened(part: ReportPart) -> bool:
    """Return whether the numbers of a table have rows to show.

    The survey's numbers have none: surveys are anonymous.
    """
    return is_breakdown(part) or part.columns[0].key in ROW_READERS


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
    behind = slice_behind(report.period, only, part, row, column_index)
    if behind is not None:
        counted, figure = behind
        return RowsBehind(
            title, lambda read, _now: entries_part(read, counted, figure, with_officers=with_officers)
        )
    if isinstance(part.rows[row][column_index], str):
        return RowsBehind(title, lambda _read, _now: hidden_part())
    by, column = part.columns[0].key, part.columns[column_index].key
    make = partial(outside_queue_part, period=report.period, by=by, key=part.keys[row], column=column)
    return RowsBehind(title, make)


def rows_behind_tile(
    report: PeriodReport, tile: Tile, only: FigureFilter, *, with_officers: bool
) -> RowsBehind:
    """Return the rows behind one of the report's tiles."""
    title = _("{figure}, {period}").format(figure=tile.column.words, period=report.period.words)
    if isinstance(tile.value, str):
        return RowsBehind(title, lambda _read, _now: hidden_part())
    counted, figure = FigureSlice(period=report.period, only=only), tile.column.key
    return RowsBehind(
        title, lambda read, _now: entries_part(read, counted, figure, with_officers=with_officers)
    )


def _name(names: dict[Breakdown, Names], by: Breakdown, key: int) -> str:
    return "" if key == NOBODY else names[by].get(str(key), str(key))
