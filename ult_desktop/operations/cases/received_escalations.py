"""What the desk does with a case that it was sent: receipt, verdict, disposition to a unit, answer."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.commands import (
    AnswerApplicant,
    AnswerEscalation,
    AssessEscalation,
    AssignEscalation,
    DeliverAnswer,
    ReceiveEscalation,
    ReferEscalation,
)
from ult_desktop.core.cases.escalation import (
    CaseDesk,
    Escalation,
    EscalationState,
    EscalationVerdict,
    desk_word,
)
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db.accountability.delegations import on_behalf
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_files import note_on_timeline, require_officer, require_text
from ult_desktop.operations.cases.cases import attach
from ult_desktop.operations.cases.deliveries import deliver
from ult_desktop.operations.cases.escalation_access import (
    open_escalation,
    require_assignee,
    require_desk,
    require_sender,
    roles_now,
    stop_clock,
)
from ult_desktop.operations.cases.escalations import send_escalation
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.procedures.step_marks import mark_event, stop_callback_clock


@handles(ReceiveEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def receive_escalation(command: ReceiveEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = open_escalation(tx, command.escalation_id)
    require_assignee(tx, context, escalation)
    if escalation.received_at is not None:
        raise refuse(_("Sudah diterima oleh {name}.").format(name=escalation.received_by))
    _receive(tx, context, escalation)
    return NewEvent("escalation.received", "case", escalation.id, {"case": escalation.case_id})


def _receive(tx: Transaction, context: Context, escalation: Escalation) -> None:
    """The receipt; whoever goes on without it has received it by that."""
    if escalation.received_at is not None:
        return
    escalations.receive(tx, escalation.id, context.at, context.by.officer_id)
    note_on_timeline(tx, context, escalation.case_id, EntryKind.RECEIVED, owner_id=escalation.to_officer_id)
    if escalation.parent_id is None:
        _mark(tx, context, escalation, StepEvent.ESCALATION_RECEIVED)


def _mark(
    tx: Transaction, context: Context, escalation: Escalation, event: StepEvent, branch: str = ""
) -> None:
    """`event` by whoever works on the hop; a.n. to whom it was assigned when in his stead."""
    stead = on_behalf(tx, context.by.officer_id, escalation.to_officer_id, context.at)
    mark_event(tx, context, cases.get(tx, escalation.case_id).visit_id, event, branch, stead)


@handles(AssignEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def assign_escalation(command: AssignEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = open_escalation(tx, command.escalation_id)
    require_desk(tx, context, escalation.to_desk)
    officer = require_officer(tx, command.officer_id)
    if escalation.to_desk.role not in officer.roles:
        label = desk_word(escalation.to_desk, context.office.settings.cases.related_unit)
        raise refuse(
            _("{name} bukan petugas {desk}.").format(name=officer.name, desk=label),
            _("Pilih petugas lain."),
        )
    escalations.assign(tx, escalation.id, officer.id)
    note_on_timeline(tx, context, escalation.case_id, EntryKind.ASSIGNED, officer.name)
    return NewEvent(
        "escalation.assigned", "case", escalation.id, {"case": escalation.case_id, "officer": officer.id}
    )


@handles(AssessEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def assess_escalation(command: AssessEscalation, tx: Transaction, context: Context) -> NewEvent:
    escalation = open_escalation(tx, command.escalation_id)
    require_assignee(tx, context, escalation)
    _require_not_referred(escalation)
    _receive(tx, context, escalation)
    verdict = EscalationVerdict.SOLVABLE if command.can_solve else EscalationVerdict.NOT_HERE
    _assess(tx, context, escalation, verdict)
    return NewEvent(
        "escalation.assessed", "case", escalation.id, {"case": escalation.case_id, "verdict": verdict}
    )


def _assess(tx: Transaction, context: Context, escalation: Escalation, verdict: EscalationVerdict) -> None:
    if escalation.verdict == verdict:
        return
    escalations.set_verdict(tx, escalation.id, verdict)
    solvable = verdict is EscalationVerdict.SOLVABLE
    kind = EntryKind.CAN_BE_SOLVED if solvable else EntryKind.CANNOT_BE_SOLVED
    note_on_timeline(tx, context, escalation.case_id, kind, owner_id=escalation.to_officer_id)
    if escalation.parent_id is None:
        _mark(tx, context, escalation, StepEvent.ASSESSED, verdict)


@handles(ReferEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def refer_escalation(command: ReferEscalation, tx: Transaction, context: Context) -> NewEvent:
    """A disposition to the related unit; it says by itself that this desk cannot settle it."""
    escalation = open_escalation(tx, command.escalation_id)
    require_assignee(tx, context, escalation)
    _require_not_referred(escalation)
    if command.to in (CaseDesk.FRONT_OFFICE, escalation.to_desk):
        raise refuse(_("Pilih unit lain sebagai tujuan."))
    _receive(tx, context, escalation)
    _assess(tx, context, escalation, EscalationVerdict.NOT_HERE)
    sent_id = send_escalation(
        tx, context, cases.get(tx, escalation.case_id), command, escalations.get(tx, escalation.id)
    )
    escalations.set_state(tx, escalation.id, EscalationState.REFERRED)
    if escalation.parent_id is None:
        _mark(tx, context, escalation, StepEvent.REFERRED)
    return NewEvent("escalation.referred", "case", sent_id, {"case": escalation.case_id, "to": command.to})


def _require_not_referred(escalation: Escalation) -> None:
    if escalation.state is EscalationState.REFERRED:
        raise refuse(
            _("Permintaan ini masih menunggu arahan unit lain."),
            _("Tunggu arahannya, atau tarik kembali dulu."),
        )


@handles(AnswerEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def answer_escalation(command: AnswerEscalation, tx: Transaction, context: Context) -> NewEvent:
    """Two who answer at once: the second finds it answered and is told by whom."""
    escalation = open_escalation(tx, command.escalation_id)
    if escalation.to_desk is CaseDesk.RELATED_UNIT and escalation.parent_id is not None:
        _require_unit_or_sender(tx, context, escalation)
    else:
        require_assignee(tx, context, escalation)
    attach(tx, context, escalation.case_id, command.documents, escalation_id=escalation.id)
    _answer(tx, context, escalation, command.answer)
    return NewEvent("escalation.answered", "case", escalation.id, {"case": escalation.case_id})


def _require_unit_or_sender(tx: Transaction, context: Context, escalation: Escalation) -> None:
    """A unit that does not use the program told its direction to who had asked: he writes it down."""
    if CaseDesk.RELATED_UNIT.role in roles_now(tx, context):
        require_assignee(tx, context, escalation)
    else:
        require_sender(tx, context, escalation, cases.get(tx, escalation.case_id))


def _answer(tx: Transaction, context: Context, escalation: Escalation, answer: str) -> None:
    text = require_text(answer, _("Jawaban belum ditulis."))
    _require_not_referred(escalation)
    _receive(tx, context, escalation)
    if escalation.parent_id is None:
        _answer_front(tx, context, escalation, text)
    else:
        escalations.set_state(tx, escalation.parent_id, EscalationState.RECEIVED)
        note_on_timeline(
            tx, context, escalation.case_id, EntryKind.DIRECTION, text, owner_id=escalation.to_officer_id
        )
        _mark(tx, context, escalation, StepEvent.DISPOSED)
    escalations.answer(tx, escalation.id, text, context.at, context.by.officer_id)


def _answer_front(tx: Transaction, context: Context, escalation: Escalation, text: str) -> None:
    """The answer is ready at the front: what came from a unit is received, what is settled is so marked."""
    case = cases.get(tx, escalation.case_id)
    directed = [
        each for each in escalations.of_case(tx, case.id) if each.parent_id == escalation.id and each.answer
    ]
    for each in directed:
        if each.acknowledged_at is None:
            escalations.acknowledge(tx, each.id, context.at, context.by.officer_id)
    if not directed:
        _assess(tx, context, escalation, EscalationVerdict.SOLVABLE)
    cases.set_answer(tx, case.id, text)
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    stop_clock(tx, context, case)
    note_on_timeline(tx, context, case.id, EntryKind.RETURNED, text, owner_id=escalation.to_officer_id)
    _mark(tx, context, escalation, StepEvent.ANSWER_RECEIVED)
    stop_callback_clock(tx, context, case.visit_id)
    _mark(tx, context, escalation, StepEvent.RESULT_READY)


@handles(AnswerApplicant, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def answer_applicant(command: AnswerApplicant, tx: Transaction, context: Context) -> NewEvent:
    escalation = open_escalation(tx, command.escalation_id)
    require_assignee(tx, context, escalation)
    if escalation.parent_id is not None:
        raise refuse(_("Arahan unit lain disampaikan lewat Back Office."), _("Jawab kepada pengirimnya."))
    _answer(tx, context, escalation, command.answer)
    told = DeliverAnswer(
        case_id=escalation.case_id,
        way=command.way,
        recipient=command.recipient,
        proof=command.proof,
        document_id=command.document_id,
    )
    deliver(tx, context, cases.get(tx, escalation.case_id), told)
    return NewEvent(
        "escalation.told", "case", escalation.id, {"case": escalation.case_id, "way": command.way}
    )
