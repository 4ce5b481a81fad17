"""The issuing of a number: from the kiosk, at the desk, or on the spot for a walk-in."""

from ult_desktop.base import UserError, _, formats
from ult_desktop.base.digests import sha256
from ult_desktop.core import personal, stamps
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care.declarations import Vulnerability
from ult_desktop.core.kiosk_code import CODE_LENGTH
from ult_desktop.core.office.template import ServiceTemplate
from ult_desktop.core.queue import boards, commands, opening, ticket as queue_ticket
from ult_desktop.core.queue.wait_range import wait_until
from ult_desktop.db.care import declarations
from ult_desktop.db.office import office
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.queue.boards import read_standing
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.care.declarations import declare
from ult_desktop.operations.operation import Context, NewEvent, Replay, handles, named, refuse
from ult_desktop.operations.queue import calling as queue_calling, end_of_day
from ult_desktop.operations.visits.visits import give_number_to, require_arrival, visit_of_ticket

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PLACES = range(59, 59 - 5 * CODE_LENGTH, -5)  # the letters' places in the first 64 bits of the digest


def ticket_code(request: str) -> str:
    """Return the secret on the ticket's QR.

    It follows from the request id, so a replay prints the same code.
    """
    bits = int.from_bytes(sha256(request.encode())[:8])
    return "".join([_LETTERS[bits >> place & 31] for place in _PLACES])


def issued_ticket(tx: Transaction, ticket_id: int) -> boards.IssuedTicket:
    """Return a ticket with what was shown to its visitor, and its counters."""
    ticket = tickets.get(tx, ticket_id)
    opened = [row for row in counters.busy_counters(tx) if row.state is boards.CounterState.OPEN]
    # A free counter will call the number first, so free counters come first.
    free_first = sorted(opened, key=lambda row: row.busy_since is not None)
    may_call = tuple((row.number, row.name) for row in free_first if row.scope.may_call(ticket))
    wait = wait_until(ticket.shown_wait, ticket.issued_at, office.zone(tx))
    return boards.IssuedTicket(ticket=ticket, ahead=ticket.told_ahead, wait=wait, counters=may_call)


@handles(commands.IssueTicket, needs=Permission.ISSUE_TICKETS, answer=issued_ticket)
def issue_ticket(command: commands.IssueTicket, tx: Transaction, context: Context) -> NewEvent:
    end_of_day.begin_day(tx, context)
    service = lookup.require_service(tx, command.service_id).definition
    if command.at_kiosk:
        _require_open(service, context)
    _require_quota(tx, command.service_id, service, context)
    arrival = None if command.visit_id is None else require_arrival(tx, context, command.visit_id)
    ticket_id, label = give_number(tx, command, service, context)
    if arrival is not None:
        give_number_to(tx, arrival, ticket_id, command.service_id)
    note_shown_place(tx, ticket_id, context)
    if command.priority is not None:
        declare_priority(tx, context, ticket_id, command.priority, command.help)
    data = {"label": label, "service": command.service_id, "priority": command.priority is not None}
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def _require_open(service: ServiceTemplate, context: Context) -> None:
    local = stamps.to_datetime(context.at, context.office.settings.office.zone)
    if not opening.kiosk_gives_numbers(context.office.settings, context.office.kiosk_pause, local):
        raise UserError(
            _("Nomor antrean belum dapat diambil sekarang."), todo=_("Silakan kembali pada jam layanan.")
        )
    why = opening.service_refusal(service, local)
    if why:
        raise UserError(
            _("{service}: {why}.").format(service=service.name.indonesian, why=why),
            todo=_("Silakan pilih layanan lain atau tanyakan kepada petugas."),
        )


def _require_quota(tx: Transaction, service_id: int, service: ServiceTemplate, context: Context) -> None:
    if service.quota is not None and tickets.issued_for(tx, context.day, service_id) >= service.quota:
        raise UserError(
            _("Kuota {service} hari ini sudah habis ({quota} nomor).").format(
                service=service.name.indonesian, quota=service.quota
            ),
            _("Nomor yang sudah diambil tetap berlaku."),
            _("Silakan datang pada hari kerja berikutnya atau tanyakan kepada petugas."),
        )


def declare_priority(
    tx: Transaction,
    context: Context,
    ticket_id: int,
    ground: personal.PriorityReasonText,
    wanted: tuple[queue_ticket.Help, ...],
) -> None:
    """Declare why a visitor takes a priority number, and alert the officers who care for them (POS DKI 1).

    What the visitor declared at the entrance before is kept.
    """
    visit_id = visit_of_ticket(tx, context, ticket_id)
    nothing = Vulnerability(visit_id=visit_id, grounds=(), help=(), declared_at=context.at)
    declared = declarations.find(tx, visit_id) or nothing
    declare(tx, context, declared.with_more((ground,), wanted))


