"""Keys that nobody else opens: not thrown away, given up on purpose alone, and then the office goes on."""

import os
from collections.abc import Callable

import pytest

from tests.office import PASSWORD
from tests.operations.access.test_keys import NOBODY, recovery, refused, take_grant, write
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import GiveUpKeys, PublishKey, RetireOfficer, SealOld, SetPassword
from ult_desktop.core.access.keys import new_pair
from ult_desktop.db.access import keys, officers, seal_backlog
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers
from ult_desktop.operations.access.recovery import give_up, proof_file, renew_code, reset_admin

NEW = "kata-sandi-baru"
TEXT = "081234567890"


def only(login: str) -> Callable[[Transaction], None]:
    """The keys are with one officer, and there is no code."""

    def change(tx: Transaction) -> None:
        officer = officers.find(tx, login)
        assert officer is not None
        tx.run("DELETE FROM key_grant WHERE officer_id <> ?", officer.id)
        tx.run("DELETE FROM recovery_key")

    return change


def reset(scene: Scene, password: str) -> bool:
    scene.later(1)
    path = proof_file(scene.office, "admin")
    path.touch()
    os.utime(path, (scene.clock.now / 1000, scene.clock.now / 1000))
    return reset_admin(scene.office, "admin", password)


def opened(scene: Scene, sealed: str) -> str:
    assert scene.office.keyring is not None
    return scene.office.keyring.open(sealed)


def newest(scene: Scene) -> int:
    found = scene.office.read(keys.newest)
    assert found is not None
    return found.generation


def test_a_reset_keeps_the_only_keys_for_the_day_the_password_is_remembered(scene: Scene) -> None:
    assert scene.office.seal is not None
    sealed = scene.office.seal.seal_text(TEXT)
    write(scene, only("admin"))
    assert reset(scene, NEW) is True
    admin = scene.office.sign_in("admin", NEW)
    assert (scene.office.keyring, scene.office.keys.pair) == (None, None)
    with pytest.raises(UserError, match=r"tidak terbuka dengan kata sandi ini.*keys give-up"):
        renew_code(scene.office, admin)
    assert reset(scene, PASSWORD) is True
    admin = scene.office.sign_in("admin", PASSWORD)
    assert opened(scene, sealed) == TEXT
    renew_code(scene.office, admin)
    assert scene.office.read(keys.recoveries)


def test_a_reset_takes_keys_that_others_hold_too(scene: Scene) -> None:
    assert reset(scene, NEW) is False
    scene.office.sign_in("admin", NEW)
    assert scene.office.keys.lacks_newest_key
    scene.office.sign_in("siti", PASSWORD)
    scene.office.sign_in("admin", NEW)
    assert not scene.office.keys.lacks_newest_key


def test_given_up_the_office_goes_on_with_new_keys(scene: Scene) -> None:
    assert scene.office.seal is not None
    sealed = scene.office.seal.seal_text(TEXT)
    write(scene, only("admin"))
    reset(scene, NEW)
    give_up(scene.office, scene.office.sign_in("admin", NEW), "admin")
    assert scene.kinds()[-1] == "keys.given_up"
    assert scene.office.read(keys.key_status).nobody_opens
    admin = scene.office.sign_in("admin", NEW)
    assert [kind for kind in scene.kinds() if kind.startswith("keys.")] == [
        "keys.given_up",
        "keys.published",
        "keys.made",
        "keys.granted",
        "keys.sealed_old",
    ]
    standing = scene.office.read(lambda tx: readers.key_status(tx, scene.clock()))
    assert (standing.generation, standing.lost, standing.nobody_opens) == (2, (1,), False)
    assert all(standing.opens_all(each) is each.may_open for each in standing.officers if each.has_pair)
    assert scene.office.read(lambda tx: readers.missing_grants(tx, scene.clock())) == ()
    assert opened(scene, scene.office.seal.seal_text(TEXT)) == TEXT
    with pytest.raises(ValueError, match="s1:1:"):
        opened(scene, sealed)
    renew_code(scene.office, admin)
    assert [each.generation for each in scene.office.read(keys.recoveries)] == [2]


