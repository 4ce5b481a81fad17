"""POS DKI kelompok rentan: every step by who the POS names, in one coming and in two."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.answers import best_answers
from tests.journeys.bureau import Bureau
from tests.operations.scene import MINUTE
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.care.commands import (
    AcknowledgeAlert,
    AddDevice,
    BeginEscort,
    CallSecurity,
    DeclareVulnerable,
    EndEscort,
    LendDevice,
    ReturnDevice,
)
from ult_desktop.core.care.declarations import Condition, Leg
from ult_desktop.core.cases.case import Case, CaseOutcome, VisitorMode
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AnswerEscalation,
    CloseCase,
    ComeForResult,
    DeliverAnswer,
    Escalate,
    FollowUp,
    OpenCase,
    ReceiveEscalation,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.survey.commands import RefuseSurvey
from ult_desktop.core.visits.commands import CheckRequirements, SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.cases import cases
from ult_desktop.db.visits import visits

DOOR, DESK, FRONT, PPID = Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE, Role.PPID
PRIORITY_COUNTER = 3
IN_TIME = (StepState.IN_TIME,)


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Monday, 08.00 WIB; the front office sits at the priority counter; a wheelchair stands ready."""
    bureau = Bureau(tmp_path, "bpmp-dki")
    bureau.do(FRONT, commands.StaffCounter(counter=PRIORITY_COUNTER))
    bureau.do(DOOR, AddDevice(kind="Kursi roda", label="Kursi roda 1"))
    yield bureau
    bureau.close()


def escorted(bureau: Bureau, who: Role, visit_id: int, leg: Leg, minutes: float) -> None:
    escort = bureau.do(who, BeginEscort(visit_id=visit_id, leg=leg))
    bureau.later(minutes)
    bureau.do(who, EndEscort(escort_id=escort.id))


def at_the_counter(bureau: Bureau) -> Visit:
    """Steps 1 to 5: welcomed, alerted, brought in on wheels, a priority number, brought to the counter."""
    visit: Visit = bureau.do(DOOR, WelcomeVisitor())
    said = DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,), help=(Help.WHEELCHAIR,))
    bureau.do(DOOR, said)
    (alert,) = bureau.read(declarations.open_alerts)
    bureau.do(DESK, AcknowledgeAlert(alert_id=alert.id))
    bureau.do(DOOR, LendDevice(device_id=1, visit_id=visit.id))
    escorted(bureau, DOOR, visit.id, Leg.IN, 4)
    bureau.do(DESK, SignGuestBook(visit_id=visit.id, name="Sri Wahyuni", institution="SLB Negeri 2"))
    bureau.later(3)
    priority = commands.IssueTicket(
        service_id=bureau.service["B"], priority=PriorityReason.DISABILITY, visit_id=visit.id
    )
    number = bureau.do(DESK, priority).ticket
    assert number.label == "P001"
    escorted(bureau, DESK, visit.id, Leg.TO_COUNTER, 1)
    bureau.serve(PRIORITY_COUNTER, calls=5)
    bureau.later(8)
    bureau.do(FRONT, CheckRequirements(visit_id=visit.id))
    return visit


def asked_of_ppid(bureau: Bureau, visit: Visit, where: VisitorMode) -> Case:
    case: Case = bureau.do(FRONT, OpenCase(visit_id=visit.id, detail="Data SLB se-DKI"))
    onward = Escalate(case_id=case.id, instruction="Mohon diproses", to=CaseDesk.PPID, visitor=where)
    hop = bureau.do(FRONT, onward)
    bureau.do(PPID, ReceiveEscalation(escalation_id=hop.id))
    return case


def ppid_answers(bureau: Bureau, case: Case) -> None:
    """Step 6."""
    hop = bureau.read(lambda tx: tx.value("SELECT id FROM escalation WHERE case_id = ?", case.id))
    bureau.do(PPID, AnswerEscalation(escalation_id=int(hop), answer="Berkas data terlampir."))
    bureau.do(FRONT, AcknowledgeAnswer(escalation_id=int(hop)))


