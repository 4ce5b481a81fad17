"""Officers: sign in, get a password, leave; a password is kept only as its Argon2id hash."""

import pytest

from tests.office import PASSWORD, cheap_hash
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.operations.access.officers import hash_password

NEW = officer_commands.AddOfficer(
    login="wati", name="Wati", roles=("front_office", "reception"), password_hash=""
)


@pytest.fixture
def admin(scene: Scene) -> Actor:
    return scene.office.sign_in("admin", PASSWORD)


def refused(scene: Scene, command: Command, by: Actor, words: str) -> None:
    before = scene.dump()
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, by)
    assert scene.dump() == before


def test_sign_in(scene: Scene) -> None:
    siti = scene.office.sign_in("siti", PASSWORD)
    assert (siti.name, siti.roles, siti.station) == ("Siti Rahmawati", frozenset({Role.FRONT_OFFICE}), "uji")


@pytest.mark.parametrize(
    ("login", "password"),
    [("siti", "rahasia-kita "), ("siti", ""), ("SITI", PASSWORD), ("siapa", PASSWORD), ("", "")],
)
def test_wrong_name_and_wrong_password_sound_the_same(scene: Scene, login: str, password: str) -> None:
    with pytest.raises(UserError, match="Nama atau kata sandi salah"):
        scene.office.sign_in(login, password)


def test_without_a_password_nobody_signs_in(scene: Scene, admin: Actor) -> None:
    scene.office.perform(NEW, admin)
    for guess in ("", "wati"):
        with pytest.raises(UserError, match="Nama atau kata sandi salah"):
            scene.office.sign_in("wati", guess)
    assert "wati" not in [line.login for line in scene.office.officers()]


def test_a_new_officer_with_a_password(scene: Scene, admin: Actor) -> None:
    added = scene.office.perform(NEW, admin)
    scene.office.perform(
        officer_commands.SetPassword(login="wati", password_hash=cheap_hash("kata-sandi-baru")), admin
    )
    wati = scene.office.sign_in("wati", "kata-sandi-baru")
    assert (wati.officer_id, wati.roles) == (added.id, frozenset({Role.FRONT_OFFICE, Role.RECEPTION}))
    assert [line.name for line in scene.office.officers() if line.login == "wati"] == ["Wati"]


def test_who_takes_a_counter_is_known_before_signing_in(scene: Scene) -> None:
    serves = {line.login: line.serves for line in scene.office.officers()}
    assert (serves["siti"], serves["nina"], serves["joko"]) == (True, False, False)


def test_a_new_password_ends_the_old_one(scene: Scene, admin: Actor) -> None:
    scene.office.perform(
        officer_commands.SetPassword(login="siti", password_hash=cheap_hash("ganti-sandi")), admin
    )
    with pytest.raises(UserError, match="salah"):
        scene.office.sign_in("siti", PASSWORD)
    assert scene.office.sign_in("siti", "ganti-sandi").name == "Siti Rahmawati"


def test_a_retired_officer_neither_signs_in_nor_acts(scene: Scene, admin: Actor) -> None:
    budi = scene.office.sign_in("budi", PASSWORD)
    scene.office.perform(officer_commands.RetireOfficer(login="budi"), admin)
    with pytest.raises(UserError, match="Nama atau kata sandi salah"):
        scene.office.sign_in("budi", PASSWORD)
    refused(
        scene, commands.StaffCounter(counter=2), budi, "Budi Santoso tidak lagi terdaftar sebagai petugas"
    )
    refused(
        scene, officer_commands.SetPassword(login="budi", password_hash=cheap_hash()), admin, "budi tidak ada"
    )
    refused(scene, officer_commands.RetireOfficer(login="budi"), admin, "budi tidak ada")


def test_past_acts_keep_the_name_of_who_left(scene: Scene, admin: Actor) -> None:
    scene.office.perform(commands.LeaveCounter(counter=1), scene.officer(1))
    scene.office.perform(officer_commands.RetireOfficer(login="siti"), admin)
    add_again = officer_commands.AddOfficer(
        login="siti", name="Siti Lain", roles=("security",), password_hash=""
    )
    refused(scene, add_again, admin, "Nama masuk siti sudah dipakai")


def test_nobody_retires_who_sits_at_a_counter_or_oneself(scene: Scene, admin: Actor) -> None:
    refused(scene, officer_commands.RetireOfficer(login="siti"), admin, "Siti Rahmawati masih menjaga loket")
    refused(
        scene, officer_commands.RetireOfficer(login="admin"), admin, "tidak dapat menonaktifkan diri sendiri"
    )


def test_other_roles_count_at_once(scene: Scene, admin: Actor) -> None:
    """The windows ask with what they knew at sign-in; the file decides."""
    budi = scene.office.sign_in("budi", PASSWORD)
    scene.office.perform(officer_commands.ChangeRoles(login="budi", roles=("security", "archivist")), admin)
    refused(scene, commands.StaffCounter(counter=2), budi, "tidak berwenang")
    assert scene.office.sign_in("budi", PASSWORD).roles == {Role.SECURITY, Role.ARCHIVIST}
    scene.office.perform(officer_commands.ChangeRoles(login="budi", roles=("helpdesk",)), admin)
    scene.office.perform(commands.StaffCounter(counter=2), budi)


@pytest.mark.parametrize(
    ("login", "roles", "words"),
    [
        ("hantu", ("head",), "hantu tidak ada"),
        ("budi", (), "Peran tidak dikenal: -"),
        ("budi", ("raja",), "Peran tidak dikenal: raja"),
        ("admin", ("head",), "mencabut peran admin dari diri sendiri"),
        ("siti", ("security",), "Siti Rahmawati masih menjaga loket"),
    ],
)
def test_roles_that_cannot_be_given(
    scene: Scene, admin: Actor, login: str, roles: tuple[str, ...], words: str
) -> None:
    refused(scene, officer_commands.ChangeRoles(login=login, roles=roles), admin, words)


def test_who_sits_at_a_counter_and_an_admin_may_get_more_roles(scene: Scene, admin: Actor) -> None:
    for login, roles in (("siti", ("front_office", "head")), ("admin", ("admin", "head"))):
        assert (
            scene.office.perform(officer_commands.ChangeRoles(login=login, roles=roles), admin).roles == roles
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": " "}, "perlu nama dan nama masuk"),
        ({"name": ""}, "perlu nama dan nama masuk"),
        ({"roles": ()}, "Peran tidak dikenal: -"),
        ({"roles": ("front_office", "raja")}, "Peran tidak dikenal: front_office, raja.*back_office"),
    ],
)
def test_an_officer_as_nobody_can_be(
    scene: Scene, admin: Actor, change: dict[str, object], words: str
) -> None:
    values = {"login": "wati", "name": "Wati", "roles": ("security",), "password_hash": ""} | change
    refused(scene, officer_commands.AddOfficer(**values), admin, words)  # type: ignore[arg-type]


def test_a_password_itself_never_reaches_the_file(scene: Scene, admin: Actor) -> None:
    with pytest.raises(ValueError, match="Argon2id"):
        scene.office.perform(officer_commands.SetPassword(login="siti", password_hash="rahasia-baru"), admin)
    assert not any("rahasia-baru" in line for line in scene.dump())


def test_argon2id_at_the_librarys_interactive_cost() -> None:
    hashed = hash_password("delapan8")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert hashed != hash_password("delapan8")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(UserError, match=r"terlalu pendek.*sedikitnya 8"):
        hash_password("tujuh77")