def test_keys_of_an_officer_who_forgot_his_password_are_given_up_for_him(scene: Scene) -> None:
    write(scene, only("siti"))
    admin = scene.office.sign_in("admin", PASSWORD)
    scene.clock.now += 1
    new_password = SetPassword(login="siti", password_hash="$argon2id$x")
    refused(scene, new_password, admin, "Hanya Siti Rahmawati")
    give_up(scene.office, admin, "siti")
    assert not scene.office.keys.lacks_newest_key
    assert newest(scene) == 2
    scene.office.perform(new_password, admin)


def test_keys_that_open_are_not_given_up(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", PASSWORD)
    with pytest.raises(UserError, match=r"masih membuka.*keys recovery-code"):
        give_up(scene.office, admin, "admin")
    for login in ("admin", "siti", "hantu"):
        refused(scene, GiveUpKeys(login=login), admin, f"Kunci {login} tidak perlu dilepas")
    write(scene, only("siti"))
    refused(scene, GiveUpKeys(login="siti"), NOBODY, "Hanya petugas yang masuk")
    refused(scene, GiveUpKeys(login="siti"), scene.officer(1), "tidak berwenang")


def test_the_only_keys_are_not_overwritten_by_a_new_pair(scene: Scene) -> None:
    siti = scene.office.sign_in("siti", PASSWORD)
    own = scene.office.read(lambda tx: keys.of_officer(tx, siti.officer_id or 0))
    assert own is not None
    write(scene, only("siti"))
    command = PublishKey(public=new_pair().public, wrapped=own.wrapping)
    refused(scene, command, siti, "Hanya Siti Rahmawati yang memegang")


def test_an_office_that_lost_its_keys_before_gets_new_ones_and_seals_what_is_clear(scene: Scene) -> None:
    """Such an office seals with a key that nobody has."""
    write(scene, lambda tx: tx.run("DELETE FROM key_grant"))
    write(scene, lambda tx: keys.set_recoveries(tx, ()))
    scene.office.sign_in("siti", PASSWORD)
    assert newest(scene) == 1
    write(scene, seal_backlog.restart_scan)
    siti = scene.officer(1)
    with pytest.raises(UserError, match="belum memegang kunci"):
        scene.office.perform(SealOld(), siti)
    scene.office.sign_in("admin", PASSWORD)
    assert newest(scene) == 2
    assert not scene.office.keys.lacks_newest_key


def test_who_has_no_keys_seals_nothing_old(scene: Scene) -> None:
    """Else everything in clear would go under a key that nobody may have any more."""
    write(scene, take_grant("admin"))
    write(scene, seal_backlog.restart_scan)
    admin = scene.office.sign_in("admin", PASSWORD)
    for command in (SealOld(), SealOld(anew=True)):
        refused(scene, command, admin, "belum memegang kunci")


def test_the_last_who_holds_an_old_generation_cannot_be_shut_out(scene: Scene) -> None:
    """The next was given to others; the one before was to follow, and did not."""

    def renewed(tx: Transaction) -> None:
        only("admin")(tx)
        keys.set_renewal(tx, 1, due=True)

    write(scene, renewed)
    admin = scene.office.sign_in("admin", PASSWORD)
    assert newest(scene) == 2
    write(
        scene,
        lambda tx: tx.run("DELETE FROM key_grant WHERE generation = 1 AND officer_id <> ?", admin.officer_id),
    )
    write(scene, lambda tx: tx.run("UPDATE officer SET roles = '[\"admin\"]' WHERE login = 'siti'"))
    siti = scene.office.sign_in("siti", PASSWORD)
    assert set(scene.office.keys.secrets) == {2}
    refused(scene, RetireOfficer(login="admin"), siti, "Hanya Administrator yang memegang")
    write(scene, lambda tx: keys.add_recovery(tx, recovery(1)))
    scene.office.perform(RetireOfficer(login="admin"), siti)
