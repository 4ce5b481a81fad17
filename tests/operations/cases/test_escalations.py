"""A case from desk to desk and back: receipts, dispositions, who may, and who was faster."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from tests.office import PASSWORD, open_office, store_of
from tests.operations.desks import Desks
from ult_desktop.core.accountability.commands import Delegate
from ult_desktop.core.accountability.deviations import DeviationState
from ult_desktop.core.cases.case import CaseState, VisitorMode
from ult_desktop.core.cases.commands import (
    AcknowledgeAnswer,
    AnswerApplicant,
    AnswerEscalation,
    AssessEscalation,
    AssignEscalation,
    DeliverAnswer,
    Escalate,
    MoveVisitor,
    ReceiveEscalation,
    ReferEscalation,
    WithdrawEscalation,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk, EscalationState
from ult_desktop.core.command import Command
from ult_desktop.core.online.commands import AddRequest, AnswerRequest, CloseRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.db.accountability import deviations
from ult_desktop.operations.sheets import disposition_sheet

BACK, UNIT, PPID = CaseDesk.BACK_OFFICE, CaseDesk.RELATED_UNIT, CaseDesk.PPID


def test_each_hand_over_has_its_receipt(desks: Desks) -> None:
    case, hop = desks.escalated()
    assert (case.state, hop.from_desk, hop.from_officer) == (
        CaseState.ESCALATED, CaseDesk.FRONT_OFFICE, "Siti Rahmawati",
    )  # fmt: skip
    received = desks.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    assert (received.state, received.received_by, received.to_officer) == (
        EscalationState.RECEIVED, "Bela Back", "Bela Back",
    )  # fmt: skip
    desks.refused(ReceiveEscalation(escalation_id=hop.id), "bela", "Sudah diterima oleh Bela")
    answered = desks.do(AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"), "bela")
    assert (answered.state, answered.answered_by) == (EscalationState.ANSWERED, "Bela Back")
    assert (desks.now(case).state, desks.now(case).answer) == (CaseState.ANSWERED, "Cair Jumat")
    back = desks.do(AcknowledgeAnswer(escalation_id=hop.id))
    assert back.state is EscalationState.ACKNOWLEDGED
    desks.refused(AcknowledgeAnswer(escalation_id=hop.id), words="Tidak ada jawaban")
    desks.refused(AcknowledgeAnswer(escalation_id=99), words="Tidak ada jawaban")
    times = [hop.sent_at, received.received_at, answered.answered_at, back.acknowledged_at]
    assert times == sorted(set(times))


def test_telling_the_answer_is_its_receipt_too(desks: Desks) -> None:
    case, hop = desks.escalated()
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    assert desks.card(case).escalations[0].state is EscalationState.ACKNOWLEDGED


def test_the_way_over_the_unit_and_back(desks: Desks) -> None:
    case, hop = desks.escalated()
    refer = ReferEscalation(
        escalation_id=hop.id, instruction="Mohon arahan", unit="Ditjen GTK", documents=(4,), due_days=3
    )
    below = desks.do(refer, "bela")
    assert (below.parent_id, below.from_desk, below.to_desk, below.unit) == (hop.id, BACK, UNIT, "Ditjen GTK")
    desks.refused(refer, "bela", "masih menunggu arahan")
    desks.refused(AnswerEscalation(escalation_id=hop.id, answer="x"), "bela", "masih menunggu arahan")
    desks.refused(AssessEscalation(escalation_id=hop.id, can_solve=True), "bela", "masih menunggu arahan")
    desks.do(ReceiveEscalation(escalation_id=below.id), "umar")
    desks.do(AnswerEscalation(escalation_id=below.id, answer="Lengkapi SK", documents=(5,)), "umar")
    assert desks.card(case).escalations[0].state is EscalationState.RECEIVED
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Mohon lengkapi SK"), "bela")
    card = desks.card(case)
    assert [each.state for each in card.escalations] == [
        EscalationState.ANSWERED,
        EscalationState.ACKNOWLEDGED,
    ]
    assert [(each.document_id, each.escalation_id) for each in card.documents] == [
        (4, below.id),
        (5, below.id),
    ]
    assert desks.kinds(case)[1:] == [
        "escalated", "received", "cannot_be_solved", "referred", "received", "direction", "returned",
    ]  # fmt: skip


def test_a_unit_without_the_program_has_its_direction_written_down(desks: Desks) -> None:
    _case, hop = desks.escalated()
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan"), "bela")
    desks.refused(AnswerEscalation(escalation_id=below.id, answer="x"), "putri", "Ini pekerjaan Back Office")
    told = desks.do(AnswerEscalation(escalation_id=below.id, answer="Per telepon: boleh"), "bono")
    assert (told.state, told.answered_by) == (EscalationState.ANSWERED, "Bono Back")
    desks.do(AcknowledgeAnswer(escalation_id=below.id), "bela")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Boleh"), "bela")


def test_an_assessment_can_change_until_something_follows_from_it(desks: Desks) -> None:
    case, hop = desks.escalated()
    assess = AssessEscalation(escalation_id=hop.id, can_solve=False)
    assert desks.do(assess, "bela").verdict == "tidak_bisa"
    desks.do(assess, "bela")
    assert (
        desks.do(AssessEscalation(escalation_id=hop.id, can_solve=True), "bela").verdict
        == "bisa_diselesaikan"
    )
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    assert [kind for kind in desks.kinds(case) if kind.startswith("can")] == [
        "cannot_be_solved", "can_be_solved",
    ]  # fmt: skip


def test_of_two_who_answer_the_second_is_told_by_whom(desks: Desks) -> None:
    case, hop = desks.escalated()
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Dari Bela"), "bela")
    desks.refused(
        AnswerEscalation(escalation_id=hop.id, answer="Dari Bono"), "bono", "sudah dijawab oleh Bela Back"
    )
    assert desks.now(case).answer == "Dari Bela"


def test_two_stations_answer_at_once_and_one_wins(desks: Desks) -> None:
    """Both saw the hop open; each is a station of its own on the same file."""
    _case, hop = desks.escalated()
    other = open_office(desks.scene.path, "meja-2")
    other.clock = desks.scene.clock
    bono = other.sign_in("bono", PASSWORD)
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Dari Bela"), "bela")
    with pytest.raises(Exception, match="sudah dijawab oleh Bela Back"):
        other.perform(AnswerEscalation(escalation_id=hop.id, answer="Dari Bono"), bono)
    other.close()


def test_who_has_it_is_asked_before_another_takes_over(desks: Desks) -> None:
    _case, hop = desks.escalated()
    desks.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    answer = AnswerEscalation(escalation_id=hop.id, answer="Ya")
    desks.refused(answer, "bono", "sedang ditangani Bela Back")
    assign = AssignEscalation(escalation_id=hop.id, officer_id=desks.id("bono"))
    desks.refused(
        msgspec.structs.replace(assign, officer_id=desks.id("umar")), "bela", "bukan petugas Back Office"
    )
    desks.refused(assign, "umar", "Ini pekerjaan Back Office")
    assert desks.do(assign, "bono").to_officer == "Bono Back"
    assert desks.do(answer, "bono").answered_by == "Bono Back"


def test_a_hop_may_be_sent_to_one_officer(desks: Desks) -> None:
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Untuk Bono", to_officer_id=desks.id("bono")))
    assert hop.to_officer == "Bono Back"
    desks.refused(ReceiveEscalation(escalation_id=hop.id), "bela", "sedang ditangani Bono")
    desks.do(ReceiveEscalation(escalation_id=hop.id), "bono")


@pytest.mark.parametrize("login", ["umar", "putri", "hadi"])
def test_another_desk_keeps_its_hands_off(desks: Desks, login: str) -> None:
    _case, hop = desks.escalated()
    desks.refused(ReceiveEscalation(escalation_id=hop.id), login, "Ini pekerjaan Back Office")


def test_what_makes_no_sense_is_refused(desks: Desks) -> None:
    case = desks.case()
    escalate = Escalate(case_id=case.id, instruction="Mohon dicek")
    desks.refused(msgspec.structs.replace(escalate, instruction=" "), words="Isi pesan belum ditulis")
    desks.refused(msgspec.structs.replace(escalate, to=CaseDesk.FRONT_OFFICE), words="selain Front Office")
    desks.refused(msgspec.structs.replace(escalate, due_days=0), words="satu hari kerja")
    desks.refused(msgspec.structs.replace(escalate, due_days=367), words="paling lama 366 hari kerja")
    desks.refused(msgspec.structs.replace(escalate, to_officer_id=99), words="tidak ada lagi")
    hop = desks.do(escalate)
    for wrong in (CaseDesk.FRONT_OFFICE, BACK):
        refer = ReferEscalation(escalation_id=hop.id, instruction="x", to=wrong)
        desks.refused(refer, "bela", "Pilih unit lain")
    desks.refused(AnswerEscalation(escalation_id=hop.id, answer=""), "bela", "belum ditulis")
    desks.refused(ReceiveEscalation(escalation_id=99), "bela", "tidak ada")
    desks.refused(
        MoveVisitor(case_id=desks.case().id, visitor=VisitorMode.LEFT), words="tidak sedang diteruskan"
    )


def test_the_sender_takes_it_back_with_all_that_went_on_from_it(desks: Desks) -> None:
    case, hop = desks.escalated()
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan"), "bela")
    withdraw = WithdrawEscalation(escalation_id=hop.id, reason="Salah alamat")
    desks.refused(withdraw, "umar", "Ini pekerjaan Front Office")
    desks.refused(msgspec.structs.replace(withdraw, reason=" "), words="Alasan penarikan")
    desks.do(withdraw)
    assert [each.state for each in desks.card(case).escalations] == [EscalationState.WITHDRAWN] * 2
    assert desks.now(case).state is CaseState.OPEN
    desks.refused(AnswerEscalation(escalation_id=below.id, answer="x"), "umar", "sudah ditarik")
    assert desks.do(Escalate(case_id=case.id, instruction="Kali ini benar")).state is EscalationState.SENT


def test_the_back_office_takes_its_disposition_back(desks: Desks) -> None:
    case, hop = desks.escalated()
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan"), "bela")
    desks.do(WithdrawEscalation(escalation_id=below.id, reason="Sudah tahu"), "bela")
    assert [each.state for each in desks.card(case).escalations] == [
        EscalationState.RECEIVED,
        EscalationState.WITHDRAWN,
    ]
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    assert "can_be_solved" in desks.kinds(case)


def test_the_owner_of_the_case_may_take_it_back_for_who_sent_it(desks: Desks) -> None:
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Oleh Budi"), "budi")
    assert hop.from_officer == "Budi Santoso"
    desks.do(WithdrawEscalation(escalation_id=hop.id, reason="x"), "siti")


def test_the_back_office_tells_the_applicant_itself(desks: Desks) -> None:
    case, hop = desks.escalated()
    tell = AnswerApplicant(escalation_id=hop.id, answer="Cair Jumat", way=DeliveryChannel.WHATSAPP)
    desks.refused(tell, "bela", "memerlukan bukti")
    told = desks.do(msgspec.structs.replace(tell, proof="WA 10.20"), "bela")
    assert told.state is EscalationState.ACKNOWLEDGED
    assert (desks.now(case).state, desks.card(case).deliveries[0].officer) == (
        CaseState.DELIVERED,
        "Bela Back",
    )


def test_who_sends_on_or_answers_days_late_says_why(desks: Desks) -> None:
    """Both branches of the step share its days: until the answer it is late by whoever has it."""
    desks.run_only("kepri-daring")
    rows = [OnlineRow(name="Ani", email="ani@dinas.go.id", detail=f"Mohon data {n}") for n in (1, 2, 3, 4)]
    first, second, third, fourth = (desks.do(AddRequest(source=OnlineSource.EMAIL, row=row)) for row in rows)
    desks.scene.set_time("2026-11-27 09:00")
    hop = desks.do(Escalate(case_id=first.case_id, instruction="Mohon dicek", reason="Siti sakit"))
    late = desks.do(Escalate(case_id=second.case_id, instruction="Mohon dicek"))
    tell = AnswerApplicant(escalation_id=hop.id, answer="Ya", way=DeliveryChannel.EMAIL, proof="terkirim")
    desks.do(tell, "bela")
    desks.do(msgspec.structs.replace(tell, escalation_id=late.id, reason="Menunggu data"), "bela")
    desks.do(
        AnswerRequest(request_id=third.id, answer="Ya", way=DeliveryChannel.EMAIL, reason="Listrik padam")
    )
    for request in (first, second, third):
        desks.do(CloseRequest(request_id=request.id))
    desks.do(CloseRequest(request_id=fourth.id, remark="Sudah dijawab lewat telepon"))
    found = [
        [(each.steps, each.officer, each.cause, each.state) for each in of_visit]
        for of_visit in (
            desks.scene.office.read(lambda tx, v=each.visit_id: deviations.of_visit(tx, v))  # type: ignore[misc]
            for each in (first, second, third, fourth)
        )
    ]
    told = DeviationState.EXPLAINED
    assert found == [
        [((2,), "Siti Rahmawati", "Siti sakit", told)],
        [((2,), "Bela Back", "Menunggu data", told)],
        [((2,), "Siti Rahmawati", "Listrik padam", told)],
        [((2,), "Siti Rahmawati", "Sudah dijawab lewat telepon", told)],
    ]


def test_a_direction_is_told_by_who_asked_for_it(desks: Desks) -> None:
    _case, hop = desks.escalated()
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan"), "bela")
    tell = AnswerApplicant(escalation_id=below.id, answer="Ya", way=DeliveryChannel.DIRECT)
    desks.refused(tell, "umar", "lewat Back Office")


def test_who_stands_for_another_sees_and_does_his_work(desks: Desks) -> None:
    """A.n.: the inbox moves over, every act shows for whom it was done."""
    case = desks.case()
    hop = desks.do(Escalate(case_id=case.id, instruction="Untuk Bela", to_officer_id=desks.id("bela")))
    letter = Delegate(
        absent="bela",
        delegate="bono",
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 23),
        letter_number="12/ST/2026",
        letter_date=date(2026, 11, 23),
    )
    assert desks.inbox("bono", BACK).items == ()
    desks.do(letter, "admin")
    assert [item.subject_id for item in desks.inbox("bono", BACK).items] == [hop.id]
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bono")
    lines = [(line.officer, line.acting_for) for line in desks.card(case).timeline if line.kind == "returned"]
    assert lines == [("Bono Back", "Bela Back")]


def test_the_inbox_counts_what_is_unread_and_overdue(desks: Desks) -> None:
    _first, hop = desks.escalated()
    desks.escalated()
    desks.escalated(PPID)
    desks.do(ReceiveEscalation(escalation_id=hop.id), "bela")
    shown = desks.inbox("bela", BACK)
    assert ([item.unread for item in shown.items], shown.unread) == ([False, True], 1)
    assert [item.officer for item in shown.items] == ["Bela Back", ""]
    assert len(desks.inbox("bono", BACK).items) == 1  # what Bela has taken is hers
    counts = [(each.desk, each.officer, each.open, each.unread, each.overdue) for each in shown.counts]
    assert counts == [
        (BACK, "", 1, 1, 0), (BACK, "Bela Back", 1, 0, 0), (PPID, "", 1, 1, 0),
    ]  # fmt: skip
    desks.scene.later(3 * 24 * 60)
    late = desks.inbox("bela", BACK)
    assert [item.is_overdue(desks.scene.clock.now) for item in late.items] == [True, True]
    assert [each.overdue for each in late.counts] == [1, 1, 0], "PPID has the law's days"
    assert desks.inbox("joko").items == ()


def test_an_admin_may_work_at_every_desk(desks: Desks) -> None:
    case, hop = desks.escalated()
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "admin")
    assert desks.now(case).state is CaseState.ANSWERED


def test_a_case_is_one_line_for_who_is_at_several_desks(desks: Desks) -> None:
    """The hop that waits for the next one is no line of its own, nor is the next once it is answered."""
    _case, hop = desks.escalated()
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan"), "admin")

    def lines() -> list[tuple[str, int]]:
        return [(each.kind, each.subject_id) for each in desks.inbox("admin", *CaseDesk).items]

    assert lines() == [("to_do", below.id)]
    desks.do(AnswerEscalation(escalation_id=below.id, answer="Ya"), "admin")
    assert lines() == [("returned", below.id)]
    desks.do(AcknowledgeAnswer(escalation_id=below.id), "admin")
    assert lines() == [("to_do", hop.id)]


def test_a_case_without_an_owner_belongs_to_who_sends_it_on(desks: Desks) -> None:
    case = desks.case()
    store_of(desks.scene.office).write(
        lambda tx: tx.run("UPDATE casefile SET owner_id = NULL WHERE id = ?", case.id)
    )
    desks.do(Escalate(case_id=case.id, instruction="Mohon dicek"), "budi")
    assert desks.now(case).owner == "Budi Santoso"


ACTS: list[tuple[str, Callable[[int], Command]]] = [
    ("siti", lambda hop: AnswerEscalation(escalation_id=hop, answer="x")),
    ("nina", lambda hop: ReceiveEscalation(escalation_id=hop)),
]


@pytest.mark.parametrize(("login", "command"), ACTS)
def test_without_the_role_nobody_answers(desks: Desks, login: str, command: Callable[[int], Command]) -> None:
    _case, hop = desks.escalated()
    desks.refused(command(hop.id), login, "tidak berwenang")


def test_a_unit_may_ask_another_in_its_turn(desks: Desks) -> None:
    """Only the first hop stands in the POS: what goes on further marks no step of it."""
    case, hop = desks.escalated()
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan"), "bela")
    further = ReferEscalation(escalation_id=below.id, instruction="Data", to=PPID)
    last = desks.do(further, "umar")
    marked = desks.marks(case)
    desks.refused(AnswerEscalation(escalation_id=below.id, answer="x"), "umar", "masih menunggu arahan")
    desks.do(AnswerEscalation(escalation_id=last.id, answer="Ini datanya"), "putri")
    desks.do(AnswerEscalation(escalation_id=below.id, answer="Boleh"), "umar")
    assert marked.count("assessed:tidak_bisa") == marked.count("referred") == 1
    assert desks.marks(case)[-1] == "disposed"
    assert [each.state for each in desks.card(case).escalations][1:] == [
        EscalationState.ANSWERED,
        EscalationState.ANSWERED,
    ]


def stand_in(desks: Desks, absent: str, delegate: str) -> None:
    letter = Delegate(
        absent=absent,
        delegate=delegate,
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 23),
        letter_number="13/ST/2026",
        letter_date=date(2026, 11, 23),
    )
    desks.do(letter, "admin")


def test_work_of_a_desk_that_only_the_absent_ones_role_allows_is_done_in_their_stead(desks: Desks) -> None:
    """Nobody in person was asked: the role that was lent tells for whom; on the sheet too."""
    case, hop = desks.escalated()
    stand_in(desks, "umar", "putri")
    below = desks.do(ReferEscalation(escalation_id=hop.id, instruction="Arahan?", to=UNIT), "bela")
    received = desks.do(ReceiveEscalation(escalation_id=below.id), "putri")
    answered = desks.do(AnswerEscalation(escalation_id=below.id, answer="Boleh"), "putri")
    umar, putri = desks.actor("umar").name, desks.actor("putri").name
    lines = [(line.kind, line.officer, line.acting_for) for line in desks.card(case).timeline[-2:]]
    assert lines == [("received", putri, umar), ("direction", putri, umar)]
    assert (received.receiver, answered.answerer) == (f"{putri} atas nama {umar}",) * 2
    sheet = desks.scene.office.read(lambda tx: disposition_sheet(tx, below.id))
    assert sheet.signatures[1] == f"{putri} atas nama {umar}"
    desks.refused(ReceiveEscalation(escalation_id=below.id), "umar", "sudah dijawab oleh .* atas nama ")


def test_what_comes_back_is_received_and_sent_on_in_the_stead_of_who_asked(desks: Desks) -> None:
    case, hop = desks.escalated()
    stand_in(desks, "siti", "bono")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    desks.do(AcknowledgeAnswer(escalation_id=hop.id), "bono")
    again = desks.do(Escalate(case_id=case.id, instruction="Satu lagi"), "bono")
    siti, bono = desks.actor("siti").name, desks.actor("bono").name
    lines = [(line.kind, line.officer, line.acting_for) for line in desks.card(case).timeline[-2:]]
    assert lines == [("acknowledged", bono, siti), ("escalated", bono, siti)]
    assert again.sender == f"{bono} atas nama {siti}"


def test_ones_own_work_is_nobodys_stead(desks: Desks) -> None:
    case, hop = desks.escalated()
    stand_in(desks, "umar", "bela")
    desks.do(AnswerEscalation(escalation_id=hop.id, answer="Ya"), "bela")
    assert {line.acting_for for line in desks.card(case).timeline} == {""}
