"""Calling back: promised, tried, told; or taken over on the line."""

from typing import Any

import pytest

from tests.office import PASSWORD
from tests.operations.scene import MINUTE, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.accountability.commands import CollectDeviations
from ult_desktop.core.accountability.deviation_words import headline, time_words
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.commands import AnswerEscalation, WithdrawEscalation
from ult_desktop.core.command import Command
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.phone.commands import (
    DialBack,
    EndAttempt,
    EndCall,
    ForwardCall,
    PromiseCallback,
    RecordCaller,
    StartCall,
    TakeTransfer,
    TellAnswer,
)
from ult_desktop.core.phone.phone_call import AttemptResult, CallState, PhoneCall
from ult_desktop.core.procedures.clock import OwedBy
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import escalations
from ult_desktop.db.procedures import pauses
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations


def told(scene: Scene, command: Command, by: Actor | None = None) -> PhoneCall:
    call: Any = scene.do(command) if by is None else scene.office.perform(command, by)
    assert isinstance(call, PhoneCall)
    return call


@pytest.fixture
def back(scene: Scene) -> Actor:
    """Somebody of the back office at a station of his own."""
    admin = scene.office.sign_in("admin", PASSWORD)
    add = commands.AddOfficer(login="bo", name="Bambang", roles=("back_office",), password_hash="")
    scene.office.perform(add, admin)
    known = scene.office.read(lambda tx: tx.value("SELECT id FROM officer WHERE login = 'bo'"))
    return Actor(station="bo", officer_id=int(known), name="Bambang", roles=frozenset({Role.BACK_OFFICE}))


def picked_up(scene: Scene, **forward: Any) -> PhoneCall:  # noqa: ANN401  (what ForwardCall takes)
    call = told(scene, StartCall())
    told(scene, RecordCaller(call_id=call.visit_id, name="Rahmat", phone="081155501234", question="Kapan?"))
    return told(scene, ForwardCall(call_id=call.visit_id, **forward))


@pytest.fixture
def promised(scene: Scene) -> PhoneCall:
    return picked_up(scene)


@pytest.fixture
def live(scene: Scene) -> PhoneCall:
    return picked_up(scene, live=True)


def answer(scene: Scene, call: PhoneCall, back: Actor) -> None:
    (hop,) = scene.office.read(lambda tx: escalations.open_of(tx, call.case_id or 0))
    scene.office.perform(AnswerEscalation(escalation_id=hop.id, answer="15 Desember"), back)


def late_calls(scene: Scene) -> tuple[int, ...]:
    return scene.office.read(lambda tx: visits_with_new_deviations(tx, scene.clock.now))


def test_the_usual_promise_is_the_end_of_the_next_working_day(scene: Scene) -> None:
    scene.set_time("2026-11-27 10:00")
    call = picked_up(scene)
    assert call.promised_at is not None
    assert to_datetime(call.promised_at - 1, scene.zone).date().isoformat() == "2026-11-28"


def test_dialled_told_closed(scene: Scene, promised: PhoneCall, back: Actor) -> None:
    answer(scene, promised, back)
    dialled = told(scene, DialBack(call_id=promised.visit_id))
    assert (dialled.state, dialled.attempts, dialled.attempt_at) == (CallState.TALKING, 1, scene.clock.now)
    scene.later(2)
    reached = told(scene, TellAnswer(call_id=promised.visit_id))
    assert (reached.told_at, reached.attempt_at, reached.last_result) == (scene.clock.now, None, "tersambung")
    scene.refused(TellAnswer(call_id=promised.visit_id), words="Tidak ada jawaban")
    scene.refused(PromiseCallback(call_id=promised.visit_id), words="tidak dapat dijanjikan")
    scene.refused(
        EndAttempt(call_id=promised.visit_id, result=AttemptResult.NO_ANSWER), words="Tidak ada telepon balik"
    )
    assert told(scene, EndCall(call_id=promised.visit_id)).state is CallState.ENDED


