"""Keys are for those alone who may open personal data, from the act that lets them to its end."""

from datetime import date, timedelta

import pytest

from tests.office import PASSWORD, RECOVERY_CODE, cheap_hash
from tests.operations.access.test_key_holder import Elsewhere, elsewhere, opens, sealed_by
from tests.operations.access.test_keys import grant_to, refused, take_grant, write
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands, keys as officer_keys
from ult_desktop.core.access.roles import PERMISSIONS, Actor, Permission
from ult_desktop.core.access.sealing import UnsealError
from ult_desktop.core.accountability.commands import Delegate, EndDelegation
from ult_desktop.core.recorded_requests import JournalRecord
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.replay import replay
from ult_desktop.operations.dispatch import encode_arguments
from ult_desktop.operations.register import every_operation

__all__ = ["elsewhere"]
TEXT = "081234567890"


def number_of(scene: Scene, login: str) -> int:
    officer = scene.office.read(lambda tx: officers.find(tx, login))
    assert officer is not None
    return officer.id


def holds(scene: Scene, login: str) -> list[int]:
    """The generations."""
    number = number_of(scene, login)
    return sorted(scene.office.read(lambda tx: keys.grants_of(tx, number)))


def everybody_but(scene: Scene, login: str) -> list[str]:
    return [each.login for each in scene.office.read(officers.all_active) if each.login != login]


def generation(scene: Scene) -> int:
    newest = scene.office.read(keys.newest)
    assert newest is not None
    return newest.generation


def give(scene: Scene, login: str) -> None:
    """Give keys without a look at roles."""
    secret = officer_keys.unseal(
        officer_keys.pair_of_code(RECOVERY_CODE).private, scene.office.read(keys.recoveries)[0].sealed
    )
    grant = grant_to(scene, login, secret=secret)
    write(scene, lambda tx: keys.grant(tx, grant))
    assert holds(scene, login) == [1]


def task_of(scene: Scene, absent: str, to: str, days: int = 0) -> Delegate:
    today = date.fromisoformat("2026-11-23")
    return Delegate(
        absent=absent,
        delegate=to,
        first_day=today,
        last_day=today + timedelta(days=days),
        letter_number="094/ST/26",
        letter_date=today,
    )


@pytest.fixture
def admin(scene: Scene) -> Actor:
    return scene.office.sign_in("admin", PASSWORD)


def test_a_guard_is_given_none_and_reads_nothing(scene: Scene, elsewhere: Elsewhere) -> None:
    desk = elsewhere("pos-jaga")
    desk.sign_in("joko", PASSWORD)
    before = scene.dump()
    admin = scene.office.sign_in("admin", PASSWORD)
    desk.keys.reload()
    assert (desk.keyring, desk.keys.lacks_newest_key, desk.keys.secrets) == (None, False, {})
    assert scene.dump() == before
    refused(scene, commands.GrantKeys(grants=(grant_to(scene, "joko"),)), admin, "menunggu")


def test_a_guard_who_has_them_from_an_older_program_reads_nothing_and_loses_them(
    scene: Scene, elsewhere: Elsewhere
) -> None:
    give(scene, "joko")
    desk = elsewhere("pos-jaga")
    sealed = sealed_by(desk)
    desk.sign_in("joko", PASSWORD)
    assert (desk.keyring, desk.keys.secrets, holds(scene, "joko")) == (None, {}, [])
    assert scene.kinds()[-1] == "keys.withdrawn"
    scene.office.sign_in("siti", PASSWORD)
    assert scene.kinds()[-1] == "keys.rotated"
    assert holds(scene, "joko") == []
    assert opens(scene.office, sealed) == TEXT


def test_other_roles_take_them_and_renew_the_key_in_one_act(
    scene: Scene, admin: Actor, elsewhere: Elsewhere
) -> None:
    gone, kiosk = elsewhere("loket-2"), elsewhere("kios")
    gone.sign_in("budi", PASSWORD)
    kept = gone.keyring
    assert kept is not None
    scene.office.perform(commands.ChangeRoles(login="budi", roles=("archivist",)), admin)
    assert scene.kinds()[-2:] == ["officer.roles", "keys.rotated"]
    assert (holds(scene, "budi"), generation(scene)) == ([], 2)
    gone.keys.reload()
    assert (gone.keyring, gone.keys.lacks_newest_key) == (None, False)
    kiosk.keys.reload()
    with pytest.raises(UnsealError):
        kept.open(sealed_by(kiosk))


