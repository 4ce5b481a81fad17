"""POS Kepri daring, every step and both branches by who the POS names, each at a station of his own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.rows import open_requests
from tests.journeys.bureau import Bureau
from tests.lists import remember
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.accountability.deviation_words import time_words
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.commands import AnswerApplicant, AnswerEscalation, Escalate, ReceiveEscalation
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.online.commands import AnswerRequest, CloseRequest, TakeRequest
from ult_desktop.core.online.online_request import OnlineRequest, OnlineSource, OnlineState
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db import online_requests
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.visits import visits
from ult_desktop.operations.online.watched_folder import WatchedFolder, import_ready_lists

FRONT, BACK = Role.FRONT_OFFICE, Role.BACK_OFFICE
LIST = """Nomor Tiket;Tanggal Permohonan;Nama Lengkap;Asal Instansi;Alamat Email;Isi Permohonan
S-1;23/11/2026 08.15;Dedi Kurniawan;SMPN 1 Tanjungpinang;dedi@dinas.go.id;Mohon data rapor mutu 2025
S-2;23/11/2026 08.20;Ani;SDN 3 Bintan;ani@dinas.go.id;Mohon narasumber 10 Desember
;23/11/2026 08.30;;SDN 4;;Baris tanpa nama
"""


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """Monday, 09.00 WIB: the front office's PC found a list of SEMPENA in its folder."""
    bureau = Bureau(tmp_path, "bpmp-kepri", "2026-11-23 09:00")
    fields = ("nomor", "waktu", "nama", "instansi", "surel", "isi")
    heads = LIST.splitlines()[0].split(";")
    bureau.do(FRONT, remember(**dict(zip(fields, heads, strict=True))))
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "sempena.csv").write_text(LIST, encoding="utf-8")
    watched = WatchedFolder(folder)
    assert watched.ready_lists() == ()
    outcomes = import_ready_lists(
        bureau.office_of(FRONT), watched, OnlineSource.SEMPENA, Actor(station="pc-loket")
    )
    assert [outcome.words for outcome in outcomes] == ["2 baris masuk, 0 sudah ada, 1 ditolak, 0 dilewati"]
    yield bureau
    bureau.close()


def named(bureau: Bureau, number: str) -> OnlineRequest:
    found = bureau.read(lambda tx: online_requests.by_number(tx, number))
    assert found is not None
    return found


def ended(bureau: Bureau, request: OnlineRequest) -> None:
    """Case, visit and inbox agree that it is over."""
    closed = named(bureau, request.number)
    assert closed.state is OnlineState.CLOSED
    assert bureau.read(lambda tx: cases.get(tx, request.case_id)).state is CaseState.CLOSED
    assert not bureau.read(lambda tx: visits.get(tx, request.visit_id)).is_open


def deviant_steps(bureau: Bureau, request: OnlineRequest) -> list[int | None]:
    return [each.step for each in bureau.read(lambda tx: deviations.of_visit(tx, request.visit_id))]


def test_the_form_came_by_sempena(bureau: Bureau) -> None:
    """Step 1: filled in by the applicant, with a number apart from the walk-ins."""
    request = named(bureau, "D-0001/2026")
    visit = bureau.read(lambda tx: visits.get(tx, request.visit_id))
    assert (visit.channel, visit.procedure_id, visit.label) == (VisitChannel.ONLINE, "kepri-daring", None)
    assert bureau.steps(request.visit_id, StepState.IN_TIME) == [1]
    assert bureau.progress(request.visit_id).running == (2,)
    assert bureau.step(request.visit_id, 2).due_at == request.due_at
    assert bureau.read(open_requests) == {OnlineState.NEW: 2}


