"""Lists of requests from afar at the command line: import one, or watch a folder for them."""

import threading
from collections.abc import Sequence
from pathlib import Path

import click

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    station_name,
    write_json,
)
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.online.commands import RememberMapping
from ult_desktop.core.online.mapping import (
    ColumnMapping,
    RequestField,
    best_mapping,
    field_word,
    missing_fields,
    normalise_header,
)
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.online.request_rows import refusal_words
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.list_files import read_list
from ult_desktop.operations.online.list_import import (
    ImportPlan,
    Report,
    import_context,
    mark_known_rows,
    plan_import,
    refused_file,
    report_words,
    run_import,
)
from ult_desktop.operations.online.watched_folder import WatchedFolder, import_ready_lists

_FILE = click.Path(path_type=Path, dir_okay=False)
source_option = click.option(
    "--source",
    type=click.Choice([source.value for source in OnlineSource]),
    default="sempena",
    show_default=True,
    help="Asal permintaan.",
)


@click.command(name="import", help="Impor daftar permintaan dari FILE (CSV, XLSX, atau JSON).")
@click.argument("file", type=_FILE)
@source_option
@click.option("--map", "columns", multiple=True, help="KOLOM=ISIAN, misalnya “Nama Lengkap=nama”.")
@click.option("--preview", is_flag=True, help="Hanya periksa; tidak ada yang ditulis.")
@click.option("--refused", type=_FILE, help="Tulis baris yang ditolak ke berkas CSV ini.")
@database_option
@officer_option
@json_option
def import_file(
    file: Path,
    source: str,
    columns: Sequence[str],
    preview: bool,
    refused: Path | None,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        actor.require(Permission.HANDLE_ONLINE)
        plan = _planned(office, file, OnlineSource(source), columns)
        if preview:
            report = Report(
                file=plan.file, added=len(plan.new), known=len(plan.known), refused=plan.reading.refused
            )
        else:
            report = _imported(office, plan, actor)
    if refused is not None and report.refused:
        _write_file(refused, refused_file(report.refused))
    _tell_report(plan, report, as_json)


def _planned(office: Office, file: Path, source: OnlineSource, columns: Sequence[str]) -> ImportPlan:
    """Raises UserError when a column is not there, or one that is needed is not told."""
    read = read_list(file)
    ground = office.read(lambda tx: import_context(tx, source, office.clock()))
    headers = read.table(ground.remembered).headers
    told = tuple(_column(words, headers) for words in columns)
    rest = best_mapping(ground.remembered, [h for h in headers if h not in {c.header for c in told}])
    mapping = told + tuple(column for column in rest if column.field not in {c.field for c in told})
    lacking = missing_fields(mapping)
    if lacking:
        raise UserError(
            _("Kolom untuk {names} belum ditentukan.").format(names=", ".join(map(field_word, lacking))),
            _("Tidak ada yang diimpor."),
            _("Tambahkan --map KOLOM=ISIAN; kolom yang ada: {headers}.").format(headers=", ".join(headers)),
        )
    plan = plan_import(read, source, ground, mapping)
    return mark_known_rows(office, plan)


def _column(words: str, headers: Sequence[str]) -> ColumnMapping:
    header, _sign, field = words.rpartition("=")
    found = next((each for each in headers if normalise_header(each) == normalise_header(header)), None)
    if found is None or field not in set(RequestField):
        raise UserError(
            _("“{words}” bukan pasangan KOLOM=ISIAN.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Kolom: {headers}. Isian: {fields}.").format(
                headers=", ".join(headers), fields=", ".join(RequestField)
            ),
        )
    return ColumnMapping(found, RequestField(field))


def _imported(office: Office, plan: ImportPlan, actor: Actor) -> Report:
    if not plan.settled:
        office.perform(RememberMapping(source=plan.source, columns=plan.mapping), actor)
    return run_import(plan, lambda command: office.perform(command, actor))


def _write_file(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis.").format(path=path),
            _("Permintaan yang diimpor sudah tersimpan."),
            _("Pilih folder lain, atau tutup berkas itu di aplikasi lain."),
        ) from error


def _tell_report(plan: ImportPlan, report: Report, as_json: bool) -> None:
    if as_json:
        write_json(
            {
                "file": report.file,
                "source": plan.source,
                "added": report.added,
                "known": report.known,
                "mapping": {column.header: column.field for column in plan.mapping},
                "refused": report.refused,
                "notes": plan.reading.notes,
            }
        )
        return
    click.echo(report_words(report))
    for line in (*plan.reading.notes, *map(refusal_words, report.refused)):
        click.echo(line)


@click.command(help="Jaga FOLDER: setiap daftar yang diletakkan di sana diimpor sendiri.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@source_option
@click.option("--every", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="Detik.")
@click.option("--once", is_flag=True, help="Dua kali melihat, lalu selesai.")
@database_option
@json_option
def watch(folder: Path, source: str, every: float, once: bool, database: Path, as_json: bool) -> None:
    watched, pause = WatchedFolder(folder), threading.Event()
    with open_office(database) as office:
        looks = 0
        while not (once and looks == 2):
            looks += 1
            _sweep(office, watched, OnlineSource(source), as_json)
            pause.wait(every)


def _sweep(office: Office, watched: WatchedFolder, source: OnlineSource, as_json: bool) -> None:
    try:
        for outcome in import_ready_lists(office, watched, source, Actor(station=station_name())):
            if as_json:
                write_json({"file": outcome.file, "ok": outcome.ok, "words": outcome.words})
            else:
                click.echo(f"{outcome.file}: {outcome.words}")
    except ShareUnreachable as error:  # the lists lie where they were; the next look tries again
        click.echo(str(error), err=True)
