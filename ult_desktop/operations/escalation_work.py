"""What the desk does with a case that it was sent: receipt, verdict, disposition to a unit, answer."""

from ult_desktop.core.case import CaseState
from ult_desktop.core.case_asks import DeliverAnswer
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.escalation import CaseDesk, Escalation, HopState, Verdict, desk_word
from ult_desktop.core.escalation_asks import (
    AnswerApplicant,
    AnswerEscalation,
    AssessEscalation,
    AssignEscalation,
    ReceiveEscalation,
    ReferEscalation,
)
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.db import cases, escalations
from ult_desktop.db.delegations import on_behalf
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import note, the_officer, written
from ult_desktop.operations.case_notes import attach
from ult_desktop.operations.deliveries import deliver
from ult_desktop.operations.escalations import send
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.hops import (
    require_desk,
    require_hand,
    require_sender,
    roles_now,
    stop_clock,
    the_hop,
)
from ult_desktop.operations.marking import mark
from ult_desktop.operations.phone_clock import hold_clock


@performs(ReceiveEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def receive_escalation(ask: ReceiveEscalation, tx: Transaction, moment: Moment) -> Done:
    hop = the_hop(tx, ask.escalation_id)
    require_hand(tx, moment, hop)
    if hop.received_at is not None:
        raise nothing_changed(_("Sudah diterima oleh {name}.").format(name=hop.received_by))
    _receive(tx, moment, hop)
    return Done("escalation.received", "case", hop.id, {"case": hop.case_id})


def _receive(tx: Transaction, moment: Moment, hop: Escalation) -> None:
    """The receipt; whoever goes on without it has received it by that."""
    if hop.received_at is not None:
        return
    escalations.receive(tx, hop.id, moment.at, moment.by.officer_id)
    note(tx, moment, hop.case_id, EntryKind.RECEIVED, owner_id=hop.to_officer_id)
    if hop.parent_id is None:
        _mark(tx, moment, hop, StepEvent.ESCALATION_RECEIVED)


def _mark(tx: Transaction, moment: Moment, hop: Escalation, event: StepEvent, branch: str = "") -> None:
    """`event` by whoever works on the hop; a.n. to whom it was assigned when in his stead."""
    stead = on_behalf(tx, moment.by.officer_id, hop.to_officer_id, moment.at)
    mark(tx, moment, cases.get(tx, hop.case_id).visit_id, event, branch, stead)


@performs(AssignEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def assign_escalation(ask: AssignEscalation, tx: Transaction, moment: Moment) -> Done:
    hop = the_hop(tx, ask.escalation_id)
    require_desk(tx, moment, hop.to_desk)
    officer = the_officer(tx, ask.officer_id)
    if hop.to_desk.role not in officer.roles:
        label = desk_word(hop.to_desk, moment.office.settings.cases.related_unit)
        raise nothing_changed(
            _("{name} bukan petugas {desk}.").format(name=officer.name, desk=label),
            _("Pilih petugas lain."),
        )
    escalations.assign(tx, hop.id, officer.id)
    note(tx, moment, hop.case_id, EntryKind.ASSIGNED, officer.name)
    return Done("escalation.assigned", "case", hop.id, {"case": hop.case_id, "officer": officer.id})


@performs(AssessEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def assess_escalation(ask: AssessEscalation, tx: Transaction, moment: Moment) -> Done:
    hop = the_hop(tx, ask.escalation_id)
    require_hand(tx, moment, hop)
    _require_not_referred(hop)
    _receive(tx, moment, hop)
    verdict = Verdict.SOLVABLE if ask.can_solve else Verdict.NOT_HERE
    _assess(tx, moment, hop, verdict)
    return Done("escalation.assessed", "case", hop.id, {"case": hop.case_id, "verdict": verdict})


def _assess(tx: Transaction, moment: Moment, hop: Escalation, verdict: Verdict) -> None:
    if hop.verdict == verdict:
        return
    escalations.set_verdict(tx, hop.id, verdict)
    solvable = verdict is Verdict.SOLVABLE
    kind = EntryKind.CAN_BE_SOLVED if solvable else EntryKind.CANNOT_BE_SOLVED
    note(tx, moment, hop.case_id, kind, owner_id=hop.to_officer_id)
    if hop.parent_id is None:
        _mark(tx, moment, hop, StepEvent.ASSESSED, verdict)


@performs(ReferEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def refer_escalation(ask: ReferEscalation, tx: Transaction, moment: Moment) -> Done:
    """A disposition to the related unit; it says by itself that this desk cannot settle it."""
    hop = the_hop(tx, ask.escalation_id)
    require_hand(tx, moment, hop)
    _require_not_referred(hop)
    if ask.to in (CaseDesk.FRONT_OFFICE, hop.to_desk):
        raise nothing_changed(_("Pilih unit lain sebagai tujuan."))
    _receive(tx, moment, hop)
    _assess(tx, moment, hop, Verdict.NOT_HERE)
    sent_id = send(tx, moment, cases.get(tx, hop.case_id), ask, escalations.get(tx, hop.id))
    escalations.set_state(tx, hop.id, HopState.REFERRED)
    if hop.parent_id is None:
        _mark(tx, moment, hop, StepEvent.REFERRED)
    return Done("escalation.referred", "case", sent_id, {"case": hop.case_id, "to": ask.to})


def _require_not_referred(hop: Escalation) -> None:
    if hop.state is HopState.REFERRED:
        raise nothing_changed(
            _("Permintaan ini masih menunggu arahan unit lain."),
            _("Tunggu arahannya, atau tarik kembali dulu."),
        )


@performs(AnswerEscalation, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def answer_escalation(ask: AnswerEscalation, tx: Transaction, moment: Moment) -> Done:
    """Two who answer at once: the second finds it answered and is told by whom."""
    hop = the_hop(tx, ask.escalation_id)
    if hop.to_desk is CaseDesk.RELATED_UNIT and hop.parent_id is not None:
        _require_unit_or_sender(tx, moment, hop)
    else:
        require_hand(tx, moment, hop)
    attach(tx, moment, hop.case_id, ask.documents, escalation_id=hop.id)
    _answer(tx, moment, hop, ask.answer)
    return Done("escalation.answered", "case", hop.id, {"case": hop.case_id})


def _require_unit_or_sender(tx: Transaction, moment: Moment, hop: Escalation) -> None:
    """A unit that does not use the program told its direction to who had asked: he writes it down."""
    if CaseDesk.RELATED_UNIT.role in roles_now(tx, moment):
        require_hand(tx, moment, hop)
    else:
        require_sender(tx, moment, hop, cases.get(tx, hop.case_id))


def _answer(tx: Transaction, moment: Moment, hop: Escalation, answer: str) -> None:
    text = written(answer, _("Jawaban belum ditulis."))
    _require_not_referred(hop)
    _receive(tx, moment, hop)
    if hop.parent_id is None:
        _answer_front(tx, moment, hop, text)
    else:
        escalations.set_state(tx, hop.parent_id, HopState.RECEIVED)
        note(tx, moment, hop.case_id, EntryKind.DIRECTION, text, owner_id=hop.to_officer_id)
        _mark(tx, moment, hop, StepEvent.DISPOSED)
    escalations.answer(tx, hop.id, text, moment.at, moment.by.officer_id)


def _answer_front(tx: Transaction, moment: Moment, hop: Escalation, text: str) -> None:
    """The answer is ready at the front: what came from a unit is received, what is settled is so marked."""
    case = cases.get(tx, hop.case_id)
    directed = [each for each in escalations.of_case(tx, case.id) if each.parent_id == hop.id and each.answer]
    for each in directed:
        if each.acknowledged_at is None:
            escalations.acknowledge(tx, each.id, moment.at, moment.by.officer_id)
    if not directed:
        _assess(tx, moment, hop, Verdict.SOLVABLE)
    cases.set_answer(tx, case.id, text)
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    stop_clock(tx, moment, case)
    note(tx, moment, case.id, EntryKind.RETURNED, text, owner_id=hop.to_officer_id)
    _mark(tx, moment, hop, StepEvent.ANSWER_RECEIVED)
    hold_clock(tx, moment, case.visit_id)
    _mark(tx, moment, hop, StepEvent.RESULT_READY)


@performs(AnswerApplicant, needs=Permission.ANSWER_ESCALATIONS, answer=escalations.get)
def answer_applicant(ask: AnswerApplicant, tx: Transaction, moment: Moment) -> Done:
    hop = the_hop(tx, ask.escalation_id)
    require_hand(tx, moment, hop)
    if hop.parent_id is not None:
        raise nothing_changed(
            _("Arahan unit lain disampaikan lewat Back Office."), _("Jawab kepada pengirimnya.")
        )
    _answer(tx, moment, hop, ask.answer)
    told = DeliverAnswer(
        case_id=hop.case_id,
        way=ask.way,
        recipient=ask.recipient,
        proof=ask.proof,
        document_id=ask.document_id,
    )
    deliver(tx, moment, cases.get(tx, hop.case_id), told)
    return Done("escalation.told", "case", hop.id, {"case": hop.case_id, "way": ask.way})
