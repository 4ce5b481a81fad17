"""The kiosk's answers to a code that is typed or scanned there."""

import msgspec

from ult_desktop.core import kiosk_code
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import commands
from ult_desktop.core.procedures.purpose import purpose_choices
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.guest_book import GuestBookChoice, implied_purpose
from ult_desktop.core.visits.visit import Visit, VisitChannel, choose_procedure
from ult_desktop.db import online_requests
from ult_desktop.db.cases import appointments
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import boards
from ult_desktop.operations.lookup import find_ticket, today
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.visits import procedure_of_service, regencies_of


def answer_code(
    text: str, wants_paper: bool, office: Office, by: Actor
) -> kiosk_code.KnownCode | IssuedTicket | None:
    """Look a code up. A visitor with an appointment gets a number at once.

    None if this office does not know the code.

    Raises:
        UserError: the appointment is not for today, or was used or cancelled.
    """
    code = kiosk_code.plain_code(text)
    if not code:
        return None
    known = office.read(lambda tx: known_code(tx, code, office.clock()))
    if known is not None:
        return known
    appointment = office.read(lambda tx: _find_appointment(tx, kiosk_code.without_blanks(code)))
    if appointment is None:
        return None
    check_in = commands.CheckIn(code=appointment.code, wants_paper=wants_paper)
    issued: IssuedTicket = office.perform(check_in, by)
    return issued


def known_code(tx: Transaction, code: str, now: int) -> kiosk_code.KnownCode | None:
    """Return a ticket by its code or today's number, or an online request by its number.

    None if there is none.
    """
    ticket = find_ticket(tx, kiosk_code.without_blanks(code), now)
    if ticket is not None:
        return _known_ticket(tx, ticket, now)
    for reading in kiosk_code.code_readings(code):
        request = online_requests.known_by(tx, reading)
        if request is not None:
            return request
    return None


def _find_appointment(tx: Transaction, code: str) -> appointments.CodedAppointment | None:
    for reading in kiosk_code.code_readings(code):
        appointment = appointments.find_coded(tx, reading)
        if appointment is not None:
            return appointment
    return None


def _known_ticket(tx: Transaction, ticket: Ticket, now: int) -> kiosk_code.KnownTicket:
    visit = visits.of_ticket(tx, ticket.id)
    is_signed = visit is not None and visits.is_signed(tx, visit.id)
    is_of_today = ticket.day == today(tx, now)
    can_be_signed = ticket.is_open and is_of_today and not is_signed
    purposes = _purposes(tx, ticket, visit) if can_be_signed else ()
    settings = office_rows.load(tx).settings
    regencies = regencies_of(settings.office.province) if can_be_signed else ()
    return kiosk_code.KnownTicket(
        **msgspec.structs.asdict(boards.ticket_now(tx, ticket, now)),
        signable=can_be_signed,
        signed=is_signed,
        purposes=purposes,
        purpose=implied_purpose(purposes, ticket.service),
        regencies=tuple(regency.name for regency in regencies),
        privacy=settings.privacy,
        of_today=is_of_today,
    )


def _purposes(tx: Transaction, ticket: Ticket, visit: Visit | None) -> tuple[GuestBookChoice, ...]:
    """Return the purposes in the visit's procedure, or in the one that it will have if it has not begun."""
    if visit is not None and (procedure := procedures.of_visit(tx, visit)):
        return purpose_choices(procedure)
    chosen = choose_procedure(
        procedures.in_force(tx),
        VisitChannel.FACE_TO_FACE,
        procedure_of_service(tx, ticket.service_id),
        vulnerable=ticket.priority,
    )
    return purpose_choices(None if chosen is None else procedures.load(tx, chosen.id, chosen.version))
