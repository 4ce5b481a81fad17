"""What SQLite can still read of a damaged file, for a specialist: into a side file, never over the original.

Nothing here is an office any more: no references, no checks, no chain. It only saves what is on whole pages.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ult_desktop.db.backup.backup import open_to_read
from ult_desktop.db.store.errors import UNREADABLE

# A table without rowids has none to go by; its first column leads its key.
_DAMAGE = (sqlite3.DatabaseError, *UNREADABLE)  # SQLite's own words quote the damaged bytes
_FROM_BOTH_ENDS = ("rowid ASC", "rowid DESC", "1 ASC", "1 DESC")


def salvage(damaged: Path, target: Path) -> dict[str, int]:
    """Copy every row that can be read into the new file `target`; rows by table, "{}" when nothing can.

    Raises:
        sqlite3.Error: `target` cannot be written.
    """
    rows: dict[str, int] = {}
    with closing(open_to_read(damaged)) as link, closing(sqlite3.connect(target)) as side:
        link.text_factory = bytes  # damaged text is still somebody's text
        for table in _tables(link):
            rows[table] = _save(link, side, table)
        side.commit()
    return rows


def _tables(link: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    try:
        return [name.decode() for (name,) in link.execute(query).fetchall()]
    except _DAMAGE:
        return []


def _save(link: sqlite3.Connection, side: sqlite3.Connection, table: str) -> int:
    """Read from both ends up to the damage; a row that is met twice is kept once."""
    found: set[tuple[object, ...]] = set()
    columns = [row[1].decode() for row in link.execute(f'PRAGMA table_info("{table}")')]
    names = ", ".join(f'"{column}"' for column in columns)
    side.execute(f'CREATE TABLE "{table}" ({names})')
    for order in _FROM_BOTH_ENDS:
        found.update(_readable(link, f'SELECT {names} FROM "{table}" ORDER BY {order}'))
    marks = ", ".join("?" * len(columns))
    side.executemany(f'INSERT INTO "{table}" VALUES ({marks})', (_as_text(row) for row in found))
    return len(found)


def _readable(link: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    try:
        yield from link.execute(query)
    except _DAMAGE:
        return


def _as_text(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(value.decode(errors="replace") if isinstance(value, bytes) else value for value in row)
