"""Requests from afar at the command line: lists, typing in, answers, the public numbers, imports."""

import threading
from collections.abc import Sequence
from pathlib import Path

import click

from ult_desktop.base import UserError, _, formats
from ult_desktop.cli.common import asking, paper, session
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.online import commands, mapping as online_mapping, online_request, request_rows
from ult_desktop.core.person import Person
from ult_desktop.db import online_requests as rows
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.online import list_import
from ult_desktop.operations.online.list_reader import read_list
from ult_desktop.operations.online.watched_folder import WatchedFolder, import_ready_lists
from ult_desktop.reports.files import write_whole

_NUMBER = asking.argument("request_id", metavar="NUMBER")
_source = click.option(
    "--source",
    type=KeyChoice(online_request.OnlineSource),
    default="sempena",
    show_default=True,
    help="Asal permintaan.",
)


def _named(office: Office, number: str) -> online_request.OnlineRequest:
    found = office.read(lambda tx: rows.by_number(tx, number.strip().upper()))
    if found is None:
        raise UserError(
            _("Permintaan {number} tidak ada.").format(number=number),
            todo=_("Lihat nomornya dengan `ult-desktop online list`."),
        )
    return found


def _listed(office: Office, state: str | None, search: str) -> tuple[online_request.OnlineRequestRow, ...]:
    if search:
        return office.read(lambda tx: rows.matching(tx, search))
    states = online_request.OPEN_STATES if state is None else (online_request.OnlineState(state),)
    return office.read(lambda tx: tuple(line for each in states for line in rows.in_state(tx, each)))


online = asking.Noun(
    "online",
    "Permintaan daring: impor, jawab, tutup.",
    _NUMBER,
    resolve={"request_id": lambda office, number: _named(office, number).id},
)
online.query(
    "list",
    "Permintaan yang terbuka, yang paling mendesak dulu.",
    _listed,
    asking.option("state", type=KeyChoice(online_request.OnlineState)),
    asking.option("search", "Awal nomor atau nama pemohon.", default=""),
)
online.query("show", "Satu permintaan: NUMBER seperti D-0012/2026.", _named, asking.argument("number"))
online.operation(
    "add",
    commands.AddRequest,
    "Catat permintaan yang datang lewat surat, pesan, atau surel.",
    asking.option("source", "Asal permintaan.", default="sempena", show_default=True),
    asking.option("name", "Nama pemohon.", required=True),
    asking.option("detail", "Isi permintaan.", required=True),
    asking.option("external_id", "Nomor dari sumbernya.", named="--external-id", default=""),
    *(asking.option(name, default="") for name in Person.__struct_fields__[1:]),
    asking.option("service", "Awalan atau nama layanan.", default=""),
    asking.option("topic", default=""),
    make=lambda _office, source, **said: commands.AddRequest(
        source=source, row=online_request.OnlineRow(**said)
    ),
)
online.operation("take", commands.TakeRequest, "Tangani permintaan NUMBER.")
online.operation(
    "reply",
    commands.AnswerRequest,
    "Jawaban atas NUMBER sudah dikirim.",
    asking.option("answer", "Isi jawaban."),
    asking.option("way", default=DeliveryChannel.EMAIL.value, show_default=True),
    asking.option("proof", "Bukti pengiriman."),
)
online.operation(
    "close",
    commands.CloseRequest,
    "Tutup permintaan NUMBER.",
    asking.option("remark", "Wajib bila belum dijawab: mengapa ditutup."),
)


@online.command(help="Rekap untuk umum: pengajuan, dalam proses, ditutup, dan layanan.")
@click.option("--year", type=click.IntRange(2000, 9999), help="Tahun; tanpa itu tahun ini.")
@session.database_option
@session.json_option
def status(year: int | None, database: Path, as_json: bool) -> None:
    with session.open_office(database) as office:
        wanted = year or int(today_of(office)[:4])
        recap = office.read(lambda tx: rows.recap(tx, wanted))
    if as_json:
        counts = {"pengajuan": recap.new, "dalam_proses": recap.in_progress, "ditutup": recap.closed}
        session.write_json({"year": wanted, **counts, "total": recap.total, "services": dict(recap.shares())})
        return
    click.echo(
        _("{year}: {new} pengajuan, {running} dalam proses, {closed} ditutup, total {total}").format(
            year=wanted, new=recap.new, running=recap.in_progress, closed=recap.closed, total=recap.total
        )
    )
    for name, share in recap.shares():
        click.echo(f"{formats.format_fixed(share, 1):>5} %  {name or _('tanpa layanan')}")


