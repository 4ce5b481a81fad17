"""The choice of a restore, and what it would bring back: shown before anything is touched."""

import shutil
from pathlib import Path

import pytest

from tests.db.store.test_damage import ruin
from tests.operations.town import Town, busy_day
from ult_desktop.base.errors import UserError
from ult_desktop.db.backup import backup_folder, upkeep
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup import choices
from ult_desktop.operations.backup.restoring import restore

pytestmark = [pytest.mark.usefixtures("windows_files", "quick_reopens"), pytest.mark.file_only("copies")]


def ahead(town: Town, source: Path, *carried: str) -> choices.BackupOutlook:
    folders = tuple(town.pcs[name] for name in carried)
    return choices.assess_backup(town.path, source, town.pcs["loket-1"], folders)


@pytest.mark.slow
def test_what_no_journal_within_reach_knows_is_told_as_lost_before(town: Town) -> None:
    """Told before: the restore after it finds the same."""
    busy_day(town)
    town.close()
    (found,) = choices.find_backups(town.path, town.disk).choices
    without = ahead(town, found.path)
    assert (without.numbers, without.cases, without.entries) == (4, 0, 8)
    assert (without.repeated, without.lost, without.known) == (4, 4, True)
    carried = ahead(town, found.path, "kios-1", "kios-2")
    assert (carried.repeated, carried.lost) == (8, 0)
    assert len(restore(town.wish("kios-1", "kios-2", force=True)).replayed.done) == carried.repeated


def test_a_damaged_file_tells_nothing_but_the_journals_do(town: Town) -> None:
    busy_day(town)
    town.close()
    (found,) = choices.find_backups(town.path, town.disk).choices
    town.path.write_bytes(b"rusak" * 4000)
    outlook = ahead(town, found.path, "kios-1", "kios-2")
    assert (outlook.known, outlook.repeated, outlook.entries, outlook.lost) == (False, 8, 0, 0)
    assert outlook.office == "BPMP Provinsi Kalimantan Utara"


def test_a_disk_that_is_pulled_while_its_backups_are_listed_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_day(town)
    town.close()
    (stored,) = backup_folder.list_backups(backup_folder.office_folders(town.disk)[0])
    monkeypatch.setattr(
        backup_folder, "list_backups", lambda folder: (stored,) if folder != town.path.parent else ()
    )
    stored.path.unlink()
    found = choices.find_backups(town.path, town.disk)
    assert found.choices == ()
    assert "tidak dapat dibaca" in found.trouble


def test_the_file_that_was_set_aside_can_be_put_back(town: Town) -> None:
    busy_day(town)
    town.close()
    log = town.log()
    restore(town.wish(force=True))
    aside, kept = choices.find_backups(town.path, town.disk).choices
    assert (aside.set_aside, kept.set_aside) == (True, False)
    outlook = ahead(town, aside.path)
    assert (outlook.entries, outlook.lost) == (0, 0), "the mark of the restore is nobody's work"
    restore(town.wish(force=True, source=aside.path))
    assert town.log()[:-1] == log


def test_two_files_that_were_set_aside_in_one_second_are_both_listed(town: Town) -> None:
    town.back_up()
    town.close()
    wish = town.wish(force=True)
    for _turn in range(2):
        restore(wish)
    found = choices.find_backups(town.path, town.disk).choices
    aside = [each for each in found if each.set_aside]
    assert (len(aside), len({each.at for each in aside})) == (2, 1)


def test_a_backup_that_lies_beside_the_office_was_not_set_aside(town: Town) -> None:
    shutil.copy(town.back_up(), town.path.parent)
    (kept,) = choices.find_backups(town.path, town.disk).choices
    assert (kept.path.parent.parent, kept.set_aside) == (town.disk, False)


def test_a_rotten_backup_and_one_of_another_office_are_refused_in_words(town: Town, tmp_path: Path) -> None:
    bad = town.back_up()
    ruin(bad, "ticket")
    with pytest.raises(UserError, match="bukan salinan kantor yang utuh"):
        ahead(town, bad)
    other = Town(tmp_path / "lain")
    foreign = other.back_up()
    other.close()
    with pytest.raises(UserError, match="adalah cadangan kantor lain"):
        ahead(town, foreign)
    mixed = choices.find_backups(town.path, other.disk.parent / "disk")
    assert mixed.choices == (), "another office's folder is not even listed"


def test_why_nothing_is_listed(town: Town, tmp_path: Path) -> None:
    assert choices.find_backups(town.path, None).trouble == "Komputer ini tanpa folder cadangan."
    away = tmp_path / "usb"
    assert choices.find_backups(town.path, away).trouble == f"Folder cadangan {away} tidak ada."


def test_a_pc_without_a_folder_names_those_that_have_backups(town: Town) -> None:
    made = town.back_up()
    place, now = str(made), town.now
    town.close()
    store = Store(town.path)
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-2", now, place=place))
    store.close()
    trouble = choices.find_backups(town.path, None).trouble
    assert trouble.startswith("Komputer ini tanpa folder cadangan. Cadangan ada di: ")
    assert f"loket-2, {place}" in trouble


def test_what_is_on_the_disk_is_listed_while_the_share_fails(town: Town, tmp_path: Path) -> None:
    failing = tmp_path / "dead"
    failing.write_bytes(b"")  # no folder: it cannot be listed, and is there
    kept = town.back_up()
    found = choices.find_backups(failing / "office.db", town.disk)
    assert [each.path for each in found.choices] == [kept]
    assert found.trouble.startswith(f"Folder cadangan {failing} tidak dapat dibaca")


def test_who_has_to_be_closed_first(town: Town) -> None:
    store = Store(town.path)
    for name in ("kios-1", "loket-1"):
        seen = Presence(name=name, mode="kiosk", version="1", boot="b", seen_at=town.now, identity=name)
        store.write(lambda tx, seen=seen: stations.report(tx, seen))  # type: ignore[misc]
    store.close()
    assert choices.other_stations_at_work(town.path, "loket-1") == ("kios-1",)
