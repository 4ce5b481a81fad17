"""The disk that loses what was not synced, and the watch on SQLite that feeds it."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.survival.disk import SECTOR, Disk, PowerCutModel
from benchmarks.survival.vfs import watch

FILE = "/share/a.db"
NOTHING, ALL = 0.0, 1.0


def after(disk: Disk, survival: float, seed: int = 1) -> bytes | None:
    return disk.after(PowerCutModel(random.Random(seed), survival), [FILE]).get(FILE)


@pytest.fixture
def disk() -> Disk:
    disk = Disk()
    disk.opened(FILE, b"old" * SECTOR)
    return disk


def test_what_is_not_synced_may_be_gone_and_what_is_may_not(disk: Disk) -> None:
    disk.wrote(FILE, 0, b"new")
    disk.resized(FILE, 10)
    assert after(disk, NOTHING) == b"old" * SECTOR
    assert after(disk, ALL) == disk.intact(FILE) == b"newoldoldo"
    disk.synced(FILE)
    assert after(disk, NOTHING) == b"newoldoldo"
    assert disk.after(PowerCutModel(random.Random(1), NOTHING), []) == {FILE: b"newoldoldo"}


def test_any_sector_may_be_the_one_that_came_and_in_part(disk: Disk) -> None:
    disk.wrote(FILE, 0, b"N" * 3 * SECTOR)
    left = {after(disk, 0.5, seed) or b"" for seed in range(200)}
    whole = {tuple(each[n * SECTOR : (n + 1) * SECTOR] == b"N" * SECTOR for n in range(3)) for each in left}
    assert len(whole) == 8
    torn = [each[:SECTOR] for each in left if 0 < each[:SECTOR].count(b"N") < SECTOR]
    assert any(each.startswith(b"N") for each in torn)
    assert any(each.endswith(b"N") for each in torn)


def test_a_file_may_have_got_its_length_and_not_its_content(disk: Disk) -> None:
    disk.wrote(FILE, 3 * SECTOR + 5, b"tail")
    lengths = {len(after(disk, 0.5, seed) or b"") for seed in range(50)}
    assert min(lengths) == 3 * SECTOR
    assert max(lengths) == 3 * SECTOR + 9
    disk.resized(FILE, 5 * SECTOR)
    assert len(after(disk, ALL) or b"") == 5 * SECTOR


def test_a_new_file_is_surely_there_when_its_folder_is_synced() -> None:
    disk, journal = Disk(), f"{FILE}-journal"
    disk.opened(FILE, None)
    disk.wrote(FILE, 0, b"x")
    disk.synced(FILE)
    assert after(disk, NOTHING) is None
    assert after(disk, ALL) == b"x"
    disk.opened(journal, None)
    disk.synced(journal)
    assert after(disk, NOTHING) == b"x"


def test_a_deleted_file_may_come_back(disk: Disk) -> None:
    disk.deleted(FILE)
    assert disk.intact(FILE) is None
    assert after(disk, NOTHING) == b"old" * SECTOR
    assert after(disk, ALL) is None
    disk.opened(FILE, None)
    assert after(disk, NOTHING) == b"old" * SECTOR


@pytest.mark.parametrize("mode", ["truncate", "wal", "delete"])
def test_the_watch_misses_nothing_that_sqlite_does(tmp_path: Path, mode: str) -> None:
    disk, path, moments = Disk(), tmp_path / "uji.db", []
    with watch(tmp_path, disk, lambda: moments.append(1)), closing(sqlite3.connect(path)) as link:
        link.execute(f"PRAGMA journal_mode = {mode}")
        link.execute("CREATE TABLE t (x)")
        for number in range(20):
            with link:
                link.execute("INSERT INTO t VALUES (?)", (str(number) * 3000,))
        with link:
            link.execute("DELETE FROM t")
        link.execute("VACUUM")
    assert len(moments) > 100
    there = {str(each): each.read_bytes() for each in tmp_path.iterdir() if not each.name.endswith("-shm")}
    assert {each: disk.intact(each) for each in disk.entries if disk.intact(each) is not None} == there
    with closing(sqlite3.connect(tmp_path / "danach.db")) as link:
        link.execute("CREATE TABLE t (x)")
    assert not any("danach" in each for each in disk.entries)


def test_an_error_of_the_one_who_looks_is_not_lost(tmp_path: Path) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    with (
        pytest.raises(ZeroDivisionError),
        watch(tmp_path, Disk(), fails),
        closing(sqlite3.connect(tmp_path / "uji.db")) as link,
        pytest.raises(sqlite3.OperationalError),
    ):
        link.execute("CREATE TABLE t (x)")
