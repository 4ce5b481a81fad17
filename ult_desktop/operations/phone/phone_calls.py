"""The telephone call that comes in (POS Sumut telepon 1 to 3, 7): recorded, answered or sent on, closed."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, delivery, timeline_words
from ult_desktop.core.cases.case import CaseOutcome, CaseState, SubReason, VisitorMode
from ult_desktop.core.free_text import normalise_line, strip_invisible
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.person import shared_fields
from ult_desktop.core.phone import commands as phone_commands
from ult_desktop.core.phone.phone_call import CALLBACK_DAYS, AttemptResult, CallState, Forwarding, PhoneCall
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.visits import guest_book, visit
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import cases
from ult_desktop.db.procedures import pauses
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.accountability.deviations import explain_at_end, record_deviations, require_reason
from ult_desktop.operations.accountability.judging import lacks_of_call
from ult_desktop.operations.cases import case_acts, case_opening
from ult_desktop.operations.cases.cases import close_case, give_answer, set_outcome
from ult_desktop.operations.cases.deliveries import deliver
from ult_desktop.operations.cases.escalations import escalate
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import mark_event
from ult_desktop.operations.visits import end_visits
from ult_desktop.operations.visits.visits import begin_visit, guest_line


def promise(tx: Transaction, context: Context, call: PhoneCall, promised_at: int | None) -> None:
    """Write until when to call back: `promised_at` (UTC ms), or for None the end of the next working day.

    Raises UserError without a number to call, or for a moment that has passed.
    """
    if not call.phone:
        raise refuse(
            _("Nomor telepon penelepon belum dicatat."), _("Tanyakan nomornya, lalu janjikan telepon balik.")
        )
    if promised_at is None:
        due = WorkingCalendar(context.office.settings).due(context.at, CALLBACK_DAYS)
        phone_calls.promise(tx, call.visit_id, due.at, due.since)
    elif promised_at <= context.at:
        raise refuse(_("Waktu yang dijanjikan sudah lewat."), _("Sebutkan waktu yang akan datang."))
    else:
        phone_calls.promise(tx, call.visit_id, promised_at, None)


def require_call(tx: Transaction, call_id: int, *states: CallState) -> PhoneCall:
    """Return a call in one of these states (by default on the line). Raises UserError otherwise."""
    call = require_found(phone_calls.find(tx, call_id), _("Telepon itu tidak ada."))
    if call.state in (CallState.ENDED, CallState.LOST):
        raise refuse(_("Telepon itu sudah ditutup."))
    if call.state not in (states or (CallState.TALKING,)):
        raise refuse(
            _("Penelepon tidak sedang tersambung.")
            if call.state is not CallState.TALKING
            else _("Penelepon sedang bicara dengan {officer}.").format(officer=call.officer)
        )
    return call


def require_free_line(tx: Transaction, context: Context) -> int:
    """Return the actor's officer id. Raises UserError while they are still in another call."""
    officer_id = context.by.officer_id or 0
    current = phone_calls.call_on_line(tx, officer_id)
    if current is not None:
        who = current.name or current.case_number or _("sebelumnya")
        raise refuse(
            _("Anda masih dalam telepon {who}.").format(who=who),
            _("Tutup telepon itu dulu, atau catat sebagai putus."),
        )
    return officer_id


