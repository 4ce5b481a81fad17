"""The kiosk that is cut off and gives numbers alone; `offline_upload` brings them to the office later."""

from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.core import offline
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import boards, commands, opening, ticket as queue_ticket
from ult_desktop.core.stamps import office_day
from ult_desktop.db.access import keys
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.queue.boards import service_of
from ult_desktop.db.store import clock, journal, stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.request_ids import new_id
from ult_desktop.operations.sealing import seal_fields

if TYPE_CHECKING:
    from ult_desktop.operations.queue import issuing
else:
    issuing = late("ult_desktop.operations.queue.issuing")


class StoredSnapshot(msgspec.Struct, frozen=True):
    """The state that an earlier run left: the last snapshot, and whether numbers wait to be merged."""

    snapshot: offline.OfficeSnapshot | None
    has_unmerged: bool


def read_snapshot(office: Office) -> offline.OfficeSnapshot:
    """Read the part of the office that the kiosk needs when it is cut off. A small read after each change."""
    return office.read(lambda tx: _read_snapshot(tx, office))


def _read_snapshot(tx: Transaction, office: Office) -> offline.OfficeSnapshot:
    row = office_rows.load(tx)
    settings = row.settings
    active, key = services.active(tx), keys.newest(tx)
    board = boards.KioskBoard(
        office=settings.office,
        greeting=settings.greeting,
        opening=boards.OpeningStatus(),
        categories=tuple(
            boards.Category(key=category.key, name=category.name, icon=category.icon, parent=category.parent)
            for category in settings.categories
        ),
        lines=tuple(
            boards.ServiceQueue(
                service=service_of(service_row), waiting=0, wait=None, counters_open=0, counted=False
            )
            for service_row in active
        ),
        priority_series=settings.calling.priority_series,
    )
    return offline.OfficeSnapshot(
        uid=row.uid,
        settings=settings,
        kiosk_pause=row.kiosk_pause,
        board=board,
        services={service_row.id: service_row.definition for service_row in active},
        day=office_day(office.clock(), settings.office.zone),
        clock_offset_ms=office.clock() - clock.steady_ms(),
        generation=key.generation if key else 0,
        public_key=key.public if key else b"",
        identity=office.own.identity,
        letter=stations.letter_of(tx, office.own.identity),
    )


def require_letter(snapshot: offline.OfficeSnapshot) -> None:
    """Raise UserError when another kiosk has the letter that this one's settings name."""
    letter = offline.refused_letter(snapshot.letter)
    if letter:
        raise UserError(
            _("Huruf {letter} sudah dipakai kios lain.").format(letter=letter),
            _("Selama tersambung kios ini tetap memberi nomor."),
            _("Agar dapat memberi nomor saat terputus, beri huruf lain (Pengaturan, Komputer ini)."),
        )


def snapshot_now(snapshot: offline.OfficeSnapshot) -> int:
    """Return the time (UTC ms) by the share's clock as last known. Setting the PC's clock changes nothing."""
    return clock.steady_ms() + snapshot.clock_offset_ms


def store_snapshot(snapshot: offline.OfficeSnapshot, book: OfflineJournal) -> None:
    """Store the snapshot for a later start of the program.

    `clock_offset_ms` counts from this PC's clock as this run found it. If somebody set the clock since, a
    later run finds it changed by that step: the stored offset is less by it.
    """
    offset = snapshot.clock_offset_ms - clock.stepped_ms()
    book.keep_snapshot(
        msgspec.json.encode(msgspec.structs.replace(snapshot, clock_offset_ms=offset)).decode()
    )


def load_snapshot(book: OfflineJournal) -> StoredSnapshot:
    """Return the stored snapshot.

    If it cannot be read, as one of another version of the program, `snapshot` is None. A snapshot that came
    here with another PC's disk is returned without its letter.
    """
    try:
        snapshot = msgspec.json.decode(book.kept_snapshot(), type=offline.OfficeSnapshot)
    except msgspec.MsgspecError:
        snapshot = None
    if snapshot is not None and snapshot.identity != book.identity():
        snapshot = msgspec.structs.replace(snapshot, letter="")
    return StoredSnapshot(snapshot, has_unmerged=book.has_waiting())


