"""The states of finished archives, as the office file and each archive's own file know them."""

from pathlib import Path

import msgspec

from ult_desktop.core.archive import ArchiveChange, ArchiveFacts, ArchiveState, FileState
from ult_desktop.db import archives
from ult_desktop.db.documents import file_of
from ult_desktop.db.transaction import Transaction

_GUARDED = (
    "SELECT s.visit_id FROM subject_archived s JOIN subject_request r ON r.id = s.request_id WHERE s.year = ?"
    " AND (r.closed_at IS NULL OR (s.held_at IS NOT NULL AND s.released_at IS NULL)) ORDER BY s.visit_id"
)


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why an archive changes: a run of the schedule, or what somebody does for a data subject's request."""

    run_id: int | None = None
    request_id: int | None = None
    visit_id: int | None = None
    act: str = ""
    field: str = ""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was written down, and whose end was not."""

    id: int
    change: ArchiveChange
    reason: Reason


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A finished archive and all that the office knows of it.

    `states` are hashes that it had, `guarded` the comings that a data subject's request names (no run
    touches them), `erased` those that were emptied because one asked.
    """

    path: Path
    facts: ArchiveFacts
    pending: ArchiveChange | None
    states: frozenset[str]
    guarded: tuple[int, ...]
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
            erased=tuple(_emptied(tx, each.year)),
        )
        for each in archives.every(tx)
        if each.state is ArchiveState.DONE
    )


def _emptied(tx: Transaction, year: int) -> list[int]:
    return tx.column(
        "SELECT DISTINCT visit_id FROM archive_change"
        " WHERE year = ? AND act = 'erased' AND ended_at IS NOT NULL ORDER BY visit_id",
        year,
    )


def states(tx: Transaction, year: int) -> frozenset[str]:
    """Every hash that the archive had and has, as far as it is written in this file."""
    sql = "SELECT former, digest FROM archive_change WHERE year = ? AND ended_at IS NOT NULL"
    return frozenset(digest for row in tx.rows(sql, year) for digest in row)


def begun_of(tx: Transaction, year: int) -> Begun | None:
    row = tx.row(
        "SELECT id, year, former, digest, counts, erased, run_id, request_id, visit_id, act, field"
        " FROM archive_change WHERE year = ? AND ended_at IS NULL",
        year,
    )
    if row is None:
        return None
    names = ("year", "former", "digest", "counts", "erased")
    values = dict(zip(names, row[1:6], strict=True))
    for name in ("counts", "erased"):
        values[name] = msgspec.json.decode(values[name])
    reason = Reason(run_id=row[6], request_id=row[7], visit_id=row[8], act=row[9], field=row[10])
    return Begun(id=row[0], change=msgspec.convert(values, ArchiveChange), reason=reason)


def begin(tx: Transaction, change: ArchiveChange, reason: Reason, at: int) -> None:
    """In the place of one that was begun before: that one's file never took its place."""
    tx.run("DELETE FROM archive_change WHERE year = ? AND ended_at IS NULL", change.year)
    _insert(tx, change, at, None, reason)


def end(tx: Transaction, begun: Begun, at: int) -> None:
    """The archive is what the change meant it to be."""
    archives.set_content(tx, begun.change.year, begun.change.digest, begun.change.counts)
    tx.run("UPDATE archive_change SET ended_at = ? WHERE id = ?", at, begun.id)


def note(tx: Transaction, change: ArchiveChange, at: int) -> None:
    """In the archive's own file: what it was before."""
    _insert(tx, change, at, at, Reason())


def _insert(tx: Transaction, change: ArchiveChange, at: int, ended_at: int | None, why: Reason) -> None:
    tx.run(
        "INSERT INTO archive_change (year, former, digest, counts, erased, begun_at, ended_at, run_id,"
        " request_id, visit_id, act, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(change.year, change.former, change.digest),
        *(msgspec.json.encode(each).decode() for each in (change.counts, change.erased)),
        *(at, ended_at, why.run_id, why.request_id, why.visit_id, why.act, why.field),
    )
