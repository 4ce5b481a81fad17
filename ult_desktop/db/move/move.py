"""The move of an office from one place to another, each a file or a database on a server.

All rows and documents are copied while the old place is locked, and are read again at the new one. One commit
at the old place then says that the office is gone; `ult_desktop.db.store.moved` has the marks of both places.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _, digests
from ult_desktop.core.event import Event
from ult_desktop.db.backup.backup import sync_folder
from ult_desktop.db.move import rows
from ult_desktop.db.move.rows import MOVE_MARK, copy_differs, every_table
from ult_desktop.db.store import errors, events, moved
from ult_desktop.db.store.connection import delete_with_journal, file_link
from ult_desktop.db.store.engine import Engine, Link
from ult_desktop.db.store.engines import engine_at, engine_of
from ult_desktop.db.store.moved import MoveMark, Stage
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents

_DOCUMENTS = "document_content"
Fill = Callable[[Link], None]
_REFERENCES = (
    "SELECT CAST(CAST(conrelid AS regclass) AS text), conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace) ORDER BY oid"
)


class NewPlace(ABC):
    """The file or the database to which the office of `uid` moves."""

    def __init__(self, engine: Engine, path: Path, uid: str) -> None:
        self.engine, self.path, self._uid = engine, path, uid

    def has_broken_move(self) -> bool:
        """Return whether a move of this office was broken off here; False where nothing is.

        Raises:
            sqlite3.Error: the place does not answer.
            UserError: something is there that must stay, or this account may not read it.
        """
        if self.engine.is_free(self.path):
            return False
        with closing(self.engine.open(self.path)) as link:
            self._require_broken_move(link)
        return True

    def _require_broken_move(self, link: Link) -> None:
        """Raise UserError unless a copy of this office lies here that a broken-off move left."""
        uid = link.execute("SELECT uid FROM office").fetchone()
        if uid != (self._uid,):
            raise _taken(_("Di {path} sudah ada kantor lain.").format(path=self.path))
        mark = moved.read_mark(link)
        if mark is None:
            raise _taken(_("Di {path} sudah ada salinan kantor ini.").format(path=self.path))
        if mark.state is Stage.GONE:
            raise _taken(_("{path} adalah tempat lama kantor ini.").format(path=self.path))

    @abstractmethod
    def keep_document(self, link: Link, sha256: str, content: bytes) -> None:
        """Store a document of the office; `make` has called `fill`, which calls this.

        Raises:
            sqlite3.Error, UserError: there is no room.
        """

    @abstractmethod
    def make(self, fill: Fill) -> None:
        """Make an office without rows and let `fill` write them; all of it is on disk on return, or nothing.

        Raises:
            FileExistsError: something was made there meanwhile.
            OSError, sqlite3.Error, UserError: the office cannot be made.
        """


class NewFile(NewPlace):
    """A file that is not there yet, or the draft of a move that was killed."""

    @override
    def keep_document(self, link: Link, sha256: str, content: bytes) -> None:
        with closing(self.engine.documents(self.path)) as files:
            files.put(sha256, content)

    @override
    def make(self, fill: Fill) -> None:
        for draft in self.path.parent.glob(f".{self.path.name}.*.new"):  # of a move that was killed
            delete_with_journal(draft)
        if self.has_broken_move():
            delete_with_journal(self.path)
        self.engine.make(self.path, self._uid, lambda link: _fill_file(file_link(link), fill))
        sync_folder(self.path.parent)


def _fill_file(link: sqlite3.Connection, fill: Fill) -> None:
    """Write the rows as they are, without triggers.

    The rows that triggers would write are among the copied ones already.
    """
    # Pages may be written before COMMIT: nobody reads a draft, so nobody waits for its exclusive lock.
    link.execute("PRAGMA cache_spill = ON")
    # Tables are filled in the order of their names, so rows come before those that they refer to.
    # https://www.sqlite.org/pragma.html#pragma_defer_foreign_keys
    link.execute("PRAGMA defer_foreign_keys = ON")
    triggers = link.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        link.execute(f"DROP TRIGGER {name}")
    for table in every_table():
        link.execute(f"DELETE FROM {table.name}")  # the lists that a new office begins with
    fill(link)
    for _name, sql in triggers:
        link.execute(sql)
    # COMMIT would fail as well, but would not name the table.
    broken = link.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise copy_differs(broken[0])


class NewDatabase(NewPlace):
    """An empty database, or one that a killed move filled."""

    @override
    def keep_document(self, link: Link, sha256: str, content: bytes) -> None:
        self.engine.insert_many(link, _DOCUMENTS, ("sha256", "content"), [(sha256, content)])

    @override
    def make(self, fill: Fill) -> None:
        if not self.has_broken_move():
            self.engine.make(self.path, self._uid, lambda link: _fill_database(link, fill))
            return
        with closing(self.engine.open(self.path)) as link:
            link.execute("BEGIN IMMEDIATE")
            self._require_broken_move(link)  # again, now that nobody else can write
            self.engine.migrate(link)
            self.engine.set_away(link, away=False)
            _fill_database(link, fill)
            link.execute("COMMIT")


def _fill_database(link: Link, fill: Fill) -> None:
    """Write the rows as they are, without triggers and, until all are there, without references."""
    # The owner of a table may disable its own triggers. Only a superuser may disable the system's triggers,
    # which keep the references: so the references are dropped and added again.
    # https://www.postgresql.org/docs/current/sql-altertable.html
    references = link.execute(_REFERENCES).fetchall()
    for table, constraint, _sql in references:
        link.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    tables = [table.name for table in every_table()]
    link.execute(f"TRUNCATE {', '.join((MOVE_MARK, _DOCUMENTS, *tables))}")
    for table in tables:
        link.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    fill(link)
    for table in tables:
        link.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table, constraint, sql in references:
        try:
            link.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {sql}")
        except sqlite3.IntegrityError as error:
            raise copy_differs(table) from error
    # The planner knows nothing of a table that was just filled, until autovacuum comes by:
    # https://www.postgresql.org/docs/current/populate.html
    link.execute("ANALYZE")


def new_place(path: Path, uid: str) -> NewPlace:
    engine = engine_at(path)
    return NewFile(engine, path, uid) if engine.has_file else NewDatabase(engine, path, uid)


def _taken(what: str) -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), _("Pilih berkas baru atau basis data yang kosong."))


Progress = Callable[[int, int], None]
"""A function that is called with the number of steps that are done, and the number of all steps."""


class MovedOffice(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a move: what has moved, and how the log ends at both places."""

    place: str
    tables: int = 0
    rows: int = 0
    documents: int = 0
    events: int = 0
    chain: str = ""


