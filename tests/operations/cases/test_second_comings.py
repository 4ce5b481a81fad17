"""A visitor comes again for a case from before: visit and case tell of each other, and it ends there."""

import msgspec
import pytest

from tests.operations.desks import Desks
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.cases.case import Case, CaseEntry, CaseOutcome, VisitorMode
from ult_desktop.core.cases.commands import (
    AnswerEscalation,
    CloseCase,
    ComeForResult,
    DeliverAnswer,
    Escalate,
    FollowUp,
    OpenCase,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.phone.commands import StartCall
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue.commands import Finish
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import JoinVisit, WelcomeVisitor
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db.accountability import deviations
from ult_desktop.db.care import declarations
from ult_desktop.db.procedures import pauses
from ult_desktop.db.visits import guests, visits
from ult_desktop.db.visits.visit_steps import visit_steps


@pytest.fixture
def desks(desks: Desks) -> Desks:
    desks.run_only("sumut-tatap-muka", "dki-kelompok-rentan")
    return desks


@pytest.fixture
def left(desks: Desks) -> Case:
    """The applicant went home; the back office has answered since."""
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon dicek", visitor=VisitorMode.LEFT))
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    desks.scene.set_time("2026-11-25 09:00")
    return case


def visit_of(desks: Desks, visit_id: int) -> Visit:
    return desks.scene.office.read(lambda tx: visits.get(tx, visit_id))


def last(desks: Desks, case: Case) -> CaseEntry:
    return desks.card(case).timeline[-1]


def test_what_is_told_in_the_second_visit_completes_the_first_ones_steps(desks: Desks, left: Case) -> None:
    """Two days between are nobody's delay, and the second coming owes no reception of its own."""
    visit_id = desks.visitor()
    again = desks.do(FollowUp(visit_id=visit_id, case_id=left.id))
    assert (again.follows, again.procedure_id) == (left.visit_id, None)
    assert (last(desks, left).kind, last(desks, left).text) == ("came_again", "A001")
    (line,) = desks.scene.office.read(lambda tx: guests.of_day(tx, "2026-11-25"))
    assert line.case_number == left.number
    desks.scene.later(2)
    desks.do(DeliverAnswer(case_id=left.id, way=DeliveryChannel.DIRECT))
    desks.do(CloseCase(case_id=left.id, survey=True))
    desks.do(Finish(counter=1))
    assert not visit_of(desks, visit_id).is_open
    seen = desks.scene.office.read(lambda tx: visit_steps(tx, left.visit_id, 0))
    assert seen is not None
    told = seen.progress.of_step(15)
    assert (told.state, told.spent_ms // 1000) == (StepState.IN_TIME, 121)
    assert not seen.visit.is_open
    of_second = desks.scene.office.read(lambda tx: deviations.of_visit(tx, visit_id))
    assert of_second == ()


def test_a_new_matter_in_a_second_visit_is_one_of_its_own(desks: Desks, left: Case) -> None:
    visit_id = desks.visitor()
    desks.do(FollowUp(visit_id=visit_id, case_id=left.id))
    desks.refused(OpenCase(visit_id=visit_id, detail="Lain"), words="sudah punya permohonan 0001")
    new = desks.do(OpenCase(visit_id=visit_id, detail="Legalisir", another=True))
    assert visit_of(desks, new.visit_id).beside == visit_id
    waits = desks.scene.office.read(lambda tx: pauses.running(tx, left.visit_id, desks.scene.clock.now))
    assert waits is not None
    assert waits.reason == f"Menunggu: permohonan {new.number}"
    desks.do(SetOutcome(case_id=left.id, outcome=CaseOutcome.AVAILABLE))
    waits = desks.scene.office.read(lambda tx: pauses.running(tx, new.visit_id, desks.scene.clock.now))
    assert waits is not None
    assert waits.reason == f"Menunggu: permohonan {left.number}"


def test_the_clock_of_who_is_named_at_the_reception_waits_for_the_counter(desks: Desks, left: Case) -> None:
    arrival = desks.do(WelcomeVisitor(), "admin")
    desks.do(FollowUp(visit_id=arrival.id, case_id=left.id), "admin")
    assert (
        desks.scene.office.read(lambda tx: pauses.running(tx, left.visit_id, desks.scene.clock.now))
        is not None
    )
    ticket = desks.scene.take()
    desks.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id))
    desks.scene.serve()
    assert (
        desks.scene.office.read(lambda tx: pauses.running(tx, left.visit_id, desks.scene.clock.now)) is None
    )


def test_what_a_number_follows_goes_over_to_the_arrival(desks: Desks, left: Case) -> None:
    visit_id = desks.visitor()
    desks.do(FollowUp(visit_id=visit_id, case_id=left.id))
    ticket_id = visit_of(desks, visit_id).ticket_id
    assert ticket_id is not None
    arrival = desks.do(WelcomeVisitor(), "admin")
    joined = desks.do(JoinVisit(visit_id=arrival.id, ticket_id=ticket_id))
    assert (joined.follows, joined.procedure_id) == (left.visit_id, None)