def test_the_clock_stands_while_nobody_is_on_the_line(scene: Scene, promised: PhoneCall, back: Actor) -> None:
    visit_id = promised.visit_id
    told(scene, PromiseCallback(call_id=visit_id))  # coordination goes on: nothing to stop
    assert scene.office.read(lambda tx: pauses.running(tx, visit_id, scene.clock.now)) is None
    answer(scene, promised, back)
    began = scene.clock.now
    told(scene, PromiseCallback(call_id=visit_id))
    scene.later(10)
    told(scene, DialBack(call_id=visit_id))
    told(scene, EndAttempt(call_id=visit_id, result=AttemptResult.WRONG_NUMBER))
    scene.later(5)
    told(scene, DialBack(call_id=visit_id))
    found = scene.office.read(lambda tx: pauses.of_each(tx, [visit_id])[0])
    assert [(each.from_at - began, (each.to_at or 0) - began) for each in found] == [
        (0, 10 * MINUTE),
        (10 * MINUTE, 15 * MINUTE),
    ]


def test_an_attempt_that_failed_keeps_the_promise(scene: Scene, promised: PhoneCall) -> None:
    told(scene, DialBack(call_id=promised.visit_id))
    tried = told(scene, EndAttempt(call_id=promised.visit_id, result=AttemptResult.NO_ANSWER))
    assert (tried.state, tried.promised_at) == (CallState.PROMISED, promised.promised_at)
    assert tried.last_result == "tidak_diangkat"
    assert promised.promised_at is not None
    scene.clock.now = promised.promised_at + 1
    (late,) = scene.office.read(phone_calls.waiting)
    assert late.is_overdue(scene.clock.now)
    told(scene, DialBack(call_id=promised.visit_id))
    again = told(scene, EndAttempt(call_id=promised.visit_id, result=AttemptResult.NO_ANSWER))
    assert again.promised_at == promised.promised_at


def test_a_promise_is_a_standard_and_its_attempts_are_counted(
    scene: Scene, promised: PhoneCall, back: Actor
) -> None:
    answer(scene, promised, back)
    agreed = scene.clock.now + 30 * MINUTE
    told(scene, PromiseCallback(call_id=promised.visit_id, promised_at=agreed))
    scene.later(10)
    told(scene, DialBack(call_id=promised.visit_id))
    told(scene, EndAttempt(call_id=promised.visit_id, result=AttemptResult.NO_ANSWER))
    scene.clock.now = agreed + MINUTE - 1
    assert late_calls(scene) == ()
    scene.clock.now = agreed + 40 * MINUTE
    assert late_calls(scene) == (promised.visit_id,), "nobody waits until the next day to see it"
    seen = scene.office.read(lambda tx: visit_steps(tx, promised.visit_id, scene.clock.now))
    assert seen is not None
    last = seen.progress.stretches[-1]
    assert (last.begin, last.step, last.owes) == (agreed, 6, OwedBy.OFFICE), "the caller waits no more"
    told(scene, DialBack(call_id=promised.visit_id))
    later = EndAttempt(call_id=promised.visit_id, result=AttemptResult.NO_ANSWER, promised_at=agreed * 2)
    told(scene, later)
    (broken,) = scene.office.read(lambda tx: deviations.of_visit(tx, promised.visit_id))
    assert broken.label == promised.case_number
    assert headline(broken) == "Lewat waktu: Telepon balik yang dijanjikan (langkah 6)"
    assert time_words(broken) == (
        "40 menit setelah waktu yang dijanjikan · dicoba 2 kali, terakhir tidak diangkat"
    )
    assert late_calls(scene) == ()


def test_the_end_of_a_day_says_by_how_much_a_promise_is_broken_by_then(
    scene: Scene, promised: PhoneCall, back: Actor
) -> None:
    answer(scene, promised, back)
    agreed = scene.clock.now + 30 * MINUTE
    told(scene, PromiseCallback(call_id=promised.visit_id, promised_at=agreed))
    scene.clock.now = agreed + 40 * MINUTE
    scene.do(CollectDeviations(visits=(promised.visit_id,)))
    scene.clock.now = agreed + 100 * MINUTE
    scene.office.perform(CloseDay(reason="Selesai"), scene.office.sign_in("kepala", PASSWORD))
    (broken,) = scene.office.read(lambda tx: deviations.of_visit(tx, promised.visit_id))
    assert broken.spent == WorkedTime(minutes=100)


