"""What is added to a case on its way: notes, documents, another officer who answers for it."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.commands import AddNote, AttachToCase, ReassignCase
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.db.cases import cases, deliveries, escalations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_files import (
    note_on_timeline,
    require_officer,
    require_open_case,
    require_text,
)
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.operation import Context, NewEvent, handles


@handles(AddNote, needs=Permission.TICK_STEPS, answer=cases.get)
def add_note(ask: AddNote, tx: Transaction, moment: Context) -> NewEvent:
    """Everybody on a case's way writes notes, also after it was closed."""
    if cases.find(tx, ask.case_id) is None:
        raise refuse(_("Permohonan itu tidak ada."))
    text = require_text(ask.text, _("Catatan belum ditulis."))
    note_on_timeline(tx, moment, ask.case_id, EntryKind.NOTE, text, document_id=ask.document_id)
    return NewEvent("case.note", "case", ask.case_id)


@handles(AttachToCase, needs=Permission.TICK_STEPS, answer=cases.get)
def attach_to_case(ask: AttachToCase, tx: Transaction, moment: Context) -> NewEvent:
    case = require_open_case(tx, ask.case_id)
    attach(tx, moment, case.id, (ask.document_id,), title=ask.title.strip())
    note_on_timeline(tx, moment, case.id, EntryKind.DOCUMENT, ask.title.strip(), document_id=ask.document_id)
    return NewEvent("case.document", "case", case.id, {"document": ask.document_id})


def attach(
    tx: Transaction,
    moment: Context,
    case_id: int,
    documents: tuple[int, ...],
    *,
    escalation_id: int | None = None,
    title: str = "",
) -> None:
    for document_id in documents:
        new = deliveries.NewDocument(
            case_id=case_id,
            escalation_id=escalation_id,
            document_id=document_id,
            title=title,
            officer_id=moment.by.officer_id,
            at=moment.at,
        )
        deliveries.attach(tx, new)


@handles(ReassignCase, needs=Permission.WORK_CASES, answer=cases.get)
def reassign_case(ask: ReassignCase, tx: Transaction, moment: Context) -> NewEvent:
    case = require_open_case(tx, ask.case_id)
    officer = require_officer(tx, ask.officer_id)
    if officer.id == case.owner_id:
        raise refuse(
            _("Permohonan {number} sudah pada {name}.").format(number=case.number, name=officer.name)
        )
    cases.set_owner(tx, case.id, officer.id)
    escalations.return_to(tx, case.id, officer.id)
    text = f"{officer.name} · {ask.remark}" if ask.remark else officer.name
    note_on_timeline(tx, moment, case.id, EntryKind.OWNER, text, owner_id=case.owner_id)
    return NewEvent("case.owner", "case", case.id, {"owner": officer.id})