def test_who_comes_again_is_cared_for_and_has_no_procedure_for_it(desks: Desks, left: Case) -> None:
    arrival = desks.do(WelcomeVisitor(), "admin")
    desks.do(FollowUp(visit_id=arrival.id, case_id=left.id))
    declared = desks.do(DeclareVulnerable(visit_id=arrival.id, grounds=(PriorityReason.ELDERLY,)), "admin")
    assert (declared.vulnerable, declared.procedure_id) == (True, None)


def test_who_was_vulnerable_is_so_when_they_come_again(desks: Desks, left: Case) -> None:
    desks.do(DeclareVulnerable(visit_id=left.visit_id, grounds=(PriorityReason.ELDERLY,)), "admin")
    again = desks.do(FollowUp(visit_id=desks.visitor(), case_id=left.id))
    assert again.vulnerable
    assert desks.do(ComeForResult(visit_id=left.visit_id, arrival_id=0)).vulnerable


def test_what_was_declared_is_known_when_they_come_for_another_matter_of_the_visit(desks: Desks) -> None:
    first = desks.case()
    elderly = DeclareVulnerable(visit_id=first.visit_id, grounds=(PriorityReason.ELDERLY,))
    desks.do(elderly, "admin")
    matter = desks.do(OpenCase(visit_id=first.visit_id, detail="Legalisir", another=True))
    desks.do(Escalate(case_id=matter.id, instruction="Mohon dicek", visitor=VisitorMode.LEFT))
    desks.scene.set_time("2026-11-25 09:00")
    again = desks.do(FollowUp(visit_id=desks.do(WelcomeVisitor(), "admin").id, case_id=matter.id), "admin")
    declared = desks.scene.office.read(lambda tx: declarations.find(tx, again.id))
    assert declared is not None


def test_who_comes_for_the_result_of_a_call_is_in_the_office(desks: Desks) -> None:
    call = desks.do(StartCall(), "admin")
    desks.scene.set_time("2026-11-25 09:00")
    again = desks.do(ComeForResult(visit_id=call.visit_id))
    assert again.channel is VisitChannel.FACE_TO_FACE


def test_a_coming_for_the_result_stands_on_the_timeline_too(desks: Desks, left: Case) -> None:
    desks.do(ComeForResult(visit_id=left.visit_id))
    assert last(desks, left).kind == "came_again"


def test_what_cannot_follow_is_refused_with_words(desks: Desks, left: Case) -> None:
    visit_id = desks.visitor()
    desks.refused(FollowUp(visit_id=visit_id, case_id=99), words="tidak ada")
    call = desks.do(StartCall(), "admin")
    desks.refused(FollowUp(visit_id=call.visit_id, case_id=left.id), "admin", words="Hanya kedatangan tamu")
    named = FollowUp(visit_id=visit_id, case_id=left.id)
    desks.do(named)
    desks.refused(named, words="sudah tercatat untuk 0001")
    other = desks.case()
    desks.refused(FollowUp(visit_id=other.visit_id, case_id=left.id), words="sudah punya permohonan 0002")
    desks.do(CloseCase(case_id=left.id, withdrawn=True, remark="Tidak jadi"))
    desks.refused(FollowUp(visit_id=desks.visitor(), case_id=left.id), words="sudah ditutup")


def test_a_closed_case_that_comes_back_is_linked(desks: Desks) -> None:
    """A new case stood alone, and nobody saw that the matter was an old one."""
    first = desks.case("Tunjangan belum cair")
    back = OpenCase(visit_id=desks.visitor(), detail="Masih belum cair", original_id=first.id)
    desks.refused(back, words="masih terbuka")
    desks.do(CloseCase(case_id=first.id, withdrawn=True, remark="Menunggu"))
    new = desks.do(msgspec.structs.replace(back, visit_id=desks.visitor()))
    assert (new.original_id, new.original) == (first.id, first.number)
    assert [entry.text for entry in desks.card(new).timeline][1:] == [first.number]
    assert desks.card(first).timeline[-1].text == new.number
    desks.refused(msgspec.structs.replace(back, original_id=99), words="tidak ada")


def test_who_of_several_that_were_welcomed_comes_for_the_result_is_said(desks: Desks, left: Case) -> None:
    first, second = desks.do(WelcomeVisitor(), "admin"), desks.do(WelcomeVisitor(), "admin")
    again = ComeForResult(visit_id=left.visit_id)
    desks.refused(again, words=f"kunjungan {first.id}, {second.id}")
    named = desks.do(msgspec.structs.replace(again, arrival_id=second.id))
    assert (named.id, named.follows) == (second.id, left.visit_id)
    unwelcomed = desks.do(msgspec.structs.replace(again, arrival_id=0))
    assert unwelcomed.id not in (first.id, second.id)
    joined = desks.do(again)
    assert joined.id == first.id, "the one of whom nothing is known"
    desks.refused(msgspec.structs.replace(again, arrival_id=left.visit_id), words="sudah punya permohonan")
