"""Calling back (POS Sumut telepon 4 and 6): promised, tried, told; or taken over on the line."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.commands import AnswerEscalation, GiveAnswer
from ult_desktop.core.phone.commands import (
    DialBack,
    EndAttempt,
    PromiseCallback,
    TakeTransfer,
    TellAnswer,
)
from ult_desktop.core.phone.phone_call import AttemptResult, CallState
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import escalations
from ult_desktop.db.procedures import marks
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_files import require_open_case
from ult_desktop.operations.cases.cases import give_answer
from ult_desktop.operations.cases.received_escalations import answer_escalation
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.phone.phone_calls import (
    callback_due_at,
    record_told,
    require_call,
    require_free_line,
    require_recorded,
)
from ult_desktop.operations.procedures.step_marks import mark_event, stop_callback_clock


@handles(TakeTransfer, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
def take_transfer(command: TakeTransfer, tx: Transaction, context: Context) -> NewEvent:
    call = require_call(tx, command.call_id, CallState.TRANSFERRED)
    phone_calls.take(tx, call.visit_id, require_free_line(tx, context))
    return NewEvent("phone.taken", "phone", call.visit_id)


@handles(PromiseCallback, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
def promise_callback(command: PromiseCallback, tx: Transaction, context: Context) -> NewEvent:
    call = require_call(tx, command.call_id, CallState.TALKING, CallState.TRANSFERRED, CallState.PROMISED)
    if not call.forwarded or call.attempt_at is not None or call.told_at is not None:
        raise refuse(
            _("Telepon balik tidak dapat dijanjikan sekarang."),
            _("Teruskan dulu pertanyaannya ke Back Office, atau catat hasil telepon balik."),
        )
    phone_calls.promise(tx, call.visit_id, callback_due_at(call, context, command.promised_at))
    stop_callback_clock(tx, context, call.visit_id)
    return NewEvent("phone.promised", "phone", call.visit_id)


@handles(DialBack, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
def dial_back(command: DialBack, tx: Transaction, context: Context) -> NewEvent:
    call = require_call(tx, command.call_id, CallState.PROMISED)
    officer_id = require_free_line(tx, context)
    phone_calls.begin_attempt(tx, call.visit_id, context.at, officer_id)
    phone_calls.take(tx, call.visit_id, officer_id)
    marks.end(tx, call.visit_id, context.at)
    return NewEvent("phone.dialled", "phone", call.visit_id)


@handles(EndAttempt, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
def end_attempt(command: EndAttempt, tx: Transaction, context: Context) -> NewEvent:
    """The promise stands unless a new one is made; one that has passed stays overdue."""
    call = require_call(tx, command.call_id)
    if call.told_at is not None or not phone_calls.end_attempt(tx, call.visit_id, context.at, command.result):
        raise refuse(_("Tidak ada telepon balik yang sedang berjalan."))
    promised = call.promised_at or context.at
    if command.promised_at is not None or command.result is AttemptResult.REACHED:
        promised = callback_due_at(call, context, command.promised_at)
    phone_calls.promise(tx, call.visit_id, promised)
    stop_callback_clock(tx, context, call.visit_id)
    return NewEvent("phone.tried", "phone", call.visit_id, {"result": command.result})


@handles(TellAnswer, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
def tell_answer(command: TellAnswer, tx: Transaction, context: Context) -> NewEvent:
    """Whoever has the caller on the line tells it: front office, or back office when put through."""
    call = require_call(tx, command.call_id)
    case_id = require_recorded(call)
    if not call.forwarded or call.told_at is not None:
        raise refuse(_("Tidak ada jawaban dari Back Office yang perlu disampaikan."))
    _fetch_answer(tx, context, case_id, command.answer.strip())
    phone_calls.end_attempt(tx, call.visit_id, context.at, AttemptResult.REACHED)
    mark_event(tx, context, call.visit_id, StepEvent.CALLED_BACK)
    record_told(tx, context, call, case_id)
    return NewEvent("phone.told", "phone", call.visit_id)


def _fetch_answer(tx: Transaction, context: Context, case_id: int, answer: str) -> None:
    """The answer stands in the case; the back office may give it while the caller is on the line."""
    hops = escalations.open_of(tx, case_id)
    if answer and hops:
        answer_escalation(AnswerEscalation(escalation_id=hops[0].id, answer=answer), tx, context)
    elif answer:
        give_answer(GiveAnswer(case_id=case_id, answer=answer), tx, context)
    elif hops or not require_open_case(tx, case_id).answer:
        raise refuse(
            _("Jawaban dari Back Office belum ada."), _("Tulis jawabannya, atau janjikan waktu lain.")
        )