@handles(commands.WalkIn, needs=Permission.SERVE, answer=tickets.get)
@named("queue walk-in --counter", "Layani pengunjung tanpa nomor untuk SERVICE.")
def walk_in(command: commands.WalkIn, tx: Transaction, context: Context) -> NewEvent:
    """Serve a visitor who took no number. One is issued, called and served at once."""
    end_of_day.begin_day(tx, context)
    counter = lookup.require_counter(tx, command.counter)
    officer_id = queue_calling.seated_officer(tx, counter, context)
    queue_calling.require_free(tx, context)
    service = lookup.require_service(tx, command.service_id).definition
    ticket_id, label = give_number(tx, commands.IssueTicket(service_id=command.service_id), service, context)
    tickets.set_state(tx, ticket_id, queue_ticket.TicketState.SERVING)
    serving_id = servings.begin(
        tx,
        servings.NewServing(
            ticket_id=ticket_id,
            counter=command.counter,
            service_id=command.service_id,
            officer_id=officer_id,
            day=context.day,
            priority=False,
            called_at=context.at,
            arrived_at=context.at,
        ),
    )
    tickets.set_serving(tx, ticket_id, serving_id)
    visit_of_ticket(tx, context, ticket_id)
    return NewEvent("ticket.walked_in", "queue", ticket_id, {"label": label, "counter": command.counter})


@handles(commands.ReportPaper, needs=Permission.REPORT_PAPER, answer=tickets.get)
def report_paper(command: commands.ReportPaper, tx: Transaction, _context: Context) -> NewEvent:
    """Record what became of a ticket's paper."""
    if tickets.find(tx, command.ticket_id) is None:
        raise refuse(_("Nomor antrean itu tidak ada."))
    tickets.set_paper(tx, command.ticket_id, command.paper)
    return NewEvent(f"paper.{command.paper}", "paper", command.ticket_id)


def give_number(
    tx: Transaction, command: commands.IssueTicket, service: ServiceTemplate, context: Context
) -> tuple[int, str]:
    """Write the next number of its series; returns the ticket's id and label."""
    calling = context.office.settings.calling
    series = service.prefix if command.priority is None else calling.priority_series
    last = tickets.latest_number(tx, context.day, series)
    number = last.number + 1 if context.replay is None else _number_on_paper(tx, series, context)
    paper_series = series if context.replay is None else series_of_paper(tx, context.day, series, number)
    label = queue_ticket.label_of(series, number, calling.digits)
    new = tickets.NewTicket(
        code=ticket_code(context.request),
        day=context.day,
        series=paper_series,
        number=number,
        label=label,
        service_id=command.service_id,
        priority=command.priority is not None,
        issued_at=context.at,
        # Two kiosks' clocks differ by a moment: a higher number must not come before a lower one.
        queued_at=max(context.at, last.queued_at) if number > last.number else context.at,
        paper=queue_ticket.PaperState.QUEUED if command.wants_paper else queue_ticket.PaperState.NONE,
        issued_by=context.by.officer_id,
        origin=origin_of(context, context.at) if queue_ticket.is_twin(paper_series) else "",
        id=None if context.replay is None else _id_of_paper(tx, context.replay, label, context.at),
    )
    ticket_id = tickets.insert(tx, new)
    if queue_ticket.is_twin(paper_series):
        tickets.set_state(tx, ticket_id, queue_ticket.TicketState.WAITING, twin_words(new.origin))
    return ticket_id, label


def series_of_paper(tx: Transaction, day: str, series: str, number: int) -> str:
    """Return the paper's own series, or one of its twins if that number is on another paper too."""
    on_papers = tickets.with_paper_number(tx, day, series, number)
    if not on_papers:
        return series
    if not queue_ticket.is_twin(on_papers[0].series):
        tickets.mark_first_twin(tx, on_papers[0], twin_words(on_papers[0].origin))
    return queue_ticket.twin_series(series, len(on_papers) + 1)


def twin_words(origin: str) -> str:
    """Return the remark on a number that is on two papers.

    `origin` says where and when this one was given; it is "" if its kiosk was not cut off.
    """
    if not origin:
        return _("Karcis lain bernomor sama")
    return _("Karcis lain bernomor sama; yang ini dari {origin}").format(origin=origin)


def origin_of(context: Context, at: int) -> str:
    """Return the station and the time at which a number was given (`at`, UTC ms)."""
    local = stamps.to_datetime(at, context.office.settings.office.zone)
    return f"{context.by.station}, {formats.format_time(local)}"


def note_shown_place(tx: Transaction, ticket_id: int, context: Context) -> None:
    """Note the place in line and the wait that the visitor is shown.

    In a replay nothing is noted: the visitor was shown a wait long ago.
    """
    if context.replay is None:
        shown = read_standing(tx, context.office.settings, context.at, ticket_id)
        tickets.note_shown_wait(tx, ticket_id, shown.ahead, shown.expected)


def _number_on_paper(tx: Transaction, series: str, context: Context) -> int:
    """Return, in a replay, the number on the paper.

    If its station died before it wrote the number down, it is a number of the series that nobody has.
    """
    label = "" if context.replay is None else context.replay.label
    if not label:
        return tickets.free_number(tx, context.day, series, context.at)
    digits = label.removeprefix(series)
    if not (digits.isascii() and digits.isdecimal()):
        raise refuse(_("Catatannya tidak terbaca ({error}).").format(error=label))
    return int(digits)


def _id_of_paper(tx: Transaction, replay: Replay, label: str, at: int) -> int | None:
    """Return the row id that the paper's ticket had; None for the next one.

    If its station died before it wrote the number down, other stations' acts may name it by its label. If
    none does, it gets the first missing row that no act names by another label.
    """
    if replay.label:
        return replay.subject
    return replay.missing.get(label) or tickets.free_id(tx, at, replay.missing.values())