def test_a_the_front_office_settles_it(bureau: Bureau) -> None:
    request = named(bureau, "D-0001/2026")
    bureau.later(60)
    bureau.do(FRONT, TakeRequest(request_id=request.id))
    bureau.later(120)
    bureau.do(
        FRONT, AnswerRequest(request_id=request.id, answer="Terlampir.", way=DeliveryChannel.APPLICATION)
    )
    assert bureau.step(request.visit_id, 2).branch == "a"
    assert bureau.steps(request.visit_id, StepState.IN_TIME) == [1, 2]
    assert bureau.progress(request.visit_id).running == (3,)
    bureau.later(60)
    bureau.do(FRONT, ConfirmSurvey(visit_id=request.visit_id))
    assert bureau.step(request.visit_id, 3).ended_at == bureau.clock.now
    assert bureau.progress(request.visit_id).ended
    bureau.do(FRONT, CloseRequest(request_id=request.id))
    ended(bureau, request)
    assert deviant_steps(bureau, request) == []


def test_b_the_back_office_answers_and_the_front_office_replies(bureau: Bureau) -> None:
    request = named(bureau, "D-0002/2026")
    bureau.do(FRONT, TakeRequest(request_id=request.id))
    bureau.do(FRONT, Escalate(case_id=request.case_id, instruction="Siapa yang dapat hadir?"))
    (hop,) = bureau.read(lambda tx: escalations.open_of(tx, request.case_id))
    bureau.set_time("2026-11-24 10:00")
    bureau.do(BACK, ReceiveEscalation(escalation_id=hop.id))
    assert named(bureau, request.number).with_other_desk
    bureau.later(60)
    bureau.do(BACK, AnswerEscalation(escalation_id=hop.id, answer="Pak Bambang, 10 Desember."))
    bureau.later(10)
    assert named(bureau, request.number).answer == "Pak Bambang, 10 Desember."
    bureau.do(
        FRONT, AnswerRequest(request_id=request.id, answer="Pak Bambang hadir.", way=DeliveryChannel.EMAIL)
    )
    assert bureau.step(request.visit_id, 2).branch == "b"
    assert bureau.steps(request.visit_id, StepState.IN_TIME) == [1, 2]
    bureau.do(FRONT, CloseRequest(request_id=request.id))
    ended(bureau, request)


def test_b_the_back_office_tells_the_applicant_itself(bureau: Bureau) -> None:
    request = named(bureau, "D-0002/2026")
    bureau.do(FRONT, Escalate(case_id=request.case_id, instruction="Mohon dijawab langsung"))
    (hop,) = bureau.read(lambda tx: escalations.open_of(tx, request.case_id))
    bureau.later(30)
    told = AnswerApplicant(
        escalation_id=hop.id, answer="Ya.", way=DeliveryChannel.EMAIL, proof="terkirim 09.30"
    )
    bureau.do(BACK, told)
    assert named(bureau, request.number).state is OnlineState.ANSWERED
    assert (bureau.step(request.visit_id, 2).branch, bureau.step(request.visit_id, 2).officer_id) == (
        "b",
        bureau.officer_id(BACK),
    )
    bureau.do(FRONT, CloseRequest(request_id=request.id))
    ended(bureau, request)


def test_an_answer_on_the_third_day_is_late_and_stands_to_be_accounted_for(bureau: Bureau) -> None:
    request = named(bureau, "D-0001/2026")
    bureau.set_time("2026-11-26 08:30")
    assert bureau.step(request.visit_id, 2).overdue
    bureau.do(
        FRONT, AnswerRequest(request_id=request.id, answer="Maaf, terlambat.", way=DeliveryChannel.EMAIL)
    )
    bureau.do(FRONT, CloseRequest(request_id=request.id))
    assert bureau.steps(request.visit_id, StepState.LATE) == [2]
    (late,) = bureau.read(lambda tx: deviations.of_visit(tx, request.visit_id))
    assert (late.step, late.day, late.label) == (2, "2026-11-25", "D-0001/2026")
    assert time_words(late) == "3 hari kerja 15 menit, baku 2 hari kerja"
