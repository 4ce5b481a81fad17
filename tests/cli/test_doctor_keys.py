"""What `doctor` says of the keys: the first thing to do, or who holds them."""

import pytest

from tests.office import PASSWORD, cheap_hash
from ult_desktop.cli.doctor_keys import check_keys
from ult_desktop.core.access.commands import AddOfficer
from ult_desktop.db.access import keys, seal_backlog
from ult_desktop.operations.office.office import Office


def test_all_is_well(office: Office) -> None:
    line = check_keys(office)
    count = len(office.read(keys.active_officers))
    assert (line.level, line.found, line.todo) == ("ok", f"generasi 1, dipegang {count} petugas", "")


@pytest.mark.parametrize(
    ("change", "found", "todo"),
    [
        ("DELETE FROM office_key", "tidak tersegel", "admin"),
        ("DELETE FROM recovery_key", "belum ada kode pemulihan", "keys recovery-code"),
        ("UPDATE office_key SET renewal_due = 1", "harus diganti", "masuk sekali"),
        ("INSERT INTO clear_text VALUES ('guest', 0)", "belum tersegel", "keys seal-old"),
    ],
)
def test_what_somebody_has_to_do(office: Office, change: str, found: str, todo: str) -> None:
    if "office_key" in change and change.startswith("DELETE"):
        office._store.write(lambda tx: (tx.run("DELETE FROM key_grant"), tx.run("DELETE FROM recovery_key")))
    office._store.write(lambda tx: tx.run(change))
    line = check_keys(office)
    assert line.level == "warn"
    assert found in line.found
    assert todo in line.todo


def test_keys_that_nobody_opens_are_a_failure(office: Office) -> None:
    office._store.write(lambda tx: (tx.run("DELETE FROM key_grant"), tx.run("DELETE FROM recovery_key")))
    line = check_keys(office)
    assert (line.level, "tidak seorang pun" in line.found) == ("fail", True)
    assert "Masuk sekali sebagai admin" in line.todo


def test_who_waits_is_named(office: Office) -> None:
    admin = office.sign_in("admin", PASSWORD)
    command = AddOfficer(login="wati", name="Wati", roles=("head",), password_hash=cheap_hash())
    office.perform(command, admin)
    office.sign_in("wati", PASSWORD)
    line = check_keys(office)
    assert (line.level, line.found) == ("warn", "menunggu kunci: Wati")
    assert not office.read(seal_backlog.has_unsealed)
