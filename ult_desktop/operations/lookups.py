"""Find what people name: a service by prefix or name, a ticket by number or code, today's list."""

from ult_desktop.core.queue import people_ahead
from ult_desktop.core.stamps import office_day
from ult_desktop.core.ticket import Ticket, TicketState
from ult_desktop.db import counters, office, services, tickets
from ult_desktop.db.services import ServiceRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.errors import UserError
from ult_desktop.i18n import _

LONGEST_NUMBER = 9  # digits; a scanner may read any code, and SQLite takes no number without end


def service_named(tx: Transaction, name: str) -> ServiceRow:
    """A service by its prefix or its name in either language, whatever the case.

    Raises:
        UserError: none or, with the names there are.
    """
    wanted = name.strip().casefold()
    rows = services.active(tx)
    for row in rows:
        known = (row.definition.prefix, row.definition.name.id, row.definition.name.en)
        if wanted and wanted in (word.casefold() for word in known):
            return row
    names = ", ".join(f"{row.definition.prefix} ({row.definition.name.id})" for row in rows)
    raise UserError(
        _("Tidak ada layanan “{name}”.").format(name=name), todo=_("Yang ada: {names}.").format(names=names)
    )


def ticket_named(tx: Transaction, text: str, now: int) -> Ticket:
    """Raises UserError when there is no such ticket today."""
    ticket = find_ticket(tx, text, now)
    if ticket is None:
        raise UserError(
            _("Nomor “{text}” tidak ditemukan.").format(text=text),
            todo=_("Sebut nomor hari ini, misalnya A012, atau kode pada karcis."),
        )
    return ticket


def find_ticket(tx: Transaction, text: str, now: int) -> Ticket | None:
    """A ticket by the code on its QR, or by today's number ("A012", "a12")."""
    return tickets.by_code(tx, text.strip().upper()) or number_of_day(tx, text, today(tx, now))


def number_of_day(tx: Transaction, text: str, day: str) -> Ticket | None:
    """A ticket by its number as people write it; `day` is the office's own date."""
    plain = text.strip().upper()
    series = plain.rstrip("0123456789")
    digits = plain[len(series) :]
    if not series or not digits.isascii() or not 0 < len(digits) <= LONGEST_NUMBER:
        return None
    return tickets.by_number(tx, day, series, int(digits))


def today(tx: Transaction, now: int) -> str:
    return office_day(now, office.zone(tx))


def tickets_today(tx: Transaction, now: int, state: TicketState | None) -> tuple[Ticket, ...]:
    """Today's tickets, each state in queue order."""
    day = today(tx, now)
    states = TicketState if state is None else (state,)
    return tuple(ticket for each in states for ticket in tickets.in_state(tx, day, each))


def ahead_of(tx: Transaction, ticket: Ticket) -> int | None:
    """People ahead of a waiting ticket; None for one that does not wait."""
    if ticket.state is not TicketState.WAITING:
        return None
    crowds = tickets.crowds_around(tx, ticket)
    policy = office.load(tx).settings.calling
    return people_ahead(crowds, ticket.service_id, policy, priority=ticket.priority)


def staffed_by(tx: Transaction, number: int, officer_id: int | None) -> bool:
    """Whether a counter is open (or paused) under this officer."""
    row = counters.find(tx, number)
    return row is not None and row.officer_id is not None and row.officer_id == officer_id
