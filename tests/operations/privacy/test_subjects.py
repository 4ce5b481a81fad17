"""Requests of data subjects: verified, searched, copied, corrected, erased, held, answered in three days."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.office import store_of
from tests.operations.desks import Desks
from tests.operations.privacy import old_papers
from tests.operations.scene import Scene
from tests.personal import like_a_kiosk
from ult_desktop.base.errors import UserError
from ult_desktop.core.care.declarations import Vulnerability
from ult_desktop.core.cases.commands import OpenCase, RegisterInformationRequest
from ult_desktop.core.command import Command
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.core.privacy.commands import (
    AnswerSubjectRequest,
    AttachSubjectVisits,
    CloseSubjectRequest,
    CorrectSubjectData,
    DetachSubjectVisit,
    EraseSubjectData,
    ExportSubjectData,
    HoldSubjectData,
    OpenSubjectContact,
    RegisterSubjectRequest,
    ReleaseSubjectData,
    VerifySubject,
    WithdrawRemembering,
)
from ult_desktop.core.privacy.subjects import (
    DeadlineState,
    SubjectKind,
    SubjectOutcome,
    SubjectVisit,
    Verification,
)
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db.care import declarations
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import personal, retention, subjects
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.privacy import retention as runs
from ult_desktop.operations.privacy.privacy_sheets import copy_sheet
from ult_desktop.operations.visits.returning_visitors import find_subject_visits

pytestmark = pytest.mark.by_engine

ANI = RegisterSubjectRequest(
    kind=SubjectKind.ERASURE, name=" Ani  Guru ", contact="081122233044", words="Hapus saya"
)


@pytest.fixture
def desks(office_file: Path) -> Iterator[Desks]:
    scene = Scene(office_file)
    scene.sit(1)
    yield Desks(scene)
    scene.close()


def do(desks: Desks, command: Command) -> Any:  # noqa: ANN401  (each ask has its own answer)
    return desks.do(command, "putri")


def old_visit(desks: Desks, years: int = 3, remember: int = 0) -> int:
    at = desks.scene.clock.now - years * 366 * DAY_MS
    return store_of(desks.scene.office).write(lambda tx: _papers(tx, at, remember))


def _papers(tx: Transaction, at: int, remember: int) -> int:
    visit_id = old_papers.visit(tx, at, remember=remember)
    old_papers.papers(tx, visit_id, at)
    old_papers.information(tx, old_papers.case(tx, visit_id, at), at)
    return visit_id


def opened(desks: Desks, *visits_of_hers: int) -> int:
    """Ani's request, verified, with these visits."""
    request_id: int = do(desks, ANI).request.id
    do(desks, VerifySubject(request_id=request_id, how=Verification.CARD))
    if visits_of_hers:
        do(desks, AttachSubjectVisits(request_id=request_id, visits=visits_of_hers))
    return request_id


def guest(desks: Desks, visit_id: int) -> Guest:
    found = desks.scene.office.read(lambda tx: visits.guest_of(tx, visit_id))
    assert found is not None
    return found


def search(desks: Desks, text: str) -> tuple[SubjectVisit, ...]:
    return find_subject_visits(desks.scene.office, text)


def test_a_request_has_its_number_and_three_true_days(desks: Desks) -> None:
    desks.scene.set_time("2026-11-27 16:00")  # a Friday: the weekend counts
    found = do(desks, ANI).request
    assert (found.number, found.name, found.kind) == ("0001/SDP/2026", "Ani Guru", SubjectKind.ERASURE)
    assert found.due_at == found.received_at + 3 * DAY_MS
    paces = [found.deadline(found.received_at + hours * 3_600_000) for hours in (0, 47, 48, 71, 72)]
    assert paces == [
        DeadlineState.CALM,
        DeadlineState.CALM,
        DeadlineState.AMBER,
        DeadlineState.AMBER,
        DeadlineState.RED,
    ]
    later = msgspec.structs.replace(ANI, received_at=found.received_at - DAY_MS)
    assert do(desks, later).request.due_at == found.due_at - DAY_MS
    desks.refused(msgspec.structs.replace(ANI, name=" "), "putri", "Nama pemohon")
    future = desks.scene.clock.now + DAY_MS
    desks.refused(msgspec.structs.replace(ANI, received_at=future), "putri", "belum terjadi")
    desks.refused(ANI, "siti", "tidak berwenang")
    assert [each.number for each in desks.scene.office.read(subjects.still_open)] == [
        "0002/SDP/2026", "0001/SDP/2026",
    ]  # fmt: skip
    assert desks.scene.office.read(subjects.count_unanswered) == 2


