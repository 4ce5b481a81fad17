"""Earlier comings are found through their index, and only by consent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.scene import Scene
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visits import earlier_visits


@pytest.fixture
def scene(office_file: Path) -> Iterator[Scene]:
    scene = Scene(office_file)
    scene.sit(1)
    yield scene
    scene.close()


def come(scene: Scene, phone: str, *, remember: bool) -> int:
    ticket = scene.take()
    scene.visit()
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    line = SignGuestBook(ticket_id=ticket.id, name="Ani", phone=phone, remember=remember)
    scene.office.perform(line, scene.officer(1))
    return visit.id


def test_the_same_telephone_with_consent(scene: Scene) -> None:
    first = come(scene, "081200000011", remember=True)
    come(scene, "081200000011", remember=False)
    come(scene, "081200000099", remember=True)
    now = come(scene, "081200000011", remember=False)
    (found,) = scene.office.read(lambda tx: earlier_visits(tx, now))
    assert (found.visit_id, found.channel, found.case_id) == (first, VisitChannel.FACE_TO_FACE, None)


def test_without_a_telephone_nobody_is_known(scene: Scene) -> None:
    come(scene, "", remember=True)
    now = come(scene, "", remember=True)
    assert scene.office.read(lambda tx: earlier_visits(tx, now)) == ()
