"""The entries that a station writes into its journal while it is cut off from the office.

A number that a kiosk gives alone, and a call by mouth that a counter notes, is an entry like any other
(docs/store.md, rule 9): it is open until the office has it. So it is on disk before it is shown, handed in
exactly once by its request, and carried with the journal to the rebuilding of an office. The next number of a
kiosk's series follows from these entries.
"""

from pathlib import Path
from typing import NamedTuple

from ult_desktop.base.digests import blake2b
from ult_desktop.core.recorded_requests import OFFLINE_COMMANDS
from ult_desktop.db.store.journal import Journal

_TABLES = (
    "CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY CHECK (id = 1), office TEXT NOT NULL) STRICT",
    # Indexes, so that the few entries that were written alone are found without reading a month of requests.
    *(
        f"CREATE INDEX IF NOT EXISTS {index} ON work (office, outcome) WHERE name = '{name}'"
        for index, name in zip(("given_alone", "noted_alone"), OFFLINE_COMMANDS, strict=True)
    ),
)
_SELECT = "SELECT request, CAST(arguments AS BLOB), station, officer_id, result FROM work"


class OfflineOperation(NamedTuple):
    """An operation that was done while the station was cut off.

    `arguments` is the command as JSON, `result` why the office refused it ("" if it did not).
    """

    request: str
    arguments: str
    station: str
    officer_id: int | None
    result: str


class OfflineJournal(Journal):
    """The station's journal over a connection of its own, so that no work that hangs in the share blocks it.

    It belongs to one thread. Raises UserError as `Journal` does.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for statement in _TABLES:
            self._run(statement)

    def keep_snapshot(self, snapshot: str) -> None:
        """Keep a snapshot of the office (text) with its checksum; the former one is replaced."""
        self._run(
            "INSERT INTO seen (id, office) VALUES (1, ?)"
            " ON CONFLICT (id) DO UPDATE SET office = excluded.office",
            (f"{_checksum(snapshot)} {snapshot}",),
        )

    def kept_snapshot(self) -> str:
        """Return the snapshot that was kept last.

        It is "" when none was kept, or when the checksum is wrong because a bit of the text turned over.
        """
        rows = self._run("SELECT CAST(office AS BLOB) FROM seen")
        checksum, _space, snapshot = _text(rows[0][0]).partition(" ") if rows else ("", "", "")
        return snapshot if checksum == _checksum(snapshot) else ""

    def last_number(self, office: str, day: str, series: str) -> int:
        """Return the last number of a series that this kiosk gave alone on a day; 0 when there is none.

        Numbers that were handed in to the office since count too.
        """
        ((last,),) = self._run(
            "SELECT max(json_extract(arguments, '$.number')) FROM work"
            " WHERE name = 'MergeTicket' AND office = ? AND json_extract(arguments, '$.day') = ?"
            " AND json_extract(arguments, '$.series') = ?",
            (office, day, series),
        )
        return int(last or 0)

    def waiting(self, office: str) -> tuple[OfflineOperation, ...]:
        """List the operations that are not yet handed in to this office.

        Numbers come before calls by mouth, each kind in the order in which it was done.
        """
        return tuple(entry for name in OFFLINE_COMMANDS for entry in self._entries(name, office, "open"))

    def has_waiting(self) -> bool:
        """Return whether some operation is not yet handed in, to whichever office."""
        sql = "SELECT 1 FROM work WHERE name = '{name}' AND outcome = 'open' LIMIT 1"
        return any(self._run(sql.format(name=name)) for name in OFFLINE_COMMANDS)

    def noted_calls(self, office: str, outcome: str) -> tuple[OfflineOperation, ...]:
        """List the calls by mouth with this outcome.

        Those that are "open" are to be handed in to this office; those that it "refused" wait until an
        officer has read why.
        """
        return self._entries("NoteCall", office, outcome)

    def put_away(self, request: str) -> None:
        """Close an entry that the office never got: an officer has read why, or it cannot be decoded."""
        self.close_entry(request, "abandoned")

    def _entries(self, name: str, office: str, outcome: str) -> tuple[OfflineOperation, ...]:
        # The name is in the SQL text: a partial index serves only a query that repeats its condition.
        # A request is a UUID of version 7, so its order stays; `at` is the time of the latest try.
        rows = self._run(
            f"{_SELECT} WHERE name = '{name}' AND office = ? AND outcome = ? ORDER BY request",
            (office, outcome),
        )
        return tuple(
            OfflineOperation(request, _text(arguments), station, officer_id, result)
            for request, arguments, station, officer_id, result in rows
        )


def _checksum(snapshot: str) -> str:
    return blake2b(snapshot.encode(), 8).hex()


def _text(stored: bytes | None) -> str:
    """Decode text, and keep bytes that are not UTF-8 as escapes.

    If bits turned over, the JSON cannot be read, but a person can still read most of the text. The table
    forbids None: it comes from a damaged page, and the text is "".
    """
    return (stored or b"").decode(errors="backslashreplace")