class PlaceNames(NamedTuple):
    """The names of the old and the new place that people are shown; they hold no password."""

    source: str
    target: str


class _SourceError(Exception):
    """A failure of the old place while the new one was being written; its `__cause__` is the failure."""


def move(
    store: Store,
    target: Path,
    uid: str,
    names: PlaceNames,
    event: Callable[[Transaction], Event],
    progress: Progress,
) -> MovedOffice:
    """Move the office of `store` to `target`.

    Args:
        store: the store of the old place; nobody else uses it.
        target: a file that is not there, or the path for an empty database.
        uid: the office's.
        names: the names of both places that are shown.
        event: makes the event for the log, under the lock; raises where the move is not allowed.
        progress: is called after each step.

    Raises:
        UserError: the office cannot be moved; it still lives at the old place.
    """
    place = new_place(target, uid)
    with _failures_at_target(target):
        place.has_broken_move()  # refuses a place that is not free, before the old one is locked
    every_table()  # it is computed (and cached) here, while nobody waits
    try:
        result = store.write_long(lambda tx: _move_locked(tx, place, names, event, progress))
    except moved.OfficeMoved as gone:  # its commit got no answer, but happened
        if gone.mark.place != names.target:
            raise
        result = MovedOffice(place=names.target)
    finish(store.path, target)
    return result


def finish(source: Path, target: Path) -> None:
    """Let the office live at the new place, because the old one says so. Any station may do so, even twice.

    Raises:
        UserError: the office at `source` did not move to `target`, or the new place does not answer.
    """
    mark = gone_to(source)
    with _failures_at_target(target):
        if mark is None or not moved.arrive(engine_at(target), target, mark.move):
            raise UserError(
                _("Di {path} tidak ada kantor yang pindah dari {source}.").format(path=target, source=source),
                _("Tidak ada yang berubah."),
                _("Periksa alamat tempat barunya."),
            )


def gone_to(path: Path) -> MoveMark | None:
    """Return where the office of this place went; None where it still lives there, or never arrived.

    Raises:
        UserError: the place does not answer.
    """
    store = Store(path)
    try:
        store.read(lambda _tx: None)
    except moved.OfficeMoved as gone:
        return gone.mark
    except moved.NotArrived:
        return None
    finally:
        store.close()
    return None


def require_answer(target: Path) -> None:
    """Raise UserError where no file can be, or no server lets this PC in."""
    with _failures_at_target(target):
        engine_at(target).is_free(target)


