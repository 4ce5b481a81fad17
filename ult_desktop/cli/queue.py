"""`queue`: take, call and serve numbers, as kiosk and counter do."""

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from typing import Annotated

import click

from ult_desktop.base import _, counted, formats, language
from ult_desktop.base.paths import journal_path
from ult_desktop.cli.common import naming, output, session
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import CLOCK, param
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.offline import CallNote
from ult_desktop.core.queue import boards, commands, ticket
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.queue.boards import places_at
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody
from ult_desktop.devices.printer import address as printer_address, paper as printer_paper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.operations import closings
from ult_desktop.operations.lookup import is_staffed_by, tickets_today
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import manual_calls

# The fields on which other programs rely.
_TICKET_KEYS = (
    *("id", "label", "series", "number", "service", "state", "counter", "priority", "ahead", "day", "code"),
    *("calls", "target_counter", "target_officer", "remark", "outcome", "paper"),
    *("issued_at", "called_at", "arrived_at", "finished_at"),
)


def write_ticket(
    office: Office, row: ticket.Ticket, as_json: bool, ahead_by_id: Mapping[int, int] | None = None
) -> None:
    """Write a ticket on one line, or as JSON with times in ISO 8601.

    `ahead_by_id` is how many are ahead of each waiting ticket, by its id, if the caller knows it already.
    """
    if not as_json:
        counter = "" if row.counter is None else _("  loket {n}").format(n=row.counter)
        officer = _("  untuk {name}").format(name=row.target_officer) if row.target_officer else ""
        click.echo(f"{row.label}  {row.service}  {row.state.word}{counter}{officer}")
        return
    ahead = None
    if row.state is ticket.TicketState.WAITING:
        if ahead_by_id is None:
            ahead_by_id = office.read(lambda tx: places_at(tx, office.clock()))
        ahead = ahead_by_id.get(row.id)
    # The grounds are sealed: without the key the word alone says that the number has priority.
    grounds = ",".join(ticket.readable_reasons(row.grounds)) if row.priority else ""
    fields = output.to_json(office, row) | {
        "series": ticket.paper_series(row.series),
        "priority": (grounds or "prioritas") if row.priority else None,
        "ahead": ahead,
        "target_officer": row.target_officer or None,
    }
    session.write_json({key: fields[key] for key in _TICKET_KEYS})


def _sign_in_at_counter(office: Office, by_login: str) -> Actor:
    """Sign the officer in, open the counter for them unless they are there already, and return them."""
    actor, counter = session.sign_in(office, by_login), session.typed_value("counter")
    if not office.read(lambda tx: is_staffed_by(tx, counter, actor.officer_id)):
        office.perform(commands.StaffCounter(counter=counter), actor)
    return actor


queue = Noun(
    "queue",
    nouns=("queue", "offline"),
    write=write_ticket,
    arrived_at=param(
        "Dilayani dari pukul; tanpa ini: tidak datang.", "--from", naming.stamp_of_moment, type=CLOCK
    ),
    away="Yang dilayani pergi mengambil sesuatu: waktu langkahnya berhenti.",
    back="Kembali ke loket pengirim.",
    by_mouth="Dipanggil tanpa alat: tidak diumumkan.",
    called_at=param("Dipanggil pukul.", "--called", naming.stamp_of_moment, type=CLOCK),
    cancel_newer="Batalkan nomor yang diberikan dalam hari yang keliru.",
    ended_at=param("Dilayani sampai pukul.", "--to", naming.stamp_of_moment, type=CLOCK),
    label=param(metavar="NUMBER"),
    leaves="Pengunjung pulang: kunjungannya ikut berakhir.",
    outcome="Hasilnya tanpa permohonan, dari daftar kantor (calling.given, calling.outcomes).",
    reason="Mengapa ada yang tidak dikerjakan atau tidak tercatat.",
    remark="Catatan untuk petugas berikutnya.",
    to_officer=param("Nama masuk petugas yang sedang di loket.", resolve=naming.id_of_officer),
    to_service=param("Awalan atau nama layanan.", resolve=naming.id_of_service),
)
for _kind in (
    commands.Arrive,
    commands.Finish,
    commands.NoShow,
    commands.Undo,
    commands.Recall,
    commands.WalkIn,
    commands.Transfer,
):
    queue.customise(_kind, sign_in=_sign_in_at_counter)
