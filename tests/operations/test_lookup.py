"""Names that people use: a service by prefix or name, a ticket by number or code, today's list."""

import pytest

from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.operations.lookup import (
    is_staffed_by,
    require_service_named,
    require_ticket_named,
    tickets_today,
)

pytestmark = pytest.mark.by_engine


def named(scene: Scene, text: str) -> Ticket:
    return scene.office.read(lambda tx: require_ticket_named(tx, text, scene.clock.now))


@pytest.mark.parametrize("name", ["l", "dapodik", " School Data (Dapodik) "])
def test_a_service_by_prefix_or_name(scene: Scene, name: str) -> None:
    found = scene.office.read(lambda tx: require_service_named(tx, name))
    assert found.definition.prefix == "L"


@pytest.mark.parametrize("name", ["Kopi", "", " "])
def test_an_unknown_service_lists_the_known_ones(scene: Scene, name: str) -> None:
    with pytest.raises(UserError, match=r"Tidak ada layanan.*L \(Dapodik\)"):
        scene.office.read(lambda tx: require_service_named(tx, name))


def test_a_ticket_by_its_number_of_today_or_its_code(scene: Scene) -> None:
    ticket = scene.take()
    for text in ("A001", "a1", " A0001 ", ticket.code, ticket.code.lower()):
        assert named(scene, text) == ticket


@pytest.mark.parametrize("text", ["A002", "001", "A", "", "A²", "A" + "9" * 40, "https://contoh.go.id/1"])
def test_what_is_no_ticket(scene: Scene, text: str) -> None:
    scene.take()
    with pytest.raises(UserError, match="tidak ditemukan"):
        named(scene, text)


def test_yesterdays_number_is_found_by_its_code_alone(scene: Scene) -> None:
    ticket = scene.take()
    scene.later(24 * 60)
    with pytest.raises(UserError, match="Nomor “A001” tidak ditemukan"):
        named(scene, "A001")
    assert named(scene, ticket.code) == ticket


def test_the_list_of_today(scene: Scene) -> None:
    scene.take()
    scene.take()
    scene.miss()

    def labels(state: TicketState | None) -> list[str]:
        found = scene.office.read(lambda tx: tickets_today(tx, scene.clock.now, state))
        return [ticket.label for ticket in found]

    assert labels(None) == ["A002", "A001"]
    assert labels(TicketState.NO_SHOW) == ["A001"]
    scene.later(24 * 60)
    assert labels(None) == []


def test_who_sits_at_a_counter(scene: Scene) -> None:
    siti, budi = scene.officer(1).officer_id, scene.officer(2).officer_id
    asked = ((1, siti), (1, budi), (2, siti), (2, None), (99, siti))
    answers = [scene.office.read(lambda tx, q=q: is_staffed_by(tx, *q)) for q in asked]  # type: ignore[misc]
    assert answers == [True, False, False, False, False]
    scene.office.perform(commands.LeaveCounter(counter=1), scene.officer(1))
    assert not scene.office.read(lambda tx: is_staffed_by(tx, 1, siti))
