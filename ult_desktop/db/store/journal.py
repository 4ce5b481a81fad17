"""The station's local journal: every request, written to the local disk before the share is tried.

The journal is a small SQLite file on this PC alone (docs/store.md, rule 9). With it a retry knows what it
asked for, and an office can be rebuilt from its stations. It also notes the newest event that the station
knows of the office's log. Rows of requests are kept for 35 days.
"""

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.machine import machine_id
from ult_desktop.core import recorded_requests, stamps
from ult_desktop.core.event import Anchor
from ult_desktop.core.recorded_requests import OFFLINE_COMMANDS
from ult_desktop.db.store.errors import is_damage, is_unreadable
from ult_desktop.db.store.local_file import BROKEN, open_local

log = logging.getLogger(__name__)
KEPT_MS = 35 * stamps.DAY_MS
# Bounded: where all witnesses agree on a wrong date, a call deletes 500 rows at most, and not the whole
# journal (docs/store.md, rule 17).
MOST_DELETED_AT_ONCE = 500  # rows
# A call by mouth that the office refused to record (`NoteCall`) stays until an officer has read why.
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
_READ_WITNESS = "SELECT seq, request, chain, restores FROM witness WHERE office = ?"
# An anchor that is older than the one that is noted changes nothing.
_NOTE_WITNESS = """
INSERT INTO witness (seq, request, chain, restores, office) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (office) DO UPDATE SET seq = excluded.seq, request = excluded.request, chain = excluded.chain,
restores = excluded.restores WHERE (excluded.restores, excluded.seq) > (witness.restores, witness.seq)
"""


class JournalUnwritable(UserError):
    """The error that this PC's disk is full or broken: nothing is tried, and what waits still waits."""


