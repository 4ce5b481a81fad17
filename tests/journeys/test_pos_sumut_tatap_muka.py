"""POS Sumut tatap muka: every step and branch by who the POS names, each at a station of his own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.bureau import Bureau
from tests.office import store_of
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.case import Case, CaseOutcome, SubReason, VisitorMode
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AnswerEscalation,
    AssessEscalation,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    OpenCase,
    ReceiveEscalation,
    ReferEscalation,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import Escalation
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import (
    ActForAnother,
    EndVisit,
    LendCard,
    RecordPurpose,
    ReturnCard,
    SignGuestBook,
    VerifyIdentity,
    WelcomeVisitor,
)
from ult_desktop.core.visits.identity import IdDocument, LetterKind
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import case_views, cases, escalations
from ult_desktop.db.visits import visits

DOOR, DESK, FRONT = Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE
BACK, UNIT = Role.BACK_OFFICE, Role.RELATED_UNIT
DONE = (StepState.IN_TIME,)
BY_DESK = [1, 2, 3, 4, 5, 6, 7, 8, 9]


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Monday, 08.00 WIB; the front office sits at counter 1."""
    bureau = Bureau(tmp_path, "bpmp-sumut")
    bureau.do(FRONT, commands.StaffCounter(counter=1))
    yield bureau
    bureau.close()


def received(bureau: Bureau) -> Visit:
    """Steps 1 to 4: welcomed at the door, asked at the reception, a number and the card taken, seated."""
    visit: Visit = bureau.do(DOOR, WelcomeVisitor())
    bureau.later(2)
    bureau.do(DESK, RecordPurpose(visit_id=visit.id, purpose="informasi"))
    bureau.later(2)
    bureau.do(DESK, SignGuestBook(visit_id=visit.id, name="Dedi Kurniawan", institution="SMPN 1 Medan"))
    card = bureau.do(DESK, LendCard(visit_id=visit.id, kind=IdDocument.KTP, held=True, place="laci"))
    bureau.do(DESK, commands.IssueTicket(service_id=bureau.service["A"], visit_id=visit.id))
    bureau.do(DESK, ReturnCard(loan_id=card.id))
    bureau.later(1)
    bureau.do(DESK, TickStep(visit_id=visit.id, step=4))
    return visit


def at_the_desk(bureau: Bureau) -> Visit:
    """Steps 5 to 7 after a long wait: called, ticket checked, identity verified, the card given back."""
    visit = received(bureau)
    bureau.serve(1, calls=25, walks=2)
    bureau.later(2)
    card = bureau.do(FRONT, LendCard(visit_id=visit.id, kind=IdDocument.KTP, held=True))
    bureau.do(FRONT, VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP, number_tail="0042"))
    bureau.do(FRONT, ReturnCard(loan_id=card.id))
    return visit


def asked(bureau: Bureau, visit: Visit) -> Case:
    """Step 8."""
    bureau.later(2)
    detail = "Kapan tunjangan profesi triwulan IV cair?"
    case: Case = bureau.do(FRONT, OpenCase(visit_id=visit.id, detail=detail))
    return case


