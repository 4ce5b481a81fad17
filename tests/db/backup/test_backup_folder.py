"""The second place: what comes there, what stays, and what an unplugged or full disk says."""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from tests.clocks import undoubted
from tests.db.backup import backup_process
from tests.db.other_process import other_process
from tests.db.privileges import public_folder, unprivileged
from tests.db.rows import event
from tests.db.store.test_damage import ruin
from tests.office import make_office
from ult_desktop.base.errors import UserError
from ult_desktop.core.stamps import DAY_MS, to_datetime
from ult_desktop.db.backup import answer_backup, backup, backup_folder, witnesses
from ult_desktop.db.store import events
from ult_desktop.db.store.store import Store

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.file_only("copies")]

NOW = backup_process.NOW
HOUR = 3_600_000


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def test_a_backup_is_named_after_its_time_and_lies_in_its_offices_folder(
    office_file: Path, disk: Path
) -> None:
    made = backup_folder.make_backup(office_file, disk, undoubted(NOW))
    uid = backup.uid_of(office_file)
    home = backup_folder.office_folder(disk, office_file, uid)
    assert made.path == home / "office-20261123T021320Z.db"
    assert names(home) == [made.path.name]
    (kept,) = backup_folder.list_backups(home)
    assert (kept.path, kept.at, made.copy.uid) == (made.path, NOW, uid)
    assert backup_folder.office_folders(disk) == backup_folder.office_folders(home) == (home,)
    assert backup_folder.office_folders(office_file.parent) == ()


def test_one_of_the_same_second_replaces_no_other(office_file: Path, disk: Path) -> None:
    """Its name is the next second's; of one hour the later one stays."""
    first = backup_folder.make_backup(office_file, disk, undoubted(NOW))
    second = backup_folder.make_backup(office_file, disk, undoubted(NOW))
    assert second.path.name == "office-20261123T021321Z.db"
    assert second.removed == (first.path,)


def months_of_backups(made: Path, days: int) -> list[Path]:
    """A backup at the same hour of each of so many days before `NOW`, the oldest first."""
    home, found = made.parent, []
    for day in range(days, 0, -1):
        at = to_datetime(NOW - day * DAY_MS, UTC)
        found.append(home / f"office-{at:%Y%m%dT%H%M%SZ}.db")
        shutil.copyfile(made, found[-1])
    return found


def write_event(office_file: Path, at: int) -> None:
    store = Store(office_file)
    store.write(lambda tx: events.append(tx, event("r1", at=at)))
    store.close()


@pytest.mark.slow
def test_old_ones_go_a_few_at_once_and_strangers_stay(office_file: Path, tmp_path: Path, disk: Path) -> None:
    made = backup_folder.make_backup(office_file, disk, undoubted(NOW - HOUR))
    home = made.path.parent
    days = months_of_backups(made.path, 60)
    stranger = home / "office-20250101T000000Z.db"
    shutil.copyfile(make_office(tmp_path / "lain"), stranger)
    torn = home / "office-20250102T000000Z.db"
    torn.write_bytes(b"rusak")
    named = home / "catatan-saya.db"
    named.write_bytes(b"bukan cadangan")
    gone = [backup_folder.make_backup(office_file, disk, undoubted(NOW + n * 1000)).removed for n in range(8)]
    assert gone[0] == tuple(days[:5])
    kept = set(home.iterdir())
    assert {stranger, torn, named, *days[-30:]} < kept
    assert not set(days[:6]) & kept


@pytest.mark.parametrize("wrong", [365 * DAY_MS, 22 * DAY_MS, -2 * DAY_MS])
def test_nothing_goes_on_a_clocks_word_alone(office_file: Path, disk: Path, wrong: int) -> None:
    """The share's own clock is ahead or behind; the log and the last backup know better."""
    write_event(office_file, NOW - HOUR)
    made = backup_folder.make_backup(office_file, disk, undoubted(NOW - HOUR))
    months_of_backups(made.path, 60)
    before = set(made.path.parent.glob("*.db"))
    told = backup_folder.make_backup(office_file, disk, undoubted(NOW + wrong))
    assert set(made.path.parent.glob("*.db")) == before | {told.path}, "a backup is made all the same"
    assert told.removed == ()
    assert told.doubt is not None
    assert "jam komputer penyimpan" in told.doubt.todo
    again = backup_folder.make_backup(office_file, disk, undoubted(NOW + wrong + HOUR))
    assert again.removed == (), "its own backup is no witness for it"
    assert again.doubt is not None