def test_other_roles_give_them_in_one_act(scene: Scene, admin: Actor, elsewhere: Elsewhere) -> None:
    desk = elsewhere("pos-jaga")
    desk.sign_in("joko", PASSWORD)
    scene.office.perform(commands.ChangeRoles(login="joko", roles=("reception",)), admin)
    assert scene.kinds()[-2:] == ["officer.roles", "keys.granted"]
    desk.keys.reload()
    assert opens(desk, sealed_by(desk)) == TEXT


def test_roles_that_change_nothing_of_it_leave_the_key(scene: Scene, admin: Actor) -> None:
    scene.office.perform(commands.ChangeRoles(login="budi", roles=("phone", "archivist")), admin)
    scene.office.perform(commands.ChangeRoles(login="joko", roles=("related_unit",)), admin)
    assert (generation(scene), holds(scene, "budi"), holds(scene, "joko")) == (1, [1], [])
    assert scene.kinds()[-1] == "officer.roles"


def test_the_last_holder_keeps_the_role_that_opens(scene: Scene, admin: Actor) -> None:
    write(scene, lambda tx: keys.set_recoveries(tx, ()))
    for login in everybody_but(scene, "budi"):
        write(scene, take_grant(login))
    before = scene.dump()
    with pytest.raises(UserError, match="Hanya Budi Santoso yang memegang"):
        scene.office.perform(commands.ChangeRoles(login="budi", roles=("security",)), admin)
    assert scene.dump() == before


def test_the_last_holder_without_a_right_hands_them_on(scene: Scene, elsewhere: Elsewhere) -> None:
    give(scene, "joko")
    write(scene, lambda tx: keys.set_recoveries(tx, ()))
    for login in everybody_but(scene, "joko"):
        write(scene, take_grant(login))
    sealed = sealed_by(scene.office)
    admin = scene.office.sign_in("admin", PASSWORD)
    refused(scene, commands.WithdrawKeys(), admin, "tanpa hak")
    assert (scene.office.keys.lacks_newest_key, holds(scene, "joko"), generation(scene)) == (True, [1], 1)
    desk = elsewhere("pos-jaga")
    desk.sign_in("joko", PASSWORD)
    assert scene.kinds()[-2:] == ["keys.granted", "keys.withdrawn"]
    assert (desk.keyring, holds(scene, "joko")) == (None, [])
    scene.office.keys.reload()
    scene.office.keys.maintain()
    assert (scene.kinds()[-1], generation(scene)) == ("keys.rotated", 2)
    assert opens(scene.office, sealed) == TEXT


def test_a_delegation_gives_them_and_its_end_takes_them(
    scene: Scene, admin: Actor, elsewhere: Elsewhere
) -> None:
    desk = elsewhere("pos-jaga")
    desk.sign_in("joko", PASSWORD)
    given = scene.office.perform(task_of(scene, "siti", "joko"), admin)
    assert scene.kinds()[-2:] == ["delegation.given", "keys.granted"]
    desk.keys.reload()
    assert opens(desk, sealed_by(desk)) == TEXT
    scene.office.perform(EndDelegation(delegation_id=given.id), admin)
    assert scene.kinds()[-2:] == ["delegation.ended", "keys.rotated"]
    desk.keys.reload()
    assert (desk.keyring, desk.keys.lacks_newest_key, holds(scene, "joko")) == (None, False, [])


def test_a_delegation_that_ends_by_its_days_takes_them_at_the_next_beat(
    scene: Scene, admin: Actor, elsewhere: Elsewhere
) -> None:
    desk = elsewhere("pos-jaga")
    scene.office.perform(task_of(scene, "siti", "joko", days=1), admin)
    desk.sign_in("joko", PASSWORD)
    sealed = sealed_by(desk)
    assert opens(desk, sealed) == TEXT
    scene.clock.now += 2 * DAY_MS
    desk.keys.reload()
    assert desk.keyring is None, "also before anybody took them"
    scene.office.keys.maintain()
    assert scene.kinds()[-2:] == ["keys.withdrawn", "keys.rotated"]
    assert (holds(scene, "joko"), generation(scene)) == ([], 2)


