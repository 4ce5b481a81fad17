"""Duty is read from sign-ins; a day without a role is written once."""

import pytest
from msgspec.structs import replace

from tests.office import store_of
from tests.operations.accountability.accounting import actor, found_in, happened, welcome
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.commands import AnswerAbsence
from ult_desktop.core.accountability.deviations import Deviation
from ult_desktop.core.office.template import AbsenceRule, Weekly
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure, TickStep
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.core.visits.commands import EndVisit
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations, duty
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.accountability.duty import absent_today
from ult_desktop.operations.procedures.procedures import load_procedure

DAY = "2026-11-23"


@pytest.fixture
def desk(scene: Scene) -> Scene:
    """The office runs the POS of Sumut; security and the front office are on duty, reception is not."""
    admin = actor(scene, "admin")
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), admin)
    scene.office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), admin)
    actor(scene, "joko")
    actor(scene, "siti")
    change_settings(scene, hours=Weekly(*[("08.00-12.00", "13.00-16.00")] * 5))
    return scene


def absent(scene: Scene) -> tuple[Role, ...]:
    return scene.office.read(lambda tx: absent_today(tx, scene.clock.now))


def of_the_day(scene: Scene) -> list[Deviation]:
    found = scene.office.read(lambda tx: deviations.between(tx, DAY, DAY))
    return [each for each in found if each.is_declared]


def passed_reception(scene: Scene) -> Visit:
    """Welcomed, with a number and the guest book, served by the front office as far as the ticket."""
    visit = welcome(scene)
    happened(scene, visit, StepEvent.GUEST_BOOK_FILLED)
    for event in (StepEvent.TICKET_ISSUED, StepEvent.TICKET_CALLED, StepEvent.TICKET_CHECKED):
        happened(scene, visit, event)
    scene.office.perform(EndVisit(visit_id=visit.id, ending=Ending.LEFT), actor(scene, "siti"))
    return visit


def change_settings(scene: Scene, **settings: object) -> None:
    def change(tx: Transaction) -> None:
        office.set_settings(tx, replace(office.load(tx).settings, **settings))

    store_of(scene.office).write(change)


def test_who_signed_in_is_written_once_a_day(scene: Scene) -> None:
    actor(scene, "joko")
    scene.later(5)
    actor(scene, "joko")
    found = scene.office.read(lambda tx: duty.officers_of(tx, DAY, DAY))
    assert len({each.officer_id for each in found}) == len(found)


def test_half_an_hour_after_opening_one_line_asks(desk: Scene) -> None:
    desk.set_time(f"{DAY} 08:29")
    assert absent(desk) == ()
    desk.set_time(f"{DAY} 08:30")
    assert absent(desk) == (Role.RECEPTION,)
    actor(desk, "nina")
    assert absent(desk) == ()
    desk.set_time(f"{DAY} 17:00")
    assert absent(desk) == ()


def test_it_asks_once_and_the_answer_is_one_deviation_of_the_day(desk: Scene) -> None:
    desk.set_time(f"{DAY} 09:00")
    answer = AnswerAbsence(role=Role.RECEPTION, without=True)
    assert desk.office.perform(answer, actor(desk, "siti")) == 1
    assert absent(desk) == ()
    with pytest.raises(UserError, match="sudah dijawab"):
        desk.office.perform(answer, actor(desk, "joko"))
    visits = [passed_reception(desk), passed_reception(desk)]
    assert [found_in(desk, visit) for visit in visits] == [(), ()]
    (declared,) = of_the_day(desk)
    assert (declared.item, declared.steps, declared.visit_id) == ("reception", (2, 3, 4), None)


def test_who_still_comes_makes_no_deviation_of_the_day(desk: Scene) -> None:
    desk.set_time(f"{DAY} 09:00")
    answer = AnswerAbsence(role=Role.RECEPTION, without=False)
    assert desk.office.perform(answer, actor(desk, "siti")) == 0
    assert (absent(desk), of_the_day(desk)) == ((), [])
    (found,) = found_in(desk, passed_reception(desk))
    assert (found.cause_key, found.steps) == ("tanpa:reception", (2, 4))


def test_what_the_office_said_beforehand_is_declared_by_itself(desk: Scene) -> None:
    change_settings(desk, absences=(AbsenceRule(role=Role.RECEPTION),))
    desk.set_time(f"{DAY} 09:00")
    assert absent(desk) == ()
    for _n in range(2):
        assert found_in(desk, passed_reception(desk)) == ()
    assert len(of_the_day(desk)) == 1


def test_who_takes_the_steps_over_may_tick_them_and_owes_them(desk: Scene) -> None:
    change_settings(desk, absences=(AbsenceRule(role=Role.RECEPTION, passes_to=Role.FRONT_OFFICE),))
    visit = welcome(desk)
    desk.office.perform(TickStep(visit_id=visit.id, step=4), actor(desk, "siti"))
    visit = passed_reception(desk)
    assert [each.steps for each in found_in(desk, visit)] == [(2, 4)]


def test_a_role_without_steps_makes_no_deviation(desk: Scene) -> None:
    answer = AnswerAbsence(role=Role.ARCHIVIST, without=True)
    assert desk.office.perform(answer, actor(desk, "siti")) == 0


def test_who_was_never_called_is_owed_nothing_more_at_the_days_end(desk: Scene) -> None:
    actor(desk, "nina")
    visit = welcome(desk)
    desk.office.perform(CloseDay(reason="Selesai"), actor(desk, "nina"))
    assert found_in(desk, visit) == ()


def test_a_day_on_which_the_office_is_closed_asks_nothing(desk: Scene) -> None:
    desk.set_time("2026-11-29 09:00")
    actor(desk, "joko")
    assert absent(desk) == ()


def test_the_days_answers_stand_in_one_order_whoever_answered_first(desk: Scene) -> None:
    for role in (Role.RECEPTION, Role.PPID):
        desk.office.perform(AnswerAbsence(role=role, without=True), actor(desk, "kepala"))
    found = desk.office.read(lambda tx: duty.answers(tx, DAY))
    assert [each.role for each in found] == [Role.PPID, Role.RECEPTION]
