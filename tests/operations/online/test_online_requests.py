"""A request is taken, answered and closed; the list, the search and the public numbers follow."""

import pytest
from msgspec.structs import replace

from tests.db.rows import open_requests
from tests.operations.scene import KIOSK, Scene
from ult_desktop.core.cases.case import CaseOutcome, VisitorMode
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import (
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    MoveVisitor,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.cells import BadCell
from ult_desktop.core.kiosk_code import KnownRequest
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.online.commands import (
    AddRequest,
    AnswerRequest,
    CloseRequest,
    ImportRequests,
    TakeRequest,
)
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRow, OnlineSource, OnlineState
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.core.survey.survey import SurveyToken, TokenState
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db import online_requests
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases, deliveries
from ult_desktop.db.cases.case_views import case_list, inbox
from ult_desktop.db.office import office
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.queue.kiosk_codes import answer_code


@pytest.fixture
def request_id(scene: Scene) -> int:
    row = OnlineRow(name="Dedi", detail="Mohon data", email="dedi@dinas.go.id", external_id="S-1")
    return scene.do(AddRequest(source=OnlineSource.SEMPENA, row=row)).id


@pytest.mark.parametrize(
    ("source", "way"),
    [
        (OnlineSource.WHATSAPP, {"email": "dedi@dinas.go.id"}),
        (OnlineSource.EMAIL, {"phone": "081100000011"}),
        (OnlineSource.LETTER, {"regency": "Deli Serdang"}),
        (OnlineSource.SEMPENA, {}),
    ],
)
def test_who_cannot_be_answered_is_not_taken(scene: Scene, source: OnlineSource, way: dict[str, str]) -> None:
    """POS Kepri 2 wants the whole identity: an answer needs an address."""
    row = replace(OnlineRow(name="Dedi", detail="Mohon data"), **way)
    scene.refused(AddRequest(source=source, row=row), words="Alamat untuk membalas belum ada")


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
    ("words", "why"), [("  ", "belum ditulis"), ("#REF!", "rumus"), ("x" * 20_001, "terlalu")]
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


def test_an_evaluation_may_come_after_the_closing_and_completes_its_step(
    scene: Scene, request_id: int
) -> None:
    answer(scene, request_id)
    scene.do(CloseRequest(request_id=request_id))
    closed = look(scene, request_id)
    assert not closed.evaluated
    assert evaluation(scene, closed) is StepState.NOT_BEGUN
    scene.later(3 * 24 * 60)
    scene.do(ConfirmSurvey(visit_id=closed.visit_id))
    assert look(scene, request_id).evaluated
    assert evaluation(scene, closed) is StepState.IN_TIME
    assert scene.office.read(lambda tx: deviations.of_visit(tx, closed.visit_id)) == ()


def evaluation(scene: Scene, request: OnlineRequest) -> StepState:
    """Step 3 of POS Kepri."""
    seen = scene.office.read(lambda tx: visit_steps(tx, request.visit_id, scene.clock.now))
    assert seen is not None
    return seen.progress.of_step(3).state


def test_the_answer_opens_the_evaluation_where_the_office_has_an_address_for_it(
    scene: Scene, request_id: int
) -> None:
    admin = scene.office.sign_in("admin", "rahasia-kita")
    answer(scene, request_id)
    before = look(scene, request_id)
    assert token(scene, before) is None
    settings = scene.office.read(office.load).settings
    addressed = replace(settings, office=replace(settings.office, survey_url="https://skm.example.id"))
    scene.office.perform(ChangeSettings(settings=addressed), admin)
    answer(scene, request_id, answer="Yang benar begini.")
    opened = token(scene, before)
    assert opened is not None
    assert (opened.state, opened.at) == (TokenState.OPEN, scene.clock.now)
    scene.do(ConfirmSurvey(visit_id=before.visit_id))
    answer(scene, request_id, answer="Dan ini lampirannya.")
    filled = token(scene, before)
    assert filled is not None
    assert filled.state is TokenState.CONFIRMED


def token(scene: Scene, request: OnlineRequest) -> SurveyToken | None:
    return scene.office.read(lambda tx: survey.token_of(tx, request.visit_id))


def test_both_numbers_find_a_request_and_one_is_quoted(scene: Scene, request_id: int) -> None:
    request = look(scene, request_id)
    assert (request.number, request.case_number) == ("D-0001/2026", "0001/ULT/2026")
    for number in (request.number, request.case_number):
        case = scene.office.read(lambda tx, n=number: cases.by_number(tx, n))  # type: ignore[misc]
        assert case is not None
        assert (case.id, case.number) == (request.case_id, "D-0001/2026")
        wanted = CaseFilter(text=number)
        (line,) = scene.office.read(lambda tx, w=wanted: case_list(tx, w))  # type: ignore[misc]
        assert (line.number, line.book_number) == ("D-0001/2026", "0001/ULT/2026")
        found = scene.office.read(lambda tx, n=number: online_requests.matching(tx, n[:5]))  # type: ignore[misc]
        assert [each.id for each in found] == [request_id]
        assert scene.office.read(lambda tx, n=number: online_requests.by_number(tx, n)) == request  # type: ignore[misc]
        known = answer_code(number, False, scene.office, KIOSK)
        assert isinstance(known, KnownRequest)
        assert known.number == "D-0001/2026"
    scene.do(Escalate(case_id=request.case_id, instruction="Mohon datanya"))
    items = scene.office.read(lambda tx: inbox(tx, (), tuple(CaseDesk), scene.clock.now)).items
    assert [item.number for item in items] == ["D-0001/2026"]


def test_who_wrote_in_waits_nowhere_in_the_office(scene: Scene, request_id: int) -> None:
    case_id = look(scene, request_id).case_id
    scene.do(Escalate(case_id=case_id, instruction="Mohon datanya"))
    assert scene.office.read(lambda tx: cases.get(tx, case_id)).visitor == ""
    move = MoveVisitor(case_id=case_id, visitor=VisitorMode.AT_DESK)
    scene.refused(move, words="D-0001/2026 datang secara daring")


def test_a_service_that_the_office_has_not_is_refused_with_those_it_has(scene: Scene) -> None:
    row = OnlineRow(name="Ani", institution="SDN 1", detail="Mohon data", service="ZZZ")
    words = "Tidak ada layanan “ZZZ”. Yang ada: A"
    scene.refused(AddRequest(source=OnlineSource.LETTER, row=row), words=words)


def test_an_office_without_the_procedure_closes_a_request_too(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", "rahasia-kita")
    scene.office.perform(RetireProcedure(procedure_id="kepri-daring"), admin)
    row = OnlineRow(name="Ani", institution="SDN 1", detail="Mohon data")
    request_id = scene.do(AddRequest(source=OnlineSource.LETTER, row=row)).id
    answer(scene, request_id)
    scene.do(CloseRequest(request_id=request_id))
    assert look(scene, request_id).state is OnlineState.CLOSED


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
    command = ImportRequests(source=OnlineSource.SEMPENA, rows=rows, batch=ListBatch(key="satu", file="x"))
    scene.office.perform(command, KIOSK)
    scene.do(TakeRequest(request_id=4))
    scene.do(CloseRequest(request_id=5, remark="Ganda"))


def test_the_lists_are_by_state_and_bounded(scene: Scene) -> None:
    fill(scene)
    new = scene.office.read(lambda tx: online_requests.in_state(tx, OnlineState.NEW, 2))
    assert [line.name for line in new] == ["Ani", "Budi"]
    (closed,) = scene.office.read(lambda tx: online_requests.in_state(tx, OnlineState.CLOSED))
    assert (closed.name, closed.topic) == ("Dedi", "Mohon")
    counts = scene.office.read(open_requests)
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
