"""A telephone call comes in (POS Sumut telepon 1 to 3, 7): recorded, answered or sent on, closed."""

from ult_desktop.core.case import CaseState, Outcome, SubReason, VisitorMode
from ult_desktop.core.case_asks import CloseCase, DeliverAnswer, GiveAnswer, SetOutcome
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.delivery import Way
from ult_desktop.core.escalation_asks import Escalate
from ult_desktop.core.free_text import seen, tidy
from ult_desktop.core.guest_book import NOTICE_VERSION
from ult_desktop.core.phone import AttemptResult, CallState, Forwarding, PhoneCall
from ult_desktop.core.phone_asks import AnswerCall, EndCall, ForwardCall, RecordCaller, StartCall
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.core.visit import Ending, Guest, VisitChannel
from ult_desktop.db import cases, pauses, phone, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.accounts import settle
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.callback_time import promised_moment
from ult_desktop.operations.case_files import note, the_case
from ult_desktop.operations.case_opening import Opening, begin_case
from ult_desktop.operations.cases import close_case, give_answer, set_outcome
from ult_desktop.operations.deliveries import deliver
from ult_desktop.operations.escalations import escalate
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.marking import mark
from ult_desktop.operations.visits import begin_visit


def the_call(tx: Transaction, call_id: int, *states: CallState) -> PhoneCall:
    """A call in one of these states (by default on the line). Raises UserError otherwise."""
    call = phone.find(tx, call_id)
    if call is None:
        raise nothing_changed(_("Telepon itu tidak ada."))
    if call.state in (CallState.ENDED, CallState.LOST):
        raise nothing_changed(_("Telepon itu sudah ditutup."))
    if call.state not in (states or (CallState.TALKING,)):
        raise nothing_changed(
            _("Penelepon tidak sedang tersambung.")
            if call.state is not CallState.TALKING
            else _("Penelepon sedang bicara dengan {officer}.").format(officer=call.officer),
        )
    return call


def require_free_line(tx: Transaction, moment: Moment) -> int:
    """The officer who may take a call now; raises UserError while another one is on the line."""
    officer_id = moment.by.officer_id or 0
    busy = phone.talking(tx, officer_id)
    if busy is not None:
        raise nothing_changed(
            _("Anda masih dalam telepon {who}.").format(who=busy.name or busy.case_number or _("sebelumnya")),
            _("Tutup telepon itu dulu, atau catat sebagai putus."),
        )
    return officer_id


@performs(StartCall, needs=Permission.HANDLE_PHONE, answer=phone.get)
def start_call(_ask: StartCall, tx: Transaction, moment: Moment) -> Done:
    officer_id = require_free_line(tx, moment)
    visit_id = begin_visit(tx, moment, VisitChannel.PHONE)
    phone.insert(tx, visit_id, officer_id)
    return Done("phone.started", "phone", visit_id)


@performs(RecordCaller, needs=Permission.HANDLE_PHONE, answer=phone.get)
def record_caller(ask: RecordCaller, tx: Transaction, moment: Moment) -> Done:
    call = the_call(tx, ask.call_id)
    if not tidy(ask.name) or not tidy(ask.question):
        raise nothing_changed(
            _("Nama dan pertanyaan penelepon belum diisi."), _("Tanyakan keduanya; yang lain boleh kosong.")
        )
    visits.write_guest(tx, _guest(ask, moment.at))
    phone.set_supporting(tx, call.visit_id, ask.supporting.strip())
    if call.case_id is None:
        begin_case(tx, moment, call.visit_id, Opening(detail=ask.question))
    elif seen(ask.question).strip() != call.question:
        note(tx, moment, call.case_id, EntryKind.QUESTION, seen(ask.question).strip())
    mark(tx, moment, call.visit_id, StepEvent.CALLER_RECORDED)
    return Done("phone.recorded", "phone", call.visit_id)


def _guest(ask: RecordCaller, at: int) -> Guest:
    return Guest(
        visit_id=ask.call_id,
        name=tidy(ask.name),
        institution=tidy(ask.institution),
        regency=tidy(ask.regency),
        phone=tidy(ask.phone),
        email="",
        occupation="",
        meets="",
        letter_number="",
        letter_date="",
        entered_by="officer",
        remember=False,
        at=at,
        notice=NOTICE_VERSION,
        phone_index=ask.phone_index,
    )


def recorded(call: PhoneCall) -> int:
    """The case of a call; raises UserError while nobody has written down who calls (POS 2)."""
    if call.case_id is None:
        raise nothing_changed(_("Identitas dan pertanyaan penelepon belum dicatat."), _("Catat dulu."))
    return call.case_id


def tell(tx: Transaction, moment: Moment, call: PhoneCall, case_id: int) -> None:
    """The caller has the answer: the case keeps when and by whom."""
    told = DeliverAnswer(
        case_id=case_id,
        way=Way.PHONE,
        recipient=call.name,
        proof=_("Disampaikan dalam telepon"),
    )
    deliver(tx, moment, the_case(tx, case_id), told)
    phone.set_told(tx, call.visit_id, moment.at)


