"""Visits: somebody comes in, says what for, signs the guest book, and leaves."""

from ult_desktop.core.free_text import tidy
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.procedure_choice import choose
from ult_desktop.core.roles import Permission
from ult_desktop.core.ticket import Ticket
from ult_desktop.core.visit import Ending, Guest, Visit, VisitChannel
from ult_desktop.core.visit_asks import (
    EndVisit,
    JoinVisit,
    RecordPurpose,
    SignGuestBook,
    WelcomeVisitor,
    WriteDeskEntry,
)
from ult_desktop.db import care, desk_book, joining, marks, procedures, services, tickets, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.accounts import settle
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.endings import end_left_visits, require_endable
from ult_desktop.operations.finding import nothing_changed, the_visit
from ult_desktop.operations.marking import mark

# What may have happened in a visit that can still change to another procedure.
BEGINNING = frozenset(
    {
        StepEvent.ARRIVED,
        StepEvent.PURPOSE_RECORDED,
        StepEvent.GUEST_BOOK_FILLED,
        StepEvent.TICKET_ISSUED,
        StepEvent.ESCORT_DONE,
    }
)


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
    new = visits.NewVisit(
        day=moment.day if ticket is None else ticket.day,
        channel=channel,
        at=moment.at if ticket is None else ticket.issued_at,
        procedure=None
        if follows
        else choose(procedures.in_force(tx), channel, _preferred(tx, service_id), vulnerable=vulnerable),
        ticket_id=None if ticket is None else ticket.id,
        service_id=service_id,
        vulnerable=vulnerable,
        follows=follows,
    )
    return visits.insert(tx, new)


def _preferred(tx: Transaction, service_id: int | None) -> str:
    service = None if service_id is None else services.find(tx, service_id)
    return service.definition.procedure if service else ""


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
        vulnerable=ticket.priority,
    )


def the_number(tx: Transaction, ticket_id: int) -> Ticket:
    """A ticket in whatever state. Raises UserError when there is none."""
    ticket = tickets.find(tx, ticket_id)
    if ticket is None:
        raise nothing_changed(_("Nomor antrean itu tidak ada."))
    return ticket


def the_arrival(tx: Transaction, moment: Moment, visit_id: int) -> Visit:
    """A visitor of today who has no number yet. Raises UserError otherwise."""
    visit = the_visit(tx, visit_id)
    if visit.label is not None:
        raise nothing_changed(_("Kunjungan itu sudah punya nomor {label}.").format(label=visit.label))
    if visit.channel is not VisitChannel.FACE_TO_FACE or visit.day != moment.day:
        raise nothing_changed(_("Kunjungan itu bukan kedatangan hari ini."), _("Catat kedatangannya dulu."))
    return visit


def give_number_to(tx: Transaction, visit: Visit, ticket_id: int, service_id: int) -> None:
    """The number just taken belongs to a visitor who was welcomed; now it is known what he comes for."""
    visits.set_ticket(tx, visit.id, ticket_id)
    choose_again(tx, visit, service_id)


def choose_again(tx: Transaction, visit: Visit, service_id: int) -> None:
    """While nothing but its beginning has happened a visit goes by its service's own procedure."""
    if visit.follows is None and only_begun(tx, visit):
        chosen = choose(
            procedures.in_force(tx), visit.channel, _preferred(tx, service_id), vulnerable=visit.vulnerable
        )
        visits.set_procedure(tx, visit.id, chosen, vulnerable=visit.vulnerable)


def only_begun(tx: Transaction, visit: Visit) -> bool:
    return {each.event for each in marks.of_visit(tx, visit)} <= BEGINNING


@performs(WelcomeVisitor, needs=Permission.GUARD_DOOR, answer=visits.get)
def welcome_visitor(ask: WelcomeVisitor, tx: Transaction, moment: Moment) -> Done:
    end_left_visits(tx, moment, moment.day)
    visit_id = begin_visit(tx, moment, VisitChannel.FACE_TO_FACE)
    visits.set_courtesies(tx, visit_id, ask.courtesies)
    mark(tx, moment, visit_id, StepEvent.ARRIVED)
    return Done("visit.welcomed", "visit", visit_id, {"courtesies": ask.courtesies})


