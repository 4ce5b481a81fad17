"""A long table is read in short transactions, whatever its key and however slow the share."""

import sqlite3
from pathlib import Path

import pytest

from ult_desktop.db.store import key_ranges
from ult_desktop.db.store.key_ranges import KeyRange
from ult_desktop.db.store.transaction import Transaction

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
PLAIN = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)"
KEYED = "CREATE TABLE t (a TEXT, id INTEGER, PRIMARY KEY (a, id)) WITHOUT ROWID"


class Shelf:
    """A file with one table `t`; each read is a transaction, and they are counted."""

    def __init__(self, folder: Path, table: str, rows: int) -> None:
        self.link = sqlite3.connect(folder / "t.db", isolation_level=None, check_same_thread=False)
        self.link.execute(table)
        for n in range(rows):
            self.link.execute("INSERT INTO t (id, a) VALUES (?, ?)", (n * 3, "ab"[n % 2]))
        self.reads = 0

    def read(self, query: key_ranges.Query[key_ranges.T]) -> key_ranges.T:
        self.reads += 1
        self.link.execute("BEGIN")
        try:
            return query(Transaction(self.link))
        finally:
            self.link.execute("ROLLBACK")


def ids(tx: Transaction, span: KeyRange) -> list[int]:
    return tx.column(f"SELECT id FROM t WHERE {span.condition} ORDER BY {span.key}", *span.values)


@pytest.mark.parametrize("table", [PLAIN, KEYED])
@pytest.mark.parametrize("rows", [0, 1, 20, 50, 61])
def test_every_row_is_met_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, rows: int
) -> None:
    monkeypatch.setattr(key_ranges, "FIRST_ROWS", 10)
    shelf = Shelf(tmp_path, table, rows)
    found = list(key_ranges.walk(shelf.read, "t", ids))
    assert sorted(each for part in found for each in part) == [n * 3 for n in range(rows)]
    assert len(found) == shelf.reads, "each range has its transaction, and the first learns the key in it"
    assert all(len(part) <= 10 * 2**n for n, part in enumerate(found))
    shelf.link.close()


def test_a_slow_share_is_read_in_smaller_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read that would take too long is broken off; the fewest rows are read in any case."""
    monkeypatch.setattr(key_ranges, "LONGEST_S", 0.01)
    shelf, asked = Shelf(tmp_path, PLAIN, 40), list[int]()

    def slow(tx: Transaction, span: KeyRange) -> list[int]:
        found = ids(tx, span)
        asked.append(len(found))
        if len(found) > key_ranges.FEWEST_ROWS:
            tx.value(ENDLESS)
        return found

    monkeypatch.setattr(key_ranges, "FIRST_ROWS", 30)
    monkeypatch.setattr(key_ranges, "USUAL_S", 0.0001)
    found = list(key_ranges.walk(shelf.read, "t", slow))
    assert [each for part in found for each in part] == [n * 3 for n in range(40)]
    assert asked[0] == 30
    assert {len(part) for part in found} <= {0, key_ranges.FEWEST_ROWS}
    shelf.link.close()


def test_only_an_interruption_is_broken_off(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PLAIN, 1)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        shelf.read(lambda tx: key_ranges.run_in_time(tx, lambda tx: tx.value("SELECT 1 FROM tiada")))
    assert shelf.read(lambda tx: key_ranges.run_in_time(tx, lambda tx: tx.number("SELECT 7"))) == 7
    shelf.link.close()
