"""The store of a station: it opens the office, carries out transactions, and tries again after failures."""

import logging
import platform
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Protocol, TypeVar

from ult_desktop.base import UserError, _
from ult_desktop.db.store import damage_flag, errors, moved
from ult_desktop.db.store.clock import ticks_ms
from ult_desktop.db.store.connection import file_link, has_its_schema
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.holder_mark import HolderMark, describe_holders
from ult_desktop.db.store.key_ranges import run_in_time
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import OlderCopy, Witness

log = logging.getLogger(__name__)
T = TypeVar("T")
RETRY_LIMIT_S = 15.0  # docs/store.md, rule 6: fair up to here, then a person gets an error
# docs/store.md, rule 7: stale attributes give a false "malformed" now and then
DAMAGE_REOPENS, DAMAGE_PAUSE_S = 3, 1.0
FIRST_BACKOFF_S, LAST_BACKOFF_S = 0.1, 2.0
# docs/store.md, rule 6: after a hold longer than the first, a writer lets others write for at most the second
HELD_LONG_S, LONGEST_YIELD_S = 0.05, 0.5
LOOK_AT_PATH_S = 0.75  # docs/store.md, rule 11: a reading checks the path when the last check is this old


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
        self._path_checked_at = 0.0  # monotonic seconds of the last `_require_at_path`
        # When the last write released the lock, and how long it held it, by a clock that counts sleep.
        self._released_at = self._held_s = 0.0
        self._halted: errors.WritesBlocked | None = None
        self._has_been_open = False  # an office was opened at this path
        self._connection: Link | None = None
        self._greet: Callable[[Transaction], object] | None = None
        # The state of the open connection. `_is_compared`: the witness has compared the log with its event.
        self._must_greet = self._has_sound_pages = self._is_compared = False

    def on_open(self, greet: Callable[[Transaction], object]) -> None:
        """Carry out `greet` as a write right after every open (docs/store.md, rule 1: the station's row).

        The journal's handle stays open then, and on Windows a hot journal cannot hide behind the
        client's cache. A connection that is open already is greeted once, with the first `greet`.
        """
        self._must_greet |= self._greet is None and self._connection is not None
        self._greet = greet

    def halt(self, reason: errors.WritesBlocked | None) -> None:
        """Refuse every write with `reason` from now on, until it is None. From any thread."""
        self._halted = reason

    @contextmanager
    def patience(self, seconds: float, while_busy: float = 0.0) -> Iterator[None]:
        """Limit the retries of each call in this context to `seconds`.

        People are told of the failure then, and a later success would surprise them. While another station
        holds the file, the share answers, and retries may go on for `while_busy` seconds.
        """
        usual = self._timeout_s, self._busy_s
        self._timeout_s = min(self._timeout_s, max(0.0, seconds))
        self._busy_s = max(self._timeout_s, min(self._busy_s, while_busy))
        try:
            yield
        finally:
            self._timeout_s, self._busy_s = usual

    def on_connection(self, act: Callable[[Link], T]) -> T:
        """Do `act` on the connection itself (migrations, backup); it is retried as a write is.

        Raises:
            UserError: as `write`.
        """
        return self._retry(act)

    def read(self, query: Callable[[Transaction], T]) -> T:
        """Read from a consistent snapshot.

        Raises:
            ShareUnreachable: the share does not answer within the patience.
        """
        return self._retry(lambda connection: self._read_snapshot(connection, query))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Carry out all of `work` or none of it; it is on disk when this returns.

        Raises:
            UserError: refused by `work`, or full, read-only, damaged, busy for too long.
            ShareUnreachable: the share is gone; its request id shows whether the work was done.
        """
        self._let_others_in()
        return self._retry(lambda connection: self._commit(connection, work))

    def _let_others_in(self) -> None:
        """Leave the file free for half as long as this station held it last.

        SQLite gives its lock to whoever asks first, and a station that waits asks every 20-200 ms
        (docs/store.md, rule 6): batches without a pause would keep everybody else out. A server has a queue.
        """
        if self._engine.has_file and self._held_s > HELD_LONG_S:
            free_s = _seconds_with_sleep() - self._released_at
            time.sleep(min(LONGEST_YIELD_S, max(0.0, self._held_s / 2 - free_s)))

    def write_long(self, work: Callable[[Transaction], T]) -> T:
        """Write as `write` does, however long it takes.

        `work` itself checks whether it still holds the lock.
        """
        return self._retry(lambda connection: self._commit(connection, work, is_long=True))

    def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()
        self._mark.close()

    def _retry(self, act: Callable[[Link], T]) -> T:
        """Do `act` until it succeeds, cannot succeed, or the patience ends (docs/store.md, rules 6 and 7)."""
        began = time.monotonic()
        deadline, self._deadline = began + self._timeout_s, began + self._busy_s
        backoff, damages, was_found_sound = FIRST_BACKOFF_S, 0, False
        while True:
            try:
                return self._attempt(act)
            except sqlite3.Error as error:
                if errors.is_bug(error):
                    raise
                damages += 1 if errors.is_damage(error) else 0
                if damages > DAMAGE_REOPENS:
                    self.close()
                    believes = errors.may_be_old_size(error) and not was_found_sound
                    was_found_sound = damage_flag.lay_flag(
                        self.path, self._station, error, known=self._has_been_open, believes_check=believes
                    )
                    damages = 0 if was_found_sound else damages
                until = self._deadline if errors.is_busy(error) else deadline
                if _is_hopeless(self.path, error, until, damages):
                    holder = describe_holders(self.path, self._connection) if errors.is_busy(error) else ""
                    self.close()
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

    def _attempt(self, act: Callable[[Link], T]) -> T:
        """Do `act` once. What looks like a bug becomes DamagedFile where the file may have caused it."""
        try:
            # A server needs no mark: it names the holder. A station that waits in its queue holds nothing.
            with self._mark.held() if self._engine.has_file else nullcontext():
                return act(self._ensure_open())
        except (UserError, OSError):  # a refusal, or a folder that does not answer: neither is about pages
            raise
        except errors.UNSTORABLE as error:
            raise errors.value_unstorable() from error
        except Exception as error:
            if not isinstance(error, sqlite3.Error) or errors.is_bug(error):
                self._require_not_damaged(error)
            raise

    def _require_not_damaged(self, error: Exception) -> None:
        """Raise DamagedFile where the file may have caused an `error` that looks like a bug.

        The file may have caused it if its content cannot be read, it does not open, its schema is not the one
        of its migrations, or a page is unsound. It may be a bug all the same, so no flag stops the other
        stations, and the error is logged.
        """
        link = self._connection
        if link is not None:
            with suppress(sqlite3.Error):  # what a newer program changed would look like damage
                moved.require_here(self._engine, link, self.path)
        if errors.is_unreadable(error) or link is None or not self._is_sound(link):
            log.error("%s is not readable", self.path, exc_info=error)
            self.close()
            raise errors.file_damaged(str(self.path), error) from error

    def _is_sound(self, link: Link) -> bool:
        """Return whether the file is sound, checked once for each connection.

        A bug that every poll meets must not read the whole file each time.
        """
        if not self._has_sound_pages:
            # A server checks its own pages.
            self._has_sound_pages = not self._engine.has_file or (
                has_its_schema(link) and _may_be_sound(link)
            )
        return self._has_sound_pages

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

    def _ensure_open(self) -> Link:
        """Return the connection, which is opened where need be; after opening, carry out `_greet`."""
        if self._connection is None:
            self._connection = moved.open_here(self._engine, self.path)
            self._engine.show_station_name(self._connection, self._station or platform.node())
            self._must_greet = self._has_been_open = True
            self._has_sound_pages = self._is_compared = False
            self._path_checked_at = time.monotonic()
        if self._must_greet and self._greet is not None:
            may_write = self._halted is None and not damage_flag.is_flagged(self.path)
            with suppress(OlderCopy):  # an older copy may still be read
                if may_write:
                    self._commit(self._connection, self._greet)
                    self._must_greet = False
        return self._connection

    def _require_writable(self, tx: Transaction) -> None:
        if self._halted is not None:
            # One exception object is raised again and again; each raise would hang its frames onto it, and
            # keep them.
            raise self._halted.with_traceback(None)
        flag = damage_flag.read_flag(self.path)
        if flag is None:
            return
        if flag.missing is None:
            raise damage_flag.describe_flag(self.path, flag)
        Witness(self.path, (flag.missing,)).require_in_log(tx)
        # The right file is back, or was rebuilt. Where the share refuses, the next write tries again.
        with suppress(OSError):
            damage_flag.delete_flag(self.path, flag)

    def _require_newest(self, tx: Transaction) -> None:
        """Raise OlderCopy where the office lacks an event that the witness knows."""
        if not self._is_compared:
            self._witness.require_home(tx)
            self._witness.read_restores(tx)
            self._is_compared = True
        self._witness.require_in_log(tx)

    def _require_at_path(self, link: Link, believed_s: float = 0.0) -> None:
        """Require that the path leads to the open file; an answer less than `believed_s` old is believed.

        If an older file was renamed over the open one, the older file would lack what this station
        acknowledged. Both files would also share one journal, which SQLite finds by its name.
        """
        if time.monotonic() - self._path_checked_at >= believed_s:
            self._engine.require_at_path(link, self.path)
            self._path_checked_at = time.monotonic()

    def compare_again(self) -> None:
        """Have the next reading compare the log with what the witness knows, as the first one does."""
        self._is_compared = False

    def _read_snapshot(self, link: Link, query: Callable[[Transaction], T]) -> T:
        self._require_at_path(link, LOOK_AT_PATH_S)
        if self._is_compared or not self._witness.office:
            return _snapshot(link, query)

        def compare_and_query(tx: Transaction) -> T:
            self._require_newest(tx)
            return query(tx)

        try:
            return _snapshot(link, compare_and_query)
        except OlderCopy:  # it may still be read
            self._report_older_copy(link)
            return _snapshot(link, query)

    def _report_older_copy(self, link: Link) -> None:
        """Keep stations that know less of the log from writing to an older copy."""
        newest = self._witness.newest
        if newest is not None:
            self._engine.report_missing_event(
                link, self.path, self._station, newest, lambda: self._witness.misses_event(Transaction(link))
            )

    def _commit(self, connection: Link, work: Callable[[Transaction], T], *, is_long: bool = False) -> T:
        # The lock rolls the path's hot journal back, which may be of a file renamed over the open one.
        self._require_at_path(connection, LOOK_AT_PATH_S)
        # IMMEDIATE: the lock comes before the first reading. A transaction that read first and writes later
        # would get BUSY where another one wrote between, and waiting does not help it.
        # https://www.sqlite.org/lang_transaction.html
        start = self._engine.begin_write(connection, self._deadline - time.monotonic())
        # After the lock is held: only from here on is what the work reads bound to stay true.
        locked_at = _seconds_with_sleep()
        try:
            self._require_at_path(connection)
            moved.require_level(start.level, connection, self.path)
            tx = Transaction(connection)
            self._require_writable(tx)
            self._is_compared &= not start.is_doubted
            self._require_newest(tx)
            result = work(tx)
            if not is_long and _seconds_with_sleep() - locked_at > self._engine.longest_write_s:
                raise errors.too_slow(str(self.path))
            _commit_patiently(connection, _seconds_with_sleep() + self._busy_s)
        except BaseException as error:
            roll_back(connection)
            if isinstance(error, OlderCopy):
                self._report_older_copy(connection)
            raise
        self._released_at = _seconds_with_sleep()
        self._held_s = self._released_at - locked_at
        return result


class OfficeAccess(Protocol):
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
        except BaseException as error:
            # Rolled back to, a savepoint stays open: an outer one of its name would be hidden by it.
            self._tx.run("ROLLBACK TO part")
            self._tx.run("RELEASE part")
            if isinstance(error, errors.UNSTORABLE):
                raise errors.value_unstorable() from error
            raise
        self._tx.run("RELEASE part")
        return result

    def try_out(self, work: Callable[[Transaction], T]) -> T:
        """Return what `work` returns, and undo it."""
        self._tx.run("SAVEPOINT part")
        try:
            return work(self._tx)
        finally:
            self._tx.run("ROLLBACK TO part")
            self._tx.run("RELEASE part")


def write_or_refuse(store: OfficeAccess, work: Callable[[Transaction], T]) -> T:
    """Write as `Store.write`, and refuse rows that break a rule of the schema.

    It is for rows that come from outside the program, where a broken rule is no bug.

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


def _is_hopeless(path: Path, error: sqlite3.Error, deadline: float, damages: int) -> bool:
    """Return whether it is of no use to try again."""
    is_known_damage = errors.is_damage(error) and damage_flag.is_flagged(path)
    is_too_late = damages > DAMAGE_REOPENS or time.monotonic() >= deadline
    return errors.is_final(error) or is_known_damage or is_too_late


def _may_be_sound(link: Link) -> bool:
    """Return whether the pages may be sound.

    A large file that was not read in time counts as sound: the check may not keep others waiting.
    """
    is_sound = run_in_time(Transaction(link), lambda _tx: damage_flag.has_sound_pages(file_link(link)))
    return is_sound is not False


def roll_back(connection: Link) -> None:
    if connection.in_transaction:  # SQLite itself rolls back on some errors (full disk, I/O)
        connection.execute("ROLLBACK")


def _seconds_with_sleep() -> float:
    """Return seconds of a clock that counts sleep too.

    The PC may sleep within a transaction, and what it read is old then.
    """
    return ticks_ms() / 1000
