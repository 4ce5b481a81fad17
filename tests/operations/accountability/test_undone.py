"""An act that is undone takes back what it wrote in the register, whichever act it is."""

from collections.abc import Callable

import pytest

from tests.operations.desks import Desks
from tests.operations.scene import Scene
from ult_desktop.core.accountability.commands import CollectDeviations, ExplainDeviation, ReviewDeviation
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AnswerAtDesk,
    AnswerEscalation,
    AssessEscalation,
    CloseCase,
    DeliverAnswer,
    Escalate,
    OpenCase,
    ReceiveEscalation,
    ReferEscalation,
    SetOutcome,
    WithdrawEscalation,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import STATE_AFTER
from ult_desktop.core.survey.commands import InviteSurvey
from ult_desktop.core.visits.commands import VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases
from ult_desktop.db.queue import servings
from ult_desktop.db.visits.visit_steps import steps_of_each
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.accountability.judging import facts_of_each, new_deviations

BACK, OFFICE = commands.Undo(counter=1), "sumut-tatap-muka"


@pytest.fixture
def sumut(scene: Scene) -> Desks:
    scene.set_time("2026-11-23 10:00")
    desks = Desks(scene)
    desks.run_only(OFFICE)
    scene.sit(1, 2)
    for login in ("nina", "joko", "bela", "umar"):
        desks.actor(login)
    return desks


def collect(desks: Desks) -> None:
    """Collect deviations as a counter does by itself."""
    late = desks.scene.office.read(lambda tx: visits_with_new_deviations(tx, desks.scene.clock.now))
    if late:
        desks.do(CollectDeviations(visits=late))


def rows(desks: Desks, visit_id: int) -> list[Deviation]:
    return list(desks.scene.office.read(lambda tx: deviations.of_visit(tx, visit_id)))


def standing(desks: Desks, visit_id: int) -> list[Deviation]:
    return [each for each in rows(desks, visit_id) if not each.is_false]


def found_now(desks: Desks, visit_id: int) -> set[tuple[DeviationKind, int]]:
    now = desks.scene.clock.now
    (seen,) = desks.scene.office.read(lambda tx: steps_of_each(tx, (visit_id,), now))
    (facts,) = desks.scene.office.read(lambda tx: facts_of_each(tx, (seen,), now))
    return {(new.kind, step) for new in new_deviations(seen, facts, now) for step in new.steps}


def ticket_of(desks: Desks) -> int:
    turn = desks.scene.office.read(lambda tx: servings.open_at_counter(tx, 1))
    assert turn is not None
    return turn.ticket_id


def finish(desks: Desks, _visit: int) -> None:
    desks.do(commands.Finish(counter=1, leaves=True))


def finish_with_a_reason(desks: Desks, _visit: int) -> None:
    desks.do(commands.Finish(counter=1, leaves=True, reason="Antrean sedang ramai"))


def finish_as_given(desks: Desks, _visit: int) -> None:
    desks.do(commands.Finish(counter=1, leaves=True, outcome="Berkas diserahkan"))


def hold(desks: Desks, _visit: int) -> None:
    desks.do(commands.Hold(ticket_id=ticket_of(desks), reason="Fotokopi", away=True))


def transfer(desks: Desks, _visit: int) -> None:
    desks.do(commands.Transfer(counter=1, to_counter=2))


def no_show(desks: Desks, _visit: int) -> None:
    number = ticket_of(desks)
    desks.do(commands.Hold(ticket_id=number))
    desks.do(commands.Resume(ticket_id=number))
    desks.do(commands.CallNext(counter=1))
    desks.scene.later(9)
    desks.do(commands.NoShow(counter=1))


AT_THE_COUNTER: dict[str, tuple[Callable[[Desks, int], None], ...]] = {
    "done": (finish, finish_with_a_reason, finish_as_given),
    "held": (hold,),
    "transferred": (transfer,),
    "no_show": (no_show,),
}


def test_every_end_that_can_be_undone_is_tried() -> None:
    assert AT_THE_COUNTER.keys() == STATE_AFTER.keys()


@pytest.mark.parametrize("act", [each for acts in AT_THE_COUNTER.values() for each in acts])
def test_an_end_at_the_counter(sumut: Desks, act: Callable[[Desks, int], None]) -> None:
    visit = sumut.visitor()
    sumut.scene.later(9)
    act(sumut, visit)
    written = len(rows(sumut, visit))
    collect(sumut)
    sumut.scene.later(1)
    sumut.do(BACK)
    assert standing(sumut, visit) == []
    assert len(rows(sumut, visit)) >= written, "none is deleted"
    if act is no_show:
        sumut.do(commands.Arrive(counter=1))
    sumut.do(commands.Finish(counter=1, leaves=True))
    again = {(each.kind, step) for each in standing(sumut, visit) for step in each.steps}
    assert again == found_now(sumut, visit)
    assert {each.state for each in standing(sumut, visit)} == {DeviationState.OPEN}


