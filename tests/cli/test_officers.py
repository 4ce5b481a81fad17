"""Officers from the command line."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD
from ult_desktop.base.i18n import use_language
from ult_desktop.db.store.clock import ShareClock, own_ms
from ult_desktop.db.store.store import Store

PROCEDURES = ("kaltara-helpdesk", "kepri-daring", "dki-kelompok-rentan")  # with a part for the front office


def officers(desk: CommandLine) -> dict[str, dict[str, object]]:
    rows = desk.run("officer", "list", "--database", desk.path, "--json").rows
    return {row["login"]: row for row in rows}


@pytest.mark.slow
def test_added_with_roles_and_a_password(desk: CommandLine) -> None:
    roles = ("--role", "front_office", "--role", "head")
    words = ("officer", "add", "lina", "Lina Marlina", *roles, "--database", desk.path)
    answer = desk.run(*words, ULT_NEW_PASSWORD="kata-sandi-lina")
    told = "Petugas lina ditambahkan. Kata sandinya diganti sendiri saat masuk pertama.\n"
    assert (answer.code, answer.out) == (0, told)
    assert officers(desk)["lina"] == {
        "login": "lina",
        "name": "Lina Marlina",
        "roles": ["front_office", "head"],
        "can_sign_in": True,
        "qualified": dict.fromkeys(PROCEDURES, False),
    }
    desk.take()
    who = ("--counter", 1, "--officer", "lina")
    refused = desk.queue("call", *who, password="kata-sandi-lina")
    assert refused.code == 1
    assert "Kata sandi Lina Marlina dibuat orang lain." in refused.err
    own = ("officer", "my-password", "--officer", "lina", "--database", desk.path)
    same = desk.run(*own, ULT_PASSWORD="kata-sandi-lina", ULT_NEW_PASSWORD="kata-sandi-lina")
    assert "sama dengan yang lama" in same.err
    answer = desk.run(*own, ULT_PASSWORD="kata-sandi-lina", ULT_NEW_PASSWORD="pilihan-lina")
    assert (answer.code, answer.out) == (0, "Kata sandi lina diganti.\n")
    assert desk.queue("call", *who, password="pilihan-lina").row["label"] == "A001"


@pytest.mark.parametrize("password", ["rosalinda-2026", "Widyastuti99", "widyastuti.rosalinda"])
def test_a_new_officer_gets_no_password_of_their_own_name(desk: CommandLine, password: str) -> None:
    words = ("officer", "add", "rosalinda", "Widyastuti", "--database", desk.path)
    answer = desk.run(*words, ULT_NEW_PASSWORD=password)
    assert (answer.code, "mudah ditebak" in answer.err) == (1, True)
    assert "rosalinda" not in officers(desk)


def test_an_own_password_is_asked_for_with_the_rule(desk: CommandLine) -> None:
    own = ("officer", "my-password", "--officer", "siti", "--database", desk.path)
    answer = desk.run(*own, ULT_PASSWORD=PASSWORD, typed="pilihan-siti\npilihan-siti\n")
    assert answer.code == 0, answer.err
    assert "Sedikitnya 8 karakter" in answer.err
    assert desk.queue("close-day", "--yes", "--officer", "siti", password="pilihan-siti").code == 0


def test_edited_and_taken_back(desk: CommandLine) -> None:
    words = ("officer", "edit", "budi", "Budi Baru", "--counter", 2, "--database", desk.path)
    assert desk.run(*words).code == 0
    assert officers(desk)["budi"]["name"] == "Budi Baru"
    desk.run("officer", "retire", "budi", "--database", desk.path)
    assert desk.run("officer", "return", "budi", "--database", desk.path).code == 0
    assert officers(desk)["budi"]["can_sign_in"] is False


@pytest.mark.slow
def test_a_new_password_is_typed_twice(desk: CommandLine) -> None:
    words = ("officer", "password", "siti", "--database", desk.path)
    unequal = desk.run(*words, typed="satu-kata\ndua-kata\n\n")
    assert unequal.code == 1
    answer = desk.run(*words, typed="kata-sandi-baru\nkata-sandi-baru\n")
    assert answer.code == 0, answer.err
    assert "Kata sandi siti diganti." in answer.out
    who = ("close-day", "--yes", "--officer", "siti")
    assert desk.queue(*who, password=PASSWORD).code == 1
    assert "dibuat orang lain" in desk.queue(*who, password="kata-sandi-baru").err


def test_other_roles(desk: CommandLine) -> None:
    words = ("officer", "roles", "budi", "--role", "reception", "--role", "head", "--database", desk.path)
    answer = desk.run(*words)
    said = "Peran budi sekarang: Resepsionis, Kepala. Jendelanya berubah setelah budi masuk lagi.\n"
    assert (answer.code, answer.out) == (0, said)
    assert officers(desk)["budi"]["roles"] == ["reception", "head"]
    assert desk.run("officer", "roles", "budi", "--database", desk.path).code == 2


def test_retired(desk: CommandLine) -> None:
    answer = desk.run("officer", "retire", "budi", "--database", desk.path)
    assert (answer.code, answer.out) == (0, "Petugas budi dinonaktifkan.\n")
    assert "budi" not in officers(desk)
    assert desk.queue("call", "--counter", 1, "--officer", "budi").code == 1


def test_listed_for_people(desk: CommandLine) -> None:
    out = desk.run("officer", "list", "--database", desk.path).out
    assert "Nama masuk: siti · Nama: Siti Rahmawati · Peran: Front Office" in out


@pytest.mark.parametrize(
    ("words", "officer", "said"),
    [
        (("add", "siti", "Siti Lain"), "admin", "siti"),
        (("password", "hantu"), "admin", "hantu"),
        (("retire", "hantu"), "admin", "hantu"),
        (("retire", "budi"), "siti", "tidak berwenang"),
    ],
)
def test_refused(desk: CommandLine, words: tuple[str, ...], officer: str, said: str) -> None:
    given = ("officer", *words, "--database", desk.path, "--officer", officer)
    answer = desk.run(*given, ULT_NEW_PASSWORD="kata-sandi")
    assert answer.code == 1
    assert said in answer.err


def test_a_role_that_does_not_exist(desk: CommandLine) -> None:
    words = ("officer", "add", "x", "X", "--role", "raja", "--database", desk.path)
    assert desk.run(*words, ULT_NEW_PASSWORD="kata-sandi").code == 2


def proof_of(desk: CommandLine, *words: object) -> Path:
    """The file that the command asks for."""
    asked = desk.run("officer", "reset-admin", *words, "--database", desk.path)
    assert asked.code == 1
    found = re.search(r"bernama (ULT-RESET-\w+\.txt)", asked.err)
    assert found is not None
    return Path(desk.path).parent / found[1]


def test_a_password_is_asked_for_in_the_language_in_force(desk: CommandLine) -> None:
    use_language("en")
    answer = desk.run("officer", "password", "siti", "--database", desk.path, typed="\n")
    assert "New password" in answer.out + answer.err


@pytest.mark.slow
@pytest.mark.file_only("folder")
def test_a_forgotten_admin_password(desk: CommandLine) -> None:
    """Asked with the file there, typed twice; the next admin who looks is told once."""
    proof_of(desk).touch()
    words = ("officer", "reset-admin", "--database", desk.path)
    answer = desk.run(*words, typed="kata-sandi-baru\nkata-sandi-baru\n")
    assert (answer.code, "setiap admin diberi tahu" in answer.out) == (0, True), answer.err
    assert "Sedikitnya 8 karakter" in answer.err
    look = ("officer", "notices", "--database", desk.path)
    assert desk.run(*look, ULT_PASSWORD=PASSWORD).code == 1
    told = desk.run(*look, "--json", ULT_PASSWORD="kata-sandi-baru").row
    assert (told["name"], set(told)) == ("Administrator", {"name", "at", "station"})
    assert desk.run(*look, ULT_PASSWORD="kata-sandi-baru").out == "Tidak ada.\n"


@pytest.mark.file_only("folder")
def test_the_only_keys_are_told_of(desk: CommandLine) -> None:
    """Nobody else and no code opens them: not lost yet, if the old password is remembered."""
    others = "DELETE FROM key_grant WHERE officer_id <> (SELECT id FROM officer WHERE login = 'admin')"
    store = Store(desk.path)
    store.write(lambda tx: (tx.run(others), tx.run("DELETE FROM recovery_key")))
    store.close()
    proof_of(desk).touch()
    words = ("officer", "reset-admin", "--database", desk.path)
    out = desk.run(*words, ULT_NEW_PASSWORD="kata-sandi-baru").out
    assert "hanya terbuka dengan kata sandi lama admin" in out
    assert "ult-desktop keys give-up admin" in out
    assert "keys recover`" not in out


@pytest.mark.file_only("folder")
def test_notices_for_people(desk: CommandLine) -> None:
    proof_of(desk).touch()
    desk.run("officer", "reset-admin", "--database", desk.path, ULT_NEW_PASSWORD=PASSWORD)
    out = desk.run("officer", "notices", "--database", desk.path, ULT_PASSWORD=PASSWORD).out
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d\.\d\d \w+  Administrator  \S+-cli\n", out)


def test_wrong_passwords_wait_here_too(desk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = own_ms()
    monkeypatch.setattr(ShareClock, "__call__", lambda _clock: moment)
    answers = [
        desk.queue("close-day", "--yes", "--officer", "siti", password="tebakan").err for _n in range(4)
    ]
    assert ["setelah 5 detik" in err for err in answers] == [False, False, True, False]
    right = desk.queue("close-day", "--yes", "--officer", "siti")
    assert (right.code, "Tunggu" in right.err) == (1, True)


def test_the_head_confirms_a_qualification(desk: CommandLine) -> None:
    said = ("siti", "kaltara-helpdesk", "--database", desk.path, "--officer", "kepala")
    since = ("--since", "2026-02-02", "--evidence", "Sertifikat pelatihan")
    answer = desk.run("officer", "qualify", *said, *since)
    assert answer.out == "Siti Rahmawati, sejak 2 Februari 2026: Sertifikat pelatihan\n"
    assert officers(desk)["siti"]["qualified"]["kaltara-helpdesk"] is True  # type: ignore[index]
    listed = desk.run("officer", "list", "--database", desk.path).out
    assert "Kualifikasi: kaltara-helpdesk dipenuhi" in listed
    shown = desk.run("procedure", "show", "kaltara-helpdesk", "--database", desk.path).out
    assert "Kualifikasi dipenuhi oleh\n  1. Siti Rahmawati, sejak 2 Februari 2026" in shown
    (met,) = desk.run("procedure", "show", "kaltara-helpdesk", "--database", desk.path, "--json").row[
        "met_by"
    ]
    assert met["evidence"] == "Sertifikat pelatihan"
    gone = desk.run("officer", "disqualify", *said, "--reason", "Pindah tugas")
    assert gone.out == "Konfirmasi Siti Rahmawati ditarik.\n"
    assert officers(desk)["siti"]["qualified"]["kaltara-helpdesk"] is False  # type: ignore[index]
