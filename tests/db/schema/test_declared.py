"""An older file's grounds go out of the queue into the one table that is forgotten in time."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.schema.older import office_before
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.db.care import declarations
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.connection import has_its_schema, open_file
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("older")

THE_STEP = "m0005_declared_once"
NOW = 10_000_000


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Three numbers: with a visit, without one, and a regular one; the first visitor had said more."""
    path = office_before(THE_STEP, tmp_path)
    ticket = (
        "INSERT INTO ticket (id, code, day, series, number, label, service_id, state, place, priority, help,"
        " issued_at, queued_at) VALUES (?, 'c' || ?1, '2026-11-20', 'P', ?1, 'P' || ?1, 1, 'done', 'fresh',"
        " ?, ?, ?, 5)"
    )
    visit = (
        "INSERT INTO visit (id, day, channel, began_at, ticket_id)"
        " VALUES (?, '2026-11-20', 'tatap_muka', 5, ?)"
    )
    with closing(sqlite3.connect(path)) as link, link:
        link.executemany(
            ticket,
            [
                *((1, "menyusui", '["tongkat"]', 70), (2, "disabilitas", "[]", 71), (3, None, "[]", 72)),
                (4, "hamil", "[]", 73),
            ],
        )
        link.executemany(visit, [(11, 1), (13, 3), (14, 4)])
        link.execute("INSERT INTO vulnerability VALUES (14, '[\"hamil\",\"anak\"]', '[]', 60, NULL)")
    return path


def test_the_grounds_go_where_they_are_forgotten(older: Path) -> None:
    migrate_file(older, NOW, "kios")
    store = Store(older)
    found = [store.read(lambda tx, i=number: tickets.get(tx, i)) for number in (1, 2, 3, 4)]  # type: ignore[misc]
    assert [ticket.priority for ticket in found] == [True, True, False, True]
    assert (found[0].grounds, found[0].help) == ((PriorityReason.NURSING,), (Help.CANE,))
    assert [ticket.grounds for ticket in found[1:3]] == [(), ()]
    assert found[3].grounds == (PriorityReason.PREGNANT, PriorityReason.WITH_CHILD)
    assert store.write(lambda tx: declarations.forget_before(tx, 71)) == 2
    assert store.read(lambda tx: tickets.get(tx, 1)).grounds == ()
    store.close()


def test_nothing_of_them_lies_on_in_the_file(older: Path) -> None:
    assert b"disabilitas" in older.read_bytes()
    migrate_file(older, NOW, "kios")
    assert b"disabilitas" not in older.read_bytes()
    assert b"menyusui" in older.read_bytes()
    store = Store(older)
    store.write(lambda tx: declarations.forget_before(tx, NOW))
    store.close()
    assert b"menyusui" not in older.read_bytes()


def test_the_file_is_judged_by_its_new_shape(older: Path) -> None:
    migrate_file(older, NOW, "kios")
    with closing(open_file(older)) as link:
        assert has_its_schema(link)
        columns = {row[1] for row in link.execute("PRAGMA table_info(ticket)").fetchall()}
        assert "priority" in columns
        assert not {"help", "goes_first"} & columns
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            link.execute("UPDATE ticket SET priority = 2")