@handles(phone_commands.StartCall, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone start", "Telepon diangkat: jam mulai berjalan. Salam pembuka ditampilkan.")
def start_call(_command: phone_commands.StartCall, tx: Transaction, context: Context) -> NewEvent:
    officer_id = require_free_line(tx, context)
    visit_id = begin_visit(tx, context, visit.VisitChannel.PHONE)
    phone_calls.insert(tx, visit_id, officer_id)
    return NewEvent("phone.started", "phone", visit_id)


def _current_caller(
    tx: Transaction, command: phone_commands.RecordCaller
) -> phone_commands.RecordCaller | None:
    """Return the caller's recorded fields; None before the first record."""
    call = phone_calls.find(tx, command.call_id)
    line = visits.guest_of(tx, command.call_id)
    if call is None or line is None:
        return None
    return phone_commands.RecordCaller(
        **{**shared_fields(phone_commands.RecordCaller, call), "phone_index": line.phone_index, "seen": None},
        call_id=call.visit_id,
    )


@handles(
    phone_commands.RecordCaller, needs=Permission.HANDLE_PHONE, answer=phone_calls.get, record=_current_caller
)
@named("phone record --name --question", "Catat penelepon dan pertanyaannya untuk telepon CALL.")
def record_caller(command: phone_commands.RecordCaller, tx: Transaction, context: Context) -> NewEvent:
    call = require_call(tx, command.call_id)
    if not normalise_line(command.name) or not normalise_line(command.question):
        raise refuse(
            _("Nama dan pertanyaan penelepon belum diisi."), _("Tanyakan keduanya; yang lain boleh kosong.")
        )
    notice = guest_book.notice_version(context.office.settings.privacy)
    line = guest_line(command, visit_id=call.visit_id, entered_by="officer", at=context.at, notice=notice)
    visits.write_guest(tx, line)
    phone_calls.set_supporting(tx, call.visit_id, command.supporting.strip())
    if call.case_id is None:
        case_opening.begin_case(tx, context, call.visit_id, case_opening.CaseOpening(detail=command.question))
    elif strip_invisible(command.question).strip() != call.question:
        case_acts.note_on_timeline(
            tx,
            context,
            call.case_id,
            timeline_words.EntryKind.QUESTION,
            strip_invisible(command.question).strip(),
        )
    mark_event(tx, context, call.visit_id, StepEvent.CALLER_RECORDED)
    return NewEvent("phone.recorded", "phone", call.visit_id)


@handles(phone_commands.ResumeCall, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone resume", "Penelepon CALL yang terputus menelepon lagi; permohonannya dilanjutkan.")
def resume_call(command: phone_commands.ResumeCall, tx: Transaction, context: Context) -> NewEvent:
    """Open a lost call and its case again.

    Its clocks stood still meanwhile, and the deviations that its end wrote are taken back. The call that the
    officer has just taken, and in which nothing was written yet, is merged into it.
    """
    call = require_found(phone_calls.find(tx, command.call_id), _("Telepon itu tidak ada."))
    lost_at = call.ended_at
    if call.state is not CallState.LOST or lost_at is None:
        raise refuse(_("Telepon itu tidak putus."))
    if call.day != context.day:
        raise refuse(_("Telepon itu dari hari lain."), _("Catat sebagai telepon baru."))
    new_call = phone_calls.call_on_line(tx, context.by.officer_id or 0)
    if new_call is not None and new_call.case_id is None:
        phone_calls.set_state(tx, new_call.visit_id, CallState.ENDED)
        visits.end(tx, new_call.visit_id, context.at, visit.Ending.MERGED)
    phone_calls.set_talking(tx, call.visit_id, require_free_line(tx, context))
    end_visits.reopen(tx, context, [call.visit_id], lost_at, _("Penelepon menelepon lagi"))
    pauses.begin_by_program(
        tx, call.visit_id, Pause(from_at=lost_at, to_at=context.at, reason=_("Telepon terputus"))
    )
    if call.case_id is not None and call.case_state == CaseState.CLOSED:
        state = CaseState.ANSWERED if call.answer else CaseState.OPEN
        cases.set_state(tx, call.case_id, state)
        case_acts.note_on_timeline(tx, context, call.case_id, timeline_words.EntryKind.CALLED_AGAIN)
    return NewEvent("phone.resumed", "phone", call.visit_id)


def require_recorded(call: PhoneCall) -> int:
    """Return the id of a call's case. Raises UserError if the caller is not recorded yet (POS 2)."""
    if call.case_id is None:
        raise refuse(_("Identitas dan pertanyaan penelepon belum dicatat."), _("Catat dulu."))
    return call.case_id


def record_answer_told(tx: Transaction, context: Context, call: PhoneCall, case_id: int) -> None:
    """Write that the caller was told the answer: a delivery of the case, and the call's own time."""
    delivery_command = commands.DeliverAnswer(
        case_id=case_id,
        way=delivery.DeliveryChannel.PHONE,
        recipient=call.name,
        proof=_("Disampaikan dalam telepon"),
    )
    deliver(tx, context, case_acts.require_open_case(tx, case_id), delivery_command)
    phone_calls.set_informed(tx, call.visit_id, context.at)


@handles(phone_commands.AnswerCall, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone answer --answer", "Telepon CALL dijawab langsung.")
def answer_call(command: phone_commands.AnswerCall, tx: Transaction, context: Context) -> NewEvent:
    call = _require_undecided(tx, command.call_id)
    case_id = require_recorded(call)
    outcome = CaseOutcome.EXCLUDED if command.ground else CaseOutcome.AVAILABLE
    set_outcome(commands.SetOutcome(case_id=case_id, outcome=outcome, ground=command.ground), tx, context)
    give_answer(commands.GiveAnswer(case_id=case_id, answer=command.answer), tx, context)
    record_answer_told(tx, context, call, case_id)
    return NewEvent("phone.answered", "phone", call.visit_id)


@handles(phone_commands.WeighCall, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named(
    "phone weigh",
    "Pertanyaan telepon CALL sudah ditelaah dan jawabannya tidak ada di sini; penelepon diberi tahu.",
)
def weigh_call(command: phone_commands.WeighCall, tx: Transaction, context: Context) -> NewEvent:
    call = _require_undecided(tx, command.call_id)
    _set_unknown(tx, context, require_recorded(call))
    return NewEvent("phone.weighed", "phone", call.visit_id)


def _require_undecided(tx: Transaction, call_id: int) -> PhoneCall:
    """Return a call on the line that was neither answered nor forwarded. Raises UserError otherwise."""
    call = require_call(tx, call_id)
    require_recorded(call)
    if call.told_at is not None or call.forwarded:
        raise refuse(_("Telepon ini sudah dijawab atau diteruskan."))
    return call


def _set_unknown(tx: Transaction, context: Context, case_id: int) -> None:
    """Set the case's outcome to "not known here", unless it is "not available" already."""
    if case_acts.require_open_case(tx, case_id).outcome is not CaseOutcome.UNAVAILABLE:
        unknown = commands.SetOutcome(
            case_id=case_id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE
        )
        set_outcome(unknown, tx, context)


@handles(phone_commands.ForwardCall, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named(
    "phone forward", "Telepon CALL diteruskan ke Back Office: disambungkan, atau dijanjikan telepon balik."
)
def forward_call(command: phone_commands.ForwardCall, tx: Transaction, context: Context) -> NewEvent:
    """Forward a call to the back office, with the caller on the line or with the promise of a call back.

    Step 4 of the POS is done when a call back is promised, or when the back office takes the caller over.
    """
    call = _require_undecided(tx, command.call_id)
    case_id = require_recorded(call)
    _set_unknown(tx, context, case_id)
    escalation = commands.Escalate(
        case_id=case_id,
        instruction=command.instruction.strip() or call.question,
        visitor=VisitorMode.AT_DESK if command.live else VisitorMode.LEFT,
    )
    escalate(escalation, tx, context)
    how = Forwarding.LIVE if command.live else Forwarding.CALLBACK
    phone_calls.forward(tx, call.visit_id, how)
    if command.live:
        phone_calls.set_state(tx, call.visit_id, CallState.TRANSFERRED)
    else:
        promise(tx, context, call, command.promised_at)
        mark_event(tx, context, call.visit_id, StepEvent.CALLBACK_PROMISED)
    return NewEvent("phone.forwarded", "phone", call.visit_id, {"how": how})


@handles(phone_commands.EndCall, needs=Permission.HANDLE_PHONE, answer=phone_calls.get)
@named("phone close", "Tutup telepon CALL setelah salam penutup, atau catat sebagai putus.")
def end_call(command: phone_commands.EndCall, tx: Transaction, context: Context) -> NewEvent:
    call = _require_endable_call(tx, command)
    reason = require_reason(command.reason)
    # Found before the call ends: its end would change what it lacks.
    lacks = lacks_of_call(tx, call.visit_id, context.at) if reason else []
    if not command.lost:
        mark_event(tx, context, call.visit_id, StepEvent.CALL_CLOSED)
    if call.case_id is not None and call.case_state != CaseState.CLOSED:
        _close_case(tx, context, call.case_id, command)
    pauses.end(tx, call.visit_id, context.at)
    phone_calls.end_attempt(tx, call.visit_id, context.at, AttemptResult.NO_ANSWER)
    phone_calls.set_state(tx, call.visit_id, CallState.LOST if command.lost else CallState.ENDED)
    visits.end(
        tx,
        call.visit_id,
        context.at,
        visit.Ending.LEFT if command.lost else visit.Ending.DONE,
        command.remark.strip(),
    )
    explain_at_end(tx, context, [lack.deviation for lack in lacks], reason)
    record_deviations(tx, context, call.visit_id)
    return NewEvent("phone.ended", "phone", call.visit_id, {"lost": command.lost})


def _require_endable_call(tx: Transaction, command: phone_commands.EndCall) -> PhoneCall:
    """Return the call, if `command` may end it.

    A call on the line may be closed if its caller was told the answer. Any open call may be noted as lost; if
    it is not on the line, that needs a reason.
    """
    if not command.lost:
        call = require_call(tx, command.call_id)
        if call.told_at is None:
            raise refuse(
                _("Jawaban belum disampaikan."), _("Jawab, teruskan, atau catat telepon ini sebagai putus.")
            )
        return call
    call = require_call(tx, command.call_id, CallState.TALKING, CallState.TRANSFERRED, CallState.PROMISED)
    if call.state is not CallState.TALKING and not command.remark.strip():
        raise refuse(_("Sebutkan mengapa telepon balik dihentikan."))
    return call


def _close_case(tx: Transaction, context: Context, case_id: int, command: phone_commands.EndCall) -> None:
    """Close the call's case; that of a lost call also without an outcome or answer."""
    remark = command.remark.strip()
    if not command.lost:
        close_case(commands.CloseCase(case_id=case_id, remark=remark), tx, context)
        return
    case = case_acts.require_open_case(tx, case_id)
    if case.state is CaseState.ESCALATED:
        raise refuse(
            _("Permohonan {number} masih di Back Office.").format(number=case.number),
            _("Janjikan telepon balik, atau tarik permohonannya dulu."),
        )
    cases.set_state(tx, case.id, CaseState.CLOSED, context.at)
    case_acts.note_on_timeline(
        tx, context, case.id, timeline_words.EntryKind.CLOSED, remark or _("Telepon putus")
    )
