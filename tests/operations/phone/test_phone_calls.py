"""A call comes in: taken, written down, answered or sent on, closed."""

from typing import Any

import pytest

from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.case import CaseOutcome, CaseState
from ult_desktop.core.cases.commands import CloseCase, WithdrawEscalation
from ult_desktop.core.command import Command
from ult_desktop.core.phone.commands import (
    AnswerCall,
    EndCall,
    ForwardCall,
    RecordCaller,
    ResumeCall,
    StartCall,
)
from ult_desktop.core.phone.phone_call import CallState, PhoneCall
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.visits.visit import Ending, VisitChannel
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import answer_bank, cases, escalations
from ult_desktop.db.procedures import marks
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.boards import board_of_phone

QUESTION = "Kapan tunjangan profesi dibayarkan?"


def told(scene: Scene, command: Command, counter: int = 1) -> PhoneCall:
    call: Any = scene.do(command, counter)
    assert isinstance(call, PhoneCall)
    return call


@pytest.fixture
def call(scene: Scene) -> PhoneCall:
    return told(scene, StartCall())


def record(call: PhoneCall, **more: str) -> RecordCaller:
    fields: dict[str, Any] = {"name": " Rahmat ", "phone": "0811-390-6669", "question": QUESTION, **more}
    return RecordCaller(call_id=call.visit_id, **fields)


def events_of(scene: Scene, call: PhoneCall) -> list[StepEvent | None]:
    found = scene.office.read(lambda tx: marks.of_visit(tx, visits.get(tx, call.visit_id)))
    return [mark.event for mark in found]


def test_a_call_begins_a_visit_by_telephone(scene: Scene, call: PhoneCall) -> None:
    visit = scene.office.read(lambda tx: visits.get(tx, call.visit_id))
    assert (visit.channel, visit.began_at) == (VisitChannel.PHONE, scene.clock.now)
    assert (call.state, call.officer, call.is_recorded) == (CallState.TALKING, call.taken_by, False)
    assert scene.events()[-1].data == f'{{"visits":[{call.visit_id}]}}'


def test_nobody_talks_to_two_callers(scene: Scene, call: PhoneCall) -> None:
    scene.refused(StartCall(), words="Anda masih dalam telepon sebelumnya")
    told(scene, record(call))
    scene.refused(StartCall(), words="Anda masih dalam telepon Rahmat")
    scene.sit(2)
    assert told(scene, StartCall(), counter=2).visit_id != call.visit_id


def test_a_station_by_itself_takes_no_calls(scene: Scene) -> None:
    station = Actor(station="kiosk-1", roles=frozenset({Role.STATION}))
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.office.perform(StartCall(), station)


def test_the_six_fields_of_the_caller(scene: Scene, call: PhoneCall) -> None:
    fields = {"institution": "SMPN 3", "regency": "Kota Tarakan", "supporting": " NUPTK 1 "}
    known = told(scene, record(call, **fields))
    assert (known.name, known.institution, known.regency) == ("Rahmat", "SMPN 3", "Kota Tarakan")
    assert (known.phone, known.supporting, known.question) == ("0811••••669", "NUPTK 1", QUESTION)
    assert known.case_number == "0001/ULT/2026"
    assert events_of(scene, call) == [StepEvent.CASE_OPENED, StepEvent.CALLER_RECORDED]


@pytest.mark.parametrize("missing", ["name", "question"])
def test_name_and_question_are_needed(scene: Scene, call: PhoneCall, missing: str) -> None:
    scene.refused(record(call, **{missing: "  "}), words="belum diisi")


def test_what_nobody_sees_is_not_kept(scene: Scene, call: PhoneCall) -> None:
    kept = told(scene, record(call, name="De\x1b@di\0", question="Kapan\u202e cair?\a"))
    assert (kept.name, kept.question) == ("De@di", "Kapan cair?")


def test_recorded_again_it_is_corrected(scene: Scene, call: PhoneCall) -> None:
    told(scene, record(call))
    again = told(scene, record(call, name="Rahmat Siregar"))
    assert (again.name, again.question) == ("Rahmat Siregar", QUESTION)
    told(scene, record(call, question="Juga soal Dapodik"))
    lines = scene.office.read(lambda tx: cases.timeline(tx, again.case_id or 0))
    assert [(line.kind, line.text) for line in lines] == [
        ("opened", QUESTION),
        ("question", "Juga soal Dapodik"),
    ]


