"""A kiosk that is cut off gives numbers alone; `handing_in` brings them to the office later."""

import msgspec
from uuid_utils import uuid7

from ult_desktop.core.asks import IssueTicket, ReportPaper
from ult_desktop.core.boards import Category, IssuedTicket, KioskBoard, Opening, Openness, ServiceLine
from ult_desktop.core.cut_off import (
    MergeTicket,
    OfficeSeen,
    board_alone,
    own_digits,
    own_series,
    taken_letter,
)
from ult_desktop.core.roles import Actor
from ult_desktop.core.stamps import office_day
from ult_desktop.core.ticket import PaperState, Place, Ticket, TicketState, label_of
from ult_desktop.db import keys, services, stations
from ult_desktop.db import office as office_rows
from ult_desktop.db.boards import service_of
from ult_desktop.db.cut_off import CutOffBook
from ult_desktop.db.journal import Entry
from ult_desktop.db.share_clock import ShareClock
from ult_desktop.db.transaction import Transaction
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.door import sealed
from ult_desktop.operations.issuing import ticket_code
from ult_desktop.operations.office import Office


class Kept(msgspec.Struct, frozen=True):
    """What an earlier run left: the office as last seen, and whether numbers wait to be merged."""

    seen: OfficeSeen | None
    owes: bool


def look(office: Office) -> OfficeSeen:
    """What the kiosk needs to know to go on alone. A small read, after each change of the office."""
    return office.read(lambda tx: _look(tx, office))


def _look(tx: Transaction, office: Office) -> OfficeSeen:
    row = office_rows.load(tx)
    settings = row.settings
    active, key = services.active(tx), keys.newest(tx)
    board = KioskBoard(
        office=settings.office,
        greeting=settings.greeting,
        opening=Opening(),
        categories=tuple(
            Category(key=c.key, name=c.name, icon=c.icon, parent=c.parent) for c in settings.categories
        ),
        lines=tuple(
            ServiceLine(
                service=service_of(each), waiting=0, wait_minutes=None, counters_open=0, counted=False
            )
            for each in active
        ),
        priority_series=settings.calling.priority_series,
    )
    return OfficeSeen(
        uid=row.uid,
        settings=settings,
        kiosk_pause=row.kiosk_pause,
        board=board,
        services={each.id: each.definition for each in active},
        day=office_day(office.clock(), settings.office.zone),
        clock_offset_ms=office.clock.offset_ms,
        generation=key.generation if key else 0,
        public_key=key.public if key else b"",
        letter=stations.own_letter(tx, office.station),
    )


def require_letter(seen: OfficeSeen) -> None:
    """Raises UserError when another kiosk has the letter that this one wishes."""
    letter = taken_letter(seen.letter)
    if letter:
        raise UserError(
            _("Huruf {letter} sudah dipakai kiosk lain.").format(letter=letter),
            _("Selama tersambung kiosk ini tetap memberi nomor."),
            _("Agar dapat memberi nomor saat terputus, beri `letter` lain pada bagian [kiosk]."),
        )


def now_of(seen: OfficeSeen) -> int:
    """UTC ms by the share's clock, as far as it was known."""
    return ShareClock(seen.clock_offset_ms)()


def keep(seen: OfficeSeen, book: CutOffBook) -> None:
    book.keep(msgspec.json.encode(seen).decode())


def kept(book: CutOffBook) -> Kept:
    """What was kept; what another version of the program wrote is seen anew, and its numbers still wait."""
    try:
        seen = msgspec.json.decode(book.kept(), type=OfficeSeen)
    except msgspec.MsgspecError:
        seen = None
    return Kept(seen, owes=book.owes())


def give_alone(
    ask: IssueTicket, seen: OfficeSeen, letter: str, station: str, instead_of: str, book: CutOffBook
) -> IssuedTicket:
    """The next number of the kiosk's own series: on this PC's disk when this returns.

    Its id is below zero until the office has given it one. How many are ahead nobody knows.

    Raises:
        UserError: the door is closed by now, or this disk cannot be written.
    """
    at = now_of(seen)
    _require_open(seen, ask.service_id, at)
    request, day = str(uuid7()), office_day(at, seen.settings.office.zone)
    series = own_series(seen, ask.service_id, letter, priority=ask.priority is not None)
    number = book.last_number(seen.uid, day, series) + 1
    declared = MergeTicket(
        service_id=ask.service_id,
        day=day,
        series=series,
        number=number,
        label=label_of(series, number, own_digits(seen)),
        issued_at=at,
        priority=ask.priority,
        help=ask.help,
        wants_paper=ask.wants_paper,
        instead_of=instead_of,
    )
    given = sealed(declared, seen.seal, None)
    arguments = msgspec.json.encode(given).decode()
    book.begin(Entry(request, seen.uid, type(given).__name__, arguments, at, station, None))
    return IssuedTicket(ticket=_ticket(given, seen, request), ahead=None, wait_minutes=None)


def _require_open(seen: OfficeSeen, service_id: int, at: int) -> None:
    board = board_alone(seen, at)
    line = next((line for line in board.lines if line.service.id == service_id), None)
    if board.opening.state is not Openness.OPEN or not seen.holds(at) or line is None or not line.available:
        raise UserError(
            _("Nomor antrean belum dapat diambil sekarang."), todo=_("Silakan kembali pada jam layanan.")
        )


def _ticket(given: MergeTicket, seen: OfficeSeen, request: str) -> Ticket:
    service = seen.services[given.service_id]
    return Ticket(
        id=-1 - int(request[-8:], 16),
        code=ticket_code(request),
        day=given.day,
        series=given.series,
        number=given.number,
        label=given.label,
        service_id=given.service_id,
        service=service.name.id,
        service_en=service.name.en,
        state=TicketState.WAITING,
        place=Place.FRESH,
        priority=given.priority is not None,
        grounds=(),
        help=(),
        issued_at=given.issued_at,
        queued_at=given.issued_at,
        called_at=None,
        arrived_at=None,
        finished_at=None,
        calls=0,
        counter=None,
        target_counter=None,
        sender_counter=None,
        remark="",
        paper=PaperState.QUEUED if given.wants_paper else PaperState.NONE,
    )


def report_paper(code: str, paper: PaperState, office: Office, by: Actor) -> Ticket | None:
    """What became of the paper of a number that was given alone, once the office knows the number."""
    ticket = office.find_ticket(code)
    if ticket is None:
        return None
    told: Ticket = office.perform(ReportPaper(ticket_id=ticket.id, paper=paper), by)
    return told
