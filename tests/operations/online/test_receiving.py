"""Requests come in: typed or as rows of a list, each once, as a visit with a case under the POS of Kepri."""

import msgspec
import pytest

from tests.operations.scene import KIOSK, Scene
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.online.commands import AddRequest, ImportRequests
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRow, OnlineSource, OnlineState
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db import online_requests
from ult_desktop.db.cases import cases
from ult_desktop.db.procedures import marks
from ult_desktop.db.visits import visits

ROW = OnlineRow(name="Dedi Kurniawan", detail="Mohon data rapor", email="dedi@dinas.go.id", topic="Rapor")
HOUR = 3_600_000


def add(scene: Scene, row: OnlineRow = ROW, source: OnlineSource = OnlineSource.EMAIL) -> OnlineRequest:
    request: object = scene.do(AddRequest(source=source, row=row))
    assert isinstance(request, OnlineRequest)
    return request


def batch(*rows: OnlineRow, source: OnlineSource = OnlineSource.SEMPENA) -> ImportRequests:
    return ImportRequests(source=source, rows=rows, batch=ListBatch(key="satu", file="daftar.csv"))


def load(scene: Scene, *rows: OnlineRow, request: str = "") -> int:
    """Import rows as a station does by itself; return how many were new."""
    return scene.office.perform(batch(*rows), KIOSK, request)


def test_a_typed_request_is_a_visit_with_a_case(scene: Scene) -> None:
    request = add(scene)
    assert (request.number, request.case_number) == ("D-0001/2026", "0001/ULT/2026")
    assert (request.state, request.owner_id) == (OnlineState.NEW, None)
    visit = scene.office.read(lambda tx: visits.get(tx, request.visit_id))
    assert (visit.channel, visit.procedure_id, visit.is_open) == ("daring", "kepri-daring", True)
    guest = scene.office.read(lambda tx: visits.guest_of(tx, request.visit_id))
    assert guest is not None
    assert (guest.name, guest.email, guest.entered_by) == (ROW.name, "d•••@dinas.go.id", "officer")
    events = scene.office.read(lambda tx: [mark.event for mark in marks.of_visit(tx, visit)])
    assert events.count(StepEvent.REQUEST_RECEIVED) == 1


def test_its_two_working_days_begin_when_it_was_sent(scene: Scene) -> None:
    sent = scene.clock.now - 72 * HOUR  # last Friday, 09.00
    request = add(scene, msgspec.structs.replace(ROW, sent_at=sent))
    assert to_datetime(request.due_at, scene.zone).isoformat()[:16] == "2026-11-23T00:00"  # it never closes
    case = scene.office.read(lambda tx: cases.get(tx, request.case_id))
    visit = scene.office.read(lambda tx: visits.get(tx, request.visit_id))
    assert (case.due_at, visit.began_at, visit.day) == (request.due_at, sent, "2026-11-20")
    assert request.received_at == scene.clock.now


def test_a_clock_ahead_does_not_give_more_time(scene: Scene) -> None:
    assert add(scene, msgspec.structs.replace(ROW, sent_at=scene.clock.now + HOUR)).sent_at == scene.clock.now


def test_without_the_procedure_the_two_days_hold(scene: Scene) -> None:
    scene.office.perform(
        RetireProcedure(procedure_id="kepri-daring"), scene.office.sign_in("admin", "rahasia-kita")
    )
    request = add(scene)
    assert request.due_at > scene.clock.now


@pytest.mark.parametrize("words", ["A", "informasi & konsultasi"])
def test_a_service_is_known_by_prefix_or_name(scene: Scene, words: str) -> None:
    request = add(scene, msgspec.structs.replace(ROW, service=words))
    case = scene.office.read(lambda tx: cases.get(tx, request.case_id))
    assert case.service_id == scene.service["A"]


def test_a_service_in_other_words_is_kept_as_said(scene: Scene) -> None:
    load(scene, msgspec.structs.replace(ROW, service="Permohonan lain"))
    request = scene.office.read(lambda tx: online_requests.get(tx, 1))
    assert request.service == "Permohonan lain"


def test_typing_the_same_again_is_refused_with_its_number(scene: Scene) -> None:
    add(scene)
    scene.refused(AddRequest(source=OnlineSource.EMAIL, row=ROW), words="sudah tercatat sebagai D-0001/2026")
    assert add(scene, source=OnlineSource.LETTER).number == "D-0002/2026"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (OnlineRow(name="", detail="x"), "Nama: kosong"),
        (OnlineRow(name="Dedi", detail=" "), "Isi permohonan: kosong"),
        (OnlineRow(name="Dedi", detail="x", email="dedi"), "Surel: bukan alamat surel"),
    ],
)
def test_what_cannot_be_a_request_is_refused(scene: Scene, row: OnlineRow, words: str) -> None:
    scene.refused(AddRequest(source=OnlineSource.EMAIL, row=row), words=words)


