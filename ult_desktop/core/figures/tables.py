"""The tables and tiles of a report's figures; counts of few people are hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from ult_desktop.base import _, formats
from ult_desktop.core.figures.breakdown import Breakdown, FigureSlice, Only, PeriodFigures, cut_of
from ult_desktop.core.figures.choice import TableChoice
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.figures import MEDIAN, NINE_OF_TEN, STANDARD, Figures, Spread, chosen_figures
from ult_desktop.core.figures.period import Period, period_named
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
FEW = "<{n}"


def hide_small(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Return `counts` with None for those below `least`; a 0 betrays nobody and stays.

    The sum of the hidden ones can be computed from the sum of all: if it is small too, the next smallest is
    hidden as well.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    if 0 < sum(counts[place] for place in hidden) < least:
        others = [place for place, count in enumerate(counts) if count and place not in hidden]
        hidden |= set(sorted(others, key=lambda place: counts[place])[:1])
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def few_words(least: int) -> str:
    """Return the words shown in place of a hidden number."""
    return FEW.format(n=least)


def shown_counts(counts: Sequence[int], least: int) -> list[ReportValue]:
    """Return each count, or in place of one that would betray few people "<5" or "≥5"."""
    return [
        (few_words(least) if count < least else f"≥{least}") if shown is None else shown
        for count, shown in zip(counts, hide_small(counts, least), strict=True)
    ]


def part_of(found: PeriodFigures, by: Breakdown, names: Names) -> ReportPart:
    """Return the table with one row for each key, and their sum, with the figures that a report has."""
    chart = ReportChart(*_CHARTS[by])
    return table_of(found, by, names, STANDARD, key=by.value, title=_TITLES[by](), chart=chart)


def table_of(  # noqa: PLR0913  (what a table is made of)
    found: PeriodFigures,
    by: Breakdown,
    names: Names,
    figures: tuple[str, ...],
    *,
    key: str,
    title: str,
    chart: ReportChart | None,
) -> ReportPart:
    """Return the table with one row for each key, and their sum, with these figures.

    It has a chart where there are at least two rows to compare.
    """
    columns, whole, parts = chosen_figures(figures), found.whole, found.by(by)
    rows = [
        (_name_of(by, each, names), *(column.value(own, whole) for column in columns))
        for each, own in parts.items()
    ]
    if rows:
        rows.append((_("Jumlah"), *(column.value(whole, whole) for column in columns)))
    return ReportPart(
        key=key,
        title=title,
        columns=(ReportColumn(by.value, by.word, _kind_of(by)), *(each.column for each in columns)),
        keys=(*parts, *([TOTAL] if parts else [])),
        rows=tuple(rows),
        has_sum=bool(rows),
        note="" if rows else nothing_words(),
        chart=chart if len(rows) > 2 else None,
    )


def chosen_table(found: PeriodFigures, choice: TableChoice, names: Names) -> ReportPart:
    """Return the table of a free choice; its first figure is drawn, with the next one of the same kind."""
    assert isinstance(choice.rows, Breakdown)  # noqa: S101  (the others are no figures of the queue)
    columns = chosen_figures(choice.figures)
    alike = [each.column.key for each in columns if each.column.kind is columns[0].column.kind]
    chart = ReportChart(ChartKind.BARS, tuple(alike[:2])) if columns else None
    title = _("Tabel pilihan menurut {rows}").format(rows=choice.rows.word.lower())
    return table_of(found, choice.rows, names, choice.figures, key=CHOSEN, title=title, chart=chart)


def is_counted(part: ReportPart) -> bool:
    """Return whether a table's rows are divisions of the figures, so that each number can be opened."""
    return bool(part.columns) and part.columns[0].key in set(Breakdown)


def cut_behind(
    period: Period, only: Only, part: ReportPart, row: int, place: int
) -> tuple[FigureSlice, str] | None:
    """Return what a number of a table counts, and the key of its figure.

    None for a number of another kind of table, and for a row's name.
    """
    if not is_counted(part) or not place:
        return None
    by, key, column = Breakdown(part.columns[0].key), part.keys[row], part.columns[place].key
    cut = FigureSlice(period=period, only=only) if key == TOTAL else cut_of(period, only, by, key)
    if part.key == HEAT:
        return replace(cut, hour=int(column[1:])), "wait_median"
    return cut, column


def nothing_words() -> str:
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
_COMINGS = (ChartKind.BARS, ("visits", "served"))
_TIMES = (ChartKind.BARS, ("wait_median", "wait_p90"))
_CHARTS = dict.fromkeys(Breakdown, _COMINGS) | {Breakdown.SERVICE: _TIMES}