def told_and_closed(bureau: Bureau, visit: Visit, case: Case, answer: str) -> Visit:
    """Steps 15 and 16, and the number is done."""
    if not bureau.read(lambda tx: cases.get(tx, case.id)).answer:
        bureau.do(FRONT, GiveAnswer(case_id=case.id, answer=answer))
    bureau.later(4)
    bureau.do(FRONT, DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    bureau.later(3)
    bureau.do(FRONT, CloseCase(case_id=case.id, survey=True))
    bureau.do(FRONT, commands.Finish(counter=1))
    return bureau.read(lambda tx: visits.get(tx, visit.id))


def now(bureau: Bureau, visit: Visit) -> Visit:
    return bureau.read(lambda tx: visits.get(tx, visit.id))


def found_deviations(bureau: Bureau, visit: Visit) -> list[tuple[int | None, str]]:
    return [(each.step, each.kind) for each in bureau.read(lambda tx: deviations.of_visit(tx, visit.id))]


@pytest.mark.parametrize("outcome", [CaseOutcome.AVAILABLE, CaseOutcome.EXCLUDED])
def test_path_a_what_is_available_or_excluded_is_told_at_once(bureau: Bureau, outcome: CaseOutcome) -> None:
    visit = at_the_desk(bureau)
    case = asked(bureau, visit)
    bureau.later(2)
    grounds = bureau.read(lambda tx: case_views.case_card(tx, case.id))
    assert grounds is not None
    key = "rahasia_pribadi" if outcome is CaseOutcome.EXCLUDED else ""
    ground = key and bureau.read(lambda tx: tx.value("SELECT min(key) FROM excluded_information"))
    bureau.do(FRONT, SetOutcome(case_id=case.id, outcome=outcome, ground=ground))
    ended = told_and_closed(bureau, visit, case, "Paling lambat 15 Desember 2026.")
    assert bureau.steps(visit.id, *DONE) == [*BY_DESK, 15, 16]
    assert bureau.steps(visit.id, StepState.SKIPPED) == [10, 11, 12, 13, 14]
    assert found_deviations(bureau, visit) == []
    assert ended.ending == Ending.DONE
    assert (bureau.progress(visit.id).waited_ms or 0) >= 25 * 60_000


def test_path_b_the_back_office_knows(bureau: Bureau) -> None:
    visit = at_the_desk(bureau)
    case = asked(bureau, visit)
    hop = escalated(bureau, case)
    bureau.later(2)
    bureau.do(BACK, AssessEscalation(escalation_id=hop.id, can_solve=True))
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Lihat surat edaran 12."))
    bureau.do(FRONT, AcknowledgeAnswer(escalation_id=hop.id))
    told_and_closed(bureau, visit, case, "Lihat surat edaran 12.")
    assert bureau.steps(visit.id, *DONE) == [*BY_DESK, 10, 11, 12, 15, 16]
    assert bureau.steps(visit.id, StepState.SKIPPED) == [13, 14]
    assert found_deviations(bureau, visit) == []


def escalated(bureau: Bureau, case: Case) -> Escalation:
    """Steps 9b to 11."""
    bureau.later(2)
    unknown = SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    bureau.do(FRONT, unknown)
    bureau.later(3)
    hop: Escalation = bureau.do(FRONT, Escalate(case_id=case.id, instruction="Mohon jadwal pencairannya."))
    bureau.later(2)
    bureau.do(BACK, ReceiveEscalation(escalation_id=hop.id))
    return hop


def test_a_direction_that_is_passed_on_late_is_named_after_who_had_it_then(bureau: Bureau) -> None:
    visit = at_the_desk(bureau)
    case = asked(bureau, visit)
    hop = escalated(bureau, case)
    bureau.later(1)
    onward = bureau.do(BACK, ReferEscalation(escalation_id=hop.id, instruction="Mohon arahan."))
    bureau.later(4)
    bureau.do(UNIT, AnswerEscalation(escalation_id=onward.id, answer="Cair 15 Desember."))
    bureau.later(3)
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Cair 15 Desember."))
    bureau.later(1)
    bureau.do(FRONT, AcknowledgeAnswer(escalation_id=hop.id))
    told_and_closed(bureau, visit, case, "Cair 15 Desember.")
    found = bureau.read(lambda tx: deviations.of_visit(tx, visit.id))
    assert [(each.steps, each.officer) for each in found] == [((14,), "Bambang Sutrisno")]


def test_who_hands_a_case_on_late_says_why_with_it(bureau: Bureau) -> None:
    visit = at_the_desk(bureau)
    case = asked(bureau, visit)
    hop = escalated(bureau, case)
    bureau.later(9)
    why = "Program atau jaringan terganggu"
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Lihat edaran 12.", reason=why))
    found = bureau.read(lambda tx: deviations.of_visit(tx, visit.id))
    assert [(each.steps, each.officer, each.cause) for each in found] == [((12,), "Bambang Sutrisno", why)]


def test_path_c_the_unit_directs_and_the_way_back_leads_over_the_back_office(bureau: Bureau) -> None:
    visit = at_the_desk(bureau)
    case = asked(bureau, visit)
    hop = escalated(bureau, case)
    bureau.later(2)
    bureau.do(BACK, AssessEscalation(escalation_id=hop.id, can_solve=False))
    bureau.later(4)
    onward = bureau.do(BACK, ReferEscalation(escalation_id=hop.id, instruction="Mohon arahan."))
    bureau.do(UNIT, ReceiveEscalation(escalation_id=onward.id))
    bureau.later(4)
    bureau.do(UNIT, AnswerEscalation(escalation_id=onward.id, answer="Cair 15 Desember."))
    bureau.do(BACK, AcknowledgeAnswer(escalation_id=onward.id))
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Cair 15 Desember."))
    bureau.do(FRONT, AcknowledgeAnswer(escalation_id=hop.id))
    told_and_closed(bureau, visit, case, "Cair 15 Desember.")
    assert bureau.steps(visit.id, *DONE) == list(range(1, 17))
    assert found_deviations(bureau, visit) == []
    way = bureau.read(lambda tx: escalations.of_case(tx, case.id))
    assert [(each.from_officer, each.answered_by) for each in way] == [
        ("Siti Rahmawati", "Bambang Sutrisno"),
        ("Bambang Sutrisno", "Ucok Siregar"),
    ]


def test_for_somebody_else_without_a_letter_it_does_not_go_on(bureau: Bureau) -> None:
    visit = received(bureau)
    bureau.serve(1)
    bureau.do(FRONT, VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP, for_other=True))
    with pytest.raises(UserError, match=r"[Ss]urat"):
        bureau.do(FRONT, OpenCase(visit_id=visit.id, detail="Ambil SK milik teman"))
    bureau.do(FRONT, commands.Finish(counter=1))
    ended = bureau.read(lambda tx: visits.get(tx, visit.id))
    assert ended.ending == Ending.REFUSED
    assert bureau.steps(visit.id, StepState.SKIPPED) == list(range(8, 17))


