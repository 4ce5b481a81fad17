"""The restore drill: the last backup comes back beside an office at work, is proved and goes again."""

import shutil
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.clocks import undoubted
from tests.db.store.test_damage import ruin
from tests.operations.backup.test_restoring import lay_in
from tests.operations.town import Town, busy_day
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base.errors import UserError
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import backup_folder, document_backup, drill as comparing, upkeep
from ult_desktop.db.backup.backup import verify_copy
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.drill import EVERY_MS, DrillReport, drill, drill_sheet, is_due
from ult_desktop.reports.sheet import sheet_pdf

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.file_only("copies")]
Usage = namedtuple("Usage", "total used free")


def tried(town: Town) -> DrillReport:
    return drill(town.path, town.disk, "loket-1")


def recorded(town: Town) -> upkeep.UpkeepRecord:
    with closing(Store(town.path)) as store:
        (row,) = store.read(lambda tx: upkeep.all_of(tx, upkeep.DRILL))
    return row


def left_beside(town: Town) -> list[Path]:
    return list(town.path.parent.glob("*.uji"))


def test_a_backup_is_brought_back_beside_an_office_at_work(town: Town) -> None:
    content = lay_in(town, b"surat").read_bytes()
    busy_day(town)
    crashed = town.path.with_name(".office.db.0.uji")
    crashed.mkdir()
    (crashed / "office.db").write_bytes(content)
    before = town.tickets(), town.log()
    report = tried(town)
    assert (report.faults, report.ok, report.events, report.documents) == ((), True, 2, 1)
    assert [(each.table, each.copied, each.same) for each in report.rows] == [
        ("ticket", 2, 2), ("casefile", 0, 0), ("guest", 0, 0),
    ]  # fmt: skip
    assert (recorded(town).place, recorded(town).trouble) == (report.backup, "")
    pages, words = pages_and_words(
        sheet_pdf(drill_sheet(town.offices["loket-1"].read(office_rows.load).settings, report))
    )
    assert pages == 1
    for told in ("BERHASIL", "2 di cadangan, 2 sama di kantor", "1 dicari di disk cadangan", "Petugas TI"):
        assert told.replace(" ", "") in words
    assert (town.tickets(), town.log()) == before
    assert left_beside(town) == []
    assert town.take("kios-1").label, "the stations go on"


def test_a_number_that_the_office_lost_is_found(town: Town) -> None:
    busy_day(town)
    with closing(Store(town.path)) as store:
        store.write(lambda tx: tx.run("UPDATE ticket SET label = 'A009' WHERE id = 2"))
    report = tried(town)
    assert report.faults == ("Nomor antrean: 2 di cadangan, 1 sama di kantor",)
    assert recorded(town).done_at == 0
    assert "Nomor antrean: 2 di cadangan" in recorded(town).trouble


def test_an_office_with_another_log_is_found(town: Town) -> None:
    town.take("kios-1")
    proved = verify_copy(town.back_up())
    town.take("kios-1")
    with closing(Store(town.path)) as store:
        assert comparing.has_last_event(store.read, proved)
        assert not comparing.has_last_event(store.read, msgspec.structs.replace(proved, last_hash="0" * 64))
        assert not comparing.has_last_event(store.read, msgspec.structs.replace(proved, last_seq=3))


def test_a_document_that_the_backup_disk_lacks_is_found(town: Town) -> None:
    path = lay_in(town, b"surat")
    busy_day(town)
    (home,) = town.disk.iterdir()
    document_backup.place_of(home, path.name).unlink()
    (finding,) = tried(town).findings
    assert finding.check == "document_missing"


def test_a_rotten_backup_is_passed_over_and_the_drill_has_failed(town: Town) -> None:
    town.take("kios-1")
    good = backup_folder.make_backup(town.path, town.disk, undoubted(town.now - 3_600_000)).path
    bad = town.back_up()
    ruin(bad, "ticket")
    report = tried(town)
    assert (report.backup, report.ok, str(bad) in report.passed_over[0]) == (str(good), False, True)
    ruin(good, "ticket")
    with pytest.raises(UserError, match="Tidak ada cadangan yang utuh"):
        tried(town)
    assert "Tidak ada cadangan yang utuh" in recorded(town).trouble
    assert left_beside(town) == []


def test_a_full_disk_is_not_filled(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    busy_day(town)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9, 10**6))
    with pytest.raises(UserError, match="tidak cukup untuk uji pemulihan") as refused:
        tried(town)
    assert "Kosongkan 17 MB" in refused.value.todo
    assert left_beside(town) == []


def test_two_drills_at_once_are_not_made(town: Town) -> None:
    busy_day(town)
    with closing(Store(town.path)) as store:
        store.write(lambda tx: upkeep.take_lease(tx, upkeep.DRILL, "loket-9", town.now))
    with pytest.raises(UserError, match="loket-9 sedang menguji pemulihan"):
        tried(town)


def test_it_is_asked_for_each_quarter(town: Town) -> None:
    def due_in(ms: int) -> bool:
        with closing(Store(town.path)) as store:
            return store.read(lambda tx: is_due(tx, town.now + ms))

    def done(tx: Transaction) -> None:
        upkeep.record_success(tx, upkeep.DRILL, "loket-1", town.now + 2 * DAY_MS)

    assert not due_in(EVERY_MS + DAY_MS), "a new office has no backup to try"
    town.take("kios-1")
    assert (due_in(EVERY_MS - DAY_MS), due_in(EVERY_MS + DAY_MS)) == (False, True)
    with closing(Store(town.path)) as store:
        store.write(done)
    assert (due_in(EVERY_MS + DAY_MS), due_in(EVERY_MS + 3 * DAY_MS)) == (False, True)
