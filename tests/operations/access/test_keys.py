"""The rules about keys: who may make, give, renew and recover them, and what is refused."""

from collections.abc import Callable

import msgspec
import pytest

from tests.office import PASSWORD, store_of
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import (
    Grant,
    GrantKeys,
    MakeKeys,
    PublishKey,
    RecoverKeys,
    Recovery,
    RetireOfficer,
    RotateKeys,
    SealOld,
    SetPassword,
    SetRecovery,
)
from ult_desktop.core.access.keys import HashCost, Secret, WrappedKey, new_pair, new_secret, wrap
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.transaction import Transaction

NOBODY = Actor(station="uji", roles=frozenset({Role.ADMIN}))
CHEAP = HashCost(1, 8192)
SECRET = new_secret()


def wrapped() -> WrappedKey:
    return wrap(b"p" * 32, PASSWORD, CHEAP)


def write(scene: Scene, change: Callable[[Transaction], object]) -> None:
    """Write another history of the office, which no operation does."""
    store_of(scene.office).write(change)


def grant_to(scene: Scene, login: str, generation: int = 1, secret: Secret = SECRET) -> Grant:
    def made(tx: Transaction) -> Grant:
        officer = officers.find(tx, login)
        assert officer is not None
        own = keys.of_officer(tx, officer.id)
        public = own.public if own is not None else new_pair().public
        return Grant(
            generation=generation, officer_id=officer.id, public=public, sealed=secret.sealed_for(public)
        )

    return scene.office.read(made)


def without_keys(tx: Transaction) -> None:
    for table in ("key_grant", "recovery_key", "office_key"):
        tx.run(f"DELETE FROM {table}")


def take_grant(login: str) -> Callable[[Transaction], object]:
    return lambda tx: tx.run(
        "DELETE FROM key_grant WHERE officer_id = (SELECT id FROM officer WHERE login = ?)", login
    )


def recovery(generation: int = 1) -> Recovery:
    public = new_pair().public
    return Recovery(generation=generation, public=public, sealed=SECRET.sealed_for(public))


def refused(scene: Scene, command: Command, by: Actor, words: str) -> None:
    before = scene.dump()
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, by)
    assert scene.dump() == before


@pytest.fixture
def admin(scene: Scene) -> Actor:
    return scene.office.sign_in("admin", PASSWORD)


def test_only_an_officer_holds_keys(scene: Scene) -> None:
    for command in (
        MakeKeys(public=SECRET.public, grant=grant_to(scene, "admin")),
        RecoverKeys(grants=(grant_to(scene, "admin"),)),
        SetRecovery(recoveries=(recovery(),)),
    ):
        refused(scene, command, NOBODY, "Hanya petugas yang masuk")


def test_no_station_publishes_grants_or_seals(scene: Scene) -> None:
    kiosk = Actor(station="kiosk-1")
    for command in (PublishKey(public=b"p" * 32, wrapped=wrapped()), GrantKeys(grants=()), SealOld()):
        refused(scene, command, kiosk, "tidak berwenang")


def test_a_key_of_another_length_is_a_bug(scene: Scene, admin: Actor) -> None:
    with pytest.raises(ValueError, match="not an X25519 key"):
        scene.office.perform(PublishKey(public=b"short", wrapped=wrapped()), admin)


def test_what_opens_with_no_password_is_not_published(scene: Scene, admin: Actor) -> None:
    strange = msgspec.structs.replace(wrapped(), salt=b"short")
    refused(scene, PublishKey(public=b"p" * 32, wrapped=strange), admin, "tidak dapat diberikan")


def test_an_office_makes_its_keys_once(scene: Scene, admin: Actor) -> None:
    command = MakeKeys(public=SECRET.public, grant=grant_to(scene, "admin"))
    refused(scene, command, admin, "sudah mempunyai kunci")
    write(scene, without_keys)
    stranger = MakeKeys(public=SECRET.public, grant=grant_to(scene, "siti"))
    refused(scene, stranger, admin, "tidak dapat diberikan")
    made = scene.office.perform(command, admin)
    assert made is not None
    assert (made.generation, made.public, made.made_at) == (1, SECRET.public, scene.clock.now)
    assert scene.kinds()[-1] == "keys.made"


def test_without_keys_there_is_nothing_to_give_or_seal_with(scene: Scene, admin: Actor) -> None:
    write(scene, without_keys)
    for command in (GrantKeys(grants=()), SealOld(), SetRecovery(recoveries=())):
        refused(scene, command, admin, "belum mempunyai kunci")


def test_who_holds_nothing_gives_nothing(scene: Scene, admin: Actor) -> None:
    write(scene, take_grant("admin"))
    for command in (
        SealOld(anew=True),
        GrantKeys(grants=(grant_to(scene, "siti"),)),
        SetRecovery(recoveries=(recovery(),)),
        RotateKeys(generation=2, public=SECRET.public, grants=(grant_to(scene, "admin", 2),)),
    ):
        refused(scene, command, admin, "belum memegang kunci")


