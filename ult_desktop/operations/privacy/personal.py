"""The opening of personal text, which is noted each time, and the blind indexes of telephone numbers.

A command that opens something writes a note of it; its answer, the text in clear, is found by that note.
"""

from collections.abc import Callable
from pathlib import Path

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases.ppid import InformationRequest
from ult_desktop.core.privacy.commands import (
    IndexPhones,
    OpenAppointment,
    OpenDocument,
    OpenGuestBook,
    OpenPersonal,
    OpenRegister,
    OpenSheet,
)
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.core.visits.document import Document, StoredFile
from ult_desktop.core.visits.guest_book import GuestBookLine
from ult_desktop.db.cases import appointments, cases, deliveries, ppid
from ult_desktop.db.privacy import personal
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents, guests, visits
from ult_desktop.operations import sheets
from ult_desktop.operations.cases.case_file import case_file_sheet
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    require_found,
)

LONGEST_BOOK = 366  # days
SHEETS = {
    SheetKind.RECEIPT: sheets.receipt_sheet,
    SheetKind.REGISTRATION: sheets.registration_sheet,
    SheetKind.CASE_FILE: case_file_sheet,
}


def _note_opening(tx: Transaction, context: Context, opened: str, visit_id: int | None = None) -> int:
    """Note what the actor `opened` ("kind" or "kind:id"), at which station. Return the id of the note."""
    by = context.by
    return personal.note_opening(tx, context.at, by.officer_id, by.station, opened, visit_id)


@handles(OpenPersonal, needs=Permission.OPEN_PERSONAL, answer=personal.visit_of)
@named("visit open-data", "Data pribadi kunjungan VISIT tanpa samaran; pembukaannya dicatat.")
def open_personal(command: OpenPersonal, tx: Transaction, context: Context) -> NewEvent:
    if visits.find(tx, command.visit_id) is None:
        raise refuse(_("Kunjungan itu tidak ada."))
    opening_id = _note_opening(tx, context, "visit", command.visit_id)
    return NewEvent("personal.opened", "visit", opening_id, {"visit": command.visit_id})


def _read_opened_sheet(tx: Transaction, opening_id: int) -> Sheet:
    kind, _colon, subject_id = personal.what_was_opened(tx, opening_id).partition(":")
    return SHEETS[SheetKind(kind)](tx, int(subject_id))


@handles(OpenSheet, needs=Permission.OPEN_PERSONAL, answer=_read_opened_sheet)
def open_sheet(command: OpenSheet, tx: Transaction, context: Context) -> NewEvent:
    tx.reader = context.by.officer_id or 0
    # Made here once too: this refuses a sheet that does not exist for this officer.
    SHEETS[command.sheet](tx, command.subject_id)
    if command.sheet is SheetKind.CASE_FILE:
        case_id = command.subject_id
    elif command.sheet is SheetKind.RECEIPT:
        case_id = deliveries.get(tx, command.subject_id).case_id
    else:
        case_id = ppid.get(tx, command.subject_id).case_id
    opened = f"{command.sheet}:{command.subject_id}"
    opening_id = _note_opening(tx, context, opened, cases.get(tx, case_id).visit_id)
    return NewEvent(
        "personal.printed", "case", opening_id, {"sheet": command.sheet, "subject": command.subject_id}
    )


def _opened_id(tx: Transaction, opening_id: int) -> int:
    """Return the id of the row that was opened ("kind:id")."""
    return int(personal.what_was_opened(tx, opening_id).partition(":")[2])


@handles(
    OpenDocument,
    needs=Permission.OPEN_PERSONAL,
    answer=lambda tx, opening_id: documents.get(tx, _opened_id(tx, opening_id)),
)
def open_document(command: OpenDocument, tx: Transaction, context: Context) -> NewEvent:
    """Open a document. It need not belong to a visit: escalations and delegations have letters too."""
    document = require_found(documents.find(tx, command.document_id), _("Dokumen itu tidak ada."))
    opening_id = _note_opening(tx, context, f"document:{document.id}", document.visit_id)
    return NewEvent("personal.document_opened", "visit", opening_id, {"document": document.id})


