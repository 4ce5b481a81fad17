"""What a kiosk keeps on its own disk to go on alone: in the station's journal, beside its requests.

A number given while cut off is an entry like any other (rule 9): a `MergeTicket` that stands open until the
share has it. So it is synced before it is shown, merged exactly once by its request, carried with the journal
to the rebuilding of an office, and the next number of its series follows from what stands there.
"""

from pathlib import Path
from typing import NamedTuple

from ult_desktop.db.journal import Journal

_TABLES = (
    "CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY CHECK (id = 1), office TEXT NOT NULL) STRICT",
    # A month of requests is not walked through for the few numbers that were given alone.
    "CREATE INDEX IF NOT EXISTS given_alone ON work (office, outcome) WHERE name = 'MergeTicket'",
)


class GivenAlone(NamedTuple):
    """A number that the share does not know yet; `arguments` is its `MergeTicket` as JSON."""

    request: str
    arguments: str


class CutOffBook(Journal):
    """A connection of its own to the station's journal: the one that hangs in the share keeps nobody waiting.

    Belongs to one thread. Raises UserError as `Journal` does.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for statement in _TABLES:
            self._connection.execute(statement)

    def keep(self, office: str) -> None:
        """What was seen of the office, as text; only the last look is kept."""
        self._connection.execute(
            "INSERT INTO seen (id, office) VALUES (1, ?)"
            " ON CONFLICT (id) DO UPDATE SET office = excluded.office",
            (office,),
        )

    def kept(self) -> str:
        """What was kept last; "" before that."""
        row = self._connection.execute("SELECT office FROM seen").fetchone()
        return "" if row is None else str(row[0])

    def last_number(self, office: str, day: str, series: str) -> int:
        """The last number of a series that was given here, merged or not; 0 when there is none."""
        (last,) = self._connection.execute(
            "SELECT max(json_extract(arguments, '$.number')) FROM work"
            " WHERE name = 'MergeTicket' AND office = ? AND json_extract(arguments, '$.day') = ?"
            " AND json_extract(arguments, '$.series') = ?",
            (office, day, series),
        ).fetchone()
        return int(last or 0)

    def waiting(self, office: str) -> tuple[GivenAlone, ...]:
        """Numbers of this office that are not merged yet, in the order in which they were given."""
        rows = self._connection.execute(
            "SELECT request, arguments FROM work WHERE name = 'MergeTicket' AND office = ?"
            " AND outcome = 'open' ORDER BY at, request",
            (office,),
        )
        return tuple(GivenAlone(*row) for row in rows.fetchall())