@performs(AnswerCall, needs=Permission.HANDLE_PHONE, answer=phone.get)
def answer_call(ask: AnswerCall, tx: Transaction, moment: Moment) -> Done:
    call = the_call(tx, ask.call_id)
    case_id = recorded(call)
    if call.told_at is not None or call.forwarded:
        raise nothing_changed(_("Telepon ini sudah dijawab atau diteruskan."))
    outcome = Outcome.EXCLUDED if ask.ground else Outcome.AVAILABLE
    set_outcome(SetOutcome(case_id=case_id, outcome=outcome, ground=ask.ground), tx, moment)
    give_answer(GiveAnswer(case_id=case_id, answer=ask.answer), tx, moment)
    tell(tx, moment, call, case_id)
    return Done("phone.answered", "phone", call.visit_id)


@performs(ForwardCall, needs=Permission.HANDLE_PHONE, answer=phone.get)
def forward_call(ask: ForwardCall, tx: Transaction, moment: Moment) -> Done:
    """Step 4 is done when the caller knows that the question goes on, put through or called back."""
    call = the_call(tx, ask.call_id)
    case_id = recorded(call)
    if call.told_at is not None or call.forwarded:
        raise nothing_changed(_("Telepon ini sudah dijawab atau diteruskan."))
    unknown = SetOutcome(case_id=case_id, outcome=Outcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    set_outcome(unknown, tx, moment)
    sent_on = Escalate(
        case_id=case_id,
        instruction=ask.instruction.strip() or call.question,
        visitor=VisitorMode.AT_DESK if ask.live else VisitorMode.LEFT,
    )
    escalate(sent_on, tx, moment)
    _send_on(tx, moment, call, ask)
    mark(tx, moment, call.visit_id, StepEvent.CALLBACK_PROMISED)
    how = Forwarding.LIVE if ask.live else Forwarding.CALLBACK
    return Done("phone.forwarded", "phone", call.visit_id, {"how": how})


def _send_on(tx: Transaction, moment: Moment, call: PhoneCall, ask: ForwardCall) -> None:
    if ask.live:
        phone.forward(tx, call.visit_id, Forwarding.LIVE)
        phone.set_state(tx, call.visit_id, CallState.TRANSFERRED)
        return
    phone.forward(tx, call.visit_id, Forwarding.CALLBACK)
    phone.promise(tx, call.visit_id, promised_moment(call, moment, ask.promised_at))


@performs(EndCall, needs=Permission.HANDLE_PHONE, answer=phone.get)
def end_call(ask: EndCall, tx: Transaction, moment: Moment) -> Done:
    call = _ending_call(tx, ask)
    if not ask.lost:
        mark(tx, moment, call.visit_id, StepEvent.CALL_CLOSED)
    if call.case_id is not None and call.case_state != CaseState.CLOSED:
        _close_case(tx, moment, call.case_id, ask)
    pauses.end(tx, call.visit_id, moment.at)
    phone.end_attempt(tx, call.visit_id, moment.at, AttemptResult.NO_ANSWER)
    phone.set_state(tx, call.visit_id, CallState.LOST if ask.lost else CallState.ENDED)
    visits.end(tx, call.visit_id, moment.at, Ending.LEFT if ask.lost else Ending.DONE, ask.remark.strip())
    settle(tx, moment, call.visit_id)
    return Done("phone.ended", "phone", call.visit_id, {"lost": ask.lost})


def _ending_call(tx: Transaction, ask: EndCall) -> PhoneCall:
    """A call that may end so: told and on the line, or lost; a promise is given up with a reason."""
    if not ask.lost:
        call = the_call(tx, ask.call_id)
        if call.told_at is None:
            raise nothing_changed(
                _("Jawaban belum disampaikan."),
                _("Jawab, teruskan, atau catat telepon ini sebagai putus."),
            )
        return call
    call = the_call(tx, ask.call_id, CallState.TALKING, CallState.TRANSFERRED, CallState.PROMISED)
    if call.state is not CallState.TALKING and not ask.remark.strip():
        raise nothing_changed(_("Sebutkan mengapa telepon balik dihentikan."))
    return call


def _close_case(tx: Transaction, moment: Moment, case_id: int, ask: EndCall) -> None:
    """What is known of a lost call stays in its case: nobody can be told anything any more."""
    remark = ask.remark.strip()
    if not ask.lost:
        close_case(CloseCase(case_id=case_id, remark=remark), tx, moment)
        return
    case = the_case(tx, case_id)
    if case.state is CaseState.ESCALATED:
        raise nothing_changed(
            _("Permohonan {number} masih di Back Office.").format(number=case.number),
            _("Janjikan telepon balik, atau tarik permohonannya dulu."),
        )
    cases.set_state(tx, case.id, CaseState.CLOSED, moment.at)
    note(tx, moment, case.id, EntryKind.CLOSED, remark or _("Telepon putus"))
