"""POS Sumut telepon, every step and branch by who the POS names, each at a station of his own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.bureau import Bureau
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import CaseOutcome, CaseState
from ult_desktop.core.cases.commands import AnswerEscalation, ReceiveEscalation, ReferEscalation
from ult_desktop.core.phone.commands import (
    AnswerCall,
    DialBack,
    EndAttempt,
    EndCall,
    ForwardCall,
    PromiseCallback,
    RecordCaller,
    StartCall,
    TakeTransfer,
    TellAnswer,
    WeighCall,
)
from ult_desktop.core.phone.phone_call import AttemptResult, CallState, PhoneCall
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases, escalations

FRONT, BACK, UNIT = Role.PHONE, Role.BACK_OFFICE, Role.RELATED_UNIT
CALLER: dict[str, Any] = {
    "name": "Rahmat Siregar",
    "institution": "SMP Negeri 3 Binjai",
    "regency": "Kota Binjai",
    "phone": "0811-390-6669",
    "supporting": "NUPTK 1234",
    "question": "Kapan tunjangan profesi triwulan IV dibayarkan?",
}


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Monday, 08.00 WIB."""
    bureau = Bureau(tmp_path, "bpmp-sumut")
    yield bureau
    bureau.close()


def picked_up(bureau: Bureau) -> PhoneCall:
    """Steps 1 and 2: half a minute of greeting, two minutes of questions."""
    call = bureau.do(FRONT, StartCall())
    bureau.later(0.5)
    bureau.do(FRONT, TickStep(visit_id=call.visit_id, step=1))
    bureau.later(2)
    recorded: PhoneCall = bureau.do(FRONT, RecordCaller(call_id=call.visit_id, **CALLER))
    return recorded


def hop_of(bureau: Bureau, call: PhoneCall) -> Any:  # noqa: ANN401  (the one hop under way)
    found = bureau.read(lambda tx: escalations.open_of(tx, call.case_id or 0))
    return found[-1]


def spent(bureau: Bureau, call: PhoneCall) -> list[float]:
    """Minutes of each step."""
    return [step.spent_ms / 60_000 for step in bureau.progress(call.visit_id).steps]


def closed(bureau: Bureau, call: PhoneCall, role: Role = FRONT) -> PhoneCall:
    """Step 7."""
    bureau.later(0.5)
    ended: PhoneCall = bureau.do(role, EndCall(call_id=call.visit_id))
    assert ended.state is CallState.ENDED
    assert ended.case_state == CaseState.CLOSED
    return ended


def written_deviations(bureau: Bureau, call: PhoneCall) -> list[tuple[int | None, str]]:
    found = bureau.read(lambda tx: deviations.of_visit(tx, call.visit_id))
    return [(each.step, each.kind) for each in found]


def test_a_answered_at_once(bureau: Bureau) -> None:
    call = picked_up(bureau)
    assert bureau.progress(call.visit_id).running[0] == 3
    bureau.later(4)
    told = bureau.do(FRONT, AnswerCall(call_id=call.visit_id, answer="Mulai 15 Desember 2026."))
    assert told.told_at == bureau.clock.now
    closed(bureau, call)
    assert bureau.steps(call.visit_id, StepState.IN_TIME) == [1, 2, 3, 7]
    assert bureau.steps(call.visit_id, StepState.SKIPPED) == [4, 5, 6]
    assert spent(bureau, call) == [0.5, 2, 4, 0, 0, 0, 0.5]
    assert bureau.step(call.visit_id, 3).branch == CaseOutcome.AVAILABLE
    assert {bureau.step(call.visit_id, n).officer_id for n in (1, 2, 3, 7)} == {bureau.officer_id(FRONT)}
    assert written_deviations(bureau, call) == []


def promised(bureau: Bureau) -> PhoneCall:
    """Steps 3 and 4: three minutes of weighing, one in which the caller is told."""
    call = picked_up(bureau)
    bureau.later(3)
    bureau.do(FRONT, WeighCall(call_id=call.visit_id))
    bureau.later(1)
    sent = bureau.do(FRONT, ForwardCall(call_id=call.visit_id, instruction="Mohon jadwal pembayaran"))
    assert sent.state is CallState.PROMISED
    return call


