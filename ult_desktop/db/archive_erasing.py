"""Erase in a finished archive: on a copy beside it, in one transaction, proved, and then in its place.

Killed at any moment there is the old whole file or the new whole file. The copy is written anew (VACUUM):
what was erased lies on in no gap of it.
"""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import msgspec
from sqlite_utils import Database

from ult_desktop.core.archive import ArchiveChange, ArchiveFacts, FileState
from ult_desktop.core.retention import ArchiveDue
from ult_desktop.core.subjects import ERASABLE
from ult_desktop.db import archive_changes, archive_file, archives, backup, care, moving, retention
from ult_desktop.db.archive_changes import Known
from ult_desktop.db.archive_file import BadArchive
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.retention import Sweep
from ult_desktop.db.transaction import Transaction
from ult_desktop.errors import UserError
from ult_desktop.i18n import _

DECLARED = "vulnerability"  # what vulnerable visitors declared: no kind of the schedule
_HALF = ".part"
_ALL = 2**62
Work = Callable[[Transaction], dict[str, int]]


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A change that is ready: `half` takes the place of `path`; None where the file is that already.

    `begun`: it is written down, and only its end is missing.
    """

    path: Path
    change: ArchiveChange
    half: Path | None = None
    files: tuple[str, ...] = ()
    begun: bool = False


def due(known: Known, sweep: Sweep) -> ArchiveDue:
    """What a run would erase in it; of one that cannot be read, why."""
    try:
        with archive_file.opened(known.path) as tx:
            _guard(tx, known.guarded)
            found, declared = retention.due(tx, sweep), care.count_before(tx, sweep.declared_before)
            asked = len(known.ordered)
            return ArchiveDue(year=known.year, due=found, declared=declared, asked=asked)
    except BadArchive as error:
        return ArchiveDue(year=known.year, trouble=error.what)


def _guard(tx: Transaction, visits: Iterable[int]) -> None:
    """Who asked stands in the office file: here tables of that name that last as long as the connection."""
    tx.run("CREATE TEMP TABLE subject_request (id INTEGER, closed_at INTEGER)")
    tx.run("CREATE TEMP TABLE subject_visit (request_id, visit_id INTEGER PRIMARY KEY, held_at, released_at)")
    tx.run("INSERT INTO temp.subject_request VALUES (0, NULL)")
    for visit_id in visits:
        tx.run("INSERT INTO temp.subject_visit (request_id, visit_id) VALUES (0, ?)", visit_id)


def plan(known: Known, sweep: Sweep) -> Prepared | None:
    """The next thing to do about an archive by the schedule; None when it is as it should be.

    Raises:
        BadArchive: it is damaged, or not what the office knows; or UserError: its folder cannot be written.
    """
    clear_halves(known.path)
    state, facts = examine(known)
    if state in (FileState.PENDING, FileState.NEWER):
        return _as_it_is(known, facts, begun=state is FileState.PENDING)
    again, waits = state is FileState.OLDER, due(known, sweep)
    if waits.trouble:
        raise BadArchive(waits.trouble)
    if not again and not waits.total:
        return None

    def work(tx: Transaction) -> dict[str, int]:
        found = Counter(retention.erase(tx, sweep, _ALL))
        found[DECLARED] += care.forget_before(tx, sweep.declared_before)
        for visit_id in known.erased if again else known.ordered:
            found.update(empty(tx, visit_id, sweep.now))
        return dict(+found)

    return prepare(known, work, sweep.now) or (_as_it_is(known, facts, begun=False) if again else None)


def examine(known: Known) -> tuple[FileState, ArchiveFacts]:
    """Prove the file in the archive's place; how it stands to what the office knows.

    Raises BadArchive: it is damaged, or another one.
    """
    facts = archive_file.prove(known.path)
    with archive_file.opened(known.path) as tx:
        state = known.judge(facts.digest, archive_changes.states(tx, known.year))
    if facts.token != known.facts.token or state is FileState.FOREIGN:
        raise archive_file.not_there(known.path)
    return state, facts


def empty(tx: Transaction, visit_id: int, at: int) -> dict[str, int]:
    """What of a coming goes because its subject asks; how many rows of each kind."""
    kinds = retention.erase_of_visit(tx, visit_id, ERASABLE, at, None)
    declared = care.forget(tx, visit_id)
    return dict.fromkeys(kinds, 1) | ({DECLARED: 1} if declared else {})


def prepare(known: Known, work: Work, at: int) -> Prepared | None:
    """Do `work` on a copy, prove that, and leave it beside the archive; None when there was nothing to do.

    Raises:
        BadArchive: the archive is damaged; or UserError: the copy cannot be written. Nothing has changed.
    """
    half = known.path.with_name(f".{known.path.name}.{uuid4().hex}{_HALF}")
    try:
        shutil.copyfile(known.path, half)
        prepared = _prepare(known, half, work, at)
    except (sqlite3.Error, OSError) as error:
        _drop(half)
        raise UserError(
            _("Arsip tidak dapat ditulis di {folder} ({error}).").format(
                folder=known.path.parent, error=error
            ),
            _("Tidak ada yang berubah."),
            _("Periksa ruang kosong dan hak tulis di folder itu."),
        ) from error
    except UserError:
        _drop(half)
        raise
    if prepared is None:
        _drop(half)
    return prepared


def _prepare(known: Known, half: Path, work: Work, at: int) -> Prepared | None:
    former = archive_file.prove(half).digest
    with closing(_to_write(half)) as link:
        MIGRATIONS.apply(Database(link))
        link.execute("PRAGMA foreign_keys = OFF")
        tx = Transaction(link)
        _guard(tx, known.guarded)
        link.execute("BEGIN")
        erased = work(tx)
        if not erased and not known.ordered:
            return None
        files = _scans(tx)
        change = ArchiveChange(
            year=known.year,
            former=former,
            digest=archive_file.digest_of(link),
            counts=archive_file.counts_of(tx),
            erased=erased,
            visits=known.ordered,
        )
        archives.set_content(tx, known.year, change.digest, change.counts)
        for digest in {former, known.facts.digest}:
            archive_changes.note(tx, msgspec.structs.replace(change, former=digest), at)
        link.execute("COMMIT")
    _write_anew(half)
    backup.sync_file(half)
    archive_file.prove(half)
    return Prepared(path=known.path, change=change, half=half, files=files)


def _to_write(half: Path) -> sqlite3.Connection:
    """Nothing is lost when it stays half."""
    link = sqlite3.connect(half, isolation_level=None)
    link.execute("PRAGMA journal_mode = OFF")
    link.execute("PRAGMA synchronous = OFF")
    return link


def _write_anew(half: Path) -> None:
    """On a connection of its own, which knows the true tables alone."""
    with closing(_to_write(half)) as link:
        link.execute("VACUUM")


def _scans(tx: Transaction) -> tuple[str, ...]:
    """The files that lost a row in this archive, ever: an office that came back does not know of them."""
    return tuple(tx.column("SELECT sha256 FROM doomed_file ORDER BY sha256"))


def _as_it_is(known: Known, facts: ArchiveFacts, *, begun: bool) -> Prepared:
    """The file lies in its place, and the office is to know it so."""
    with archive_file.opened(known.path) as tx:
        files = _scans(tx)
    change = ArchiveChange(
        year=known.year, former=known.facts.digest, digest=facts.digest, counts=facts.counts
    )
    return Prepared(path=known.path, change=change, files=files, begun=begun)


def put(prepared: Prepared) -> None:
    """Give the new file its place.

    Raises:
        UserError: somebody goes on reading in the old one, or the folder cannot be written. It is as it was.
    """
    if prepared.half is None:
        return
    try:
        moving.put(prepared.half, prepared.path)
    except OSError as error:
        _drop(prepared.half)
        raise UserError(
            _("Arsip {path} tidak dapat diganti ({error}).").format(path=prepared.path, error=error),
            _("Arsip itu tetap seperti semula."),
            _("Tutup pencarian di arsip pada stasiun lain, lalu ulangi."),
        ) from error
    backup.sync_folder(prepared.path.parent)


def clear_halves(path: Path) -> None:
    """What a killed program left beside an archive: it holds what was to be erased."""
    for half in path.parent.glob(f".{path.name}.*{_HALF}"):
        _drop(half)


def _drop(half: Path) -> None:
    """One that a scanner holds goes with the next run."""
    with suppress(OSError):
        half.unlink(missing_ok=True)