def test_nothing_is_done_before_it_is_sure_who_asks(desks: Desks) -> None:
    visit_id = old_visit(desks)
    request_id = do(desks, ANI).request.id
    do(desks, AttachSubjectVisits(request_id=request_id, visits=(visit_id,)))
    about = {"request_id": request_id, "visit_id": visit_id}
    for command in (
        CorrectSubjectData(field="phone", value="081234567890", reason="x", **about),
        EraseSubjectData(reason="x", **about),
        HoldSubjectData(reason="x", **about),
        WithdrawRemembering(request_id=request_id),
        ExportSubjectData(request_id=request_id),
    ):
        desks.refused(command, "putri", "Belum dipastikan")


def test_visits_are_found_by_name_telephone_and_case(desks: Desks) -> None:
    visit_id = desks.visitor("Ani Guru")
    case = desks.do(OpenCase(visit_id=visit_id, detail="Tunjangan"))
    for text in ("ani g", "+62 811-0000-0011", case.number):
        (found,) = search(desks, text)
        assert (found.visit_id, found.name, found.is_open, found.held) == (visit_id, "Ani Guru", True, False)
    register = RegisterInformationRequest(case_id=case.id, name="Badu Wali", wanted="Data", purpose="Skripsi")
    desks.do(register)
    assert [each.visit_id for each in search(desks, "badu")] == [visit_id]
    assert search(desks, "an") == search(desks, "Budi") == ()
    old = old_visit(desks)
    request_id = opened(desks, old)
    do(desks, EraseSubjectData(request_id=request_id, visit_id=old, reason="Diminta"))
    assert search(desks, BY_REQUEST) == ()


def test_a_number_from_before_there_were_keys_is_found_as_it_stands(desks: Desks) -> None:
    visit_id = desks.visitor("Ani Guru")
    clear = "UPDATE guest SET phone = '081100000011', phone_index = '' WHERE visit_id = ?"
    store_of(desks.scene.office).write(lambda tx: tx.run(clear, visit_id))
    with like_a_kiosk(desks.scene.office):
        assert [each.visit_id for each in search(desks, "081100000011")] == [visit_id]


def test_his_number_is_masked_put_right_sealed_and_copied_in_clear(desks: Desks) -> None:
    visit_id = desks.visitor("Ani Guru")
    request_id = opened(desks, visit_id)
    file = do(desks, HoldSubjectData(request_id=request_id, visit_id=visit_id, reason="Sengketa"))
    assert (file.request.contact, file.visits[0].phone) == ("0811••••044", "0811••••011")
    mend = CorrectSubjectData(
        request_id=request_id, visit_id=visit_id, field="phone", value="0812 7777 8888", reason="Baru"
    )
    do(desks, mend)
    assert [each.visit_id for each in search(desks, "081277778888")] == [visit_id]
    assert search(desks, "081100000011") == ()
    do(desks, msgspec.structs.replace(mend, field="email", value="ani@contoh.id"))
    dump = "\n".join(desks.scene.dump())  # keys in hexadecimal too: a short number would be there by chance
    assert [typed for typed in ("7777 8888", "77778888", "ani@contoh") if typed in dump] == []
    held = {each.field: each.value for each in do(desks, ExportSubjectData(request_id=request_id)).held}
    assert (held["phone"], held["email"]) == ("081277778888", "ani@contoh.id")
    desks.refused(msgspec.structs.replace(mend, value="0812••••888"), "putri", "masih tersamar")


