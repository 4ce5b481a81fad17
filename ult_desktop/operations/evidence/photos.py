"""The photos and scans of rows of evidence: stored, and read again."""

from pathlib import Path

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.evidence.photos import without_metadata
from ult_desktop.db.visits import documents
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import store_file
from ult_desktop.operations.visits.documents import attach_command


def store_photo(path: Path, office: Office, actor: Actor) -> int:
    """Store a photo or scan without its metadata, such as the place; return its document's id.

    Raises:
        UserError: the officer may not, or the file is too large or no picture.
    """
    actor.require(Permission.KEEP_EVIDENCE)
    return int(office.perform(attach_command(store_file(path, office, without_metadata)), actor).id)


def photo_content(document_id: int, office: Office) -> bytes:
    """Return the bytes of a photo or scan. It belongs to no visitor, so its opening is not logged.

    Raises:
        UserError: as `db.documents.read`.
    """
    document = office.read(lambda tx: documents.get(tx, document_id))
    return documents.read(office.path, document, office.keyring)


def faces_words() -> str:
    """Return the warning about people's faces that is shown wherever a photo is chosen."""
    return _(
        "Tempat, waktu, dan kamera dihapus dari foto. Wajah orang tidak: mintalah izin mereka, atau potret "
        "ruangannya tanpa orang."
    )
