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
def receive_escalation(ask: ReceiveEscalation, tx: Transaction, moment: Context) -> NewEvent:
    hop = open_escalation(tx, ask.escalation_id)
    require_assignee(tx, moment, hop)
    if hop.received_at is not None:
        raise refuse(_("Sudah diterima oleh {name}.").format(name=hop.received_by))
    _receive(tx, moment, hop)
    return NewEvent("escalation.received", "case", hop.id, {"case": hop.case_id})


def _receive(tx: Transaction, moment: Context, hop: Escalation) -> None:
    """The receipt; whoever goes on without it has received it by that."""
    if hop.received_at is not None:
        return
    escalations.receive(tx, hop.id, moment.at, moment.by.officer_id)
    note_on_timeline(tx, moment, hop.case_id, EntryKind.RECEIVED, owner_id=hop.to_officer_id)
    if hop.parent_id is None:
        _mark(tx, moment, hop, StepEvent.ESCALATION_RECEIVED)


def _mark(tx: Transaction, moment: Context, hop: Escalation, event: StepEvent, branch: str = "") -> None:
    """`event` by whoever works on the hop; a.n. to whom it was assigned when in his stead."""
    stead = on_behalf(tx, moment.by.officer_id, hop.to_officer_id, moment.at)
    mark_event(tx, moment, cases.get(tx, hop.case_id).visit_id, event, branch, stead)


