"""The scans and photos that become documents of the office."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.visits import commands, document
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents, visits
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse


def attach_command(file: document.StoredFile, visit_id: int | None = None) -> commands.AttachDocument:
    """Return the command for a file that `db.documents.store` has put into the store."""
    return commands.AttachDocument(
        sha256=file.sha256, name=file.name, media_type=file.media_type, size=file.size, visit_id=visit_id
    )


@handles(commands.AttachDocument, needs=Permission.TICK_STEPS, answer=documents.get)
@named("visit attach", "Lampirkan SCAN (PDF, JPEG, PNG) ke kunjungan VISIT.")
def attach_document(command: commands.AttachDocument, tx: Transaction, context: Context) -> NewEvent:
    """Attach a document. Every officer may: letters come up in cases, escalations and delegations too."""
    file = document.StoredFile(
        sha256=command.sha256, name=command.name, media_type=command.media_type, size=command.size
    )
    if not document.SHA256.fullmatch(command.sha256) or not documents.is_allowed(file):
        raise refuse(
            _("Berkas itu tidak dapat dilampirkan."), _("Pilih PDF, JPEG, atau PNG paling besar 10 MB.")
        )
    if command.visit_id is not None and visits.find(tx, command.visit_id) is None:
        raise refuse(_("Kunjungan itu tidak ada."))
    document_id = documents.insert(tx, file, context.at, context.by.officer_id, command.visit_id)
    return NewEvent("document.attached", "visit", document_id, {"visit": command.visit_id})
