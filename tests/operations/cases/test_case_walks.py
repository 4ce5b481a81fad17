"""Each POS walked through its case steps by the people it names: the steps come out done."""

from collections.abc import Callable

import msgspec
import pytest

from tests.office import store_of
from tests.operations.cases.test_appointments import KIOSK, stamp
from tests.operations.desks import LATER, Desks
from ult_desktop.core.cases.case import Case, CaseOutcome, SubReason, VisitorMode
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AcknowledgeHandover,
    AnswerApplicant,
    AnswerEscalation,
    AssessEscalation,
    CheckIn,
    CloseCase,
    DecideInformationRequest,
    DeliverAnswer,
    Escalate,
    ExtendInformationRequest,
    GiveAnswer,
    HandToHelpdesk,
    OpenCase,
    ReceiveEscalation,
    RecordQuestion,
    ReferEscalation,
    RegisterInformationRequest,
    Reschedule,
    SetOutcome,
    WithdrawEscalation,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk, Escalation
from ult_desktop.core.cases.ppid import Decision
from ult_desktop.core.phone.commands import RecordCaller, StartCall
from ult_desktop.core.procedures.commands import TakeTimeNeeded
from ult_desktop.core.procedures.procedure import StandardTime
from ult_desktop.core.procedures.progress import StepProgress, StepState, spent_words
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason, TicketState
from ult_desktop.core.visits.commands import CheckRequirements
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.office import office
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.operation import Context
from ult_desktop.operations.visits.visits import begin_visit

DONE = {StepState.IN_TIME, StepState.LATE}


def done(desks: Desks, visit_id: int) -> list[int]:
    """The steps that are done."""
    found = desks.scene.office.read(lambda tx: visit_steps(tx, visit_id, desks.scene.clock.now))
    assert found is not None
    return [step.step for step in found.progress.steps if step.state in DONE]


def running(desks: Desks, visit_id: int) -> int | None:
    """Return the step whose turn it is."""
    found = desks.scene.office.read(lambda tx: visit_steps(tx, visit_id, desks.scene.clock.now))
    assert found is not None
    return next(iter(found.progress.running), None)


def who(desks: Desks, visit_id: int, step: int) -> str:
    found = desks.scene.office.read(lambda tx: visit_steps(tx, visit_id, desks.scene.clock.now))
    assert found is not None
    return found.people[found.progress.of_step(step).officer_id or 0]


def at_helpdesk(desks: Desks) -> Case:
    """POS Kaltara 3 and 4: the visitor is with the helpdesk officer and has told the question."""
    visit_id = desks.visitor()
    desks.do(HandToHelpdesk(visit_id=visit_id, officer_id=desks.id("hadi")))
    desks.do(AcknowledgeHandover(visit_id=visit_id), "hadi")
    case: Case = desks.do(OpenCase(visit_id=visit_id, detail="Dapodik terkunci"), "hadi")
    return case


def test_kaltara_solved_at_once(desks: Desks) -> None:
    case = at_helpdesk(desks)
    assert running(desks, case.visit_id) == 5
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE), "hadi")
    assert running(desks, case.visit_id) == 5
    desks.refused(CloseCase(case_id=case.id), "hadi", "belum disampaikan")
    desks.do(GiveAnswer(case_id=case.id, answer="Sudah dibuka"), "hadi")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT), "hadi")
    assert done(desks, case.visit_id)[-3:] == [3, 4, 5]
    assert running(desks, case.visit_id) == 6
    assert (who(desks, case.visit_id, 3), who(desks, case.visit_id, 5)) == ("Siti Rahmawati", "Hadi Helpdesk")
    desks.do(CloseCase(case_id=case.id), "hadi")


def test_kaltara_scheduled_again_and_solved_then(desks: Desks) -> None:
    case = at_helpdesk(desks)
    made = desks.do(Reschedule(case_id=case.id, at=stamp(desks, LATER), reason="Perlu data"), "hadi")
    assert desks.marks(case)[-1] == "outcome_set:tidak_dapat_diselesaikan"
    assert running(desks, case.visit_id) == 4
    desks.scene.set_time("2026-11-25 09:55")
    desks.scene.kiosk.perform(CheckIn(code=made.code), KIOSK)
    desks.do(RecordQuestion(case_id=case.id, question="Ini datanya"), "hadi")
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE), "hadi")
    assert desks.marks(case)[-2:] == ["question_recorded", "outcome_set:selesai"]
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT), "hadi")
    assert 5 in done(desks, case.visit_id)
    assert running(desks, case.visit_id) == 6
    assert desks.do(CloseCase(case_id=case.id), "hadi").closed_at


