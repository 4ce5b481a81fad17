"""Cases: opened with a number, verified by the office's lists, answered, told, closed."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.desks import Desks
from ult_desktop.base.formats import format_date
from ult_desktop.core.cases.case import Case, CaseKind, CaseOutcome, CaseState, SubReason, VisitorMode
from ult_desktop.core.cases.commands import (
    AddNote,
    AnswerEscalation,
    AttachToCase,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    MoveVisitor,
    OpenCase,
    ReassignCase,
    ReceiveEscalation,
    RecordQuestion,
    SetOutcome,
    TakeBackOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.queue.commands import Finish
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.commands import EndVisit
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.office import office, services
from ult_desktop.db.visits import visits

AVAILABLE = CaseOutcome.AVAILABLE


def due(desks: Desks, case: Case) -> str:
    assert case.due_at is not None
    last_moment = to_datetime(case.due_at - 1, desks.scene.zone)
    return format_date(last_moment, "short")


def test_a_case_has_a_number_of_the_office_and_year(desks: Desks) -> None:
    first = desks.case("  Tunjangan belum cair  ")
    assert (first.number, first.detail) == ("0001/ULT/2026", "Tunjangan belum cair")
    assert (first.owner, first.service) == ("Siti Rahmawati", "Informasi & Konsultasi")
    assert (first.kind, first.state, first.is_open) == (CaseKind.REQUEST, CaseState.OPEN, True)
    assert due(desks, first) == "25/11/2026"  # the office's two working days
    assert desks.case().number == "0002/ULT/2026"
    desks.scene.set_time("2027-01-04 09:00")
    assert desks.case().number == "0001/ULT/2027"


def test_a_service_has_its_own_days(desks: Desks) -> None:
    def five_days(row: services.ServiceRow) -> str:
        return msgspec.json.encode(msgspec.structs.replace(row.definition, days=5)).decode()

    store_of(desks.scene.office).write(
        lambda tx: tx.run("UPDATE service SET definition = ?", five_days(services.active(tx)[0]))
    )
    assert due(desks, desks.case()) == "28/11/2026"


def test_one_case_for_a_visit_and_never_an_empty_one(desks: Desks) -> None:
    case = desks.case()
    desks.refused(OpenCase(visit_id=case.visit_id, detail="Lagi"), words="sudah punya permohonan 0001")
    desks.refused(OpenCase(visit_id=desks.visitor(), detail=" "), words="belum ditulis")
    desks.refused(OpenCase(visit_id=99, detail="x"), words="tidak ada")
    desks.refused(GiveAnswer(case_id=99, answer="x"), words="tidak ada")


def test_a_complaint_is_due_by_its_class(desks: Desks) -> None:
    visit_id = desks.visitor()
    command = OpenCase(visit_id=visit_id, detail="Pungutan", kind=CaseKind.COMPLAINT)
    desks.refused(command, words="Jenis pengaduan belum dipilih")
    case = desks.do(msgspec.structs.replace(command, complaint_class="pengaduan_biasa"))
    assert (case.kind, case.complaint_class, due(desks, case)) == (
        CaseKind.COMPLAINT, "pengaduan_biasa", "28/11/2026",
    )  # fmt: skip


def test_at_a_service_for_complaints_a_complaint_begins(desks: Desks) -> None:
    visit_id, complaints = desks.visitor(), desks.scene.service["Z"]
    command = OpenCase(visit_id=visit_id, detail="Petugas kasar", service_id=complaints)
    desks.refused(command, words="Jenis pengaduan belum dipilih")
    case = desks.do(msgspec.structs.replace(command, complaint_class="pengaduan_biasa"))
    assert case.kind is CaseKind.COMPLAINT
    other = OpenCase(visit_id=desks.visitor(), detail="Tanya", service_id=complaints, kind=CaseKind.REQUEST)
    assert desks.do(other).kind is CaseKind.REQUEST


def test_the_head_receives_and_answers_what_is_sent_to_them(desks: Desks) -> None:
    """A complaint about an officer, say: it lay with the head, and nobody was allowed to take it."""
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Mohon arahan", to_officer_id=desks.id("kepala")))
    assert [item.subject_id for item in desks.inbox("kepala").items] == [hop.id]
    desks.do(ReceiveEscalation(escalation_id=hop.id), "kepala")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Sudah ditegur"), "kepala")
    assert desks.now(case).answer == "Sudah ditegur"


def test_an_exclusion_takes_its_ground_from_the_list(desks: Desks) -> None:
    case = desks.case()
    excluded = SetOutcome(case_id=case.id, outcome=CaseOutcome.EXCLUDED)
    desks.refused(excluded, words="dasar hukumnya")
    desks.refused(msgspec.structs.replace(excluded, ground="99"), words="dasar hukumnya")
    found = desks.do(msgspec.structs.replace(excluded, ground="17h"))
    assert found.ground == "Mengungkapkan rahasia pribadi (UU 14/2008 Pasal 17 huruf h)"
    assert desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE, ground="17h")).ground == ""


def test_what_is_not_available_says_why(desks: Desks) -> None:
    case = desks.case()
    unavailable = SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE)
    desks.refused(unavailable, words="mengapa tidak tersedia")
    found = desks.do(msgspec.structs.replace(unavailable, sub_reason=SubReason.NOT_OURS))
    assert (found.outcome, found.sub_reason) == (CaseOutcome.UNAVAILABLE, "bukan_kewenangan")
    assert desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE, sub_reason="x")).sub_reason == ""


def test_an_answer_is_written_told_with_a_receipt_and_closed(desks: Desks) -> None:
    desks.run_only("sumut-tatap-muka")
    case = desks.case()
    desks.refused(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT), words="Belum ada jawaban")
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    desks.refused(CloseCase(case_id=case.id), words="belum disampaikan")
    desks.refused(GiveAnswer(case_id=case.id, answer=" "), words="belum ditulis")
    assert desks.do(GiveAnswer(case_id=case.id, answer="Cair Jumat")).state is CaseState.ANSWERED
    told = desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT, recipient="Ani", receipt=True))
    assert (told.receipt, told.officer, told.way) == (
        "0001/TT/2026",
        "Siti Rahmawati",
        DeliveryChannel.DIRECT,
    )
    assert desks.now(case).state is CaseState.DELIVERED
    closed = desks.do(CloseCase(case_id=case.id, remark="Lengkap"))
    assert (closed.state, closed.is_open) == (CaseState.CLOSED, False)
    assert desks.marks(case) == [
        *("case_opened", "outcome_set:tersedia", "result_ready"),
        *("receipt_given", "answered", "result_handed_over", "case_closed"),
    ]  # fmt: skip
    assert desks.kinds(case) == [
        "opened", "outcome_tersedia", "answer", "delivered", "receipt", "closed",
    ]  # fmt: skip
    desks.refused(AddNote(case_id=99, text="x"), words="tidak ada")
    desks.refused(CloseCase(case_id=case.id), words="sudah ditutup")
    assert desks.do(EndVisit(visit_id=case.visit_id)).is_open is False


def test_receipts_are_numbered_only_when_asked_for(desks: Desks) -> None:
    case = desks.case()
    desks.do(GiveAnswer(case_id=case.id, answer="Ya"))
    first = DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT)
    assert desks.do(first).receipt == ""
    again = msgspec.structs.replace(first, receipt=True)
    assert [desks.do(again).receipt for _n in range(2)] == ["0001/TT/2026", "0002/TT/2026"]


@pytest.mark.parametrize("way", [way for way in DeliveryChannel if way is not DeliveryChannel.DIRECT])
def test_what_is_told_from_afar_needs_its_proof(desks: Desks, way: DeliveryChannel) -> None:
    case = desks.case()
    desks.do(GiveAnswer(case_id=case.id, answer="Ya"))
    told = DeliverAnswer(case_id=case.id, way=way)
    desks.refused(told, words="memerlukan bukti")
    assert desks.do(msgspec.structs.replace(told, proof=" 10.12 kepada Ani ")).proof == "10.12 kepada Ani"
    assert desks.do(msgspec.structs.replace(told, document_id=7)).document_id == 7


def test_nothing_is_closed_half_done(desks: Desks) -> None:
    case = desks.case()
    desks.refused(CloseCase(case_id=case.id), words="belum ada hasilnya")
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    desks.do(GiveAnswer(case_id=case.id, answer="Ya"))
    desks.refused(CloseCase(case_id=case.id), words="belum disampaikan")
    desks.refused(EndVisit(visit_id=case.visit_id), words="masih terbuka")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    assert desks.do(CloseCase(case_id=case.id)).state is CaseState.CLOSED


def test_a_case_at_another_desk_waits_for_it(desks: Desks) -> None:
    case, hop = desks.escalated()
    for command in (
        SetOutcome(case_id=case.id, outcome=AVAILABLE),
        GiveAnswer(case_id=case.id, answer="Ya"),
        DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT),
        CloseCase(case_id=case.id),
        Escalate(case_id=case.id, instruction="Lagi"),
    ):
        desks.refused(command, words="masih di unit lain")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    assert desks.do(GiveAnswer(case_id=case.id, answer="Ya, Jumat")).answer == "Ya, Jumat"


def test_questions_notes_and_documents_stand_on_the_timeline(desks: Desks) -> None:
    case = desks.case()
    desks.refused(RecordQuestion(case_id=case.id, question=" "), words="belum ditulis")
    desks.refused(AddNote(case_id=case.id, text=""), words="belum ditulis")
    desks.do(RecordQuestion(case_id=case.id, question="Kapan cair?"))
    desks.do(AddNote(case_id=case.id, text="Sudah dihubungi", document_id=5), "joko")
    desks.do(AttachToCase(case_id=case.id, document_id=6, title=" SK "))
    card = desks.card(case)
    assert [(line.officer, line.kind, line.text, line.document_id) for line in card.timeline[1:]] == [
        ("Siti Rahmawati", "question", "Kapan cair?", None),
        ("Joko Prasetyo", "note", "Sudah dihubungi", 5),
        ("Siti Rahmawati", "document", "SK", 6),
    ]
    assert [(each.document_id, each.title) for each in card.documents] == [(6, "SK")]
    assert "question_recorded" in desks.marks(case)


def test_another_officer_takes_the_case_and_gets_what_comes_back(desks: Desks) -> None:
    case, hop = desks.escalated()
    desks.refused(ReassignCase(case_id=case.id, officer_id=99), words="tidak ada lagi")
    desks.refused(ReassignCase(case_id=case.id, officer_id=desks.id("siti")), words="sudah pada Siti")
    moved = desks.do(ReassignCase(case_id=case.id, officer_id=desks.id("budi"), remark="Cuti"))
    assert moved.owner == "Budi Santoso"
    assert desks.card(case).timeline[-1].text == "Budi Santoso · Cuti"
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    assert [item.kind for item in desks.inbox("budi").items] == ["returned"]
    assert desks.inbox("siti").items == ()
    moved = desks.do(ReassignCase(case_id=case.id, officer_id=desks.id("siti")), "budi")
    assert desks.card(case).timeline[-1].text == "Siti Rahmawati"


def test_a_correction_before_anybody_else_was_asked_takes_the_other_branch(desks: Desks) -> None:
    desks.run_only("sumut-tatap-muka")
    case = desks.case()
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    hop = desks.do(Escalate(case_id=case.id, instruction="Ternyata belum tahu"))
    assert (desks.now(case).outcome, desks.now(case).sub_reason) == (CaseOutcome.UNAVAILABLE, "fo_tidak_tahu")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    assert [mark for mark in desks.marks(case) if mark.startswith("outcome")] == [
        "outcome_set:tersedia", "outcome_set:tidak_tersedia",
    ]  # fmt: skip
    assert desks.now(case).outcome is AVAILABLE


def test_nothing_that_somebody_typed_or_is_called_stands_in_the_log(desks: Desks) -> None:
    case = desks.case("Rahasia Bu Ani")
    desks.do(GiveAnswer(case_id=case.id, answer="Rahasia"))
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.PHONE, recipient="Ani", proof="0811"))
    log = " ".join(event.data for event in desks.scene.events() if event.area == "case")
    assert [word for word in ("Rahasia", "Ani", "0811") if word in log] == []


def test_an_old_office_document_has_the_usual_rules(desks: Desks) -> None:
    rules = desks.scene.office.read(office.load).settings.cases
    assert (rules.related_unit, rules.days, rules.escalation_days) == ("Unit Terkait", 2, 1)


def test_an_office_without_a_procedure_has_cases_too(desks: Desks) -> None:
    desks.run_only()
    case = desks.case()
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    assert desks.do(CloseCase(case_id=case.id)).closed_at


def test_the_visit_of_who_went_home_ends_with_its_case(desks: Desks) -> None:
    desks.run_only("sumut-tatap-muka")
    case, hop = desks.escalated()
    desks.do(MoveVisitor(case_id=case.id, visitor=VisitorMode.LEFT))
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.PHONE, proof="0811"))
    desks.do(CloseCase(case_id=case.id, survey=True))
    assert not desks.scene.office.read(lambda tx: visits.get(tx, case.visit_id)).is_open


@pytest.mark.parametrize("answered", [False, True])
def test_an_applicant_who_goes_away_keeps_no_case_open(desks: Desks, answered: bool) -> None:
    case = desks.case()
    desks.refused(EndVisit(visit_id=case.visit_id, ending=Ending.LEFT), words="masih terbuka")
    if answered:
        desks.do(GiveAnswer(case_id=case.id, answer="Sudah cair"))
    close = CloseCase(case_id=case.id, withdrawn=True)
    desks.refused(close, words="Alasan penutupan belum ditulis")
    desks.do(msgspec.structs.replace(close, remark="Pemohon pulang tanpa menunggu"))
    desks.scene.do(Finish(counter=1))
    visit = desks.scene.office.read(lambda tx: visits.get(tx, case.visit_id))
    assert visit.ending == Ending.LEFT


def test_what_another_desk_has_is_not_withdrawn(desks: Desks) -> None:
    case = desks.case()
    desks.do(Escalate(case_id=case.id, instruction="Mohon dicek"))
    desks.refused(CloseCase(case_id=case.id, withdrawn=True, remark="Pulang"), words="masih di unit lain")


def test_an_outcome_is_taken_back_with_its_step(desks: Desks) -> None:
    case = desks.case()
    marked = desks.marks(case)
    steps = desks.kinds(case)
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    back = desks.do(TakeBackOutcome(case_id=case.id))
    assert (back.outcome, back.ground, back.sub_reason) == (None, "", "")
    assert desks.marks(case) == marked, "the step is in turn again"
    assert desks.kinds(case) == [*steps, "outcome_tersedia", "outcome_taken_back"], "the history keeps both"
    desks.refused(TakeBackOutcome(case_id=case.id), words="tidak dapat diurungkan lagi")


def test_the_outcome_before_is_in_force_again(desks: Desks) -> None:
    case = desks.case()
    unknown = SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.NOT_OURS)
    excluded = SetOutcome(case_id=case.id, outcome=CaseOutcome.EXCLUDED, ground="17h")
    desks.do(unknown)
    first = desks.do(excluded)
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    back = desks.do(TakeBackOutcome(case_id=case.id))
    assert (back.outcome, back.ground) == (CaseOutcome.EXCLUDED, first.ground)
    desks.do(excluded)
    desks.do(unknown)
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    back = desks.do(TakeBackOutcome(case_id=case.id))
    assert (back.outcome, back.sub_reason, back.ground) == ("tidak_tersedia", SubReason.NOT_OURS, "")


def test_an_outcome_that_was_gone_on_from_stays(desks: Desks) -> None:
    case = desks.case()
    desks.refused(TakeBackOutcome(case_id=case.id), words="tidak dapat diurungkan lagi")
    desks.do(SetOutcome(case_id=case.id, outcome=AVAILABLE))
    desks.do(GiveAnswer(case_id=case.id, answer="Ya"))
    desks.refused(TakeBackOutcome(case_id=case.id), words="tidak dapat diurungkan lagi")
