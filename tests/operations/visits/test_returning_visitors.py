"""ReturningVisitor visitors are found by a number that nobody can read, wherever it was typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.scene import KIOSK, Scene
from tests.personal import like_a_kiosk, rows
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.privacy import personal
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.visits import visits
from ult_desktop.operations.visits.returning_visitors import NO_NUMBER, find_earlier, find_returning

NUMBER = "0812 3456 7678"


@pytest.fixture
def scene(office_file: Path) -> Iterator[Scene]:
    scene = Scene(office_file)
    scene.sit(1)
    yield scene
    scene.close()


def sign(scene: Scene, name: str, phone: str) -> int:
    """At the kiosk, which has no keys; the visit's id."""
    ticket = scene.take()
    with like_a_kiosk(scene.office):
        scene.kiosk.perform(SignGuestBook(ticket_id=ticket.id, name=name, phone=phone, remember=True), KIOSK)
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    return visit.id


def test_a_number_from_the_kiosk_is_found_at_the_counter(scene: Scene) -> None:
    sign(scene, "Ani", NUMBER)
    sign(scene, "Budi", "0813-0000-0000")
    found = find_returning(scene.office, "+6281234567678")
    assert [(guest.name, guest.phone) for guest in found] == [("Ani", "0812••••678")]
    assert rows(scene.office, personal.numbers_without_index) == []


def test_earlier_comings_under_the_same_number(scene: Scene) -> None:
    first = sign(scene, "Ani", NUMBER)
    now = sign(scene, "Ani W.", "081234567678")
    assert [visit.visit_id for visit in find_earlier(scene.office, now)] == [first]


def test_without_keys_the_name_finds_and_the_number_does_not(scene: Scene) -> None:
    sign(scene, "Ani", NUMBER)
    with like_a_kiosk(scene.office):
        assert find_returning(scene.office, NUMBER) == ()
        assert [guest.phone for guest in find_returning(scene.office, "Ani")] == ["belum terbuka"]
    assert len(rows(scene.office, personal.numbers_without_index)) == 1


def test_what_is_no_number_or_opens_with_no_key_is_looked_at_once(scene: Scene) -> None:
    seal = scene.office.seal
    assert seal is not None
    signed = (sign(scene, "Ani", seal.seal_text("lihat berkas")), sign(scene, "Budi", "s1:1:" + "A" * 80))
    find_earlier(scene.office, signed[0])
    guests = [rows(scene.office, lambda tx, v=each: visits.guest_of(tx, v)) for each in signed]  # type: ignore[misc]
    assert [guest and guest.phone_index for guest in guests] == [NO_NUMBER, NO_NUMBER]


def test_while_nothing_can_be_written_the_search_goes_on(scene: Scene) -> None:
    sign(scene, "Ani", NUMBER)
    scene.office.halt(WritesBlocked("Penulisan dihentikan."))
    assert [guest.name for guest in find_returning(scene.office, "Ani")] == ["Ani"]
    scene.office.halt(None)


def test_an_office_without_keys_finds_clear_numbers(scene: Scene) -> None:
    for office in (scene.office, scene.kiosk):
        office.seal = office.keyring = None
    sign(scene, "Ani", "081234567678")
    assert [guest.name for guest in find_returning(scene.office, "081234567678")] == ["Ani"]
