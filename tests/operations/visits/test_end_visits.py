"""Visits that end by themselves: when nothing is left of them, or with the day."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.office import store_of
from tests.operations.visits.doorway import FACE_TO_FACE, Doorway
from ult_desktop.base import UserError
from ult_desktop.core.accountability.causes import NO_CASE, NO_GUEST_BOOK
from ult_desktop.core.accountability.deviations import DeviationState
from ult_desktop.core.care.commands import BeginEscort, CallSecurity, DeclineEscort, EndEscort
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases.case import CaseOutcome, VisitorMode
from ult_desktop.core.cases.commands import (
    CloseCase,
    ComeForResult,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    MoveVisitor,
    OpenCase,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import EndVisit, LendCard, ReceiveVisitor, ReturnCard, SignGuestBook
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases
from ult_desktop.db.visits import guests
from ult_desktop.operations.visits.end_visits import end_if_over

if TYPE_CHECKING:
    from ult_desktop.core.command import Command


def served(door: Doorway) -> Visit:
    ticket = door.scene.take()
    door.scene.serve()
    return door.of_ticket(ticket.id)


def settle_case(door: Doorway, visit: Visit, *, close: bool = True) -> None:
    """A case opened, answered, told and closed at the counter."""
    officer = door.scene.officer(1)
    case = door.do(OpenCase(visit_id=visit.id, detail="Dapodik"), officer)
    asks: tuple[Command, ...] = (
        SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE),
        GiveAnswer(case_id=case.id, answer="Sudah"),
        DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT),
        *([CloseCase(case_id=case.id, survey=True)] if close else []),
    )
    for command in asks:
        door.do(command, officer)


def test_finish_ends_a_visit_whose_procedure_is_through_and_undo_goes_on_with_it(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = served(door)
    settle_case(door, visit)
    assert door.visit(visit.id).is_open  # he still sits at the counter
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).ending == Ending.DONE
    door.scene.do(commands.Undo(counter=1))
    again = door.visit(visit.id)
    assert (again.is_open, again.ending) == (True, "")
    door.scene.later(1)
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).ended_at == door.scene.clock.now


def open_outputs(door: Doorway, visit: Visit) -> list[str]:
    found = door.scene.office.read(lambda tx: deviations.of_visit(tx, visit.id))
    return [each.cause_key for each in found if each.state is DeviationState.OPEN and not each.is_false]


def test_undo_takes_back_what_finishing_wrote_until_it_is_so_again(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = served(door)
    door.scene.do(commands.Finish(counter=1, leaves=True))
    assert {NO_GUEST_BOOK, NO_CASE} <= set(open_outputs(door, visit))
    door.scene.later(1)
    door.scene.do(commands.Undo(counter=1))
    assert open_outputs(door, visit) == []
    kept = door.scene.office.read(lambda tx: deviations.of_visit(tx, visit.id))
    assert {each.false_reason for each in kept} == {"“Selesai” diurungkan"}
    door.do(SignGuestBook(visit_id=visit.id, name="Dedi", institution="SMPN 1"))
    door.scene.later(1)
    door.scene.do(commands.Finish(counter=1, leaves=True))
    again = open_outputs(door, visit)
    assert NO_CASE in again
    assert NO_GUEST_BOOK not in again
    standing = door.scene.office.read(deviations.waiting)
    assert {each.made_at for each in standing if each.visit_id == visit.id} == {door.scene.clock.now}


def test_what_the_closing_of_the_day_wrote_goes_with_it_and_comes_again(door: Doorway) -> None:
    visit = served(door)
    door.scene.do(commands.Finish(counter=1))
    door.scene.take()
    closing = commands.CloseDay(reason="Listrik padam")
    door.do(closing, door.scene.officer(1))
    written = open_outputs(door, visit)
    assert written
    door.scene.later(5)
    door.do(commands.TakeBackDay(), door.scene.officer(1))
    assert open_outputs(door, visit) == []
    door.scene.later(5)
    door.do(closing, door.scene.officer(1))
    assert open_outputs(door, visit) == written


def test_the_case_that_is_closed_after_he_left_ends_the_visit(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = served(door)
    officer = door.scene.officer(1)
    case = door.do(OpenCase(visit_id=visit.id, detail="Dapodik"), officer)
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).is_open
    door.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE), officer)
    door.do(GiveAnswer(case_id=case.id, answer="Sudah"), officer)
    door.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.WHATSAPP, proof="WA 10.15"), officer)
    door.do(CloseCase(case_id=case.id, survey=True), officer)
    assert door.visit(visit.id).ending == Ending.DONE


def test_a_card_that_is_lent_after_the_desk_keeps_the_visit(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = served(door)
    settle_case(door, visit, close=False)
    door.scene.do(commands.Finish(counter=1))
    loan = door.do(LendCard(visit_id=visit.id, kind=IdDocument.KTP, held=True))
    case = door.scene.office.read(lambda tx: cases.of_visit(tx, visit.id))
    assert case is not None
    door.do(CloseCase(case_id=case.id, survey=True), door.scene.officer(1))
    assert door.visit(visit.id).is_open
    door.do(ReturnCard(loan_id=loan.id))
    assert door.visit(visit.id).ending == Ending.DONE


def test_a_visit_with_a_step_to_come_stays_open_after_finish(door: Doorway) -> None:
    visit = served(door)
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).is_open
    door.scene.later(1)
    door.do(EndVisit(visit_id=visit.id))
    written = open_outputs(door, visit)
    with pytest.raises(UserError, match="sudah diakhiri"):
        door.scene.do(commands.Undo(counter=1))
    assert door.visit(visit.id).ending == Ending.DONE  # reception had ended it: that stands
    assert open_outputs(door, visit) == written != []


def test_without_a_procedure_the_number_tells(door: Doorway) -> None:
    door.run_none()
    visit = served(door)
    escort = door.do(BeginEscort(visit_id=visit.id, leg=Leg.OUT), door.guard)
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).is_open  # somebody is on the way with him
    door.do(EndEscort(escort_id=escort.id), door.guard)
    assert door.visit(visit.id).ending == Ending.DONE
    welcomed = door.welcome()
    door.do(DeclineEscort(visit_id=welcomed.id, leg=Leg.OUT), door.guard)
    assert door.visit(welcomed.id).is_open


def test_an_open_case_keeps_a_visit_whatever_else_is_over(door: Doorway) -> None:
    door.run_none()
    visit = served(door)
    door.do(OpenCase(visit_id=visit.id, detail="Dapodik"), door.scene.officer(1))
    door.scene.do(commands.Finish(counter=1))
    assert door.visit(visit.id).is_open
    door.do(commands.CloseDay(reason="Selesai"), door.scene.officer(1))
    door.scene.set_time("2026-11-24 08:00")
    door.scene.do(commands.StaffCounter(counter=1))
    assert door.visit(visit.id).is_open


def test_the_second_coming_and_the_first_end_together(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = served(door)
    officer = door.scene.officer(1)
    case = door.do(OpenCase(visit_id=visit.id, detail="Dapodik"), officer)
    door.scene.do(commands.Finish(counter=1))
    door.scene.set_time("2026-11-25 09:00")
    second = door.do(ComeForResult(visit_id=visit.id))
    escort = door.do(BeginEscort(visit_id=second.id, leg=Leg.OUT), door.guard)
    door.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE), officer)
    door.do(GiveAnswer(case_id=case.id, answer="Sudah"), officer)
    door.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT), officer)
    door.do(CloseCase(case_id=case.id, survey=True), officer)
    assert door.visit(visit.id).ending == Ending.DONE
    assert door.visit(second.id).is_open
    door.do(EndEscort(escort_id=escort.id), door.guard)
    assert door.visit(second.id).ending == Ending.DONE


def test_the_day_ends_what_nobody_ended(door: Doorway) -> None:
    visit = door.welcome()
    door.do(commands.CloseDay(reason="Selesai"), door.scene.officer(1))
    assert door.visit(visit.id).ending == Ending.DAY_END
    assert json.loads(door.scene.events()[-1].data)["visits"] == [visit.id]


def test_visits_that_began_together_end_in_their_order(door: Doorway) -> None:
    """The log is the same on every engine, and a server stores a row that was changed behind the others."""
    began = [door.welcome().id for _visitor in range(3)]
    day = door.visit(began[0]).day
    for other in ("2026-01-01", day):
        store_of(door.scene.office).write(lambda tx, other=other: tx.update("visit", began[0], day=other))  # type: ignore[misc]
    door.do(commands.CloseDay(reason="Selesai"), door.scene.officer(1))
    assert json.loads(door.scene.events()[-1].data)["visits"] == began


def test_a_new_morning_ends_what_yesterday_left(door: Doorway) -> None:
    first, waiting = door.welcome(), door.scene.take()
    door.scene.set_time("2026-11-24 08:00")
    door.welcome()
    assert door.visit(first.id).is_open
    door.scene.take()
    assert door.scene.ticket(waiting).remark == "Hari berganti"
    ended = door.visit(first.id)
    assert (ended.ending, ended.ended_at) == (Ending.DAY_END, ended.began_at)


def test_what_is_done_today_keeps_a_visit_of_yesterday(door: Doorway) -> None:
    """Somebody else's arrival closes nobody's visit."""
    visit = door.welcome()
    door.scene.take()
    door.scene.set_time("2026-11-24 08:00")
    door.do(CallSecurity(visit_id=visit.id, place="Loket 1"), door.scene.officer(1))
    door.welcome()
    door.scene.take()
    assert door.visit(visit.id).is_open
    door.do(commands.CloseDay(reason="Selesai"), door.scene.officer(1))
    assert door.visit(visit.id).ending == Ending.DAY_END


def test_a_visit_that_is_over_is_ended_once(door: Doorway) -> None:
    visit = door.welcome()
    door.do(EndVisit(visit_id=visit.id, ending=Ending.LEFT))
    moment_free = door.scene.office.read(lambda tx: end_if_over(tx, None, visit.id))  # type: ignore[arg-type]
    assert moment_free is False
    assert door.visit(visit.id).ending == Ending.LEFT


def test_who_waits_elsewhere_for_the_answer_to_a_case_is_not_here(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit, officer = served(door), door.scene.officer(1)

    def is_here() -> bool:
        return door.scene.office.read(lambda tx: guests.by_ids(tx, [visit.id]))[0].is_here

    case = door.do(OpenCase(visit_id=visit.id, detail="Dapodik"), officer)
    assert is_here()
    door.do(Escalate(case_id=case.id, instruction="Mengapa?", visitor=VisitorMode.IN_HALL), officer)
    assert is_here()
    door.do(MoveVisitor(case_id=case.id, visitor=VisitorMode.FETCHES), officer)
    assert (is_here(), door.visit(visit.id).is_open) == (False, True)
    loan = door.do(LendCard(visit_id=visit.id, kind=IdDocument.KTP, held=True))
    assert is_here()
    door.do(ReturnCard(loan_id=loan.id))
    assert not is_here()


def test_who_missed_the_call_is_not_here_until_they_come_back(door: Doorway) -> None:
    ticket = door.do(commands.IssueTicket(service_id=door.scene.service["A"])).ticket
    visit = door.do(ReceiveVisitor(ticket_id=ticket.id))
    assert visit.ticket_id == ticket.id
    door.scene.do(commands.StaffCounter(counter=1))
    door.scene.do(commands.CallTicket(counter=1, ticket_id=ticket.id))

    def is_here() -> bool:
        return door.scene.office.read(lambda tx: guests.by_ids(tx, [visit.id]))[0].is_here

    assert is_here()
    door.scene.do(commands.NoShow(counter=1))
    assert not is_here()
    door.do(commands.ComeBack(ticket_id=ticket.id))
    assert is_here()