def handed_over_and_out(bureau: Bureau, case: Case, here: Visit) -> None:
    """Steps 7 to 10: result and receipt, survey with help, security called, brought out, chair back."""
    bureau.later(4)
    bureau.do(FRONT, DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    bureau.later(4)
    bureau.do(FRONT, best_answers(case.visit_id, assisted=True))
    bureau.later(2)
    bureau.do(FRONT, CallSecurity(visit_id=here.id, place="Loket 3"))
    bureau.do(FRONT, CloseCase(case_id=case.id))
    alert = bureau.read(declarations.open_alerts)[-1]
    bureau.do(DOOR, AcknowledgeAlert(alert_id=alert.id))
    escorted(bureau, DOOR, here.id, Leg.OUT, 4)


def missing(bureau: Bureau, visit_id: int) -> list[int | None]:
    found = bureau.read(lambda tx: deviations.of_visit(tx, visit_id))
    return [each.step for each in found if each.kind is DeviationKind.OUTPUT]


def test_in_one_coming(bureau: Bureau) -> None:
    visit = at_the_counter(bureau)
    case = asked_of_ppid(bureau, visit, VisitorMode.AT_DESK)
    bureau.later(60)
    ppid_answers(bureau, case)
    handed_over_and_out(bureau, case, visit)
    (chair,) = bureau.read(lambda tx: assistive_devices.every_device(tx, visit.day))
    assert chair.loan_id is not None
    bureau.do(DOOR, ReturnDevice(loan_id=chair.loan_id, condition=Condition.GOOD))
    bureau.do(FRONT, commands.Finish(counter=PRIORITY_COUNTER))
    assert bureau.steps(visit.id, *IN_TIME) == list(range(1, 11))
    ended = bureau.read(lambda tx: visits.get(tx, visit.id))
    assert (ended.ending, missing(bureau, visit.id)) == (Ending.DONE, [])
    assert bureau.read(lambda tx: cases.get(tx, case.id)).outcome is CaseOutcome.AVAILABLE
    assert bureau.read(lambda tx: deviations.of_visit(tx, visit.id)) == ()


def test_what_the_counter_gives_by_itself_needs_neither_a_request_nor_ppid(bureau: Bureau) -> None:
    """On a day without anybody of PPID."""
    visit = at_the_counter(bureau)
    bureau.do(FRONT, RefuseSurvey(visit_id=visit.id))
    bureau.do(FRONT, CallSecurity(visit_id=visit.id, place="Loket 3"))
    escorted(bureau, DOOR, visit.id, Leg.OUT, 4)
    given = commands.Finish(counter=PRIORITY_COUNTER, outcome="Informasi diberikan", leaves=True)
    bureau.do(FRONT, given)
    assert bureau.read(lambda tx: visits.get(tx, visit.id)).ending == Ending.DONE
    assert bureau.read(lambda tx: deviations.of_visit(tx, visit.id)) == ()


def test_the_result_follows_two_working_days_later(bureau: Bureau) -> None:
    visit = at_the_counter(bureau)
    case = asked_of_ppid(bureau, visit, VisitorMode.FETCHES)
    assert bureau.read(lambda tx: visits.get(tx, visit.id)).is_open
    bureau.set_time("2026-11-25 09:00")
    ppid_answers(bureau, case)
    again = bureau.do(DESK, ComeForResult(visit_id=visit.id))
    number = commands.IssueTicket(
        service_id=bureau.service["B"], priority=PriorityReason.DISABILITY, visit_id=again.id
    )
    escorted(bureau, DOOR, again.id, Leg.IN, 6)
    bureau.do(DESK, number)
    bureau.later(40)
    bureau.do(FRONT, commands.CallNext(counter=PRIORITY_COUNTER))
    bureau.do(FRONT, commands.Arrive(counter=PRIORITY_COUNTER))
    handed_over_and_out(bureau, case, again)
    bureau.do(FRONT, commands.Finish(counter=PRIORITY_COUNTER))
    assert bureau.step(visit.id, 6).state is StepState.IN_TIME
    assert bureau.steps(visit.id, StepState.IN_TIME) == list(range(1, 11))
    assert bureau.step(visit.id, 7).spent_ms == 4 * MINUTE
    for each in (visit, again):
        assert bureau.read(lambda tx, v=each: visits.get(tx, v.id)).ending == Ending.DONE  # type: ignore[misc]
        assert missing(bureau, each.id) == []


def gone_home(bureau: Bureau, visit: Visit) -> None:
    """Steps 9 and 10 of the first day: the result follows, and security brings the visitor out."""
    bureau.do(FRONT, CallSecurity(visit_id=visit.id, place="Loket 3"))
    escorted(bureau, DOOR, visit.id, Leg.OUT, 4)


@pytest.mark.parametrize(
    ("welcomed", "by_desk"),
    [(False, False), (True, False), (True, True)],
    ids=["again", "welcomed, again", "follow-up"],
)
@pytest.mark.parametrize("brought_out", [False, True], ids=["not brought out", "brought out"])
def test_a_second_coming_completes_all_steps(
    bureau: Bureau, welcomed: bool, by_desk: bool, brought_out: bool
) -> None:
    visit = at_the_counter(bureau)
    case = asked_of_ppid(bureau, visit, VisitorMode.FETCHES)
    if brought_out:
        gone_home(bureau, visit)
    assert bureau.progress(visit.id).running[0] == 6, "the matter is with PPID"
    bureau.set_time("2026-11-25 09:00")
    ppid_answers(bureau, case)
    bureau.set_time("2026-11-26 09:00")
    arrival = bureau.do(DOOR, WelcomeVisitor()) if welcomed else None
    again = (
        bureau.do(DESK, FollowUp(visit_id=arrival.id, case_id=case.id))
        if by_desk and arrival is not None
        else bureau.do(DESK, ComeForResult(visit_id=visit.id))
    )
    assert arrival is None or again.id == arrival.id, "who was welcomed has one visit"
    declared = bureau.read(lambda tx: declarations.find(tx, again.id))
    assert declared is not None
    assert declared.help == (Help.WHEELCHAIR,), "nobody is asked a second time"
    escorted(bureau, DOOR, again.id, Leg.IN, 6)
    number = commands.IssueTicket(
        service_id=bureau.service["B"], priority=PriorityReason.DISABILITY, visit_id=again.id
    )
    bureau.do(DESK, number)
    bureau.serve(PRIORITY_COUNTER)
    handed_over_and_out(bureau, case, again)
    bureau.do(FRONT, commands.Finish(counter=PRIORITY_COUNTER))
    assert bureau.steps(visit.id, *IN_TIME) == list(range(1, 11))
    for each in (visit, again):
        ended = bureau.read(lambda tx, v=each: visits.get(tx, v.id))  # type: ignore[misc]
        found = bureau.read(lambda tx, v=each: deviations.of_visit(tx, v.id))  # type: ignore[misc]
        assert (ended.ending, found) == (Ending.DONE, ())


def test_after_three_working_days_the_ppid_is_late(bureau: Bureau) -> None:
    visit = at_the_counter(bureau)
    case = asked_of_ppid(bureau, visit, VisitorMode.FETCHES)
    bureau.set_time("2026-11-27 09:00")
    ppid_answers(bureau, case)
    late = bureau.step(visit.id, 6)
    assert late.state is StepState.LATE
    assert late.officer_id == bureau.officer_id(PPID)