@performs(JoinVisit, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def join_visit(ask: JoinVisit, tx: Transaction, moment: Moment) -> Done:
    """The number's own visit goes up in the arrival, which is older and stays."""
    arrival = the_arrival(tx, moment, ask.visit_id)
    ticket = the_number(tx, ask.ticket_id)
    if ticket.day != moment.day:
        raise nothing_changed(_("Nomor {label} bukan dari hari ini.").format(label=ticket.label))
    other = visits.of_ticket(tx, ticket.id)
    if other is None:
        give_number_to(tx, arrival, ticket.id, ticket.service_id)
    else:
        _merge(tx, moment, the_visit(tx, other.id), arrival)
    return Done("visit.joined", "visit", arrival.id, {"ticket": ticket.id})


def _merge(tx: Transaction, moment: Moment, other: Visit, arrival: Visit) -> None:
    fresh = only_begun(tx, arrival)
    joining.move(tx, other.id, arrival.id)
    care.unite(tx, other.id, arrival.id)
    if fresh and other.procedure_id is not None:
        vulnerable = other.vulnerable or arrival.vulnerable
        chosen = next(
            (each for each in procedures.in_force(tx) if each.id == other.procedure_id),
            None,
        )
        visits.set_procedure(tx, arrival.id, chosen, vulnerable=vulnerable)
    visits.end(tx, other.id, moment.at, Ending.MERGED)


@performs(RecordPurpose, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def record_purpose(ask: RecordPurpose, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    purpose = tidy(ask.purpose)
    if not purpose:
        raise nothing_changed(_("Keperluan belum diisi."), _("Pilih atau tulis keperluannya."))
    visits.set_purpose(tx, ask.visit_id, purpose)
    mark(tx, moment, ask.visit_id, StepEvent.PURPOSE_RECORDED)
    return Done("visit.purpose", "visit", ask.visit_id)


@performs(SignGuestBook, needs=Permission.SIGN_GUEST_BOOK, answer=visits.get)
def sign_guest_book(ask: SignGuestBook, tx: Transaction, moment: Moment) -> Done:
    if not tidy(ask.name):
        raise nothing_changed(_("Nama belum diisi."), _("Tulis nama tamu."))
    if ask.ticket_id is not None:
        visit_id = visit_of_ticket(tx, moment, the_number(tx, ask.ticket_id).id)
    else:
        visit_id = the_visit(tx, ask.visit_id or 0).id
    entered_by = "officer" if moment.by.officer_id else "visitor"
    if entered_by == "visitor" and visits.guest_of(tx, visit_id) is not None:
        raise nothing_changed(  # whoever types another's number must not write over that line
            _("Buku tamu untuk nomor ini sudah diisi."), _("Sampaikan perbaikan kepada petugas.")
        )
    visits.write_guest(tx, _guest(ask, visit_id, entered_by, moment.at))
    mark(tx, moment, visit_id, StepEvent.GUEST_BOOK_FILLED)
    if tidy(ask.purpose):
        visits.set_purpose(tx, visit_id, tidy(ask.purpose))
        mark(tx, moment, visit_id, StepEvent.PURPOSE_RECORDED)
    return Done("visit.guest_book", "visit", visit_id, {"by": entered_by})


def _guest(ask: SignGuestBook, visit_id: int, entered_by: str, at: int) -> Guest:
    return Guest(
        visit_id=visit_id,
        name=tidy(ask.name),
        institution=tidy(ask.institution),
        regency=tidy(ask.regency),
        phone=tidy(ask.phone),
        email=tidy(ask.email),
        occupation=tidy(ask.occupation),
        meets=tidy(ask.meets),
        letter_number=tidy(ask.letter_number),
        letter_date=tidy(ask.letter_date),
        entered_by=entered_by,
        remember=ask.remember,
        at=at,
        notice=ask.notice,
        phone_index=ask.phone_index,
    )


@performs(EndVisit, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def end_visit(ask: EndVisit, tx: Transaction, moment: Moment) -> Done:
    require_endable(tx, the_visit(tx, ask.visit_id), ask.ending)
    visits.end(tx, ask.visit_id, moment.at, ask.ending, ask.remark.strip())
    settle(tx, moment, ask.visit_id)
    return Done("visit.ended", "visit", ask.visit_id, {"ending": ask.ending})


@performs(WriteDeskEntry, needs=Permission.KEEP_DESK_BOOKS, answer=desk_book.get)
def write_desk_entry(ask: WriteDeskEntry, tx: Transaction, moment: Moment) -> Done:
    if not ask.text.strip():
        raise nothing_changed(_("Catatan belum ditulis."), _("Tulis apa yang terjadi."))
    entry_id = desk_book.write(tx, moment.day, moment.at, ask.sort, ask.text.strip(), moment.by.officer_id)
    return Done("desk.entry", "visit", entry_id, {"sort": ask.sort})
