"""The lookup of rows by ids of a command, or by the words of a person.

A function `require_…` raises UserError when there is no such row.
"""

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Officer
from ult_desktop.core.kiosk_code import code_readings
from ult_desktop.core.queue import boards, ticket as queue_ticket
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.access import officers
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.operation import Context, refuse, require_found

LONGEST_NUMBER = 9  # digits; a scanner may read any code, and SQLite's numbers are bounded


def require_login(tx: Transaction, login: str) -> Officer:
    """Return the active officer who signs in as `login`."""
    officer = officers.find(tx, login)
    if officer is None or not officer.active:
        raise refuse(_("Petugas {login} tidak ada.").format(login=login))
    return officer


def require_counter(tx: Transaction, number: int) -> counters.CounterRow:
    counter = counters.find(tx, number)
    if counter is None:
        names = ", ".join(str(row.number) for row in counters.all_counters(tx))
        raise refuse(
            _("Loket {number} tidak ada.").format(number=number), _("Yang ada: {names}.").format(names=names)
        )
    return counter


def require_service(tx: Transaction, service_id: int, *, may_be_retired: bool = False) -> services.ServiceRow:
    """Return a service; if it `may_be_retired`, also one that was promised before the office gave it up."""
    return require_found(
        services.find(tx, service_id, retired=may_be_retired),
        _("Layanan itu tidak ada lagi."),
        _("Pilih layanan lain."),
    )


def require_ticket(tx: Transaction, ticket_id: int, act: queue_ticket.Act) -> queue_ticket.Ticket:
    """Return the ticket, if its state allows `act`."""
    ticket = require_found(tickets.find(tx, ticket_id), _("Nomor antrean itu tidak ada."))
    queue_ticket.require_allowed(act, ticket.label, ticket.state)
    return ticket


def require_open_visit(tx: Transaction, visit_id: int) -> Visit:
    """Return an open visit. Raises UserError when it does not exist or has ended."""
    visit = require_found(visits.find(tx, visit_id), _("Kunjungan itu tidak ada."))
    if not visit.is_open:
        raise refuse(_("Kunjungan itu sudah ditutup."))
    return visit


def require_of_today(ticket: queue_ticket.Ticket, context: Context) -> None:
    """Refuse a number of another day: it is in nobody's queue and must not wait again."""
    if ticket.day != context.day:
        raise refuse(
            _("Nomor {label} bukan dari hari ini.").format(label=ticket.label), _("Ambil nomor baru.")
        )


def require_seat(counter: counters.CounterRow, context: Context) -> None:
    """Require that the counter is open and that the actor sits at it."""
    if counter.state is boards.CounterState.CLOSED or counter.officer_id is None:
        raise refuse(
            _("Loket {number} belum dibuka.").format(number=counter.number), _("Masuk di loket itu dulu.")
        )
    if counter.officer_id != context.by.officer_id:
        raise refuse(
            _("Loket {number} dijaga {officer}.").format(number=counter.number, officer=counter.officer),
            _("Ambil alih loket itu dulu, atau pakai loket Anda."),
        )


def require_visitor(
    tx: Transaction, number: int, act: queue_ticket.Act, context: Context
) -> tuple[servings.Serving, queue_ticket.Ticket]:
    """Return the serving at the officer's counter now, and its ticket, if the ticket's state allows `act`."""
    require_seat(require_counter(tx, number), context)
    serving = require_found(
        servings.open_at_counter(tx, number),
        _("Tidak ada pengunjung di loket {number}.").format(number=number),
        _("Panggil nomor dulu."),
    )
    return serving, require_ticket(tx, serving.ticket_id, act)


def require_service_named(tx: Transaction, name: str) -> services.ServiceRow:
    """Return a service by its prefix or its name in either language, in upper or lower case.

    Raises:
        UserError: there is none; the words list the names there are.
    """
    rows = services.active(tx)
    service = services.by_word(rows).get(name.strip().casefold())
    if service is not None:
        return service
    names = ", ".join(f"{row.definition.prefix} ({row.definition.name.indonesian})" for row in rows)
    raise UserError(
        _("Tidak ada layanan “{name}”.").format(name=name), todo=_("Yang ada: {names}.").format(names=names)
    )


def require_ticket_named(tx: Transaction, text: str, now: int) -> queue_ticket.Ticket:
    """Return the ticket that `find_ticket` finds. Raises UserError when there is none."""
    ticket = find_ticket(tx, text, now)
    if ticket is None:
        raise UserError(
            _("Nomor “{text}” tidak ditemukan.").format(text=text),
            todo=_("Sebut nomor hari ini, misalnya A012, atau kode pada karcis."),
        )
    return ticket


def find_ticket(tx: Transaction, text: str, now: int) -> queue_ticket.Ticket | None:
    """Return a ticket by the code on its QR, or by today's number ("A012", "a12", "AO12"), or None."""
    for reading in code_readings(text.strip().upper()):
        ticket = tickets.by_code(tx, reading) or ticket_of_day(tx, reading, today(tx, now))
        if ticket is not None:
            return ticket
    return None


def ticket_of_day(tx: Transaction, text: str, day: str) -> queue_ticket.Ticket | None:
    """Return a ticket by its number as people write it; `day` is the office's own date.

    If several papers have that number, a ticket that is not finished yet is returned first.
    """
    label = text.strip().upper()
    series = label.rstrip("0123456789")
    digits = label[len(series) :]
    if not series or not digits.isascii() or not 0 < len(digits) <= LONGEST_NUMBER:
        return None
    same_number = tickets.with_paper_number(tx, day, series, int(digits))
    still_open = [ticket for ticket in same_number if ticket.is_open]
    return next(iter((*still_open, *same_number)), None)


def today(tx: Transaction, now: int) -> str:
    """Return the office's own date (ISO) at `now` (UTC ms)."""
    return office_day(now, office.zone(tx))


def tickets_today(
    tx: Transaction, now: int, state: queue_ticket.TicketState | None
) -> tuple[queue_ticket.Ticket, ...]:
    """Return today's tickets, each state in queue order."""
    day = today(tx, now)
    states = queue_ticket.TicketState if state is None else (state,)
    return tuple(ticket for one_state in states for ticket in tickets.in_state(tx, day, one_state))


def is_staffed_by(tx: Transaction, number: int, officer_id: int | None) -> bool:
    """Return whether a counter is open (or paused) under this officer."""
    row = counters.find(tx, number)
    return row is not None and row.officer_id is not None and row.officer_id == officer_id


def undoable_serving(
    tx: Transaction, day: str, counter: counters.CounterRow, ticket_id: int | None = None
) -> servings.Serving | None:
    """Return the serving whose end `Undo` takes back: this ticket's, or the latest if no ticket is given.

    The counter's officer ended it, and since then nobody moved the number or ended the visit. None if there
    is no such serving.
    """
    for serving in servings.undisturbed_ends(tx, day, counter.number):
        is_requested = ticket_id in (None, serving.ticket_id) and serving.officer_id == counter.officer_id
        if is_requested and not was_visit_ended_after(tx, serving):
            return serving
    return None


def was_visit_ended_after(tx: Transaction, serving: servings.Serving) -> bool:
    """Return whether the visit ended at another time than the serving: somebody ended it by itself."""
    visit = visits.of_ticket(tx, serving.ticket_id)
    return visit is not None and not visit.is_open and visit.ended_at != serving.ended_at
