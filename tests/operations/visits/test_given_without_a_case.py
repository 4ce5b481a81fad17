"""Work done without a request: an outcome of what was given carries out the front office's steps with one."""

from tests.operations.visits.doorway import FACE_TO_FACE, Doorway
from tests.operations.visits.test_end_visits import served
from tests.operations.visits.test_explained_at_end import lacks, standing
from ult_desktop.core.accountability.causes import NO_CASE
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.survey.commands import InviteSurvey
from ult_desktop.core.visits.commands import (
    JoinVisit,
    RecordPurpose,
    SignGuestBook,
    VerifyIdentity,
    WelcomeVisitor,
)
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Courtesy, Ending, Visit
from ult_desktop.db.visits.visit_steps import visit_steps

GIVEN = commands.Finish(counter=1, outcome="Berkas diserahkan", leaves=True)
OF_A_REQUEST = (8, 9, 15, 16)


def known(door: Doorway) -> Visit:
    """At the counter, written down and identified; nothing else is left than the service."""
    door.run_only(FACE_TO_FACE)
    visit = served(door)
    door.do(SignGuestBook(visit_id=visit.id, name="Dedi", institution="SMPN 1"))
    door.do(VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP), door.scene.officer(1))
    return visit


def of_the_desk(door: Doorway, visit: Visit) -> list[Deviation]:
    return [each for each in standing(door, visit) if not set(each.steps).isdisjoint(OF_A_REQUEST)]


def states(door: Doorway, visit: Visit) -> list[StepState]:
    return [door.state(visit.id, step) for step in OF_A_REQUEST]


def test_what_was_given_carries_the_steps_out(door: Doorway) -> None:
    visit = known(door)
    door.do(InviteSurvey(visit_id=visit.id), door.scene.officer(1))
    door.scene.later(6)
    door.scene.do(GIVEN)
    assert of_the_desk(door, visit) == []
    assert states(door, visit) == [StepState.IN_TIME] * 4
    seen = door.scene.office.read(lambda tx: visit_steps(tx, visit.id, door.scene.clock.now))
    assert seen is not None
    assert {seen.progress.of_step(step).reason for step in OF_A_REQUEST} == {"Berkas diserahkan"}
    assert door.visit(visit.id).ending == Ending.DONE


def test_the_survey_is_owed_all_the_same(door: Doorway) -> None:
    visit = known(door)
    board = door.scene.office.counter_board(1)
    assert board.leaving is not None
    told = [each for each in board.leaving.lacks_if_service_given if 16 in each.steps]
    assert [(each.steps, each.cause_key, each.mended_by) for each in told] == [((16,), "", "survey")]
    assert {each.cause_key for each in lacks(door)} >= {NO_CASE}
    door.scene.do(GIVEN)
    assert [(each.kind, each.steps) for each in of_the_desk(door, visit)] == [(DeviationKind.OUTPUT, (16,))]


def test_another_outcome_wants_a_request(door: Doorway) -> None:
    visit = known(door)
    door.scene.do(commands.Finish(counter=1, outcome="Dirujuk ke instansi lain", leaves=True))
    assert [each.cause_key for each in of_the_desk(door, visit)] == [NO_CASE]


def test_what_one_act_carried_out_shares_its_time(door: Doorway) -> None:
    """3 + 3 + 5 + 5 minutes; the last is late from its next full one."""
    visit = known(door)
    door.do(InviteSurvey(visit_id=visit.id), door.scene.officer(1))
    door.scene.later(16.5)
    board = door.scene.office.counter_board(1)
    assert board.leaving is not None
    assert [each for each in board.leaving.lacks_if_service_given if set(each.steps) & {*OF_A_REQUEST}] == []
    door.scene.later(4)
    door.scene.do(GIVEN)
    (late,) = of_the_desk(door, visit)
    assert (late.kind, late.steps, late.cause) == (DeviationKind.TIME, (16,), "")


def test_undone_the_steps_are_open_again(door: Doorway) -> None:
    visit = known(door)
    door.do(InviteSurvey(visit_id=visit.id), door.scene.officer(1))
    door.scene.do(GIVEN)
    door.scene.later(1)
    door.scene.do(commands.Undo(counter=1))
    assert StepState.IN_TIME not in states(door, visit)
    assert standing(door, visit) == []
    door.scene.do(commands.Finish(counter=1, leaves=True))
    assert NO_CASE in {each.cause_key for each in of_the_desk(door, visit)}


def test_who_was_welcomed_and_took_a_number_at_the_kiosk_was_received_by_people(door: Doorway) -> None:
    """A greeting that was left out, and nobody who asked them to sit down, are theirs; not the kiosk's."""
    door.run_only(FACE_TO_FACE)
    greeted = tuple(Courtesy)[1:]
    visit = door.do(WelcomeVisitor(courtesies=greeted), door.guard)
    door.do(RecordPurpose(visit_id=visit.id, purpose="informasi"))
    ticket = door.scene.take()
    door.do(JoinVisit(visit_id=visit.id, ticket_id=ticket.id))
    door.do(SignGuestBook(visit_id=visit.id, name="Dedi", institution="SMPN 1"))
    door.scene.serve()
    door.do(VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP), door.scene.officer(1))
    door.do(InviteSurvey(visit_id=visit.id), door.scene.officer(1))
    door.scene.do(GIVEN)
    found = [(each.kind, each.steps) for each in standing(door, visit)]
    assert found == [(DeviationKind.OUTPUT, (1, 4))]