@pytest.mark.parametrize("act", [finish_with_a_reason, finish_as_given, hold, transfer])
def test_an_end_at_the_counter_undone_beside_the_next_visitor(
    sumut: Desks, act: Callable[[Desks, int], None]
) -> None:
    visit = sumut.visitor()
    number = ticket_of(sumut)
    sumut.scene.later(9)
    act(sumut, visit)
    collect(sumut)
    sumut.scene.later(1)
    sumut.visitor()
    sumut.do(commands.Undo(counter=1, ticket_id=number))
    assert standing(sumut, visit) == []
    sumut.do(commands.Finish(counter=1))
    assert sumut.do(commands.CallNext(counter=1)).id == number
    sumut.do(commands.Arrive(counter=1))
    sumut.do(commands.Finish(counter=1, leaves=True))
    again = {(each.kind, step) for each in standing(sumut, visit) for step in each.steps}
    assert again == found_now(sumut, visit)


def test_a_step_that_the_undone_end_added_to_an_older_row(sumut: Desks) -> None:
    """The older row stands; what the end added to it does not."""
    visit = sumut.visitor()
    sumut.scene.later(9)
    sumut.do(VerifyIdentity(visit_id=visit, kind=IdDocument.KTP))
    sumut.do(CollectDeviations(visits=(visit,)))
    assert [each.steps for each in standing(sumut, visit)] == [(7,)]
    sumut.scene.later(9)
    sumut.do(OpenCase(visit_id=visit, detail="Dapodik"))
    sumut.scene.later(9)
    sumut.do(AnswerAtDesk(visit_id=visit, answer="Sudah"))
    sumut.do(commands.Finish(counter=1, leaves=True))
    before = [each.steps for each in standing(sumut, visit) if each.kind is DeviationKind.TIME]
    assert before == [(7, 8, 9)]
    sumut.do(BACK)
    after = {step for each in standing(sumut, visit) for step in each.steps}
    assert after == {7, 8, 9}, "done late they are late, also while the visit goes on"
    assert after <= {step for _kind, step in found_now(sumut, visit)}


def test_a_step_that_is_late_after_its_row_was_explained_opens_the_row_again(sumut: Desks) -> None:
    """One row a visit and officer: what was said stays in it, and an undone end takes its own words back."""
    visit = sumut.visitor()
    sumut.scene.later(9)
    sumut.do(VerifyIdentity(visit_id=visit, kind=IdDocument.KTP))
    case = sumut.do(OpenCase(visit_id=visit, detail="Dapodik"))
    sumut.scene.later(9)
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon dicek", reason="Listrik padam"))
    (told,) = standing(sumut, visit)
    assert (told.steps, told.state, told.cause) == ((7, 9), DeviationState.EXPLAINED, "Listrik padam")
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Sudah"), "bela")
    sumut.do(AcknowledgeAnswer(escalation_id=hop.id))
    sumut.scene.later(9)
    sumut.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    leaving = sumut.scene.office.counter_board(1).leaving
    assert leaving is not None
    assert [each.steps for each in leaving.lacks if each.kind is DeviationKind.TIME] == [(15,)]
    sumut.do(CollectDeviations(visits=(visit,)))
    late = DeviationState.OPEN, "Listrik padam", (7, 9, 15)
    assert [(each.id, each.state, each.cause, each.steps) for each in standing(sumut, visit)] == [
        (told.id, *late)
    ]
    sumut.scene.later(1)
    finish_with_a_reason(sumut, visit)
    again = next(each for each in standing(sumut, visit) if each.id == told.id)
    assert (again.state, again.cause) == (DeviationState.EXPLAINED, "Listrik padam; Antrean sedang ramai")
    sumut.scene.later(1)
    sumut.do(BACK)
    assert [(each.state, each.cause, each.steps) for each in standing(sumut, visit)] == [late]
    head = sumut.actor("kepala")
    said = ExplainDeviation(
        deviation_id=told.id, cause="Listrik padam", correction="Genset dipasang", responsible="siti"
    )
    sumut.do(said)
    sumut.scene.office.perform(ReviewDeviation(deviation_id=told.id, verdict=DeviationState.ACCEPTED), head)
    sumut.scene.later(9)
    sumut.do(CloseCase(case_id=case.id, survey=True))
    sumut.do(commands.Finish(counter=1, leaves=True))
    rows_of_time = [each for each in standing(sumut, visit) if each.kind is DeviationKind.TIME]
    assert [(each.steps, each.state) for each in rows_of_time] == [
        ((7, 9, 15), DeviationState.ACCEPTED),
        ((16,), DeviationState.OPEN),
    ], "what the head has judged stays as it was judged"


