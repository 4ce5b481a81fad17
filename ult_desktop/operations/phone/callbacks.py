"""The commands of a call back (POS Sumut telepon 4 and 6): promise it, try it, tell the answer.

The back office may also take over a caller who is still on the line.
"""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.commands import AnswerEscalation, GiveAnswer
from ult_desktop.core.phone import commands, phone_call
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import escalations
from ult_desktop.db.procedures import pauses
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.accountability.deviations import record_deviations
from ult_desktop.operations.cases import case_acts, cases, received_escalations
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse
from ult_desktop.operations.phone import phone_calls as calls
from ult_desktop.operations.procedures.step_marks import mark_event, stop_callback_clock


@handles(commands.TakeTransfer, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone take", "Terima telepon CALL yang disambungkan.")
def take_transfer(command: commands.TakeTransfer, tx: Transaction, context: Context) -> NewEvent:
    call = calls.require_call(tx, command.call_id, phone_call.CallState.TRANSFERRED)
    phone_calls.set_talking(tx, call.visit_id, calls.require_free_line(tx, context))
    # The step "promise a call back" is over: its caller speaks with the back office already.
    mark_event(tx, context, call.visit_id, StepEvent.CALLBACK_PROMISED)
    return NewEvent("phone.taken", "phone", call.visit_id)


@handles(commands.PromiseCallback, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named(
    "phone promise",
    "Janjikan telepon balik untuk CALL yang diteruskan; tanpa waktu, sampai hari kerja berikut.",
)
def promise_callback(command: commands.PromiseCallback, tx: Transaction, context: Context) -> NewEvent:
    call = calls.require_call(
        tx,
        command.call_id,
        phone_call.CallState.TALKING,
        phone_call.CallState.TRANSFERRED,
        phone_call.CallState.PROMISED,
    )
    if not call.forwarded or call.attempt_at is not None or call.told_at is not None:
        raise refuse(
            _("Telepon balik tidak dapat dijanjikan sekarang."),
            _("Teruskan dulu pertanyaannya ke Back Office, atau catat hasil telepon balik."),
        )
    # A promise that was broken is written down before another one takes its place.
    record_deviations(tx, context, call.visit_id)
    calls.promise(tx, context, call, command.promised_at)
    mark_event(tx, context, call.visit_id, StepEvent.CALLBACK_PROMISED)
    stop_callback_clock(tx, context, call.visit_id)  # if the answer is there: until the call it waits
    return NewEvent("phone.promised", "phone", call.visit_id)


# `phone attempt` without --result performs this command too.
@handles(commands.DialBack, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
def dial_back(command: commands.DialBack, tx: Transaction, context: Context) -> NewEvent:
    call = calls.require_call(tx, command.call_id, phone_call.CallState.PROMISED)
    officer_id = calls.require_free_line(tx, context)
    phone_calls.begin_attempt(tx, call.visit_id, context.at, officer_id)
    phone_calls.set_talking(tx, call.visit_id, officer_id)
    pauses.end(tx, call.visit_id, context.at)  # the visit's clock, which `stop_callback_clock` stopped
    return NewEvent("phone.dialled", "phone", call.visit_id)


@handles(commands.EndAttempt, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone attempt", "Telepon balik CALL; dengan --result hasilnya, tanpa itu telepon mulai berdering.")
def end_attempt(command: commands.EndAttempt, tx: Transaction, context: Context) -> NewEvent:
    """End a try to call back.

    If the caller was not reached, the promised time stays, even if it has passed, unless the officer gives a
    new one. If the caller was reached, but not told the answer (`TellAnswer`), a call is promised again: for
    the new time, or for the end of the next working day.
    """
    call = calls.require_call(tx, command.call_id)
    if call.told_at is not None or not phone_calls.end_attempt(tx, call.visit_id, context.at, command.result):
        raise refuse(_("Tidak ada telepon balik yang sedang berjalan."))
    was_reached = command.result is phone_call.AttemptResult.REACHED
    record_deviations(tx, context, call.visit_id)
    if was_reached or command.promised_at is not None:
        calls.promise(tx, context, call, command.promised_at)
    else:
        phone_calls.set_state(tx, call.visit_id, phone_call.CallState.PROMISED)
    # A try that did not reach the caller takes no time of the standard: the clock stops at its beginning.
    stop_callback_clock(tx, context, call.visit_id, since=None if was_reached else call.attempt_at)
    return NewEvent("phone.tried", "phone", call.visit_id, {"result": command.result})


@handles(commands.TellAnswer, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone tell", "Jawaban untuk telepon CALL yang diteruskan sudah disampaikan.")
def tell_answer(command: commands.TellAnswer, tx: Transaction, context: Context) -> NewEvent:
    """Write that the officer with the caller on the line, of front office or back office, told the answer."""
    call = calls.require_call(tx, command.call_id)
    case_id = calls.require_recorded(call)
    if not call.forwarded or call.told_at is not None:
        raise refuse(_("Tidak ada jawaban dari Back Office yang perlu disampaikan."))
    _require_answer(tx, context, case_id, command.answer.strip())
    phone_calls.end_attempt(tx, call.visit_id, context.at, phone_call.AttemptResult.REACHED)
    mark_event(tx, context, call.visit_id, StepEvent.CALLED_BACK)
    calls.record_answer_told(tx, context, call, case_id)
    return NewEvent("phone.told", "phone", call.visit_id)


def _require_answer(tx: Transaction, context: Context, case_id: int, answer: str) -> None:
    """Write the `answer` that the back office gives on the line. For "", require that the case has one."""
    open_escalations = escalations.open_of(tx, case_id)
    if answer and open_escalations:
        received_escalations.answer_escalation(
            AnswerEscalation(escalation_id=open_escalations[0].id, answer=answer), tx, context
        )
    elif answer:
        cases.give_answer(GiveAnswer(case_id=case_id, answer=answer), tx, context)
    elif open_escalations or not case_acts.require_open_case(tx, case_id).answer:
        raise refuse(
            _("Jawaban dari Back Office belum ada."), _("Tulis jawabannya, atau janjikan waktu lain.")
        )
