"""Requests from afar are worked on: taken, answered, closed (POS Kepri 2)."""

from ult_desktop.core.case import Case, CaseState, Outcome
from ult_desktop.core.case_asks import CloseCase, DeliverAnswer
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.delivery import Way
from ult_desktop.core.online import TAKEN, OnlineRequest, OnlineState
from ult_desktop.core.online_asks import AnswerRequest, CloseRequest, TakeRequest
from ult_desktop.core.online_cells import BadCell, clean_text
from ult_desktop.core.online_rows import LONGEST_ANSWER
from ult_desktop.core.roles import Permission
from ult_desktop.db import cases, online, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import note
from ult_desktop.operations.cases import close_case, make_ready, write_outcome
from ult_desktop.operations.deliveries import deliver
from ult_desktop.operations.endings import end_from_afar
from ult_desktop.operations.finding import nothing_changed


def the_request(tx: Transaction, request_id: int) -> OnlineRequest:
    """A request that is not closed. Raises UserError otherwise."""
    request = online.find(tx, request_id)
    if request is None:
        raise nothing_changed(_("Permintaan daring itu tidak ada."))
    if request.state is OnlineState.CLOSED:
        raise nothing_changed(_("Permintaan {number} sudah ditutup.").format(number=request.number))
    return request


@performs(TakeRequest, needs=Permission.HANDLE_ONLINE, answer=online.get)
def take_request(ask: TakeRequest, tx: Transaction, moment: Moment) -> Done:
    request = the_request(tx, ask.request_id)
    if request.owner_id is not None:
        raise nothing_changed(
            _("Permintaan {number} sudah ditangani {officer}.").format(
                number=request.number, officer=request.owner
            ),
            _("Pilih permintaan lain, atau minta dialihkan."),
        )
    _own(tx, moment, request)
    return Done("online.taken", "online", request.id)


def _own(tx: Transaction, moment: Moment, request: OnlineRequest) -> Case:
    """Whoever works on a request that was nobody's answers for it from now on."""
    if request.owner_id is None and moment.by.officer_id is not None:
        cases.set_owner(tx, request.case_id, moment.by.officer_id)
        note(tx, moment, request.case_id, TAKEN, moment.by.name)
    return cases.get(tx, request.case_id)


@performs(AnswerRequest, needs=Permission.HANDLE_ONLINE, answer=online.get)
def answer_request(ask: AnswerRequest, tx: Transaction, moment: Moment) -> Done:
    """Branch a when the front office settled it alone, b when another desk had a part in it."""
    request = the_request(tx, ask.request_id)
    answer = _answer_text(ask.answer)
    case = _own(tx, moment, request)
    make_ready(tx, moment, case, answer, EntryKind.ANSWER)
    _require_outcome(tx, moment, case)
    deliver(tx, moment, cases.get(tx, case.id), _delivery(request, ask))
    return Done("online.answered", "online", request.id, {"way": ask.way})


def _require_outcome(tx: Transaction, moment: Moment, case: Case) -> None:
    """What was answered without more words was available; anything else is set on the case before."""
    if case.outcome is None:
        write_outcome(tx, moment, case, Outcome.AVAILABLE)


def _answer_text(words: str) -> str:
    try:
        return clean_text(words, LONGEST_ANSWER)
    except BadCell as bad:
        expected = _("Yang diharapkan: {form}.").format(form=bad.expected)
        raise nothing_changed(_("Jawaban {said}.").format(said=bad.said), expected) from bad


def _delivery(request: OnlineRequest, ask: AnswerRequest) -> DeliverAnswer:
    reached = {Way.EMAIL: request.email, Way.WHATSAPP: request.phone, Way.PHONE: request.phone}
    return DeliverAnswer(
        case_id=request.case_id,
        way=ask.way,
        recipient=reached.get(ask.way) or request.name,
        proof=ask.proof.strip() or request.external_id or request.number,
    )


@performs(CloseRequest, needs=Permission.HANDLE_ONLINE, answer=online.get)
def close_request(ask: CloseRequest, tx: Transaction, moment: Moment) -> Done:
    request = the_request(tx, ask.request_id)
    answered = request.state is OnlineState.ANSWERED
    if answered:
        _require_outcome(tx, moment, _own(tx, moment, request))
        close_case(CloseCase(case_id=request.case_id, remark=ask.remark), tx, moment)
    else:
        _close_unanswered(tx, moment, request, ask.remark.strip())
        end_from_afar(tx, moment, visits.get(tx, request.visit_id), ask.remark.strip())
    return Done("online.closed", "online", request.id, {"answered": answered})


def _close_unanswered(tx: Transaction, moment: Moment, request: OnlineRequest, reason: str) -> None:
    """Nobody can be answered, or it was no request at all: that is said, and stays on the timeline."""
    if request.with_other_desk:
        raise nothing_changed(
            _("Permintaan {number} masih di unit lain.").format(number=request.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )
    if not reason:
        raise nothing_changed(
            _("Permintaan {number} belum dijawab.").format(number=request.number),
            _("Jawab dulu, atau tulis mengapa ditutup tanpa jawaban."),
        )
    case = _own(tx, moment, request)
    cases.set_state(tx, case.id, CaseState.CLOSED, moment.at)
    note(tx, moment, case.id, EntryKind.CLOSED, reason, owner_id=case.owner_id)
