"""Personal text is opened for a reason and with a trace; numbers from kiosks get their index."""

from ult_desktop.core.document import Document
from ult_desktop.core.personal_asks import IndexPhones, OpenDocument, OpenPersonal, OpenRegister, OpenSheet
from ult_desktop.core.ppid import InformationRequest
from ult_desktop.core.roles import Permission
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.db import cases, deliveries, documents, personal, ppid, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.sheets import receipt_sheet, registration_sheet

SHEETS = {SheetKind.RECEIPT: receipt_sheet, SheetKind.REGISTRATION: registration_sheet}


@performs(OpenPersonal, needs=Permission.OPEN_PERSONAL, answer=personal.visit_of)
def open_personal(ask: OpenPersonal, tx: Transaction, moment: Moment) -> Done:
    if visits.find(tx, ask.visit_id) is None:
        raise nothing_changed(_("Kunjungan itu tidak ada."))
    opening_id = personal.note_opening(
        tx, moment.at, moment.by.officer_id, moment.by.station, "visit", ask.visit_id
    )
    return Done("personal.opened", "visit", opening_id, {"visit": ask.visit_id})


def _sheet(tx: Transaction, opening_id: int) -> Sheet:
    kind, _colon, subject = personal.what_of(tx, opening_id).partition(":")
    return SHEETS[SheetKind(kind)](tx, int(subject))


@performs(OpenSheet, needs=Permission.OPEN_PERSONAL, answer=_sheet)
def open_sheet(ask: OpenSheet, tx: Transaction, moment: Moment) -> Done:
    SHEETS[ask.sheet](tx, ask.subject_id)  # refused when there is no such thing
    what = f"{ask.sheet}:{ask.subject_id}"
    opening_id = personal.note_opening(
        tx, moment.at, moment.by.officer_id, moment.by.station, what, _visit_of(tx, ask)
    )
    return Done("personal.printed", "case", opening_id, {"sheet": ask.sheet, "subject": ask.subject_id})


def _visit_of(tx: Transaction, ask: OpenSheet) -> int:
    get = deliveries.get if ask.sheet is SheetKind.RECEIPT else ppid.get
    return cases.get(tx, get(tx, ask.subject_id).case_id).visit_id


def _document(tx: Transaction, opening_id: int) -> Document:
    return documents.get(tx, int(personal.what_of(tx, opening_id).partition(":")[2]))


@performs(OpenDocument, needs=Permission.TICK_STEPS, answer=_document)
def open_document(ask: OpenDocument, tx: Transaction, moment: Moment) -> Done:
    """Every officer may: letters come up in escalations and delegations too."""
    document = documents.find(tx, ask.document_id)
    if document is None:
        raise nothing_changed(_("Dokumen itu tidak ada."))
    what = f"document:{document.id}"
    opening_id = personal.note_opening(
        tx, moment.at, moment.by.officer_id, moment.by.station, what, document.visit_id
    )
    return Done("personal.document_opened", "visit", opening_id, {"document": document.id})


def _register(tx: Transaction, year: int) -> tuple[InformationRequest, ...]:
    return ppid.register(tx, year)


@performs(OpenRegister, needs=Permission.HANDLE_PPID, answer=_register)
def open_register(ask: OpenRegister, tx: Transaction, moment: Moment) -> Done:
    personal.note_opening(tx, moment.at, moment.by.officer_id, moment.by.station, f"ppid:{ask.year}")
    return Done("personal.register_opened", "case", ask.year)


def _count(_tx: Transaction, subject: int) -> int:
    return subject


@performs(IndexPhones, needs=Permission.BE_STATION, answer=_count)
def index_phones(ask: IndexPhones, tx: Transaction, _moment: Moment) -> Done:
    for visit_id, index in ask.indexes:
        personal.set_index(tx, visit_id, index)
    return Done("personal.indexed", "visit", len(ask.indexes))
