"""The office file's schema as append-only migrations. A landed migration is never edited.

STRICT tables, checks and foreign keys hold what no program may break; the partial unique indexes on
`turn` are what makes "two counters, one visitor" and "one officer serving two" impossible rather than
merely unlikely. Each index is argued where it stands; `tests/db/test_plans.py` holds the plans to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.db.schema import (
    access,
    accounts,
    archives,
    care,
    cases,
    online,
    privacy,
    queue,
    survey,
    visits,
)
from ult_desktop.db.schema.cases import shipped_rows
from ult_desktop.db.schema.privacy import new_fingerprints

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    import sqlite_utils
    from sqlite_utils import Database
    from sqlite_utils import migrations as library

    Migration = Callable[[Database], None]
else:
    library = late("sqlite_utils.migrations")
    sqlite_utils = late("sqlite_utils")


class Migrations:
    """Migrations by name, in their order.

    Every open asks for their names; what carries them out is imported when there is one to carry out.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.by_name: dict[str, Migration] = {}

    def __call__(self, migration: Migration) -> Migration:
        self.by_name[migration.__name__] = migration
        return migration

    def apply(self, link: sqlite3.Connection) -> None:
        """Those that the file has not had."""
        every = library.Migrations(self.name)
        for name, migration in self.by_name.items():
            every(name=name)(migration)
        every.apply(sqlite_utils.Database(link))

    def repeat(self, names: frozenset[str], link: sqlite3.Connection) -> None:
        """Those of these names, without a record of it."""
        for name, migration in self.by_name.items():
            if name in names:
                migration(sqlite_utils.Database(link))


MIGRATIONS = Migrations("ult_desktop")

APPLICATION_ID = 0x554C5431  # "ULT1": tells an office file from any other SQLite file


@MIGRATIONS
def m0001_main_job(db: Database) -> None:
    """Office, queue, log: what the main job stands on."""
    for statement in _statements(queue.OFFICE + queue.QUEUE + queue.LOG):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@MIGRATIONS
def m0002_procedures(db: Database) -> None:
    """The written procedures: visits, cases, telephone, online, care, survey, accounts."""
    parts = (
        visits.VISITS,
        visits.GUESTS,
        cases.CASES,
        cases.ANSWER_SEARCH,
        online.PHONE,
        online.ONLINE,
        care.CARE,
        survey.SURVEY,
        accounts.ACCOUNTABILITY,
    )
    for statement in _statements("\n\n".join(parts)):
        db.execute(statement)
    for statement, values in shipped_rows():
        db.execute(statement, values)


@MIGRATIONS
def m0003_upkeep(db: Database) -> None:
    """Who backs the file up and checks it, and what came of it."""
    for statement in _statements(queue.UPKEEP):
        db.execute(statement)


@MIGRATIONS
def m0004_access(db: Database) -> None:
    """Wrong passwords counted, and admins told of a reset password."""
    for statement in _statements(access.SIGN_IN):
        db.execute(statement)


@MIGRATIONS
def m0005_declared_once(db: Database) -> None:
    """What a visitor declared goes out of the queue, into the one table that is forgotten in time."""
    for statement in _statements(care.DECLARED_ONCE):
        db.execute(statement)


@MIGRATIONS
def m0006_privacy(db: Database) -> None:
    """Personal data at its end: schedule, data subjects' requests, breaches."""
    for statement in _statements(privacy.PRIVACY):
        db.execute(statement)


@MIGRATIONS
def m0007_seats(db: Database) -> None:
    """Seats kept for vulnerable visitors."""
    for statement in _statements(queue.SEATS):
        db.execute(statement)


@MIGRATIONS
def m0008_archives(db: Database) -> None:
    """Closed years in files of their own, and where the log begins since then."""
    for statement in _statements(archives.ARCHIVES):
        db.execute(statement)


@MIGRATIONS
def m0009_keys(db: Database) -> None:
    """Who can open sealed personal text."""
    for statement in _statements(access.KEYS):
        db.execute(statement)


@MIGRATIONS
def m0010_personal(db: Database) -> None:
    """Rows for sealed text; what tells a request twice holds no telephone number any more."""
    for statement in _statements(privacy.SEALED_TEXT):
        db.execute(statement)
    for request_id, renewed in new_fingerprints(db):
        db.execute("UPDATE OR IGNORE online_request SET fingerprint = ? WHERE id = ?", (renewed, request_id))


@MIGRATIONS
def m0011_at_work(db: Database) -> None:
    """Where officers sit and how kiosks count, as far as stations that die or meet must know."""
    for statement in _statements(queue.AT_WORK):
        db.execute(statement)


@MIGRATIONS
def m0012_archive_changes(db: Database) -> None:
    """Retention and data subjects' requests reach into archives."""
    for statement in _statements(archives.ARCHIVE_CHANGES):
        db.execute(statement)


@MIGRATIONS
def m0013_one_file(db: Database) -> None:
    """No archives of closed years any more; a file that has some is never opened (`connection`)."""
    for statement in _statements(archives.ONE_FILE):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """One statement each: `executescript` would commit the migration's transaction under it."""
    parts = [part.strip() for part in script.split(";\n\n")]
    return [line for part in parts for line in _split(part) if line]


def _split(part: str) -> list[str]:
    if "CREATE TRIGGER" in part:
        return [f"CREATE TRIGGER{piece}" for piece in part.split("CREATE TRIGGER")[1:]]
    return [piece.strip() for piece in part.split(";\n")]
