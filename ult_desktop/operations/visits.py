"""Visits: somebody comes in, says what for, signs the guest book, and leaves."""

from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.procedure_choice import choose
from ult_desktop.core.roles import Permission
from ult_desktop.core.ticket import Ticket
from ult_desktop.core.visit import Guest, Visit, VisitChannel
from ult_desktop.core.visit_asks import EndVisit, RecordPurpose, SignGuestBook, WelcomeVisitor
from ult_desktop.db import cases, procedures, services, tickets, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.marking import mark


def begin_visit(  # noqa: PLR0913  (what a visit begins with)
    tx: Transaction,
    moment: Moment,
    channel: VisitChannel,
    *,
    ticket: Ticket | None = None,
    service_id: int | None = None,
    vulnerable: bool = False,
    follows: int | None = None,
) -> int:
    """Write a visit under the procedure now in force for it; returns its id."""
    service = None if service_id is None else services.find(tx, service_id)
    preferred = service.definition.procedure if service else ""
    new = visits.NewVisit(
        day=moment.day if ticket is None else ticket.day,
        channel=channel,
        at=moment.at if ticket is None else ticket.issued_at,
        procedure=None
        if follows
        else choose(procedures.in_force(tx), channel, preferred, vulnerable=vulnerable),
        ticket_id=None if ticket is None else ticket.id,
        service_id=service_id,
        vulnerable=vulnerable,
        follows=follows,
    )
    return visits.insert(tx, new)


def visit_of_ticket(tx: Transaction, moment: Moment, ticket_id: int) -> int:
    """The visit behind a number; one that nobody had welcomed begins with it."""
    known = visits.of_ticket(tx, ticket_id)
    if known is not None:
        return known.id
    ticket = tickets.get(tx, ticket_id)
    return begin_visit(
        tx,
        moment,
        VisitChannel.FACE_TO_FACE,
        ticket=ticket,
        service_id=ticket.service_id,
        vulnerable=ticket.priority is not None,
    )


def the_visit(tx: Transaction, visit_id: int) -> Visit:
    """An open visit. Raises UserError when there is none or it has ended."""
    visit = visits.find(tx, visit_id)
    if visit is None:
        raise nothing_changed(_("Kunjungan itu tidak ada."))
    if not visit.is_open:
        raise nothing_changed(_("Kunjungan itu sudah ditutup."))
    return visit


@performs(WelcomeVisitor, needs=Permission.GUARD_DOOR, answer=visits.get)
def welcome_visitor(ask: WelcomeVisitor, tx: Transaction, moment: Moment) -> Done:
    visit_id = begin_visit(tx, moment, VisitChannel.FACE_TO_FACE)
    mark(tx, moment, visit_id, StepEvent.ARRIVED)
    return Done("visit.welcomed", "visit", visit_id, {"greeted": ask.greeted})


@performs(RecordPurpose, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def record_purpose(ask: RecordPurpose, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    visits.set_purpose(tx, ask.visit_id, ask.purpose)
    mark(tx, moment, ask.visit_id, StepEvent.PURPOSE_RECORDED)
    return Done("visit.purpose", "visit", ask.visit_id)


@performs(SignGuestBook, needs=Permission.SIGN_GUEST_BOOK, answer=visits.get)
def sign_guest_book(ask: SignGuestBook, tx: Transaction, moment: Moment) -> Done:
    if not ask.name.strip():
        raise nothing_changed(_("Nama belum diisi."), _("Tulis nama tamu."))
    if ask.ticket_id is not None:
        visit_id = visit_of_ticket(tx, moment, ask.ticket_id)
    else:
        visit_id = the_visit(tx, ask.visit_id or 0).id
    entered_by = "officer" if moment.by.officer_id else "visitor"
    visits.write_guest(tx, _guest(ask, visit_id, entered_by, moment.at))
    mark(tx, moment, visit_id, StepEvent.GUEST_BOOK_FILLED)
    return Done("visit.guest_book", "visit", visit_id, {"by": entered_by})


def _guest(ask: SignGuestBook, visit_id: int, entered_by: str, at: int) -> Guest:
    return Guest(
        visit_id=visit_id,
        name=ask.name.strip(),
        institution=ask.institution.strip(),
        regency=ask.regency.strip(),
        phone=ask.phone.strip(),
        email=ask.email.strip(),
        occupation=ask.occupation.strip(),
        meets=ask.meets.strip(),
        letter_number=ask.letter_number.strip(),
        letter_date=ask.letter_date.strip(),
        entered_by=entered_by,
        remember=ask.remember,
        at=at,
    )


@performs(EndVisit, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def end_visit(ask: EndVisit, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    case = cases.of_visit(tx, ask.visit_id)
    if case is not None and case.closed_at is None:
        raise nothing_changed(
            _("Permohonan {number} masih terbuka.").format(number=case.number),
            _("Tutup permohonan itu dulu."),
        )
    visits.end(tx, ask.visit_id, moment.at, ask.ending, ask.remark)
    return Done("visit.ended", "visit", ask.visit_id, {"ending": ask.ending})
