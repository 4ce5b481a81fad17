"""Requests from afar at the command line: lists, typing in, answers, the public numbers, imports."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import click

from ult_desktop.base import UserError, _, formats
from ult_desktop.cli.common import asking, session
from ult_desktop.cli.common.asked import Folder, asked
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.online import commands, mapping as online_mapping, online_request, request_rows
from ult_desktop.db import online_requests as rows
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.online import list_import
from ult_desktop.operations.online.list_reader import read_list
from ult_desktop.operations.online.watched_folder import WatchedFolder, import_ready_lists
from ult_desktop.reports.files import write_whole

Source = Annotated[online_request.OnlineSource, asked("Asal permintaan.", show_default=True)]
SEMPENA = online_request.OnlineSource.SEMPENA


def _named(office: Office, number: str) -> online_request.OnlineRequest:
    found = office.read(lambda tx: rows.by_number(tx, number.strip().upper()))
    if found is None:
        raise UserError(
            _("Permintaan {number} tidak ada.").format(number=number),
            todo=_("Lihat nomornya dengan `ult-desktop online list`."),
        )
    return found


online = asking.Noun(
    "online",
    nouns=("online",),
    request_id=asked(resolve=lambda office, number: _named(office, number).id, metavar="NUMBER"),
    proof="Bukti pengiriman.",
    remark="Wajib bila belum dijawab: mengapa ditutup.",
)
online.operation(commands.AnswerRequest, "--answer --way", way=asked(default="surel", show_default=True))
online.line("Satu permintaan: NUMBER seperti D-0012/2026.", "show")(_named)


@online.line("Permintaan yang terbuka, yang paling mendesak dulu.", "list")
def _listed(
    tx: Transaction,
    *,
    state: online_request.OnlineState | None = None,
    search: Annotated[str, "Awal nomor, atau kata dari nama pemohon."] = "",
) -> tuple[online_request.OnlineRequestRow, ...]:
    if search:
        return rows.matching(tx, search)
    states = online_request.OPEN_STATES if state is None else (state,)
    return tuple(line for each in states for line in rows.in_state(tx, each))


@online.making(
    record=online_request.OnlineRow,
    shape="--name --detail",
    without=("sent_at", "phone_index", "alike"),
    name="Nama pemohon.",
    detail="Isi permintaan.",
    external_id=asked("Nomor dari sumbernya.", "--external-id"),
    service="Awalan atau nama layanan.",
)
def _added(*, source: Source = SEMPENA, **said: Any) -> commands.AddRequest:  # noqa: ANN401  (typed there)
    return commands.AddRequest(source=source, row=online_request.OnlineRow(**said))


@online.line("Rekap untuk umum: pengajuan, dalam proses, ditutup, dan layanan.")
def status(
    office: Office,
    *,
    year: Annotated[int | None, asked("Tahun; tanpa itu tahun ini.", type=click.IntRange(2000, 9999))] = None,
    as_json: bool,
) -> None:
    wanted = year or int(today_of(office)[:4])
    recap = office.read(lambda tx: rows.recap(tx, wanted))
    counts = {"pengajuan": recap.new, "dalam_proses": recap.in_progress, "ditutup": recap.closed}
    session.tell(
        as_json,
        {"year": wanted, **counts, "total": recap.total, "services": dict(recap.shares())},
        _("{year}: {new} pengajuan, {running} dalam proses, {closed} ditutup, total {total}").format(
            year=wanted, new=recap.new, running=recap.in_progress, closed=recap.closed, total=recap.total
        ),
        *(
            f"{formats.format_fixed(share, 1):>5} %  {name or _('tanpa layanan')}"
            for name, share in recap.shares()
        ),
    )


@online.line("Impor daftar permintaan dari FILE (CSV, XLSX, atau JSON).", "import")
def import_file(
    office: Office,
    by: Actor,
    file: Path,
    *,
    source: Source = SEMPENA,
    columns: Annotated[tuple[str, ...], asked("KOLOM=ISIAN, misalnya “Nama Lengkap=nama”.", "--map")] = (),
    preview: Annotated[bool, "Hanya periksa; tidak ada yang ditulis."] = False,
    refused: Annotated[Path | None, "Tulis baris yang ditolak ke berkas CSV ini."] = None,
    as_json: bool,
) -> None:
    by.require(Permission.HANDLE_ONLINE)
    plan = _planned(office, file, source, columns)
    if preview:
        report = list_import.Report(
            file=plan.file, added=len(plan.new), known=len(plan.known), refused=plan.reading.refused
        )
    else:
        report = _imported(office, plan, by)
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


@online.line("Jaga FOLDER: setiap daftar yang diletakkan di sana diimpor sendiri.")
def watch(
    office: Office,
    folder: Folder,
    *,
    source: Source = SEMPENA,
    every: Annotated[float, asked("Detik.", type=click.FloatRange(0.1, 3600), show_default=True)] = 5.0,
    once: Annotated[bool, "Dua kali melihat, lalu selesai."] = False,
    as_json: bool,
) -> None:
    watched, pause = WatchedFolder(folder), threading.Event()
    looks = 0
    while not (once and looks == 2):
        looks += 1
        _sweep(office, watched, source, as_json)
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
