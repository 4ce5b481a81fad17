"""A case is sent to another desk by who works on it, and taken back: front office → back office."""

from ult_desktop.core.case import Case, CaseState, Outcome, SubReason, visitor_word
from ult_desktop.core.case_steps import sends_on
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.escalation import CaseDesk, Escalation, HopState, desk_of, desk_word
from ult_desktop.core.escalation_asks import (
    AcknowledgeAnswer,
    Escalate,
    MoveVisitor,
    ReferEscalation,
    WithdrawEscalation,
)
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.db import cases, escalations
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import (
    mark_case,
    note,
    procedure_of_case,
    require_here,
    the_case,
    the_officer,
    written,
)
from ult_desktop.operations.case_notes import attach
from ult_desktop.operations.case_opening import LONGEST_DAYS, due_in
from ult_desktop.operations.cases import write_outcome
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.hops import place_visitor, require_sender, roles_now, the_hop


@performs(Escalate, needs=Permission.WORK_CASES, answer=escalations.get)
def escalate(ask: Escalate, tx: Transaction, moment: Moment) -> Done:
    """Where "not available" is what leads on in the POS, asking another desk says so."""
    case = the_case(tx, ask.case_id)
    require_here(case)
    if ask.to is CaseDesk.FRONT_OFFICE:
        raise nothing_changed(_("Pilih meja tujuan selain Front Office."))
    if case.outcome is not Outcome.UNAVAILABLE and sends_on(procedure_of_case(tx, case)):
        write_outcome(tx, moment, case, Outcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    hop_id = send(tx, moment, case, ask, None)
    if case.owner_id is None and moment.by.officer_id is not None:
        cases.set_owner(tx, case.id, moment.by.officer_id)
    cases.set_state(tx, case.id, CaseState.ESCALATED)
    place_visitor(tx, moment, case, ask.visitor)
    mark_case(tx, moment, case, StepEvent.ESCALATED)
    return Done("escalation.sent", "case", hop_id, {"case": case.id, "to": ask.to, "visitor": ask.visitor})


def send(
    tx: Transaction, moment: Moment, case: Case, ask: Escalate | ReferEscalation, parent: Escalation | None
) -> int:
    """Write the hop with its disposition, and its line on the timeline; returns its id."""
    text = written(ask.instruction, _("Isi pesan belum ditulis."))
    officer = None if ask.to_officer_id is None else the_officer(tx, ask.to_officer_id)
    days = moment.office.settings.cases.escalation_days if ask.due_days is None else ask.due_days
    if days < 1:
        raise nothing_changed(_("Tenggat paling cepat satu hari kerja."))
    if days > LONGEST_DAYS:
        raise nothing_changed(_("Tenggat paling lama {n} hari kerja.").format(n=LONGEST_DAYS))
    new = escalations.NewHop(
        case_id=case.id,
        parent_id=None if parent is None else parent.id,
        from_desk=desk_of(roles_now(tx, moment)) if parent is None else parent.to_desk,
        from_officer_id=moment.by.officer_id,
        to_desk=ask.to,
        to_officer_id=None if officer is None else officer.id,
        unit=ask.unit.strip() if isinstance(ask, ReferEscalation) else "",
        instruction=text,
        due_at=due_in(moment, days),
        sent_at=moment.at,
    )
    hop_id = escalations.insert(tx, new)
    attach(tx, moment, case.id, ask.documents, escalation_id=hop_id)
    label = new.unit or desk_word(ask.to, moment.office.settings.cases.related_unit)
    kind = EntryKind.ESCALATED if parent is None else EntryKind.REFERRED
    owner = case.owner_id if parent is None else parent.to_officer_id
    note(tx, moment, case.id, kind, f"{label}: {text}", owner_id=owner)
    return hop_id


@performs(MoveVisitor, needs=Permission.WORK_CASES, answer=cases.get)
def move_visitor(ask: MoveVisitor, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    if not case.visitor:
        raise nothing_changed(_("Permohonan {number} tidak sedang diteruskan.").format(number=case.number))
    place_visitor(tx, moment, case, ask.visitor)
    note(tx, moment, case.id, EntryKind.VISITOR, visitor_word(ask.visitor), owner_id=case.owner_id)
    return Done("case.visitor", "case", case.id, {"visitor": ask.visitor})


@performs(AcknowledgeAnswer, needs=Permission.TICK_STEPS, answer=escalations.get)
def acknowledge_answer(ask: AcknowledgeAnswer, tx: Transaction, moment: Moment) -> Done:
    hop = escalations.find(tx, ask.escalation_id)
    if hop is None or hop.state is not HopState.ANSWERED:
        raise nothing_changed(_("Tidak ada jawaban yang menunggu diterima di sini."))
    require_sender(tx, moment, hop, cases.get(tx, hop.case_id))
    escalations.acknowledge(tx, hop.id, moment.at, moment.by.officer_id)
    note(tx, moment, hop.case_id, EntryKind.ACKNOWLEDGED, owner_id=hop.from_officer_id)
    return Done("escalation.acknowledged", "case", hop.id, {"case": hop.case_id})


@performs(WithdrawEscalation, needs=Permission.TICK_STEPS, answer=escalations.get)
def withdraw_escalation(ask: WithdrawEscalation, tx: Transaction, moment: Moment) -> Done:
    hop = the_hop(tx, ask.escalation_id)
    case = cases.get(tx, hop.case_id)
    require_sender(tx, moment, hop, case)
    reason = written(ask.reason, _("Alasan penarikan belum ditulis."))
    below = [each.id for each in escalations.open_of(tx, case.id) if each.id >= hop.id]
    escalations.withdraw(tx, below, moment.at)
    if hop.parent_id is None:
        cases.set_state(tx, case.id, CaseState.OPEN)
    else:
        escalations.set_state(tx, hop.parent_id, HopState.RECEIVED)
    note(tx, moment, case.id, EntryKind.WITHDRAWN, reason, owner_id=hop.from_officer_id)
    return Done("escalation.withdrawn", "case", hop.id, {"case": case.id})
