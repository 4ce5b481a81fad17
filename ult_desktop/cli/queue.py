"""The queue from the command line: the same operations as kiosk and counter."""

from collections.abc import Callable
from pathlib import Path

import click

from ult_desktop.cli.asking import add_commands
from ult_desktop.cli.noting import note, notes
from ult_desktop.cli.printing import print_issued
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    service_id,
    sign_in,
    station_name,
    ticket_id,
    write_issued,
    write_json,
    write_ticket,
)
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.queue.boards import counter_name, counter_word
from ult_desktop.core.queue.commands import (
    Arrive,
    CallNext,
    CallTicket,
    Cancel,
    CloseDay,
    ComeBack,
    Finish,
    Hold,
    IssueTicket,
    LeaveCounter,
    NoShow,
    PauseKiosks,
    Recall,
    Resume,
    SetCounter,
    StaffCounter,
    Transfer,
    Undo,
    WalkIn,
)
from ult_desktop.core.queue.ticket import PriorityReason, TicketState
from ult_desktop.db.visits import custody
from ult_desktop.operations.lookup import staffed_by, tickets_today
from ult_desktop.operations.office.office import Office

_counter = click.option("--counter", type=int, required=True, help="Nomor loket.")
_reason = click.option("--reason", default="", help="Alasan.")
_mouth = click.option("--by-mouth", is_flag=True, help="Dipanggil lisan: tidak diumumkan.")


@click.group(help="Antrean: ambil, panggil, layani.")
def queue() -> None:
    pass


@queue.command(help="Ambil nomor untuk SERVICE (awalan atau nama layanan).")
@click.argument("service")
@database_option
@click.option("--priority", type=click.Choice([g.value for g in PriorityReason]), help="Alasan prioritas.")
@click.option("--count", type=click.IntRange(1, 10_000), default=1, show_default=True)
@click.option("--printer", default="none", help="Alamat printer karcis, misalnya tcp://127.0.0.1:9100.")
@json_option
def issue(
    service: str, database: Path, priority: str | None, count: int, printer: str, as_json: bool
) -> None:
    with open_office(database) as office, print_issued(office, printer) as to_paper:
        actor = Actor(station=station_name())
        command = IssueTicket(
            service_id=service_id(office, service), priority=priority, wants_paper=to_paper is not None
        )
        for _n in range(count):
            issued = office.perform(command, actor)
            write_issued(office, issued, as_json)
            if to_paper is not None:
                to_paper(issued)


def _at_counter(office: Office, counter: int, officer: str) -> Actor:
    """The officer, seated at the counter."""
    actor = sign_in(office, officer)
    if not office.read(lambda tx: staffed_by(tx, counter, actor.officer_id)):
        office.perform(StaffCounter(counter=counter), actor)
    return actor


def _counter_command(name: str, words: str, ask_for: Callable[[int], Command]) -> None:
    @queue.command(name=name, help=words)
    @_counter
    @database_option
    @officer_option
    @json_option
    def command(counter: int, database: Path, officer: str, as_json: bool) -> None:
        with open_office(database) as office:
            actor = _at_counter(office, counter, officer)
            write_ticket(office, office.perform(ask_for(counter), actor), as_json)


_counter_command("arrive", "Pengunjung tiba; pelayanan dimulai.", lambda n: Arrive(counter=n))
_counter_command("finish", "Pelayanan selesai.", lambda n: Finish(counter=n))
_counter_command("no-show", "Yang dipanggil tidak hadir.", lambda n: NoShow(counter=n))
_counter_command("undo", "Urungkan selesai atau tidak hadir yang terakhir.", lambda n: Undo(counter=n))


@queue.command(help="Panggil berikutnya, atau TICKET tertentu.")
@click.argument("ticket", required=False)
@_counter
@_mouth
@database_option
@officer_option
@json_option
def call(
    ticket: str | None, counter: int, by_mouth: bool, database: Path, officer: str, as_json: bool
) -> None:
    with open_office(database) as office:
        actor = _at_counter(office, counter, officer)
        command: Command = CallNext(counter=counter)
        if ticket is not None:
            command = CallTicket(counter=counter, ticket_id=ticket_id(office, ticket), by_mouth=by_mouth)
        write_ticket(office, office.perform(command, actor), as_json)


