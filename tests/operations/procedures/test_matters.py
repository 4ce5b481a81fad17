"""Several matters of one visitor: each its case, steps and clock; one is at hand, the others wait for it."""

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.examples import examples
from tests.operations.desks import Desks
from tests.operations.scene import MINUTE
from ult_desktop.base.errors import UserError
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.case import Case, CaseOutcome, VisitorMode
from ult_desktop.core.cases.commands import (
    AnswerEscalation,
    CancelAppointment,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    MoveVisitor,
    OpenCase,
    ReceiveEscalation,
    Reschedule,
    SetOutcome,
    TakeUpCase,
    WithdrawEscalation,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.command import Command
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.procedures.clock import OwedBy, Stretch, is_behind_the_desk
from ult_desktop.core.procedures.commands import AdoptProcedure, PauseClock, ResumeClock
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue.commands import Arrive, CallTicket, Finish, Resume
from ult_desktop.core.visits.commands import EndVisit, VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import escalations
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations.procedures.procedures import load_procedure


@pytest.fixture
def sumut(desks: Desks) -> Desks:
    desks.run_only("sumut-tatap-muka")
    return desks


def another(desks: Desks, case: Case, detail: str = "Legalisir ijazah") -> Case:
    found: Case = desks.do(OpenCase(visit_id=case.visit_id, detail=detail, another=True))
    return found


def visit_of(desks: Desks, case: Case) -> Visit:
    return desks.scene.office.read(lambda tx: visits.get(tx, case.visit_id))


def steps_of(desks: Desks, case: Case) -> VisitSteps:
    found = desks.scene.office.read(lambda tx: visit_steps(tx, case.visit_id, desks.scene.clock.now))
    assert found is not None
    return found


def waits_for(desks: Desks, case: Case) -> str:
    """Why its clock stands, "" while it runs."""
    pause = steps_of(desks, case).pause
    return "" if pause is None else pause.reason


def deviations_of(desks: Desks, case: Case) -> list[tuple[DeviationKind, int]]:
    found = desks.scene.office.read(lambda tx: deviations.of_visit(tx, case.visit_id))
    return [(each.kind, each.step) for each in found]


def tell_and_close(desks: Desks, case: Case) -> None:
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    desks.do(CloseCase(case_id=case.id, survey=True))


def waiting(case: Case) -> str:
    return f"Menunggu: permohonan {case.number}"


def test_a_further_matter_is_asked_for_and_has_a_number_of_its_own(sumut: Desks) -> None:
    first = sumut.case()
    again = OpenCase(visit_id=first.visit_id, detail="Legalisir ijazah")
    sumut.refused(again, words="sudah punya permohonan 0001/ULT/2026")
    second = another(sumut, first)
    third = another(sumut, second, "Surat keterangan")
    assert [first.number, second.number, third.number] == [f"000{n}/ULT/2026" for n in (1, 2, 3)]
    assert {visit_of(sumut, case).beside for case in (second, third)} == {first.visit_id}
    card = sumut.card(second)
    assert card.guest is not None
    assert (card.guest.name, card.label) == ("Ani Guru", "A001")


def test_the_first_matter_needs_no_such_word(sumut: Desks) -> None:
    case = sumut.do(OpenCase(visit_id=sumut.visitor(), detail="Tunjangan", another=True))
    assert visit_of(sumut, case).beside is None


def test_who_comes_for_another_needs_the_letter_for_each_matter(sumut: Desks) -> None:
    first = sumut.case()
    sumut.do(VerifyIdentity(visit_id=first.visit_id, kind=IdDocument.KTP, for_other=True))
    sumut.refused(OpenCase(visit_id=first.visit_id, detail="Lain", another=True), words="suratnya belum ada")


def test_the_others_wait_for_what_is_at_hand_and_their_clocks_stand(sumut: Desks) -> None:
    """Ten minutes on the second matter are no delay of the first, whose standard is three."""
    first = sumut.case()
    second = another(sumut, first)
    assert (waits_for(sumut, first), waits_for(sumut, second)) == (waiting(second), "")
    sumut.scene.later(2)
    sumut.do(SetOutcome(case_id=second.id, outcome=CaseOutcome.AVAILABLE))
    sumut.scene.later(4)
    sumut.do(DeliverAnswer(case_id=second.id, way=DeliveryChannel.DIRECT))
    sumut.scene.later(4)
    sumut.do(CloseCase(case_id=second.id))
    assert visit_of(sumut, second).ending == Ending.DONE
    assert waits_for(sumut, first) == ""
    sumut.scene.later(1)
    tell_and_close(sumut, first)
    sumut.do(Finish(counter=1))
    assert visit_of(sumut, first).ending == Ending.DONE
    late = [kind for case in (first, second) for kind, step in deviations_of(sumut, case) if step > 7]
    assert late == []
    stood = next(each for each in steps_of(sumut, first).progress.stretches if each.reason)
    assert (stood.owes, stood.reason) == (OwedBy.OFFICE, waiting(second))
    assert (stood.end - stood.begin) // MINUTE == 10


def test_what_is_slow_is_late_in_its_own_matter_alone(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    sumut.scene.later(5)
    tell_and_close(sumut, second)
    tell_and_close(sumut, first)
    sumut.do(Finish(counter=1))
    assert (DeviationKind.TIME, 9) in deviations_of(sumut, second)
    assert [step for kind, step in deviations_of(sumut, first) if kind is DeviationKind.TIME] == []


def test_an_officer_turns_from_one_matter_to_another(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    third = another(sumut, first)
    sumut.do(TakeUpCase(case_id=first.id))
    assert [waits_for(sumut, case) for case in (first, second, third)] == ["", *[waiting(first)] * 2]
    sumut.do(SetOutcome(case_id=third.id, outcome=CaseOutcome.AVAILABLE))  # to work on it is to turn to it
    assert [waits_for(sumut, case) for case in (first, second, third)] == [*[waiting(third)] * 2, ""]
    sumut.do(Escalate(case_id=third.id, instruction="Mohon dicek"))
    sumut.refused(TakeUpCase(case_id=third.id), words="masih di unit lain")


def test_the_desk_goes_on_with_another_matter_while_back_office_has_one(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    hop = sumut.do(Escalate(case_id=second.id, instruction="Mohon dicek"))
    assert (waits_for(sumut, first), waits_for(sumut, second)) == ("", waiting(first))
    sumut.scene.later(4)
    sumut.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    received = steps_of(sumut, second).progress.of_step(11)
    assert received.state is StepState.LATE, "the back office is late whatever the front desk does"
    sumut.do(Escalate(case_id=first.id, instruction="Mohon dicek"))
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    assert waits_for(sumut, second) == "", "its answer is there, and nothing else to do"


def test_who_sits_in_the_hall_for_one_matter_is_away_for_all(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    hop = sumut.do(Escalate(case_id=second.id, instruction="x", visitor=VisitorMode.IN_HALL))
    assert (waits_for(sumut, first), waits_for(sumut, second)) == (waiting(second), VisitorMode.IN_HALL.word)
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    sumut.scene.later(9)
    ticket_id = visit_of(sumut, first).ticket_id
    assert ticket_id is not None
    sumut.do(Resume(ticket_id=ticket_id))
    sumut.do(CallTicket(counter=1, ticket_id=ticket_id))
    sumut.do(Arrive(counter=1))
    assert (waits_for(sumut, first), waits_for(sumut, second)) == (waiting(second), "")
    assert steps_of(sumut, second).progress.of_step(15).overdue, "the answer lay ready for nine minutes"


def test_a_visitor_moved_to_the_desk_goes_on_with_what_is_there(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    sumut.do(Escalate(case_id=second.id, instruction="x", visitor=VisitorMode.IN_HALL))
    sumut.do(MoveVisitor(case_id=second.id, visitor=VisitorMode.AT_DESK))
    assert waits_for(sumut, first) == ""


def test_a_pause_by_hand_stops_all_matters(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    sumut.do(PauseClock(visit_id=first.visit_id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR))
    assert (waits_for(sumut, first), waits_for(sumut, second)) == ("Mengambil berkas", waiting(first))
    sumut.refused(
        PauseClock(visit_id=first.visit_id, reason="Menelepon", asked_by=AskedBy.VISITOR),
        words="sudah dihentikan",
    )
    sumut.do(ResumeClock(visit_id=first.visit_id))
    assert (waits_for(sumut, first), waits_for(sumut, second)) == ("", waiting(first))


def test_another_day_for_one_matter_leaves_the_desk_to_the_other(desks: Desks) -> None:
    first = desks.case()
    second = another(desks, first)
    later = desks.scene.clock.now + 24 * 60 * MINUTE
    booked = desks.do(Reschedule(case_id=second.id, at=later, reason="Berkas belum ada"))
    assert waits_for(desks, first) == ""
    desks.do(CancelAppointment(appointment_id=booked.id, reason="Sudah ada"))
    assert (waits_for(desks, first), waits_for(desks, second)) == ("", waiting(first))


def test_what_is_taken_back_from_another_desk_is_at_hand_where_nothing_else_is(sumut: Desks) -> None:
    first = sumut.case()
    second = another(sumut, first)
    hop = sumut.do(Escalate(case_id=second.id, instruction="x"))
    sumut.do(Escalate(case_id=first.id, instruction="x"))
    sumut.do(WithdrawEscalation(escalation_id=hop.id, reason="Keliru"))
    assert (waits_for(sumut, first), waits_for(sumut, second)) == (waiting(second), "")


def test_the_end_of_the_visit_ends_all_of_it_but_what_follows_later(sumut: Desks) -> None:
    first = sumut.case()
    second, third = another(sumut, first), another(sumut, first)
    tell_and_close(sumut, first)
    sumut.do(Finish(counter=1))
    end = EndVisit(visit_id=first.visit_id)
    sumut.refused(end, words="0002/ULT/2026 masih terbuka")
    sumut.do(Escalate(case_id=second.id, instruction="x", visitor=VisitorMode.LEFT))
    sumut.refused(end, words="0003/ULT/2026 masih terbuka")
    sumut.do(CloseCase(case_id=third.id, withdrawn=True, remark="Tidak jadi"))
    assert [visit_of(sumut, case).ending for case in (first, second, third)] == ["done", "", "left"]
    hop = sumut.scene.office.read(lambda tx: escalations.open_of(tx, second.id))[0]
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    sumut.do(DeliverAnswer(case_id=second.id, way=DeliveryChannel.PHONE, proof="Diterima sendiri"))
    sumut.do(CloseCase(case_id=second.id))
    assert visit_of(sumut, second).ending == Ending.DONE


def test_ending_by_hand_takes_along_what_is_closed(desks: Desks) -> None:
    """POS Kaltara: to close a case is no step; a matter that went on beside it ends with the visit."""
    desks.run_only("kaltara-helpdesk")
    first = desks.case()
    second = another(desks, first)
    desks.do(SetOutcome(case_id=second.id, outcome=CaseOutcome.AVAILABLE))
    assert [step.step for step in steps_of(desks, second).procedure.steps] == [4, 5]
    tell_and_close(desks, first)
    desks.refused(EndVisit(visit_id=first.visit_id), words="0002/ULT/2026 masih terbuka")
    desks.do(DeliverAnswer(case_id=second.id, way=DeliveryChannel.DIRECT))
    desks.do(CloseCase(case_id=second.id))
    desks.do(Finish(counter=1))
    desks.do(EndVisit(visit_id=first.visit_id))
    assert not visit_of(desks, first).is_open
    assert [step for _kind, step in deviations_of(desks, second)] == []


@pytest.mark.parametrize("door_only", [False, True])
def test_where_no_procedure_speaks_of_cases_a_matter_ends_with_its_case(
    desks: Desks, door_only: bool
) -> None:
    desks.run_only()
    if door_only:
        whole = load_procedure("sumut-tatap-muka")
        steps = (*whole.steps[:3], replace(whole.steps[3], next=None))
        desks.do(AdoptProcedure(procedure=replace(whole, id="pintu", steps=steps)), "admin")
    first = desks.case()
    second = another(desks, first)
    tell_and_close(desks, second)
    assert visit_of(desks, second).ending == Ending.DONE
    assert desks.scene.office.read(lambda tx: visit_steps(tx, second.visit_id, 0)) is None


ACTS: tuple[Callable[[Desks, Case], Command | None], ...] = (
    lambda _desks, case: TakeUpCase(case_id=case.id),
    lambda _desks, case: SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE),
    lambda _desks, case: GiveAnswer(case_id=case.id, answer="Cair Jumat"),
    lambda _desks, case: DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT),
    lambda _desks, case: CloseCase(case_id=case.id),
    lambda _desks, case: CloseCase(case_id=case.id, withdrawn=True, remark="Tidak jadi"),
    lambda _desks, case: Escalate(case_id=case.id, instruction="Mohon dicek"),
    lambda _desks, case: Escalate(case_id=case.id, instruction="x", visitor=VisitorMode.IN_HALL),
    lambda _desks, case: MoveVisitor(case_id=case.id, visitor=VisitorMode.AT_DESK),
    lambda _desks, case: PauseClock(
        visit_id=case.visit_id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR
    ),
    lambda _desks, case: ResumeClock(visit_id=case.visit_id),
    lambda desks, case: _answer(desks, case),  # noqa: PLW0108  (it stands below)
)


def _answer(desks: Desks, case: Case) -> Command | None:
    hops = desks.scene.office.read(lambda tx: escalations.open_of(tx, case.id))
    return AnswerEscalation(escalation_id=hops[0].id, answer="Cair") if hops else None


@examples(25)
@given(acts=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS), st.integers(1, 9)), max_size=14))
def test_each_minute_of_each_matter_is_somebodys_and_the_desk_works_on_one(
    sumut: Desks, acts: list[tuple[int, Callable[[Desks, Case], Command | None], int]]
) -> None:
    first = sumut.case()
    matters = [first, another(sumut, first), another(sumut, first)]
    for which, act, minutes in acts:
        sumut.scene.later(minutes)
        command = act(sumut, matters[which])
        if command is not None:
            with suppress(UserError):
                sumut.do(command, "bela" if isinstance(command, AnswerEscalation) else "siti")
    sumut.scene.later(3)
    worked = list[Stretch]()
    for case in matters:
        seen = steps_of(sumut, case)
        began, until = seen.visit.began_at, seen.visit.ended_at or sumut.scene.clock.now
        ends = [began, *(each.end for each in seen.progress.stretches)]
        assert [each.begin for each in seen.progress.stretches] == ends[:-1]
        assert ends[-1] == until
        behind = {each.step for each in seen.procedure.steps if is_behind_the_desk(each)}
        for each in seen.progress.stretches:
            kinds = (each.step is not None, each.reason != "", each.owes in (OwedBy.QUEUE, OwedBy.NOBODY))
            assert sum(kinds) == 1
            if each.step is not None and each.step not in behind and each.begin >= matters[2].opened_at:
                worked.append(each)
    worked.sort(key=lambda each: each.begin)
    assert all(before.end <= after.begin for before, after in pairwise(worked))
