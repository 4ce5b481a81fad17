"""Officers: sign in, get a password, leave; a password is kept only as its Argon2id hash."""

import re
import time
from pathlib import Path

import msgspec
import pytest

from tests.office import PASSWORD, RECOVERY_CODE, cheap_hash, make_office, open_office
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.keys import WrappedKey
from ult_desktop.core.access.passwords import find_weakness
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.queue import commands
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.access import passwords
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.access.recovery import reset_with_code

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


def test_names_are_stored_without_what_nobody_sees(scene: Scene, admin: Actor) -> None:
    padded = msgspec.structs.replace(NEW, login=" wati ", name=" Wati\u200b ", usual_counter=1)
    added = scene.office.perform(padded, admin)
    assert (added.login, added.name) == ("wati", "Wati")
    refused(scene, NEW, admin, "Nama masuk wati sudah dipakai")
    refused(scene, officer_commands.EditOfficer(login="wati", name="\u2060"), admin, "perlu nama")


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
    with pytest.raises(UserError, match=r"terlalu pendek.*Sedikitnya 8"):
        hash_password("tujuh77")


def test_who_was_given_a_password_changes_it_before_anything_else(scene: Scene, admin: Actor) -> None:
    """Keys too come only to who has one of their own; the file decides, not the window."""
    scene.office.perform(
        officer_commands.SetPassword(login="siti", password_hash=cheap_hash("dari-admin")), admin
    )
    siti = scene.office.sign_in("siti", "dari-admin")
    assert siti.must_change
    refused(scene, commands.StaffCounter(counter=2), siti, "dibuat orang lain")
    for old, new, words in (
        ("salah-sekali", "pilihan-siti", "Nama atau kata sandi salah"),
        ("dari-admin", "dari-admin", "sama dengan yang lama"),
        ("dari-admin", "siti1234", "mudah ditebak"),
        ("dari-admin", "rahmawati-siti", "mudah ditebak"),
        ("dari-admin", "12345678", "mudah ditebak"),
    ):
        with pytest.raises(UserError, match=words):
            passwords.change(scene.office, siti, old, new)
    passwords.change(scene.office, siti, "dari-admin", "pilihan-siti")
    scene.office.perform(commands.StaffCounter(counter=2), siti)
    assert not scene.office.sign_in("siti", "pilihan-siti").must_change


def test_an_own_password_keeps_the_keys(scene: Scene) -> None:
    siti = scene.office.sign_in("siti", PASSWORD)
    assert scene.office.keyring is not None
    passwords.change(scene.office, siti, PASSWORD, "pilihan-siti")
    scene.office.sign_in("siti", "pilihan-siti")
    assert scene.office.keyring is not None


def test_an_admin_who_changes_their_own_has_chosen_it(scene: Scene, admin: Actor) -> None:
    scene.office.perform(
        officer_commands.SetPassword(login="admin", password_hash=cheap_hash("pilihan-admin")), admin
    )
    assert not scene.office.sign_in("admin", "pilihan-admin").must_change


def test_keys_that_no_password_opens_are_no_own_keys(scene: Scene) -> None:
    siti = scene.office.sign_in("siti", PASSWORD)
    broken = WrappedKey(salt=b"", passes=1, memory=1, wrapped=b"")
    own = officer_commands.ChangeOwnPassword(password_hash=cheap_hash(), own_key=broken)
    refused(scene, own, siti, "tidak dapat dipakai")
    stranger = Actor(station="x", roles=frozenset({Role.ADMIN}))
    refused(scene, own, stranger, "Hanya petugas yang masuk")


def test_an_own_password_without_keys(tmp_path: Path) -> None:
    office = open_office(make_office(tmp_path, with_keys=False))
    siti = office.check_password("siti", PASSWORD)
    passwords.change(office, siti, PASSWORD, "pilihan-siti")
    assert office.check_password("siti", "pilihan-siti").officer_id == siti.officer_id
    office.close()


