"""The delivery of an answer, with its proof and its receipt (tanda terima informasi)."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, delivery, timeline_words
from ult_desktop.core.cases.case import (
    SETTLED,
    Case,
    CaseOutcome,
    CaseState,
    SubReason,
    answered_branch,
    has_outcome_step,
    outcome_branch,
)
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import cases, deliveries, escalations, ppid
from ult_desktop.db.procedures import pauses
from ult_desktop.db.series import YearlySeries, next_numbers
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.access.delegated_roles import represented_on_case
from ult_desktop.operations.cases import case_acts
from ult_desktop.operations.cases.cases import write_outcome
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse


@handles(commands.DeliverAnswer, needs=Permission.WORK_CASES, answer=deliveries.get)
@named("case deliver", "Catat penyampaian jawaban: langsung, telepon, wa, surel, surat.")
def deliver_answer(command: commands.DeliverAnswer, tx: Transaction, context: Context) -> NewEvent:
    case = case_acts.require_open_case(tx, command.case_id)
    case_acts.require_not_escalated(case)
    delivery_id = deliver(tx, context, case, command)
    return NewEvent("case.delivered", "case", delivery_id, {"case": case.id, "way": command.way})


def deliver(tx: Transaction, context: Context, case: Case, command: commands.DeliverAnswer) -> int:
    """Write that the applicant got the answer, with its marks; return the delivery's id.

    Raises:
        UserError: there is no answer yet, or the proof is missing.
    """
    if not case.answer and case.outcome is None:
        raise refuse(_("Belum ada jawaban untuk disampaikan."), _("Tulis jawabannya dulu."))
    if (
        command.way is not delivery.DeliveryChannel.DIRECT
        and not command.proof.strip()
        and command.document_id is None
    ):
        raise refuse(
            _("Penyampaian tidak langsung memerlukan bukti."),
            _("Tulis siapa yang dihubungi dan kapan, atau lampirkan berkasnya."),
        )
    for escalation in escalations.of_case(tx, case.id):
        # An officer who delivers the answer of another desk has read it.
        if escalation.answered_at is not None and escalation.acknowledged_at is None:
            escalations.acknowledge(tx, escalation.id, context.at, context.by.officer_id)
    if case.answer and _makes_available(tx, case):
        write_outcome(tx, context, case, CaseOutcome.AVAILABLE)
        case = cases.get(tx, case.id)
    delivery_id = _write_delivery(tx, context, case, command)
    pauses.end(tx, case.visit_id, context.at)
    cases.set_state(tx, case.id, CaseState.DELIVERED)
    cases.set_visitor(tx, case.id, "")
    if command.receipt:
        case_acts.mark_case_step(tx, context, case, StepEvent.RECEIPT_GIVEN)
    _mark_delivered(tx, context, case)
    # An answer from afar carries the survey's address (POS Kepri 3).
    if case.channel is VisitChannel.ONLINE and context.office.settings.office.survey_url:
        case_acts.point_to_survey(tx, context, case)
    return delivery_id


def _makes_available(tx: Transaction, case: Case) -> bool:
    """Return whether handing the answer over gives the case the outcome "available".

    A case gets it if no step of the procedure sets an outcome, or if the outcome was "not known here" and
    another desk had the answer. The outcome of a request to PPID is PPID's decision.
    """
    if ppid.of_case(tx, case.id) is not None:
        return False
    if case.outcome is None:
        return not has_outcome_step(case_acts.procedure_of_case(tx, case))
    return case.sub_reason == SubReason.UNKNOWN_HERE and escalations.was_escalated(tx, case.id)


def _write_delivery(tx: Transaction, context: Context, case: Case, command: commands.DeliverAnswer) -> int:
    (number,) = next_numbers(tx, YearlySeries.RECEIPT, context.day)
    new = deliveries.NewDelivery(
        case_id=case.id,
        at=context.at,
        officer_id=context.by.officer_id,
        for_officer_id=represented_on_case(tx, context, case.visit_id, case.owner_id),
        way=command.way,
        recipient=command.recipient.strip() or _known_contact(tx, case, command.way),
        proof=command.proof.strip(),
        document_id=command.document_id,
        receipt_year=number.year if command.receipt else None,
        receipt_serial=number.serial if command.receipt else None,
        receipt=number.number if command.receipt else "",
    )
    words = " · ".join(word for word in (command.way.word, new.proof) if word)
    case_acts.note_on_timeline(
        tx,
        context,
        case.id,
        timeline_words.EntryKind.DELIVERED,
        words,
        document_id=command.document_id,
        owner_id=case.owner_id,
    )
    if new.receipt:
        case_acts.note_on_timeline(
            tx, context, case.id, timeline_words.EntryKind.RECEIPT, new.receipt, owner_id=case.owner_id
        )
    return deliveries.insert(tx, new)


def _known_contact(tx: Transaction, case: Case, way: delivery.DeliveryChannel) -> str:
    """Return the contact for that way as the guest book has it, or ""."""
    guest = visits.guest_of(tx, case.visit_id)
    if guest is None:
        return ""
    return {
        delivery.DeliveryChannel.EMAIL: guest.email,
        delivery.DeliveryChannel.PHONE: guest.phone,
        delivery.DeliveryChannel.WHATSAPP: guest.phone,
    }.get(way, "")


def _mark_delivered(tx: Transaction, context: Context, case: Case) -> None:
    """Mark the steps that delivering an answer completes.

    A case whose outcome is "not available", and for which the procedure has no branch, is settled by it
    (POS Kaltara 5).
    """
    procedure = case_acts.procedure_of_case(tx, case)
    if (
        case.outcome is CaseOutcome.UNAVAILABLE
        and outcome_branch(procedure, case.outcome, case.sub_reason) is None
    ):
        case_acts.mark_case_step(tx, context, case, StepEvent.OUTCOME_SET, SETTLED)
    branch = answered_branch(procedure, by_back_office=escalations.was_escalated(tx, case.id))
    case_acts.mark_case_step(tx, context, case, StepEvent.ANSWERED, branch)
    case_acts.mark_case_step(tx, context, case, StepEvent.RESULT_HANDED_OVER)