@queue.command(help="Panggil ulang.")
@_counter
@_mouth
@database_option
@officer_option
@json_option
def recall(counter: int, by_mouth: bool, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        actor = _at_counter(office, counter, officer)
        write_ticket(office, office.perform(Recall(counter=counter, by_mouth=by_mouth), actor), as_json)


@queue.command(name="walk-in", help="Layani pengunjung tanpa nomor untuk SERVICE.")
@click.argument("service")
@_counter
@database_option
@officer_option
@json_option
def walk_in(service: str, counter: int, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        actor = _at_counter(office, counter, officer)
        command = WalkIn(counter=counter, service_id=service_id(office, service))
        write_ticket(office, office.perform(command, actor), as_json)


@queue.command(help="Alihkan pengunjung di loket ke layanan, loket, atau kembali ke pengirim.")
@_counter
@click.option("--to-service", help="Awalan atau nama layanan.")
@click.option("--to-counter", type=int)
@click.option("--back", is_flag=True, help="Kembali ke loket pengirim.")
@click.option("--remark", default="", help="Catatan untuk petugas berikutnya.")
@database_option
@officer_option
@json_option
def transfer(
    counter: int,
    to_service: str | None,
    to_counter: int | None,
    back: bool,
    remark: str,
    database: Path,
    officer: str,
    as_json: bool,
) -> None:
    with open_office(database) as office:
        actor = _at_counter(office, counter, officer)
        command = Transfer(
            counter=counter,
            to_service=None if to_service is None else service_id(office, to_service),
            to_counter=to_counter,
            back=back,
            remark=remark,
        )
        write_ticket(office, office.perform(command, actor), as_json)


def _ticket_command(name: str, words: str, ask_for: Callable[[int, str], Command]) -> None:
    @queue.command(name=name, help=words)
    @click.argument("ticket")
    @_reason
    @database_option
    @officer_option
    @json_option
    def command(ticket: str, reason: str, database: Path, officer: str, as_json: bool) -> None:
        with open_office(database) as office:
            ask = ask_for(ticket_id(office, ticket), reason)
            write_ticket(office, office.perform(ask, sign_in(office, officer)), as_json)


_ticket_command("hold", "Tunda TICKET (nomor atau kode).", lambda t, why: Hold(ticket_id=t, reason=why))
_ticket_command("resume", "Lanjutkan TICKET yang ditunda.", lambda t, _why: Resume(ticket_id=t))
_ticket_command("return", "TICKET yang terlewat datang kembali.", lambda t, _why: ComeBack(ticket_id=t))
_ticket_command("cancel", "Batalkan TICKET.", lambda t, why: Cancel(ticket_id=t, reason=why))


@queue.command(name="list", help="Nomor hari ini.")
@click.option("--state", type=click.Choice([state.value for state in TicketState]))
@database_option
@json_option
def list_tickets(state: str | None, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        wanted = None if state is None else TicketState(state)
        for ticket in office.read(lambda tx: tickets_today(tx, office.clock(), wanted)):
            write_ticket(office, ticket, as_json)


@queue.command(help="Keadaan loket dan layanan sekarang.")
@database_option
@json_option
def board(database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        lobby = office.lobby_board()
    for line in lobby.counters:
        now, name = "" if line.current is None else line.current.label, counter_name(line.number, line.name)
        if as_json:
            write_json(
                {
                    "counter": line.number,
                    "name": name,
                    "state": line.state,
                    "officer": line.officer,
                    "label": now or None,
                    "ticket_state": None if line.current is None else line.current.state,
                }
            )
        else:
            click.echo(f"{name:<20} {counter_word(line.state):<8} {line.officer:<24} {now}")
    for service in lobby.lines:
        if as_json:
            write_json(
                {
                    "service": service.service.name.id,
                    "prefix": service.service.prefix,
                    "waiting": service.waiting,
                }
            )
        else:
            click.echo(
                f"{service.service.prefix:<3} {service.service.name.id:<40} {service.waiting} menunggu"
            )


queue.add_command(note)
queue.add_command(notes)
add_commands(
    queue,
    [
        ("leave", LeaveCounter, "Tinggalkan loket COUNTER; loket tutup."),
        ("state", SetCounter, "Buka atau jeda loket COUNTER; jeda memerlukan alasan."),
    ],
)


@queue.command(name="pause-kiosks", help="Jeda semua kios dengan alasan; tanpa alasan kios dibuka lagi.")
@_reason
@database_option
@officer_option
def pause_kiosks(reason: str, database: Path, officer: str) -> None:
    with open_office(database) as office:
        office.perform(PauseKiosks(reason=reason), sign_in(office, officer))
    click.echo(f"Kios dijeda: {reason}" if reason else "Kios dibuka.")


@queue.command(name="close-day", help="Tutup hari: yang tersisa ditutup dengan alasan.")
@click.option("--reason", default="Akhir hari", show_default=True)
@database_option
@officer_option
@json_option
def close_day(reason: str, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        closed = office.perform(CloseDay(reason=reason), sign_in(office, officer))
        held = office.read(custody.count_held)
    if as_json:
        write_json({"closed": closed})
        return
    click.echo(f"{closed} nomor ditutup.")
    if held:
        click.echo(f"{held} kartu identitas masih dipegang: lihat “visit held”.")