def _move_locked(
    tx: Transaction,
    place: NewPlace,
    names: PlaceNames,
    event: Callable[[Transaction], Event],
    progress: Progress,
) -> MovedOffice:
    """Copy the office to the new place, and mark the old one as gone, in one transaction of the old one."""
    tx.on_connection(tx.engine.hold_long)
    last = events.append(tx, event(tx))
    # Each row is read twice: at the old place to be written, at the new one to be compared.
    total = 2 * tx.on_connection(rows.count)
    copy = _Copy(rows.MoveWatch(lambda done: progress(min(done, total), total)))
    with _failures_at_target(place.path):
        place.make(partial(_fill, tx, place, names, last.request, copy))
    # The new place is whole and on disk: with this mark's commit the office lives there.
    mark = MoveMark(last.request, Stage.GONE, names.target)
    tx.on_connection(lambda link: moved.write_mark(engine_of(link), link, mark))
    return MovedOffice(
        place=names.target,
        tables=len(copy.digests),
        rows=sum(digest.rows for digest in copy.digests.values()),
        documents=copy.documents,
        events=last.seq,
        chain=copy.log.chain,
    )


def _fill(
    tx: Transaction, place: NewPlace, names: PlaceNames, request: str, copy: "_Copy", link: Link
) -> None:
    """Write all rows and documents to the new place, over `link`, and the mark that the office arrives."""
    place.engine.hold_long(link)
    source = tx.on_connection(lambda source_link: source_link)
    for table in every_table():
        for portion in _read_source(source, table):
            place.engine.insert_many(link, table.name, table.columns, portion)
            copy.note_written(table, portion)
    for table in every_table():
        for portion in rows.read(link, table):
            copy.note_read_again(table, portion)
    copy.require_same()
    copy.documents = _copy_documents(tx, place, link, copy)
    moved.write_mark(place.engine, link, MoveMark(request, Stage.ARRIVING, names.source))


def _copy_documents(tx: Transaction, place: NewPlace, link: Link, copy: "_Copy") -> int:
    """Copy the documents; return how many.

    A document that the old place has lost already stays lost, and `verify` reports it.
    """
    count = 0
    with closing(tx.engine.documents(documents.file_of(tx))) as files:
        for sha256 in documents.hashes(tx):
            content = files.get(sha256)
            # A document that is damaged at the old place would look whole at the new one, under a name that
            # is no longer its hash.
            if content is not None and digests.sha256(content).hex() == sha256:
                place.keep_document(link, sha256, content)
                count += 1
            copy.watch.note_step()
    return count


def _read_source(link: Link, table: rows.CopiedTable) -> Iterator[list[rows.Row]]:
    try:
        yield from rows.read(link, table)
    except sqlite3.Error as error:
        raise _SourceError from error


class _Copy:
    """The state of a copy: digests of the rows as read at the old place, and as read again at the new one."""

    def __init__(self, watch: rows.MoveWatch) -> None:
        self.watch = watch
        self.log = rows.LogProof()
        self.documents = 0
        self.digests = {table.name: rows.Digest() for table in every_table()}
        self._at_target = {name: rows.Digest() for name in self.digests}

    def note_written(self, table: rows.CopiedTable, portion: list[rows.Row]) -> None:
        self.digests[table.name].add(portion)
        self.watch.note_step(len(portion))

    def note_read_again(self, table: rows.CopiedTable, portion: list[rows.Row]) -> None:
        self._at_target[table.name].add(portion)
        if table.name == "event":
            self.log.add(table, portion)
        self.watch.note_step(len(portion))

    def require_same(self) -> None:
        """Raise UserError where the new place holds other rows, or the log does not hang together."""
        different = [
            name for name, digest in self.digests.items() if digest.value != self._at_target[name].value
        ]
        if different:
            raise copy_differs(", ".join(different))
        if self.log.broken is not None:
            raise copy_differs(_("catatan {seq}").format(seq=self.log.broken))


@contextmanager
def _failures_at_target(target: Path) -> Iterator[None]:
    """Report failures in words that name the new place, except those of the old one (`_SourceError`)."""
    try:
        yield
    except _SourceError as error:
        raise error.__cause__ from None  # type: ignore[misc]
    except (sqlite3.IntegrityError, *errors.UNSTORABLE) as error:
        raise copy_differs(str(error)) from error
    except sqlite3.Error as error:
        if errors.is_bug(error):
            raise
        raise errors.describe_failure(error, str(target)) from error
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat dibuat ({error}).").format(path=target, error=error.strerror or error),
            _("Kantor masih di tempat lama; tidak ada yang hilang."),
            _("Periksa alamat folder, hak tulis, dan ruang kosongnya."),
        ) from error
