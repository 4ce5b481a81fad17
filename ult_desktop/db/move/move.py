"""The move of an office: copied whole under its lock, proved at the new place, and gone from the old one.

A program that dies on the way leaves a living office at the old place. What lies at the new one is nobody's,
and the next try lays it again. After the one commit by which the old place is gone it lives at the new one,
and every station that finds that out finishes what is left to do (`db/store/moved.py`).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from ult_desktop.base import UserError, _, digests
from ult_desktop.core.event import Event
from ult_desktop.db.move import rows
from ult_desktop.db.move.new_place import NewPlace, new_place
from ult_desktop.db.store import errors, events, moved
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at, engine_of
from ult_desktop.db.store.moved import MoveMark, Stage
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents

Progress = Callable[[int, int], None]
"""Gets how many steps are done, and how many there are."""


class MovedOffice(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a move: what has moved, and how the log ends at both places."""

    place: str
    tables: int = 0
    rows: int = 0
    documents: int = 0
    events: int = 0
    chain: str = ""


class Way(NamedTuple):
    """The way of a move: from where to where, as people name the places; no passwords."""

    source: str
    target: str


class _SourceError(Exception):
    """The error that the old place failed while the new one was being written."""


def move(
    store: Store, target: Path, uid: str, way: Way, event: Callable[[Transaction], Event], progress: Progress
) -> MovedOffice:
    """Move the office of `store` to `target`.

    Args:
        store: of the old place, which belongs to nobody else.
        target: a file that is not there, or what stands for an empty database.
        uid: the office's.
        way: the names of both places that are shown.
        event: what is written into the log, asked under the lock; raises where the move may not be.
        progress: is called with how it goes on.

    Raises:
        UserError: it cannot be; the office lives on at the old place.
    """
    place = new_place(target, uid)
    with _told_of(target):
        place.has_leavings()
    rows.every_table()  # it is computed (and cached) here, while nobody waits
    try:
        done = store.write_at_length(lambda tx: _under_the_lock(tx, place, way, event, progress))
    except moved.OfficeMoved as gone:  # its commit got no answer, but happened
        if gone.mark.place != way.target:
            raise
        done = MovedOffice(place=way.target)
    finish(store.path, target)
    return done


def finish(source: Path, target: Path) -> None:
    """Let the office live at the new place, because the old one is gone. Once is enough, by any station.

    Raises:
        UserError: the old place is not gone to there, or the new one does not answer.
    """
    mark = gone_to(source)
    with _told_of(target):
        if mark is None or not moved.arrive(engine_at(target), target, mark.move):
            raise UserError(
                _("Di {path} tidak ada kantor yang pindah dari {source}.").format(path=target, source=source),
                _("Tidak ada yang berubah."),
                _("Periksa alamat tempat barunya."),
            )


def gone_to(path: Path) -> MoveMark | None:
    """Return where the office of this place went; None where it lives there, or is none.

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
    with _told_of(target):
        engine_at(target).is_free(target)


def _under_the_lock(
    tx: Transaction, place: NewPlace, way: Way, event: Callable[[Transaction], Event], progress: Progress
) -> MovedOffice:
    tx.on_connection(tx.engine.hold_long)
    last = events.append(tx, event(tx))
    total = 2 * tx.on_connection(rows.count)
    copy = _Copy(rows.MoveWatch(lambda done: progress(min(done, total), total)))
    with _told_of(place.path):
        place.lay(partial(_fill, tx, place, way, last.request, copy))
    tx.on_connection(
        lambda link: moved.lay(engine_of(link), link, MoveMark(last.request, Stage.GONE, way.target))
    )
    return MovedOffice(
        place=way.target,
        tables=len(copy.digests),
        rows=sum(each.rows for each in copy.digests.values()),
        documents=copy.documents,
        events=last.seq,
        chain=copy.log.chain,
    )


def _fill(tx: Transaction, place: NewPlace, way: Way, request: str, copy: "_Copy", link: Link) -> None:
    place.engine.hold_long(link)
    source = tx.on_connection(lambda old: old)
    for table in rows.every_table():
        for some in _from_source(source, table):
            place.engine.pour(link, table.name, table.columns, some)
            copy.poured(table, some)
    for table in rows.every_table():
        for some in rows.read(link, table):
            copy.read_again(table, some)
    copy.require_same()
    copy.documents = _carry_documents(tx, place, link, copy)
    moved.lay(place.engine, link, MoveMark(request, Stage.ARRIVING, way.source))


def _carry_documents(tx: Transaction, place: NewPlace, link: Link, copy: "_Copy") -> int:
    """Copy the documents; return how many.

    A document that the old place has lost already stays lost, and `verify` reports it.
    """
    carried = 0
    with closing(tx.engine.documents(documents.file_of(tx))) as files:
        for sha256 in documents.hashes(tx):
            content = files.get(sha256)
            if content is not None and digests.sha256(content).hex() == sha256:
                place.keep(link, sha256, content)
                carried += 1
            copy.watch.go_on()
    return carried


def _from_source(link: Link, table: rows.CopiedTable) -> Iterator[list[rows.Row]]:
    try:
        yield from rows.read(link, table)
    except sqlite3.Error as error:
        raise _SourceError from error


class _Copy:
    """The digests of what was read at the old place, and again at the new one."""

    def __init__(self, watch: rows.MoveWatch) -> None:
        self.watch = watch
        self.log = rows.LogProof()
        self.documents = 0
        self.digests = {table.name: rows.Digest() for table in rows.every_table()}
        self._again = {name: rows.Digest() for name in self.digests}

    def poured(self, table: rows.CopiedTable, some: list[rows.Row]) -> None:
        self.digests[table.name].add(some)
        self.watch.go_on(len(some))

    def read_again(self, table: rows.CopiedTable, some: list[rows.Row]) -> None:
        self._again[table.name].add(some)
        if table.name == "event":
            self.log.add(table, some)
        self.watch.go_on(len(some))

    def require_same(self) -> None:
        """Raise UserError where the new place holds anything else, or the log does not hang together."""
        other = [name for name, digest in self.digests.items() if digest.told != self._again[name].told]
        if other or self.log.broken is not None:
            raise rows.not_whole(", ".join(other) or _("catatan {seq}").format(seq=self.log.broken))


@contextmanager
def _told_of(target: Path) -> Iterator[None]:
    """Report failures at the new place in words that name it; the old one is not to blame."""
    try:
        yield
    except _SourceError as failed:
        raise failed.__cause__ from None  # type: ignore[misc]
    except sqlite3.IntegrityError as error:
        raise rows.not_whole(str(error)) from error
    except errors.UNSTORABLE as error:
        raise rows.not_whole(str(error)) from error
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
