"""Findings of simulated days: rows of the register that were not so, and what it lacked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.journeys.answers import best_answers
from tests.journeys.bureau import PASSWORD, Bureau
from tests.office import store_of
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.commands import AnswerAbsence, CollectDeviations
from ult_desktop.core.care.commands import BeginEscort, CallSecurity, DeclareVulnerable, EndEscort
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases.case import Case, CaseOutcome, VisitorMode
from ult_desktop.core.cases.commands import (
    AnswerEscalation,
    CloseCase,
    ComeForResult,
    DeliverAnswer,
    Escalate,
    OpenCase,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.template import RamadanPeriod, Weekly
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import CheckRequirements, SignGuestBook, VerifyIdentity, WelcomeVisitor
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.accountability.deviations import deviation_board

DOOR, DESK, FRONT, PPID = Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE, Role.PPID


@pytest.fixture
def bureau(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bureau]:
    bureau = Bureau(tmp_path, request.param)
    bureau.do(FRONT, commands.StaffCounter(counter=1))
    yield bureau
    bureau.close()


def found_of(bureau: Bureau, visit: Visit) -> list[tuple[str, tuple[int, ...]]]:
    """The register as it stands when every counter has looked."""
    late = bureau.read(lambda tx: deviation_board(tx, bureau.clock.now)).unwritten
    if late:
        bureau.at_kiosk(CollectDeviations(visits=late))
    found = bureau.read(lambda tx: deviations.of_visit(tx, visit.id))
    return [(each.kind.value, each.steps or (each.step,)) for each in found]


def came(bureau: Bureau) -> Visit:
    """A visitor from the kiosk stands at counter 1."""
    ticket = bureau.at_kiosk(commands.IssueTicket(service_id=bureau.service["A"], at_kiosk=True)).ticket
    signed = SignGuestBook(ticket_id=ticket.id, name="Dedi", institution="SMPN 1", purpose="informasi")
    visit: Visit = bureau.at_kiosk(signed)
    bureau.serve(1)
    return visit


@pytest.mark.parametrize("bureau", ["bpmp-sumut"], indirect=True)
def test_whose_number_is_done_without_a_word_of_it_waits_for_nobody(bureau: Bureau) -> None:
    visit = came(bureau)
    bureau.later(2)
    bureau.do(FRONT, commands.Finish(counter=1))
    bureau.later(60)
    assert not bureau.step(visit.id, 7).overdue
    bureau.do(FRONT, commands.Undo(counter=1))
    bureau.later(5)
    assert bureau.step(visit.id, 7).overdue


@pytest.mark.parametrize("bureau", ["bpmp-sumut"], indirect=True)
def test_a_wrong_finish_that_is_undone_leaves_nothing_to_account_for(bureau: Bureau) -> None:
    visit = came(bureau)
    bureau.do(FRONT, commands.Finish(counter=1, leaves=True))
    assert bureau.read(deviations.waiting)
    bureau.later(1)
    bureau.do(FRONT, commands.Undo(counter=1))
    assert [each for each in bureau.read(deviations.waiting) if each.visit_id == visit.id] == []
    assert all(each.is_false for each in bureau.read(lambda tx: deviations.of_visit(tx, visit.id)))


@pytest.mark.parametrize("bureau", ["bpmp-sumut"], indirect=True)
@pytest.mark.parametrize(
    ("before", "after", "late"),
    [
        ("2026-11-27 11:28", "2026-11-27 13:01", False),  # over the Friday prayer, 11.30 to 13.00
        ("2026-11-27 11:28", "2026-11-27 13:02", True),
        ("2027-02-11 11:58", "2027-02-11 12:31", False),  # in Ramadan the break ends at 12.30
        ("2027-02-11 11:58", "2027-02-11 12:32", True),
        ("2027-02-11 14:58", "2027-02-12 08:01", False),  # and the day at 15.00
        ("2027-02-11 14:58", "2027-02-12 08:02", True),
    ],
)
def test_a_step_over_the_hours_of_friday_and_of_ramadan(
    bureau: Bureau, before: str, after: str, late: bool
) -> None:
    """Step 7 has three minutes, and is late with the fourth."""
    short = ("08.00-12.00", "12.30-15.00")
    hours = Weekly(short, short, short, short, ("08.00-11.30", "12.30-15.30"))
    fasting = RamadanPeriod(first=date(2027, 2, 8), last=date(2027, 3, 9), hours=hours)
    office = bureau.kiosk
    settings = replace(bureau.read(office_rows.load).settings, ramadan=(fasting,))
    office.perform(ChangeSettings(settings=settings), office.sign_in("admin", PASSWORD))
    office.sign_out()
    bureau.set_time(before)
    bureau.later(-2)
    visit = came(bureau)
    bureau.set_time(after)
    assert bureau.step(visit.id, 7).overdue is late
    bureau.do(FRONT, VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP))
    assert (("time", (7,)) in found_of(bureau, visit)) is late


@pytest.mark.parametrize("bureau", ["bpmp-kaltara"], indirect=True)
def test_the_survey_of_who_was_never_seen_is_under_the_same_cause(bureau: Bureau) -> None:
    visit = came(bureau)
    bureau.do(FRONT, commands.Finish(counter=1))
    bureau.do(DESK, commands.CloseDay(reason="Selesai"))
    assert ("output", (4, 5, 6)) in found_of(bureau, visit)


@pytest.fixture
def care(tmp_path: Path) -> Iterator[Bureau]:
    """Monday, 08.00 WIB."""
    bureau = Bureau(tmp_path, "bpmp-dki")
    bureau.do(FRONT, commands.StaffCounter(counter=1))
    yield bureau
    bureau.close()


def at_the_priority_counter(bureau: Bureau, who_writes: Role) -> tuple[Visit, Case]:
    """Nobody brings them there; PPID is asked."""
    visit: Visit = bureau.do(DOOR, WelcomeVisitor())
    bureau.do(DOOR, DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,)))
    escorted(bureau, visit, Leg.IN)
    numbered(bureau, visit)
    bureau.do(who_writes, SignGuestBook(visit_id=visit.id, name="Sri Wahyuni", institution="SLB 2"))
    bureau.serve(1)
    case = bureau.do(FRONT, OpenCase(visit_id=visit.id, detail="Data SLB se-DKI"))
    bureau.do(FRONT, CheckRequirements(visit_id=visit.id))
    bureau.do(FRONT, SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    return visit, case


def numbered(bureau: Bureau, visit: Visit) -> None:
    reason = PriorityReason.DISABILITY
    bureau.do(DOOR, commands.IssueTicket(service_id=bureau.service["A"], priority=reason, visit_id=visit.id))


def escorted(bureau: Bureau, visit: Visit, leg: Leg) -> None:
    escort = bureau.do(DOOR, BeginEscort(visit_id=visit.id, leg=leg))
    bureau.do(DOOR, EndEscort(escort_id=escort.id))


def answered(bureau: Bureau, case: Case, where: VisitorMode, later: str = "") -> None:
    asked = Escalate(case_id=case.id, instruction="Mohon data", to=CaseDesk.PPID, visitor=where)
    hop = bureau.do(FRONT, asked)
    if later:
        bureau.set_time(later)
    bureau.do(PPID, AnswerEscalation(escalation_id=hop.id, answer="Terlampir."))


def told_and_out(bureau: Bureau, case: Case, here: Visit, *, receipt: bool, survey: float) -> None:
    bureau.do(FRONT, DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=receipt))
    bureau.later(survey)
    assert ("time", (7,)) not in found_of(bureau, here)
    bureau.do(FRONT, best_answers(case.visit_id, assisted=True))
    bureau.do(FRONT, CallSecurity(visit_id=here.id))
    bureau.do(FRONT, CloseCase(case_id=case.id))
    escorted(bureau, here, Leg.OUT)
    bureau.do(FRONT, commands.Finish(counter=1))


def test_what_the_visitor_takes_for_a_step_of_their_own_is_nobodys_delay(care: Bureau) -> None:
    """Nor is a receipt that was not given a late one."""
    visit, case = at_the_priority_counter(care, DESK)
    answered(care, case, VisitorMode.AT_DESK)
    told_and_out(care, case, visit, receipt=False, survey=9)
    assert found_of(care, visit) == [("output", (4, 7))]


def test_who_was_away_on_the_day_of_a_step_is_not_asked_for_it_on_another(care: Bureau) -> None:
    """The day without a receptionist was said; they are back when the result is fetched."""
    store_of(care.kiosk).write(lambda tx: tx.run("DELETE FROM duty"))
    for role in (DOOR, FRONT, PPID):
        login = {DOOR: "amir", FRONT: "loket", PPID: "putri"}[role]
        care.office_of(role).sign_in(login, PASSWORD)
    care.do(FRONT, AnswerAbsence(role=DESK, without=True))
    visit, case = at_the_priority_counter(care, FRONT)
    answered(care, case, VisitorMode.FETCHES, later="2026-11-25 09:00")
    care.office_of(DESK).sign_in("rina", PASSWORD)
    again = care.do(DESK, ComeForResult(visit_id=visit.id))
    numbered(care, again)
    care.serve(1)
    told_and_out(care, case, again, receipt=True, survey=2)
    assert found_of(care, visit) == []
