"""Take a number: from the kiosk, at the desk, or on the spot for a walk-in."""

import hashlib
from collections import defaultdict

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care.declarations import Vulnerability
from ult_desktop.core.office.template import ServiceTemplate
from ult_desktop.core.personal import PriorityReasonText
from ult_desktop.core.queue.boards import IssuedTicket, Openness
from ult_desktop.core.queue.calling_order import people_ahead
from ult_desktop.core.queue.commands import IssueTicket, ReportPaper, WalkIn
from ult_desktop.core.queue.opening import opening_of, service_opening
from ult_desktop.core.queue.ticket import Help, PaperState, TicketState, label_of
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.care import declarations
from ult_desktop.db.office import office
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.queue.boards import expected_wait_of
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.care.declarations import declare
from ult_desktop.operations.lookup import refuse, require_counter, require_service
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.queue.calling import seated_officer
from ult_desktop.operations.queue.end_of_day import begin_day
from ult_desktop.operations.visits.visits import give_number_to, require_arrival, visit_of_ticket

CODE_LENGTH = 12  # base32 letters of five bits: 60 bits nobody can guess from the number
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PLACES = range(59, 59 - 5 * CODE_LENGTH, -5)  # of the letters in the first 64 bits of the digest


def ticket_code(request: str) -> str:
    """The secret on the ticket's QR: follows from the request id, so a replay prints the same code."""
    bits = int.from_bytes(hashlib.sha256(request.encode()).digest()[:8])
    return "".join([_LETTERS[bits >> place & 31] for place in _PLACES])


def issued_ticket(tx: Transaction, ticket_id: int) -> IssuedTicket:
    """A ticket with how many people are ahead and the wait that follows."""
    ticket = tickets.get(tx, ticket_id)
    crowds = tickets.waiting_groups(tx, ticket)
    policy = office.load(tx).settings.calling
    ahead = people_ahead(crowds, ticket.service_id, policy, priority=ticket.priority)
    before: dict[int, int] = defaultdict(int)
    for crowd in crowds:
        before[crowd.service_id] += crowd.people * crowd.before
    before[ticket.service_id] = ahead
    wait = expected_wait_of(tx, ticket.service_id, before, ticket.issued_at)
    return IssuedTicket(ticket=ticket, ahead=ahead, wait_minutes=wait)


@handles(IssueTicket, needs=Permission.ISSUE_TICKETS, answer=issued_ticket)
def issue_ticket(ask: IssueTicket, tx: Transaction, moment: Context) -> NewEvent:
    begin_day(tx, moment)
    service = require_service(tx, ask.service_id).definition
    if ask.at_kiosk:
        _require_open(service, moment)
    _require_quota(tx, ask.service_id, service, moment)
    arrival = None if ask.visit_id is None else require_arrival(tx, moment, ask.visit_id)
    ticket_id, label = give_number(tx, ask, service, moment)
    if arrival is not None:
        give_number_to(tx, arrival, ticket_id, ask.service_id)
    if ask.priority is not None:
        declare_priority(tx, moment, ticket_id, ask.priority, ask.help)
    data = {"label": label, "service": ask.service_id, "priority": ask.priority is not None}
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def declare_priority(
    tx: Transaction, moment: Context, ticket_id: int, ground: PriorityReasonText, wanted: tuple[Help, ...]
) -> None:
    """Whoever takes a priority number has said why: those who care for him are alerted (POS DKI 1).

    What he said at the door before stays said.
    """
    visit_id = visit_of_ticket(tx, moment, ticket_id)
    nothing = Vulnerability(visit_id=visit_id, grounds=(), help=(), declared_at=moment.at)
    before = declarations.declared(tx, visit_id) or nothing
    declare(tx, moment, before.and_also((ground,), wanted))


