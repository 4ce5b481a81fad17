"""The tables of archives go with an older file's next opening; a file that has archives stays as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.rows import event
from tests.db.schema.older import office_before
from tests.office import open_office
from ult_desktop.db.backup import backup
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.schema.archives import DROPPED
from ult_desktop.db.store import events
from ult_desktop.db.store.connection import has_its_schema, open_file
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.restoring import last_good

pytestmark = pytest.mark.file_only("older")

THE_STEP = "m0013_one_file"
NOW = 10_000_000
HASH = "0" * 64
ROWS = {
    "archive": f"(2023, 't', 'done', '2023-12-31', 1, 9, '{HASH}', '{HASH}', '{HASH}', '{{}}', '{{}}', 5, 0)",
    "log_start": f"(1, 9, '{HASH}', 3)",
    "archived_month": "('2023-01', 'visits', 7)",
    "archived_request": "('surel', 'k', 'D-0001/2023')",
    "archive_change": f"(1, 2023, '{HASH}', '{HASH}', '{{}}', '{{}}', 5, NULL, '[]', NULL)",
    "subject_archived": "(1, 2023, 4, 5, NULL, NULL, NULL, NULL)",
}


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as link:
        return {name for (name,) in link.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def with_a_row(table: str, folder: Path) -> Path:
    path = office_before(THE_STEP, folder)
    with closing(sqlite3.connect(path)) as link, link:
        link.execute(f"INSERT INTO {table} VALUES {ROWS[table]}")
    return path


@pytest.mark.parametrize("step", [THE_STEP, "m0012_archive_changes", "m0008_archives", "m0005_declared_once"])
def test_empty_tables_go_and_the_log_is_kept_as_in_a_new_office(step: str, tmp_path: Path) -> None:
    older = office_before(step, tmp_path)
    assert migrate_file(older, NOW, "kios") is not None
    assert not set(DROPPED) & tables(older)
    with closing(open_file(older)) as link:
        assert has_its_schema(link)
    store = Store(older)
    store.write(lambda tx: events.append(tx, event("r1")))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.write(lambda tx: tx.run("DELETE FROM event"))
    store.close()


def test_a_new_office_has_none(office_file: Path) -> None:
    assert set(ROWS) == set(DROPPED)
    assert not set(DROPPED) & tables(office_file)


@pytest.mark.parametrize("table", DROPPED)
def test_a_file_with_archives_is_refused_and_stays_byte_for_byte(table: str, tmp_path: Path) -> None:
    path = with_a_row(table, tmp_path)
    before = path.read_bytes()
    with pytest.raises(WritesBlocked, match="punya arsip") as refused:
        migrate_file(path, NOW, "kios")
    assert refused.value.safe == "Berkas itu tidak diubah."
    assert refused.value.todo
    with pytest.raises(WritesBlocked, match="punya arsip"):
        open_office(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("office*")] == [path.name]


def test_a_backup_with_archives_is_not_restored(tmp_path: Path) -> None:
    copy = with_a_row("archive", tmp_path)
    before = copy.read_bytes()
    with pytest.raises(WritesBlocked, match="punya arsip"):
        backup.verify_copy(copy)
    with pytest.raises(WritesBlocked, match="punya arsip"):
        last_good(copy, "")
    assert copy.read_bytes() == before