def test_answered_at_once_and_closed(scene: Scene, call: PhoneCall) -> None:
    scene.refused(AnswerCall(call_id=call.visit_id, answer="Besok"), words="belum dicatat")
    told(scene, record(call))
    scene.refused(EndCall(call_id=call.visit_id), words="belum disampaikan")
    scene.later(2)
    answered = told(scene, AnswerCall(call_id=call.visit_id, answer="15 Desember"))
    assert (answered.told_at, answered.case_state) == (scene.clock.now, CaseState.DELIVERED)
    scene.refused(AnswerCall(call_id=call.visit_id, answer="16 Desember"), words="sudah dijawab")
    scene.refused(ForwardCall(call_id=call.visit_id), words="sudah dijawab")
    ended = told(scene, EndCall(call_id=call.visit_id))
    visit = scene.office.read(lambda tx: visits.get(tx, call.visit_id))
    assert (ended.state, visit.ending, visit.ended_at) == (CallState.ENDED, Ending.DONE, scene.clock.now)
    scene.refused(EndCall(call_id=call.visit_id), words="sudah ditutup")
    assert events_of(scene, call)[-2:] == [StepEvent.CALL_CLOSED, StepEvent.CASE_CLOSED]


def test_what_is_excluded_is_told_with_its_ground(scene: Scene, call: PhoneCall) -> None:
    told(scene, record(call))
    key = scene.office.read(answer_bank.legal_bases)[0].key
    told(scene, AnswerCall(call_id=call.visit_id, answer="Tidak dapat dibuka", ground=key))
    case = scene.office.read(lambda tx: cases.of_visit(tx, call.visit_id))
    assert case is not None
    assert case.outcome is CaseOutcome.EXCLUDED
    assert case.ground


def test_sent_on_with_the_question_as_the_message(scene: Scene, call: PhoneCall) -> None:
    told(scene, record(call))
    sent = told(scene, ForwardCall(call_id=call.visit_id))
    assert (sent.state, sent.forwarded, sent.case_state) == (
        CallState.PROMISED,
        "callback",
        CaseState.ESCALATED,
    )
    (hop,) = scene.office.read(lambda tx: escalations.open_of(tx, sent.case_id or 0))
    assert hop.instruction == QUESTION
    scene.refused(record(call), words="tidak sedang tersambung")
    assert "Rahmat" not in scene.events()[-1].data


def test_a_promise_needs_a_number_and_a_moment_to_come(scene: Scene, call: PhoneCall) -> None:
    told(scene, record(call, phone=""))
    scene.refused(ForwardCall(call_id=call.visit_id), words="Nomor telepon")
    told(scene, record(call))
    late = ForwardCall(call_id=call.visit_id, promised_at=scene.clock.now)
    scene.refused(late, words="sudah lewat")
    agreed = scene.clock.now + 60_000
    sent = told(scene, ForwardCall(call_id=call.visit_id, promised_at=agreed))
    assert sent.promised_at == agreed


def test_a_caller_put_through_needs_no_number(scene: Scene, call: PhoneCall) -> None:
    told(scene, record(call, phone=""))
    sent = told(scene, ForwardCall(call_id=call.visit_id, live=True, instruction="Tolong dijawab"))
    assert (sent.state, sent.promised_at) == (CallState.TRANSFERRED, None)


def test_a_lost_call_keeps_what_is_known(scene: Scene, call: PhoneCall) -> None:
    lost = told(scene, EndCall(call_id=call.visit_id, lost=True))
    assert (lost.state, lost.case_id) == (CallState.LOST, None)
    second = told(scene, StartCall())
    told(scene, record(second))
    lost = told(scene, EndCall(call_id=second.visit_id, lost=True))
    assert lost.case_state == CaseState.CLOSED
    last = scene.office.read(lambda tx: cases.timeline(tx, lost.case_id or 0))[-1]
    assert last.text == "Telepon putus"
    visit = scene.office.read(lambda tx: visits.get(tx, second.visit_id))
    assert visit.ending == Ending.LEFT


