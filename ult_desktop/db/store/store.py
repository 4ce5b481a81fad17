"""The store of a station: connection, transactions and locks of the office file."""

import contextlib
import itertools
import logging
import os
import platform
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from ult_desktop.base import UserError, _, formats
from ult_desktop.db.store import errors, moved, stations
from ult_desktop.db.store.clock import ticks_ms
from ult_desktop.db.store.connection import file_link, has_its_schema
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at, engine_of
from ult_desktop.db.store.key_ranges import in_time
from ult_desktop.db.store.share_files import file_name_part, read_small
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import OlderCopy, Witness

# SQLite does not report who holds a lock, so the holder lays a file next to the office file. It does so only
# after a second: a shorter wait is normal, and a file on the share would cost more than it explains.
MARKED_AFTER_S, LOOK_S = 1.0, 0.25
BELIEVED_S = 3600.0  # a program that died leaves its mark; a mark that is older than this does not count
_ENDING = ".held-"
_MARKS = itertools.count()


class HolderMark:
    """The mark of a connection that has held the office file for a second: a file with the station's name.

    `held` surrounds all work that may hold the office file. `close` ends the thread that lays the mark.
    """

    def __init__(self, office: Path, station: str) -> None:
        self._station = station or platform.node()
        # Of two programs on one PC, and of two connections of one, each has a mark of its own.
        self._places = f"{office.name}{_ENDING}{file_name_part(self._station)}-"
        self._place = office.with_name(f"{self._places}{os.getpid()}-{next(_MARKS)}")
        self._began: float | None = None
        self._laid = False
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        if self._thread is None:
            self._closing = threading.Event()
            self._thread = threading.Thread(
                target=self._watch, args=(self._closing,), name="holder", daemon=True
            )
            self._thread.start()
        self._began = time.monotonic()
        try:
            yield
        finally:
            self._began = None
            if self._laid:
                self._take_away()

    def close(self) -> None:
        """Stop the thread. One that hangs in a dead share is left behind: it is a daemon."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(1.0)
            self._thread = None

    def _watch(self, closing: threading.Event) -> None:
        while not closing.wait(LOOK_S):
            began = self._began
            if began is not None and not self._laid and time.monotonic() - began > MARKED_AFTER_S:
                with contextlib.suppress(OSError):  # the share is gone or closed to writing: no mark is laid
                    self._place.write_bytes(msgspec.json.encode(self._station))
                    self._laid = True
                    self._tidy_up()
                if self._began != began:  # it was over meanwhile
                    self._take_away()

    def _tidy_up(self) -> None:
        """Remove the marks that programs of this station which died have left."""
        for place in self._place.parent.glob(f"{self._places}*"):
            if time.time() - place.stat().st_mtime > BELIEVED_S:
                place.unlink(missing_ok=True)

    def _take_away(self) -> None:
        self._laid = False
        with contextlib.suppress(OSError):
            self._place.unlink(missing_ok=True)


def describe_holders(office: Path, link: Link | None) -> str:
    """Say who keeps the others waiting and since when, in words; else who was last seen at work.

    The time is this PC's own, of the mark: on a server a dead PC keeps nobody waiting for long.
    """
    holders = sorted({*_by_marks(office), *_by_server(link)})
    if holders:
        return ", ".join(holders)
    seen = _seen_lately(link)
    if seen:
        return _("stasiun lain (terakhir terlihat bekerja: {names})").format(names=", ".join(seen))
    return _("stasiun lain")


def _by_marks(office: Path) -> Iterator[str]:
    places: list[Path] = []
    with contextlib.suppress(OSError):  # the share or the rights to it were taken away
        places = list(office.parent.glob(f"{office.name}{_ENDING}*"))
    for place in places:
        with contextlib.suppress(OSError, *errors.UNREADABLE):
            laid_at = place.stat().st_mtime
            if abs(time.time() - laid_at) < BELIEVED_S:
                since = formats.format_time(datetime.fromtimestamp(laid_at - MARKED_AFTER_S))  # noqa: DTZ006
                name = msgspec.json.decode(read_small(place), type=str)
                yield _("{name} (sejak pukul {time})").format(name=name, time=since)


def _by_server(link: Link | None) -> tuple[str, ...]:
    if link is not None:
        with contextlib.suppress(sqlite3.Error):
            return engine_of(link).holders(link)
    return ()


def _seen_lately(link: Link | None) -> list[str]:
    if link is None:
        return []
    try:
        return stations.last_at_work(Transaction(link))
    except sqlite3.Error:  # it is locked against readers too
        return []


log = logging.getLogger(__name__)
T = TypeVar("T")
RETRY_LIMIT_S = 15.0  # docs/store.md, rule 6: fair up to here, then a person gets an error
# docs/store.md, rule 7: stale attributes give a false "malformed" now and then
DAMAGE_REOPENS, DAMAGE_PAUSE_S = 3, 1.0
FIRST_BACKOFF_S, LAST_BACKOFF_S = 0.1, 2.0
# docs/store.md, rule 6: after a hold longer than the first, a writer gives way for at most the second
HELD_LONG_S, LONGEST_WAY_S = 0.05, 0.5
LOOK_AT_PATH_S = 0.75  # docs/store.md, rule 11


class Store:
    """A process's way to the office file. A store belongs to one thread.

    `write` may run its work several times; work therefore changes nothing but rows, and begins by looking for
    its own request id, because a COMMIT that failed may have happened (docs/store.md, rule 8). A `witness`
    bars every write to an older copy of the office.
    """

    def __init__(
        self, path: Path, timeout_s: float = RETRY_LIMIT_S, station: str = "", witness: Witness | None = None
    ) -> None:
        self.path = path
        self._engine = engine_at(path)
        self._timeout_s = self._busy_s = timeout_s
        self._station = station
        self._mark = HolderMark(path, station)
        self._witness = witness or Witness(path)
        self._deadline = 0.0  # monotonic seconds until which a call tries again while the file is busy
        self._at_path = 0.0  # monotonic seconds at which the path was last seen to lead to the open file
        self._released_at = self._held_s = (
            0.0  # when the last write released the lock, and how long it had it
        )
        self._halted: errors.WritesBlocked | None = None
        self._was_office = False  # an office was opened at this path
        self._connection: Link | None = None
        self._on_open: Callable[[Transaction], object] | None = None
        # Of this connection: `on_open` is still to be written, the pages are proved, the witness was asked.
        self._open_pending = self._proved = self._met_witness = False

    def on_open(self, greet: Callable[[Transaction], object]) -> None:
        """Write `greet` right after every open (docs/store.md, rule 1: the station's row).

        The journal's handle stays open then, and on Windows a hot journal cannot hide behind the
        client's cache. A connection that is open already is greeted once, with the first `greet`.
        """
        self._open_pending |= self._on_open is None and self._connection is not None
        self._on_open = greet

    def halt(self, reason: errors.WritesBlocked | None) -> None:
        """Refuse every write with `reason` from now on, until it is None. From any thread."""
        self._halted = reason

    @contextmanager
    def patience(self, seconds: float, while_busy: float = 0.0) -> Iterator[None]:
        """Limit the retries of each call in here to `seconds`. A later success would surprise people.

        While another station holds the file, the share answers, and retries may go on for `while_busy`.
        """
        usual = self._timeout_s, self._busy_s
        self._timeout_s = min(self._timeout_s, max(0.0, seconds))
        self._busy_s = max(self._timeout_s, min(self._busy_s, while_busy))
        try:
            yield
        finally:
            self._timeout_s, self._busy_s = usual

    def on_connection(self, act: Callable[[Link], T]) -> T:
        """Do `act` on the connection itself, with the same patience (migrations, backup).

        Raises:
            UserError: as `write`.
        """
        return self._insist(act)

    def read(self, query: Callable[[Transaction], T]) -> T:
        """Read from a consistent snapshot.

        Raises:
            ShareUnreachable: the share does not answer within the patience.
        """
        return self._insist(lambda connection: self._look(connection, query))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Carry out all of `work` or none of it; it is on disk when this returns.

        Raises:
            UserError: refused by `work`, or full, read-only, damaged, busy for too long.
            ShareUnreachable: the share is gone; its request id shows whether the work was done.
        """
        self._let_others_in()
        return self._insist(lambda connection: self._commit(connection, work))

    def _let_others_in(self) -> None:
        """Wait until half of the time has passed for which this station held the file last.

        SQLite gives its lock to whoever asks first, and who waits asks every 20-200 ms (docs/store.md, rule
        6): batches without a pause would keep everybody else out. A server has a queue.
        """
        if self._engine.has_file and self._held_s > HELD_LONG_S:
            free_s = _seconds_with_sleep() - self._released_at
            time.sleep(min(LONGEST_WAY_S, max(0.0, self._held_s / 2 - free_s)))

    def write_at_length(self, work: Callable[[Transaction], T]) -> T:
        """Write as `write` does, however long it takes.

        `work` itself checks whether it still holds the lock.
        """
        return self._insist(lambda connection: self._commit(connection, work, is_long=True))

    def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()
        self._mark.close()

    def _insist(self, attempt: Callable[[Link], T]) -> T:
        began = time.monotonic()
        deadline, self._deadline = began + self._timeout_s, began + self._busy_s
        backoff, damages = FIRST_BACKOFF_S, 0
        while True:
            try:
                return self._try(attempt)
            except sqlite3.Error as error:
                if errors.is_bug(error):
                    raise
                damages += 1 if errors.is_damage(error) else 0
                until = self._deadline if errors.is_busy(error) else deadline
                if self._is_hopeless(error, until, damages):
                    holder = describe_holders(self.path, self._connection) if errors.is_busy(error) else ""
                    self.close()
                    if damages > DAMAGE_REOPENS:
                        errors.raise_flag(self.path, self._station, error, known=self._was_office)
                    raise errors.describe_failure(error, str(self.path), holder) from error
                backoff = self._pause(error, backoff, deadline)
            except errors.ShareUnreachable as error:
                # A share that was away a moment ago is often back within the patience; nobody knows yet
                # whether the last COMMIT happened, so the work looks for its request first when it runs
                # again.
                if isinstance(error, errors.FileExchanged):
                    self.close()
                if time.monotonic() >= deadline:
                    raise
                time.sleep(min(backoff, max(0.0, deadline - time.monotonic())))
                backoff = min(backoff * 2, LAST_BACKOFF_S)

    def _try(self, attempt: Callable[[Link], T]) -> T:
        try:
            # A server needs no mark: it names the holder. A station that waits in its queue holds nothing.
            with self._mark.held() if self._engine.has_file else nullcontext():
                return attempt(self._ready())
        except (UserError, OSError):  # a refusal, or a folder that does not answer: neither is about pages
            raise
        except errors.UNSTORABLE as error:
            raise errors.unstorable() from error
        except Exception as error:
            if not isinstance(error, sqlite3.Error) or errors.is_bug(error):
                self._require_wholeness(error)
            raise

    def _require_wholeness(self, error: Exception) -> None:
        """Raise DamagedFile where the file is to blame for what looks like a bug.

        Its content cannot be read, it does not open, its schema is not the one of its migrations, or a page
        is unsound. The cause may be a bug after all, so no flag stops the others, and the error is logged.
        """
        link = self._connection
        if link is not None:
            with suppress(sqlite3.Error):  # what a newer program changed looks like damage
                self._require_known_level(link)
        if errors.is_unreadable(error) or link is None or not self._is_sound(link):
            log.error("%s is not readable", self.path, exc_info=error)
            self.close()
            raise errors.file_damaged(str(self.path), error) from error

    def _is_sound(self, link: Link) -> bool:
        """Return whether the file is sound, checked once for each connection.

        A bug that every poll meets must not read the whole file each time.
        """
        if not self._proved:
            # A server checks its own pages.
            self._proved = not self._engine.has_file or (has_its_schema(link) and _may_be_sound(link))
        return self._proved

    def _is_hopeless(self, error: sqlite3.Error, deadline: float, damages: int) -> bool:
        """Return whether it is of no use to try again."""
        is_known_damage = errors.is_damage(error) and errors.is_flagged(self.path)
        is_too_late = damages > DAMAGE_REOPENS or time.monotonic() >= deadline
        return errors.is_final(error) or is_known_damage or is_too_late

    def _pause(self, error: sqlite3.Error, backoff: float, deadline: float) -> float:
        """Wait before the next try; anything but BUSY gets a fresh connection (docs/store.md, rule 7)."""
        if errors.is_busy(error):
            # At random: with fixed pauses the same writer comes late each time. This cut the longest wait of
            # four writers from 9.5 to 3 s (docs/store.md, "What was measured").
            time.sleep(random.uniform(0.02, 0.2))  # noqa: S311  (jitter, not a secret)
            return backoff
        self.close()
        pause = DAMAGE_PAUSE_S if errors.is_damage(error) else backoff
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        return min(backoff * 2, LAST_BACKOFF_S)

    def _ready(self) -> Link:
        if self._connection is None:
            self._connection = moved.open_here(self._engine, self.path)
            self._engine.introduce(self._connection, self._station or platform.node())
            self._open_pending = self._was_office = True
            self._proved = self._met_witness = False
            self._at_path = time.monotonic()
        if self._open_pending and self._on_open is not None and self._may_write():
            with suppress(OlderCopy):  # it may still be read
                self._commit(self._connection, self._on_open)
                self._open_pending = False
        return self._connection

    def _may_write(self) -> bool:
        return self._halted is None and not errors.is_flagged(self.path)

    def _require_writable(self, tx: Transaction) -> None:
        if self._halted is not None:
            # One exception object is raised again and again; each raise would hang its frames onto it, and
            # keep them.
            raise self._halted.with_traceback(None)
        flag = errors.read_flag(self.path)
        if flag is None:
            return
        if flag.missing is None:
            raise errors.describe_damage(self.path, flag)
        Witness(self.path, (flag.missing,)).require(tx)
        # The right file is back, or was rebuilt. Where the share refuses, the next write tries again.
        with suppress(OSError):
            errors.flag_of(self.path).unlink()

    def _require_known_level(self, link: Link) -> None:
        """Raise WritesBlocked where the schema changed (docs/store.md, rule 18), or the office moved."""
        moved.require_here(self._engine, link, self.path)

    def _require_newest(self, tx: Transaction) -> None:
        if not self._met_witness:
            self._witness.require_home(tx)
            self._witness.meet(tx)
            self._met_witness = True
        self._witness.require(tx)

    def _require_at_path(self, link: Link) -> None:
        """Require that the path leads to the open file, which a write asks each time.

        In an older file that was renamed over it, what this station acknowledged would be missing; and two
        files at once would share one journal by its name, so it is asked before anything is written there.
        """
        self._engine.require_at_path(link, self.path)
        self._at_path = time.monotonic()

    def look_for_an_older_copy(self) -> None:
        """Have the next reading compare the log with what the witness knows, as the first one does."""
        self._met_witness = False

    def _look(self, link: Link, query: Callable[[Transaction], T]) -> T:
        if time.monotonic() - self._at_path > LOOK_AT_PATH_S:
            self._require_at_path(link)
        if self._met_witness or not self._witness.office:
            return _snapshot(link, query)

        def compared(tx: Transaction) -> T:
            self._require_newest(tx)
            return query(tx)

        try:
            return _snapshot(link, compared)
        except OlderCopy:  # it may still be read
            self._tell_others(link)
            return _snapshot(link, query)

    def _tell_others(self, link: Link) -> None:
        """Keep stations that know less of the log from writing to an older copy."""
        if self._witness.newest is not None:
            self._engine.doubt(link, self.path, self._station, self._witness.newest)

    def _commit(self, connection: Link, work: Callable[[Transaction], T], *, is_long: bool = False) -> T:
        # IMMEDIATE: the lock comes before the first reading. A transaction that read first and writes later
        # would get BUSY where another one wrote between, and waiting does not help it.
        # https://www.sqlite.org/lang_transaction.html
        begun = self._engine.begin_write(connection, self._deadline - time.monotonic())
        # After the lock is held: only from here on is what the work reads bound to stay true.
        began = _seconds_with_sleep()
        try:
            self._require_at_path(connection)
            moved.require_level(begun.level, connection, self.path)
            tx = Transaction(connection)
            self._require_writable(tx)
            self._met_witness &= not begun.is_doubted
            self._require_newest(tx)
            result = work(tx)
            if not is_long and _seconds_with_sleep() - began > self._engine.longest_write_s:
                raise errors.too_slow(str(self.path))
            _commit_patiently(connection, _seconds_with_sleep() + self._busy_s)
        except BaseException as error:
            roll_back(connection)
            if isinstance(error, OlderCopy):
                self._tell_others(connection)
            raise
        self._released_at = _seconds_with_sleep()
        self._held_s = self._released_at - began
        return result


class Road(Protocol):
    """The access to an office: a `Store`, or one transaction that is open already."""

    def read(self, query: Callable[[Transaction], T]) -> T: ...

    def write(self, work: Callable[[Transaction], T]) -> T: ...


class OneTransaction:
    """The access to an office within the open `tx`.

    Work that is refused undoes itself alone.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def read(self, query: Callable[[Transaction], T]) -> T:
        return query(self._tx)

    def write(self, work: Callable[[Transaction], T]) -> T:
        # A transaction cannot be begun within another; a savepoint can be undone alone.
        # https://www.sqlite.org/lang_savepoint.html
        self._tx.run("SAVEPOINT part")
        try:
            result = work(self._tx)
        except errors.UNSTORABLE as error:
            self._tx.run("ROLLBACK TO part")
            raise errors.unstorable() from error
        except BaseException:
            self._tx.run("ROLLBACK TO part")
            raise
        self._tx.run("RELEASE part")
        return result


def write_or_refuse(store: Road, work: Callable[[Transaction], T]) -> T:
    """Write as `Store.write`, and refuse rows that break a rule of the schema.

    The rows of this work come from elsewhere, so that is no bug.

    Raises:
        UserError: as `Store.write`, or the rows do not fit what is there.
    """
    try:
        return store.write(work)
    except sqlite3.IntegrityError as error:
        raise UserError(
            _("Tidak cocok dengan isi data kantor ({error}).").format(error=error),
            _("Tidak ada yang berubah."),
        ) from error


def _snapshot(connection: Link, query: Callable[[Transaction], T]) -> T:
    # DEFERRED: a snapshot must not take the writer's lock.
    connection.execute("BEGIN")
    try:
        return query(Transaction(connection))
    finally:
        roll_back(connection)


def _commit_patiently(connection: Link, deadline: float) -> None:
    """Commit, and try COMMIT alone again while it is BUSY.

    BUSY on COMMIT means a reader is in the way: the transaction remains.
    """
    while True:
        try:
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if not errors.is_busy(error) or _seconds_with_sleep() > deadline:
                raise
            # Shorter than the pause before a lock: readers hold theirs for at most 100 ms, and all other
            # writers wait for this one.
            time.sleep(random.uniform(0.005, 0.02))  # noqa: S311
        else:
            return


def _may_be_sound(link: Link) -> bool:
    """Return whether the pages may be sound.

    A large file that was not read in time counts as sound: the check may not keep others waiting.
    """
    return in_time(Transaction(link), lambda _tx: errors.has_sound_pages(file_link(link))) is not False


def roll_back(connection: Link) -> None:
    if connection.in_transaction:  # SQLite itself rolls back on some errors (full disk, I/O)
        connection.execute("ROLLBACK")


def _seconds_with_sleep() -> float:
    """Return seconds of a clock that counts sleep too.

    The PC may sleep within a transaction, and what it read is old then.
    """
    return ticks_ms() / 1000
