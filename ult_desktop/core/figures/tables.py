"""The tables and tiles of a report's figures; counts of few people are hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from ult_desktop.base import _, formats
from ult_desktop.core.figures.breakdown import (
    Breakdown,
    FigureFilter,
    FigureSlice,
    PeriodFigures,
    slice_of_row,
)
from ult_desktop.core.figures.choice import TableChoice
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.figures import MEDIAN, NINTH_DECILE, STANDARD, Figures, figure_columns
from ult_desktop.core.figures.period import Period, parse_period
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportPart,
    ReportValue,
    Tile,
)
from ult_desktop.core.visits.visit import VisitChannel

Names = Mapping[str, str]
"""The names of services, counters or officers by key."""
TOTAL, CHOSEN, HEAT = "total", "chosen", "heat"


def hide_small(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Return `counts` with None for those below `least`; a 0 betrays nobody and stays.

    The sum of the hidden ones can be computed from the sum of all: if it is small too, the next smallest is
    hidden as well.
    """
    hidden = {index for index, count in enumerate(counts) if 0 < count < least}
    if 0 < sum(counts[index] for index in hidden) < least:
        others = [index for index, count in enumerate(counts) if count and index not in hidden]
        hidden |= set(sorted(others, key=lambda index: counts[index])[:1])
    return tuple(None if index in hidden else count for index, count in enumerate(counts))


def few_words(least: int) -> str:
    """Return the words shown in place of a hidden number."""
    return f"<{least}"


def shown_counts(counts: Sequence[int], least: int) -> list[ReportValue]:
    """Return the counts, with "<5" or "≥5" in place of those that would betray few people."""
    hidden = {count: few_words(least) if count < least else f"≥{least}" for count in counts}
    pairs = zip(counts, hide_small(counts, least), strict=True)
    return [hidden[count] if shown is None else shown for count, shown in pairs]


def breakdown_part(figures: PeriodFigures, breakdown: Breakdown, names: Names) -> ReportPart:
    """Return the table of a division with the usual columns (STANDARD)."""
    title, chart = _TITLES[breakdown](), ReportChart(*_CHARTS[breakdown])
    return table_of(figures, breakdown, names, STANDARD, key=breakdown.value, title=title, chart=chart)


def table_of(  # noqa: PLR0913  (what a table is made of)
    figures: PeriodFigures,
    breakdown: Breakdown,
    names: Names,
    column_keys: tuple[str, ...],
    *,
    key: str,
    title: str,
    chart: ReportChart | None,
) -> ReportPart:
    """Return the table of a division: one row for each of its keys and one for the sum, with these columns.

    It has a chart if there are at least two rows to compare.
    """
    columns, whole, parts = figure_columns(column_keys), figures.whole, figures.divided_by(breakdown)
    rows = [
        (_row_name(breakdown, row_key, names), *(column.value(part, whole) for column in columns))
        for row_key, part in parts.items()
    ]
    kind = ColumnKind.DATE if breakdown is Breakdown.DAY else ColumnKind.TEXT
    if rows:
        rows.append((_("Jumlah"), *(column.value(whole, whole) for column in columns)))
    return ReportPart(
        key=key,
        title=title,
        columns=(ReportColumn(breakdown.value, breakdown.word, kind), *(column.column for column in columns)),
        keys=(*parts, *([TOTAL] if parts else [])),
        rows=tuple(rows),
        has_sum=bool(rows),
        note="" if rows else no_visits_words(),
        chart=chart if len(rows) > 2 else None,
    )


def chosen_table(figures: PeriodFigures, choice: TableChoice, names: Names) -> ReportPart:
    """Return the table of a free choice; its first figure is drawn, with the next one of the same kind."""
    assert isinstance(choice.rows, Breakdown)  # noqa: S101  (the others are no figures of the queue)
    columns = figure_columns(choice.figures)
    alike = [column.column.key for column in columns if column.column.kind is columns[0].column.kind]
    chart = ReportChart(ChartKind.BARS, tuple(alike[:2])) if columns else None
    title = _("Tabel pilihan menurut {rows}").format(rows=choice.rows.word.lower())
    return table_of(figures, choice.rows, names, choice.figures, key=CHOSEN, title=title, chart=chart)


def is_breakdown(part: ReportPart) -> bool:
    """Return whether a table is a division of the figures, each number of which can be opened."""
    return bool(part.columns) and part.columns[0].key in set(Breakdown)


def slice_behind(
    period: Period, only: FigureFilter, part: ReportPart, row: int, column: int
) -> tuple[FigureSlice, str] | None:
    """Return what a number of a table (by the indexes of row and column) counts, and the key of its figure.

    None for a number of another kind of table, and for a row's name.
    """
    if not is_breakdown(part) or column == 0:
        return None
    breakdown, key, figure = Breakdown(part.columns[0].key), part.keys[row], part.columns[column].key
    of_period = FigureSlice(period=period, only=only)
    of_row = of_period if key == TOTAL else slice_of_row(period, only, breakdown, key)
    if part.key == HEAT:  # its columns are the hours: "h08"
        return replace(of_row, hour=int(figure[1:])), "wait_median"
    return of_row, figure


def no_visits_words() -> str:
    return _("Tidak ada kunjungan dalam periode ini.")