@online.command(name="import", help="Impor daftar permintaan dari FILE (CSV, XLSX, atau JSON).")
@click.argument("file", type=paper.FILE)
@_source
@click.option("--map", "columns", multiple=True, help="KOLOM=ISIAN, misalnya “Nama Lengkap=nama”.")
@click.option("--preview", is_flag=True, help="Hanya periksa; tidak ada yang ditulis.")
@click.option("--refused", type=paper.FILE, help="Tulis baris yang ditolak ke berkas CSV ini.")
@session.database_option
@session.officer_option
@session.json_option
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
    with session.open_office(database) as office:
        actor = session.sign_in(office, officer)
        actor.require(Permission.HANDLE_ONLINE)
        plan = _planned(office, file, online_request.OnlineSource(source), columns)
        if preview:
            report = list_import.Report(
                file=plan.file, added=len(plan.new), known=len(plan.known), refused=plan.reading.refused
            )
        else:
            report = _imported(office, plan, actor)
    if refused is not None and report.refused:
        write_whole(refused, list_import.refused_file(report.refused))
    _tell_report(plan, report, as_json)


def _planned(
    office: Office, file: Path, source: online_request.OnlineSource, columns: Sequence[str]
) -> list_import.ImportPlan:
    """Plan the import. Raises UserError when a named column is not there, or a needed one is not named."""
    read = read_list(file)
    ground = office.read(lambda tx: list_import.import_context(tx, source, office.clock()))
    headers = read.table(ground.remembered).headers
    told = tuple(_column(words, headers) for words in columns)
    rest = online_mapping.best_mapping(
        ground.remembered, [h for h in headers if h not in {c.header for c in told}]
    )
    mapping = told + tuple(column for column in rest if column.field not in {c.field for c in told})
    lacking = online_mapping.missing_fields(mapping)
    if lacking:
        raise UserError(
            _("Kolom untuk {names} belum ditentukan.").format(names=", ".join(each.word for each in lacking)),
            _("Tidak ada yang diimpor."),
            _("Tambahkan --map KOLOM=ISIAN; kolom yang ada: {headers}.").format(headers=", ".join(headers)),
        )
    plan = list_import.plan_import(read, source, ground, mapping)
    return list_import.mark_known_rows(office, plan)


def _column(words: str, headers: Sequence[str]) -> online_mapping.ColumnMapping:
    header, _sign, field = words.rpartition("=")
    found = next(
        (
            each
            for each in headers
            if online_mapping.normalise_header(each) == online_mapping.normalise_header(header)
        ),
        None,
    )
    if found is None or field not in set(online_mapping.RequestField):
        raise UserError(
            _("“{words}” bukan pasangan KOLOM=ISIAN.").format(words=words),
            _("Tidak ada yang diimpor."),
            _("Kolom: {headers}. Isian: {fields}.").format(
                headers=", ".join(headers), fields=", ".join(online_mapping.RequestField)
            ),
        )
    return online_mapping.ColumnMapping(found, online_mapping.RequestField(field))


def _imported(office: Office, plan: list_import.ImportPlan, actor: Actor) -> list_import.Report:
    if not plan.settled:
        office.perform(commands.RememberMapping(source=plan.source, columns=plan.mapping), actor)
    return list_import.run_import(plan, lambda command: office.perform(command, actor))


def _tell_report(plan: list_import.ImportPlan, report: list_import.Report, as_json: bool) -> None:
    session.tell(
        as_json,
        {
            "file": report.file,
            "source": plan.source,
            "added": report.added,
            "known": report.known,
            "mapping": {column.header: column.field for column in plan.mapping},
            "refused": report.refused,
            "notes": plan.reading.notes,
        },
        list_import.report_words(report),
        *(*plan.reading.notes, *map(request_rows.refusal_words, report.refused)),
    )


@online.command(help="Jaga FOLDER: setiap daftar yang diletakkan di sana diimpor sendiri.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_source
@click.option("--every", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="Detik.")
@click.option("--once", is_flag=True, help="Dua kali melihat, lalu selesai.")
@session.database_option
@session.json_option
def watch(folder: Path, source: str, every: float, once: bool, database: Path, as_json: bool) -> None:
    watched, pause = WatchedFolder(folder), threading.Event()
    with session.open_office(database) as office:
        looks = 0
        while not (once and looks == 2):
            looks += 1
            _sweep(office, watched, online_request.OnlineSource(source), as_json)
            pause.wait(every)


def _sweep(
    office: Office, watched: WatchedFolder, source: online_request.OnlineSource, as_json: bool
) -> None:
    try:
        for outcome in import_ready_lists(office, watched, source, Actor(station=session.station_name())):
            if as_json:
                session.write_json({"file": outcome.file, "ok": outcome.ok, "words": outcome.words})
            else:
                click.echo(f"{outcome.file}: {outcome.words}")
    except ShareUnreachable as error:  # the lists lie where they were; the next look tries again
        click.echo(str(error), err=True)
