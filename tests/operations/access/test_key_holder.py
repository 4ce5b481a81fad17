"""From sign-in to sign-out: what opens, who is given it, and that it mends itself."""

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.office import PASSWORD, cheap_hash, open_office
from tests.operations.access.test_keys import take_grant, without_keys, write
from tests.operations.scene import Scene
from ult_desktop.core.access.commands import AddOfficer, Grant, RetireOfficer, SetPassword
from ult_desktop.core.access.keys import HashCost, new_pair
from ult_desktop.core.access.sealing import UnsealError
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers
from ult_desktop.operations.office.office import Office

Elsewhere = Callable[[str], Office]
TEXT = "081234567890"


@pytest.fixture
def elsewhere(scene: Scene) -> Iterator[Elsewhere]:
    """Return the same office at another station."""
    opened: list[Office] = []

    def open_it(station: str) -> Office:
        office = open_office(scene.path, station)
        office.clock = scene.clock
        opened.append(office)
        return office

    yield open_it
    for office in opened:
        office.close()


def sealed_by(office: Office, text: str = TEXT) -> str:
    assert office.seal is not None
    return office.seal.seal_text(text)


def opens(office: Office, sealed: str) -> str:
    assert office.keyring is not None
    return office.keyring.open(sealed)


def waits(office: Office) -> bool:
    return office.keys.lacks_newest_key


def still_waiting(scene: Scene) -> tuple[keys.MissingGrant, ...]:
    return scene.office.read(lambda tx: readers.missing_grants(tx, scene.clock()))


def add(scene: Scene, login: str, password: str = PASSWORD) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    command = AddOfficer(
        login=login, name=login.title(), roles=("front_office",), password_hash=cheap_hash(password)
    )
    scene.office.perform(command, admin)
    scene.office.sign_out()


def test_everybody_seals_and_who_signs_in_opens_until_he_signs_out(scene: Scene) -> None:
    scene.office.sign_out()
    sealed = sealed_by(scene.office)
    assert TEXT not in sealed
    assert scene.office.keyring is None
    assert not waits(scene.office)
    scene.office.sign_in("siti", PASSWORD)
    assert opens(scene.office, sealed) == TEXT
    scene.office.sign_out()
    assert scene.office.keyring is None
    assert scene.office.keys.pair is None
    assert scene.office.keys.secrets == {}
    assert scene.office.seal is not None
    scene.office.keys.reload()
    scene.office.keys.maintain()
    assert scene.office.keyring is None


def test_a_wrong_password_leaves_the_keys_of_who_is_there(scene: Scene) -> None:
    scene.office.sign_in("siti", PASSWORD)
    with pytest.raises(Exception, match="salah"):
        scene.office.sign_in("budi", "bukan-kata-sandinya")
    assert scene.office.keyring is not None


def test_signing_in_writes_nothing_when_nothing_is_due(scene: Scene) -> None:
    before = scene.dump()
    scene.office.sign_in("siti", PASSWORD)
    assert scene.dump() == before


def test_a_new_officer_waits_until_one_with_keys_is_there(scene: Scene, elsewhere: Elsewhere) -> None:
    add(scene, "wati")
    desk, other = elsewhere("loket-2"), elsewhere("loket-3")
    wati = desk.sign_in("wati", PASSWORD)
    sealed = sealed_by(desk)
    assert (desk.keys.lacks_newest_key, desk.keyring) == (True, None)
    assert scene.kinds()[-1] == "keys.published"
    desk.keys.reload()
    assert waits(desk)
    other.sign_in("siti", PASSWORD)
    granted = scene.events()[-1]
    assert (granted.kind, granted.data) == ("keys.granted", f'{{"to":[{wati.officer_id}]}}')
    desk.keys.reload()
    assert not waits(desk)
    assert opens(desk, sealed) == TEXT


def test_one_who_is_there_already_gives_them_at_the_next_beat(scene: Scene, elsewhere: Elsewhere) -> None:
    add(scene, "wati")
    scene.office.sign_in("siti", PASSWORD)
    desk = elsewhere("loket-2")
    desk.sign_in("wati", PASSWORD)
    scene.office.keys.maintain()
    desk.keys.reload()
    assert desk.keyring is not None


def test_the_own_key_costs_as_much_as_the_password(scene: Scene) -> None:
    add(scene, "wati")
    wati = scene.office.sign_in("wati", PASSWORD)
    row = scene.office.read(lambda tx: keys.of_officer(tx, wati.officer_id or 0))
    assert row is not None
    assert HashCost(row.passes, row.memory) == HashCost(1, 8192)


