"""Files on a PC's own disk: forgotten is gone, nobody else reads them, and no WAL."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.store.test_journal import entry
from tests.office import connection_of
from ult_desktop.db.store.drafts import DraftKey, Drafts
from ult_desktop.db.store.journal import KEPT_MS, Journal

NAME = "Hasanuddin bin Abdullah"
SCHEMA = "CREATE TABLE IF NOT EXISTS work (request TEXT PRIMARY KEY, name TEXT) STRICT, WITHOUT ROWID"
OTHER_WRITER = """
import sqlite3, sys
link = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    link.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "milik-stasiun" / "journal-kios.db"


def where_it_stands(folder: Path, text: str = NAME) -> list[str]:
    return [path.name for path in folder.iterdir() if text.encode() in path.read_bytes()]


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_name_is_gone_with_its_35_days(path: Path) -> None:
    journal = Journal(path)
    for n in range(40):
        journal.begin(entry(f"r{n:02}", at=1)._replace(arguments=f'{{"name":"{NAME}"}}'))
        journal.close_entry(f"r{n:02}", "done")
    assert where_it_stands(path.parent) == [path.name]
    journal.forget_before(KEPT_MS + 2)
    assert where_it_stands(path.parent) == []
    journal.close()


@pytest.mark.posix_only("modes")
def test_other_accounts_of_the_pc_read_none_of_it(path: Path) -> None:
    journal = Journal(path)
    assert [mode_of(each) for each in (path.parent, path)] == [0o700, 0o600]
    connection_of(journal).execute("BEGIN IMMEDIATE")
    connection_of(journal).execute("DELETE FROM work")
    assert {mode_of(each) for each in path.parent.iterdir()} == {0o600}
    connection_of(journal).execute("ROLLBACK")
    journal.close()
    path.chmod(0o644)
    Journal(path).close()
    assert mode_of(path) == 0o600


@pytest.mark.posix_only("modes")
def test_drafts_and_their_copies_are_as_private(tmp_path: Path) -> None:
    drafts, key = Drafts(tmp_path / "drafts.db"), DraftKey(1, "tamu", "")
    drafts.keep(key, f'{{"name":"{NAME}"}}', 1)
    copy = drafts.set_aside(key)
    assert (mode_of(drafts.path), mode_of(copy)) == (0o600, 0o600)
    assert where_it_stands(tmp_path) == [copy.name]
    drafts.close()


def test_a_second_connection_of_the_station_drops_no_lock(path: Path) -> None:
    journal = Journal(path)
    connection_of(journal).execute("BEGIN IMMEDIATE")
    Journal(path).close()
    tried = subprocess.run(
        [sys.executable, "-c", OTHER_WRITER, str(path)], capture_output=True, text=True, check=True
    )
    assert tried.stdout == "database is locked\n"
    journal.close()