queue.customise(commands.LeaveCounter, write=output.write_answer)
queue.customise(commands.SetCounter, write=output.write_answer, state=param("Menjadi apa.", metavar=None))


@queue.builder(sign_in=_sign_in_at_counter)
def _call(
    ticket_id: Annotated[int | None, param(metavar="[TICKET]")] = None,
    *,
    counter: int,
    by_mouth: bool = False,
) -> commands.CallTicket | commands.CallNext:
    if ticket_id is None:
        return commands.CallNext(counter=counter)
    return commands.CallTicket(counter=counter, ticket_id=ticket_id, by_mouth=by_mouth)


@queue.builder()
def _resume(ticket_id: int, *, reason: str = "") -> commands.Resume:  # noqa: ARG001  (scripts still give it)
    return commands.Resume(ticket_id=ticket_id)


@queue.builder()
def _come_back(ticket_id: int, *, reason: str = "") -> commands.ComeBack:  # noqa: ARG001  (like `_resume`)
    return commands.ComeBack(ticket_id=ticket_id)


def _write_closed(office: Office, closed: int, as_json: bool) -> None:
    if as_json:
        session.write_json({"closed": closed})
        return
    click.echo(counted("{n} nomor ditutup.", closed))
    if held := office.read(custody.count_held_cards):
        click.echo(counted("{n} kartu identitas masih dipegang: lihat “visit held”.", held))


def _write_closing(office: Office, closing: closings.Closing | None, as_json: bool) -> None:
    if closing is None:
        session.write(as_json, None, _("Tidak ada penutupan yang dapat dibatalkan."))
        return
    fields = output.to_json(office, closing)
    cause = _("jam yang keliru") if closing.by_clock else _("ditutup petugas")
    session.write(
        as_json,
        fields,
        f"{fields['at']}  {closing.station}  {cause}",
        _("kembali: {labels}").format(labels=", ".join(closing.back)),
        _("dibatalkan: {labels}").format(labels=", ".join(closing.newer) or "-"),
    )


def _write_board(_office: Office, lobby: boards.LobbyBoard, as_json: bool) -> None:
    for counter in lobby.counters:
        name = boards.counter_name(counter.number, counter.name)
        label = "" if counter.current is None else counter.current.label
        session.write(
            as_json,
            {
                "counter": counter.number,
                "name": name,
                "state": counter.state,
                "officer": counter.officer,
                "label": label or None,
                "ticket_state": None if counter.current is None else counter.current.state,
            },
            f"{name:<20} {counter.state.word:<8} {counter.officer:<24} {label}",
        )
    for line in lobby.lines:
        service = line.service
        session.write(
            as_json,
            {"service": service.name.indonesian, "prefix": service.prefix, "waiting": line.waiting},
            f"{service.prefix:<3} {service.name.within(language()):<40} {boards.line_words(line)}",
        )


def _write_paused(*_answer: object) -> None:
    reason = session.typed_value("reason")
    click.echo(_("Kios dijeda: {reason}").format(reason=reason) if reason else _("Kios dibuka."))


queue.customise(commands.PauseKiosks, write=_write_paused, has_json=False)
queue.customise(
    commands.CloseDay,
    "--reason",
    write=_write_closed,
    ask=lambda office: "\n".join((boards.left_open_words(office.hall_board()), _("Tutup antrean hari ini?"))),
    reason=param(default="Akhir hari", show_default=True),
)
queue.customise(
    commands.TakeBackDay, write=output.words_writer(lambda back: counted("{n} nomor kembali.", back))
)


