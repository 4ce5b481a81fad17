"""The answer at the desk, in one act: the case is opened, settled, answered, delivered and closed."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands
from ult_desktop.core.cases.case import Case, CaseOutcome, CaseState
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.cases.boards import at_hand, matters_of
from ult_desktop.db.procedures import marks
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import answer_bank as bank, cases as single, deliveries, intake
from ult_desktop.operations.operation import Context, NewEvent, handles, known, named


def _open_case(tx: Transaction, command: commands.AnswerAtDesk) -> Case | None:
    """Return the case that the command answers; None where it opens one."""
    open_ = None if command.detail.strip() else at_hand(matters_of(tx, command.visit_id))
    return None if open_ is None else cases.get(tx, open_.case_id)


@handles(commands.AnswerAtDesk, needs=Permission.WORK_CASES, answer=cases.get, record=_open_case)
@named("case answer-now --answer", "Catat, jawab, sampaikan, dan tutup permohonan VISIT sekaligus.")
def answer_at_desk(command: commands.AnswerAtDesk, tx: Transaction, context: Context) -> NewEvent:
    """Do what the five single acts do, each at its own moment."""
    case = _case(command, tx, _at(tx, context, command.visit_id, command.asked_at))
    if case.outcome is None:
        outcome = commands.SetOutcome(
            case_id=case.id,
            outcome=CaseOutcome.EXCLUDED if command.ground else CaseOutcome.AVAILABLE,
            ground=command.ground,
        )
        single.set_outcome(outcome, tx, _at(tx, context, case.visit_id, command.found_at))
    if case.state is not CaseState.DELIVERED or command.answer.strip() != case.answer:
        _answer(command, case.id, tx, context)
    single.close_case(commands.CloseCase(case_id=case.id), tx, context)
    return NewEvent("case.answered_at_desk", "case", case.id, {"visit": command.visit_id})


def _case(command: commands.AnswerAtDesk, tx: Transaction, context: Context) -> Case:
    """Return a new case with the detail, or without one the visitor's open case."""
    if command.detail.strip():
        opening = commands.OpenCase(
            visit_id=command.visit_id,
            detail=command.detail,
            service_id=command.service_id,
            kind=command.kind,
            complaint_class=command.complaint_class,
            another=command.another,
        )
        return cases.get(tx, intake.open_case(opening, tx, context).subject)
    open_ = at_hand(matters_of(tx, command.visit_id))
    return cases.get(tx, known(open_, _("Isi permohonan belum ditulis.")).case_id)


def _answer(command: commands.AnswerAtDesk, case_id: int, tx: Transaction, context: Context) -> None:
    faq = None if command.faq_id is None else answer_bank.find(tx, command.faq_id)
    if faq is not None and faq.answer == command.answer.strip():
        bank.use_faq(commands.UseFaq(case_id=case_id, faq_id=faq.id), tx, context)
    else:
        single.give_answer(commands.GiveAnswer(case_id=case_id, answer=command.answer), tx, context)
    told = commands.DeliverAnswer(
        case_id=case_id,
        way=command.way,
        recipient=command.recipient,
        proof=command.proof,
        receipt=command.receipt,
    )
    deliveries.deliver_answer(told, tx, context)


def _at(tx: Transaction, context: Context, visit_id: int, moment: int | None) -> Context:
    """Return the context at an earlier moment (UTC ms), but not before what the visit saw last.

    Raises UserError when there is no such visit, or it has ended.
    """
    if moment is None:
        return context
    seen = (mark.at for mark in marks.of_visit(tx, lookup.require_open_visit(tx, visit_id)))
    return msgspec.structs.replace(context, at=min(max((moment, *seen)), context.at))