@handles(
    OpenAppointment,
    needs=Permission.OPEN_PERSONAL,
    answer=lambda tx, opening_id: appointments.get(tx, _opened_id(tx, opening_id)),
)
@named("case appointment open-data", "Kontaknya tanpa samaran; pembukaannya dicatat.")
def open_appointment(command: OpenAppointment, tx: Transaction, context: Context) -> NewEvent:
    appointment = require_found(appointments.find(tx, command.appointment_id), _("Janji temu itu tidak ada."))
    visit_id = (
        appointment.visit_id if appointment.case_id is None else cases.get(tx, appointment.case_id).visit_id
    )
    opening_id = _note_opening(tx, context, f"appointment:{appointment.id}", visit_id)
    return NewEvent("personal.opened", "case", opening_id, {"appointment": appointment.id})


@handles(OpenRegister, needs=Permission.HANDLE_PPID, answer=ppid.register)
def open_register(command: OpenRegister, tx: Transaction, context: Context) -> NewEvent:
    _note_opening(tx, context, f"ppid:{command.year}")
    return NewEvent("personal.register_opened", "case", command.year)


def _read_opened_guest_book(tx: Transaction, opening_id: int) -> tuple[GuestBookLine, ...]:
    _kind, _colon, period = personal.what_was_opened(tx, opening_id).partition(":")
    first, _dashes, last = period.partition("--")
    return guests.book_between(tx, first, last)


@handles(OpenGuestBook, needs=Permission.OPEN_PERSONAL, answer=_read_opened_guest_book)
def open_guest_book(command: OpenGuestBook, tx: Transaction, context: Context) -> NewEvent:
    first, last = command.first_day, command.last_day
    if not 0 <= (last - first).days < LONGEST_BOOK:
        raise refuse(
            _("Buku tamu dibuka untuk paling lama setahun, dari hari pertama sampai hari terakhir."),
            _("Pilih masa yang lain."),
        )
    opened = f"guest_book:{first.isoformat()}--{last.isoformat()}"
    opening_id = _note_opening(tx, context, opened)
    return NewEvent("personal.guest_book_opened", "visit", opening_id)


@handles(IndexPhones, needs=Permission.BE_STATION, answer=answer_subject)
def index_phones(command: IndexPhones, tx: Transaction, _context: Context) -> NewEvent:
    for visit_id, index in command.indexes:
        personal.set_index(tx, visit_id, index)
    return NewEvent("personal.indexed", "visit", len(command.indexes))


def unmasked_sheet(sheet: SheetKind, subject_id: int, office: Office, actor: Actor) -> Sheet:
    """Return the sheet in clear, and log that it was opened.

    At a station without the keys the sheet has masks, and nothing is logged: a visitor must get a proof
    nevertheless.
    """
    if office.seal is not None and office.keyring is None:
        return office.read(lambda tx: SHEETS[sheet](tx, subject_id))
    in_clear: Sheet = office.perform(OpenSheet(sheet=sheet, subject_id=subject_id), actor)
    return in_clear


def unmasked_register(year: int, office: Office, actor: Actor) -> tuple[InformationRequest, ...]:
    """Return the PPID register of a year with addresses and contacts, and log that it was opened."""
    return office.perform(OpenRegister(year=year), actor)


def list_accesses(office: Office, first_at: int, last_at: int) -> tuple[personal.PersonalAccess, ...]:
    """Return who opened whose personal text between two moments (UTC ms), the latest first."""
    return office.read(lambda tx: personal.openings_between(tx, first_at, last_at))


def store_file(source: Path, office: Office, convert: Callable[[bytes], bytes] | None = None) -> StoredFile:
    """Put a file into the office's store, for `operations.visits.documents.attach_command`.

    `convert` changes the content before it is stored, as to drop a photo's metadata.

    Raises:
        UserError: as `db.documents.store`.
    """
    office.keys.reload()  # the newest key must seal the file: files are never sealed again
    return documents.store(office.path, source, office.seal, convert)


def read_document(document_id: int, office: Office, actor: Actor) -> tuple[Document, bytes]:
    """Return a document's row and its bytes in clear. Raises UserError as `db.documents.read`."""
    document: Document = office.perform(OpenDocument(document_id=document_id), actor)
    return document, documents.read(office.path, document, office.keyring)
