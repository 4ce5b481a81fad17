"""`report`: the reports of a day to a year and tables of choice, shown or written as PDF, XLSX and CSV."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated

import click

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import paper, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import param
from ult_desktop.core.figures.breakdown import Breakdown
from ult_desktop.core.figures.choice import OtherRows, TableChoice, named_tables
from ult_desktop.core.figures.figures import STANDARD, every_figure_column
from ult_desktop.core.figures.made_reports import MadeReport, MakeReportAgain
from ult_desktop.core.figures.period import Period, Span, parse_period, period_of
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases import ppid_years
from ult_desktop.db.figures import made_reports
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures import reports
from ult_desktop.operations.figures.made_reports import everything_due
from ult_desktop.operations.figures.ppid_report import PPID_SPANS, ppid_report
from ult_desktop.operations.figures.survey_report import survey_report
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm

Make = Callable[[Reader, Period, int], PeriodReport]
_ROWS: dict[str, Breakdown | OtherRows] = {rows.value: rows for rows in (*Breakdown, *OtherRows)}
_MONTH_FIRST = (Span.MONTH, *(span for span in Span if span is not Span.MONTH))


def _make_report(office: Office, spans: Sequence[Span], make: Make, name: str) -> PeriodReport:
    """Make the report of the period that is named ("2026-11").

    Without a name it is the present month, if months are the first of `spans`.
    """
    now = office.clock()
    today = to_datetime(now, office.read(office_rows.zone)).date()
    period = parse_period(name, spans) if name else period_of(today, spans[0])
    office.read(lambda tx: reports.require_begun(tx, period, now))
    return make(office.read, period, now)


report = Noun("report", nouns=("figures",))


def _add_report(name: str, words: str, spans: Sequence[Span], make: Make, **files: str) -> None:
    forms: dict[str, str] = {ReportForm(form): help_words for form, help_words in files.items()}

    @report.subcommand(words, name, files=param(files={**paper.FILES, **forms}))
    def write(office: Office, period: str = "", *, files: paper.Files, as_json: bool) -> None:
        period_report = _make_report(office, spans, make, period)
        paper.write_report(period_report, files, as_json)
        if make is ppid_report:  # who signs the report must know which parts are still unwritten
            year = office.read(lambda tx: ppid_years.get(tx, period_report.period.first.year))
            for line in year.unwritten_words:
                click.echo(line, err=True)


for _span, _words in (
    (Span.DAY, "Laporan hari PERIOD (2026-11-23); tanpa PERIOD hari ini."),
    (Span.WEEK, "Laporan minggu PERIOD (2026-W48); tanpa PERIOD minggu ini."),
    (Span.MONTH, "Rekap bulan PERIOD (2026-11); tanpa PERIOD bulan ini."),
    (Span.QUARTER, "Laporan triwulan PERIOD (2026-T4); tanpa PERIOD triwulan ini."),
    (Span.YEAR, "Laporan tahun PERIOD (2026); tanpa PERIOD tahun ini."),
    (Span.RANGE, "Laporan rentang PERIOD (2026-11-01--2026-11-15); tanpa PERIOD hari ini."),
):
    _add_report(_span.value, _words, (_span,), reports.period_report)
_add_report(
    "recap",
    "Rekap PERIOD untuk umum, tanpa loket dan petugas; tanpa PERIOD bulan ini.",
    _MONTH_FIRST,
    reports.public_recap,
    png="Tulis gambar untuk web dan Instagram ke berkas ini.",
)
_add_report(
    "skm",
    "Laporan survei (SKM) PERIOD: 2026-11, 2026-T4, atau 2026; tanpa PERIOD triwulan ini.",
    (Span.QUARTER, Span.MONTH, Span.YEAR),
    survey_report,
    poster="Tulis poster (PDF) ke berkas ini.",
)
_add_report(
    "ppid",
    "Laporan layanan informasi publik (PPID) PERIOD: 2026; tanpa PERIOD tahun ini.",
    PPID_SPANS,
    ppid_report,
)


@report.subcommand("Tabel PERIOD dengan baris dan angka pilihan, atau tabel bernama; tanpa PERIOD bulan ini.")
def table(
    office: Office,
    period: str = "",
    *,
    rows: Annotated[
        str | None, param("Yang menjadi baris; tanpa ini layanan.", type=KeyChoice(_ROWS.values()))
    ] = None,
    figure: Annotated[
        tuple[str, ...],
        param(
            "Angka yang dihitung, boleh berulang; tanpa ini angka laporan. Langkah, kabupaten/kota, dan "
            "instansi membawa angkanya sendiri.",
            type=click.Choice([each.column.key for each in every_figure_column()]),
        ),
    ] = (),
    preset: Annotated[
        str | None,
        param("Tabel yang sudah disusun.", type=click.Choice([each.key for each in named_tables()])),
    ] = None,
    files: paper.ReportFiles,
    as_json: bool,
) -> None:
    """Write the table, for the present month by default.

    Raises UserError for a preset that is named together with rows or figures.
    """
    if preset is None:
        choice = TableChoice(_ROWS[rows or Breakdown.SERVICE], figure or STANDARD)
    elif rows or figure:
        raise UserError(
            _("Tabel bernama sudah membawa baris dan angkanya."),
            _("Tidak ada yang berubah."),
            _("Tulis --preset saja, atau --rows dan --figure."),
        )
    else:
        choice = next(each.choice for each in named_tables() if each.key == preset)
    make = partial(reports.table_report, choice=choice)
    paper.write_report(_make_report(office, _MONTH_FIRST, make, period), files, as_json)


report.subcommand(
    "Laporan yang menunggu dibuat sendiri, dan mengapa; juga laporan tahunan PPID yang belum dikirim.", "due"
)(everything_due)


@report.subcommand("Laporan yang sudah dibuat sendiri, yang terbaru lebih dahulu, dan apa yang berubah.")
def made(tx: Transaction) -> tuple[MadeReport, ...]:
    return made_reports.latest(tx)


report.customise(
    MakeReportAgain,
    write=lambda _office, version, as_json: session.write(
        as_json,
        {"version": version},
        _("Diminta. Versi {n} tetap ada.").format(n=version) if version else _("Diminta."),
    ),
)
