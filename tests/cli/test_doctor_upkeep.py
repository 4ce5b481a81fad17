"""What `doctor` says of backups: where, when, and what to do."""

from pathlib import Path

import pytest

from tests.office import PASSWORD
from ult_desktop.cli import doctor_upkeep
from ult_desktop.cli.doctor_upkeep import OLD_BACKUP_MS, procedures_of, second_place, upkeep_of
from ult_desktop.core.visit_asks import RetireProcedure
from ult_desktop.db import procedures, upkeep
from ult_desktop.operations.office import Office


def levels(office: Office) -> list[tuple[str, str]]:
    return [(line.level, line.check) for line in upkeep_of(office)]


def test_a_backup_that_was_never_made_is_old_or_failed(office: Office) -> None:
    now = office.clock()
    assert levels(office) == [("warn", "Cadangan")]
    office._store.write(lambda tx: upkeep.failed(tx, upkeep.BACKUP, "loket-2", now, "Disk penuh."))
    assert levels(office) == [("warn", "Cadangan"), ("warn", "loket-2")]
    late = now - OLD_BACKUP_MS - 1000
    office._store.write(lambda tx: upkeep.succeeded(tx, upkeep.BACKUP, "loket-1", late, "E:/a.db"))
    assert levels(office)[0] == ("warn", "Cadangan")
    office._store.write(lambda tx: upkeep.succeeded(tx, upkeep.BACKUP, "loket-1", now, "E:/a.db"))
    office._store.write(lambda tx: upkeep.succeeded(tx, upkeep.CHECK, "loket-1", now))
    assert levels(office) == [("ok", "Cadangan"), ("ok", "Pemeriksaan malam"), ("warn", "loket-2")]
    assert "loket-1 E:/a.db" in next(upkeep_of(office)).found


def test_the_second_place_is_there_and_on_another_disk(
    tmp_path: Path, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(second_place(office_file, None)) == []
    (gone,) = second_place(office_file, tmp_path / "usb")
    (same,) = second_place(office_file, tmp_path)
    (alone,) = second_place(None, tmp_path)
    (lost,) = second_place(tmp_path / "tiada" / "office.db", tmp_path)
    monkeypatch.setattr(doctor_upkeep, "_same_disk", lambda _file, _place: False)
    (other,) = second_place(office_file, tmp_path)
    assert [line.level for line in (gone, same, alone, lost, other)] == ["fail", "warn", "ok", "ok", "ok"]


def test_an_office_that_runs_no_procedure(office: Office) -> None:
    running = procedures_of(office)
    assert (running.level, running.found.split(", ")[0]) == ("ok", "kaltara-helpdesk 1")
    admin = office.sign_in("admin", PASSWORD)
    for each in office.read(procedures.in_force):
        office.perform(RetireProcedure(procedure_id=each.id), admin)
    none = procedures_of(office)
    assert (none.level, none.found) == ("warn", "Kantor ini belum menjalankan POS")
    assert "procedure adopt" in none.todo
