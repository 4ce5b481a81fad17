"""A request is taken, answered and closed; the list, the search and the public numbers follow."""

import pytest

from tests.operations.scene import KIOSK, Scene
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.cases.commands import CloseCase, DeliverAnswer, Escalate, GiveAnswer, SetOutcome
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cells import BadCell
from ult_desktop.core.online.commands import (
    AddRequest,
    AnswerRequest,
    CloseRequest,
    ImportRequests,
    TakeRequest,
)
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRow, OnlineSource, OnlineState
from ult_desktop.core.procedures.rounds import MarkKind
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.core.visits.commands import RetireProcedure
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db import online_requests
from ult_desktop.db.cases import cases, deliveries
from ult_desktop.db.procedures import marks
from ult_desktop.db.visits import visits


@pytest.fixture
def request_id(scene: Scene) -> int:
    row = OnlineRow(name="Dedi", detail="Mohon data", email="dedi@dinas.go.id", external_id="S-1")
    return scene.do(AddRequest(source=OnlineSource.SEMPENA, row=row)).id


def look(scene: Scene, request_id: int) -> OnlineRequest:
    return scene.office.read(lambda tx: online_requests.get(tx, request_id))


def answer(scene: Scene, request_id: int, **said: object) -> OnlineRequest:
    given = {"answer": "Ini datanya.", "way": DeliveryChannel.EMAIL, **said}
    command = AnswerRequest(request_id=request_id, **given)  # type: ignore[arg-type]
    scene.do(command)
    return look(scene, request_id)


def test_who_takes_it_answers_for_it(scene: Scene, request_id: int) -> None:
    scene.do(TakeRequest(request_id=request_id))
    taken = look(scene, request_id)
    assert (taken.state, taken.owner_id) == (OnlineState.IN_PROGRESS, scene.officer(1).officer_id)
    scene.refused(TakeRequest(request_id=request_id), counter=2, words="sudah ditangani")


def test_the_answer_goes_out_with_its_proof(scene: Scene, request_id: int) -> None:
    scene.later(30)
    told = answer(scene, request_id)
    assert (told.state, told.answer, told.answered_at) == (
        OnlineState.ANSWERED,
        "Ini datanya.",
        scene.clock.now,
    )
    assert told.owner_id == scene.officer(1).officer_id
    (delivery,) = scene.office.read(lambda tx: deliveries.of_case(tx, told.case_id))
    assert (delivery.way, delivery.recipient, delivery.proof) == (
        DeliveryChannel.EMAIL,
        "d•••@dinas.go.id",
        "S-1",
    )


@pytest.mark.parametrize(
    ("way", "recipient"),
    [
        (DeliveryChannel.WHATSAPP, "Dedi"),
        (DeliveryChannel.APPLICATION, "Dedi"),
        (DeliveryChannel.PHONE, "Dedi"),
    ],
)
def test_without_an_address_of_that_way_the_name_stands(
    scene: Scene, request_id: int, way: DeliveryChannel, recipient: str
) -> None:
    told = answer(scene, request_id, way=way, proof=" dibaca 09.41 ")
    (delivery,) = scene.office.read(lambda tx: deliveries.of_case(tx, told.case_id))
    assert (delivery.recipient, delivery.proof) == (recipient, "dibaca 09.41")


def test_a_second_answer_corrects_the_first(scene: Scene, request_id: int) -> None:
    answer(scene, request_id)
    assert answer(scene, request_id, answer="Yang benar begini.").answer == "Yang benar begini."


@pytest.mark.parametrize(
    ("words", "why"), [("  ", "belum ditulis"), ("=1", "rumus"), ("x" * 20_001, "terlalu")]
)
def test_what_is_no_answer(scene: Scene, request_id: int, words: str, why: str) -> None:
    scene.refused(AnswerRequest(request_id=request_id, answer=words, way=DeliveryChannel.EMAIL), words=why)
    assert issubclass(BadCell, Exception)


def test_closing_ends_case_and_visit(scene: Scene, request_id: int) -> None:
    answer(scene, request_id)
    scene.later(5)
    scene.do(CloseRequest(request_id=request_id))
    closed = look(scene, request_id)
    case = scene.office.read(lambda tx: cases.get(tx, closed.case_id))
    visit = scene.office.read(lambda tx: visits.get(tx, closed.visit_id))
    assert (closed.state, case.is_open, visit.ending) == (OnlineState.CLOSED, False, Ending.DONE)
    for command in (
        CloseRequest(request_id=request_id),
        TakeRequest(request_id=request_id),
        AnswerRequest(request_id=request_id, answer="x", way=DeliveryChannel.EMAIL),
    ):
        scene.refused(command, words="D-0001/2026 sudah ditutup")


def test_closing_without_an_answer_says_why(scene: Scene, request_id: int) -> None:
    scene.refused(CloseRequest(request_id=request_id, remark=" "), words="belum dijawab")
    scene.do(CloseRequest(request_id=request_id, remark="Bukan permintaan: iklan."))
    closed = look(scene, request_id)
    visit = scene.office.read(lambda tx: visits.get(tx, closed.visit_id))
    assert (closed.state, visit.ending) == (OnlineState.CLOSED, Ending.REFUSED)


