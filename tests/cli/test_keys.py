"""Keys from the command line: who holds them, the recovery code, and old text."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, RECOVERY_CODE, open_office
from tests.program import CommandResult
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.keys import pair_of_code
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.db.access import keys
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

ADMIN = "SELECT id FROM officer WHERE login = 'admin'"


def run(desk: CommandLine, *words: str, typed: str = "", **more: str) -> CommandResult:
    return desk.run("keys", *words, "--database", desk.path, typed=typed, **more)


def status(desk: CommandLine) -> dict[str, Any]:
    return run(desk, "status", "--json").row


def write(desk: CommandLine, change: str) -> None:
    store = Store(desk.path)
    store.write(lambda tx: tx.run(change))
    store.close()


def add_lina(desk: CommandLine) -> None:
    """By an admin who holds no keys himself."""
    write(desk, f"DELETE FROM key_grant WHERE officer_id = ({ADMIN})")
    desk.run("officer", "add", "lina", "Lina Marlina", "--database", desk.path, ULT_NEW_PASSWORD=PASSWORD)


@pytest.mark.slow
def test_who_is_added_by_one_who_holds_them_has_them_at_once(desk: CommandLine) -> None:
    desk.run("officer", "add", "lina", "Lina Marlina", "--database", desk.path, ULT_NEW_PASSWORD=PASSWORD)
    assert "lina             Lina Marlina                 memegang kunci\n" in run(desk, "status").out
    office = open_office(desk.path)
    office.sign_in("lina", PASSWORD)
    assert office.keyring is not None
    office.close()


def test_who_holds_them(desk: CommandLine) -> None:
    add_lina(desk)
    out = run(desk, "status").out
    assert "Generasi kunci: 1\nKode pemulihan: ada\n" in out
    assert "lina             Lina Marlina                 belum pernah masuk" in out
    assert "siti             Siti Rahmawati               memegang kunci" in out
    assert "joko             Joko Prasetyo                tanpa hak membuka data pribadi" in out
    found = status(desk)
    assert (found["generation"], found["has_code"], found["renewal_due"]) == (1, True, False)
    desk.queue("close-day", "--yes", "--officer", "lina")
    assert "lina             Lina Marlina                 menunggu kunci" in run(desk, "status").out


@pytest.mark.slow
def test_given_to_who_waits(desk: CommandLine) -> None:
    add_lina(desk)
    desk.queue("close-day", "--yes", "--officer", "lina")
    told = run(desk, "grant", "--officer", "lina").out
    assert told == "0 petugas menerima kunci, 2 masih menunggu.\n"
    told = run(desk, "grant", "--officer", "siti").out
    assert told == "2 petugas menerima kunci, 0 masih menunggu.\n"
    assert "lina             Lina Marlina                 memegang kunci" in run(desk, "status").out


def test_an_office_without_keys_gets_them_from_its_admin(desk: CommandLine) -> None:
    for table in ("key_grant", "recovery_key", "office_key"):
        write(desk, f"DELETE FROM {table}")
    assert "Generasi kunci: -\nKode pemulihan: belum ada\n" in run(desk, "status").out
    code = run(desk, "recovery-code", "--json").row["recovery_code"]
    assert len(pair_of_code(code).public) == 32
    found = status(desk)
    assert (found["generation"], found["has_code"]) == (1, True)


def test_a_new_code_for_people_and_only_from_an_admin(desk: CommandLine) -> None:
    answer = run(desk, "recovery-code")
    assert len(pair_of_code(answer.out.strip()).public) == 32
    assert "lemari terkunci" in answer.err
    refused = run(desk, "recovery-code", "--officer", "siti")
    assert (refused.code, "tidak berwenang" in refused.err) == (1, True)


@pytest.mark.parametrize("typed", [True, False])
def test_recovered_with_the_code(desk: CommandLine, typed: bool) -> None:
    write(desk, "DELETE FROM key_grant")
    more = {} if typed else {"ULT_RECOVERY_CODE": RECOVERY_CODE}
    answer = run(desk, "recover", typed=f"{RECOVERY_CODE}\n" if typed else "", **more)
    assert answer.code == 0, answer.err
    assert "Administrator memegang kunci data pribadi lagi." in answer.out
    assert RECOVERY_CODE not in answer.out
    officers = status(desk)["officers"]
    assert {each["generations"] for each in officers if each["may_open"]} == {1}, "everybody who waited"
    assert {each["generations"] for each in officers if not each["may_open"]} == {0}
    again = run(desk, "recover", typed=f"{RECOVERY_CODE}\n")
    assert (again.code, "sudah memegang" in again.err) == (1, True)


def test_a_wrong_code_in_words(desk: CommandLine) -> None:
    answer = run(desk, "recover", typed="AAAAA-BBBBB\n")
    assert answer.code == 1
    assert "10 huruf" in answer.err
    assert "40 huruf" in answer.err


def test_old_text_is_sealed(desk: CommandLine) -> None:
    def add(tx: Transaction) -> None:
        visit = tx.insert("visit", day="2026-11-20", began_at=1, channel="tatap_muka")
        tx.run(
            "INSERT INTO guest (visit_id, name, phone, entered_by, at)"
            " VALUES (?, 'Dedi', '0812', 'officer', 1)",
            visit,
        )
        tx.run("INSERT INTO clear_text (place, looked_to) VALUES ('guest', 0)")

    store = Store(desk.path)
    store.write(add)
    assert "seal-old" in run(desk, "status").out
    answer = run(desk, "seal-old", "--officer", "siti")
    assert (answer.code, answer.out) == (0, "Semua data pribadi kantor sudah dikunci.\n")
    assert all(is_sealed(each) for each in store.read(lambda tx: tx.column("SELECT phone FROM guest")))
    store.close()
    assert status(desk)["clear_text_left"] is False


@pytest.mark.parametrize("asked", [True, False])
def test_forgotten_keys_are_given_up(desk: CommandLine, asked: bool) -> None:
    write(desk, "DELETE FROM recovery_key")
    refused = run(desk, "give-up", "siti", "--yes")
    assert (refused.code, "masih membuka" in refused.err) == (1, True)
    write(desk, "DELETE FROM key_grant WHERE officer_id <> (SELECT id FROM officer WHERE login = 'siti')")
    if asked:
        nobody = run(desk, "give-up", "siti")
        assert (nobody.code, "Ulangi dengan --yes" in nobody.err) == (1, True)
        assert run(desk, "give-up", "siti", typed="n\n").code == 1
        assert status(desk)["lost"] == []
        answer = run(desk, "give-up", "siti", typed="y\n")
    else:
        answer = run(desk, "give-up", "siti", "--yes")
    assert (answer.code, "Kunci siti dilepas." in answer.out) == (0, True), answer.err
    assert (status(desk)["generation"], status(desk)["lost"]) == (2, [1])
    assert "Tidak dibuka siapa pun lagi: generasi 1\n" in run(desk, "status").out


def test_who_is_retired_takes_no_new_key_along(desk: CommandLine) -> None:
    desk.run("officer", "retire", "budi", "--database", desk.path)
    found = status(desk)
    assert (found["generation"], found["renewal_due"]) == (2, False)


def test_a_renewal_that_waits_is_told(desk: CommandLine) -> None:
    write(desk, "UPDATE office_key SET renewal_due = 1")
    assert "Kunci diganti begitu" in run(desk, "status").out


@pytest.mark.slow
def test_who_changes_his_own_password_keeps_his_keys(desk: CommandLine) -> None:
    words = ("officer", "password", "admin", "--database", desk.path)
    answer = desk.run(*words, ULT_NEW_PASSWORD="kata-sandi-baru")
    assert (answer.code, answer.out) == (0, "Kata sandi admin diganti.\n")
    office = open_office(desk.path)
    office.sign_in("admin", "kata-sandi-baru")
    assert office.keyring is not None
    office.close()


@pytest.mark.slow
def test_who_is_given_a_new_one_has_his_keys_with_it(desk: CommandLine) -> None:
    words = ("officer", "password", "budi", "--database", desk.path)
    answer = desk.run(*words, ULT_NEW_PASSWORD="kata-sandi-baru")
    assert answer.out == "Kata sandi budi diganti.\n"
    office = open_office(desk.path)
    office.sign_in("budi", "kata-sandi-baru")
    assert office.keyring is not None
    office.close()


def test_who_is_given_a_new_one_by_an_admin_without_keys_waits(desk: CommandLine) -> None:
    write(desk, f"DELETE FROM key_grant WHERE officer_id = ({ADMIN})")
    words = ("officer", "password", "budi", "--database", desk.path)
    assert "begitu petugas yang memegang kunci" in desk.run(*words, ULT_NEW_PASSWORD="kata-sandi-baru").out
    office = open_office(desk.path)
    office.sign_in("budi", "kata-sandi-baru")
    assert office.keys.lacks_newest_key
    office.close()
    guard = ("officer", "password", "joko", "--database", desk.path)
    assert desk.run(*guard, ULT_NEW_PASSWORD=PASSWORD).out == "Kata sandi joko diganti.\n"


@pytest.mark.slow
def test_the_recovery_code_is_shown_at_the_founding(own_home: Path, tmp_path: Path) -> None:
    desk = CommandLine(tmp_path / "office.db")
    lines = desk.run("init", desk.path).out.splitlines()
    told = dict(line.split(": ") for line in lines if line.startswith(("Kode pemulihan:", "Kata sandi:")))
    code = pair_of_code(told["Kode pemulihan"])
    office = open_office(desk.path)
    office.sign_in("admin", told["Kata sandi"])
    assert office.keyring is not None
    assert office.read(keys.recoveries)[0].public == code.public
    with pytest.raises(UserError):
        office.sign_in("admin", told["Kode pemulihan"])
    office.close()