_TITLES: Mapping[Breakdown, Callable[[], str]] = {
    Breakdown.DAY: lambda: _("Kunjungan menurut hari"),
    Breakdown.WEEK: lambda: _("Kunjungan menurut minggu"),
    Breakdown.MONTH: lambda: _("Kunjungan menurut bulan"),
    Breakdown.YEAR: lambda: _("Kunjungan menurut tahun"),
    Breakdown.WEEKDAY: lambda: _("Kunjungan menurut hari dalam minggu"),
    Breakdown.HOUR: lambda: _("Kunjungan menurut jam"),
    Breakdown.SERVICE: lambda: _("Menurut layanan"),
    Breakdown.COUNTER: lambda: _("Menurut loket"),
    Breakdown.OFFICER: lambda: _("Menurut petugas"),
    Breakdown.CHANNEL: lambda: _("Menurut saluran"),
}
_VISITS_CHART = (ChartKind.BARS, ("visits", "served"))
_WAITS_CHART = (ChartKind.BARS, ("wait_median", "wait_p90"))
_CHARTS = dict.fromkeys(Breakdown, _VISITS_CHART) | {Breakdown.SERVICE: _WAITS_CHART}


def _row_name(breakdown: Breakdown, key: str, names: Names) -> str:
    if breakdown is Breakdown.DAY:
        return key
    if breakdown in (Breakdown.WEEK, Breakdown.MONTH, Breakdown.YEAR):
        return parse_period(key).words
    if breakdown is Breakdown.WEEKDAY:
        return formats.weekday_name(int(key))
    if breakdown is Breakdown.HOUR:
        # A list of online requests may give only the day of a request: that is taken as 00.00.
        return f"{int(key):02}.00" if int(key) else _("00.00 atau tanpa jam")
    if breakdown is Breakdown.CHANNEL:
        return VisitChannel(key).word
    if key == str(NOBODY):
        return _("tanpa {what}").format(what=breakdown.word.lower())
    return names.get(key, key)


def heat_part(figures: PeriodFigures) -> ReportPart:
    """Return the table of median waits by the weekdays and hours at which somebody was called."""
    by_time = {time: part for time, part in figures.by_weekday_and_hour().items() if part.waits.count}
    hours = sorted({hour for _weekday, hour in by_time})
    days = sorted({weekday for weekday, _hour in by_time})
    columns = [ReportColumn(f"h{hour:02}", f"{hour:02}.00", ColumnKind.TIME) for hour in hours]
    rows = tuple(
        (
            formats.weekday_name(day),
            *(by_time.get((day, hour), Figures()).waits.quantile_s(MEDIAN) for hour in hours),
        )
        for day in days
    )
    return ReportPart(
        key=HEAT,
        title=_("Menit menunggu per hari dan jam"),
        columns=(ReportColumn("weekday", Breakdown.WEEKDAY.word, ColumnKind.TEXT), *columns),
        keys=tuple(str(day) for day in days),
        rows=rows,
        note="" if rows else no_visits_words(),
        chart=ReportChart(ChartKind.HEAT, tuple(column.key for column in columns)) if rows else None,
    )


def counted_part(
    key: str, title: str, head: str, counts: Iterable[tuple[str, int]], *, least: int = 1, drawn: bool = False
) -> ReportPart:
    """Return a part with one number a row; one below `least` is hidden."""
    named_counts = tuple(counts)
    values = shown_counts([count for _name, count in named_counts], least)
    return ReportPart(
        key=key,
        title=title,
        columns=(ReportColumn(key, head, ColumnKind.TEXT), ReportColumn("count", _("Jumlah"))),
        keys=tuple(name for name, _count in named_counts),
        rows=tuple((name, value) for (name, _count), value in zip(named_counts, values, strict=True)),
        note="" if named_counts else _("Tidak ada dalam periode ini."),
        chart=ReportChart(ChartKind.BARS, ("count",))
        if drawn and len(named_counts) > 1 and any(values) and all(isinstance(value, int) for value in values)
        else None,
    )


def tiles_of(now: Figures, before: Figures, least: int) -> tuple[Tile, ...]:
    """Return the tiles above a report.

    Fewer than `least` vulnerable visitors are not shown as a number.
    """
    times = ColumnKind.TIME
    pairs: tuple[tuple[ReportColumn, Callable[[Figures], ReportValue]], ...] = (
        (ReportColumn("visits", _("Kunjungan")), lambda figures: figures.visits),
        (ReportColumn("served", _("Selesai dilayani")), lambda figures: figures.served),
        (ReportColumn("no_show", _("Tidak hadir")), lambda figures: figures.no_show),
        (
            ReportColumn("wait_median", _("Waktu tunggu, nilai tengah"), times),
            lambda figures: figures.waits.quantile_s(MEDIAN),
        ),
        (
            ReportColumn("wait_p90", _("Waktu tunggu, 90 % pengunjung"), times),
            lambda figures: figures.waits.quantile_s(NINTH_DECILE),
        ),
        (
            ReportColumn("serving_median", _("Lama pelayanan, nilai tengah"), times),
            lambda figures: figures.servings.quantile_s(MEDIAN),
        ),
        (ReportColumn("hold_mean", _("Ditunda rata-rata"), times), lambda figures: figures.holds.mean_s),
        (
            ReportColumn("vulnerable", _("Kelompok rentan")),
            lambda figures: few_words(least) if 0 < figures.vulnerable < least else figures.vulnerable,
        ),
    )
    return tuple(Tile(column=column, value=value(now), before=value(before)) for column, value in pairs)