def test_with_the_letter_it_does(bureau: Bureau) -> None:
    visit = received(bureau)
    bureau.serve(1)
    bureau.do(FRONT, VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP, for_other=True))
    letter = ActForAnother(
        visit_id=visit.id,
        principal="Maria Simanjuntak",
        kind=LetterKind.POWER_OF_ATTORNEY,
        issuer="Kepala SMPN 1 Medan",
        number="800/12/2026",
    )
    bureau.do(FRONT, letter)
    case = asked(bureau, visit)
    bureau.do(FRONT, SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    told_and_closed(bureau, visit, case, "SK diserahkan.")
    assert bureau.steps(visit.id, *DONE) == [*BY_DESK, 15, 16]


def test_a_card_still_held_keeps_visitor_and_number(bureau: Bureau) -> None:
    visit = received(bureau)
    bureau.serve(1)
    card = bureau.do(FRONT, LendCard(visit_id=visit.id, kind=IdDocument.KTP, held=True))
    for command in (commands.Finish(counter=1), EndVisit(visit_id=visit.id, ending=Ending.LEFT)):
        with pytest.raises(UserError, match="KTP"):
            bureau.do(FRONT, command)
    bureau.do(FRONT, ReturnCard(loan_id=card.id))
    bureau.do(FRONT, commands.Finish(counter=1))


@pytest.mark.parametrize(
    ("ending", "missing"), [(Ending.LEFT, []), (Ending.DONE, [7, 8])], ids=["left", "done"]
)
def test_what_takes_too_long_is_late_and_what_is_left_out_is_missing(
    bureau: Bureau, ending: Ending, missing: list[int]
) -> None:
    """A visitor who goes of their own accord leaves no output owing; one who was served does."""
    visit = received(bureau)
    bureau.serve(1, walks=10)
    bureau.do(FRONT, commands.Finish(counter=1))
    bureau.do(FRONT, EndVisit(visit_id=visit.id, ending=ending))
    found = found_deviations(bureau, visit)
    assert (6, DeviationKind.TIME) in found
    assert [step for step, kind in found if kind is DeviationKind.OUTPUT] == missing


def test_the_back_office_is_timed_while_the_visitor_sits_in_the_hall(bureau: Bureau) -> None:
    visit = now(bureau, at_the_desk(bureau))
    case = asked(bureau, visit)
    bureau.later(2)
    hall = Escalate(case_id=case.id, instruction="Mohon dicek", visitor=VisitorMode.IN_HALL)
    hop = bureau.do(FRONT, hall)
    bureau.later(28)
    bureau.do(BACK, ReceiveEscalation(escalation_id=hop.id))
    bureau.later(60)
    bureau.do(BACK, AssessEscalation(escalation_id=hop.id, can_solve=True))
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Sudah cair."))
    bureau.later(30)  # the front office serves somebody else
    bureau.do(FRONT, commands.Resume(ticket_id=visit.ticket_id or 0))
    bureau.do(FRONT, commands.CallTicket(counter=1, ticket_id=visit.ticket_id or 0))
    bureau.later(1)
    bureau.do(FRONT, commands.Arrive(counter=1))
    told_and_closed(bureau, visit, case, "Sudah cair.")
    assert bureau.steps(visit.id, StepState.LATE) == [11, 12, 15], "the answer lay ready for half an hour"
    assert [bureau.step(visit.id, n).spent_ms / 60_000 for n in (11, 12, 15)] == [28, 60, 35]


def test_the_back_office_has_the_matter_until_its_answer_is_at_the_front(bureau: Bureau) -> None:
    """The back office can settle it, says so at once, and takes its time: that is on nobody else's clock."""
    visit = at_the_desk(bureau)
    hop = escalated(bureau, asked(bureau, visit))
    bureau.do(BACK, AssessEscalation(escalation_id=hop.id, can_solve=True))
    bureau.later(20)
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Sudah cair."))
    bureau.later(2)
    assert [bureau.step(visit.id, n).spent_ms / 60_000 for n in (12, 15)] == [20, 2]


def test_a_direction_is_passed_on_by_who_had_asked_for_it(bureau: Bureau) -> None:
    visit = at_the_desk(bureau)
    hop = escalated(bureau, asked(bureau, visit))
    onward = bureau.do(BACK, ReferEscalation(escalation_id=hop.id, instruction="Mohon arahan."))
    bureau.later(1)
    bureau.do(UNIT, AnswerEscalation(escalation_id=onward.id, answer="Cair 15 Desember."))
    bureau.later(20)
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Cair 15 Desember."))
    bureau.later(2)
    assert [bureau.step(visit.id, n).spent_ms / 60_000 for n in (14, 15)] == [21, 2]


def test_to_seat_a_visitor_is_timed_though_the_number_waits(bureau: Bureau) -> None:
    visit = received(bureau)
    assert bureau.step(visit.id, 4).spent_ms == 60_000


def test_a_call_that_overtakes_the_seating_hides_no_delay_of_it(bureau: Bureau) -> None:
    """Two PCs' clocks differ by a moment: the call stands before the tick that came first."""
    visit = bureau.do(DOOR, WelcomeVisitor())
    bureau.do(DESK, RecordPurpose(visit_id=visit.id, purpose="informasi"))
    bureau.do(DESK, SignGuestBook(visit_id=visit.id, name="Dedi Kurniawan", institution="SMPN 1 Medan"))
    bureau.do(DESK, commands.IssueTicket(service_id=bureau.service["A"], visit_id=visit.id))
    bureau.serve(1, calls=8)
    bureau.do(DESK, TickStep(visit_id=visit.id, step=4))
    assert bureau.step(visit.id, 4).spent_ms == 8 * 60_000
    assert bureau.step(visit.id, 4).state is StepState.LATE


def test_two_pcs_clocks_make_no_wait_without_end(bureau: Bureau) -> None:
    """The front office's clock is a moment behind the one that gave the number."""
    visit = received(bureau)
    ticket = bureau.read(lambda tx: visits.get(tx, visit.id)).ticket_id
    bureau.serve(1, calls=0)
    store_of(bureau.kiosk).write(
        lambda tx: tx.run("UPDATE turn SET called_at = called_at - 60200 WHERE ticket_id = ?", ticket)
    )
    bureau.later(20)
    found = bureau.progress(visit.id)
    assert found.of_step(7).overdue
    assert (found.waited_ms or 0) < 60_000


def test_who_comes_by_the_kiosk_and_signs_its_guest_book_leaves_nothing_to_account_for(
    bureau: Bureau,
) -> None:
    taken = bureau.at_kiosk(commands.IssueTicket(service_id=bureau.service["A"])).ticket
    bureau.at_kiosk(SignGuestBook(ticket_id=taken.id, name="Dedi Kurniawan"))
    bureau.serve(1, calls=20)
    visit = bureau.visit_of(taken)
    bureau.later(2)
    bureau.do(FRONT, VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP, number_tail="0042"))
    case = asked(bureau, visit)
    bureau.later(2)
    bureau.do(FRONT, SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    ended = told_and_closed(bureau, visit, case, "Paling lambat 15 Desember 2026.")
    assert ended.ending == Ending.DONE
    assert found_deviations(bureau, visit) == []