@pytest.mark.parametrize("name", ["", " "])
def test_a_row_of_a_list_without_a_name_is_refused(scene: Scene, name: str) -> None:
    scene.refused(batch(OnlineRow(name=name, detail="x")), words="Nama pemohon belum diisi")


def rows(*ids: str) -> tuple[OnlineRow, ...]:
    return tuple(OnlineRow(name=f"Nama {each}", detail="Mohon data", external_id=each) for each in ids)


def test_a_list_comes_in_once(scene: Scene) -> None:
    assert [load(scene, *rows("1", "2")), load(scene, *rows("2", "3"))] == [2, 1]
    lines = scene.office.read(lambda tx: online_requests.in_state(tx, OnlineState.NEW))
    assert [line.number for line in lines] == ["D-0001/2026", "D-0002/2026", "D-0003/2026"]
    guest = scene.office.read(lambda tx: visits.guest_of(tx, 1))
    assert guest is not None
    assert guest.entered_by == "visitor"


def test_the_same_number_of_two_sources_is_two_requests(scene: Scene) -> None:
    load(scene, *rows("1"))
    command = batch(*rows("1"), source=OnlineSource.WHATSAPP)
    assert scene.office.perform(command, KIOSK) == 1


def test_rows_without_a_number_are_told_by_their_words(scene: Scene) -> None:
    plain = OnlineRow(name="Dedi", detail="Mohon data")
    assert load(scene, plain, plain, msgspec.structs.replace(plain, detail="Lain")) == 2
    assert load(scene, plain) == 0


def test_people_who_say_the_same_in_one_list_are_each_a_request(scene: Scene) -> None:
    one = OnlineRow(name="Siti", detail="Lupa sandi", phone="081234567890")
    two = msgspec.structs.replace(one, phone="085298765432", alike=2)
    assert load(scene, one, two, msgspec.structs.replace(one, detail="Lain"), one, two) == 3
    assert load(scene, two, one) == 0


def test_each_row_of_a_list_has_its_own_day_service_and_clock(scene: Scene) -> None:
    sent = [scene.clock.now - days * 24 * HOUR for days in (3, 0)]
    said = [*zip(rows("1", "2"), sent, ("B", "Kiriman pos"), strict=True)]
    load(scene, *(msgspec.structs.replace(row, sent_at=at, service=words) for row, at, words in said))
    one, two = (scene.office.read(lambda tx, key=key: online_requests.get(tx, key)) for key in (1, 2))  # type: ignore[misc]
    alone = add(scene, msgspec.structs.replace(ROW, sent_at=sent[0]))
    assert (one.sent_at, one.due_at, two.sent_at) == (sent[0], alone.due_at, sent[1])
    assert (one.case_number, two.number, two.case_number) == ("0001/ULT/2026", "D-0002/2026", "0002/ULT/2026")
    found = [scene.office.read(lambda tx, each=each: visits.get(tx, each.visit_id)) for each in (one, two)]  # type: ignore[misc]
    assert [(visit.day, visit.service_id is None) for visit in found] == [
        ("2026-11-20", False),
        ("2026-11-23", True),
    ]
    (opened,) = scene.office.read(lambda tx: cases.timeline(tx, one.case_id))
    assert (opened.at, opened.officer, opened.text) == (sent[0], "", "Mohon data")
    happened = scene.office.read(lambda tx: marks.of_visit(tx, found[0]))
    assert {mark.event: (mark.at, mark.officer_id) for mark in happened} == {
        StepEvent.CASE_OPENED: (sent[0], None),
        StepEvent.REQUEST_RECEIVED: (sent[0], None),
    }


def test_a_batch_asked_twice_under_one_request_is_done_once(scene: Scene) -> None:
    first = load(scene, *rows("1", "2"), request="0199-uji")
    assert load(scene, *rows("1", "2"), request="0199-uji") == first
    assert scene.kinds().count("online.imported") == 1


def test_a_typed_request_is_found_in_a_later_list(scene: Scene) -> None:
    add(scene, rows("7")[0], OnlineSource.SEMPENA)
    assert load(scene, *rows("7")) == 0


def test_the_log_holds_nothing_that_somebody_wrote(scene: Scene) -> None:
    add(scene)
    load(scene, *rows("RAHASIA"))
    said = " ".join(event.data for event in scene.events())
    assert not any(word in said for word in ("Dedi", "rapor", "RAHASIA", "daftar.csv", "dinas"))
