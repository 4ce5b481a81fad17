"""The station's local journal: every request, written to the local disk before the share is tried.

A small SQLite file in WAL on this PC alone (store rule 9). It is how a retry knows what it asked for,
and how an office can be rebuilt from its stations; rows are kept 35 days.
"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from ult_desktop.errors import UserError
from ult_desktop.i18n import _

KEPT_MS = 35 * 24 * 3_600_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS work (
    request TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    name TEXT NOT NULL,
    arguments TEXT NOT NULL CHECK (json_valid(arguments)),
    at INTEGER NOT NULL,
    station TEXT NOT NULL,
    officer_id INTEGER,
    outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'done', 'refused', 'abandoned')),
    result TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID
"""


class Entry(NamedTuple):
    """One request as written before it was tried. `at` UTC ms; `arguments` is the ask as JSON."""

    request: str
    office: str
    name: str
    arguments: str
    at: int
    station: str
    officer_id: int | None


class Journal:
    """The local journal of one station. Belongs to the worker thread.

    Raises:
        UserError: the folder cannot be written; a station without its journal does not start.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=15
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise UserError(
                _("Catatan stasiun {path} tidak dapat ditulis ({error}).").format(path=path, error=error),
                _("Berkas kantor tidak tersentuh."),
                _("Periksa hak tulis dan ruang kosong di komputer ini."),
            ) from error

    def begin(self, entry: Entry) -> None:
        """On disk when this returns. A request that is tried again stands there already."""
        self._connection.execute(
            "INSERT INTO work (request, office, name, arguments, at, station, officer_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request) DO UPDATE SET outcome = 'open'",
            entry,
        )

    def close_entry(self, request: str, outcome: str, result: str = "") -> None:
        """Not synced: losing it only means that the entry is settled once more at the next start."""
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(
            "UPDATE work SET outcome = ?, result = ? WHERE request = ?", (outcome, result, request)
        )
        self._connection.execute("PRAGMA synchronous = FULL")

    def open_requests(self, office: str) -> list[str]:
        """Requests whose outcome is not known here: the program died, or the share went away."""
        rows = self._connection.execute(
            "SELECT request FROM work WHERE office = ? AND outcome = 'open' ORDER BY request", (office,)
        )
        return [request for (request,) in rows.fetchall()]

    def forget_before(self, at: int) -> None:
        self._connection.execute("DELETE FROM work WHERE at < ? AND outcome <> 'open'", (at - KEPT_MS,))

    def close(self) -> None:
        self._connection.close()