def test_the_second_coming_waits_in_the_hall_with_its_own_number(desks: Desks) -> None:
    case = at_helpdesk(desks)
    made = desks.do(Reschedule(case_id=case.id, at=stamp(desks, LATER), reason="Perlu data"), "hadi")
    desks.scene.set_time(LATER)
    desks.scene.sit(2)
    came = desks.scene.kiosk.perform(CheckIn(code=made.code), KIOSK).ticket
    desks.scene.do(commands.CallTicket(counter=2, ticket_id=came.id))
    desks.scene.do(commands.Arrive(counter=2))
    hall = Escalate(case_id=case.id, instruction="Mohon bantuan", visitor=VisitorMode.IN_HALL)
    desks.do(hall, "hadi")
    assert desks.scene.ticket(came).state is TicketState.HELD


def test_kaltara_what_the_helpdesk_does_not_know_is_settled_by_telling_it(desks: Desks) -> None:
    case = at_helpdesk(desks)
    unknown = SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    desks.do(unknown, "hadi")
    assert running(desks, case.visit_id) == 5
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon bantuan"), "hadi")
    assert hop.from_desk is CaseDesk.HELPDESK
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Buka kunci"), "bela")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT), "hadi")
    assert "outcome_set:selesai" in desks.marks(case)
    assert running(desks, case.visit_id) == 6


@pytest.fixture
def sumut(desks: Desks) -> Desks:
    """The office runs the POS of Sumut for who comes in person."""
    desks.run_only("sumut-tatap-muka")
    return desks


@pytest.mark.parametrize(
    ("outcome", "ground"),
    [(CaseOutcome.AVAILABLE, ""), (CaseOutcome.EXCLUDED, "17h")],
    ids=["tersedia", "dikecualikan"],
)
def test_sumut_told_at_once(sumut: Desks, outcome: CaseOutcome, ground: str) -> None:
    case = sumut.case()
    assert running(sumut, case.visit_id) == 9
    sumut.do(SetOutcome(case_id=case.id, outcome=outcome, ground=ground))
    assert running(sumut, case.visit_id) == 15
    sumut.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    sumut.do(CloseCase(case_id=case.id, survey=True))
    assert [step for step in done(sumut, case.visit_id) if step > 7] == [8, 9, 15, 16]


def back_office_settles(desks: Desks, hop_id: int) -> None:
    desks.do(AssessEscalation(escalation_id=hop_id, can_solve=True), "bela")
    desks.do(AnswerEscalation(escalation_id=hop_id, answer="Cair Jumat"), "bela")


def unit_directs(desks: Desks, hop_id: int) -> None:
    desks.do(AssessEscalation(escalation_id=hop_id, can_solve=False), "bela")
    below = desks.do(ReferEscalation(escalation_id=hop_id, instruction="Mohon arahan"), "bela")
    desks.do(ReceiveEscalation(escalation_id=below.id), "umar")
    desks.do(AnswerEscalation(escalation_id=below.id, answer="Lengkapi SK"), "umar")
    desks.do(AcknowledgeAnswer(escalation_id=below.id), "bela")
    desks.do(AnswerEscalation(escalation_id=hop_id, answer="Lengkapi SK"), "bela")


@pytest.mark.parametrize(
    ("settle", "steps"),
    [(back_office_settles, [8, 9, 10, 11, 12, 15, 16]), (unit_directs, [8, 9, 10, 11, 12, 13, 14, 15, 16])],
)
@pytest.mark.parametrize(
    "way", [DeliveryChannel.DIRECT, DeliveryChannel.PHONE], ids=["langsung", "tidak langsung"]
)
def test_sumut_over_the_back_office(
    sumut: Desks, settle: Callable[[Desks, int], None], steps: list[int], way: DeliveryChannel
) -> None:
    case = sumut.case()
    unknown = SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    sumut.do(unknown)
    assert running(sumut, case.visit_id) == 10
    mode = VisitorMode.AT_DESK if way is DeliveryChannel.DIRECT else VisitorMode.LEFT
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon dicek", visitor=mode))
    sumut.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    assert running(sumut, case.visit_id) == 12
    settle(sumut, hop.id)
    assert running(sumut, case.visit_id) == 15
    sumut.do(AcknowledgeAnswer(escalation_id=hop.id))
    sumut.do(DeliverAnswer(case_id=case.id, way=way, proof="0811 kepada Ani"))
    sumut.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    sumut.do(CloseCase(case_id=case.id, survey=True))
    assert [step for step in done(sumut, case.visit_id) if step > 7] == steps
    assert who(sumut, case.visit_id, 12) == "Bela Back"
    assert who(sumut, case.visit_id, 15) == "Siti Rahmawati"


