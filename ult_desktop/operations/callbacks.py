"""Calling back (POS Sumut telepon 4 and 6): promised, tried, told; or taken over on the line."""

from ult_desktop.core.case_asks import GiveAnswer
from ult_desktop.core.escalation_asks import AnswerEscalation
from ult_desktop.core.phone import AttemptResult, CallState
from ult_desktop.core.phone_asks import DialBack, EndAttempt, PromiseCallback, TakeTransfer, TellAnswer
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.db import escalations, pauses, phone
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.callback_time import promised_moment
from ult_desktop.operations.case_files import the_case
from ult_desktop.operations.cases import give_answer
from ult_desktop.operations.escalation_work import answer_escalation
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.marking import mark
from ult_desktop.operations.phone import recorded, require_free_line, tell, the_call
from ult_desktop.operations.phone_clock import hold_clock


@performs(TakeTransfer, needs=Permission.HANDLE_PHONE, answer=phone.get)
def take_transfer(ask: TakeTransfer, tx: Transaction, moment: Moment) -> Done:
    call = the_call(tx, ask.call_id, CallState.TRANSFERRED)
    phone.take(tx, call.visit_id, require_free_line(tx, moment))
    return Done("phone.taken", "phone", call.visit_id)


@performs(PromiseCallback, needs=Permission.HANDLE_PHONE, answer=phone.get)
def promise_callback(ask: PromiseCallback, tx: Transaction, moment: Moment) -> Done:
    call = the_call(tx, ask.call_id, CallState.TALKING, CallState.TRANSFERRED, CallState.PROMISED)
    if not call.forwarded or call.attempt_at is not None or call.told_at is not None:
        raise nothing_changed(
            _("Telepon balik tidak dapat dijanjikan sekarang."),
            _("Teruskan dulu pertanyaannya ke Back Office, atau catat hasil telepon balik."),
        )
    phone.promise(tx, call.visit_id, promised_moment(call, moment, ask.promised_at))
    hold_clock(tx, moment, call.visit_id)
    return Done("phone.promised", "phone", call.visit_id)


@performs(DialBack, needs=Permission.HANDLE_PHONE, answer=phone.get)
def dial_back(ask: DialBack, tx: Transaction, moment: Moment) -> Done:
    call = the_call(tx, ask.call_id, CallState.PROMISED)
    officer_id = require_free_line(tx, moment)
    phone.begin_attempt(tx, call.visit_id, moment.at, officer_id)
    phone.take(tx, call.visit_id, officer_id)
    pauses.end(tx, call.visit_id, moment.at)
    return Done("phone.dialled", "phone", call.visit_id)


@performs(EndAttempt, needs=Permission.HANDLE_PHONE, answer=phone.get)
def end_attempt(ask: EndAttempt, tx: Transaction, moment: Moment) -> Done:
    """The promise stands unless a new one is made; one that has passed stays overdue."""
    call = the_call(tx, ask.call_id)
    if call.told_at is not None or not phone.end_attempt(tx, call.visit_id, moment.at, ask.result):
        raise nothing_changed(_("Tidak ada telepon balik yang sedang berjalan."))
    promised = call.promised_at or moment.at
    if ask.promised_at is not None or ask.result is AttemptResult.REACHED:
        promised = promised_moment(call, moment, ask.promised_at)
    phone.promise(tx, call.visit_id, promised)
    hold_clock(tx, moment, call.visit_id)
    return Done("phone.tried", "phone", call.visit_id, {"result": ask.result})


@performs(TellAnswer, needs=Permission.HANDLE_PHONE, answer=phone.get)
def tell_answer(ask: TellAnswer, tx: Transaction, moment: Moment) -> Done:
    """Whoever has the caller on the line tells it: front office, or back office when put through."""
    call = the_call(tx, ask.call_id)
    case_id = recorded(call)
    if not call.forwarded or call.told_at is not None:
        raise nothing_changed(_("Tidak ada jawaban dari Back Office yang perlu disampaikan."))
    _fetch_answer(tx, moment, case_id, ask.answer.strip())
    phone.end_attempt(tx, call.visit_id, moment.at, AttemptResult.REACHED)
    mark(tx, moment, call.visit_id, StepEvent.CALLED_BACK)
    tell(tx, moment, call, case_id)
    return Done("phone.told", "phone", call.visit_id)


def _fetch_answer(tx: Transaction, moment: Moment, case_id: int, answer: str) -> None:
    """The answer stands in the case; the back office may give it while the caller is on the line."""
    hops = escalations.open_of(tx, case_id)
    if answer and hops:
        answer_escalation(AnswerEscalation(escalation_id=hops[0].id, answer=answer), tx, moment)
    elif answer:
        give_answer(GiveAnswer(case_id=case_id, answer=answer), tx, moment)
    elif hops or not the_case(tx, case_id).answer:
        raise nothing_changed(
            _("Jawaban dari Back Office belum ada."), _("Tulis jawabannya, atau janjikan waktu lain.")
        )
