"""`staffing`: a past month with another plan of counters, the cheapest plan, next week's visitors."""

import sys
from pathlib import Path
from typing import Annotated

import click

from ult_desktop.base import UserError, _, settings_file
from ult_desktop.cli.common import paper
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import Month, param
from ult_desktop.core.figures.period import Span, parse_period
from ult_desktop.core.staffing.plan import AS_IT_WAS, MAX_COUNTERS, StaffingPlan
from ult_desktop.core.staffing.replay import USUAL_LIMIT
from ult_desktop.core.staffing.search import USUAL_SHARE
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.staffing import replay as replays, reports
from ult_desktop.operations.staffing.forecast import next_week

staffing = Noun("staffing")
_Within = Annotated[
    int,
    param(
        "Batas menunggu dalam menit; yang lebih lama dihitung.",
        type=click.IntRange(1, 240),
        show_default=True,
    ),
]


@staffing.subcommand("Mainkan lagi bulan PERIOD dengan susunan loket lain: waktu tunggu sebelum dan sesudah.")
def replay(
    office: Office,
    period: Month,
    *,
    counters: Annotated[
        int | None, param("Banyaknya loket sepanjang hari.", type=click.IntRange(1, MAX_COUNTERS))
    ] = None,
    plan: Annotated[Path | None, "Susunan loket dalam berkas TOML ini."] = None,
    within: _Within = USUAL_LIMIT,
    files: paper.ReportFiles,
    as_json: bool,
) -> None:
    month = parse_period(period, (Span.MONTH,))
    replayed = replays.replay(office, month, _named_plan(counters, plan), within)
    paper.write_report(reports.replay_report(office, replayed), files, as_json, replayed)


@staffing.subcommand("Cari susunan loket termurah untuk bulan PERIOD yang menjaga waktu tunggu.")
def search(
    office: Office,
    period: Month,
    *,
    within: _Within = USUAL_LIMIT,
    share: Annotated[
        int,
        param(
            "Berapa dari seratus pengunjung dipanggil dalam batas itu.",
            type=click.IntRange(50, 100),
            show_default=True,
        ),
    ] = USUAL_SHARE,
    files: paper.ReportFiles,
    as_json: bool,
) -> None:
    month = parse_period(period, (Span.MONTH,))
    cheapest = replays.search(office, month, within, share, _show_progress)
    paper.write_report(reports.search_report(office, cheapest), files, as_json, cheapest)


@staffing.subcommand("Perkirakan pengunjung minggu depan, menurut hari dan jam.")
def forecast(office: Office, *, files: paper.ReportFiles, as_json: bool) -> None:
    expected = next_week(office)
    paper.write_report(reports.forecast_report(office, expected), files, as_json, expected)


def _show_progress(done: float) -> bool:
    """Show a person at a terminal how much (0 to 1) is done; return True, as only Ctrl+C ends the search."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo("\r" + _("Mencari: {n} %").format(n=round(100 * done)), nl=done == 1, err=True)
    return True


def _named_plan(counters: int | None, file: Path | None) -> StaffingPlan:
    """Return the plan with that many counters all day, or the plan in the file; else the month's own.

    Raises UserError when both are named.
    """
    if counters is not None and file is not None:
        raise UserError(
            _("--counters dan --plan tidak dapat bersama."),
            _("Tidak ada yang berubah."),
            _("Tulis banyaknya loket dalam berkasnya, di bawah [open]."),
        )
    if counters is not None:
        return StaffingPlan(open={"00.00": counters})
    return AS_IT_WAS if file is None else settings_file.read_settings(file, StaffingPlan)
