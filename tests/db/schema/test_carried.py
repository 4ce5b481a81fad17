"""An older file's record of backups stays, and journals get a place beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.schema.older import office_before
from ult_desktop.db.backup import upkeep
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.store.connection import has_its_schema, open_file
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("older")

NOW = 10_000_000


def test_what_was_on_record_stays(tmp_path: Path) -> None:
    path = office_before("m0017_carried", tmp_path)
    with closing(sqlite3.connect(path)) as link, link:
        link.execute("INSERT INTO upkeep VALUES ('backup', 'loket-1', 5, 7, 'E:/a.db', 'Disk penuh.')")
    migrate_file(path, NOW, "loket-1")
    store = Store(path)
    (row,) = store.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    assert (row.done_at, row.tried_at, row.place, row.trouble) == (5, 7, "E:/a.db", "Disk penuh.")
    assert row.reading_ms == 0
    store.write(lambda tx: upkeep.record_success(tx, upkeep.JOURNALS, "loket-1", NOW))
    store.close()
    with closing(open_file(path)) as link:
        assert has_its_schema(link)
