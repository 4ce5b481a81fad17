"""The queue from the command line: the same operations as kiosk and counter."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, time
from functools import partial
from pathlib import Path

import click
import msgspec

from ult_desktop.base import _, counted, formats, language
from ult_desktop.base.paths import journal_path
from ult_desktop.cli.common import asking, naming, session, times
from ult_desktop.cli.common.help import KeyChoice
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.offline import CallNote, NoteCall
from ult_desktop.core.queue import boards, commands, ticket
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.office import office as rows
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.visits import custody
from ult_desktop.devices.printer import address as printer_address, paper as printer_paper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.operations.lookup import staffed_by, tickets_today
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import manual_calls
from ult_desktop.operations.queue import take_back

_COUNTER = asking.option("counter", "Nomor loket.", type=int)
_MOUTH = asking.switch("by_mouth", "Dipanggil tanpa alat: tidak diumumkan.")
_REASON = asking.option("reason", "Alasan.")
_AWAY = asking.switch("away", "Yang dilayani pergi mengambil sesuatu: waktu langkahnya berhenti.")
_UNKEPT_REASON = asking.option("reason", "Alasan.", expose_value=False, default="")


def _at_counter(office: Office, officer: str) -> Actor:
    """Return the officer, seated at the counter."""
    actor, counter = session.sign_in(office, officer), asking.typed("counter")
    if not office.read(lambda tx: staffed_by(tx, counter, actor.officer_id)):
        office.perform(commands.StaffCounter(counter=counter), actor)
    return actor


def _called(_office: Office, ticket_id: int | None, counter: int, by_mouth: bool) -> Command:
    if ticket_id is None:
        return commands.CallNext(counter=counter)
    return commands.CallTicket(counter=counter, ticket_id=ticket_id, by_mouth=by_mouth)


def _today(office: Office, at: time) -> int:
    zone = office.read(rows.zone)
    return to_stamp(datetime.combine(to_datetime(office.clock(), zone).date(), at, zone))


queue = asking.Noun(
    "queue",
    "Antrean: ambil, panggil, layani.",
    resolve={
        "ticket_id": session.ticket_id,
        "to_service": session.service_id,
        "to_officer": naming.officer_named,
        "called_at": _today,
        "arrived_at": _today,
        "ended_at": _today,
    },
    write=session.write_ticket,
)
_operation = partial(queue.operation, actor=_at_counter)
_operation("arrive", commands.Arrive, "Pengunjung tiba; pelayanan dimulai.", _COUNTER)
_operation(
    "finish",
    commands.Finish,
    "Pelayanan selesai.",
    _COUNTER,
    asking.option("outcome", "Hasilnya tanpa permohonan, dari daftar kantor (calling.outcomes)."),
    asking.switch("leaves", "Pengunjung pulang: kunjungannya ikut berakhir."),
)
_operation("no-show", commands.NoShow, "Yang dipanggil tidak hadir.", _COUNTER)
_operation("undo", commands.Undo, "Urungkan selesai atau tidak hadir yang terakhir.", _COUNTER)
_operation("recall", commands.Recall, "Panggil ulang.", _COUNTER, _MOUTH)
_operation("walk-in", commands.WalkIn, "Layani pengunjung tanpa nomor untuk SERVICE.", _COUNTER)
_operation(
    "call",
    commands.CallTicket,
    "Panggil berikutnya, atau TICKET tertentu.",
    asking.argument("ticket_id", metavar="[TICKET]", required=False),
    _COUNTER,
    _MOUTH,
    make=_called,
)
_operation(
    "transfer",
    commands.Transfer,
    "Alihkan pengunjung di loket ke layanan, loket, petugas, atau kembali ke pengirim.",
    _COUNTER,
    asking.option("to_service", "Awalan atau nama layanan."),
    asking.option("to_officer", "Nama masuk petugas yang sedang di loket."),
    asking.switch("back", "Kembali ke loket pengirim."),
    asking.option("remark", "Catatan untuk petugas berikutnya."),
)
queue.operation("hold", commands.Hold, "Tunda TICKET (nomor atau kode).", _REASON, _AWAY)
queue.operation("cancel", commands.Cancel, "Batalkan TICKET.", _REASON)
queue.operation("resume", commands.Resume, "Lanjutkan TICKET yang ditunda.", _UNKEPT_REASON)
queue.operation("return", commands.ComeBack, "TICKET yang terlewat datang kembali.", _UNKEPT_REASON)
queue.operation(
    "leave", commands.LeaveCounter, "Tinggalkan loket COUNTER; loket tutup.", write=asking.write_answer
)
queue.operation(
    "state",
    commands.SetCounter,
    "Buka atau jeda loket COUNTER; jeda memerlukan alasan.",
    asking.argument("counter"),
    asking.argument("state", help="Menjadi apa."),
    write=asking.write_answer,
)
queue.operation(
    "note",
    NoteCall,
    "Catat panggilan manual NUMBER (A012, AK01) yang terjadi tanpa program, hari ini.",
    asking.argument("label", metavar="NUMBER"),
    _COUNTER,
    asking.option("called_at", "Dipanggil pukul.", named="--called", type=times.CLOCK),
    asking.option(
        "arrived_at", "Dilayani dari pukul; tanpa ini: tidak datang.", named="--from", type=times.CLOCK
    ),
    asking.option("ended_at", "Dilayani sampai pukul.", named="--to", type=times.CLOCK),
)
queue.operation(
    "pause-kiosks",
    commands.PauseKiosks,
    "Jeda semua kios dengan alasan; tanpa alasan kios dibuka lagi.",
    _REASON,
    write=lambda *_done: click.echo(
        _("Kios dijeda: {reason}").format(reason=asking.typed("reason"))
        if asking.typed("reason")
        else _("Kios dibuka.")
    ),
    has_json=False,
)


def _tell_closed(office: Office, closed: int, as_json: bool) -> None:
    if as_json:
        session.write_json({"closed": closed})
        return
    click.echo(counted("{n} nomor ditutup.", closed))
    if held := office.read(custody.count_held):
        click.echo(counted("{n} kartu identitas masih dipegang: lihat “visit held”.", held))


def _tell_closing(office: Office, found: take_back.Closing | None, as_json: bool) -> None:
    if found is None:
        session.tell(as_json, None, _("Tidak ada penutupan yang dapat dibatalkan."))
        return
    at = to_datetime(found.at, office.read(rows.zone)).isoformat()
    session.tell(
        as_json,
        {**msgspec.to_builtins(found), "at": at},
        f"{at}  {found.station}  {_('jam yang keliru') if found.by_clock else _('ditutup petugas')}",
        _("kembali: {labels}").format(labels=", ".join(found.back)),
        _("dibatalkan: {labels}").format(labels=", ".join(found.newer) or "-"),
    )


def _tell_board(_office: Office, lobby: boards.LobbyBoard, as_json: bool) -> None:
    for line in lobby.counters:
        now, name = (
            "" if line.current is None else line.current.label,
            boards.counter_name(line.number, line.name),
        )
        session.tell(
            as_json,
            {
                "counter": line.number,
                "name": name,
                "state": line.state,
                "officer": line.officer,
                "label": now or None,
                "ticket_state": None if line.current is None else line.current.state,
            },
            f"{name:<20} {line.state.word:<8} {line.officer:<24} {now}",
        )
    for service in lobby.lines:
        session.tell(
            as_json,
            {
                "service": service.service.name.id,
                "prefix": service.service.prefix,
                "waiting": service.waiting,
            },
            _("{prefix:<3} {name:<40} {n} menunggu").format(
                prefix=service.service.prefix, name=service.service.name.within(language()), n=service.waiting
            ),
        )


def _listed(office: Office, state: str | None) -> tuple[ticket.Ticket, ...]:
    wanted = None if state is None else ticket.TicketState(state)
    return office.read(lambda tx: tickets_today(tx, office.clock(), wanted))


queue.operation(
    "close-day",
    commands.CloseDay,
    "Tutup hari: yang tersisa ditutup dengan alasan.",
    asking.option("reason", default="Akhir hari", show_default=True),
    write=_tell_closed,
    ask=lambda office: "\n".join((boards.what_is_left(office.hall_board()), _("Tutup antrean hari ini?"))),
)
queue.operation(
    "take-back-day",
    commands.TakeBackDay,
    "Batalkan tutup hari, atau hari yang dimulai karena jam keliru: setiap nomor kembali ke tempatnya.",
    asking.switch("cancel_newer", "Batalkan nomor yang diberikan dalam hari yang keliru."),
    write=asking.in_words(lambda back: counted("{n} nomor kembali.", back)),
)
queue.query(
    "closing",
    "Yang terakhir menutup nomor hari ini, dan apa yang kembali bila dibatalkan.",
    lambda office: office.read(lambda tx: take_back.last_closing(tx, office.clock())),
    write=_tell_closing,
)
queue.query(
    "list",
    "Nomor hari ini.",
    _listed,
    asking.option("state", type=KeyChoice(ticket.TicketState)),
    write=asking.by_row(session.write_ticket),
)
queue.query("board", "Keadaan loket dan layanan sekarang.", Office.lobby_board, write=_tell_board)


@queue.command(help="Ambil nomor untuk SERVICE (awalan atau nama layanan).")
@click.argument("service")
@session.database_option
@click.option("--priority", type=KeyChoice(ticket.PriorityReason), help="Alasan prioritas.")
@click.option("--count", type=click.IntRange(1, 10_000), default=1, show_default=True)
@click.option("--printer", default="none", help="Alamat printer karcis, misalnya tcp://127.0.0.1:9100.")
@session.json_option
def issue(
    service: str, database: Path, priority: str | None, count: int, printer: str, as_json: bool
) -> None:
    with session.open_office(database) as office, print_issued(office, printer) as to_paper:
        actor = Actor(station=session.station_name())
        command = commands.IssueTicket(
            service_id=session.service_id(office, service),
            priority=priority,
            wants_paper=to_paper is not None,
        )
        for _n in range(count):
            issued = office.perform(command, actor)
            session.write_ticket(office, issued.ticket, as_json, issued.ahead)
            if to_paper is not None:
                to_paper(issued)


@contextmanager
def print_issued(office: Office, address: str) -> Iterator[Callable[[boards.IssuedTicket], None] | None]:
    """Yield a function that prints a ticket and records what became of it; None without a printer."""
    if address == "none":
        yield None
        return
    printer = TicketPrinter(printer_address.parse_address(address))
    about = office.read(rows.load).settings.office

    def to_paper(issued: boards.IssuedTicket) -> None:
        result = printer.print(printer_paper.ticket_paper(issued.ticket, about, issued=issued))
        paper = ticket.PaperState(result.outcome.value)
        if paper is not ticket.PaperState.PRINTED:
            click.echo(f"{issued.ticket.label}: {result.state.word}", err=True)
        office.perform(
            commands.ReportPaper(ticket_id=issued.ticket.id, paper=paper),
            Actor(station=session.station_name()),
        )

    yield to_paper


@queue.command(help="Catatan panggilan manual di komputer ini: yang menunggu, dan yang tidak dapat digabung.")
@click.option("--station", help="Nama stasiun loketnya.")
@click.option("--read", is_flag=True, help="Singkirkan yang tidak dapat digabung: sudah dibaca.")
@session.database_option
@session.json_option
def notes(station: str | None, read: bool, database: Path, as_json: bool) -> None:
    with session.open_office(database) as office:
        uid, zone = office.uid, office.read(rows.zone)

    def show(noted: CallNote, state: str) -> None:
        called = to_datetime(noted.command.called_at, zone)
        words = _("menunggu digabung") if state == "waiting" else _("tidak dapat digabung")
        when = formats.format_clock(called)
        session.tell(
            as_json,
            {"label": noted.command.label, "called_at": called.isoformat(), "state": state, "why": noted.why},
            f"{noted.command.label:<8} {when}  {words}  {noted.why}".rstrip(),
        )

    with closing(OfflineJournal(journal_path(station or session.station_name()))) as book:
        found = manual_calls.notes(uid, book)
        for each in found.waiting:
            show(each, "waiting")
        if not (found.waiting or found.refused or as_json):
            asking.tell_rows(())
        for each in found.refused:
            show(each, "refused")
            if read:
                book.put_away(each.request)
