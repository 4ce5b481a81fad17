"""The visits: a visitor comes in, states a purpose, signs the guest book, and leaves."""

import re
from functools import cache
from typing import Any

import msgspec

from ult_desktop.base import _, paths, settings_file
from ult_desktop.base.i18n import in_every_language
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.free_text import normalise_line, says_something
from ult_desktop.core.person import shared_fields
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.walk import part_of_matter
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.searching import name_words
from ult_desktop.core.visits import commands, guest_book
from ult_desktop.core.visits.visit import (
    Courtesy,
    Ending,
    Guest,
    ProcedureInForce,
    Visit,
    VisitChannel,
    choose_procedure,
)
from ult_desktop.db.care import declarations
from ult_desktop.db.office import services
from ult_desktop.db.procedures import marks, procedures
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import guests, visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import mark_event
from ult_desktop.operations.visits.end_visits import end_with_matters, require_endable

COMPANION_SEPARATOR = ";"

# A visit in which nothing but these has happened can still change to another procedure.
BEGINNING_EVENTS = frozenset(
    {
        StepEvent.WELCOMED,
        StepEvent.ARRIVED,
        StepEvent.PURPOSE_RECORDED,
        StepEvent.GUEST_BOOK_FILLED,
        StepEvent.TICKET_ISSUED,
        StepEvent.ESCORT_DONE,
    }
)


def begin_visit(  # noqa: PLR0913  (the fields of a new visit)
    tx: Transaction,
    context: Context,
    channel: VisitChannel,
    *,
    ticket: Ticket | None = None,
    service_id: int | None = None,
    vulnerable: bool = False,
    follows: int | None = None,
    in_force: tuple[ProcedureInForce, ...] | None = None,
) -> int:
    """Insert a visit with the procedure that applies to it; return the visit's id.

    The procedure is chosen from `in_force`, or from those in force now. A visit that `follows` another (the
    visit with that id) has no procedure of its own.
    """
    procedure = None
    if not follows:
        if in_force is None:
            in_force = procedures.in_force(tx)
        preferred = procedure_of_service(tx, service_id)
        procedure = choose_procedure(in_force, channel, preferred, vulnerable=vulnerable)
    new = visits.NewVisit(
        day=context.day if ticket is None else ticket.day,
        channel=channel,
        began_at=context.at if ticket is None else ticket.issued_at,
        ticket_id=None if ticket is None else ticket.id,
        service_id=service_id,
        vulnerable=vulnerable,
        follows=follows,
    )
    return _insert(tx, context, new, procedure)


def begin_further_matter(tx: Transaction, context: Context, first: Visit, service_id: int | None) -> int:
    """Insert a further matter of a visitor who is here; return its id.

    A further matter is a visit too: `first` is the visit that it belongs to. Of its service's procedure only
    the steps for a matter apply. If the procedure has no such steps, the matter has no procedure.
    """
    service_id = service_id or first.service_id
    preferred = procedure_of_service(tx, service_id)
    procedure = choose_procedure(
        procedures.in_force(tx), first.channel, preferred, vulnerable=first.vulnerable
    )
    if procedure is not None and part_of_matter(procedures.load(tx, procedure.id, procedure.version)) is None:
        procedure = None
    new = visits.NewVisit(
        day=context.day,
        channel=first.channel,
        began_at=context.at,
        service_id=service_id,
        vulnerable=first.vulnerable,
        beside=first.id,
    )
    return _insert(tx, context, new, procedure)


def _insert(
    tx: Transaction, context: Context, new: visits.NewVisit, procedure: ProcedureInForce | None
) -> int:
    """Insert a visit, and note in the context that the operation began it; return its id."""
    visit_id = visits.insert(tx, new, procedure)
    context.begun_visits.append(visit_id)
    return visit_id


def procedure_of_service(tx: Transaction, service_id: int | None) -> str:
    """Return the id of the procedure that the service names; "" if it names none."""
    service = None if service_id is None else services.find(tx, service_id)
    return service.definition.procedure if service else ""


def visit_of_ticket(tx: Transaction, context: Context, ticket_id: int) -> int:
    """Return the id of the ticket's visit. A ticket without a visit gets one, begun when it was issued."""
    visit = visits.of_ticket(tx, ticket_id)
    if visit is not None:
        return visit.id
    ticket = tickets.get(tx, ticket_id)
    return begin_visit(
        tx,
        context,
        VisitChannel.FACE_TO_FACE,
        ticket=ticket,
        service_id=ticket.service_id,
        vulnerable=ticket.priority,
    )


