"""The states of finished archives, as the office file and each archive's own file know them."""

from pathlib import Path

import msgspec

from ult_desktop.core.archive import ArchiveChange, ArchiveFacts, ArchiveState, FileState
from ult_desktop.db import archives
from ult_desktop.db.documents import file_of
from ult_desktop.db.transaction import Transaction

_JSON = ("counts", "erased", "visits")
_GUARDED = (
    "SELECT DISTINCT s.visit_id FROM subject_archived s JOIN subject_request r ON r.id = s.request_id"
    " WHERE s.year = ? AND (r.closed_at IS NULL OR (s.held_at IS NOT NULL AND s.released_at IS NULL))"
    " ORDER BY s.visit_id"
)
_ORDERED = (
    "SELECT DISTINCT visit_id FROM subject_archived WHERE year = ? AND asked_at IS NOT NULL AND {which}"
    " ORDER BY visit_id"
)
# An order waits for a hold that came after it; what was carried out is not undone by one.
_FREE = (
    "erased_at IS NULL AND visit_id NOT IN (SELECT visit_id FROM subject_archived WHERE held_at IS NOT NULL"
    " AND released_at IS NULL)"
)


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was written down, and whose end was not."""

    id: int
    change: ArchiveChange


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A finished archive and all that the office knows of it.

    `states` are hashes that it had, `guarded` the comings that a data subject's request names (no run
    touches them). `ordered` are to be emptied because one asked, `erased` are these and all that once were.
    """

    path: Path
    facts: ArchiveFacts
    pending: ArchiveChange | None
    states: frozenset[str]
    guarded: tuple[int, ...]
    ordered: tuple[int, ...]
    erased: tuple[int, ...]

    @property
    def year(self) -> int:
        return self.facts.year

    def judge(self, digest: str, had: frozenset[str]) -> FileState:
        """How a file stands to it that has this hash, and by its own account `had` those before."""
        if digest == self.facts.digest:
            return FileState.CURRENT
        if self.pending is not None and digest == self.pending.digest:
            return FileState.PENDING
        if digest in self.states:
            return FileState.OLDER
        return FileState.NEWER if self.facts.digest in had else FileState.FOREIGN


def known(tx: Transaction) -> tuple[Known, ...]:
    """The finished archives, the oldest year first."""
    office_file = file_of(tx)
    return tuple(
        Known(
            path=archives.path_of(office_file, each.year),
            facts=each.facts,
            pending=begun.change if (begun := begun_of(tx, each.year)) else None,
            states=states(tx, each.year),
            guarded=tuple(tx.column(_GUARDED, each.year)),
            ordered=tuple(tx.column(_ORDERED.format(which=_FREE), each.year)),
            erased=tuple(tx.column(_ORDERED.format(which=f"(erased_at IS NOT NULL OR {_FREE})"), each.year)),
        )
        for each in archives.every(tx)
        if each.state is ArchiveState.DONE
    )


def states(tx: Transaction, year: int) -> frozenset[str]:
    """Every hash that the archive had and has, as far as it is written in this file."""
    sql = "SELECT former, digest FROM archive_change WHERE year = ? AND ended_at IS NOT NULL"
    return frozenset(digest for row in tx.rows(sql, year) for digest in row)


def begun_of(tx: Transaction, year: int) -> Begun | None:
    row = tx.row(
        "SELECT id, year, former, digest, counts, erased, visits FROM archive_change"
        " WHERE year = ? AND ended_at IS NULL",
        year,
    )
    if row is None:
        return None
    values = dict(zip(ArchiveChange.__struct_fields__, row[1:], strict=True))
    for name in _JSON:
        values[name] = msgspec.json.decode(values[name])
    return Begun(id=row[0], change=msgspec.convert(values, ArchiveChange))


def begin(tx: Transaction, change: ArchiveChange, at: int, run_id: int | None) -> None:
    """In the place of one that was begun before: that one's file never took its place."""
    tx.run("DELETE FROM archive_change WHERE year = ? AND ended_at IS NULL", change.year)
    _insert(tx, change, at, None, run_id)


def end(tx: Transaction, begun: Begun, at: int) -> None:
    """The archive is what the change meant it to be."""
    archives.set_content(tx, begun.change.year, begun.change.digest, begun.change.counts)
    tx.run("UPDATE archive_change SET ended_at = ? WHERE id = ?", at, begun.id)


def note(tx: Transaction, change: ArchiveChange, at: int) -> None:
    """In the archive's own file: what it was before."""
    _insert(tx, change, at, at, None)


def _insert(
    tx: Transaction, change: ArchiveChange, at: int, ended_at: int | None, run_id: int | None
) -> None:
    tx.run(
        "INSERT INTO archive_change (year, former, digest, counts, erased, visits, begun_at, ended_at,"
        " run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(change.year, change.former, change.digest),
        *(msgspec.json.encode(getattr(change, name)).decode() for name in _JSON),
        *(at, ended_at, run_id),
    )
