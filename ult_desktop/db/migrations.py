"""The office file's schema as append-only migrations. A landed migration is never edited.

`db/schema` holds the first one, the baseline: a file for each noun. STRICT tables, checks and foreign keys
hold what no program may break; the partial unique indexes on `turn` make it impossible that two counters
have one visitor, or that one officer serves two. The reason for an index is where it is made;
`tests/db/test_plans.py` checks the plans.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any, Protocol

from ult_desktop.base.late import late
from ult_desktop.db.schema import (
    access,
    accountability,
    care,
    cases,
    evidence,
    figures,
    lists,
    office,
    online,
    privacy,
    queue,
    survey,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import sqlite_utils
    from sqlite_utils import migrations as library

    Migration = Callable[["Statements"], None]
else:
    library = late("sqlite_utils.migrations")
    sqlite_utils = late("sqlite_utils")


class Statements(Protocol):
    """The database of an engine, on which a migration is carried out."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any: ...  # noqa: ANN401  (a cursor)


class Migrations:
    """Migrations by name, in their order.

    Every open asks for their names; what carries them out is imported when there is one to carry out.
    """

    def __init__(self, name: str, by_name: dict[str, Migration]) -> None:
        self.name = name
        self.by_name = by_name

    @property
    def level(self) -> int:
        """The `PRAGMA user_version` of a file that has had all migrations; every write compares it."""
        return len(self.by_name)

    def apply(self, link: sqlite3.Connection) -> None:
        """Carry out the migrations that the file has not had."""
        migrations = library.Migrations(self.name)
        for name, migration in self.by_name.items():
            migrations(name=name)(migration)
        migrations.apply(sqlite_utils.Database(link))
        link.execute(f"PRAGMA user_version = {self.level}")

    def repeat(self, names: frozenset[str], link: sqlite3.Connection) -> None:
        """Carry out the migrations of these names, without recording that."""
        for name, migration in self.by_name.items():
            if name in names:
                migration(sqlite_utils.Database(link))


APPLICATION_ID = 0x554C5431  # "ULT1": distinguishes an office file from any other SQLite file
BASELINE = "m0001_baseline"


def _baseline(db: Statements) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for noun in (
        office,
        access,
        queue,
        visits,
        cases,
        lists,
        online,
        care,
        survey,
        accountability,
        privacy,
        figures,
        evidence,
    ):
        for statement in _statements(noun.TABLES):
            db.execute(statement)
    for statement, values in cases.shipped_rows():
        db.execute(statement, values)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements one by one: `executescript` would commit the migration's transaction under it.

    They come without their comments. SQLite keeps a table's words, which `verify` compares to the letter, and
    each connection reads them.
    """
    statement = ""
    for line in re.sub(r"^\s*--.*\n", "", script, flags=re.MULTILINE).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip().removesuffix(";")
            statement = ""


MIGRATIONS = Migrations("ult_desktop", {BASELINE: _baseline})
