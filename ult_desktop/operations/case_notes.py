"""What is added to a case on its way: notes, documents, another officer who answers for it."""

from ult_desktop.core.case_asks import AddNote, AttachToCase, ReassignCase
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.roles import Permission
from ult_desktop.db import cases, deliveries, escalations
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import note, the_case, the_officer, written
from ult_desktop.operations.finding import nothing_changed


@performs(AddNote, needs=Permission.TICK_STEPS, answer=cases.get)
def add_note(ask: AddNote, tx: Transaction, moment: Moment) -> Done:
    """Everybody on a case's way writes notes, also after it was closed."""
    if cases.find(tx, ask.case_id) is None:
        raise nothing_changed(_("Permohonan itu tidak ada."))
    text = written(ask.text, _("Catatan belum ditulis."))
    note(tx, moment, ask.case_id, EntryKind.NOTE, text, document_id=ask.document_id)
    return Done("case.note", "case", ask.case_id)


@performs(AttachToCase, needs=Permission.TICK_STEPS, answer=cases.get)
def attach_to_case(ask: AttachToCase, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    attach(tx, moment, case.id, (ask.document_id,), title=ask.title.strip())
    note(tx, moment, case.id, EntryKind.DOCUMENT, ask.title.strip(), document_id=ask.document_id)
    return Done("case.document", "case", case.id, {"document": ask.document_id})


def attach(
    tx: Transaction,
    moment: Moment,
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


@performs(ReassignCase, needs=Permission.WORK_CASES, answer=cases.get)
def reassign_case(ask: ReassignCase, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    officer = the_officer(tx, ask.officer_id)
    if officer.id == case.owner_id:
        raise nothing_changed(
            _("Permohonan {number} sudah pada {name}.").format(number=case.number, name=officer.name)
        )
    cases.set_owner(tx, case.id, officer.id)
    escalations.return_to(tx, case.id, officer.id)
    text = f"{officer.name} · {ask.remark}" if ask.remark else officer.name
    note(tx, moment, case.id, EntryKind.OWNER, text, owner_id=case.owner_id)
    return Done("case.owner", "case", case.id, {"owner": officer.id})