def test_what_lies_with_another_desk_waits(scene: Scene, request_id: int) -> None:
    scene.do(Escalate(case_id=look(scene, request_id).case_id, instruction="Mohon datanya"))
    escalated = look(scene, request_id)
    assert (escalated.with_other_desk, escalated.state) == (True, OnlineState.IN_PROGRESS)
    for command in (
        AnswerRequest(request_id=request_id, answer="x", way=DeliveryChannel.EMAIL),
        CloseRequest(request_id=request_id, remark="x"),
    ):
        scene.refused(command, words="masih di unit lain")


def test_a_request_answered_as_a_case_is_answered(scene: Scene, request_id: int) -> None:
    """Whichever page tells the applicant, the inbox knows."""
    case_id = look(scene, request_id).case_id
    scene.do(GiveAnswer(case_id=case_id, answer="Ini."))
    assert look(scene, request_id).state is OnlineState.IN_PROGRESS
    scene.do(DeliverAnswer(case_id=case_id, way=DeliveryChannel.EMAIL, proof="terkirim"))
    assert look(scene, request_id).state is OnlineState.ANSWERED
    scene.do(SetOutcome(case_id=case_id, outcome=CaseOutcome.AVAILABLE))
    scene.do(CloseCase(case_id=case_id))
    closed = look(scene, request_id)
    visit = scene.office.read(lambda tx: visits.get(tx, closed.visit_id))
    assert (closed.state, visit.ending) == (OnlineState.CLOSED, Ending.DONE)


def test_the_evaluation_is_waived_only_where_it_lacks(scene: Scene, request_id: int) -> None:
    answer(scene, request_id)
    scene.do(ConfirmSurvey(visit_id=look(scene, request_id).visit_id))
    assert look(scene, request_id).evaluated
    scene.do(CloseRequest(request_id=request_id))
    admin = scene.office.sign_in("admin", "rahasia-kita")
    scene.office.perform(RetireProcedure(procedure_id="kepri-daring"), admin)
    row = OnlineRow(name="Ani", detail="Mohon data")
    other = scene.do(AddRequest(source=OnlineSource.LETTER, row=row)).id
    answer(scene, other)
    scene.do(CloseRequest(request_id=other))
    for each in (request_id, other):
        visit_id = look(scene, each).visit_id
        visit = scene.office.read(lambda tx, n=visit_id: visits.get(tx, n))  # type: ignore[misc]
        happened = scene.office.read(lambda tx, v=visit: marks.of_visit(tx, v))  # type: ignore[misc]
        assert all(mark.kind is MarkKind.EVENT for mark in happened)


def test_what_is_not_there_is_refused(scene: Scene) -> None:
    scene.refused(TakeRequest(request_id=99), words="tidak ada")


def fill(scene: Scene) -> None:
    """Three new ones, one in process, one closed."""
    rows = tuple(
        OnlineRow(name=name, detail="Mohon", external_id=name, service=service, sent_at=scene.clock.now - n)
        for n, (name, service) in enumerate(
            [("Ani", "A"), ("Budi", "A"), ("ani kecil", ""), ("Citra", "A"), ("Dedi", "Lain-lain")]
        )
    )
    command = ImportRequests(source=OnlineSource.SEMPENA, rows=rows, file="x", file_hash="0")
    scene.office.perform(command, KIOSK)
    scene.do(TakeRequest(request_id=4))
    scene.do(CloseRequest(request_id=5, remark="Ganda"))


def test_the_lists_are_by_state_and_bounded(scene: Scene) -> None:
    fill(scene)
    new = scene.office.read(lambda tx: online_requests.in_state(tx, OnlineState.NEW, 2))
    assert [line.name for line in new] == ["Ani", "Budi"]
    (closed,) = scene.office.read(lambda tx: online_requests.in_state(tx, OnlineState.CLOSED))
    assert (closed.name, closed.topic) == ("Dedi", "Mohon")
    counts = scene.office.read(online_requests.open_counts)
    assert counts == {OnlineState.NEW: 3, OnlineState.IN_PROGRESS: 1}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ANI", ["ani kecil", "Ani"]),
        ("d-0002", ["Budi"]),
        ("D-", ["Dedi", "Citra", "ani kecil", "Budi", "Ani"]),
        ("zz", []),
    ],
)
def test_a_request_is_found_by_number_or_name(scene: Scene, text: str, names: list[str]) -> None:
    fill(scene)
    found = scene.office.read(lambda tx: online_requests.matching(tx, text))
    assert [line.name for line in found] == names


def test_the_public_numbers(scene: Scene) -> None:
    fill(scene)
    recap = scene.office.read(lambda tx: online_requests.recap(tx, 2026))
    assert (recap.new, recap.in_progress, recap.closed, recap.total) == (3, 1, 1, 5)
    assert dict(recap.services)["Lain-lain"] == 1
    assert recap.services[0][1] == 3
    assert scene.office.read(lambda tx: online_requests.recap(tx, 2020)).total == 0


def test_a_request_is_found_by_its_visit_and_number(scene: Scene, request_id: int) -> None:
    request = look(scene, request_id)
    assert scene.office.read(lambda tx: online_requests.of_visit(tx, request.visit_id)) == request
    assert scene.office.read(lambda tx: online_requests.by_number(tx, "D-0001/2026")) == request
    assert scene.office.read(lambda tx: online_requests.by_number(tx, "D-0009/2026")) is None