COMMON = (
    "bpmp-kaltara",
    "bpmpkaltara2026",
    "kaltara2026",
    "tarakan2026",
    "Medan123",
    "Pendidikan",
    "Rahasia.1945",
    "ult kantor",
    "P@ssw0rd",
    "2026papu4",
    "4c3h2026",
    "qwertyasdf1",
    "abc12345",
    "17081945",
    "Semangat45!",
    "1nd0n3s14",
    "k4lt4r42026",
    "p@pu@2026",
    "P4pu42026",
    "5ur4b4y42026",
    "S0l02026",
    "2026-5010-b.a.l.i",
)


@pytest.mark.parametrize("guess", COMMON)
def test_what_somebody_who_knows_the_office_tries_first_is_weak(guess: str) -> None:
    assert find_weakness(guess)


def test_a_long_text_is_judged_at_once() -> None:
    began = time.process_time()
    assert find_weakness("Indonesia" * 1_000)
    assert find_weakness("Indonesia" * 1_000 + "gambut") == ""
    assert find_weakness("20171945" * 1_000)
    assert time.process_time() - began < 5


OWN = ("Balai Diklat Sungai Kayan", "Jl. Sesayap 7, Malinau", "r.tampubolon", "Rut Tampubolon")


@pytest.mark.parametrize(
    "guess",
    ["Malinau2026", "kayanmalinau", "BDSK-2026", "tampubolon88", "rut.malinau", "jalan-sesayap", "sesayap7!"],
)
def test_the_offices_own_words_are_weak_there_alone(guess: str) -> None:
    assert find_weakness(guess, OWN)
    assert find_weakness(guess) == ""


@pytest.mark.parametrize(
    "good", ["kantor di tepi kali", "teh-kaltara-manis", "bukit9pantai", "kopi rut malinau", "gadisXkayan"]
)
def test_a_word_of_the_office_among_others_is_not(good: str) -> None:
    assert find_weakness(good, OWN) == ""


@pytest.mark.parametrize("guess", ["loketjatidki", "rahmawati.2026", "admin-siti"])
def test_wherever_a_password_is_chosen_the_offices_words_count(scene: Scene, guess: str) -> None:
    settings = scene.office.read(office_rows.load).settings
    about = msgspec.structs.replace(settings.office, address="Jl. Jati 5")
    changed = ChangeSettings(settings=msgspec.structs.replace(settings, office=about))
    scene.office.perform(changed, scene.office.check_password("admin", PASSWORD))
    siti = scene.office.check_password("siti", PASSWORD)
    with pytest.raises(UserError, match="mudah ditebak"):
        passwords.change(scene.office, siti, PASSWORD, guess)
    with pytest.raises(UserError, match="mudah ditebak"):
        reset_with_code(scene.office, "admin", RECOVERY_CODE, guess)


def test_a_made_password_is_read_from_paper(scene: Scene) -> None:
    made = passwords.make_password()
    assert re.fullmatch(r"([a-z]{6}-){2}[a-z]{6}", made)
    assert find_weakness(made) == ""
    assert made != passwords.make_password()


def test_an_officer_comes_back_without_a_password(scene: Scene, admin: Actor) -> None:
    scene.office.perform(officer_commands.RetireOfficer(login="budi"), admin)
    assert [row.login for row in scene.office.read(officers.everybody)][-1] == "budi"
    back = scene.office.perform(officer_commands.ReturnOfficer(login="budi"), admin)
    assert (back.active, back.password_hash) == (True, "")
    refused(scene, officer_commands.ReturnOfficer(login="budi"), admin, "sudah aktif")
    refused(scene, officer_commands.ReturnOfficer(login="hantu"), admin, "hantu tidak ada")


def test_a_name_and_the_usual_counter_change(scene: Scene, admin: Actor) -> None:
    edited = scene.office.perform(
        officer_commands.EditOfficer(login="budi", name=" Budi Baru ", usual_counter=2), admin
    )
    assert (edited.name, edited.usual_counter) == ("Budi Baru", 2)
    assert [each.usual_counter for each in scene.office.officers() if each.login == "budi"] == [2]
    refused(scene, officer_commands.EditOfficer(login="budi", name=" "), admin, "perlu nama")
    nowhere = officer_commands.EditOfficer(login="budi", name="Budi", usual_counter=77)
    refused(scene, nowhere, admin, "Loket 77 tidak ada")
    new = msgspec.structs.replace(NEW, usual_counter=1)
    assert scene.office.perform(new, admin).usual_counter == 1
