"""Offices of other builds: of one before version 0.1.0, and of this program one migration later."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ult_desktop.db.migrations import MIGRATIONS, Statements

LATER = "m9999_later"
LAST_OF_TRIAL = "m0044_origins"


def later(db: Statements) -> None:
    db.execute("CREATE TABLE later (a INTEGER) STRICT")
    db.execute("ALTER TABLE ticket ADD COLUMN later INTEGER")


@contextmanager
def next_program(migration: Callable[[Statements], None] = later) -> Iterator[None]:
    """Open and make offices as the next version does."""
    MIGRATIONS.by_name[LATER] = migration
    try:
        yield
    finally:
        del MIGRATIONS.by_name[LATER]


def as_of_trial_build(path: Path) -> bytes:
    """Give the office file the migrations of a build before version 0.1.0; return its bytes."""
    with closing(sqlite3.connect(path)) as link, link:
        link.execute("DELETE FROM _sqlite_migrations")
        link.executemany(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ult_desktop', ?, '')",
            [("m0001_main_job",), ("m0002_procedures",), (LAST_OF_TRIAL,)],
        )
    return path.read_bytes()
