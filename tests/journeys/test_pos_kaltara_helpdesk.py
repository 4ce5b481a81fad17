"""POS Kaltara helpdesk: every step and both ways by who the POS names, each at a station of his own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.journeys.answers import best_answers
from tests.journeys.bureau import Bureau
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviation_words import headline
from ult_desktop.core.cases.case import Case, CaseOutcome
from ult_desktop.core.cases.commands import (
    AcknowledgeHandover,
    CheckIn,
    CloseCase,
    DeliverAnswer,
    GiveAnswer,
    HandToHelpdesk,
    OpenCase,
    RecordQuestion,
    Reschedule,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.procedures.commands import RecordMissingInput
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.commands import RecordLetter, SignGuestBook, VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument, LetterKind
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.visits import visits

FRONT, HELP = Role.FRONT_OFFICE, Role.HELPDESK
NONE_BROUGHT = "Tidak membawa surat"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Monday, 08.00 WITA; the front office sits at counter 1."""
    bureau = Bureau(tmp_path, "bpmp-kaltara")
    bureau.do(FRONT, commands.StaffCounter(counter=1))
    yield bureau
    bureau.close()


LETTER = RecordLetter(visit_id=0, kind=LetterKind.ASSIGNMENT, number="800/7/2026")


def asked(bureau: Bureau, *, letter: bool = True) -> tuple[Visit, Case]:
    """Steps 1 to 4: the visitor signs at the kiosk, is verified, handed to the helpdesk, and asks."""
    ticket = bureau.at_kiosk(commands.IssueTicket(service_id=bureau.service["A"], at_kiosk=True)).ticket
    bureau.later(4)
    visit = bureau.at_kiosk(
        SignGuestBook(ticket_id=ticket.id, name="Yohanes Lawai", institution="SD 003 Malinau")
    )
    bureau.serve(1, calls=20)
    if letter:
        bureau.do(FRONT, replace(LETTER, visit_id=visit.id))
    bureau.later(5)
    bureau.do(FRONT, VerifyIdentity(visit_id=visit.id, kind=IdDocument.STAFF_CARD, number_tail="77"))
    bureau.later(3)
    bureau.do(FRONT, HandToHelpdesk(visit_id=visit.id, officer_id=bureau.officer_id(HELP)))
    bureau.do(FRONT, commands.Finish(counter=1, reason="" if letter else NONE_BROUGHT))
    bureau.do(HELP, AcknowledgeHandover(visit_id=visit.id))
    bureau.later(15)
    case = bureau.do(HELP, OpenCase(visit_id=visit.id, detail="Dapodik tidak sinkron sejak Jumat"))
    return visit, case


def solved(bureau: Bureau, visit: Visit, case: Case) -> None:
    """Steps 5 and 6."""
    bureau.do(HELP, SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    bureau.do(HELP, GiveAnswer(case_id=case.id, answer="Sinkronkan ulang setelah pukul 20."))
    bureau.do(HELP, DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    bureau.do(HELP, CloseCase(case_id=case.id))
    bureau.later(5)
    bureau.at_kiosk(best_answers(visit.id))


def test_solved_at_once(bureau: Bureau) -> None:
    visit, case = asked(bureau)
    bureau.later(30)
    solved(bureau, visit, case)
    assert bureau.steps(visit.id, StepState.IN_TIME) == [1, 2, 3, 4, 5, 6]
    assert bureau.step(visit.id, 3).officer_id == bureau.officer_id(FRONT)
    assert bureau.step(visit.id, 5).officer_id == bureau.officer_id(HELP)
    ended = bureau.read(lambda tx: visits.get(tx, visit.id))
    assert ended.ending == Ending.DONE
    assert bureau.read(lambda tx: deviations.of_visit(tx, visit.id)) == ()


def lacked(bureau: Bureau, visit: Visit) -> list[tuple[str, str, bool]]:
    found = bureau.read(lambda tx: deviations.of_visit(tx, visit.id))
    return [(headline(each), each.cause, each.is_false) for each in found]


def test_who_brings_no_letter_is_accounted_for_with_the_reason_at_the_end_of_the_service(
    bureau: Bureau,
) -> None:
    visit, case = asked(bureau, letter=False)
    written = "Perlengkapan yang kurang: Surat Tugas/Resmi (langkah 1)"
    assert lacked(bureau, visit) == [(written, NONE_BROUGHT, False)]
    bureau.later(30)
    solved(bureau, visit, case)
    assert lacked(bureau, visit) == [(written, NONE_BROUGHT, False)]


def test_a_letter_that_comes_later_takes_the_deviation_back(bureau: Bureau) -> None:
    visit, case = asked(bureau, letter=False)
    bureau.do(FRONT, replace(LETTER, visit_id=visit.id))
    bureau.later(30)
    solved(bureau, visit, case)
    assert [is_false for _words, _cause, is_false in lacked(bureau, visit)] == [True]


def test_the_end_of_the_service_names_the_letter_and_what_mends_it(bureau: Bureau) -> None:
    ticket = bureau.at_kiosk(commands.IssueTicket(service_id=bureau.service["A"], at_kiosk=True)).ticket
    visit = bureau.at_kiosk(SignGuestBook(ticket_id=ticket.id, name="Yohanes", institution="SD 003"))
    bureau.serve(1, calls=20)
    leaving = bureau.kiosk.counter_board(1).leaving
    assert leaving is not None
    assert "letter" in {each.mended_by for each in leaving.lacks}
    items = ("Surat Tugas/Resmi",)
    bureau.do(FRONT, RecordMissingInput(visit_id=visit.id, step=1, items=items))
    bureau.do(FRONT, commands.Finish(counter=1))
    assert [words for words, _cause, _false in lacked(bureau, visit)].count(
        "Perlengkapan yang kurang: Surat Tugas/Resmi (langkah 1)"
    ) == 1


def test_what_cannot_be_solved_is_scheduled_again(bureau: Bureau) -> None:
    visit, case = asked(bureau)
    later = to_stamp(datetime(2026, 11, 24, 9, 0, tzinfo=bureau.zone))
    booked = bureau.do(HELP, Reschedule(case_id=case.id, at=later, reason="Menunggu pusat"))
    bureau.set_time("2026-11-24 08:50")
    bureau.at_kiosk(CheckIn(code=booked.code))
    bureau.do(FRONT, commands.CallNext(counter=1))
    bureau.do(FRONT, commands.Arrive(counter=1))
    bureau.do(HELP, RecordQuestion(case_id=case.id, question="Ini tangkapan layarnya"))
    bureau.later(10)
    solved(bureau, visit, case)
    bureau.do(FRONT, commands.Finish(counter=1))
    assert bureau.steps(visit.id, StepState.IN_TIME) == [1, 2, 3, 4, 5, 6]
    assert bureau.read(lambda tx: visits.get(tx, visit.id)).ending == Ending.DONE