def test_where_he_is_answered_is_opened_with_a_trace(desks: Desks) -> None:
    request_id = do(desks, ANI).request.id
    command = OpenSubjectContact(request_id=request_id)
    assert do(desks, command).contact == "081122233044"
    now = desks.scene.clock.now
    (line,) = desks.scene.office.read(lambda tx: personal.openings_between(tx, now, now + 1))
    assert (line.officer, line.what, line.visit_id, line.name) == (
        "Putri PPID", f"subject:{request_id}", None, "Ani Guru",
    )  # fmt: skip
    assert desks.scene.kinds()[-1] == "personal.subject_opened"
    desks.refused(command, "siti", "tidak berwenang")
    desks.refused(msgspec.structs.replace(command, request_id=99), "putri", "tidak ada")


def test_a_copy_leaves_a_trace_for_each_of_his_visits(desks: Desks) -> None:
    visits_of_hers = (old_visit(desks), desks.visitor("Ani Guru"))
    request_id = opened(desks, *visits_of_hers)
    do(desks, ExportSubjectData(request_id=request_id))
    now = desks.scene.clock.now
    found = desks.scene.office.read(lambda tx: personal.openings_between(tx, now, now + 1))
    assert sorted((line.visit_id or 0, line.name) for line in found) == sorted(
        zip(visits_of_hers, ("RAHASIA", "Ani Guru"), strict=True)
    )
    assert {line.what for line in found} == {f"subject:{request_id}"}


def test_only_his_own_visits(desks: Desks) -> None:
    visit_id = old_visit(desks)
    request_id = opened(desks)
    desks.refused(AttachSubjectVisits(request_id=request_id, visits=()), "putri", "Belum ada")
    desks.refused(AttachSubjectVisits(request_id=request_id, visits=(99,)), "putri", "tidak ada")
    desks.refused(
        EraseSubjectData(request_id=request_id, visit_id=visit_id, reason="x"), "putri", "ditautkan"
    )
    desks.refused(ExportSubjectData(request_id=request_id), "putri", "Belum ada kunjungan")
    do(desks, AttachSubjectVisits(request_id=request_id, visits=(visit_id, visit_id)))
    assert do(desks, DetachSubjectVisit(request_id=request_id, visit_id=visit_id)).visits == ()
    desks.refused(VerifySubject(request_id=99, how=Verification.CARD), "putri", "tidak ada")


def test_a_field_is_put_right_and_the_log_does_not_say_what_stood_there(desks: Desks) -> None:
    visit_id = desks.visitor("Ani Guru")
    request_id = opened(desks, visit_id)
    command = CorrectSubjectData(
        request_id=request_id, visit_id=visit_id, field="name", value="Ani Gurutama", reason="Ejaan"
    )
    acts = do(desks, command).acts
    assert guest(desks, visit_id).name == "Ani Gurutama"
    assert (acts[-1].act, acts[-1].field, acts[-1].reason) == ("corrected", "Nama", "Ejaan")
    assert "Gurutama" not in "".join(event.data for event in desks.scene.events())
    desks.refused(msgspec.structs.replace(command, value=" "), "putri", "Nama tidak boleh kosong")
    desks.refused(msgspec.structs.replace(command, reason=""), "putri", "Alasan")
    do(desks, msgspec.structs.replace(command, field="phone", value=""))
    assert guest(desks, visit_id).phone == ""
    store_of(desks.scene.office).write(lambda tx: tx.run("DELETE FROM guest WHERE visit_id = ?", visit_id))
    desks.refused(command, "putri", "buku tamu")


