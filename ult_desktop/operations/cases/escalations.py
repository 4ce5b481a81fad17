"""The escalation (eskalasi): a case is sent to another desk or taken back, or a visitor to the helpdesk."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, escalation as case_escalation, timeline_words
from ult_desktop.core.cases.case import (
    Case,
    CaseOutcome,
    CaseState,
    SubReason,
    VisitorMode,
    has_unavailable_branch,
)
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.procedures import marks
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.accountability import deviations
from ult_desktop.operations.cases import case_acts, case_opening, cases as case_cases, escalation_access
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse
from ult_desktop.operations.procedures.step_marks import choose_matter_at_hand, mark_event

# The events that sending a case to other desks, and their work on it, mark.
_CHAIN_EVENTS = (
    StepEvent.ESCALATED,
    StepEvent.ESCALATION_RECEIVED,
    StepEvent.ASSESSED,
    StepEvent.REFERRED,
    StepEvent.DISPOSED,
)


@handles(commands.Escalate, needs=Permission.WORK_CASES, answer=escalations.get)
@named("case escalate", "Teruskan ke meja lain dengan pesan INSTRUCTION.")
def escalate(command: commands.Escalate, tx: Transaction, context: Context) -> NewEvent:
    """Send a case to another desk.

    If the procedure sends a case on only by the outcome "not available", that outcome is written.
    """
    case = case_acts.require_open_case(tx, command.case_id)
    case_acts.require_not_escalated(case)
    if command.to is case_escalation.CaseDesk.FRONT_OFFICE:
        raise refuse(_("Pilih meja tujuan selain Front Office."))
    if case.outcome is not CaseOutcome.UNAVAILABLE and has_unavailable_branch(
        case_acts.procedure_of_case(tx, case)
    ):
        case_cases.write_outcome(
            tx, context, case, CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE
        )
    escalation_id = send_escalation(tx, context, case, command, None)
    if case.owner_id is None and context.by.officer_id is not None:
        cases.set_owner(tx, case.id, context.by.officer_id)
    cases.set_state(tx, case.id, CaseState.ESCALATED)
    escalation_access.set_visitor_mode(tx, context, case, command.visitor)
    case_acts.mark_case_step(tx, context, case, StepEvent.ESCALATED)
    deviations.explain_own_lateness(tx, context, case.visit_id, command.reason)
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
    command: commands.Escalate | commands.ReferEscalation,
    parent: case_escalation.Escalation | None,
) -> int:
    """Write one escalation from desk to desk, and its line on the timeline; return its id.

    `parent` is the escalation that the receiving desk sends on; None when the case's own desk sends.
    """
    instruction = case_acts.require_text(command.instruction, _("Isi pesan belum ditulis."))
    to_officer_id = command.to_officer_id or _usual_recipient(tx, case, command, parent)
    officer = None if to_officer_id is None else case_acts.require_recipient(tx, to_officer_id, case.about_id)
    due_at, due_days = _take_due(tx, context, case, command)
    if parent is None:
        from_desk = case_escalation.desk_of(escalation_access.roles_now(tx, context))
        kind, owner_id, role = timeline_words.EntryKind.ESCALATED, case.owner_id, None
    else:
        from_desk = parent.to_desk
        kind, owner_id, role = timeline_words.EntryKind.REFERRED, parent.to_officer_id, from_desk.role
    new = escalations.NewEscalation(
        case_id=case.id,
        parent_id=None if parent is None else parent.id,
        from_desk=from_desk,
        from_officer_id=context.by.officer_id,
        to_desk=command.to,
        to_officer_id=None if officer is None else officer.id,
        unit=command.unit.strip() if isinstance(command, commands.ReferEscalation) else "",
        instruction=instruction,
        due_at=due_at,
        due_days=due_days,
        sent_at=context.at,
    )
    escalation_id = escalations.insert(tx, new)
    case_cases.attach(tx, context, case.id, command.documents, escalation_id=escalation_id)
    label = new.unit or case_escalation.desk_word(command.to, context.office.settings.cases.related_unit)
    text = f"{label}: {instruction}"
    case_acts.note_on_timeline(tx, context, case.id, kind, text, owner_id=owner_id, role=role)
    return escalation_id


def _usual_recipient(
    tx: Transaction,
    case: Case,
    command: commands.Escalate | commands.ReferEscalation,
    parent: case_escalation.Escalation | None,
) -> int | None:
    """Return the officer who gets cases of this service at the back office, or None.

    A complaint about that officer goes to nobody in person.
    """
    if parent is not None or command.to is not case_escalation.CaseDesk.BACK_OFFICE:
        return None
    usual = escalations.back_office_of(tx, case.service_id)
    return usual.id if usual is not None and usual.id != case.about_id else None


def _take_due(
    tx: Transaction, context: Context, case: Case, command: commands.Escalate | commands.ReferEscalation
) -> tuple[int | None, int | None]:
    """Return the deadline (UTC ms) of the desk's answer, and the working days of which it is the end.

    The days are None for a deadline that the case itself has. PPID's deadline becomes that of the case.
    """
    is_usual_due = command.due_days is None
    days = context.office.settings.cases.escalation_days if command.due_days is None else command.due_days
    if days < 1:
        raise refuse(_("Tenggat paling cepat satu hari kerja."))
    if days > case_opening.LONGEST_DAYS:
        raise refuse(_("Tenggat paling lama {n} hari kerja.").format(n=case_opening.LONGEST_DAYS))
    if command.to is case_escalation.CaseDesk.HEAD and is_usual_due:
        return case.due_at, None
    if command.to is not case_escalation.CaseDesk.PPID:
        return case_opening.due_in(context, days).at, days
    due = case_opening.ppid_due(tx, context, case) if is_usual_due else case_opening.due_in(context, days)
    cases.set_due(tx, case.id, due)
    return due.at, None


@handles(commands.MoveVisitor, needs=Permission.WORK_CASES, answer=cases.get)
@named("case visitor", "Pengunjung di meja (desk), di ruang tunggu (hall), atau pulang (left).")
def move_visitor(command: commands.MoveVisitor, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    if case.channel is VisitChannel.ONLINE:
        raise refuse(_("Permohonan {number} datang secara daring.").format(number=case.number))
    if not case.visitor:
        raise refuse(_("Permohonan {number} tidak sedang diteruskan.").format(number=case.number))
    escalation_access.set_visitor_mode(tx, context, case, command.visitor)
    if command.visitor is VisitorMode.AT_DESK:
        escalation_access.seat_again(tx, context, case)
    case_acts.note_on_timeline(
        tx, context, case.id, timeline_words.EntryKind.VISITOR, command.visitor.word, owner_id=case.owner_id
    )
    return NewEvent("case.visitor", "case", case.id, {"visitor": command.visitor})


@handles(commands.AcknowledgeAnswer, needs=Permission.TICK_STEPS, answer=escalations.get)
@named("case escalation acknowledge", "Terima kembali jawabannya.")
def acknowledge_answer(command: commands.AcknowledgeAnswer, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalations.find(tx, command.escalation_id)
    if escalation is None or escalation.state is not case_escalation.EscalationState.ANSWERED:
        raise refuse(_("Tidak ada jawaban yang menunggu diterima di sini."))
    escalation_access.require_sender(tx, context, escalation, cases.get(tx, escalation.case_id))
    escalations.acknowledge(tx, escalation.id, context.at, context.by.officer_id)
    case_acts.note_on_timeline(
        tx,
        context,
        escalation.case_id,
        timeline_words.EntryKind.ACKNOWLEDGED,
        owner_id=escalation.from_officer_id,
        role=escalation.from_desk.role,
    )
    return NewEvent("escalation.acknowledged", "case", escalation.id, {"case": escalation.case_id})


@handles(commands.WithdrawEscalation, needs=Permission.TICK_STEPS, answer=escalations.get)
@named("case escalation withdraw", "Tarik kembali dengan alasan.")
def withdraw_escalation(command: commands.WithdrawEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    case = cases.get(tx, escalation.case_id)
    escalation_access.require_sender(tx, context, escalation, case)
    reason = case_acts.require_text(command.reason, _("Alasan penarikan belum ditulis."))
    # A case has one chain of open escalations: those with a higher id were sent on from this one.
    withdrawn = [other for other in escalations.open_of(tx, case.id) if other.id >= escalation.id]
    escalations.withdraw(tx, [other.id for other in withdrawn], context.at)
    marks.take_back(tx, case.visit_id, escalation.sent_at, *_CHAIN_EVENTS)
    if any(other.to_desk is case_escalation.CaseDesk.PPID for other in withdrawn):
        case_opening.take_back_law_due(tx, context, case)
    if escalation.parent_id is None:
        # A withdrawn escalation wrote the outcome "not available" by itself (`escalate`).
        visit_marks = marks.of_visit(tx, visits.get(tx, case.visit_id))
        if any(mark.event is StepEvent.OUTCOME_SET and mark.at == escalation.sent_at for mark in visit_marks):
            marks.take_back(tx, case.visit_id, escalation.sent_at, StepEvent.OUTCOME_SET)
            cases.set_outcome(tx, case.id, None, "", "")
        cases.set_state(tx, case.id, CaseState.OPEN)
    else:
        escalations.set_state(tx, escalation.parent_id, case_escalation.EscalationState.RECEIVED)
    choose_matter_at_hand(tx, context, case.visit_id)
    deviations.take_back(tx, context, [case.visit_id], _("Disposisi ditarik"))
    case_acts.note_on_timeline(
        tx,
        context,
        case.id,
        timeline_words.EntryKind.WITHDRAWN,
        reason,
        owner_id=escalation.from_officer_id,
        role=escalation.from_desk.role,
    )
    return NewEvent("escalation.withdrawn", "case", escalation.id, {"case": case.id})


@handles(commands.HandToHelpdesk, needs=Permission.RECEIVE_VISITORS, answer=escalations.handover_of)
@named("case to-helpdesk", "Arahkan VISIT ke petugas helpdesk.")
def hand_to_helpdesk(command: commands.HandToHelpdesk, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    officer = case_acts.require_officer(tx, command.officer_id)
    if officer.id not in {helper.id for helper in escalations.helpdesk_of(tx, visit.service_id)}:
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


@handles(commands.AcknowledgeHandover, needs=Permission.WORK_CASES, answer=escalations.handover_of)
@named("case helpdesk-received", "Petugas helpdesk menerima VISIT.")
def acknowledge_handover(
    command: commands.AcknowledgeHandover, tx: Transaction, context: Context
) -> NewEvent:
    handover = escalations.handover_of(tx, command.visit_id)
    if handover is None or handover.acknowledged_at is not None:
        raise refuse(_("Tidak ada pengunjung yang diarahkan ke Anda di sini."))
    if not escalation_access.acts_for(tx, context, handover.officer_id):
        raise refuse(_("Pengunjung ini diarahkan ke {name}.").format(name=handover.officer))
    escalations.acknowledge_handover(tx, command.visit_id, context.at)
    return NewEvent("visit.handover_received", "case", command.visit_id)