def test_two_weeks_of_holidays_are_no_reason_to_doubt(office_file: Path, disk: Path) -> None:
    write_event(office_file, NOW)
    made = backup_folder.make_backup(office_file, disk, undoubted(NOW))
    months_of_backups(made.path, 60)
    told = backup_folder.make_backup(office_file, disk, undoubted(NOW + 17 * DAY_MS))
    assert told.doubt is None
    assert len(told.removed) == backup_folder.MOST_DELETED_AT_ONCE


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(office_file: Path, disk: Path) -> None:
    with backup_process.start(office_file, disk) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "step\n"
        process.kill()
    (home,) = disk.iterdir()
    assert [name.rsplit(".", 1)[1] for name in names(home)] in (["part"], ["part", "part-journal"])
    assert backup_folder.list_backups(home) == ()
    made = backup_folder.make_backup(office_file, disk, undoubted(NOW + 1000))
    assert names(home) == [made.path.name]


@pytest.mark.slow
@pytest.mark.posix_only("file limit")
def test_a_disk_that_refuses_in_the_middle_is_told_and_left_clean(office_file: Path, disk: Path) -> None:
    first = backup_folder.make_backup(office_file, disk, undoubted(NOW - HOUR))
    with backup_process.start(office_file, disk, limit=100_000) as process:
        out, _err = process.communicate()
    assert out.startswith(f"Cadangan ke {disk} gagal (")
    assert names(first.path.parent) == [first.path.name]
    assert backup.verify_copy(first.path) == first.copy


def test_a_full_disk_is_told_before_and_after(
    office_file: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(":memory:")) as link:
        link.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as full:
            link.execute("CREATE TABLE a (b)")
    assert "penuh" in backup_folder._not_made(disk, full.value).what
    monkeypatch.setattr(backup_folder, "SPARE_BYTES", 2**62)
    with pytest.raises(UserError, match=re.escape(f"Disk cadangan {disk} penuh")) as told:
        backup_folder.make_backup(office_file, disk, undoubted(NOW))
    assert "tidak tersentuh" in told.value.safe
    assert list(disk.rglob("*.db")) == []


def test_an_unplugged_disk_is_not_made_up(office_file: Path, tmp_path: Path) -> None:
    """Else the PC's own disk fills up below an empty mount point."""
    with pytest.raises(UserError, match="tidak ada") as told:
        backup_folder.make_backup(office_file, tmp_path / "usb", undoubted(NOW))
    assert "Pasang disknya" in told.value.todo
    assert not (tmp_path / "usb").exists()


@pytest.mark.posix_only("modes")
def test_a_disk_without_the_right_to_write_is_told() -> None:
    with public_folder() as folder:
        path = make_office(folder / "kantor")
        path.chmod(0o666)
        path.parent.chmod(0o777)
        closed = folder / "disk"
        closed.mkdir(mode=0o555)
        with unprivileged(), pytest.raises(UserError, match="tidak dapat ditulis"):
            backup_folder.make_backup(path, closed, undoubted(NOW))


def test_a_damaged_office_makes_no_backup(office_file: Path, disk: Path) -> None:
    first = backup_folder.make_backup(office_file, disk, undoubted(NOW))
    ruin(office_file, "ticket")
    with pytest.raises(backup.BadCopy):
        backup_folder.make_backup(office_file, disk, undoubted(NOW + 40 * DAY_MS))
    assert names(first.path.parent) == [first.path.name]


def test_a_file_that_somebody_holds_is_told(
    office_file: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "RETRY_LIMIT_S", 0.0)
    with other_process("exclusive", office_file), pytest.raises(UserError, match="locked"):
        backup_folder.make_backup(office_file, disk, undoubted(NOW))


def test_a_folder_that_cannot_be_read_is_no_empty_one(tmp_path: Path) -> None:
    """Asked of a disk that fails, Python's `Path.glob` finds nothing and says nothing."""
    failing = tmp_path / "disk"
    failing.write_bytes(b"")  # no folder: it cannot be listed, and is there
    for ask in (backup_folder.list_backups, backup_folder.office_folders):
        with pytest.raises(UserError, match="tidak dapat dibaca"):
            ask(failing)
    with pytest.raises(OSError, match="disk"):
        backup.copies_in(failing)
    with pytest.raises(OSError, match="disk"):
        answer_backup.delete_orphans(failing)
    assert witnesses.list_readable(failing) == ()