@pytest.mark.parametrize("remember", [0, 1])
def test_what_may_be_erased_goes_and_what_the_law_keeps_is_said(desks: Desks, remember: int) -> None:
    visit_id = old_visit(desks, remember=remember)
    request_id = opened(desks, visit_id)
    command = EraseSubjectData(request_id=request_id, visit_id=visit_id, reason="Diminta")
    desks.refused(msgspec.structs.replace(command, reason=""), "putri", "Alasan")
    acts = do(desks, command).acts
    assert "Nama dan pekerjaan tamu" in acts[-1].field or "Tamu yang setuju diingat" in acts[-1].field
    found = guest(desks, visit_id)
    assert (found.name, found.phone, found.remember) == (BY_REQUEST, "", False)
    held = do(desks, ExportSubjectData(request_id=request_id)).held
    kept = {each.part for each in held if "RAHASIA" in each.value}
    assert kept == {
        *("visit", "casefile", "online_request", "case_entry", "delivery", "appointment"),
        *("information_request", "objection", "escalation", "handover"),
    }
    with pytest.raises(UserError, match="Tidak ada lagi") as refusal:
        do(desks, command)
    assert "UU 43/2009" in str(refusal.value)


def test_what_he_declared_of_himself_goes_too(desks: Desks) -> None:
    visit_id = old_visit(desks)
    request_id = opened(desks, visit_id)
    command = EraseSubjectData(request_id=request_id, visit_id=visit_id, reason="Diminta")
    said = Vulnerability(
        visit_id=visit_id, grounds=(PriorityReason.PREGNANT,), help=(Help.WHEELCHAIR,), declared_at=1
    )
    declare = partial(declarations.declare, declaration=said, officer_id=None)
    store_of(desks.scene.office).write(declare)
    assert do(desks, command).acts[-1].field.endswith(", Kelompok rentan")
    assert desks.scene.office.read(lambda tx: declarations.find(tx, visit_id)) is None
    store_of(desks.scene.office).write(declare)
    assert do(desks, command).acts[-1].field == "Kelompok rentan", "when nothing else is left"
    desks.refused(command, "putri", "Tidak ada lagi")


def test_what_is_at_work_is_not_erased(desks: Desks) -> None:
    visit_id = desks.visitor("Ani Guru")
    request_id = opened(desks, visit_id)
    command = EraseSubjectData(request_id=request_id, visit_id=visit_id, reason="x")
    desks.refused(command, "putri", "belum selesai")


def test_a_hold_keeps_the_schedule_and_other_requests_away(desks: Desks) -> None:
    visit_id = old_visit(desks, years=6)
    request_id = opened(desks, visit_id)
    command = HoldSubjectData(request_id=request_id, visit_id=visit_id, reason="Sengketa")
    desks.refused(msgspec.structs.replace(command, reason=""), "putri", "Alasan")
    assert do(desks, command).visits[0].held
    desks.refused(command, "putri", "sudah ditunda")
    desks.refused(DetachSubjectVisit(request_id=request_id, visit_id=visit_id), "putri", "sedang ditunda")
    erase = EraseSubjectData(request_id=request_id, visit_id=visit_id, reason="x")
    desks.refused(erase, "putri", "sedang ditunda")
    other = opened(desks, visit_id)
    desks.refused(msgspec.structs.replace(erase, request_id=other), "putri", "sedang ditunda")
    for each in (request_id, other):
        do(
            desks,
            AnswerSubjectRequest(request_id=each, outcome=SubjectOutcome.GRANTED, answer="Ya", told="Surat"),
        )
        do(desks, CloseSubjectRequest(request_id=each))
    head = desks.scene.office.sign_in("kepala", "rahasia-kita")
    assert runs.run(desks.scene.office, head).total == 0
    release = ReleaseSubjectData(request_id=request_id, visit_id=visit_id)
    do(desks, release)
    desks.refused(release, "putri", "tidak sedang ditunda")
    assert runs.run(desks.scene.office, head).total > 0