@handles(WalkIn, needs=Permission.SERVE, answer=tickets.get)
def walk_in(ask: WalkIn, tx: Transaction, moment: Context) -> NewEvent:
    """An officer serves a visitor who took no number: issued, called and arrived at once."""
    begin_day(tx, moment)
    counter = require_counter(tx, ask.counter)
    officer_id = seated_officer(tx, counter, moment, serving=True)
    service = require_service(tx, ask.service_id).definition
    ticket_id, label = give_number(tx, IssueTicket(service_id=ask.service_id), service, moment)
    tickets.set_state(tx, ticket_id, TicketState.SERVING)
    turn_id = servings.begin(
        tx,
        servings.NewServing(
            ticket_id=ticket_id,
            counter=ask.counter,
            service_id=ask.service_id,
            officer_id=officer_id,
            day=moment.day,
            priority=False,
            at=moment.at,
            arrived_at=moment.at,
        ),
    )
    tickets.set_serving(tx, ticket_id, turn_id)
    visit_of_ticket(tx, moment, ticket_id)
    return NewEvent("ticket.walked_in", "queue", ticket_id, {"label": label, "counter": ask.counter})


@handles(ReportPaper, needs=Permission.REPORT_PAPER, answer=tickets.get)
def report_paper(ask: ReportPaper, tx: Transaction, _moment: Context) -> NewEvent:
    """Record what became of a ticket's paper."""
    if tickets.find(tx, ask.ticket_id) is None:
        raise refuse(_("Nomor antrean itu tidak ada."))
    tickets.set_paper(tx, ask.ticket_id, ask.paper)
    return NewEvent(f"paper.{ask.paper}", "paper", ask.ticket_id)


def give_number(
    tx: Transaction, ask: IssueTicket, service: ServiceTemplate, moment: Context
) -> tuple[int, str]:
    """Write the next number of its series; returns the ticket's id and label."""
    calling = moment.office.settings.calling
    series = service.prefix if ask.priority is None else calling.priority_series
    last = tickets.latest_number(tx, moment.day, series)
    number = last.number + 1 if moment.replay is None else _number_on_paper(tx, series, moment)
    new = tickets.NewTicket(
        code=ticket_code(moment.request),
        day=moment.day,
        series=series,
        number=number,
        label=label_of(series, number, calling.digits),
        service_id=ask.service_id,
        priority=ask.priority is not None,
        issued_at=moment.at,
        # Two kiosks' clocks and waits differ by a moment: the order of the numbers is the order of the queue.
        queued_at=max(moment.at, last.queued_at) if number > last.number else moment.at,
        paper=PaperState.QUEUED if ask.wants_paper else PaperState.NONE,
        id=None if moment.replay is None else moment.replay.subject,
    )
    return tickets.insert(tx, new), new.label


def _number_on_paper(tx: Transaction, series: str, moment: Context) -> int:
    """A replay gives the number that stands on the paper.

    Of a station that died before it wrote the number down: the one that is missing since then.
    """
    label = "" if moment.replay is None else moment.replay.label
    if not label:
        return tickets.free_number(tx, moment.day, series, moment.at)
    digits = label.removeprefix(series)
    if not (digits.isascii() and digits.isdecimal()):
        raise refuse(_("Catatannya tidak terbaca ({error}).").format(error=label))
    number = int(digits)
    if tickets.by_number(tx, moment.day, series, number) is not None:
        raise refuse(_("Nomor {label} sudah diberikan kepada orang lain.").format(label=label))
    return number


def _require_open(service: ServiceTemplate, moment: Context) -> None:
    local = to_datetime(moment.at, moment.office.settings.office.zone)
    door = opening_of(moment.office.settings, moment.office.kiosk_pause, local)
    if door.state is not Openness.OPEN:
        raise UserError(
            _("Nomor antrean belum dapat diambil sekarang."), todo=_("Silakan kembali pada jam layanan.")
        )
    why = service_opening(service, local)
    if why:
        raise UserError(
            _("{service}: {why}.").format(service=service.name.id, why=why),
            todo=_("Silakan pilih layanan lain atau tanyakan kepada petugas."),
        )


def _require_quota(tx: Transaction, service_id: int, service: ServiceTemplate, moment: Context) -> None:
    if service.quota is not None and tickets.issued_for(tx, moment.day, service_id) >= service.quota:
        raise UserError(
            _("Kuota {service} hari ini sudah habis ({quota} nomor).").format(
                service=service.name.id, quota=service.quota
            ),
            _("Nomor yang sudah diambil tetap berlaku."),
            _("Silakan datang pada hari kerja berikutnya atau tanyakan kepada petugas."),
        )