def test_who_was_cut_off_and_calls_again_goes_on_with_their_case(scene: Scene, call: PhoneCall) -> None:
    """They had a second case, and the first was closed as broken off."""
    told(scene, record(call))
    lost = told(scene, EndCall(call_id=call.visit_id, lost=True))
    scene.later(120)
    rung = told(scene, StartCall())
    again = told(scene, ResumeCall(call_id=call.visit_id))
    assert (again.state, again.case_id, again.case_state) == (CallState.TALKING, lost.case_id, CaseState.OPEN)
    today = scene.office.read(lambda tx: phone_calls.of_day(tx, "2026-11-23"))
    assert [each.visit_id for each in today] == [call.visit_id]  # the new call is this one
    merged = scene.office.read(lambda tx: visits.get(tx, rung.visit_id))
    assert merged.ending == Ending.MERGED
    steps = scene.office.read(lambda tx: visit_steps(tx, call.visit_id, scene.clock.now))
    assert steps is not None
    weighing = next(each for each in steps.progress.steps if each.step == 3)
    assert weighing.spent_ms < 120 * 60_000  # nobody was on the line
    told(scene, AnswerCall(call_id=call.visit_id, answer="15 Desember"))
    assert told(scene, EndCall(call_id=call.visit_id)).state is CallState.ENDED


def test_only_a_lost_call_of_today_goes_on(scene: Scene, call: PhoneCall) -> None:
    scene.refused(ResumeCall(call_id=call.visit_id), words="tidak putus")
    told(scene, EndCall(call_id=call.visit_id, lost=True))
    told(scene, record(told(scene, StartCall())))
    scene.refused(ResumeCall(call_id=call.visit_id), words="Anda masih dalam telepon Rahmat")
    scene.set_time("2026-11-24 09:00")
    scene.refused(ResumeCall(call_id=call.visit_id), words="dari hari lain")


def test_a_promise_is_given_up_only_with_a_reason_and_out_of_other_hands(
    scene: Scene, call: PhoneCall
) -> None:
    told(scene, record(call))
    sent = told(scene, ForwardCall(call_id=call.visit_id))
    give_up = EndCall(call_id=call.visit_id, lost=True, remark="Nomor tidak aktif")
    scene.refused(EndCall(call_id=call.visit_id, lost=True), words="Sebutkan mengapa")
    scene.refused(give_up, words="masih di Back Office")
    (hop,) = scene.office.read(lambda tx: escalations.open_of(tx, sent.case_id or 0))
    scene.do(WithdrawEscalation(escalation_id=hop.id, reason="Nomor mati"))
    assert told(scene, give_up).state is CallState.LOST


def test_a_case_that_somebody_closed_meanwhile_is_no_obstacle(scene: Scene, call: PhoneCall) -> None:
    known = told(scene, record(call))
    told(scene, AnswerCall(call_id=call.visit_id, answer="15 Desember"))
    scene.do(CloseCase(case_id=known.case_id or 0))
    assert told(scene, EndCall(call_id=call.visit_id)).state is CallState.ENDED


def test_an_unknown_call(scene: Scene) -> None:
    scene.refused(EndCall(call_id=99), words="tidak ada")


def test_today_newest_first(scene: Scene, call: PhoneCall) -> None:
    told(scene, EndCall(call_id=call.visit_id, lost=True))
    scene.later(5)
    second = told(scene, StartCall())
    found = scene.office.read(lambda tx: phone_calls.of_day(tx, "2026-11-23"))
    assert [each.visit_id for each in found] == [second.visit_id, call.visit_id]


def test_a_reason_at_the_end_of_a_call_explains_what_it_left_out(scene: Scene) -> None:
    call = told(scene, StartCall())
    told(scene, record(call))
    scene.later(9)
    told(scene, AnswerCall(call_id=call.visit_id, answer="Besok"))
    siti = scene.officer(1)
    board = scene.office.read(lambda tx: board_of_phone(tx, scene.clock.now, siti.officer_id or 0, siti.name))
    assert [(each.steps, each.mended_by) for each in board.lacks] == [((3,), ""), ((1,), "tick")]
    scene.refused(EndCall(call_id=call.visit_id, reason="-"), words="perlu diisi dengan kata-kata")
    told(scene, EndCall(call_id=call.visit_id, reason="Antrean sedang ramai"))
    found = scene.office.read(lambda tx: deviations.of_visit(tx, call.visit_id))
    assert sorted((each.steps, each.cause) for each in found) == [
        ((1,), "Antrean sedang ramai"),
        ((3,), "Antrean sedang ramai"),
    ]
    assert scene.office.read(lambda tx: deviations.ids_to_explain(tx, siti.officer_id or 0)) == frozenset()