def test_sumut_in_one_touch_each(sumut: Desks) -> None:
    """Asking says "not available", referring says "not here": no step is left for a missing click."""
    case = sumut.case()
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon dicek"))
    below = sumut.do(ReferEscalation(escalation_id=hop.id, instruction="Mohon arahan"), "bela")
    sumut.do(AnswerEscalation(escalation_id=below.id, answer="Lengkapi SK"), "umar")
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Lengkapi SK"), "bela")
    sumut.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    sumut.do(CloseCase(case_id=case.id, survey=True))
    assert [step for step in done(sumut, case.visit_id) if step > 7] == list(range(8, 17))


def deadlines(desks: Desks, case: Case, hop: Escalation) -> set[int | None]:
    """Until when it is due: in the inbox and on the disposition, and on the visitor's proof."""
    hops = desks.scene.office.read(lambda tx: escalations.of_case(tx, case.id))
    return {*(each.due_at for each in hops if each.id == hop.id), desks.now(case).due_at}


def test_sumut_a_matter_with_ppid_has_the_laws_days_and_no_minutes(sumut: Desks) -> None:
    case = sumut.do(OpenCase(visit_id=sumut.visitor(), detail="Data rapor mutu"))
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon diproses", to=CaseDesk.PPID))
    assert deadlines(sumut, case, hop) == {stamp(sumut, "2026-12-04 00:00")}
    sumut.scene.set_time("2026-11-25 09:00")
    told = sumut.do(RegisterInformationRequest(case_id=case.id, wanted="Data rapor mutu", purpose="Skripsi"))
    assert deadlines(sumut, case, hop) == {told.due_at}
    longer = sumut.do(ExtendInformationRequest(request_id=told.id, reason="Data di pusat"), "putri")
    assert deadlines(sumut, case, hop) == {longer.due_at}
    sumut.scene.set_time("2026-12-04 10:00")
    sumut.do(ReceiveEscalation(escalation_id=hop.id), "putri")
    sumut.do(AnswerEscalation(escalation_id=hop.id, answer="Terlampir"), "putri")
    found = sumut.scene.office.read(lambda tx: visit_steps(tx, case.visit_id, sumut.scene.clock.now))
    assert found is not None
    assert [step.step for step in found.progress.steps if step.overdue and step.step in (11, 12)] == []
    sumut.do(AcknowledgeAnswer(escalation_id=hop.id))


def test_what_is_taken_back_from_ppid_is_the_desks_again(sumut: Desks) -> None:
    case = sumut.do(OpenCase(visit_id=sumut.visitor(), detail="Data rapor mutu"))
    hop = sumut.do(Escalate(case_id=case.id, instruction="Mohon diproses", to=CaseDesk.PPID))
    sumut.do(WithdrawEscalation(escalation_id=hop.id, reason="Sudah ada di laman"))
    assert sumut.now(case).due_at == case.due_at


def test_dki_ppid_has_its_own_three_days(desks: Desks) -> None:
    visit_id = desks.visitor(priority=PriorityReason.ELDERLY)
    case = desks.do(OpenCase(visit_id=visit_id, detail="Data sekolah"))
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon diproses", to=CaseDesk.PPID))
    desks.do(RegisterInformationRequest(case_id=case.id, wanted="Data sekolah", purpose="Arsip"))
    assert deadlines(desks, case, hop) == {stamp(desks, "2026-11-27 00:00")}