def test_one_that_begins_by_its_days_gives_them_then(scene: Scene, admin: Actor) -> None:
    scene.office.perform(task_of(scene, "siti", "joko", days=3), admin)
    scene.office.perform(EndDelegation(delegation_id=1), admin)
    later = task_of(scene, "siti", "joko", days=3)
    first = later.first_day + timedelta(days=2)
    scene.office.perform(
        Delegate(
            absent="siti",
            delegate="joko",
            first_day=first,
            last_day=first,
            letter_number="095/ST/26",
            letter_date=later.first_day,
        ),
        admin,
    )
    assert holds(scene, "joko") == []
    scene.clock.now += 2 * DAY_MS
    scene.office.keys.maintain()
    assert holds(scene, "joko") == [1, 2]


def test_who_is_added_with_a_password_has_them_at_the_first_sign_in(
    scene: Scene, admin: Actor, elsewhere: Elsewhere
) -> None:
    hashed = cheap_hash("sandi-wati")
    for login, roles in (("wati", ("reception",)), ("agus", ("security",))):
        pair = scene.office.keys.make_pair_for("sandi-wati", hashed)
        new = commands.AddOfficer(login=login, name=login, roles=roles, password_hash=hashed, pair=pair)
        scene.office.perform(new, admin)
    assert scene.kinds()[-3:] == ["officer.added", "keys.granted", "officer.added"]
    desk = elsewhere("resepsionis")
    before = scene.dump()
    desk.sign_in("wati", "sandi-wati")
    assert opens(desk, sealed_by(desk)) == TEXT
    desk.sign_in("agus", "sandi-wati")
    assert desk.keyring is None
    assert scene.dump() == before


def test_a_new_password_from_one_who_holds_them_brings_them_along(
    scene: Scene, admin: Actor, elsewhere: Elsewhere
) -> None:
    hashed = cheap_hash("sandi-baru")
    pair = scene.office.keys.make_pair_for("sandi-baru", hashed)
    scene.office.perform(commands.SetPassword(login="budi", password_hash=hashed, pair=pair), admin)
    assert scene.kinds()[-2:] == ["officer.password", "keys.granted"]
    desk = elsewhere("loket-2")
    desk.sign_in("budi", "sandi-baru")
    assert opens(desk, sealed_by(desk)) == TEXT


def test_who_holds_none_makes_no_pair_for_others(scene: Scene) -> None:
    write(scene, take_grant("admin"))
    scene.office.sign_in("admin", PASSWORD)
    assert scene.office.keys.make_pair_for("sandi-baru", cheap_hash("sandi-baru")) is None


def test_a_pair_that_is_none_is_a_bug(scene: Scene, admin: Actor) -> None:
    pair = scene.office.keys.make_pair_for(PASSWORD, cheap_hash())
    assert pair is not None
    wrong = commands.OwnPair(public=b"short", wrapped=pair.wrapped)
    command = commands.SetPassword(login="budi", password_hash=cheap_hash(), pair=wrong)
    with pytest.raises(ValueError, match="X25519"):
        scene.office.perform(command, admin)


def test_a_replay_gives_what_was_given_then(scene: Scene, admin: Actor) -> None:
    """A replay gives keys as they were given then: what was sealed after the renewal must open."""
    grant = grant_to(scene, "joko", secret=scene.office.keys.secrets[1])
    record = JournalRecord(
        request="r1",
        office=scene.office.uid,
        name="GrantKeys",
        arguments=encode_arguments(commands.GrantKeys(grants=(grant,))),
        at=scene.clock(),
        station="uji",
        officer_id=admin.officer_id,
        outcome="open",
    )
    store = Store(scene.path)
    assert [line.why for line in replay(store, [record]).done] == [""]
    store.close()
    assert holds(scene, "joko") == [1]
    scene.office.keys.maintain()
    assert holds(scene, "joko") == []


def test_whatever_opens_asks_for_the_right_that_keys_go_by() -> None:
    for kind, operation in every_operation().items():
        allowed = [role for role, may in PERMISSIONS.items() if operation.needs in may]
        if kind.opens or kind.__name__ == "OpenDocument":
            assert all(Permission.OPEN_PERSONAL in PERMISSIONS[role] for role in allowed), kind.__name__
