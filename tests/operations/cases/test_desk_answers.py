"""The answer at the desk in one act: the records of the five single acts, all of them or none."""

import msgspec
import pytest

from tests.operations.desks import Desks
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.case import CaseOutcome, CaseState
from ult_desktop.core.cases.commands import (
    AddFaq,
    AnswerAtDesk,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    OpenCase,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.queue.commands import Finish
from ult_desktop.core.visits.commands import VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import answer_bank
from ult_desktop.db.procedures import marks
from ult_desktop.db.visits import visits

ASKED, ANSWER = "Kapan tunjangan cair?", "Mulai 15 Desember 2026."
MINUTE = 60_000


def marks_of(desks: Desks, visit_id: int) -> tuple[Mark, ...]:
    return desks.scene.office.read(lambda tx: marks.of_visit(tx, visits.get(tx, visit_id)))


@pytest.mark.parametrize("procedure", ["sumut-tatap-muka", "kaltara-helpdesk", "dki-kelompok-rentan"])
def test_it_leaves_what_the_five_acts_leave(desks: Desks, procedure: str) -> None:
    desks.run_only(procedure)
    one_by_one = desks.visitor()
    case = desks.do(OpenCase(visit_id=one_by_one, detail=ASKED))
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.do(GiveAnswer(case_id=case.id, answer=ANSWER))
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, receipt=True))
    single = desks.do(CloseCase(case_id=case.id))
    at_once = desks.visitor()
    found = desks.do(AnswerAtDesk(visit_id=at_once, detail=ASKED, answer=ANSWER, receipt=True))
    for name in ("state", "outcome", "answer", "detail", "owner", "service", "kind", "visitor"):
        assert getattr(found, name) == getattr(single, name), name
    assert found.number == "0002/ULT/2026"
    lines = [[(each.kind, each.officer) for each in desks.card(case).timeline] for case in (single, found)]
    assert lines[0] == lines[1]
    told = [[(each.way, each.officer, bool(each.receipt)) for each in desks.card(case).deliveries]
            for case in (single, found)]  # fmt: skip
    assert told[0] == told[1]
    steps = [[(each.kind, each.event, each.branch) for each in marks_of(desks, visit)]
             for visit in (one_by_one, at_once)]  # fmt: skip
    assert steps[0] == steps[1]


def test_each_step_ends_at_its_own_moment(desks: Desks) -> None:
    desks.run_only("sumut-tatap-muka")
    visit_id = desks.visitor()
    desks.do(VerifyIdentity(visit_id=visit_id, kind=IdDocument.KTP))
    begun = desks.scene.clock.now
    desks.scene.clock.now += 8 * MINUTE
    asked, knew = begun + 2 * MINUTE, begun + 4 * MINUTE
    desks.do(AnswerAtDesk(visit_id=visit_id, detail=ASKED, answer=ANSWER, asked_at=asked, found_at=knew))
    at = {str(each.event): each.at for each in marks_of(desks, visit_id)}
    assert (at["case_opened"], at["outcome_set"]) == (asked, knew)
    assert at["case_closed"] == desks.scene.clock.now
    desks.do(Finish(counter=1))
    late = desks.scene.office.read(lambda tx: deviations.of_visit(tx, visit_id))
    assert [each.step for each in late if each.kind is DeviationKind.TIME] == []


def test_no_moment_lies_before_what_the_visit_saw_or_after_now(desks: Desks) -> None:
    desks.run_only("sumut-tatap-muka")
    visit_id = desks.visitor()
    seen = max(each.at for each in marks_of(desks, visit_id))
    desks.do(
        AnswerAtDesk(visit_id=visit_id, detail=ASKED, answer=ANSWER, asked_at=1, found_at=9_999_999_999_999)
    )
    at = {str(each.event): each.at for each in marks_of(desks, visit_id)}
    assert (at["case_opened"], at["outcome_set"]) == (seen, desks.scene.clock.now)


def test_an_open_case_is_answered_and_keeps_its_outcome(desks: Desks) -> None:
    case = desks.case()
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.EXCLUDED, ground="17h"))
    found = desks.do(AnswerAtDesk(visit_id=case.visit_id, answer=ANSWER))
    assert (found.id, found.state, found.outcome) == (case.id, CaseState.CLOSED, CaseOutcome.EXCLUDED)
    again = AnswerAtDesk(visit_id=case.visit_id, detail=ASKED, answer=ANSWER)
    desks.refused(again, words="sudah punya permohonan")
    assert desks.do(msgspec.structs.replace(again, another=True)).id != case.id


def test_what_was_given_already_is_only_closed(desks: Desks) -> None:
    case = desks.case()
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.do(GiveAnswer(case_id=case.id, answer=ANSWER))
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    desks.do(AnswerAtDesk(visit_id=case.visit_id, answer=ANSWER))
    card = desks.card(case)
    assert (card.case.state, len(card.deliveries)) == (CaseState.CLOSED, 1)


def test_an_answer_of_the_bank_counts_its_use(desks: Desks) -> None:
    faq = desks.do(AddFaq(question=ASKED, answer=ANSWER), "bela")
    found = desks.do(AnswerAtDesk(visit_id=desks.visitor(), detail=ASKED, answer=ANSWER, faq_id=faq.id))
    assert "answer_bank" in [each.kind for each in desks.card(found).timeline]
    reworded = f"{ANSWER} Lihat Info GTK."
    other = desks.do(AnswerAtDesk(visit_id=desks.visitor(), detail=ASKED, answer=reworded, faq_id=faq.id))
    assert (other.answer, "answer" in [each.kind for each in desks.card(other).timeline]) == (reworded, True)
    assert desks.scene.office.read(lambda tx: answer_bank.get(tx, faq.id)).used == 1


def test_all_or_nothing(desks: Desks) -> None:
    """`refused` compares the whole file: of the acts that went well nothing is left."""
    visit_id = desks.visitor()
    whole = AnswerAtDesk(visit_id=visit_id, detail=ASKED, answer=ANSWER)
    desks.refused(msgspec.structs.replace(whole, detail=" "), words="Isi permohonan belum ditulis")
    desks.refused(msgspec.structs.replace(whole, answer=" "), words="Jawaban belum ditulis")
    desks.refused(msgspec.structs.replace(whole, ground="99"), words="dasar hukumnya")
    desks.refused(msgspec.structs.replace(whole, way=DeliveryChannel.EMAIL), words="memerlukan bukti")
    desks.refused(whole, "umar", words="tidak berwenang")
    case = desks.do(OpenCase(visit_id=visit_id, detail=ASKED))
    desks.do(Escalate(case_id=case.id, instruction="Mohon dicek"))
    desks.refused(msgspec.structs.replace(whole, detail=""), words="masih di unit lain")
