"""Public-information requests: the number at once, ten and seven working days, objections thirty."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.office import make_office, store_of
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from ult_desktop.core.cases.case import Case, CaseOutcome
from ult_desktop.core.cases.commands import (
    AnswerObjection,
    CloseCase,
    DecideInformationRequest,
    DeliverAnswer,
    ExtendInformationRequest,
    FileObjection,
    NoteDispute,
    OpenCase,
    RegisterInformationRequest,
    SetOutcome,
    WriteNotice,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.ppid import Decision, InformationRequest, ObjectionReason, Possession
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases import ppid


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """An office with its true calendar: Friday, 20 November 2026, 09.00 (docs/domain.md, "Working time")."""
    scene = Scene(make_office(tmp_path, always_open=False), "2026-11-20 09:00")
    scene.sit(1)
    yield Desks(scene)
    scene.close()


def day(desks: Desks, at: int | None) -> str:
    assert at is not None
    return to_datetime(at, desks.scene.zone).date().isoformat()


def register(desks: Desks, case: Case | None = None) -> tuple[Case, InformationRequest]:
    case = case or desks.case()
    found = desks.do(RegisterInformationRequest(case_id=case.id, wanted="Data rapor mutu", purpose="Skripsi"))
    return case, found


def granted(request: InformationRequest) -> DecideInformationRequest:
    return DecideInformationRequest(request_id=request.id, decision=Decision.GRANTED)


def test_it_is_registered_at_once_and_due_in_ten_working_days(desks: Desks) -> None:
    case, found = register(desks)
    assert (found.number, found.name, found.contact) == ("0001/PPID/2026", "Ani Guru", "0811••••011")
    assert day(desks, found.due_at) == "2026-12-04"
    assert desks.now(case).due_at == found.due_at
    desks.refused(
        RegisterInformationRequest(case_id=case.id, wanted="x", purpose="y"), words="0001/PPID/2026"
    )
    assert register(desks)[1].number == "0002/PPID/2026"


def test_the_form_is_complete_or_refused(desks: Desks) -> None:
    command = RegisterInformationRequest(case_id=desks.case().id, wanted="Data", purpose="Skripsi")
    desks.refused(msgspec.structs.replace(command, wanted=" "), words="Rincian")
    desks.refused(msgspec.structs.replace(command, purpose=""), words="Tujuan penggunaan")
    visit_id = desks.visitor()
    store_of(desks.scene.office).write(lambda tx: tx.run("DELETE FROM guest WHERE visit_id = ?", visit_id))
    unknown = msgspec.structs.replace(command, case_id=desks.do(OpenCase(visit_id=visit_id, detail="x")).id)
    desks.refused(unknown, words="Nama pemohon")
    desks.refused(msgspec.structs.replace(unknown, name="Badu"), words="Nomor telepon")
    found = desks.do(msgspec.structs.replace(unknown, name="Badu", contact="badu@x.id", occupation="Guru"))
    assert (found.name, found.contact, found.occupation) == ("Badu", "b•••@x.id", "Guru")


def test_seven_days_more_once_and_with_a_reason(desks: Desks) -> None:
    case, found = register(desks)
    extend = ExtendInformationRequest(request_id=found.id, reason="Data dikumpulkan")
    desks.refused(msgspec.structs.replace(extend, reason=""), "putri", "belum ditulis")
    later = desks.do(extend, "putri")
    assert (day(desks, later.due_at), later.extension_reason) == ("2026-12-15", "Data dikumpulkan")
    assert desks.now(case).due_at == later.due_at
    desks.refused(extend, "putri", "sudah pernah diperpanjang")
    desks.refused(extend, "siti", "tidak berwenang")
    desks.refused(msgspec.structs.replace(extend, request_id=99), "putri", "tidak ada")


def test_what_is_late_cannot_be_extended_any_more(desks: Desks) -> None:
    _case, found = register(desks)
    desks.scene.set_time("2026-12-07 09:00")
    assert found.is_overdue(desks.scene.clock.now)
    desks.refused(ExtendInformationRequest(request_id=found.id, reason="x"), "putri", "sudah lewat")
    done = desks.do(granted(found), "putri")
    assert not done.is_overdue(desks.scene.clock.now)


def test_a_decision_its_notice_and_the_end(desks: Desks) -> None:
    case, found = register(desks)
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.refused(CloseCase(case_id=case.id), words="belum diputus PPID")
    notice = WriteNotice(request_id=found.id, cost="Rp0", ready_in="3 hari kerja", redaction="NIK")
    desks.refused(notice, "putri", "belum diputus")
    assert desks.do(granted(found), "putri").refusal == ""
    desks.refused(granted(found), "putri", "sudah diputus")
    told = desks.do(notice, "putri")
    assert (told.cost, told.ready_in, told.redaction) == ("Rp0", "3 hari kerja", "NIK")
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    desks.do(CloseCase(case_id=case.id))
    assert desks.kinds(case)[1:] == [
        "ppid_registered", "outcome_tersedia", "ppid_decided", "ppid_notice", "delivered", "closed",
    ]  # fmt: skip


def test_a_refusal_has_its_ground(desks: Desks) -> None:
    _case, found = register(desks)
    refuse = DecideInformationRequest(request_id=found.id, decision=Decision.REFUSED)
    desks.refused(refuse, "putri", "dasar hukumnya")
    done = desks.do(msgspec.structs.replace(refuse, ground="17h"), "putri")
    assert done.refusal == "Mengungkapkan rahasia pribadi (UU 14/2008 Pasal 17 huruf h)"


@pytest.mark.parametrize(
    ("held", "body", "words"),
    [(Possession.NO, "Dinas Pendidikan", "Tidak dikuasai Dinas Pendidikan"),
     (Possession.NOT_DOCUMENTED, "", "Belum didokumentasikan")],
)  # fmt: skip
def test_what_the_office_has_not_needs_no_ground(
    desks: Desks, held: Possession, body: str, words: str
) -> None:
    _case, found = register(desks)
    refuse = DecideInformationRequest(request_id=found.id, decision=Decision.REFUSED, held=held, held_by=body)
    assert desks.do(refuse, "putri").refusal == words


def test_an_objection_is_answered_in_thirty_days_and_may_go_on(desks: Desks) -> None:
    case, found = register(desks)
    desks.do(granted(found), "putri")
    desks.do(WriteNotice(request_id=found.id), "putri")
    command = FileObjection(
        request_id=found.id, reason=ObjectionReason.COST, position="Terlalu mahal", proxy="Badu"
    )
    desks.refused(msgspec.structs.replace(command, position=""), words="Kasus posisi")
    filed = desks.do(command)
    assert (filed.number, filed.late, filed.proxy) == ("0001/KBR/2026", False, "Badu")
    assert day(desks, filed.due_at) == "2027-01-07"
    desks.refused(command, words="belum ditanggapi")
    answer = AnswerObjection(objection_id=filed.id, answer="Biaya dihapus")
    desks.refused(msgspec.structs.replace(answer, answer=" "), "kepala", "belum ditulis")
    desks.refused(msgspec.structs.replace(answer, objection_id=99), "kepala", "tidak ada")
    answered = desks.do(answer, "kepala")
    assert day(desks, answered.dispute_until) == "2026-12-10"  # fourteen working days
    desks.refused(answer, "kepala", "sudah ditanggapi")
    dispute = NoteDispute(objection_id=filed.id, note="Register KI 7")
    desks.refused(msgspec.structs.replace(dispute, note=""), "putri", "belum ditulis")
    assert desks.do(dispute, "putri").dispute == "Register KI 7"
    desks.refused(msgspec.structs.replace(dispute, note="Register KI 8"), "putri", "sudah dicatat")
    assert [each.number for each in desks.card(case).objections] == ["0001/KBR/2026"]
    assert desks.kinds(case)[-3:] == ["objection", "objection_answered", "dispute"]
    assert desks.do(command).number == "0002/KBR/2026"


@pytest.mark.parametrize(("when", "late"), [("2027-01-20 09:00", False), ("2027-02-20 09:00", True)])
def test_an_objection_against_silence_counts_from_the_due_day(desks: Desks, when: str, late: bool) -> None:
    _case, found = register(desks)
    desks.scene.set_time(when)
    command = FileObjection(request_id=found.id, reason=ObjectionReason.UNANSWERED, position="Tidak dijawab")
    assert desks.do(command).late is late


def test_the_register_of_a_year(desks: Desks) -> None:
    numbers = [register(desks)[1].number for _n in range(2)]
    rows = desks.scene.office.read(lambda tx: ppid.register(tx, 2026))
    assert [row.number for row in rows] == numbers
    assert desks.scene.office.read(lambda tx: ppid.register(tx, 2025)) == ()


def test_the_ppid_team_registers_a_request_and_an_objection_itself(desks: Desks) -> None:
    command = RegisterInformationRequest(case_id=desks.case().id, wanted="Data", purpose="Skripsi")
    desks.refused(command, "bela", "tidak berwenang")
    found = desks.do(command, "putri")
    desks.do(granted(found), "putri")
    objection = FileObjection(request_id=found.id, reason=ObjectionReason.OTHERWISE, position="Kurang")
    assert desks.do(objection, "putri").number
