"""A station that was open while the office's keys were made or renewed seals with the new ones at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import PASSWORD, journal_of, open_office, plain_link, stranger
from tests.operations.access.test_keys import grant_to, without_keys, write
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import MakeKeys, RetireOfficer
from ult_desktop.core.access.keys import new_secret
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.operations.access.key_holder import StaleKeys
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import store_file

PHONE = "081300000001"
KIOSK = Actor(station="kios")


@pytest.fixture
def kiosk(scene: Scene) -> Iterator[Office]:
    """A station that opened the office when it had no keys yet."""
    write(scene, without_keys)
    office = open_office(scene.path, "kios")
    office.clock = scene.clock
    yield office
    office.close()


def sign(scene: Scene, office: Office, request: str = "") -> str:
    """A visitor's line in the guest book; answers his number as it lies in the file."""
    ticket = scene.take()
    office.perform(SignGuestBook(ticket_id=ticket.id, name="Ani", phone=PHONE), KIOSK, request)
    link = stranger(scene.path)
    (kept,) = link.execute("SELECT phone FROM guest ORDER BY visit_id DESC").fetchone()
    link.close()
    return str(kept)


@pytest.mark.parametrize("request_id", ["", "0198-again"], ids=["new", "tried again"])
def test_keys_made_meanwhile_seal_what_was_open_before(scene: Scene, kiosk: Office, request_id: str) -> None:
    scene.office.keys.reload()
    scene.office.sign_in("admin", PASSWORD)
    assert kiosk.seal is None
    kept = sign(scene, kiosk, request_id)
    assert kept.startswith("s1:1:")
    assert scene.office.keyring is not None
    assert scene.office.keyring.open(kept) == PHONE
    for path in journal_of(kiosk).path.parent.glob(f"{journal_of(kiosk).path.name}*"):
        assert PHONE.encode() not in path.read_bytes(), path.name
    kiosk.read(lambda _tx: None)
    link = plain_link(journal_of(kiosk).path)
    query = "SELECT arguments, outcome FROM work WHERE name = 'SignGuestBook'"
    [(arguments, outcome)] = link.execute(query).fetchall()
    link.close()
    assert (kept in arguments, outcome) == (True, "done")


def test_keys_renewed_meanwhile_are_the_ones_that_seal(scene: Scene, kiosk: Office) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    kiosk.keys.reload()
    assert sign(scene, kiosk).startswith("s1:1:")
    scene.office.perform(RetireOfficer(login="budi"), admin)
    scene.office.keys.reload()
    scene.office.keys.maintain()
    assert kiosk.seal is not None
    assert kiosk.seal.generation == 1
    assert sign(scene, kiosk).startswith("s1:2:")


def test_the_second_of_two_admins_seals_with_the_keys_of_the_first(scene: Scene, kiosk: Office) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    assert kiosk.seal is None
    command = MakeKeys(public=new_secret().public, grant=grant_to(scene, "admin"))
    with pytest.raises(UserError, match="sudah mempunyai kunci"):
        kiosk.perform(command, admin)
    assert kiosk.seal is not None


def test_a_station_that_cannot_look_again_writes_nothing(
    scene: Scene, kiosk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.office.sign_in("admin", PASSWORD)
    ticket = scene.take()
    monkeypatch.setattr(kiosk.keys, "reload", lambda: None)
    before = scene.dump()
    with pytest.raises(StaleKeys, match="baru saja diganti"):
        kiosk.perform(SignGuestBook(ticket_id=ticket.id, name="Ani", phone=PHONE), KIOSK)
    assert scene.dump() == before


def test_a_scan_is_sealed_with_the_keys_of_now(scene: Scene, kiosk: Office, tmp_path: Path) -> None:
    scene.office.sign_in("admin", PASSWORD)
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(b"%PDF-1.7 isi surat")
    store_file(scan, kiosk)
    folder = scene.path.parent
    stored = [path for path in folder.rglob("*") if path.is_file() and path != scan]
    assert [path for path in stored if b"isi surat" in path.read_bytes()] == []