def test_an_office_from_before_gets_its_keys_from_an_admin(scene: Scene, elsewhere: Elsewhere) -> None:
    scene.office.sign_in("siti", PASSWORD)
    write(scene, without_keys)
    scene.office.keys.reload()
    assert (scene.office.seal, scene.office.keyring, scene.office.keys.lacks_newest_key) == (
        None,
        None,
        False,
    )
    desk = elsewhere("loket-2")
    assert desk.seal is None
    desk.sign_in("budi", PASSWORD)
    assert desk.seal is None
    desk.sign_in("admin", PASSWORD)
    assert opens(desk, sealed_by(desk)) == TEXT
    assert [kind for kind in scene.kinds() if kind.startswith("keys.")][:2] == ["keys.made", "keys.granted"]
    scene.office.keys.reload()
    assert not waits(scene.office)
    assert opens(scene.office, sealed_by(desk)) == TEXT


def test_who_leaves_opens_nothing_that_is_written_afterwards(scene: Scene, elsewhere: Elsewhere) -> None:
    gone, kiosk = elsewhere("loket-2"), elsewhere("kios")
    gone.sign_in("budi", PASSWORD)
    kept, before = gone.keyring, sealed_by(gone)
    admin = scene.office.sign_in("admin", PASSWORD)
    scene.office.perform(RetireOfficer(login="budi"), admin)
    scene.office.keys.reload()
    scene.office.keys.maintain()
    assert scene.kinds()[-2:] == ["officer.retired", "keys.rotated"]
    kiosk.keys.reload()
    after = sealed_by(kiosk)
    assert opens(scene.office, before) == opens(scene.office, after) == TEXT
    assert kept is not None
    with pytest.raises(UnsealError):
        kept.open(after)
    gone.keys.reload()
    assert (waits(gone), gone.keyring) == (False, None)
    assert gone.keys.secrets == {}
    newest = scene.office.read(keys.newest)
    assert newest is not None
    assert (newest.generation, newest.renewal_due) == (2, False)
    assert [each.generation for each in scene.office.read(keys.recoveries)] == [1, 2]
    assert opens(scene.office, after) == TEXT