queue.subcommand(
    "Yang terakhir menutup nomor hari ini, dan apa yang kembali bila dibatalkan.", "closing", _write_closing
)(closings.last_closing)


def _write_list(office: Office, rows: tuple[ticket.Ticket, ...], as_json: bool) -> None:
    ahead = office.read(lambda tx: places_at(tx, office.clock()))
    output.row_writer(partial(write_ticket, ahead_by_id=ahead))(office, rows, as_json)


@queue.subcommand("Nomor hari ini.", "list", _write_list)
def _list_tickets(
    tx: Transaction, now: int, *, state: ticket.TicketState | None = None
) -> tuple[ticket.Ticket, ...]:
    return tickets_today(tx, now, state)


@queue.subcommand("Keadaan loket dan layanan sekarang.", write=_write_board)
def board(office: Office) -> boards.LobbyBoard:
    return office.lobby_board()


@queue.subcommand("Ambil nomor untuk SERVICE (awalan atau nama layanan).")
def issue(
    service: str,
    *,
    office: Office,
    priority: Annotated[ticket.PriorityReason | None, "Alasan prioritas."] = None,
    count: Annotated[
        int, param("Berapa nomor diambil.", type=click.IntRange(1, 10_000), show_default=True)
    ] = 1,
    printer: Annotated[
        str, param("Alamat printer karcis, misalnya tcp://127.0.0.1:9100.", show_default=False)
    ] = "none",
    as_json: bool,
) -> None:
    actor = Actor(station=session.station_name())
    ticket_printer = None if printer == "none" else TicketPrinter(printer_address.parse_address(printer))
    command = commands.IssueTicket(
        service_id=naming.id_of_service(office, service),
        priority=priority,
        wants_paper=ticket_printer is not None,
    )
    for _n in range(count):
        issued = office.perform(command, actor)
        write_ticket(office, issued.ticket, as_json, {issued.ticket.id: issued.ahead or 0})
        if ticket_printer is not None:
            _print_issued(office, actor, ticket_printer, issued)


def _print_issued(office: Office, actor: Actor, printer: TicketPrinter, issued: boards.IssuedTicket) -> None:
    """Print the ticket, and record what became of its paper."""
    about = office.read(office_rows.load).settings.office
    result = printer.print(printer_paper.ticket_paper(issued.ticket, about, issued=issued))
    paper = ticket.PaperState(result.outcome.value)
    if paper is not ticket.PaperState.PRINTED:
        click.echo(f"{issued.ticket.label}: {result.state.word}", err=True)
    office.perform(commands.ReportPaper(ticket_id=issued.ticket.id, paper=paper), actor)


@queue.subcommand("Catatan panggilan manual di komputer ini: yang menunggu, dan yang tidak dapat digabung.")
def notes(
    office: Office,
    *,
    station: Annotated[str | None, "Nama stasiun loketnya."] = None,
    read: Annotated[bool, "Singkirkan yang tidak dapat digabung: sudah dibaca."] = False,
    as_json: bool,
) -> None:
    zone = office.read(office_rows.zone)

    def write(note: CallNote, state: str, words: str) -> None:
        called, label = to_datetime(note.command.called_at, zone), note.command.label
        session.write(
            as_json,
            {"label": label, "called_at": called.isoformat(), "state": state, "why": note.why},
            f"{label:<8} {formats.format_clock(called)}  {words}  {note.why}".rstrip(),
        )

    with closing(OfflineJournal(journal_path(station or session.station_name()))) as journal:
        call_notes = manual_calls.read_notes(office.uid, journal)
        if not (call_notes.waiting or call_notes.refused or as_json):
            output.write_lines(())
        for note in call_notes.waiting:
            write(note, "waiting", _("menunggu digabung"))
        for note in call_notes.refused:
            write(note, "refused", _("tidak dapat digabung"))
            if read:
                journal.put_away(note.request)
