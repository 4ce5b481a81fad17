"""`summary`: the signed summary of an office's month, and the sum of many offices' summaries."""

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import msgspec

from ult_desktop.base import _, counted
from ult_desktop.base.late import late
from ult_desktop.cli.common import paper, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import FOLDER, Month, Yes, command, param
from ult_desktop.cli.station import modes
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.figures.period import Span, parse_period
from ult_desktop.core.summary.collecting import OfferedKey
from ult_desktop.core.summary.signing import fingerprint
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.summary import folder, making
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, report_bytes
from ult_desktop.reports.summary_page import describe_list, summary_page

if TYPE_CHECKING:
    from ult_desktop.app import summaries
else:
    summaries = late("ult_desktop.app.summaries")

summary = Noun("summary")


@summary.subcommand("Buat rekap bertanda tangan dari bulan PERIOD yang sudah berakhir, tanpa nama siapa pun.")
def make(
    office: Office,
    by: Actor,  # noqa: ARG001  (their sign-in opens the office's keys)
    period: Month,
    *,
    out: Annotated[Path, param("Tulis rekapnya ke berkas ini (.ultrekap).", required=True)] = Path(),
    as_json: bool,
) -> None:
    write_whole(out, making.make_summary(office, parse_period(period, (Span.MONTH,))))
    signed = folder.read_summary(out)
    content = signed.summary
    session.write(
        as_json,
        {"file": str(out), "code": content.office.code, "month": content.month, "key": signed.key},
        _("Tersimpan: {label}").format(label=out),
        _("Kunci kantor: {key}").format(key=fingerprint(signed.key)),
    )


@command(
    "Pastikan kunci kantor pembuat rekap FILE, sekali; cocokkan dahulu lewat telepon.", "trust", group=summary
)
def trust_command(
    file: Path,
    *,
    replace: Annotated[bool, "Ganti kunci kantor itu yang dahulu dipastikan."] = False,
    yes: Yes = False,
    as_json: bool,
) -> None:
    signed = folder.read_summary(file)
    office, key_words = signed.summary.office, fingerprint(signed.key)
    question = _("Kunci {code} {name}: {key}. Sudah dicocokkan dengan kantornya?")
    session.confirm(question.format(code=office.code, name=office.name, key=key_words), yes=yes)
    offered = OfferedKey(code=office.code, name=office.name, key=signed.key)
    keys = folder.keys_with(offered, replace=replace)
    if keys is not None:
        write_whole(folder.keys_path(), msgspec.json.encode(keys), with_folder=True)
    message = (
        _("Kunci {code} dipastikan.") if keys is not None else _("Kunci {code} sudah dipastikan sebelumnya.")
    )
    session.write(
        as_json,
        {"code": office.code, "name": office.name, "key": signed.key},
        message.format(code=office.code),
    )


@command(
    "Jumlahkan rekap banyak kantor dari FOLDER, tanpa kantor dan tanpa jaringan.", "collect", group=summary
)
def collect_command(
    path: Annotated[Path, param("Foldernya, dengan yang di bawahnya.", type=FOLDER, metavar="FOLDER")],
    *,
    html: Annotated[Path | None, "Tulis satu halaman HTML ke berkas ini."] = None,
    files: paper.ReportFiles,
    as_json: bool,
) -> None:
    today = _today()
    collected = folder.collect(path, today)
    folder.require_counted_office(collected, path)
    report = folder.collected_report(collected, today)
    for form, target in files.items():
        write_whole(target, report_bytes(report, form))
        if form is ReportForm.LIST:
            write_whole(target.with_name(f"{target.name}-metadata.json"), describe_list(target.name))
    if html is not None:
        write_whole(html, summary_page(collected, report))
    if as_json:
        session.write_json(collected)
    elif not files and html is None:
        paper.show_report(report)
    for each in (*collected.refused, *collected.warnings):
        click.echo(f"{each.file}: {each.why}", err=True)
    if collected.refused:
        click.echo(counted("{n} berkas tidak dihitung.", len(collected.refused)), err=True)


@command("Buka jendela Rekap antarkantor, tanpa kantor dan tanpa jaringan.", "window", group=summary)
def window_command(
    path: Annotated[
        Path | None, param("Foldernya, dengan yang di bawahnya.", type=FOLDER, metavar="[FOLDER]")
    ] = None,
) -> None:
    modes.require_screen()
    raise SystemExit(summaries.show_summaries(path, _today))


def _today() -> date:
    return datetime.fromtimestamp(time.time(), UTC).astimezone().date()