def test_dki_a_flexible_step_takes_the_time_that_the_visitor_needs(desks: Desks) -> None:
    """POS DKI 5: "fleksibel, sesuai dengan kebutuhan"."""
    visit_id = desks.visitor(priority=PriorityReason.DISABILITY)
    take = TakeTimeNeeded(visit_id=visit_id, step=5, reason="Juru bahasa isyarat")
    desks.refused(msgspec.structs.replace(take, step=3), words="tidak fleksibel")
    desks.refused(msgspec.structs.replace(take, reason="-"), words="hanya dengan alasan")

    def fifth() -> StepProgress:
        found = desks.scene.office.read(lambda tx: visit_steps(tx, visit_id, desks.scene.clock.now))
        assert found is not None
        return found.progress.of_step(5)

    desks.scene.later(20)
    desks.do(take)
    desks.scene.later(20)
    desks.do(OpenCase(visit_id=visit_id, detail="Data sekolah"))
    desks.do(CheckRequirements(visit_id=visit_id))
    assert (fifth().state, fifth().overdue) == (StepState.IN_TIME, False)
    assert spent_words(fifth(), StandardTime(minutes=10)).endswith(", sesuai kebutuhan")
    desks.refused(take, words="sudah selesai")


def test_dki_the_result_comes_from_ppid_with_its_receipt(desks: Desks) -> None:
    visit_id = desks.visitor(priority=PriorityReason.ELDERLY)
    case = desks.do(OpenCase(visit_id=visit_id, detail="Data sekolah"))
    request = desks.do(RegisterInformationRequest(case_id=case.id, wanted="Data sekolah", purpose="Arsip"))
    command = Escalate(
        case_id=case.id, instruction="Mohon diproses", to=CaseDesk.PPID, visitor=VisitorMode.LEFT
    )
    hop = desks.do(command)
    assert [item.subject_id for item in desks.inbox("putri", CaseDesk.PPID).items] == [hop.id]
    desks.do(DecideInformationRequest(request_id=request.id, decision=Decision.GRANTED), "putri")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Terlampir"), "putri")
    assert running(desks, visit_id) == 7
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    told = desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    assert told.receipt == "0001/TT/2026"
    assert [step for step in done(desks, visit_id) if step in (6, 7)] == [6, 7]
    assert running(desks, visit_id) == 8
    assert (who(desks, visit_id, 6), who(desks, visit_id, 7)) == ("Putri PPID", "Siti Rahmawati")


def online_case(desks: Desks) -> Case:
    """A request that came by SEMPENA."""
    here = desks.scene.office
    context = Context(
        desks.scene.clock.now, "2026-11-23", desks.actor("siti"), "uji-daring", here.read(office.load)
    )
    visit_id = store_of(here).write(lambda tx: begin_visit(tx, context, VisitChannel.ONLINE))
    case: Case = desks.do(OpenCase(visit_id=visit_id, detail="Mohon data"))
    return case


def test_kepri_the_front_office_answers(desks: Desks) -> None:
    case = online_case(desks)
    assert done(desks, case.visit_id) == [1]
    desks.do(GiveAnswer(case_id=case.id, answer="Terlampir"))
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.EMAIL, proof="Surel 10.12"))
    assert "answered:a" in desks.marks(case)
    assert running(desks, case.visit_id) == 3


@pytest.mark.parametrize("itself", [True, False], ids=["back office", "front office"])
def test_kepri_the_back_office_is_asked(desks: Desks, itself: bool) -> None:
    case = online_case(desks)
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon data"))
    if itself:
        told = AnswerApplicant(
            escalation_id=hop.id, answer="Terlampir", way=DeliveryChannel.EMAIL, proof="Surel 10.12"
        )
        desks.do(told, "bela")
    else:
        desks.do(AnswerEscalation(escalation_id=hop.id, answer="Terlampir"), "bela")
        desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.EMAIL, proof="Surel 10.12"))
    assert "answered:b" in desks.marks(case)
    assert who(desks, case.visit_id, 2) == ("Bela Back" if itself else "Siti Rahmawati")


def test_on_the_telephone_an_exclusion_is_told_at_once(desks: Desks) -> None:
    desks.run_only("sumut-telepon", "sumut-tatap-muka")
    call = desks.do(StartCall())
    desks.do(RecordCaller(call_id=call.visit_id, name="Ani", phone="081155501234", question="Soal ujian?"))
    found = desks.scene.office.read(lambda tx: visits.get(tx, call.visit_id))
    assert found.procedure_id == "sumut-telepon"
    case = desks.scene.office.read(lambda tx: cases.of_visit(tx, call.visit_id))
    assert case is not None
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.EXCLUDED, ground="17h"))
    assert "outcome_set:tersedia" in desks.marks_of(call.visit_id)