def test_b_promised_and_called_back(bureau: Bureau) -> None:
    call = promised(bureau)
    assert bureau.steps(call.visit_id, StepState.IN_TIME) == [1, 2, 3, 4]
    hop = hop_of(bureau, call)
    bureau.later(2)
    bureau.do(BACK, ReceiveEscalation(escalation_id=hop.id))
    bureau.do(BACK, ReferEscalation(escalation_id=hop.id, instruction="Jadwal triwulan IV?"))
    bureau.later(3)
    bureau.do(UNIT, AnswerEscalation(escalation_id=hop_of(bureau, call).id, answer="15 Desember"))
    bureau.later(2)
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Mulai 15 Desember 2026."))
    assert bureau.step(call.visit_id, 5).state is StepState.IN_TIME
    bureau.later(60)  # nobody on the line: the clock stands
    assert not bureau.step(call.visit_id, 6).overdue
    bureau.do(FRONT, DialBack(call_id=call.visit_id))
    bureau.later(1)
    bureau.do(FRONT, EndAttempt(call_id=call.visit_id, result=AttemptResult.NO_ANSWER))
    bureau.later(30)
    bureau.do(FRONT, DialBack(call_id=call.visit_id))
    bureau.later(3)
    bureau.do(FRONT, TellAnswer(call_id=call.visit_id))
    closed(bureau, call)
    assert bureau.steps(call.visit_id, StepState.IN_TIME) == [1, 2, 3, 4, 5, 6, 7]
    assert spent(bureau, call) == [0.5, 2, 3, 1, 7, 3, 0.5]  # who does not answer costs nobody time
    assert bureau.step(call.visit_id, 5).officer_id == bureau.officer_id(BACK)
    tried = bureau.read(lambda tx: phone_calls.attempts_of(tx, call.visit_id))
    assert [each.result for each in tried] == ["tidak_diangkat", "tersambung"]
    assert written_deviations(bureau, call) == []


def test_b_put_through_and_told_by_the_back_office(bureau: Bureau) -> None:
    call = picked_up(bureau)
    bureau.later(3)
    live = bureau.do(FRONT, ForwardCall(call_id=call.visit_id, live=True))
    assert live.state is CallState.TRANSFERRED
    assert bureau.do(FRONT, StartCall()).state is CallState.TALKING  # the front office is free again
    bureau.later(1)
    taken = bureau.do(BACK, TakeTransfer(call_id=call.visit_id))
    assert taken.officer == "Bambang Sutrisno"
    bureau.later(4)
    bureau.do(BACK, TellAnswer(call_id=call.visit_id, answer="Mulai 15 Desember 2026."))
    closed(bureau, call, BACK)
    assert bureau.steps(call.visit_id, StepState.IN_TIME) == [1, 2, 3, 4, 5, 6, 7]
    assert {bureau.step(call.visit_id, n).officer_id for n in (5, 6, 7)} == {bureau.officer_id(BACK)}
    assert bureau.read(lambda tx: cases.get(tx, call.case_id or 0)).answer == "Mulai 15 Desember 2026."


def test_b_put_through_and_called_back_after_all(bureau: Bureau) -> None:
    call = picked_up(bureau)
    bureau.do(FRONT, ForwardCall(call_id=call.visit_id, live=True))
    bureau.do(BACK, TakeTransfer(call_id=call.visit_id))
    bureau.later(2)
    promised = bureau.do(BACK, PromiseCallback(call_id=call.visit_id))
    assert (promised.state, promised.forwarded) == (CallState.PROMISED, "live")
    hop = hop_of(bureau, call)
    bureau.later(15)
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Mulai 15 Desember 2026."))
    bureau.do(FRONT, DialBack(call_id=call.visit_id))
    bureau.later(2)
    bureau.do(FRONT, TellAnswer(call_id=call.visit_id))
    closed(bureau, call)
    assert bureau.steps(call.visit_id, StepState.LATE) == [5]
    assert bureau.step(call.visit_id, 6).officer_id == bureau.officer_id(FRONT)
    assert written_deviations(bureau, call) == [(5, "time")]


def test_a_call_back_that_was_promised_for_yesterday_is_overdue(bureau: Bureau) -> None:
    call = picked_up(bureau)
    bureau.do(FRONT, ForwardCall(call_id=call.visit_id))
    (waiting,) = bureau.read(phone_calls.waiting)
    bureau.set_time("2026-11-24 16:00")
    assert not waiting.is_overdue(bureau.clock.now)
    bureau.set_time("2026-11-25 07:30")
    assert waiting.is_overdue(bureau.clock.now)


def test_a_caller_who_hangs_up_leaves_what_is_known(bureau: Bureau) -> None:
    call = bureau.do(FRONT, StartCall())
    bureau.do(FRONT, TickStep(visit_id=call.visit_id, step=1))
    lost = bureau.do(FRONT, EndCall(call_id=call.visit_id, lost=True))
    assert (lost.state, lost.case_id) == (CallState.LOST, None)
    known = picked_up(bureau)
    lost = bureau.do(FRONT, EndCall(call_id=known.visit_id, lost=True, remark="Putus saat ditelaah"))
    assert (lost.name, lost.case_state) == ("Rahmat Siregar", CaseState.CLOSED)
    assert written_deviations(bureau, known) == []
