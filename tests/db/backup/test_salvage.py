"""Readable rows of a damaged file go into a side file; the original is only looked at."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.rows import event
from tests.db.store.test_damage import ruin
from ult_desktop.db.backup.restoring import salvage
from ult_desktop.db.store import events
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("copies")


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as link:
        return int(link.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def fill(path: Path, rows: int) -> None:
    store = Store(path)
    for n in range(rows):
        store.write(lambda tx, n=n: events.append(tx, event(f"r{n}", "é" * 90)))  # type: ignore[misc]
    store.close()


def ruin_a_leaf(path: Path, table: str) -> None:
    """One page in the middle of a table, so that both its ends are whole."""
    with closing(sqlite3.connect(path)) as link:
        (size,) = link.execute("PRAGMA page_size").fetchone()
        (root,) = link.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        page = file.read(size)
        cells = int.from_bytes(page[3:5], "big")
        at = int.from_bytes(page[12 + cells // 2 * 2 : 14 + cells // 2 * 2], "big")
        child = int.from_bytes(page[at : at + 4], "big")
        file.seek((child - 1) * size)
        file.write(b"\xa5" * size)


def test_both_ends_of_a_torn_table_are_saved(office_file: Path, tmp_path: Path) -> None:
    fill(office_file, 60)
    ruin_a_leaf(office_file, "event")
    before = office_file.read_bytes()
    side = tmp_path / "sisa.sqlite"
    rows = salvage(office_file, side)
    assert 20 < rows["event"] < 60
    assert rows["event"] == count(side, "event")
    with closing(sqlite3.connect(side)) as link:
        seen = {row[0] for row in link.execute("SELECT seq FROM event")}
        assert {1, 60} < seen
        assert link.execute("SELECT station FROM event WHERE seq = 1").fetchone() == ("é" * 90,)
    assert rows["officer"] == count(office_file, "officer") > 0
    assert office_file.read_bytes() == before


def test_a_table_without_rowids_is_saved_too(office_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(office_file)) as link:
        link.execute("INSERT INTO lease VALUES ('backup', 'loket-1', 5)")
        link.commit()
    assert salvage(office_file, tmp_path / "sisa.sqlite")["lease"] == 1


def test_a_lost_table_costs_no_other(office_file: Path, tmp_path: Path) -> None:
    ruin(office_file, "officer")
    rows = salvage(office_file, tmp_path / "sisa.sqlite")
    assert rows["officer"] == 0
    assert rows["service"] > 0


def test_a_file_without_its_head_gives_nothing(office_file: Path, tmp_path: Path) -> None:
    office_file.write_bytes(b"\xa5" * office_file.stat().st_size)
    assert salvage(office_file, tmp_path / "sisa.sqlite") == {}


def test_nothing_is_read_where_the_schema_is_no_text(office_file: Path, tmp_path: Path) -> None:
    whole = office_file.read_bytes()
    office_file.write_bytes(whole.replace(b"CREATE TABLE turn (", b"CREATE \xcfABLE turn ("))
    assert salvage(office_file, tmp_path / "sisi.sqlite") == {}