def test_the_index_stays_the_same_after_a_renewal(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    assert scene.office.keyring is not None
    blind_index = scene.office.keyring.blind_index(TEXT)
    scene.office.perform(RetireOfficer(login="budi"), admin)
    scene.office.keys.reload()
    scene.office.keys.maintain()
    assert scene.office.keyring.blind_index(TEXT) == blind_index


def test_a_renewal_that_nobody_could_do_is_done_at_the_next_sign_in(
    scene: Scene, elsewhere: Elsewhere
) -> None:
    write(scene, take_grant("admin"))
    desk = elsewhere("loket-2")
    admin = desk.sign_in("admin", PASSWORD)
    assert waits(desk)
    desk.perform(RetireOfficer(login="budi"), admin)
    desk.keys.maintain()
    assert scene.kinds()[-1] == "officer.retired"
    scene.office.sign_in("siti", PASSWORD)
    assert scene.kinds()[-2:] == ["keys.granted", "keys.rotated"]
    desk.keys.reload()
    assert set(desk.keys.secrets) == {1, 2}


def test_without_a_recovery_code_a_renewal_makes_none(scene: Scene) -> None:
    write(scene, lambda tx: keys.set_recoveries(tx, ()))
    write(scene, lambda tx: keys.set_renewal(tx, 1, due=True))
    scene.office.sign_in("siti", PASSWORD)
    assert scene.kinds()[-1] == "keys.rotated"
    assert scene.office.read(keys.recoveries) == ()


def test_a_new_password_from_an_admin_takes_the_keys(scene: Scene, elsewhere: Elsewhere) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    scene.office.perform(SetPassword(login="budi", password_hash=cheap_hash("sandi-baru")), admin)
    desk = elsewhere("loket-2")
    desk.sign_in("budi", "sandi-baru")
    assert waits(desk)
    scene.office.keys.maintain()
    desk.keys.reload()
    assert desk.keyring is not None


def test_who_changes_his_own_password_keeps_his_keys(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    sealed, hashed = sealed_by(scene.office), cheap_hash("sandi-baru-admin")
    own_key = scene.office.keys.rewrap_pair("sandi-baru-admin", hashed)
    scene.office.perform(SetPassword(login="admin", password_hash=hashed, own_key=own_key), admin)
    scene.office.sign_out()
    assert scene.office.keys.rewrap_pair("sandi-baru-admin", hashed) is None
    scene.office.sign_in("admin", "sandi-baru-admin")
    assert opens(scene.office, sealed) == TEXT
    assert "keys.published" not in scene.kinds()


def test_the_wrapping_of_another_is_not_taken(scene: Scene) -> None:
    """An officer who gives others a password would else put in a key of their own."""
    admin = scene.office.sign_in("admin", PASSWORD)
    hashed = cheap_hash("sandi-baru")
    own_key = scene.office.keys.rewrap_pair("sandi-baru", hashed)
    scene.office.perform(SetPassword(login="budi", password_hash=hashed, own_key=own_key), admin)
    budi = scene.office.read(lambda tx: officers.find(tx, "budi"))
    assert budi is not None
    assert scene.office.read(lambda tx: keys.of_officer(tx, budi.id)) is None


def test_a_key_that_the_password_does_not_open_is_replaced(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    def other_password(tx: Transaction) -> None:
        siti = officers.find(tx, "siti")
        assert siti is not None
        officers.set_password(tx, siti.id, cheap_hash("sandi-lain"))

    write(scene, other_password)
    with caplog.at_level(logging.WARNING):
        scene.office.sign_in("siti", "sandi-lain")
    assert "does not open with the password" in caplog.text
    assert waits(scene.office)
    assert scene.kinds()[-1] == "keys.published"


def test_a_grant_that_does_not_open_is_none(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    def spoil(tx: Transaction) -> None:
        siti = officers.find(tx, "siti")
        assert siti is not None
        own = keys.of_officer(tx, siti.id)
        assert own is not None
        tx.run("DELETE FROM key_grant WHERE officer_id = ?", siti.id)
        keys.grant(tx, Grant(generation=1, officer_id=siti.id, public=own.public, sealed=b"x" * 112))

    write(scene, spoil)
    with caplog.at_level(logging.WARNING):
        scene.office.sign_in("siti", PASSWORD)
    scene.office.keys.reload()
    assert caplog.text.count("generation 1 does not open") == 1
    assert scene.office.keyring is None
    assert waits(scene.office)


def test_where_nothing_may_be_written_one_signs_in_all_the_same(scene: Scene, elsewhere: Elsewhere) -> None:
    add(scene, "wati")
    desk = elsewhere("loket-2")
    desk.halt(WritesBlocked("Kunci berkas tidak dapat dipercaya."))
    wati = desk.sign_in("wati", PASSWORD)
    assert wati.name == "Wati"
    assert (desk.keyring, desk.keys.lacks_newest_key) == (None, True)
    desk.keys.reload()
    desk.keys.maintain()
    assert desk.keyring is None
    siti = desk.sign_in("siti", PASSWORD)
    assert siti.name == "Siti Rahmawati"
    assert desk.keyring is not None


def test_what_is_refused_while_tending_is_left_for_the_next_time(scene: Scene) -> None:
    scene.office.sign_in("siti", PASSWORD)
    write(scene, take_grant("budi"))
    scene.office.halt(WritesBlocked("Kunci berkas tidak dapat dipercaya."))
    scene.office.keys.maintain()
    assert len(still_waiting(scene)) == 1
    scene.office.halt(None)
    scene.office.keys.maintain()
    assert still_waiting(scene) == ()


def test_a_generation_that_one_does_not_hold_is_left_to_others(scene: Scene) -> None:
    write(scene, lambda tx: keys.add_generation(tx, 2, new_pair().public, 0))
    scene.office.sign_in("siti", PASSWORD)
    assert waits(scene.office)
    assert scene.kinds()[-1:] != ["keys.granted"]


def test_nothing_that_opens_stands_in_the_file_or_in_a_journal(
    scene: Scene, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    add(scene, "wati")
    desk = elsewhere("loket-2")
    desk.sign_in("wati", PASSWORD)
    scene.office.sign_in("admin", PASSWORD)
    admin = scene.office.sign_in("admin", PASSWORD)
    scene.office.perform(RetireOfficer(login="budi"), admin)
    scene.office.keys.reload()
    scene.office.keys.maintain()
    desk.keys.reload()
    assert desk.keys.pair is not None
    secrets = [desk.keys.pair.private]
    for secret in desk.keys.secrets.values():
        secrets += [secret.private, secret.index_key]
    assert len(secrets) == 5
    for path in (scene.path, *tmp_path.glob("journal-*")):
        content = path.read_bytes()
        assert not [each for each in secrets if each in content], path.name
        assert not [each for each in secrets if b64encode(each)[:40] in content], path.name
