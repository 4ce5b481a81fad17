"""The recovery code: the way to the sealed text when nobody's password opens it any more."""

import pytest

from tests.office import PASSWORD, RECOVERY_CODE, cheap_hash
from tests.operations.access.test_keys import take_grant, write
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import RetireOfficer, SetPassword
from ult_desktop.core.access.keys import new_code
from ult_desktop.core.access.roles import Actor
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.recovery import (
    lacks_code,
    put_code_in_force,
    recover,
    renew_code,
    reset_with_code,
)


def forget_all(tx: Transaction) -> None:
    """Every password of the office is new: nobody's opens anything."""
    tx.run("DELETE FROM key_grant")
    tx.run("DELETE FROM officer_key")


@pytest.fixture
def admin(scene: Scene) -> Actor:
    return scene.office.sign_in("admin", PASSWORD)


def sealed(scene: Scene) -> str:
    assert scene.office.seal is not None
    return scene.office.seal.seal_text("rahasia")


def refused(scene: Scene, admin: Actor, code: str, words: str) -> None:
    before = scene.dump()
    with pytest.raises(UserError, match=words) as refusal:
        recover(scene.office, admin, code)
    assert refusal.value.safe
    assert scene.dump() == before


def test_the_code_of_the_founding_opens_every_generation(scene: Scene, admin: Actor) -> None:
    old = sealed(scene)
    scene.office.perform(RetireOfficer(login="budi"), admin)
    scene.office.keys.reload()
    scene.office.keys.maintain()
    new = sealed(scene)
    write(scene, forget_all)
    admin = scene.office.sign_in("admin", PASSWORD)
    assert scene.office.keys.lacks_newest_key
    recover(scene.office, admin, RECOVERY_CODE.lower())
    assert scene.office.keyring is not None
    assert [scene.office.keyring.open(each) for each in (old, new)] == ["rahasia", "rahasia"]
    last = scene.events()[-1]
    assert (last.kind, last.subject, last.data) == ("keys.recovered", admin.officer_id, "{}")


def test_whoever_waits_is_given_them_at_once(scene: Scene, admin: Actor) -> None:
    write(scene, forget_all)
    scene.office.sign_in("siti", PASSWORD)
    admin = scene.office.sign_in("admin", PASSWORD)
    recover(scene.office, admin, RECOVERY_CODE)
    assert scene.kinds()[-2:] == ["keys.recovered", "keys.granted"]
    assert len(scene.office.read(lambda tx: keys.holders(tx, 1))) == 2


def test_a_new_code_replaces_the_old_one(scene: Scene, admin: Actor) -> None:
    code = renew_code(scene.office, admin)
    assert scene.kinds()[-1] == "keys.recovery_set"
    write(scene, forget_all)
    admin = scene.office.sign_in("admin", PASSWORD)
    refused(scene, admin, RECOVERY_CODE, "bukan milik kantor ini")
    recover(scene.office, admin, code)
    assert scene.office.keyring is not None


def test_an_office_without_a_code_is_told_of(scene: Scene, admin: Actor) -> None:
    assert not scene.office.read(lacks_code)
    write(scene, lambda tx: keys.set_recoveries(tx, ()))
    assert scene.office.read(lacks_code)
    refused(scene, admin, RECOVERY_CODE, "belum mempunyai kode")
    put_code_in_force(scene.office, admin, new_code())
    assert not scene.office.read(lacks_code)


def test_who_holds_nothing_makes_no_code(scene: Scene) -> None:
    write(scene, take_grant("admin"))
    write(scene, lambda tx: tx.run("DELETE FROM key_grant"))
    admin = scene.office.sign_in("admin", PASSWORD)
    with pytest.raises(UserError, match="belum memegang kunci"):
        renew_code(scene.office, admin)


def test_only_an_admin_recovers(scene: Scene) -> None:
    write(scene, take_grant("siti"))
    siti = scene.office.sign_in("siti", PASSWORD)
    refused(scene, siti, RECOVERY_CODE, "tidak berwenang")


def test_without_an_own_pair_there_is_nobody_to_give_them_to(scene: Scene, admin: Actor) -> None:
    hashed = cheap_hash("sandi-baru-admin")
    scene.office.perform(SetPassword(login="admin", password_hash=hashed), admin)
    scene.office.halt(WritesBlocked("Kunci berkas tidak dapat dipercaya."))
    admin = scene.office.sign_in("admin", "sandi-baru-admin")
    refused(scene, admin, RECOVERY_CODE, "Kunci Anda belum ada")


@pytest.mark.slow
def test_an_admin_who_forgot_everything_comes_back_with_the_code(scene: Scene) -> None:
    text = sealed(scene)
    reset_with_code(scene.office, "admin", RECOVERY_CODE, "kopi pagi di teras")
    assert scene.office.keys.pair is None, "nobody is signed in by it"
    kinds = scene.kinds()
    assert kinds.index("officer.admin_reset") < kinds.index("keys.recovered")
    with pytest.raises(UserError, match="salah"):
        scene.office.sign_in("admin", PASSWORD)
    admin = scene.office.sign_in("admin", "kopi pagi di teras")
    assert not admin.must_change
    assert scene.office.keyring is not None
    assert scene.office.keyring.open(text) == "rahasia"
    assert scene.office.read(lambda tx: officers.notices_for(tx, admin.officer_id or 0))


@pytest.mark.parametrize(
    ("login", "code", "password", "words"),
    [
        ("admin", new_code(), "kopi pagi di teras", "bukan milik kantor ini"),
        ("admin", "ABC", "kopi pagi di teras", "Kode pemulihan itu 3 huruf"),
        ("siti", RECOVERY_CODE, "kopi pagi di teras", "bukan admin kantor ini"),
        ("admin", RECOVERY_CODE, "admin2026", "mudah ditebak"),
    ],
    ids=["another-offices", "too-short", "no-admin", "like-the-login"],
)
def test_what_is_no_way_back(scene: Scene, login: str, code: str, password: str, words: str) -> None:
    before = scene.dump()
    with pytest.raises(UserError, match=words):
        reset_with_code(scene.office, login, code, password)
    assert scene.dump() == before
