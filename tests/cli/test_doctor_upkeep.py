"""What `doctor` says of backups: where, when, and what to do."""

from pathlib import Path

import pytest

from tests.office import PASSWORD
from ult_desktop.cli import doctor_upkeep
from ult_desktop.cli.doctor_upkeep import (
    OLD_BACKUP_MS,
    check_backup_folder,
    check_procedures,
    check_upkeep,
)
from ult_desktop.core.visits.commands import RetireProcedure
from ult_desktop.db.backup import upkeep
from ult_desktop.db.procedures import procedures
from ult_desktop.operations.office.office import Office


def levels(office: Office) -> list[tuple[str, str]]:
    return [(line.level, line.check) for line in check_upkeep(office)]


def test_a_backup_that_was_never_made_is_old_or_failed(office: Office) -> None:
    now = office.clock()
    assert levels(office) == [("warn", "Cadangan")]
    office._store.write(lambda tx: upkeep.record_failure(tx, upkeep.BACKUP, "loket-2", now, "Disk penuh."))
    assert levels(office) == [("warn", "Cadangan"), ("warn", "loket-2")]
    late = now - OLD_BACKUP_MS - 1000
    office._store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", late, "E:/a.db"))
    assert levels(office)[0] == ("warn", "Cadangan")
    office._store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", now, "E:/a.db"))
    office._store.write(lambda tx: upkeep.record_success(tx, upkeep.CHECK, "loket-1", now))
    assert levels(office) == [("ok", "Cadangan"), ("ok", "Pemeriksaan malam"), ("warn", "loket-2")]
    assert "loket-1 E:/a.db" in next(check_upkeep(office)).found


def test_the_second_place_is_there_and_on_another_disk(
    tmp_path: Path, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(check_backup_folder(office_file, None)) == []
    (gone,) = check_backup_folder(office_file, tmp_path / "usb")
    (same,) = check_backup_folder(office_file, tmp_path)
    (alone,) = check_backup_folder(None, tmp_path)
    (lost,) = check_backup_folder(tmp_path / "tiada" / "office.db", tmp_path)
    monkeypatch.setattr(doctor_upkeep, "_same_disk", lambda _file, _place: False)
    (other,) = check_backup_folder(office_file, tmp_path)
    assert [line.level for line in (gone, same, alone, lost, other)] == ["fail", "warn", "ok", "ok", "ok"]


def test_an_office_that_runs_no_procedure(office: Office) -> None:
    running = check_procedures(office)
    assert (running.level, running.found.split(", ")[0]) == ("ok", "kaltara-helpdesk 1")
    admin = office.sign_in("admin", PASSWORD)
    for each in office.read(procedures.in_force):
        office.perform(RetireProcedure(procedure_id=each.id), admin)
    none = check_procedures(office)
    assert (none.level, none.found) == ("warn", "Kantor ini belum menjalankan POS")
    assert "procedure adopt" in none.todo