def test_a_promise_kept_in_its_minute_is_no_deviation(scene: Scene, promised: PhoneCall, back: Actor) -> None:
    answer(scene, promised, back)
    agreed = scene.clock.now + 30 * MINUTE
    told(scene, PromiseCallback(call_id=promised.visit_id, promised_at=agreed))
    scene.clock.now = agreed + MINUTE // 2
    told(scene, DialBack(call_id=promised.visit_id))
    scene.later(3)
    told(scene, TellAnswer(call_id=promised.visit_id))
    told(scene, EndCall(call_id=promised.visit_id))
    found = scene.office.read(lambda tx: deviations.of_visit(tx, promised.visit_id))
    assert [each.step for each in found if each.kind is DeviationKind.TIME] == []


def test_whoever_was_reached_before_the_answer_gets_a_new_promise(scene: Scene, promised: PhoneCall) -> None:
    scene.later(60)
    told(scene, DialBack(call_id=promised.visit_id))
    scene.refused(TellAnswer(call_id=promised.visit_id), words="belum ada")
    agreed = scene.clock.now + 90 * MINUTE
    longer = EndAttempt(call_id=promised.visit_id, result=AttemptResult.REACHED, promised_at=agreed)
    assert told(scene, longer).promised_at == agreed
    told(scene, DialBack(call_id=promised.visit_id))
    usual = EndAttempt(call_id=promised.visit_id, result=AttemptResult.REACHED)
    assert (told(scene, usual).promised_at or 0) > agreed


def test_one_line_for_one_officer(scene: Scene, promised: PhoneCall, back: Actor) -> None:
    told(scene, StartCall())
    scene.refused(DialBack(call_id=promised.visit_id), words="Anda masih dalam telepon")
    told(scene, DialBack(call_id=promised.visit_id), back)
    scene.refused(DialBack(call_id=promised.visit_id), words="sedang bicara dengan Bambang")


def test_the_back_office_takes_the_line_and_answers_on_it(scene: Scene, live: PhoneCall, back: Actor) -> None:
    scene.refused(EndCall(call_id=live.visit_id), words="tidak sedang tersambung")
    scene.refused(DialBack(call_id=live.visit_id), words="tidak sedang tersambung")
    taken = told(scene, TakeTransfer(call_id=live.visit_id), back)
    assert (taken.officer, taken.taken_by == taken.officer) == ("Bambang", False)
    with pytest.raises(UserError, match="belum ada"):
        scene.office.perform(TellAnswer(call_id=live.visit_id), back)
    reached = told(scene, TellAnswer(call_id=live.visit_id, answer="15 Desember"), back)
    assert (reached.answer, reached.attempts) == ("15 Desember", 0)
    assert told(scene, EndCall(call_id=live.visit_id), back).state is CallState.ENDED


def test_a_line_that_broke_in_the_transfer_is_called_back(scene: Scene, live: PhoneCall) -> None:
    kept = told(scene, PromiseCallback(call_id=live.visit_id))
    assert (kept.state, kept.forwarded) == (CallState.PROMISED, "live")


def test_a_withdrawn_question_is_answered_by_who_calls(scene: Scene, promised: PhoneCall) -> None:
    (hop,) = scene.office.read(lambda tx: escalations.open_of(tx, promised.case_id or 0))
    scene.do(WithdrawEscalation(escalation_id=hop.id, reason="Sudah ketemu"))
    told(scene, DialBack(call_id=promised.visit_id))
    scene.refused(TellAnswer(call_id=promised.visit_id), words="belum ada")
    assert told(scene, TellAnswer(call_id=promised.visit_id, answer="15 Desember")).told_at


def test_only_a_call_that_went_on_has_something_to_come(scene: Scene) -> None:
    call = told(scene, StartCall())
    told(scene, RecordCaller(call_id=call.visit_id, name="Rahmat", phone="081155501234", question="Kapan?"))
    scene.refused(PromiseCallback(call_id=call.visit_id), words="tidak dapat dijanjikan")
    scene.refused(TellAnswer(call_id=call.visit_id, answer="x"), words="Tidak ada jawaban")


def test_put_through_first_then_the_earliest_promise(scene: Scene) -> None:
    later = picked_up(scene)
    soon = picked_up(scene, promised_at=scene.clock.now + MINUTE)
    line = picked_up(scene, live=True)
    found = scene.office.read(phone_calls.waiting)
    assert [each.visit_id for each in found] == [line.visit_id, soon.visit_id, later.visit_id]