def require_known_ticket(tx: Transaction, ticket_id: int) -> Ticket:
    """Return a ticket in any state. Raises UserError when there is none."""
    return require_found(tickets.find(tx, ticket_id), _("Nomor antrean itu tidak ada."))


def require_arrival(tx: Transaction, context: Context, visit_id: int) -> Visit:
    """Return the visit. Raises UserError unless it is one of today, in person and without a number yet."""
    visit = lookup.require_open_visit(tx, visit_id)
    if visit.label is not None:
        raise refuse(_("Kunjungan itu sudah punya nomor {label}.").format(label=visit.label))
    if visit.channel is not VisitChannel.FACE_TO_FACE or visit.day != context.day:
        raise refuse(_("Kunjungan itu bukan kedatangan hari ini."), _("Catat kedatangannya dulu."))
    return visit


def give_number_to(tx: Transaction, visit: Visit, ticket_id: int, service_id: int) -> None:
    """Give a number to the visit of a welcomed visitor, and choose its procedure by the number's service."""
    visits.set_ticket(tx, visit.id, ticket_id)
    rechoose_procedure(tx, visit, service_id)


def rechoose_procedure(tx: Transaction, visit: Visit, service_id: int) -> None:
    """Choose the visit's procedure again by its service, if nothing but its beginning has happened."""
    # Later events are marked on steps that another procedure may not have.
    if visit.follows is None and has_only_begun(tx, visit):
        chosen = choose_procedure(
            procedures.in_force(tx),
            visit.channel,
            procedure_of_service(tx, service_id),
            vulnerable=visit.vulnerable,
        )
        visits.set_procedure(tx, visit.id, chosen, vulnerable=visit.vulnerable)


def has_only_begun(tx: Transaction, visit: Visit) -> bool:
    return {mark.event for mark in marks.of_visit(tx, visit)} <= BEGINNING_EVENTS


@handles(commands.WelcomeVisitor, needs=Permission.GUARD_DOOR, answer=visits.get)
@named("visit welcome", "Tamu datang dan disambut.")
def welcome_visitor(command: commands.WelcomeVisitor, tx: Transaction, context: Context) -> NewEvent:
    visit_id = begin_visit(tx, context, VisitChannel.FACE_TO_FACE)
    visits.set_courtesies(tx, visit_id, command.courtesies)
    # All courtesies together complete the step. Fewer are written down, and complete nothing.
    if set(Courtesy) <= set(command.courtesies):
        mark_event(tx, context, visit_id, StepEvent.WELCOMED)
    mark_event(tx, context, visit_id, StepEvent.ARRIVED)
    return NewEvent("visit.welcomed", "visit", visit_id, {"courtesies": command.courtesies})