def issue_offline(
    command: commands.IssueTicket,
    snapshot: offline.OfficeSnapshot,
    letter: str,
    station: str,
    instead_of: str,
    book: OfflineJournal,
) -> boards.IssuedTicket:
    """Give the next number of the kiosk's own series. This PC's disk has it when this returns.

    Its ticket id is below zero until the office gives it one. How many people are ahead is not known.
    `instead_of` is the request for whose answer this kiosk stopped waiting, "" if there is none.

    Raises:
        UserError: the office is closed by now, or this disk cannot be written.
    """
    at = snapshot_now(snapshot)
    _require_open(snapshot, command.service_id, at)
    request, day = new_id(), office_day(at, snapshot.settings.office.zone)
    series = offline.offline_series(
        snapshot, command.service_id, letter, priority=command.priority is not None
    )
    number = book.last_number(snapshot.uid, day, series) + 1
    in_clear = offline.MergeTicket(
        service_id=command.service_id,
        day=day,
        series=series,
        number=number,
        label=queue_ticket.label_of(series, number, offline.offline_digits(snapshot)),
        issued_at=at,
        priority=command.priority,
        help=command.help,
        wants_paper=command.wants_paper,
        instead_of=instead_of,
    )
    sealed = seal_fields(in_clear, snapshot.seal, None)
    arguments = msgspec.json.encode(sealed).decode()
    book.begin(
        journal.JournalEntry(
            request=request,
            office=snapshot.uid,
            name=type(sealed).__name__,
            arguments=arguments,
            at=at,
            station=station,
            officer_id=None,
        )
    )
    return boards.IssuedTicket(ticket=_ticket(sealed, snapshot, request), ahead=None, wait=None)


def _require_open(snapshot: offline.OfficeSnapshot, service_id: int, at: int) -> None:
    local = snapshot.local(at)
    is_offered = any(line.service.id == service_id for line in snapshot.board.lines)
    gives_numbers = opening.kiosk_gives_numbers(snapshot.settings, snapshot.kiosk_pause, local)
    if (
        not gives_numbers
        or not snapshot.is_recent_at(at)
        or not is_offered
        or opening.service_refusal(snapshot.services[service_id], local)
    ):
        raise UserError(
            _("Nomor antrean belum dapat diambil sekarang."), todo=_("Silakan kembali pada jam layanan.")
        )


def _ticket(
    command: offline.MergeTicket, snapshot: offline.OfficeSnapshot, request: str
) -> queue_ticket.Ticket:
    service = snapshot.services[command.service_id]
    return queue_ticket.Ticket(
        id=-1 - int(request[-8:], 16),
        code=issuing.ticket_code(request),
        day=command.day,
        series=command.series,
        number=command.number,
        label=command.label,
        service_id=command.service_id,
        service=service.name.indonesian,
        service_en=service.name.en,
        state=queue_ticket.TicketState.WAITING,
        place=queue_ticket.QueuePosition.FRESH,
        priority=command.priority is not None,
        grounds=(),  # the paper has neither these nor the help; the merged request brings both to the office
        help=(),
        issued_at=command.issued_at,
        queued_at=command.issued_at,
        called_at=None,
        arrived_at=None,
        finished_at=None,
        calls=0,
        counter=None,
        target_counter=None,
        sender_counter=None,
        remark="",
        paper=queue_ticket.PaperState.QUEUED if command.wants_paper else queue_ticket.PaperState.NONE,
    )


def report_paper(
    code: str, paper: queue_ticket.PaperState, office: Office, by: Actor
) -> queue_ticket.Ticket | None:
    """Report the state of the paper of a number that was given offline.

    Returns the ticket, or None while the office does not have the number.
    """
    ticket = office.find_ticket(code)
    if ticket is None:
        return None
    return office.perform(commands.ReportPaper(ticket_id=ticket.id, paper=paper), by)
