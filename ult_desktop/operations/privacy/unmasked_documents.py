"""Sheets and scans in clear, for an officer with keys; and scans sealed on their way in."""

from pathlib import Path

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.ppid import InformationRequest
from ult_desktop.core.privacy.commands import OpenDocument, OpenRegister, OpenSheet
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.core.visits.document import Document, StoredFile
from ult_desktop.db.privacy import personal
from ult_desktop.db.visits import documents
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import SHEETS


def unmasked_sheet(sheet: SheetKind, subject_id: int, office: Office, actor: Actor) -> Sheet:
    """In clear, and that is kept; at a desk that was given no keys yet with its masks, for a proof is due."""
    if office.seal is not None and office.keyring is None:
        return office.read(lambda tx: SHEETS[sheet](tx, subject_id))
    opened: Sheet = office.perform(OpenSheet(sheet=sheet, subject_id=subject_id), actor)
    return opened


def unmasked_register(year: int, office: Office, actor: Actor) -> tuple[InformationRequest, ...]:
    """The PPID register of a year with addresses and contacts; that is kept."""
    return office.perform(OpenRegister(year=year), actor)


def list_accesses(office: Office, first_at: int, last_at: int) -> tuple[personal.PersonalAccess, ...]:
    """Who opened whose personal text between two moments (UTC ms), the latest first."""
    return office.read(lambda tx: personal.openings_between(tx, first_at, last_at))


def store_file(source: Path, office: Office) -> StoredFile:
    """A file in the office's store, for `operations.documents.attach`.

    Raises:
        UserError: as `db.documents.store`.
    """
    office.keys.look()  # made or renewed since: bytes that lie in the store are not sealed again
    return documents.store(office.path, source, office.seal)


def read_document(document_id: int, office: Office, actor: Actor) -> tuple[Document, bytes]:
    """Its row and its bytes in clear. Raises UserError as `db.documents.read`."""
    document: Document = office.perform(OpenDocument(document_id=document_id), actor)
    return document, documents.read(office.path, document, office.keyring)