def test_given_once_and_only_to_the_pair_that_is_there(scene: Scene, admin: Actor) -> None:
    refused(scene, GrantKeys(grants=(grant_to(scene, "siti"),)), admin, "Tidak ada petugas yang menunggu")
    write(scene, take_grant("siti"))
    old = grant_to(scene, "siti")
    siti = scene.office.sign_in("siti", PASSWORD)
    scene.office.perform(PublishKey(public=new_pair().public, wrapped=wrapped()), siti)
    refused(scene, GrantKeys(grants=(old,)), admin, "Tidak ada petugas yang menunggu")
    scene.office.perform(GrantKeys(grants=(grant_to(scene, "siti"),)), admin)
    assert scene.kinds()[-2:] == ["keys.published", "keys.granted"]


def test_renewed_only_when_it_is_due_in_order_and_for_oneself_too(scene: Scene, admin: Actor) -> None:
    def rotation(generation: int = 2, given: str = "admin", **more: Recovery | None) -> RotateKeys:
        grants = (grant_to(scene, given, generation),)
        return RotateKeys(generation=generation, public=SECRET.public, grants=grants, **more)

    refused(scene, rotation(), admin, "tidak perlu diganti")
    write(scene, lambda tx: keys.set_renewal(tx, 1, due=True))
    refused(scene, rotation(3), admin, "tidak perlu diganti")
    refused(scene, rotation(), admin, "Kode pemulihan baru saja diganti")
    refused(scene, rotation(recovery=recovery(2)), admin, "Kode pemulihan baru saja diganti")
    old = RotateKeys(generation=2, public=SECRET.public, grants=(grant_to(scene, "admin"),))
    refused(scene, old, admin, "tidak dapat diberikan")
    write(scene, lambda tx: keys.set_recoveries(tx, ()))
    refused(scene, rotation(given="siti"), admin, "tidak dapat diberikan")
    made = scene.office.perform(rotation(), admin)
    assert made is not None
    assert (made.generation, made.renewal_due) == (2, False)
    assert scene.office.read(keys.recoveries) == ()


def test_a_recovery_code_opens_every_generation_or_is_none(scene: Scene, admin: Actor) -> None:
    refused(scene, SetRecovery(recoveries=()), admin, "belum lengkap")
    refused(scene, SetRecovery(recoveries=(recovery(1), recovery(2))), admin, "belum lengkap")
    refused(scene, SetRecovery(recoveries=(recovery(),)), scene.officer(1), "tidak berwenang")
    kept = recovery()
    scene.office.perform(SetRecovery(recoveries=(kept,)), admin)
    assert scene.office.read(keys.recoveries) == (kept,)


def test_what_was_recovered_is_for_who_asked(scene: Scene, admin: Actor) -> None:
    refused(scene, RecoverKeys(grants=(grant_to(scene, "siti"),)), admin, "tidak dapat diberikan")
    refused(scene, RecoverKeys(grants=()), admin, "tidak dapat diberikan")
    refused(scene, RecoverKeys(grants=(grant_to(scene, "admin"),)), admin, "sudah memegang")


def test_who_leaves_takes_no_new_key_along(scene: Scene, admin: Actor) -> None:
    scene.office.perform(RetireOfficer(login="budi"), admin)
    budi = scene.office.read(lambda tx: officers.find(tx, "budi"))
    assert budi is not None
    assert scene.office.read(lambda tx: keys.of_officer(tx, budi.id)) is None
    newest = scene.office.read(keys.newest)
    assert newest is not None
    assert (newest.generation, newest.renewal_due) == (2, False)


@pytest.mark.parametrize("history", [take_grant("budi"), without_keys], ids=["held none", "no keys"])
def test_who_held_none_leaves_the_keys_as_they_are(
    scene: Scene, admin: Actor, history: Callable[[Transaction], object]
) -> None:
    write(scene, history)
    scene.office.perform(RetireOfficer(login="budi"), admin)
    newest = scene.office.read(keys.newest)
    assert newest is None or not newest.renewal_due


def test_the_last_who_holds_them_cannot_be_shut_out(scene: Scene, admin: Actor) -> None:
    def only_siti(tx: Transaction) -> None:
        siti = officers.find(tx, "siti")
        assert siti is not None
        tx.run("DELETE FROM key_grant WHERE officer_id <> ?", siti.id)
        keys.set_recoveries(tx, ())

    write(scene, only_siti)
    new_password = SetPassword(login="siti", password_hash="$argon2id$x")
    for command in (RetireOfficer(login="siti"), new_password):
        with pytest.raises(UserError):
            scene.office.perform(command, admin)
    refused(scene, new_password, admin, "Hanya Siti Rahmawati yang memegang")
    write(scene, lambda tx: keys.set_recoveries(tx, (recovery(),)))
    scene.office.perform(new_password, admin)
    assert scene.office.read(lambda tx: keys.holders(tx, 1)) == []
