"""The snapshots of cases: what a list shows, what a search finds, what a card holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import copy_office, make_office
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from ult_desktop.core.cases.case import Case, CaseOutcome, CaseState
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.cases.commands import CloseCase, DeliverAnswer, Escalate, OpenCase, SetOutcome
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import case_views, cases


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("kantor"), hand_clock=True)


@pytest.fixture
def desks(founded: Path, tmp_path: Path) -> Iterator[Desks]:
    scene = Scene(copy_office(founded, tmp_path))
    scene.sit(1)
    yield Desks(scene)
    scene.close()


def case(desks: Desks, name: str, detail: str) -> Case:
    made: Case = desks.do(OpenCase(visit_id=desks.visitor(name), detail=detail))
    return made


def close(desks: Desks, case: Case) -> None:
    desks.do(SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    desks.do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    desks.do(CloseCase(case_id=case.id))


def numbers(desks: Desks, wanted: CaseFilter) -> list[str]:
    lines = desks.scene.office.read(lambda tx: case_views.case_list(tx, wanted))
    return [line.number[:4] for line in lines]


@pytest.fixture
def three(desks: Desks) -> Desks:
    """Two open ones, the second at the back office, and one that is closed."""
    case(desks, "Ani Guru", "Tunjangan 100% belum cair")
    second = case(desks, "Budi_Dosen", "Dapodik terkunci")
    close(desks, case(desks, "Citra", "Tunjangan sudah cair"))
    desks.do(Escalate(case_id=second.id, instruction="Mohon dicek"))
    return desks


def test_the_list_shows_what_is_open_newest_first(three: Desks) -> None:
    assert numbers(three, CaseFilter()) == ["0002", "0001"]
    assert numbers(three, CaseFilter(open_only=False)) == ["0003", "0002", "0001"]
    assert numbers(three, CaseFilter(open_only=False, limit=1)) == ["0003"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0002/ULT", ["0002"]), ("ani", ["0001"]), ("TUNJANGAN", ["0003", "0001"]),
        ("SDN", ["0003", "0002", "0001"]),
        ("100%", ["0001"]), ("%", ["0001"]), ("_", ["0002"]), ("\\", []), ("tidak ada", []),
    ],
)  # fmt: skip
def test_a_search_takes_what_is_typed_as_it_stands(three: Desks, text: str, found: list[str]) -> None:
    assert numbers(three, CaseFilter(text=text, open_only=False)) == found


def test_filters(three: Desks) -> None:
    read, siti = numbers, three.id("siti")
    assert read(three, CaseFilter(state=CaseState.ESCALATED)) == ["0002"]
    assert read(three, CaseFilter(channel=VisitChannel.PHONE)) == []
    assert read(three, CaseFilter(channel=VisitChannel.FACE_TO_FACE)) == ["0002", "0001"]
    assert read(three, CaseFilter(owner_ids=(siti, 99))) == ["0002", "0001"]
    assert read(three, CaseFilter(owner_ids=(three.id("budi"),))) == []
    now = three.scene.clock.now
    assert read(three, CaseFilter(overdue_at=now)) == []
    assert read(three, CaseFilter(overdue_at=now + 10 * 24 * 3_600_000)) == ["0002", "0001"]


def test_a_line_says_who_has_it(three: Desks) -> None:
    second, first = three.scene.office.read(lambda tx: case_views.case_list(tx, CaseFilter()))
    assert (first.name, first.institution, first.label, first.at_desk) == ("Ani Guru", "SDN 1", "A001", None)
    assert (second.at_desk, second.visitor, second.owner) == (CaseDesk.BACK_OFFICE, "desk", "Siti Rahmawati")
    assert first.due_at is not None
    assert (first.is_overdue(first.due_at), first.is_overdue(first.due_at + 1)) == (False, True)


def test_a_card_holds_everything(three: Desks) -> None:
    found = three.scene.office.read(lambda tx: cases.by_number(tx, "0002/ULT/2026"))
    assert found is not None
    card = three.card(found)
    assert card.guest is not None
    assert (card.guest.name, card.label, len(card.escalations)) == ("Budi_Dosen", "A002", 1)
    assert (card.information, card.objections, card.deliveries, card.appointments) == (None, (), (), ())
    assert [line.kind for line in card.timeline] == ["opened", "escalated"]
    assert three.scene.office.read(lambda tx: case_views.case_card(tx, 99)) is None


def test_a_search_ends_at_the_latest_cases(three: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many years lie behind: what is older is found by its number's card."""
    monkeypatch.setattr(case_views, "LATEST", 2)
    assert numbers(three, CaseFilter(open_only=False, text="tunjangan")) == ["0003"]