class JournalEntry(NamedTuple):
    """A request as written before it was tried. `at` UTC ms; `arguments` is the command as JSON."""

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
        self._outcomes: dict[str, tuple[str, str]] = {}  # (outcome, result) of each request, not yet written
        self._newest_events: dict[str, Anchor] = {}
        try:
            self._connection = open_local(path, _SCHEMA, timeout_s=15)
        except (OSError, *BROKEN) as error:
            raise self._not_writable(error) from error

    def identity(self) -> str:
        """Return this station's identity: random, made with its journal on its PC.

        A journal that was copied to another PC (a cloned disk) is another station there.

        Raises:
            UserError: as `begin`.
        """
        return self._identify("WHERE machine <> excluded.machine")

    def renew_identity(self) -> str:
        """Make a new identity: a second PC has the same, and nothing else distinguishes the two."""
        return self._identify()

    def _identify(self, unless: str = "") -> str:
        self._run(
            "INSERT INTO self (id, identity, machine) VALUES (1, ?, ?) ON CONFLICT (id)"
            f" DO UPDATE SET identity = excluded.identity, machine = excluded.machine {unless}",
            # Random, not the machine's own: where nothing tells two PCs apart, one of them can still take
            # another (docs/store.md, rule 14).
            (uuid4().hex, machine_id()),
        )
        ((identity,),) = self._run("SELECT identity FROM self")
        return str(identity)

    def begin(self, entry: JournalEntry) -> None:
        """Write a request, and the outcomes of earlier ones, to disk: a crash leaves only one in doubt.

        The row of a request that is tried again is there already, and its outcome is open again.

        Raises:
            UserError: the local disk is full or broken; without its record the request is not tried.
        """
        try:
            with self._connection:
                self._write_notes()
                self._connection.execute(
                    "INSERT INTO work (request, office, name, arguments, at, station, officer_id)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)"
                    # A request that a person repeats keeps its id: that is how the office's log recognises
                    # what was done already.
                    " ON CONFLICT (request) DO UPDATE SET outcome = 'open', result = '', at = excluded.at",
                    entry,
                )
        except BROKEN as error:
            raise self._not_writable(error) from error
        self._forget_notes()

    def amend(self, request: str, arguments: str) -> None:
        """Replace the arguments of a request that was begun but not carried out.

        Raises:
            UserError: as `begin`.
        """
        try:
            # `secure_delete` overwrites the former arguments on the disk; they may name people.
            self._connection.execute("UPDATE work SET arguments = ? WHERE request = ?", (arguments, request))
        except BROKEN as error:
            raise self._not_writable(error) from error

    def note_done(self, request: str, result: str = "") -> None:
        """Note that the office file acknowledged the request with `result`.

        `flush` writes the note down, as soon as nobody waits. The acknowledgement is in the office's log
        already: if the program dies first, the entry is settled from there at the next start.
        """
        self._outcomes[request] = "done", result

    def note_abandoned(self, request: str) -> None:
        """Note that the office's log has later events, but none of this request.

        The note is written as that of `note_done` is.
        """
        self._outcomes[request] = "abandoned", ""

    def note_newest_event(self, office: str, anchor: Anchor) -> None:
        """Note the newest event that this station knows of an office.

        The note is written as that of `note_done` is, and kept for ever.
        """
        self._newest_events[office] = anchor

    def newest_event(self, office: str) -> Anchor | None:
        """Return what `note_newest_event` noted last, in any run; None for an office that is new here."""
        rows = self._run(_READ_WITNESS, (office,))
        if not rows:
            return None
        return msgspec.convert(dict(zip(Anchor.__struct_fields__, rows[0], strict=True)), Anchor)

    def flush(self) -> None:
        """Write the outcomes and anchors that were noted.

        A failure is only logged, and the next `flush` or `begin` writes them. A request that the office file
        has acknowledged must not look refused because this disk is full.
        """
        if not self._outcomes and not self._newest_events:
            return
        try:
            with self._connection:
                self._write_notes()
        except BROKEN as error:
            log.warning("journal: %s", error)
        else:
            self._forget_notes()

    def _write_notes(self) -> None:
        """Write the outcomes and anchors that were noted, within a transaction that begins here."""
        self._connection.execute("BEGIN IMMEDIATE")
        outcomes = [(outcome, result, request) for request, (outcome, result) in self._outcomes.items()]
        self._connection.executemany("UPDATE work SET outcome = ?, result = ? WHERE request = ?", outcomes)
        anchors = [
            (*msgspec.structs.astuple(anchor), office) for office, anchor in self._newest_events.items()
        ]
        self._connection.executemany(_NOTE_WITNESS, anchors)

    def _forget_notes(self) -> None:
        self._outcomes, self._newest_events = {}, {}

    def close_entry(self, request: str, outcome: str, result: str = "") -> None:
        """Write an outcome at once, because the office's log does not tell it at the next start."""
        self._outcomes[request] = outcome, result
        self.flush()

    def note_unclear(self, request: str) -> None:
        """Note that the request failed with an outage and the person was shown that.

        The request is still open, but nobody was given anything.
        """
        self.close_entry(request, "open", recorded_requests.UNCLEAR)

    def open_requests(self, office: str) -> list[str]:
        """List the requests whose outcome is not known here: the program died, or the share went away.

        What was done while the station was cut off is not listed: it waits to be handed in.
        """
        rows = self._run(
            "SELECT request FROM work WHERE office = ? AND outcome = 'open' AND name NOT IN (?, ?)"
            # Requests are UUIDs of version 7, which begin with their time: their order is the order in which
            # they were asked. https://www.rfc-editor.org/rfc/rfc9562.html
            " ORDER BY request",
            (office, *OFFLINE_COMMANDS),
        )
        return [request for (request,) in rows]

    def has_settled_before(self, at: int) -> bool:
        """Return whether there is anything that `forget_before` would delete."""
        return bool(self._run(f"SELECT 1 FROM work WHERE {_SETTLED} LIMIT 1", (at - KEPT_MS,)))

    def forget_before(self, at: int) -> None:
        """Delete some rows that are settled and old, a few at a time.

        The caller knows that `at` may be believed (docs/store.md, rule 17).
        """
        self._run(
            f"DELETE FROM work WHERE request IN (SELECT request FROM work WHERE {_SETTLED} LIMIT ?)",
            (at - KEPT_MS, MOST_DELETED_AT_ONCE),
        )

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Run a statement; return its rows. Raises UserError when this disk or the file is broken."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except BROKEN as error:
            raise self._not_writable(error) from error

    def _not_writable(self, error: Exception) -> UserError:
        damaged = is_unreadable(error) or (isinstance(error, sqlite3.Error) and is_damage(error))
        return JournalUnwritable(
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
    """Return the identity of the station whose journal lies there, also while it runs.

    Raises:
        UserError: as `Journal`.
    """
    with closing(Journal(path)) as journal:
        return journal.identity()