@pytest.mark.parametrize("reason", ["Printer macet; listrik padam", "Antrean sedang ramai"])
def test_an_undone_reason_goes_whole(sumut: Desks, reason: str) -> None:
    """The row was open before the end that explained it, and is open again, without a cause."""
    visit = sumut.visitor()
    sumut.scene.later(9)
    sumut.do(VerifyIdentity(visit_id=visit, kind=IdDocument.KTP))
    sumut.do(CollectDeviations(visits=(visit,)))
    (found,) = standing(sumut, visit)
    sumut.scene.later(1)
    sumut.do(commands.Finish(counter=1, leaves=True, reason=reason))
    told = next(each for each in standing(sumut, visit) if each.id == found.id)
    assert (told.state, told.cause) == (DeviationState.EXPLAINED, reason)
    sumut.do(BACK)
    assert [(each.id, each.state, each.cause) for each in standing(sumut, visit)] == [
        (found.id, DeviationState.OPEN, "")
    ]


def test_an_undone_reason_leaves_the_same_reason_that_was_given_before(sumut: Desks) -> None:
    visit = sumut.visitor()
    sumut.do(VerifyIdentity(visit_id=visit, kind=IdDocument.KTP))
    case = sumut.do(OpenCase(visit_id=visit, detail="Dapodik"))
    sumut.scene.later(9)
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon dicek", reason="Listrik padam"))
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Sudah"), "bela")
    sumut.do(AcknowledgeAnswer(escalation_id=hop.id))
    sumut.scene.later(9)
    sumut.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    sumut.do(CollectDeviations(visits=(visit,)))
    sumut.scene.later(1)
    sumut.do(commands.Finish(counter=1, leaves=True, reason="Listrik padam"))
    sumut.do(BACK)
    assert [(each.state, each.cause) for each in standing(sumut, visit)] == [
        (DeviationState.OPEN, "Listrik padam")
    ]


def test_a_second_reason_takes_no_step_from_the_row(sumut: Desks) -> None:
    visit = sumut.visitor()
    sumut.do(VerifyIdentity(visit_id=visit, kind=IdDocument.KTP))
    case = sumut.do(OpenCase(visit_id=visit, detail="Dapodik"))
    sumut.scene.later(9)
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon dicek", reason="Listrik padam"))
    (told,) = standing(sumut, visit)
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Sudah"), "bela")
    sumut.do(AcknowledgeAnswer(escalation_id=hop.id))
    sumut.scene.later(9)
    sumut.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    sumut.do(CloseCase(case_id=case.id, survey=True))
    finish_with_a_reason(sumut, visit)
    late = next(each for each in standing(sumut, visit) if each.kind is DeviationKind.TIME)
    assert (late.id, late.steps) == (told.id, (*told.steps, 15))
    assert late.spent == WorkedTime(minutes=18)
    assert (late.state, late.cause) == (DeviationState.EXPLAINED, "Listrik padam; Antrean sedang ramai")


def test_a_step_that_was_late_before_it_was_done_joins_the_row_of_its_officer(sumut: Desks) -> None:
    """While nobody has done it the lateness is nobody's, and stands open by itself."""
    visit = sumut.visitor()
    case = sumut.do(OpenCase(visit_id=visit, detail="Dapodik"))
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon dicek"))
    sumut.scene.later(9)
    sumut.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    refer = ReferEscalation(escalation_id=hop.id, instruction="Arahan", reason="Listrik padam")
    below = sumut.do(refer, "bela")
    late = [each for each in standing(sumut, visit) if each.officer == "Bela Back"]
    assert [(each.steps, each.state) for each in late] == [((11,), DeviationState.EXPLAINED)]
    sumut.scene.later(30)
    collect(sumut)
    assert [(each.steps, each.officer) for each in standing(sumut, visit)] == [
        ((11,), "Bela Back"),
        ((14,), ""),
    ]
    for each in (below, hop):
        sumut.do(AnswerEscalation(escalation_id=each.id, answer="Ya"), "bela")
    sumut.do(CollectDeviations(visits=(visit,)))
    (again,) = (each for each in standing(sumut, visit) if each.officer == "Bela Back")
    assert (again.id, again.state, again.cause) == (late[0].id, DeviationState.OPEN, "Listrik padam")
    assert len(again.steps) > 1
    assert [each.officer for each in standing(sumut, visit)] == ["Bela Back"]


