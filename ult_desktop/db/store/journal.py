"""The station's local journal: every request, written to the local disk before the share is tried.

A small SQLite file on this PC alone (docs/store.md, rule 9). It is how a retry knows what it asked
for, how an office can be rebuilt from its stations, and a witness of the office's log; rows are kept 35 days.
"""

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.machine import machine_id
from ult_desktop.core import recorded_requests, stamps
from ult_desktop.core.event import Anchor
from ult_desktop.core.recorded_requests import WRITTEN_ALONE
from ult_desktop.db.store.errors import UNREADABLE, is_damage, is_unreadable
from ult_desktop.db.store.local_file import BROKEN, open_local

log = logging.getLogger(__name__)
KEPT_MS = 35 * stamps.DAY_MS
MOST_AT_ONCE = 500  # rows
# A note that the office refused stays until somebody has read why.
_SETTLED = "at < ? AND outcome <> 'open' AND NOT (name = 'NoteCall' AND outcome = 'refused')"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS self (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL,
    machine TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS witness (
    office TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    request TEXT NOT NULL,
    chain TEXT NOT NULL,
    restores INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
_KNOWN = "SELECT seq, request, chain, restores FROM witness WHERE office = ?"
# A journal of an older program names the events that it was given, without their hashes.
_GIVEN = """
SELECT result, request FROM work WHERE office = ? AND outcome = 'done' AND json_valid(result)
ORDER BY json_extract(result, '$.seq') DESC LIMIT 1
"""
_SAW = """
INSERT INTO witness (seq, request, chain, restores, office) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (office) DO UPDATE SET seq = excluded.seq, request = excluded.request, chain = excluded.chain,
restores = excluded.restores WHERE (excluded.restores, excluded.seq) > (witness.restores, witness.seq)
"""


class JournalEntry(NamedTuple):
    """One request as written before it was tried. `at` UTC ms; `arguments` is the command as JSON."""

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
        self._done: dict[str, tuple[str, str]] = {}
        self._saw: dict[str, Anchor] = {}
        try:
            self._connection = open_local(path, _SCHEMA, timeout_s=15)
        except (OSError, *BROKEN) as error:
            raise self._not_writable(error) from error

    def identity(self) -> str:
        """Who this station is: random, made with its journal on its PC.

        A journal that was copied to another PC (a cloned disk) is another station there.

        Raises:
            UserError: as `begin`.
        """
        return self._identify("WHERE machine <> excluded.machine")

    def renew_identity(self) -> str:
        """Another one from now on: a second PC has the same, and nothing else tells the two apart."""
        return self._identify()

    def _identify(self, unless: str = "") -> str:
        self._run(
            "INSERT INTO self (id, identity, machine) VALUES (1, ?, ?) ON CONFLICT (id)"
            f" DO UPDATE SET identity = excluded.identity, machine = excluded.machine {unless}",
            (uuid4().hex, machine_id()),
        )
        ((identity,),) = self._run("SELECT identity FROM self")
        return str(identity)

    def begin(self, entry: JournalEntry) -> None:
        """On disk when this returns, and with it how the former ones ended: a crash leaves one in doubt.

        A request that is tried again stands there already.

        Raises:
            UserError: the local disk is full or broken; without its record the request is not tried.
        """
        try:
            with self._connection:
                self._write_ends()
                self._connection.execute(
                    "INSERT INTO work (request, office, name, arguments, at, station, officer_id)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (request) DO UPDATE SET outcome = 'open', result = '', at = excluded.at",
                    entry,
                )
        except BROKEN as error:
            raise self._not_writable(error) from error
        self._forget_ends()

    def amend(self, request: str, arguments: str) -> None:
        """What was begun was not carried out, and is tried in these words; those before leave no trace.

        Raises:
            UserError: as `begin`.
        """
        try:
            self._connection.execute("UPDATE work SET arguments = ? WHERE request = ?", (arguments, request))
        except BROKEN as error:
            raise self._not_writable(error) from error

    def done(self, request: str, result: str = "") -> None:
        """The office file acknowledged it with `result`; `flush` writes that down, as soon as nobody waits.

        The acknowledgement stands in the office's log already: if the program dies first, the entry is
        settled from there at the next start.
        """
        self._done[request] = "done", result

    def never_happened(self, request: str) -> None:
        """The office's log runs on past it, and does not know it; written as `done` is."""
        self._done[request] = "abandoned", recorded_requests.DISPROVED

    def saw(self, office: str, anchor: Anchor) -> None:
        """The newest event that this station knows of an office; written as `done` is, and kept for ever."""
        self._saw[office] = anchor

    def known(self, office: str) -> Anchor | None:
        """What `saw` told last, also in an earlier run; None for an office that is new here."""
        rows = self._run(_KNOWN, (office,))
        if rows:
            return msgspec.convert(dict(zip(Anchor.__struct_fields__, rows[0], strict=True)), Anchor)
        with suppress(*UNREADABLE):
            for result, request in self._run(_GIVEN, (office,)):
                return msgspec.json.decode(result, type=recorded_requests.JournalResult).anchor(request)
        return None

    def flush(self) -> None:
        """Write what was left for later.

        A failure is only logged: the entries are settled once more at the next start.
        What the office file has acknowledged must not look refused because this disk is full.
        """
        if not self._done and not self._saw:
            return
        try:
            with self._connection:
                self._write_ends()
        except BROKEN as error:
            log.warning("journal: %s", error)
        self._forget_ends()

    def _write_ends(self) -> None:
        """Within a transaction, which begins here."""
        self._connection.execute("BEGIN IMMEDIATE")
        ends = [(outcome, result, request) for request, (outcome, result) in self._done.items()]
        self._connection.executemany("UPDATE work SET outcome = ?, result = ? WHERE request = ?", ends)
        seen = [(*msgspec.structs.astuple(anchor), office) for office, anchor in self._saw.items()]
        self._connection.executemany(_SAW, seen)

    def _forget_ends(self) -> None:
        self._done, self._saw = {}, {}

    def close_entry(self, request: str, outcome: str, result: str = "") -> None:
        """Write an outcome at once: one that the office's log does not know."""
        self._done[request] = outcome, result
        self.flush()

    def unclear(self, request: str) -> None:
        """It failed with an outage and the person was told so: still open, but nobody was given anything."""
        self.close_entry(request, "open", recorded_requests.UNCLEAR)

    def open_requests(self, office: str) -> list[str]:
        """Requests whose outcome is not known here: the program died, or the share went away.

        Not what was done while cut off: that waits to be handed in.
        """
        rows = self._run(
            "SELECT request FROM work WHERE office = ? AND outcome = 'open' AND name NOT IN (?, ?)"
            " ORDER BY request",
            (office, *WRITTEN_ALONE),
        )
        return [request for (request,) in rows]

    def has_settled_before(self, at: int) -> bool:
        """Whether there is anything that `forget_before` would delete."""
        return bool(self._run(f"SELECT 1 FROM work WHERE {_SETTLED} LIMIT 1", (at - KEPT_MS,)))

    def forget_before(self, at: int) -> None:
        """What is settled and old, a few rows at once.

        The caller knows that `at` may be believed (docs/store.md, rule 17).
        """
        self._run(
            f"DELETE FROM work WHERE request IN (SELECT request FROM work WHERE {_SETTLED} LIMIT ?)",
            (at - KEPT_MS, MOST_AT_ONCE),
        )

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows. Raises UserError when this disk, or what stands in the file, is broken."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except BROKEN as error:
            raise self._not_writable(error) from error

    def _not_writable(self, error: Exception) -> UserError:
        damaged = is_unreadable(error) or (isinstance(error, sqlite3.Error) and is_damage(error))
        return UserError(
            _("Catatan stasiun {path} tidak dapat ditulis ({error}).").format(path=self.path, error=error),
            _("Berkas kantor tidak tersentuh."),
            _("Tutup program, pindahkan catatan yang rusak itu (jangan dihapus), lalu mulai lagi.")
            if damaged
            else _("Periksa hak tulis dan ruang kosong di komputer ini."),
        )

    def close(self) -> None:
        self.flush()
        self._connection.close()


def identity_in(path: Path) -> str:
    """The identity of the station whose journal lies there, also while it runs.

    Raises:
        UserError: as `Journal`.
    """
    with closing(Journal(path)) as journal:
        return journal.identity()