def test_an_open_request_keeps_its_visits_from_the_schedule(desks: Desks) -> None:
    opened(desks, old_visit(desks, years=6))
    assert not desks.scene.office.read(lambda tx: runs.is_due(tx, desks.scene.clock.now))


def test_the_consent_to_be_known_again_is_taken_back(desks: Desks) -> None:
    visit_id = old_visit(desks, remember=1)
    request_id = opened(desks)
    command = WithdrawRemembering(request_id=request_id)
    desks.refused(command, "putri", "Tidak ada persetujuan")
    do(desks, AttachSubjectVisits(request_id=request_id, visits=(visit_id,)))
    do(desks, command)
    assert not guest(desks, visit_id).remember


def test_the_copy_holds_everything_in_words(desks: Desks) -> None:
    visit_id = old_visit(desks)
    request_id = opened(desks, visit_id)
    answer = AnswerSubjectRequest(
        request_id=request_id, outcome=SubjectOutcome.PARTLY, answer="Ini", told="Surel"
    )
    do(desks, answer)
    dossier = do(desks, ExportSubjectData(request_id=request_id))
    assert {"guest", "identity_check", "letter", "document", "casefile"} <= {
        each.part for each in dossier.held
    }
    sheet = copy_sheet(desks.scene.office.read(office_rows.load).settings, dossier)
    rows = {row.head: row.text.splitlines() for row in sheet.rows}
    assert {"nama: RAHASIA", "setuju diingat: tidak"} <= set(rows["2 Januari 2020 · Buku tamu"])
    assert rows["Jawaban"] == ["dikabulkan sebagian. Ini"]
    assert desks.scene.kinds()[-1] == "subject.exported"


def test_answered_told_closed_and_late_is_on_record(desks: Desks) -> None:
    request_id = opened(desks)
    desks.refused(CloseSubjectRequest(request_id=request_id), "putri", "belum dijawab")
    answer = AnswerSubjectRequest(
        request_id=request_id, outcome=SubjectOutcome.REFUSED, answer="Tidak", told="Surat"
    )
    desks.refused(msgspec.structs.replace(answer, answer=""), "putri", "Jawaban belum")
    desks.refused(msgspec.structs.replace(answer, told=" "), "putri", "Cara penyampaian")
    desks.scene.later(4 * 24 * 60)
    found = do(desks, answer)
    assert found.request.deadline(desks.scene.clock.now) is DeadlineState.CALM
    assert msgspec.json.decode(desks.scene.events()[-1].data)["late"] is True
    closed = do(desks, CloseSubjectRequest(request_id=request_id))
    assert [act.act for act in closed.acts] == ["registered", "verified", "answered", "closed"]
    desks.refused(answer, "putri", "sudah ditutup")
    year = desks.scene.office.read(lambda tx: subjects.of_year(tx, 2026))
    assert [each.answered_by for each in year] == ["Putri PPID"]


def test_the_register_itself_ages_too(desks: Desks) -> None:
    visit_id = old_visit(desks)
    request_id = opened(desks, visit_id)
    do(desks, HoldSubjectData(request_id=request_id, visit_id=visit_id, reason="Sengketa dengan Bu Sri"))
    answer = AnswerSubjectRequest(
        request_id=request_id, outcome=SubjectOutcome.GRANTED, answer="Ya", told="Surat ke Jl. Mawar 1"
    )
    do(desks, answer)
    do(desks, CloseSubjectRequest(request_id=request_id))
    desks.scene.set_time("2032-01-05 09:00")
    head = desks.scene.office.sign_in("kepala", "rahasia-kita")
    assert runs.run(desks.scene.office, head).counts == {"register": 1}
    kept = desks.scene.office.read(lambda tx: subjects.file_of(tx, request_id))
    found = kept.request
    assert (found.contact, found.words, found.told, found.number) == ("", "", "", "0001/SDP/2026")
    assert {each.reason for each in kept.acts} == {"", BY_SCHEDULE}
    assert desks.scene.office.read(lambda tx: retention.erased_kinds(tx, visit_id)) == {}
