"""The choice between the two engines. PostgreSQL's is imported only where an office is on a server."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from ult_desktop.base.late import late
from ult_desktop.db.store import clock
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.connection import FILE
from ult_desktop.db.store.engine import Engine, Link
from ult_desktop.db.store.server_address import is_server

if TYPE_CHECKING:
    from ult_desktop.db.store.postgres import engine as postgres
else:
    postgres = late("ult_desktop.db.store.postgres.engine")


def engine_at(path: Path) -> Engine:
    return postgres.SERVER if is_server(path) else FILE


def clock_of(path: Path, station: str) -> ShareClock:
    """Return the clock with the UTC milliseconds of the computer that keeps the office."""
    engine = engine_at(path)
    if engine.has_file:
        return ShareClock(path.absolute().parent, station)
    # A server answers with its own clock; a file's share shows its clock by a small file that is laid there.
    sources = clock.SYSTEM._replace(share=lambda _folder, asked_by: engine.now_ms(path, asked_by))
    return ShareClock(path.parent, station, sources)


def engine_of(link: Link) -> Engine:
    return FILE if isinstance(link, sqlite3.Connection) else postgres.SERVER