@handles(commands.ReceiveVisitor, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit receive --ticket", "Tamu di resepsionis: pemegang TICKET, atau yang tidak disambut di pintu.")
def receive_visitor(command: commands.ReceiveVisitor, tx: Transaction, context: Context) -> NewEvent:
    if command.ticket_id is None:
        visit_id = begin_visit(tx, context, VisitChannel.FACE_TO_FACE)
        mark_event(tx, context, visit_id, StepEvent.ARRIVED)
    else:
        ticket = require_known_ticket(tx, command.ticket_id)
        if ticket.day != context.day:
            raise refuse(_("Nomor {label} bukan dari hari ini.").format(label=ticket.label))
        visit_id = visit_of_ticket(tx, context, ticket.id)
    return NewEvent("visit.received", "visit", visit_id)


@handles(commands.JoinVisit, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit join", "Satukan kedatangan VISIT dengan nomor TICKET dari kios.")
def join_visit(command: commands.JoinVisit, tx: Transaction, context: Context) -> NewEvent:
    """Join a ticket with the visit of a visitor who was welcomed without one.

    If the ticket has a visit of its own, that visit is merged into the welcomed visitor's.
    """
    arrival = require_arrival(tx, context, command.visit_id)
    ticket = require_known_ticket(tx, command.ticket_id)
    if ticket.day != context.day:
        raise refuse(_("Nomor {label} bukan dari hari ini.").format(label=ticket.label))
    other = visits.of_ticket(tx, ticket.id)
    if other is None:
        give_number_to(tx, arrival, ticket.id, ticket.service_id)
    else:
        _merge(tx, context, lookup.require_open_visit(tx, other.id), arrival)
    return NewEvent("visit.joined", "visit", arrival.id, {"ticket": ticket.id})


def _merge(tx: Transaction, context: Context, other: Visit, arrival: Visit) -> None:
    """Merge the visit `other` into `arrival`."""
    # Asked before the rows of `other`, its marks among them, become the arrival's.
    arrival_only_begun = has_only_begun(tx, arrival)
    visits.move_rows(tx, other.id, arrival.id)
    declarations.unite(tx, other.id, arrival.id)
    if other.follows is not None:
        visits.set_follows(tx, arrival.id, other.follows)
    elif arrival_only_begun and arrival.follows is None and other.procedure_id is not None:
        vulnerable = other.vulnerable or arrival.vulnerable
        in_force = procedures.in_force(tx)
        chosen = next((procedure for procedure in in_force if procedure.id == other.procedure_id), None)
        visits.set_procedure(tx, arrival.id, chosen, vulnerable=vulnerable)
    visits.end(tx, other.id, context.at, Ending.MERGED)


@handles(
    commands.RecordPurpose,
    needs=Permission.RECEIVE_VISITORS,
    answer=visits.get,
    record=lambda tx, command: visits.find(tx, command.visit_id),
)
@named("visit purpose", "Keperluan kunjungan VISIT: kunci dari daftar, atau kata-kata.")
def record_purpose(command: commands.RecordPurpose, tx: Transaction, context: Context) -> NewEvent:
    lookup.require_open_visit(tx, command.visit_id)
    purpose = normalise_line(command.purpose)
    if not purpose:
        raise refuse(_("Keperluan belum diisi."), _("Pilih atau tulis keperluannya."))
    visits.set_purpose(tx, command.visit_id, purpose)
    mark_event(tx, context, command.visit_id, StepEvent.PURPOSE_RECORDED)
    return NewEvent("visit.purpose", "visit", command.visit_id)


def _current_guest_line(tx: Transaction, command: commands.SignGuestBook) -> Guest | None:
    """Return the line of the guest book that the command would write over, or None."""
    visit = None if command.ticket_id is None else visits.of_ticket(tx, command.ticket_id)
    visit_id = command.visit_id if visit is None else visit.id
    return None if visit_id is None else visits.guest_of(tx, visit_id)


@handles(
    commands.SignGuestBook, needs=Permission.SIGN_GUEST_BOOK, answer=visits.get, record=_current_guest_line
)
@named("visit guest", "Isi buku tamu untuk kunjungan VISIT.")
def sign_guest_book(command: commands.SignGuestBook, tx: Transaction, context: Context) -> NewEvent:
    if not normalise_line(command.name):
        raise refuse(_("Nama belum diisi."), _("Tulis nama tamu."))
    if command.ticket_id is not None:
        visit_id = visit_of_ticket(tx, context, require_known_ticket(tx, command.ticket_id).id)
    else:
        visit_id = lookup.require_open_visit(tx, command.visit_id or 0).id
    entered_by = "officer" if context.by.officer_id else "visitor"
    line = guest_line(command, visit_id=visit_id, entered_by=entered_by, at=context.at)
    if entered_by == "visitor":
        # Numbers are short: a visitor who typed another's must not overwrite the other's line. On a server a
        # kiosk's account can neither read nor change one.
        if visits.is_signed(tx, visit_id):
            raise refuse(
                _("Buku tamu untuk nomor ini sudah diisi."), _("Sampaikan perbaikan kepada petugas.")
            )
        visits.add_guests(tx, [line])
    else:
        before = visits.guest_of(tx, visit_id)
        if context.replay is None and not command.instead and before is not None:
            _require_same_guest(before, command)
        visits.write_guest(tx, line)
    if command.finished:
        mark_event(tx, context, visit_id, StepEvent.GUEST_BOOK_FILLED)
    if normalise_line(command.purpose):
        visits.set_purpose(tx, visit_id, normalise_line(command.purpose))
        mark_event(tx, context, visit_id, StepEvent.PURPOSE_RECORDED)
    return NewEvent("visit.guest_book", "visit", visit_id, {"by": entered_by})


def _require_same_guest(line: Guest, command: commands.SignGuestBook) -> None:
    """Refuse to write one guest over another, for two people may come with one number.

    Two names count as one person's if they share a word.
    """
    if not {*name_words(line.name)} & {*name_words(command.name)}:
        raise refuse(
            _("Buku tamu nomor ini sudah atas nama {name}.").format(name=line.name),
            _("Tulis tamu kedua di “Tamu lain pada nomor ini” (--companions); salah nama: --instead."),
        )


def guest_line(source: msgspec.Struct, **more: Any) -> Guest:  # noqa: ANN401  (each field has its type)
    """Return a line of the guest book with the guest's fields in `source`, and with those in `more`.

    Text is made one line; a regency gets its name on the list. `persons` counts at least the guest and the
    companions by name.
    """
    fields = {
        name: normalise_line(value) if isinstance(value, str) else value
        for name, value in shared_fields(Guest, source).items()
    }
    line = Guest(**{**fields, "regency": known_regency(fields["regency"]), **more})
    companions = [name for name in line.companions.split(COMPANION_SEPARATOR) if name.strip()]
    return msgspec.structs.replace(line, persons=max(line.persons, 1 + len(companions)))


@handles(commands.EndVisit, needs=Permission.END_VISITS, answer=visits.get)
@named("visit end", "Akhiri kunjungan VISIT.")
def end_visit(command: commands.EndVisit, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    require_endable(tx, visit, command.ending)
    end_with_matters(tx, context, visit, command.ending, command.remark.strip())
    return NewEvent("visit.ended", "visit", visit.id, {"ending": command.ending})


@handles(commands.WriteDeskEntry, needs=Permission.KEEP_DESK_BOOKS, answer=guests.get_entry)
@named("visit note", "Tulis di buku laporan.")
def write_desk_entry(command: commands.WriteDeskEntry, tx: Transaction, context: Context) -> NewEvent:
    if not command.text.strip():
        raise refuse(_("Catatan belum ditulis."), _("Tulis apa yang terjadi."))
    entry_id = guests.write_entry(
        tx, context.day, context.at, command.sort, command.text.strip(), context.by.officer_id
    )
    return NewEvent("desk.entry", "visit", entry_id, {"sort": command.sort})


@handles(commands.SettleDeskEntry, needs=Permission.KEEP_DESK_BOOKS, answer=guests.get_entry)
@named("visit note-settle", "Tulis tindak lanjut sebuah catatan buku laporan.")
def settle_desk_entry(command: commands.SettleDeskEntry, tx: Transaction, context: Context) -> NewEvent:
    entry = require_found(guests.find_entry(tx, command.entry_id), _("Catatan itu tidak ada."))
    if not entry.is_open:
        raise refuse(_("Catatan ini tidak menunggu tindak lanjut."))
    if not says_something(command.settlement):
        raise refuse(_("Tindak lanjut belum ditulis."), _("Tulis apa yang dilakukan, dan dengan siapa."))
    guests.settle_entry(tx, entry.id, command.settlement.strip(), context.at, context.by.officer_id)
    return NewEvent("desk.settled", "visit", entry.id, {"sort": entry.sort})


@cache
def _load_provinces() -> guest_book.Provinces:
    """Return the program's own list of provinces and their regencies."""
    return settings_file.read_settings(paths.resource("regencies.toml"), guest_book.Provinces)


def known_regency(typed_name: str) -> str:
    """Return `typed_name` as the list of any province spells that regency.

    A name on no list is kept as "Lain: …"; "Lain" without a name stays "Lain".
    """
    line = normalise_line(typed_name)
    if not line or line in _outside_words():
        return line
    names = {
        _comparable(regency.name): regency.name
        for province in _load_provinces().provinces
        for regency in province.regencies
    }
    name = line.removeprefix(guest_book.OTHER_REGENCY)
    other = guest_book.OTHER_REGENCY.strip(": ")
    if _comparable(name) in ("", _comparable(other)):
        return other
    return names.get(_comparable(name)) or f"{guest_book.OTHER_REGENCY}{name}"


def regency_code(name: str) -> str:
    """Return Kemendagri's code ("65.71") of a name on the list.

    Any other name is its own code.
    """
    provinces = _load_provinces().provinces
    codes = {regency.name: regency.code for province in provinces for regency in province.regencies}
    return codes.get(name, name)


@cache
def _outside_words() -> frozenset[str]:
    return in_every_language("Luar provinsi")


def _comparable(name: str) -> str:
    """Return the name as it is compared: "Kabupaten Nunukan", "kab nunukan" and "Kab. Nunukan" are one."""
    return re.sub(r"^kabupaten\b", "kab", re.sub(r"\W+", " ", name.casefold())).strip()


def regency_choices(province: str) -> tuple[str, ...]:
    """Return the names of a province's regencies, and last the word for "outside the province"."""
    return (*(regency.name for regency in regencies_of(province)), guest_book.outside_province_word())


def regencies_of(province: str) -> tuple[guest_book.Regency, ...]:
    """Return the regencies of a province, given by its name or Kemendagri's code; none of an unlisted one."""
    wanted = province.casefold()
    for listed in _load_provinces().provinces:
        if wanted in (listed.name.casefold(), listed.code):
            return listed.regencies
    return ()
