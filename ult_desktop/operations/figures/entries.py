"""The rows behind a figure as a table: whoever sees the figure may look at them; no visitor is named."""

from ult_desktop.base import _, formats
from ult_desktop.core.figures.breakdown import Breakdown, FigureSlice, Only
from ult_desktop.core.figures.columns import figure_named
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.report import ColumnKind, PeriodReport, ReportColumn, ReportPart, ReportValue
from ult_desktop.core.figures.tables import Names, cut_behind
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.figures.entries import FigureEntry, entries_of
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.operations.figures.reports import names_of_rows

MOST_ENTRIES = 200
_TEXT, _TIME = ColumnKind.TEXT, ColumnKind.TIME


def entries_part(read: Reader, cut: FigureSlice, figure: str, *, with_officers: bool) -> ReportPart:
    """The latest rows that a figure (its key) of a table's row counts; what officers did is the head's."""
    counted = figure_named(figure)
    found = entries_of(read, cut, counted, MOST_ENTRIES)
    names, zone = read(names_of_rows), read(office.zone)
    officers = (ReportColumn("officer", _("Petugas"), _TEXT),) if with_officers else ()

    def row(each: FigureEntry) -> tuple[ReportValue, ...]:
        where, spans = each.where, each.figures
        own = (_name(names, Breakdown.OFFICER, where.officer_id),) if with_officers else ()
        return (
            each.day,
            formats.format_time(to_datetime(each.at, zone)),
            each.label or where.channel.word,
            _name(names, Breakdown.SERVICE, where.service_id),
            _name(names, Breakdown.COUNTER, where.counter),
            *own,
            spans.servings.mean_s if counted.of == "servings" else spans.waits.mean_s,
        )

    return ReportPart(
        key="entries",
        title=_("Baris di balik angka"),
        columns=(
            ReportColumn("day", _("Hari"), ColumnKind.DATE),
            ReportColumn("at", _("Pukul"), _TEXT),
            ReportColumn("label", _("Nomor"), _TEXT),
            ReportColumn("service", _("Layanan"), _TEXT),
            ReportColumn("counter", _("Loket"), _TEXT),
            *officers,
            ReportColumn("time", _("Dilayani") if counted.of == "servings" else _("Menunggu"), _TIME),
        ),
        keys=tuple(f"{each.day}:{place}" for place, each in enumerate(found)),
        rows=tuple(row(each) for each in found),
        note=_note(len(found)),
    )


def rows_behind(
    report: PeriodReport | None, part: ReportPart | None, only: Only, row: int, place: int
) -> tuple[str, FigureSlice, str] | None:
    """Title, cut and figure of a number in a report's table; None where there is nothing to open."""
    if report is None or part is None:
        return None
    found = cut_behind(report.period, only, part, row, place)
    if found is None:
        return None
    title = _("{figure}: {row}, {period}").format(
        figure=part.columns[place].words, row=part.name_of(part.rows[row]), period=report.period.words
    )
    return title, *found


def _note(count: int) -> str:
    if not count:
        return _("Tidak ada baris.")
    return _("Hanya {n} yang terakhir.").format(n=count) if count == MOST_ENTRIES else ""


def _name(names: dict[Breakdown, Names], by: Breakdown, key: int) -> str:
    return "" if key == NOBODY else names[by].get(str(key), str(key))
