"""A case's way through the office: front office → back office → related unit → back, with receipts."""

from ult_desktop.core.case import Case, CaseState, Outcome, SubReason, visitor_word
from ult_desktop.core.case_asks import DeliverAnswer
from ult_desktop.core.case_steps import sends_on
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.escalation import CaseDesk, Escalation, HopState, Verdict, desk_of, desk_word
from ult_desktop.core.escalation_asks import (
    AcknowledgeAnswer,
    AnswerApplicant,
    AnswerEscalation,
    AssessEscalation,
    AssignEscalation,
    Escalate,
    MoveVisitor,
    ReceiveEscalation,
    ReferEscalation,
    WithdrawEscalation,
)
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.db import cases, escalations
from ult_desktop.db.delegations import on_behalf
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import (
    mark_case,
    note,
    procedure_of_case,
    the_case,
    the_officer,
    written,
)
from ult_desktop.operations.case_notes import attach
from ult_desktop.operations.case_opening import LONGEST_DAYS, due_in
from ult_desktop.operations.cases import write_outcome
from ult_desktop.operations.deliveries import deliver
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.hops import (
    place_visitor,
    require_desk,
    require_hand,
    require_sender,
    roles_now,
    stop_clock,
    the_hop,
)
from ult_desktop.operations.marking import mark
from ult_desktop.operations.phone_clock import hold_clock


@performs(Escalate, needs=Permission.WORK_CASES, answer=escalations.get)
def escalate(ask: Escalate, tx: Transaction, moment: Moment) -> Done:
    """Where "not available" is what leads on in the POS, asking another desk says so."""
    case = the_case(tx, ask.case_id)
    if case.state is CaseState.ESCALATED:
        raise nothing_changed(
            _("Permohonan {number} masih di unit lain.").format(number=case.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )
    if ask.to is CaseDesk.FRONT_OFFICE:
        raise nothing_changed(_("Pilih meja tujuan selain Front Office."))
    if case.outcome is not Outcome.UNAVAILABLE and sends_on(procedure_of_case(tx, case)):
        write_outcome(tx, moment, case, Outcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    hop_id = _send(tx, moment, case, ask, None)
    if case.owner_id is None and moment.by.officer_id is not None:
        cases.set_owner(tx, case.id, moment.by.officer_id)
    cases.set_state(tx, case.id, CaseState.ESCALATED)
    place_visitor(tx, moment, case, ask.visitor)
    mark_case(tx, moment, case, StepEvent.ESCALATED)
    return Done("escalation.sent", "case", hop_id, {"case": case.id, "to": ask.to, "visitor": ask.visitor})


def _send(
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
    sent_id = _send(tx, moment, cases.get(tx, hop.case_id), ask, escalations.get(tx, hop.id))
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