@handles(AssignEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def assign_escalation(ask: AssignEscalation, tx: Transaction, moment: Context) -> NewEvent:
    hop = open_escalation(tx, ask.escalation_id)
    require_desk(tx, moment, hop.to_desk)
    officer = require_officer(tx, ask.officer_id)
    if hop.to_desk.role not in officer.roles:
        label = desk_word(hop.to_desk, moment.office.settings.cases.related_unit)
        raise refuse(
            _("{name} bukan petugas {desk}.").format(name=officer.name, desk=label),
            _("Pilih petugas lain."),
        )
    escalations.assign(tx, hop.id, officer.id)
    note_on_timeline(tx, moment, hop.case_id, EntryKind.ASSIGNED, officer.name)
    return NewEvent("escalation.assigned", "case", hop.id, {"case": hop.case_id, "officer": officer.id})


@handles(AssessEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def assess_escalation(ask: AssessEscalation, tx: Transaction, moment: Context) -> NewEvent:
    hop = open_escalation(tx, ask.escalation_id)
    require_assignee(tx, moment, hop)
    _require_not_referred(hop)
    _receive(tx, moment, hop)
    verdict = EscalationVerdict.SOLVABLE if ask.can_solve else EscalationVerdict.NOT_HERE
    _assess(tx, moment, hop, verdict)
    return NewEvent("escalation.assessed", "case", hop.id, {"case": hop.case_id, "verdict": verdict})


def _assess(tx: Transaction, moment: Context, hop: Escalation, verdict: EscalationVerdict) -> None:
    if hop.verdict == verdict:
        return
    escalations.set_verdict(tx, hop.id, verdict)
    solvable = verdict is EscalationVerdict.SOLVABLE
    kind = EntryKind.CAN_BE_SOLVED if solvable else EntryKind.CANNOT_BE_SOLVED
    note_on_timeline(tx, moment, hop.case_id, kind, owner_id=hop.to_officer_id)
    if hop.parent_id is None:
        _mark(tx, moment, hop, StepEvent.ASSESSED, verdict)


@handles(ReferEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def refer_escalation(ask: ReferEscalation, tx: Transaction, moment: Context) -> NewEvent:
    """A disposition to the related unit; it says by itself that this desk cannot settle it."""
    hop = open_escalation(tx, ask.escalation_id)
    require_assignee(tx, moment, hop)
    _require_not_referred(hop)
    if ask.to in (CaseDesk.FRONT_OFFICE, hop.to_desk):
        raise refuse(_("Pilih unit lain sebagai tujuan."))
    _receive(tx, moment, hop)
    _assess(tx, moment, hop, EscalationVerdict.NOT_HERE)
    sent_id = send_escalation(tx, moment, cases.get(tx, hop.case_id), ask, escalations.get(tx, hop.id))
    escalations.set_state(tx, hop.id, EscalationState.REFERRED)
    if hop.parent_id is None:
        _mark(tx, moment, hop, StepEvent.REFERRED)
    return NewEvent("escalation.referred", "case", sent_id, {"case": hop.case_id, "to": ask.to})


def _require_not_referred(hop: Escalation) -> None:
    if hop.state is EscalationState.REFERRED:
        raise refuse(
            _("Permintaan ini masih menunggu arahan unit lain."),
            _("Tunggu arahannya, atau tarik kembali dulu."),
        )


@handles(AnswerEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def answer_escalation(ask: AnswerEscalation, tx: Transaction, moment: Context) -> NewEvent:
    """Two who answer at once: the second finds it answered and is told by whom."""
    hop = open_escalation(tx, ask.escalation_id)
    if hop.to_desk is CaseDesk.RELATED_UNIT and hop.parent_id is not None:
        _require_unit_or_sender(tx, moment, hop)
    else:
        require_assignee(tx, moment, hop)
    attach(tx, moment, hop.case_id, ask.documents, escalation_id=hop.id)
    _answer(tx, moment, hop, ask.answer)
    return NewEvent("escalation.answered", "case", hop.id, {"case": hop.case_id})


def _require_unit_or_sender(tx: Transaction, moment: Context, hop: Escalation) -> None:
    """A unit that does not use the program told its direction to who had asked: he writes it down."""
    if CaseDesk.RELATED_UNIT.role in roles_now(tx, moment):
        require_assignee(tx, moment, hop)
    else:
        require_sender(tx, moment, hop, cases.get(tx, hop.case_id))


def _answer(tx: Transaction, moment: Context, hop: Escalation, answer: str) -> None:
    text = require_text(answer, _("Jawaban belum ditulis."))
    _require_not_referred(hop)
    _receive(tx, moment, hop)
    if hop.parent_id is None:
        _answer_front(tx, moment, hop, text)
    else:
        escalations.set_state(tx, hop.parent_id, EscalationState.RECEIVED)
        note_on_timeline(tx, moment, hop.case_id, EntryKind.DIRECTION, text, owner_id=hop.to_officer_id)
        _mark(tx, moment, hop, StepEvent.DISPOSED)
    escalations.answer(tx, hop.id, text, moment.at, moment.by.officer_id)


def _answer_front(tx: Transaction, moment: Context, hop: Escalation, text: str) -> None:
    """The answer is ready at the front: what came from a unit is received, what is settled is so marked."""
    case = cases.get(tx, hop.case_id)
    directed = [each for each in escalations.of_case(tx, case.id) if each.parent_id == hop.id and each.answer]
    for each in directed:
        if each.acknowledged_at is None:
            escalations.acknowledge(tx, each.id, moment.at, moment.by.officer_id)
    if not directed:
        _assess(tx, moment, hop, EscalationVerdict.SOLVABLE)
    cases.set_answer(tx, case.id, text)
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    stop_clock(tx, moment, case)
    note_on_timeline(tx, moment, case.id, EntryKind.RETURNED, text, owner_id=hop.to_officer_id)
    _mark(tx, moment, hop, StepEvent.ANSWER_RECEIVED)
    stop_callback_clock(tx, moment, case.visit_id)
    _mark(tx, moment, hop, StepEvent.RESULT_READY)


@handles(AnswerApplicant, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def answer_applicant(ask: AnswerApplicant, tx: Transaction, moment: Context) -> NewEvent:
    hop = open_escalation(tx, ask.escalation_id)
    require_assignee(tx, moment, hop)
    if hop.parent_id is not None:
        raise refuse(_("Arahan unit lain disampaikan lewat Back Office."), _("Jawab kepada pengirimnya."))
    _answer(tx, moment, hop, ask.answer)
    told = DeliverAnswer(
        case_id=hop.case_id,
        way=ask.way,
        recipient=ask.recipient,
        proof=ask.proof,
        document_id=ask.document_id,
    )
    deliver(tx, moment, cases.get(tx, hop.case_id), told)
    return NewEvent("escalation.told", "case", hop.id, {"case": hop.case_id, "way": ask.way})
