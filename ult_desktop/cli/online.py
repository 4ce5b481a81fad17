"""`online`: online requests: list, add, answer, close, count for the public, import and watch a folder."""

import time
from itertools import count
from typing import Annotated, Any

import click

from ult_desktop.base import UserError, _, formats
from ult_desktop.cli.common import session
from ult_desktop.cli.common.list_import import add_import_commands
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import Folder, param
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.online import commands, online_request
from ult_desktop.db import online_requests
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.online.request_lists import RequestLists
from ult_desktop.operations.online.watched_folder import WatchedFolder, import_ready_lists

Source = Annotated[online_request.OnlineSource, param("Asal permintaan.", show_default=True)]
SEMPENA = online_request.OnlineSource.SEMPENA


def _request_named(office: Office, number: str) -> online_request.OnlineRequest:
    request = office.read(lambda tx: online_requests.by_number(tx, number.strip().upper()))
    if request is None:
        raise UserError(
            _("Permintaan {number} tidak ada.").format(number=number),
            todo=_("Lihat nomornya dengan `ult-desktop online list`."),
        )
    return request


online = Noun(
    "online",
    nouns=("online",),
    request_id=param(resolve=lambda office, number: _request_named(office, number).id, metavar="NUMBER"),
    proof="Bukti pengiriman.",
    remark="Wajib bila belum dijawab: mengapa ditutup.",
)
# Required fields are arguments; those with -- here, and in `_add_request`, become options.
online.customise(commands.AnswerRequest, "--answer --way", way=param(default="surel", show_default=True))
online.subcommand("Satu permintaan: NUMBER seperti D-0012/2026.", "show")(_request_named)


@online.subcommand("Permintaan yang terbuka, yang paling mendesak dulu.", "list")
def _list_requests(
    tx: Transaction,
    *,
    state: online_request.OnlineState | None = None,
    search: Annotated[str, "Awal nomor, atau kata dari nama pemohon."] = "",
) -> tuple[online_request.OnlineRequestRow, ...]:
    if search:
        return tuple(row for row in online_requests.matching(tx, search) if state in (None, row.state))
    states = online_request.OPEN_STATES if state is None else (state,)
    return tuple(row for each in states for row in online_requests.in_state(tx, each))


@online.builder(
    record=online_request.OnlineRow,
    shape="--name --detail",
    without=("sent_at", "phone_index", "alike"),
    name="Nama pemohon.",
    detail="Isi permintaan.",
    external_id=param("Nomor dari sumbernya.", "--external-id"),
    service="Awalan atau nama layanan.",
)
def _add_request(*, source: Source = SEMPENA, **fields: Any) -> commands.AddRequest:  # noqa: ANN401  (typed there)
    return commands.AddRequest(source=source, row=online_request.OnlineRow(**fields))


@online.subcommand("Rekap untuk umum: pengajuan, dalam proses, ditutup, dan layanan.")
def status(
    office: Office,
    *,
    year: Annotated[int | None, param("Tahun; tanpa itu tahun ini.", type=click.IntRange(2000, 9999))] = None,
    as_json: bool,
) -> None:
    shown_year = year or int(today_of(office)[:4])
    recap = office.read(lambda tx: online_requests.recap(tx, shown_year))
    counts = {"pengajuan": recap.new, "dalam_proses": recap.in_progress, "ditutup": recap.closed}
    session.write(
        as_json,
        {"year": shown_year, **counts, "total": recap.total, "services": dict(recap.shares())},
        _("{year}: {new} pengajuan, {running} dalam proses, {closed} ditutup, total {total}").format(
            year=shown_year, new=recap.new, running=recap.in_progress, closed=recap.closed, total=recap.total
        ),
        *(
            f"{formats.format_fixed(share, 1):>5} %  {name or _('tanpa layanan')}"
            for name, share in recap.shares()
        ),
    )


def _request_lists(by: Actor, *, source: Source = SEMPENA) -> RequestLists:
    by.require(Permission.HANDLE_ONLINE)
    return RequestLists(source)


add_import_commands(
    online,
    make_importer=_request_lists,
    undo_importer=RequestLists(SEMPENA),
    list_names=[*online_request.OnlineSource],
    words="Impor daftar permintaan dari FILE (CSV, Excel, ODS, atau JSON), tidak ganda.",
    list_words="Impor daftar yang terakhir; nomornya dipakai oleh undo-import.",
    undo_words="Urungkan impor IMPORT (lihat: imports); permintaan yang sudah dikerjakan tetap ada.",
)


@online.subcommand("Jaga FOLDER: setiap daftar yang diletakkan di sana diimpor sendiri.")
def watch(
    office: Office,
    folder: Folder,
    *,
    source: Source = SEMPENA,
    every: Annotated[float, param("Detik.", type=click.FloatRange(0.1, 3600), show_default=True)] = 5.0,
    once: Annotated[bool, "Dua kali melihat, lalu selesai."] = False,
    as_json: bool,
) -> None:
    watched = WatchedFolder(folder)
    # A sweep imports a list that is as the sweep before found it: so `--once` needs two.
    for earlier_sweeps in range(2) if once else count():
        if earlier_sweeps:
            time.sleep(every)
        _sweep(office, watched, source, as_json)


def _sweep(
    office: Office, watched: WatchedFolder, source: online_request.OnlineSource, as_json: bool
) -> None:
    try:
        for outcome in import_ready_lists(office, watched, source, Actor(station=session.station_name())):
            answer = {"file": outcome.file, "ok": outcome.ok, "words": outcome.words}
            session.write(as_json, answer, f"{outcome.file}: {outcome.words}")
    except ShareUnreachable as error:  # the lists are where they were; the next sweep tries again
        click.echo(str(error), err=True)
