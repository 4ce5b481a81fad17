"""A forgotten admin password: who can write in the folder comes back in, and it does not stay secret."""

import os
import shutil

import pytest

from tests.office import PASSWORD
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import ResetAdmin, SeeNotices
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.db.access.officers import notices_for
from ult_desktop.operations.access.recovery import PROOF_LIFETIME_MS, proof_file, require_proof, reset_admin

NEW = "kata-sandi-baru"


def make_proof(scene: Scene, login: str = "admin", age_ms: int = 0) -> None:
    path = proof_file(scene.office, login)
    path.touch()
    seconds = (scene.clock.now - age_ms) / 1000
    os.utime(path, (seconds, seconds))


def notices(scene: Scene, admin: Actor) -> list[tuple[str, int, str]]:
    assert admin.officer_id is not None
    number = admin.officer_id
    found = scene.office.read(lambda tx: notices_for(tx, number))
    return [(each.name, each.at, each.station) for each in found]


@pytest.mark.file_only("folder")
def test_without_the_file_it_says_which_one_to_make_and_where(scene: Scene) -> None:
    before = scene.dump()
    with pytest.raises(UserError) as refusal:
        reset_admin(scene.office, "admin", NEW)
    path = proof_file(scene.office, "admin")
    assert path.name in refusal.value.todo
    assert str(scene.path.parent) in refusal.value.todo
    assert scene.dump() == before


@pytest.mark.file_only("folder")
def test_with_it_the_password_is_new_the_file_is_gone_and_the_log_is_marked(scene: Scene) -> None:
    make_proof(scene)
    used = proof_file(scene.office, "admin")
    reset_admin(scene.office, "admin", NEW)
    admin = scene.office.sign_in("admin", NEW)
    last = next(each for each in scene.events() if each.kind == "officer.admin_reset")
    assert (last.station, last.officer_id) == ("uji", None)
    assert last.subject == admin.officer_id
    assert not used.exists()
    assert proof_file(scene.office, "admin") != used
    with pytest.raises(UserError, match="salah"):
        scene.office.sign_in("admin", PASSWORD)


@pytest.mark.file_only("folder")
def test_an_ending_that_windows_hides_may_be_there_twice(scene: Scene) -> None:
    make_proof(scene)
    proof = proof_file(scene.office, "admin")
    twice = proof.rename(proof.with_name(f"{proof.name}.txt"))
    reset_admin(scene.office, "admin", NEW)
    assert not twice.exists()


@pytest.mark.file_only("folder")
@pytest.mark.parametrize("age", [PROOF_LIFETIME_MS + 1, -PROOF_LIFETIME_MS - 1])
def test_a_file_that_somebody_forgot_opens_nothing(scene: Scene, age: int) -> None:
    make_proof(scene, age_ms=age)
    with pytest.raises(UserError, match="sudah lama"):
        require_proof(scene.office, "admin")


def test_only_an_admin_comes_back_this_way(scene: Scene) -> None:
    make_proof(scene, "siti")
    with pytest.raises(UserError, match=r"siti bukan admin kantor ini.*Admin yang ada: admin"):
        reset_admin(scene.office, "siti", NEW)
    with pytest.raises(UserError, match=r"Petugas hantu tidak ada|hantu bukan admin"):
        reset_admin(scene.office, "hantu", NEW)


@pytest.mark.file_only("folder")
def test_the_proof_of_another_office_is_none(scene: Scene) -> None:
    make_proof(scene)
    other = scene.path.parent / "lain"
    other.mkdir()
    shutil.copy(scene.path, other / "office.db")
    assert not (other / proof_file(scene.office, "admin").name).exists()


def test_every_admin_is_told_until_he_has_read_it(scene: Scene) -> None:
    """Today's admins are told; the one who did it too, for it may not have been they."""
    boss = scene.office.sign_in("admin", PASSWORD)
    make_proof(scene)
    reset_admin(scene.office, "admin", NEW)
    assert notices(scene, boss) == [(boss.name, scene.clock.now, "uji")]
    assert scene.office.perform(SeeNotices(), boss) == ()
    assert notices(scene, boss) == []
    assert scene.kinds()[-1] == "officer.notices_seen"


def test_no_window_does_it_for_an_officer_and_no_station_reads_for_an_admin(scene: Scene) -> None:
    command = ResetAdmin(login="admin", password_hash="$argon2id$x")
    scene.refused(command, words="tidak berwenang")
    nobody = Actor(station="uji", roles=frozenset({Role.ADMIN}))
    with pytest.raises(UserError, match="Hanya admin yang masuk"):
        scene.office.perform(SeeNotices(), nobody)
