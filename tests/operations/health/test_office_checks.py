"""The words of `doctor` about the office: who holds its keys, when it was last backed up and checked."""

from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.office import PASSWORD, cheap_hash, make_office, open_office, report_other, store_of
from ult_desktop.core.access.commands import AddOfficer
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.updates.rollout import UpdateMark
from ult_desktop.db import station_updates
from ult_desktop.db.access import keys, seal_backlog
from ult_desktop.db.backup import upkeep
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.journal import KEPT_MS
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.backup.backing_up import LONGEST_WAIT_MS
from ult_desktop.operations.health.board import HealthTopic, count_red, health_lines
from ult_desktop.operations.health.office_checks import (
    OLD_BACKUP_MS,
    OLD_NIGHTLY_MS,
    check_backup_folder,
    check_keys,
    check_procedures,
    check_rollout,
    check_updates,
    check_upkeep,
)
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.operations.updates.installing import UpdateState
from ult_desktop.operations.updates.staging import UpdatePlaces

pytestmark = pytest.mark.by_engine

GUARD = '["security"]'


def test_all_is_well(office: Office) -> None:
    line = check_keys(office)
    count = sum(each.generations for each in office.read(keys.active_officers))
    assert (line.level, line.found, line.todo) == ("ok", f"{count} petugas dapat membuka data pribadi", "")


@pytest.mark.parametrize(
    ("change", "found", "todo"),
    [
        ("DELETE FROM office_key", "pribadi belum dikunci", "admin"),
        ("DELETE FROM recovery_key", "belum ada kode pemulihan", "keys recovery-code"),
        ("UPDATE office_key SET renewal_due = 1", "harus diganti", "masuk sekali"),
        (
            f"UPDATE officer SET roles = '{GUARD}' WHERE login = 'siti'",
            "tanpa hak: Siti Rahmawati",
            "berpindah",
        ),
        ("INSERT INTO clear_text VALUES ('guest', 0)", "kunci belum dikunci", "keys seal-old"),
    ],
)
def test_what_somebody_has_to_do(office: Office, change: str, found: str, todo: str) -> None:
    if "office_key" in change and change.startswith("DELETE"):
        store_of(office).write(
            lambda tx: (tx.run("DELETE FROM key_grant"), tx.run("DELETE FROM recovery_key"))
        )
    store_of(office).write(lambda tx: tx.run(change))
    line = check_keys(office)
    assert line.level == "warn"
    assert found in line.found
    assert todo in line.todo


def test_keys_that_nobody_opens_are_a_failure(office: Office) -> None:
    store_of(office).write(lambda tx: (tx.run("DELETE FROM key_grant"), tx.run("DELETE FROM recovery_key")))
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


def levels(office: Office) -> list[tuple[str, str]]:
    return [(line.level, line.check) for line in check_upkeep(office)]


@pytest.mark.file_only("copies")
def test_a_backup_that_was_never_made_is_old_or_failed(office: Office) -> None:
    now = office.clock()
    assert levels(office) == [("fail", "Cadangan")]
    store_of(office).write(lambda tx: upkeep.record_failure(tx, upkeep.BACKUP, "loket-2", now, "Disk penuh."))
    assert levels(office) == [("fail", "Cadangan"), ("warn", "loket-2")]
    late = now - OLD_BACKUP_MS - 1000
    store_of(office).write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", late, "E:/a.db"))
    assert levels(office)[0] == ("warn", "Cadangan")
    store_of(office).write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", now, "E:/a.db"))
    store_of(office).write(lambda tx: upkeep.record_success(tx, upkeep.CHECK, "loket-1", now))
    assert levels(office) == [("ok", "Cadangan"), ("ok", "Pemeriksaan malam"), ("warn", "loket-2")]
    assert "loket-1 E:/a.db" in next(check_upkeep(office)).found


@pytest.mark.posix_only("postgresql")
def test_an_office_on_a_server_is_backed_up_there_and_alarms_nobody(tmp_path: Path) -> None:
    with closing(open_office(make_office(tmp_path, on_server=True))) as office:
        assert levels(office) == [("ok", "Cadangan")]
        assert count_red(office) == 0
        (line,) = (each for each in health_lines(office) if each.topic is HealthTopic.BACK_UP)
        assert (line.level, line.found[:18]) == ("ok", "dibuat di server (")


@pytest.mark.file_only("copies")
def test_a_backup_older_than_the_journals_is_a_failure(office: Office) -> None:
    """Nobody could bring back what lies between them."""
    now = office.clock()
    record = upkeep.record_success
    for age, expected in ((KEPT_MS - 60_000, []), (KEPT_MS + 60_000, [("fail", "Pemulihan")])):
        made = partial(record, task=upkeep.BACKUP, station="loket-1", now=now - age, place="E:/a.db")
        store_of(office).write(made)
        assert levels(office) == [("warn", "Cadangan"), *expected]


