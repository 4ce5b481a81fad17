"""The commands by which officers work on online requests: take, answer, close (POS Kepri 2)."""

from ult_desktop.base import _
from ult_desktop.core import cells, fields
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import commands, delivery, timeline_words
from ult_desktop.core.cases.case import Case, CaseOutcome, CaseState
from ult_desktop.core.online import commands as online_commands, online_request
from ult_desktop.db import online_requests
from ult_desktop.db.cases import cases
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.accountability.deviations import explain_own_lateness
from ult_desktop.operations.cases import case_acts, cases as case_cases, deliveries
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.visits.end_visits import end_online_visit


def require_open_request(tx: Transaction, request_id: int) -> online_request.OnlineRequest:
    """Return a request that is not closed. Raises UserError when it does not exist or is closed."""
    request = require_found(online_requests.find(tx, request_id), _("Permintaan daring itu tidak ada."))
    if request.state is online_request.OnlineState.CLOSED:
        raise refuse(_("Permintaan {number} sudah ditutup.").format(number=request.number))
    return request


@handles(online_commands.TakeRequest, needs=Permission.HANDLE_ONLINE, answer=online_requests.get)
@named("online take", "Tangani permintaan NUMBER.")
def take_request(command: online_commands.TakeRequest, tx: Transaction, context: Context) -> NewEvent:
    request = require_open_request(tx, command.request_id)
    if request.owner_id is not None:
        raise refuse(
            _("Permintaan {number} sudah ditangani {officer}.").format(
                number=request.number, officer=request.owner
            ),
            _("Pilih permintaan lain, atau minta dialihkan."),
        )
    _take_ownership(tx, context, request)
    return NewEvent("online.taken", "online", request.id)


def _take_ownership(tx: Transaction, context: Context, request: online_request.OnlineRequest) -> Case:
    """Make the actor the owner of a request that has none; return the request's case."""
    if request.owner_id is None and context.by.officer_id is not None:
        cases.set_owner(tx, request.case_id, context.by.officer_id)
        case_acts.note_on_timeline(
            tx, context, request.case_id, timeline_words.EntryKind.TAKEN, context.by.name
        )
    return cases.get(tx, request.case_id)


@handles(
    online_commands.AnswerRequest,
    needs=Permission.HANDLE_ONLINE,
    answer=online_requests.get,
    record=lambda tx, command: online_requests.find(tx, command.request_id),
)
@named("online reply --answer", "Jawaban atas NUMBER sudah dikirim.")
def answer_request(command: online_commands.AnswerRequest, tx: Transaction, context: Context) -> NewEvent:
    """Answer a request.

    The procedure takes its branch a if the front office settled the request alone, and b if another desk had
    a part in it.
    """
    request = require_open_request(tx, command.request_id)
    try:
        answer = cells.clean_text(command.answer, fields.TEXT)
    except cells.BadCell as bad:
        raise bad.refusal(_("Jawaban")) from bad
    case = _take_ownership(tx, context, request)
    case_cases.record_answer(tx, context, case, answer, timeline_words.EntryKind.ANSWER)
    _ensure_outcome(tx, context, case)
    deliveries.deliver(tx, context, cases.get(tx, case.id), _delivery(request, command))
    explain_own_lateness(tx, context, request.visit_id, command.reason)
    return NewEvent("online.answered", "online", request.id, {"way": command.way})


def _ensure_outcome(tx: Transaction, context: Context, case: Case) -> None:
    """Give a case without an outcome the outcome "available": officers set any other before they answer."""
    if case.outcome is None:
        case_cases.write_outcome(tx, context, case, CaseOutcome.AVAILABLE)


def _delivery(
    request: online_request.OnlineRequest, command: online_commands.AnswerRequest
) -> commands.DeliverAnswer:
    contact_of = {
        delivery.DeliveryChannel.EMAIL: request.email,
        delivery.DeliveryChannel.WHATSAPP: request.phone,
        delivery.DeliveryChannel.PHONE: request.phone,
    }
    return commands.DeliverAnswer(
        case_id=request.case_id,
        way=command.way,
        recipient=contact_of.get(command.way) or request.name,
        proof=command.proof.strip() or request.external_id or request.number,
    )


@handles(online_commands.CloseRequest, needs=Permission.HANDLE_ONLINE, answer=online_requests.get)
@named("online close", "Tutup permintaan NUMBER.")
def close_request(command: online_commands.CloseRequest, tx: Transaction, context: Context) -> NewEvent:
    request = require_open_request(tx, command.request_id)
    is_answered = request.state is online_request.OnlineState.ANSWERED
    if is_answered:
        _ensure_outcome(tx, context, _take_ownership(tx, context, request))
        case_cases.close_case(commands.CloseCase(case_id=request.case_id, remark=command.remark), tx, context)
    else:
        _close_unanswered(tx, context, request, command.remark.strip())
        explain_own_lateness(tx, context, request.visit_id, command.remark)
        end_online_visit(tx, context, visits.get(tx, request.visit_id), command.remark.strip())
    return NewEvent("online.closed", "online", request.id, {"answered": is_answered})


def _close_unanswered(
    tx: Transaction, context: Context, request: online_request.OnlineRequest, reason: str
) -> None:
    """Close a request without an answer, with the reason on its timeline.

    Raises UserError without a reason, or while another desk has the case.
    """
    if request.with_other_desk:
        raise refuse(
            _("Permintaan {number} masih di unit lain.").format(number=request.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )
    if not reason:
        raise refuse(
            _("Permintaan {number} belum dijawab.").format(number=request.number),
            _("Jawab dulu, atau tulis mengapa ditutup tanpa jawaban."),
        )
    case = _take_ownership(tx, context, request)
    cases.set_state(tx, case.id, CaseState.CLOSED, context.at)
    case_acts.note_on_timeline(
        tx, context, case.id, timeline_words.EntryKind.CLOSED, reason, owner_id=case.owner_id
    )
