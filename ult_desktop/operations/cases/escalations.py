"""A case is sent to another desk (eskalasi) or taken back; a visitor is directed to the helpdesk."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case import Case, CaseOutcome, CaseState, SubReason, sends_on
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AcknowledgeHandover,
    Escalate,
    HandToHelpdesk,
    MoveVisitor,
    ReferEscalation,
    WithdrawEscalation,
)
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, EscalationState, desk_of, desk_word
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_files import (
    mark_case_step,
    note_on_timeline,
    procedure_of_case,
    require_here,
    require_officer,
    require_open_case,
    require_text,
)
from ult_desktop.operations.cases.case_opening import LONGEST_DAYS, due_in
from ult_desktop.operations.cases.cases import attach, write_outcome
from ult_desktop.operations.cases.escalation_access import (
    acts_for,
    open_escalation,
    require_sender,
    roles_now,
    set_visitor_mode,
)
from ult_desktop.operations.lookup import refuse, require_open_visit
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.procedures.step_marks import mark_event


@handles(Escalate, needs=Permission.WORK_CASES, answer=escalations.get)
def escalate(command: Escalate, tx: Transaction, context: Context) -> NewEvent:
    """Where "not available" is what leads on in the POS, asking another desk says so."""
    case = require_open_case(tx, command.case_id)
    require_here(case)
    if command.to is CaseDesk.FRONT_OFFICE:
        raise refuse(_("Pilih meja tujuan selain Front Office."))
    if case.outcome is not CaseOutcome.UNAVAILABLE and sends_on(procedure_of_case(tx, case)):
        write_outcome(tx, context, case, CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    escalation_id = send_escalation(tx, context, case, command, None)
    if case.owner_id is None and context.by.officer_id is not None:
        cases.set_owner(tx, case.id, context.by.officer_id)
    cases.set_state(tx, case.id, CaseState.ESCALATED)
    set_visitor_mode(tx, context, case, command.visitor)
    mark_case_step(tx, context, case, StepEvent.ESCALATED)
    return NewEvent(
        "escalation.sent",
        "case",
        escalation_id,
        {"case": case.id, "to": command.to, "visitor": command.visitor},
    )


def send_escalation(
    tx: Transaction,
    context: Context,
    case: Case,
    command: Escalate | ReferEscalation,
    parent: Escalation | None,
) -> int:
    """Write the hop with its disposition, and its line on the timeline; returns its id."""
    text = require_text(command.instruction, _("Isi pesan belum ditulis."))
    officer = None if command.to_officer_id is None else require_officer(tx, command.to_officer_id)
    days = context.office.settings.cases.escalation_days if command.due_days is None else command.due_days
    if days < 1:
        raise refuse(_("Tenggat paling cepat satu hari kerja."))
    if days > LONGEST_DAYS:
        raise refuse(_("Tenggat paling lama {n} hari kerja.").format(n=LONGEST_DAYS))
    new = escalations.NewEscalation(
        case_id=case.id,
        parent_id=None if parent is None else parent.id,
        from_desk=desk_of(roles_now(tx, context)) if parent is None else parent.to_desk,
        from_officer_id=context.by.officer_id,
        to_desk=command.to,
        to_officer_id=None if officer is None else officer.id,
        unit=command.unit.strip() if isinstance(command, ReferEscalation) else "",
        instruction=text,
        due_at=due_in(context, days),
        sent_at=context.at,
    )
    escalation_id = escalations.insert(tx, new)
    attach(tx, context, case.id, command.documents, escalation_id=escalation_id)
    label = new.unit or desk_word(command.to, context.office.settings.cases.related_unit)
    kind = EntryKind.ESCALATED if parent is None else EntryKind.REFERRED
    owner = case.owner_id if parent is None else parent.to_officer_id
    note_on_timeline(tx, context, case.id, kind, f"{label}: {text}", owner_id=owner)
    return escalation_id


@handles(MoveVisitor, needs=Permission.WORK_CASES, answer=cases.get)
def move_visitor(command: MoveVisitor, tx: Transaction, context: Context) -> NewEvent:
    case = require_open_case(tx, command.case_id)
    if not case.visitor:
        raise refuse(_("Permohonan {number} tidak sedang diteruskan.").format(number=case.number))
    set_visitor_mode(tx, context, case, command.visitor)
    note_on_timeline(tx, context, case.id, EntryKind.VISITOR, command.visitor.word, owner_id=case.owner_id)
    return NewEvent("case.visitor", "case", case.id, {"visitor": command.visitor})


@handles(AcknowledgeAnswer, needs=Permission.TICK_STEPS, answer=escalations.get)
def acknowledge_answer(command: AcknowledgeAnswer, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalations.find(tx, command.escalation_id)
    if escalation is None or escalation.state is not EscalationState.ANSWERED:
        raise refuse(_("Tidak ada jawaban yang menunggu diterima di sini."))
    require_sender(tx, context, escalation, cases.get(tx, escalation.case_id))
    escalations.acknowledge(tx, escalation.id, context.at, context.by.officer_id)
    note_on_timeline(
        tx, context, escalation.case_id, EntryKind.ACKNOWLEDGED, owner_id=escalation.from_officer_id
    )
    return NewEvent("escalation.acknowledged", "case", escalation.id, {"case": escalation.case_id})


@handles(WithdrawEscalation, needs=Permission.TICK_STEPS, answer=escalations.get)
def withdraw_escalation(command: WithdrawEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = open_escalation(tx, command.escalation_id)
    case = cases.get(tx, escalation.case_id)
    require_sender(tx, context, escalation, case)
    reason = require_text(command.reason, _("Alasan penarikan belum ditulis."))
    below = [each.id for each in escalations.open_of(tx, case.id) if each.id >= escalation.id]
    escalations.withdraw(tx, below, context.at)
    if escalation.parent_id is None:
        cases.set_state(tx, case.id, CaseState.OPEN)
    else:
        escalations.set_state(tx, escalation.parent_id, EscalationState.RECEIVED)
    note_on_timeline(tx, context, case.id, EntryKind.WITHDRAWN, reason, owner_id=escalation.from_officer_id)
    return NewEvent("escalation.withdrawn", "case", escalation.id, {"case": case.id})


@handles(HandToHelpdesk, needs=Permission.RECEIVE_VISITORS, answer=escalations.handover_of)
def hand_to_helpdesk(command: HandToHelpdesk, tx: Transaction, context: Context) -> NewEvent:
    visit = require_open_visit(tx, command.visit_id)
    officer = require_officer(tx, command.officer_id)
    if officer.id not in {each.id for each in escalations.helpdesk_of(tx, visit.service_id)}:
        raise refuse(
            _("{name} bukan petugas helpdesk untuk layanan ini.").format(name=officer.name),
            _("Pilih petugas dari daftarnya."),
        )
    new = escalations.NewHandover(
        visit_id=visit.id,
        officer_id=officer.id,
        by_id=context.by.officer_id,
        at=context.at,
        remark=command.remark.strip(),
    )
    escalations.write_handover(tx, new)
    mark_event(tx, context, visit.id, StepEvent.HANDED_OVER)
    return NewEvent("visit.handed_over", "case", visit.id, {"to": officer.id})


@handles(AcknowledgeHandover, needs=Permission.WORK_CASES, answer=escalations.handover_of)
def acknowledge_handover(command: AcknowledgeHandover, tx: Transaction, context: Context) -> NewEvent:
    found = escalations.handover_of(tx, command.visit_id)
    if found is None or found.acknowledged_at is not None:
        raise refuse(_("Tidak ada pengunjung yang diarahkan ke Anda di sini."))
    if not acts_for(tx, context, found.officer_id):
        raise refuse(_("Pengunjung ini diarahkan ke {name}.").format(name=found.officer))
    escalations.acknowledge_handover(tx, command.visit_id, context.at)
    return NewEvent("visit.handover_received", "case", command.visit_id)