@pytest.mark.file_only("copies")
def test_how_backups_are_made_is_told(office: Office) -> None:
    now, took = office.clock(), LONGEST_WAIT_MS + 1650
    record = upkeep.record_success
    store_of(office).write(lambda tx: record(tx, upkeep.BACKUP, "loket-1", now, "E:/a.db", LONGEST_WAIT_MS))
    (hourly,) = check_upkeep(office)
    assert (hourly.level, "loket-1 E:/a.db (salinan utuh tiap jam)" in hourly.found) == ("ok", True)
    last_night = now - OLD_BACKUP_MS - 1000
    store_of(office).write(lambda tx: record(tx, upkeep.BACKUP, "loket-1", last_night, "E:/a.db", took))
    store_of(office).write(lambda tx: record(tx, upkeep.JOURNALS, "loket-1", now, "E:/office-cadangan"))
    nightly, journals = check_upkeep(office)
    assert (nightly.level, journals.level) == ("ok", "ok")
    assert "tiap malam, jurnal tiap jam: menyalin menahan stasiun 1,9 detik" in nightly.found
    assert (journals.check, "E:/office-cadangan" in journals.found) == ("Jurnal di disk cadangan", True)
    days_ago = now - OLD_NIGHTLY_MS - 1000
    store_of(office).write(lambda tx: record(tx, upkeep.BACKUP, "loket-1", days_ago, "E:/a.db", took))
    assert levels(office)[0] == ("warn", "Cadangan")


def test_the_second_place_is_there_and_on_another_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_file = tmp_path / "office.db"
    assert list(check_backup_folder(office_file, None)) == []
    (gone,) = check_backup_folder(office_file, tmp_path / "usb")
    (same,) = check_backup_folder(office_file, tmp_path)
    (alone,) = check_backup_folder(None, tmp_path)
    (lost,) = check_backup_folder(tmp_path / "tiada" / "office.db", tmp_path)
    monkeypatch.setattr(
        "ult_desktop.operations.health.office_checks.on_one_disk", lambda _file, _place: False
    )
    (other,) = check_backup_folder(office_file, tmp_path)
    assert [line.level for line in (gone, same, alone, lost, other)] == ["fail", "warn", "ok", "ok", "ok"]


def test_an_office_that_runs_no_procedure(office: Office) -> None:
    running = check_procedures(office)
    assert (running.level, running.found.split(", ")[0]) == ("ok", "Layanan Helpdesk (versi 1)")
    admin = office.sign_in("admin", PASSWORD)
    for each in office.read(procedures.in_force):
        office.perform(RetireProcedure(procedure_id=each.id), admin)
    none = check_procedures(office)
    assert (none.level, none.found) == ("warn", "Kantor ini belum menjalankan POS")
    assert "procedure adopt" in none.todo


@pytest.mark.parametrize(
    ("state", "level", "found"),
    [
        (UpdateState(version="9.9.9", at=1_000), "fail", "pemasangan 9.9.9 dimulai"),
        (UpdateState(version="0.9.0", at=9_000, left="1.0.0"), "warn", "kembali dari 1.0.0"),
    ],
)
def test_an_update_that_failed_or_was_gone_back_from(
    own_home: Path, state: UpdateState, level: str, found: str
) -> None:
    kept = UpdatePlaces.of_this_pc().kept
    assert list(check_updates("1.0.0", 9_100)) == []
    kept.mkdir(parents=True)
    (kept / "pembaruan.json").write_bytes(msgspec.json.encode(state))
    (line,) = check_updates("1.0.0", 9_100)
    assert line.level == level
    assert found in line.found


def test_a_procedure_whose_shipped_text_is_newer(office: Office) -> None:
    """The procedure stays as it was adopted until the office takes the new one."""
    admin = office.sign_in("admin", PASSWORD)
    shipped = load_procedure("kaltara-helpdesk")
    office.perform(AdoptProcedure(procedure=replace(shipped, related=("Naskah lama",))), admin)
    line = check_procedures(office)
    words = "bukan lagi naskah yang disertakan program: kaltara-helpdesk"
    assert (line.level, line.found) == ("warn", words)
    assert "`ult-desktop procedure adopt kaltara-helpdesk`" in line.todo
    office.perform(AdoptProcedure(procedure=shipped), admin)
    line = check_procedures(office)
    assert (line.level, "Layanan Helpdesk (versi 3)" in line.found) == ("ok", True)


@pytest.mark.parametrize(
    ("mark", "found"), [("staged", "9.9.9 belum berjalan di: pc"), ("released", "belum sampai di: pc")]
)
def test_how_far_an_update_has_come(office: Office, mark: str, found: str) -> None:
    assert list(check_rollout(office)) == []
    report_other(
        office, Presence(name="pc", mode="counter", version="0.1.0", boot="b", seen_at=office.clock())
    )
    identity = "pc-pc-b" if mark == "staged" else ""
    store_of(office).write(
        lambda tx: station_updates.add(tx, "9.9.9", identity, UpdateMark(mark), office.clock(), None)
    )
    (line,) = check_rollout(office)
    assert found in line.found
    assert ("belum sampai" in line.found) is (mark == "released")