def _kind_of(by: Breakdown) -> ColumnKind:
    return ColumnKind.DATE if by is Breakdown.DAY else ColumnKind.TEXT


def _name_of(by: Breakdown, key: str, names: Names) -> str:
    if by is Breakdown.DAY:
        return key
    if by in (Breakdown.WEEK, Breakdown.MONTH, Breakdown.YEAR):
        return period_named(key).words
    if by is Breakdown.WEEKDAY:
        return formats.weekday_name(int(key))
    if by is Breakdown.HOUR:
        # A list of requests from afar may name the day alone: the row begins with that day.
        return f"{int(key):02}.00" if int(key) else _("00.00 atau tanpa jam")
    if by is Breakdown.CHANNEL:
        return VisitChannel(key).word
    if key == str(NOBODY):
        return _("tanpa {what}").format(what=by.word.lower())
    return names.get(key, key)


def heat_part(found: PeriodFigures) -> ReportPart:
    """Return the table of median waits by the weekdays and hours at which somebody was called."""
    by_place = {at: each for at, each in found.by_weekday_and_hour().items() if each.waits.count}
    hours = sorted({hour for _weekday, hour in by_place})
    days = sorted({weekday for weekday, _hour in by_place})
    columns = [ReportColumn(f"h{hour:02}", f"{hour:02}.00", ColumnKind.TIME) for hour in hours]
    rows = tuple(
        (
            formats.weekday_name(day),
            *(by_place.get((day, hour), Figures()).waits.share_s(MEDIAN) for hour in hours),
        )
        for day in days
    )
    return ReportPart(
        key=HEAT,
        title=_("Menit menunggu per hari dan jam"),
        columns=(ReportColumn("weekday", Breakdown.WEEKDAY.word, ColumnKind.TEXT), *columns),
        keys=tuple(str(day) for day in days),
        rows=rows,
        note="" if rows else nothing_words(),
        chart=ReportChart(ChartKind.HEAT, tuple(column.key for column in columns)) if rows else None,
    )


def counted_part(
    key: str, title: str, head: str, counts: Iterable[tuple[str, int]], *, least: int = 1, drawn: bool = False
) -> ReportPart:
    """Return a part with one number a row; one below `least` is hidden."""
    found = tuple(counts)
    values = shown_counts([count for _name, count in found], least)
    return ReportPart(
        key=key,
        title=title,
        columns=(ReportColumn(key, head, ColumnKind.TEXT), ReportColumn("count", _("Jumlah"))),
        keys=tuple(name for name, _count in found),
        rows=tuple((name, value) for (name, _count), value in zip(found, values, strict=True)),
        note="" if found else _("Tidak ada dalam periode ini."),
        chart=ReportChart(ChartKind.BARS, ("count",))
        if drawn and len(found) > 1 and any(values) and all(isinstance(value, int) for value in values)
        else None,
    )


def tiles_of(now: Figures, before: Figures, least: int) -> tuple[Tile, ...]:
    """Return the tiles above a report.

    Fewer than `least` vulnerable visitors are not shown as a number.
    """
    times = ColumnKind.TIME
    pairs: tuple[tuple[ReportColumn, Callable[[Figures], ReportValue]], ...] = (
        (ReportColumn("visits", _("Kunjungan")), lambda found: found.visits),
        (ReportColumn("served", _("Selesai dilayani")), lambda found: found.served),
        (ReportColumn("no_show", _("Tidak hadir")), lambda found: found.no_show),
        (
            ReportColumn("wait_median", _("Waktu tunggu, nilai tengah"), times),
            lambda found: _median(found.waits),
        ),
        (
            ReportColumn("wait_p90", _("Waktu tunggu, 90 % pengunjung"), times),
            lambda found: found.waits.share_s(NINE_OF_TEN),
        ),
        (
            ReportColumn("serving_median", _("Lama pelayanan, nilai tengah"), times),
            lambda found: _median(found.servings),
        ),
        (ReportColumn("hold_mean", _("Ditunda rata-rata"), times), lambda found: found.holds.mean_s),
        (
            ReportColumn("vulnerable", _("Kelompok rentan")),
            lambda found: few_words(least) if 0 < found.vulnerable < least else found.vulnerable,
        ),
    )
    return tuple(Tile(column=column, value=value(now), before=value(before)) for column, value in pairs)


def _median(spread: Spread) -> float | None:
    return spread.share_s(MEDIAN)
