"""The work of a desk on a case that it was sent: receipt, verdict, disposition to a unit, answer."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, escalation as case_escalation
from ult_desktop.core.cases.case import CaseState, VisitorMode
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db.accountability.delegations import represented_owner
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.procedures import pauses
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.accountability.deviations import explain_own_lateness
from ult_desktop.operations.cases import deliveries, escalation_access, escalations as case_escalations
from ult_desktop.operations.cases.case_acts import note_on_timeline, require_recipient, require_text
from ult_desktop.operations.cases.cases import attach
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse
from ult_desktop.operations.procedures.step_marks import mark_event, stop_callback_clock


@handles(commands.ReceiveEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
@named("case escalation receive", "Terima permintaan.")
def receive_escalation(command: commands.ReceiveEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    escalation_access.require_assignee(tx, context, escalation)
    if escalation.received_at is not None:
        raise refuse(_("Sudah diterima oleh {name}.").format(name=escalation.receiver))
    _receive(tx, context, escalation)
    return NewEvent("escalation.received", "case", escalation.id, {"case": escalation.case_id})


def _receive(tx: Transaction, context: Context, escalation: case_escalation.Escalation) -> None:
    """Write the receipt of the escalation, if nobody has.

    Any work on an escalation shows that its desk has received it.
    """
    if escalation.received_at is not None:
        return
    escalations.receive(tx, escalation.id, context.at, context.by.officer_id)
    _note(tx, context, escalation, EntryKind.RECEIVED)
    if escalation.parent_id is None:
        _mark(tx, context, escalation, StepEvent.ESCALATION_RECEIVED)


def _note(
    tx: Transaction, context: Context, escalation: case_escalation.Escalation, kind: EntryKind, text: str = ""
) -> None:
    """Write a line on the case's timeline, by the officer who works on the escalation.

    The line is a.n. the officer to whom the escalation is assigned, or one who lends the desk's role, if the
    actor acts for them.
    """
    note_on_timeline(
        tx,
        context,
        escalation.case_id,
        kind,
        text,
        owner_id=escalation.to_officer_id,
        role=escalation.to_desk.role,
    )


def _mark(
    tx: Transaction,
    context: Context,
    escalation: case_escalation.Escalation,
    event: StepEvent,
    branch: str = "",
) -> None:
    """Mark `event` by the officer who works on the escalation.

    The mark is a.n. the officer to whom the escalation is assigned, if the actor acts for them.
    """
    absent_id = represented_owner(tx, context.by.officer_id, escalation.to_officer_id, context.at)
    mark_event(tx, context, cases.get(tx, escalation.case_id).visit_id, event, branch, absent_id)


@handles(commands.AssignEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
@named("case escalation assign", "Tugaskan kepada petugas (nama masuk).")
def assign_escalation(command: commands.AssignEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    escalation_access.require_desk(tx, context, escalation.to_desk)
    officer = require_recipient(tx, command.officer_id, escalation.about_id)
    if escalation.to_desk.role not in officer.roles:
        label = case_escalation.desk_word(escalation.to_desk, context.office.settings.cases.related_unit)
        raise refuse(
            _("{name} bukan petugas {desk}.").format(name=officer.name, desk=label), _("Pilih petugas lain.")
        )
    escalations.assign(tx, escalation.id, officer.id)
    _note(tx, context, escalation, EntryKind.ASSIGNED, officer.name)
    return NewEvent(
        "escalation.assigned", "case", escalation.id, {"case": escalation.case_id, "officer": officer.id}
    )


@handles(commands.AssessEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
@named("case escalation assess", "Telaah: CAN-SOLVE true atau false.")
def assess_escalation(command: commands.AssessEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    escalation_access.require_assignee(tx, context, escalation)
    _require_not_referred(escalation)
    _receive(tx, context, escalation)
    verdict = (
        case_escalation.EscalationVerdict.SOLVABLE
        if command.can_solve
        else case_escalation.EscalationVerdict.NOT_HERE
    )
    _assess(tx, context, escalation, verdict)
    return NewEvent(
        "escalation.assessed", "case", escalation.id, {"case": escalation.case_id, "verdict": verdict}
    )


def _assess(
    tx: Transaction,
    context: Context,
    escalation: case_escalation.Escalation,
    verdict: case_escalation.EscalationVerdict,
) -> None:
    if escalation.verdict == verdict:
        return
    escalations.set_verdict(tx, escalation.id, verdict)
    is_solvable = verdict is case_escalation.EscalationVerdict.SOLVABLE
    kind = EntryKind.CAN_BE_SOLVED if is_solvable else EntryKind.CANNOT_BE_SOLVED
    _note(tx, context, escalation, kind)
    if escalation.parent_id is None and not is_solvable:
        _mark(tx, context, escalation, StepEvent.ASSESSED, verdict)


@handles(commands.ReferEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
@named("case escalation refer", "Disposisi ke unit terkait.")
def refer_escalation(command: commands.ReferEscalation, tx: Transaction, context: Context) -> NewEvent:
    """Send the escalation on to another desk by a disposition.

    The verdict that this desk cannot settle it is written too.
    """
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    escalation_access.require_assignee(tx, context, escalation)
    _require_not_referred(escalation)
    if command.to in (case_escalation.CaseDesk.FRONT_OFFICE, escalation.to_desk):
        raise refuse(_("Pilih unit lain sebagai tujuan."))
    _receive(tx, context, escalation)
    _assess(tx, context, escalation, case_escalation.EscalationVerdict.NOT_HERE)
    sent_id = case_escalations.send_escalation(
        tx, context, cases.get(tx, escalation.case_id), command, escalations.get(tx, escalation.id)
    )
    escalations.set_state(tx, escalation.id, case_escalation.EscalationState.REFERRED)
    if escalation.parent_id is None:
        _mark(tx, context, escalation, StepEvent.REFERRED)
    explain_own_lateness(tx, context, cases.get(tx, escalation.case_id).visit_id, command.reason)
    return NewEvent("escalation.referred", "case", sent_id, {"case": escalation.case_id, "to": command.to})


def _require_not_referred(escalation: case_escalation.Escalation) -> None:
    if escalation.state is case_escalation.EscalationState.REFERRED:
        raise refuse(
            _("Permintaan ini masih menunggu arahan unit lain."),
            _("Tunggu arahannya, atau tarik kembali dulu."),
        )


@handles(commands.AnswerEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
@named("case escalation answer", "Jawab kepada pengirimnya.")
def answer_escalation(command: commands.AnswerEscalation, tx: Transaction, context: Context) -> NewEvent:
    """Answer an escalation. If two officers answer, the second is refused and shown who answered."""
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    if escalation.to_desk is case_escalation.CaseDesk.RELATED_UNIT and escalation.parent_id is not None:
        # A unit that does not use the program gives its direction to the sender, who writes it down.
        if case_escalation.CaseDesk.RELATED_UNIT.role in escalation_access.roles_now(tx, context):
            escalation_access.require_assignee(tx, context, escalation)
        else:
            escalation_access.require_sender(tx, context, escalation, cases.get(tx, escalation.case_id))
    else:
        escalation_access.require_assignee(tx, context, escalation)
    attach(tx, context, escalation.case_id, command.documents, escalation_id=escalation.id)
    _answer(tx, context, escalation, command.answer)
    explain_own_lateness(tx, context, cases.get(tx, escalation.case_id).visit_id, command.reason)
    return NewEvent("escalation.answered", "case", escalation.id, {"case": escalation.case_id})


def _answer(tx: Transaction, context: Context, escalation: case_escalation.Escalation, answer: str) -> None:
    text = require_text(answer, _("Jawaban belum ditulis."))
    _require_not_referred(escalation)
    _receive(tx, context, escalation)
    if escalation.parent_id is None:
        _answer_front(tx, context, escalation, text)
    else:
        escalations.set_state(tx, escalation.parent_id, case_escalation.EscalationState.RECEIVED)
        _note(tx, context, escalation, EntryKind.DIRECTION, text)
        _mark(tx, context, escalation, StepEvent.DISPOSED)
    escalations.answer(tx, escalation.id, text, context.at, context.by.officer_id)


def _answer_front(
    tx: Transaction, context: Context, escalation: case_escalation.Escalation, text: str
) -> None:
    """Write that the answer is ready at the front desk.

    If units gave directions, they are acknowledged. Otherwise this desk settled the case itself: the verdict
    "solvable" is written, and the step of assessing ends only now (POS Sumut tatap muka 12).
    """
    case = cases.get(tx, escalation.case_id)
    directions = [
        direction
        for direction in escalations.of_case(tx, case.id)
        if direction.parent_id == escalation.id and direction.answer
    ]
    for direction in directions:
        if direction.acknowledged_at is None:
            escalations.acknowledge(tx, direction.id, context.at, context.by.officer_id)
    if not directions:
        _assess(tx, context, escalation, case_escalation.EscalationVerdict.SOLVABLE)
        _mark(tx, context, escalation, StepEvent.ASSESSED, case_escalation.EscalationVerdict.SOLVABLE)
    cases.set_answer(tx, case.id, text)
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    # From now on the office owes the answer to the visitor in the hall (docs/domain.md, A26).
    if case.visitor == VisitorMode.IN_HALL:
        pauses.end_absence(tx, case.visit_id, context.at)
    _note(tx, context, escalation, EntryKind.RETURNED, text)
    _mark(tx, context, escalation, StepEvent.ANSWER_RECEIVED)
    stop_callback_clock(tx, context, case.visit_id)
    _mark(tx, context, escalation, StepEvent.RESULT_READY)


@handles(commands.AnswerApplicant, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
@named("case escalation tell", "Jawab langsung kepada pemohon.")
def answer_applicant(command: commands.AnswerApplicant, tx: Transaction, context: Context) -> NewEvent:
    escalation = escalation_access.open_escalation(tx, command.escalation_id)
    escalation_access.require_assignee(tx, context, escalation)
    if escalation.parent_id is not None:
        raise refuse(_("Arahan unit lain disampaikan lewat Back Office."), _("Jawab kepada pengirimnya."))
    _answer(tx, context, escalation, command.answer)
    delivery = commands.DeliverAnswer(
        case_id=escalation.case_id,
        way=command.way,
        recipient=command.recipient,
        proof=command.proof,
        document_id=command.document_id,
    )
    case = cases.get(tx, escalation.case_id)
    deliveries.deliver(tx, context, case, delivery)
    explain_own_lateness(tx, context, case.visit_id, command.reason)
    return NewEvent(
        "escalation.told", "case", escalation.id, {"case": escalation.case_id, "way": command.way}
    )
