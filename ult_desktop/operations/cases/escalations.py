"""A case is sent to another desk (eskalasi) or taken back; a visitor is directed to the helpdesk."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.cases.case import Case, CaseOutcome, CaseState, SubReason, sends_on, visitor_word
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
from ult_desktop.db.access import officers
from ult_desktop.db.access.officers import OfficerRow
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.office import services
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
def escalate(ask: Escalate, tx: Transaction, moment: Context) -> NewEvent:
    """Where "not available" is what leads on in the POS, asking another desk says so."""
    case = require_open_case(tx, ask.case_id)
    require_here(case)
    if ask.to is CaseDesk.FRONT_OFFICE:
        raise refuse(_("Pilih meja tujuan selain Front Office."))
    if case.outcome is not CaseOutcome.UNAVAILABLE and sends_on(procedure_of_case(tx, case)):
        write_outcome(tx, moment, case, CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    hop_id = send_escalation(tx, moment, case, ask, None)
    if case.owner_id is None and moment.by.officer_id is not None:
        cases.set_owner(tx, case.id, moment.by.officer_id)
    cases.set_state(tx, case.id, CaseState.ESCALATED)
    set_visitor_mode(tx, moment, case, ask.visitor)
    mark_case_step(tx, moment, case, StepEvent.ESCALATED)
    return NewEvent(
        "escalation.sent", "case", hop_id, {"case": case.id, "to": ask.to, "visitor": ask.visitor}
    )


def send_escalation(
    tx: Transaction, moment: Context, case: Case, ask: Escalate | ReferEscalation, parent: Escalation | None
) -> int:
    """Write the hop with its disposition, and its line on the timeline; returns its id."""
    text = require_text(ask.instruction, _("Isi pesan belum ditulis."))
    officer = None if ask.to_officer_id is None else require_officer(tx, ask.to_officer_id)
    days = moment.office.settings.cases.escalation_days if ask.due_days is None else ask.due_days
    if days < 1:
        raise refuse(_("Tenggat paling cepat satu hari kerja."))
    if days > LONGEST_DAYS:
        raise refuse(_("Tenggat paling lama {n} hari kerja.").format(n=LONGEST_DAYS))
    new = escalations.NewEscalation(
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
    note_on_timeline(tx, moment, case.id, kind, f"{label}: {text}", owner_id=owner)
    return hop_id


@handles(MoveVisitor, needs=Permission.WORK_CASES, answer=cases.get)
def move_visitor(ask: MoveVisitor, tx: Transaction, moment: Context) -> NewEvent:
    case = require_open_case(tx, ask.case_id)
    if not case.visitor:
        raise refuse(_("Permohonan {number} tidak sedang diteruskan.").format(number=case.number))
    set_visitor_mode(tx, moment, case, ask.visitor)
    note_on_timeline(
        tx, moment, case.id, EntryKind.VISITOR, visitor_word(ask.visitor), owner_id=case.owner_id
    )
    return NewEvent("case.visitor", "case", case.id, {"visitor": ask.visitor})


@handles(AcknowledgeAnswer, needs=Permission.TICK_STEPS, answer=escalations.get)
def acknowledge_answer(ask: AcknowledgeAnswer, tx: Transaction, moment: Context) -> NewEvent:
    hop = escalations.find(tx, ask.escalation_id)
    if hop is None or hop.state is not EscalationState.ANSWERED:
        raise refuse(_("Tidak ada jawaban yang menunggu diterima di sini."))
    require_sender(tx, moment, hop, cases.get(tx, hop.case_id))
    escalations.acknowledge(tx, hop.id, moment.at, moment.by.officer_id)
    note_on_timeline(tx, moment, hop.case_id, EntryKind.ACKNOWLEDGED, owner_id=hop.from_officer_id)
    return NewEvent("escalation.acknowledged", "case", hop.id, {"case": hop.case_id})


@handles(WithdrawEscalation, needs=Permission.TICK_STEPS, answer=escalations.get)
def withdraw_escalation(ask: WithdrawEscalation, tx: Transaction, moment: Context) -> NewEvent:
    hop = open_escalation(tx, ask.escalation_id)
    case = cases.get(tx, hop.case_id)
    require_sender(tx, moment, hop, case)
    reason = require_text(ask.reason, _("Alasan penarikan belum ditulis."))
    below = [each.id for each in escalations.open_of(tx, case.id) if each.id >= hop.id]
    escalations.withdraw(tx, below, moment.at)
    if hop.parent_id is None:
        cases.set_state(tx, case.id, CaseState.OPEN)
    else:
        escalations.set_state(tx, hop.parent_id, EscalationState.RECEIVED)
    note_on_timeline(tx, moment, case.id, EntryKind.WITHDRAWN, reason, owner_id=hop.from_officer_id)
    return NewEvent("escalation.withdrawn", "case", hop.id, {"case": case.id})


def helpdesk_of(tx: Transaction, service_id: int | None) -> tuple[OfficerRow, ...]:
    """The helpdesk officers of a service, as the office named them; else everybody with that role."""
    service = None if service_id is None else services.find(tx, service_id)
    named = service.definition.helpdesk if service else ()
    everybody = officers.all_active(tx)
    chosen = tuple(officer for officer in everybody if officer.login in named)
    return chosen or tuple(officer for officer in everybody if Role.HELPDESK in officer.roles)


@handles(HandToHelpdesk, needs=Permission.RECEIVE_VISITORS, answer=escalations.handover_of)
def hand_to_helpdesk(ask: HandToHelpdesk, tx: Transaction, moment: Context) -> NewEvent:
    visit = require_open_visit(tx, ask.visit_id)
    officer = require_officer(tx, ask.officer_id)
    if officer.id not in {each.id for each in helpdesk_of(tx, visit.service_id)}:
        raise refuse(
            _("{name} bukan petugas helpdesk untuk layanan ini.").format(name=officer.name),
            _("Pilih petugas dari daftarnya."),
        )
    new = escalations.NewHandover(
        visit_id=visit.id,
        officer_id=officer.id,
        by_id=moment.by.officer_id,
        at=moment.at,
        remark=ask.remark.strip(),
    )
    escalations.write_handover(tx, new)
    mark_event(tx, moment, visit.id, StepEvent.HANDED_OVER)
    return NewEvent("visit.handed_over", "case", visit.id, {"to": officer.id})


@handles(AcknowledgeHandover, needs=Permission.WORK_CASES, answer=escalations.handover_of)
def acknowledge_handover(ask: AcknowledgeHandover, tx: Transaction, moment: Context) -> NewEvent:
    found = escalations.handover_of(tx, ask.visit_id)
    if found is None or found.acknowledged_at is not None:
        raise refuse(_("Tidak ada pengunjung yang diarahkan ke Anda di sini."))
    if not acts_for(tx, moment, found.officer_id):
        raise refuse(_("Pengunjung ini diarahkan ke {name}.").format(name=found.officer))
    escalations.acknowledge_handover(tx, ask.visit_id, moment.at)
    return NewEvent("visit.handover_received", "case", ask.visit_id)