def test_a_disposition_that_is_withdrawn(sumut: Desks) -> None:
    visit = sumut.visitor()
    sumut.do(VerifyIdentity(visit_id=visit, kind=IdDocument.KTP))
    case = sumut.do(OpenCase(visit_id=visit, detail="Data rapor mutu"))
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon diproses"))
    sumut.scene.later(40)
    collect(sumut)
    assert [each.steps for each in standing(sumut, visit)] == [(11,)]
    sumut.do(WithdrawEscalation(escalation_id=hop.id, reason="Sudah ada di laman"))
    assert standing(sumut, visit) == []
    assert [each.false_reason for each in rows(sumut, visit)] == ["Disposisi ditarik"]
    sumut.do(AnswerAtDesk(visit_id=visit, answer="Ada di laman"))
    sumut.do(InviteSurvey(visit_id=visit))
    sumut.do(commands.Finish(counter=1, leaves=True))
    found = [(each.kind, each.steps) for each in standing(sumut, visit)]
    assert found == [(DeviationKind.TIME, (9,))], "the matter never left the desk"


def test_a_unit_that_is_asked_no_more(sumut: Desks) -> None:
    visit = sumut.visitor()
    case = sumut.do(OpenCase(visit_id=visit, detail="Data rapor mutu"))
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon diproses"))
    sumut.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    sumut.do(AssessEscalation(escalation_id=hop.id, can_solve=False), "bela")
    asked = sumut.do(ReferEscalation(escalation_id=hop.id, instruction="Mohon arahan"), "bela")
    sumut.scene.later(40)
    collect(sumut)
    assert [each.steps for each in standing(sumut, visit)] == [(14,)]
    sumut.do(WithdrawEscalation(escalation_id=asked.id, reason="Sudah tahu"), "bela")
    assert 14 not in {step for each in standing(sumut, visit) for step in each.steps}


def test_an_outcome_that_is_corrected(sumut: Desks) -> None:
    """On the next day nobody has asked the back office; then it turns out that it was available."""
    visit = sumut.visitor()
    case = sumut.do(OpenCase(visit_id=visit, detail="Data rapor mutu"))
    unavailable = SetOutcome(
        case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE
    )
    sumut.do(unavailable)
    sumut.scene.set_time("2026-11-24 09:00")
    collect(sumut)
    assert 10 in {step for each in standing(sumut, visit) for step in each.steps}
    sumut.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    assert 10 not in {step for each in standing(sumut, visit) for step in each.steps}


def test_a_closing(sumut: Desks) -> None:
    """A closing ends one visit, and writes down what a desk is late with in another."""
    other = sumut.visitor()
    case = sumut.do(OpenCase(visit_id=other, detail="Data rapor mutu"))
    sumut.do(Escalate(case_id=case.id, instruction="Mohon diproses"))
    visit = sumut.visitor()
    sumut.scene.later(9)
    sumut.do(commands.CloseDay(reason="Listrik padam"))
    assert standing(sumut, visit)
    assert standing(sumut, other)
    sumut.scene.later(5)
    sumut.do(commands.TakeBackDay())
    assert (standing(sumut, visit), standing(sumut, other)) == ([], [])
    collect(sumut)
    assert [each.steps for each in standing(sumut, other)] == [(11,)], "it is so all the same"


def test_what_somebody_explained_meanwhile_stays(sumut: Desks) -> None:
    visit = sumut.visitor()
    finish(sumut, visit)
    first = standing(sumut, visit)[0]
    words = ExplainDeviation(
        deviation_id=first.id, cause="Listrik padam", correction="Genset dipasang", responsible="siti"
    )
    sumut.do(words)
    sumut.do(BACK)
    assert [(each.id, each.state) for each in standing(sumut, visit)] == [
        (first.id, DeviationState.EXPLAINED)
    ]


def test_the_reason_names_the_act(sumut: Desks) -> None:
    visit = sumut.visitor()
    finish(sumut, visit)
    sumut.do(BACK)
    assert {each.false_reason for each in rows(sumut, visit)} == {"“Selesai” diurungkan"}
    assert sumut.scene.office.read(lambda tx: cases.of_visit(tx, visit)) is None
