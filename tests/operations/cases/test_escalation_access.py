"""Where a visitor stays while another desk has the case, and what their number says meanwhile."""

import msgspec
import pytest

from tests.operations.desks import Desks
from ult_desktop.core.cases.case import CaseOutcome, VisitorMode
from ult_desktop.core.cases.commands import (
    AnswerEscalation,
    CloseCase,
    DeliverAnswer,
    Escalate,
    MoveVisitor,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import EscalationState
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits.commands import EndVisit, SignGuestBook
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.procedures import pauses
from ult_desktop.db.visits import visits


def ticket_state(desks: Desks, visit_id: int) -> TicketState:
    visit = desks.scene.office.read(lambda tx: visits.get(tx, visit_id))
    found = desks.scene.office.find_ticket(visit.label or "")
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        (VisitorMode.AT_DESK, TicketState.SERVING),
        (VisitorMode.IN_HALL, TicketState.HELD),
        (VisitorMode.LEFT, TicketState.DONE),
        (VisitorMode.FETCHES, TicketState.DONE),
    ],
)
def test_the_visitor_waits_in_one_of_four_ways(desks: Desks, mode: VisitorMode, state: TicketState) -> None:
    case = desks.case()
    desks.do(Escalate(case_id=case.id, instruction="Mohon dicek", visitor=mode))
    assert desks.now(case).visitor == mode
    assert ticket_state(desks, case.visit_id) is state


def test_a_visitor_gets_up_and_goes_home(desks: Desks) -> None:
    case, _hop = desks.escalated()
    for mode, state in ((VisitorMode.IN_HALL, TicketState.HELD), (VisitorMode.LEFT, TicketState.DONE)):
        assert desks.do(MoveVisitor(case_id=case.id, visitor=mode)).visitor == mode
        assert ticket_state(desks, case.visit_id) is state
    desks.do(MoveVisitor(case_id=case.id, visitor=VisitorMode.LEFT))
    assert [line.text for line in desks.card(case).timeline[-2:]] == ["Pulang, diberi tahu kemudian"] * 2


def test_nobody_goes_home_to_be_told_who_cannot_be_reached(desks: Desks) -> None:
    """They leave a number, or fetch the answer themselves."""
    case = desks.case()
    line = SignGuestBook(visit_id=case.visit_id, name="Ani Guru", institution="SDN 1")
    desks.do(line)
    home = Escalate(case_id=case.id, instruction="Mohon dicek", visitor=VisitorMode.LEFT)
    desks.refused(home, words="Jawaban tidak dapat diberitahukan")
    fetches = VisitorMode.FETCHES
    assert desks.do(msgspec.structs.replace(home, visitor=fetches)).state is EscalationState.SENT
    desks.refused(MoveVisitor(case_id=case.id, visitor=VisitorMode.LEFT), words="telepon dan surel")
    desks.do(msgspec.structs.replace(line, email="ani@sdn1.sch.id"))
    assert desks.do(MoveVisitor(case_id=case.id, visitor=VisitorMode.LEFT)).visitor == "left"


def close_settled(desks: Desks, case_id: int) -> None:
    desks.do(SetOutcome(case_id=case_id, outcome=CaseOutcome.AVAILABLE))
    desks.do(CloseCase(case_id=case_id))


TO_DESK, TO_HALL = VisitorMode.AT_DESK, VisitorMode.IN_HALL


def test_who_comes_to_the_desk_from_the_hall_is_served_there(desks: Desks) -> None:
    """The number says what the case says, and both end together."""
    case, hop = desks.escalated()
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_HALL))
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_DESK))
    assert ticket_state(desks, case.visit_id) is TicketState.SERVING
    mine = desks.scene.office.counter_board(1).mine.current
    assert mine is not None
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    close_settled(desks, case.id)
    assert desks.do(commands.Finish(counter=1)).id == mine.id


def test_two_visitors_do_not_stand_at_one_desk(desks: Desks) -> None:
    case, _hop = desks.escalated()
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_HALL))
    desks.visitor("Budi Guru")
    desks.refused(MoveVisitor(case_id=case.id, visitor=TO_DESK), words="masih ada pengunjung lain")
    assert ticket_state(desks, case.visit_id) is TicketState.HELD


def test_at_a_desk_without_a_counter_the_queue_is_over(desks: Desks) -> None:
    case, _hop = desks.escalated()
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_HALL))
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_DESK), "admin")
    assert ticket_state(desks, case.visit_id) is TicketState.DONE
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_DESK), "admin")


def test_a_closed_case_keeps_no_number_in_the_hall(desks: Desks) -> None:
    case, hop = desks.escalated()
    desks.do(MoveVisitor(case_id=case.id, visitor=TO_HALL))
    desks.refused(EndVisit(visit_id=case.visit_id, ending=Ending.LEFT), words="masih terbuka")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    close_settled(desks, case.id)
    assert ticket_state(desks, case.visit_id) is TicketState.DONE


def pause_of(desks: Desks, visit_id: int) -> bool:
    return desks.scene.office.read(lambda tx: pauses.running(tx, visit_id, desks.scene.clock.now)) is not None


def from_the_hall(desks: Desks, case_id: int) -> None:
    ticket_id = desks.scene.office.read(lambda tx: visits.get(tx, case_id)).ticket_id or 0
    desks.do(commands.Resume(ticket_id=ticket_id))
    desks.do(commands.CallTicket(counter=1, ticket_id=ticket_id))
    desks.do(commands.Arrive(counter=1))


@pytest.mark.parametrize("mode", [VisitorMode.IN_HALL, VisitorMode.LEFT])
def test_the_office_owes_a_ready_answer_to_who_sits_in_the_hall(desks: Desks, mode: VisitorMode) -> None:
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon dicek", visitor=mode))
    desks.scene.later(20)
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    answered = desks.scene.clock.now
    assert pause_of(desks, case.visit_id) is (mode is VisitorMode.LEFT), "who went home is told when reached"
    desks.scene.later(9)
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    (pause,) = desks.scene.office.read(lambda tx: pauses.of_each(tx, [case.visit_id])[0])
    assert pause.to_at == (answered if mode is VisitorMode.IN_HALL else desks.scene.clock.now)
    assert desks.now(case).visitor == ""


def test_who_comes_back_from_the_hall_is_served(desks: Desks) -> None:
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon dicek", visitor=VisitorMode.IN_HALL))
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    from_the_hall(desks, case.visit_id)
    assert ticket_state(desks, case.visit_id) is TicketState.SERVING


def test_a_second_question_stops_the_clock_in_the_hall_again(desks: Desks) -> None:
    case = desks.case()
    hall = Escalate(case_id=case.id, instruction="Mohon dicek", visitor=VisitorMode.IN_HALL)
    for _n in range(2):
        hop = desks.do(hall)
        assert pause_of(desks, case.visit_id)
        desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
        assert not pause_of(desks, case.visit_id)
