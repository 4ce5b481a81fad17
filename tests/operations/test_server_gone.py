"""An office on a server whose cable is pulled: what was said before is kept, what was not is done once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.store.postgres.cable import Cable
from tests.office import make_office, open_office, store_of
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.server_address import address_in
from ult_desktop.operations.office.office import Office

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.by_engine]
KIOSK = Actor(station="uji")
TAKE = IssueTicket(service_id=1)
REQUEST = "0193f2d0-0000-7000-8000-000000000001"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return make_office(tmp_path, on_server=True)


@pytest.fixture
def cable(place: Path) -> Iterator[Cable]:
    with Cable.laid(address_in(place)) as laid:
        place.write_text(laid.address)
        yield laid


@pytest.fixture
def office(cable: Cable, place: Path) -> Iterator[Office]:
    assert not cable.is_out
    with closing(open_office(place)) as opened:
        opened.kiosk_board()
        yield opened


def numbers(office: Office) -> list[str]:
    return office.read(lambda tx: tx.column("SELECT label FROM ticket ORDER BY id"))


def test_a_commit_that_was_not_answered_is_found(office: Office, cable: Cable) -> None:
    cable.swallow_next_commit()
    with store_of(office).patience(0), pytest.raises(ShareUnreachable):
        office.perform(TAKE, KIOSK, REQUEST)
    cable.put_in()
    found = office.perform(TAKE, KIOSK, REQUEST).ticket
    assert numbers(office) == [found.label]


def test_what_was_asked_while_the_server_was_away_is_done_once(office: Office, cable: Cable) -> None:
    before = office.perform(TAKE, KIOSK).ticket
    cable.pull_out()
    with store_of(office).patience(0), pytest.raises(ShareUnreachable, match="Server tidak menjawab"):
        office.perform(TAKE, KIOSK, REQUEST)
    cable.put_in()
    after = office.perform(TAKE, KIOSK, REQUEST).ticket
    assert numbers(office) == [before.label, after.label]
    assert office.verify().ok
