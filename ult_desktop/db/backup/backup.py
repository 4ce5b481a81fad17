"""The copying of an office file while it is in use, and the proof of the copy (docs/store.md, rule 12).

The file is never copied as a file: 1 of 60 such copies was torn while others wrote. SQLite's backup API is
right, but starts again whenever another station commits between two of its steps. So each try has larger
steps, until a whole backup is not disturbed. Nobody can commit during a step, and the largest step reads the
whole file: the caller says how long a step may last.
"""

import math
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.event import GENESIS
from ult_desktop.db import migrations, verification
from ult_desktop.db.office import office
from ult_desktop.db.store import connection, errors, share_files
from ult_desktop.db.store.transaction import Transaction

T = TypeVar("T")
STEP_PAGES, GROWTH = 256, 4  # the pages of a step of the first try, and how many times more the next one has
PAUSE_S, BUSY_PAUSE_S = 0.02, 0.05  # after a step, and while another connection holds the file
RETRY_LIMIT_S, READ_RETRY_LIMIT_S = 60.0, 5.0  # for a busy file: to copy an office; to read a copy


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A proved copy of the office of `uid`: its size in bytes, and the last event of its log (UTC ms)."""

    uid: str
    bytes: int
    last_seq: int
    last_at: int
    last_hash: str


class KeepsOthersWaiting(UserError):
    """The refusal of a copy that would keep the other stations waiting for too long.

    They write so often that only a copy in one step would come to its end, which takes `reading_ms`.
    """

    def __init__(self, reading_ms: int) -> None:
        super().__init__(
            _("Menyalin berkas kantor akan membuat semua stasiun menunggu {s} detik.").format(
                s=formats.format_fixed(reading_ms / 1000, 1)
            ),
            _("Tidak ada yang disalin; cadangan yang sudah ada tidak tersentuh."),
            _("Ulangi di luar jam layanan, atau paksa dengan `ult-desktop backup --now`."),
        )
        self.reading_ms = reading_ms


class BadCopy(UserError):
    """A copy that does not pass its proof. Its maker throws it away; a person who restores takes another."""


class _Disturbed(Exception):
    """The error that another station committed, and the backup began again."""


class _Steps:
    """The callback for the steps of one try (`progress` of `sqlite3.Connection.backup`).

    It pauses after each step, and raises `_Disturbed` when the backup began again, or "busy" when no step
    succeeds for a minute. `reading_s` is the time in which nobody could commit; in it `pages_read` of
    `total_pages` were read. `between` is called after each step.
    """

    def __init__(self, between: Callable[[], None]) -> None:
        self._between = between
        self._remaining_pages: int | None = None
        self._last_step_at = self._reading_since = time.monotonic()
        self.reading_s = 0.0
        self.pages_read = self.total_pages = 0

    def __call__(self, status: int, remaining: int, total: int) -> None:
        now = time.monotonic()
        # The driver calls this for a busy file as well, and sleeps afterwards: such a step read nothing, and
        # kept nobody waiting.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if now - self._last_step_at > RETRY_LIMIT_S:
                error = sqlite3.OperationalError("database is locked")
                # An error that Python made has no code, and the code is what callers decide by.
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise error
            self._reading_since = now + BUSY_PAUSE_S
            return
        # SQLite begins a backup again by itself, without a word, when another connection commits:
        # https://www.sqlite.org/backup.html. Only the number of remaining pages shows it.
        if self._remaining_pages is not None and remaining >= self._remaining_pages:
            raise _Disturbed
        self.reading_s += max(0.0, now - self._reading_since)
        self.pages_read, self.total_pages = total - remaining, total
        self._remaining_pages, self._last_step_at = remaining, now
        self._between()
        time.sleep(PAUSE_S)
        self._reading_since = time.monotonic()

    def estimate_s(self, pages: int) -> float:
        """Estimate how long a step of so many pages will take (seconds), from the steps of this try."""
        return self.reading_s / max(1, self.pages_read) * min(pages, self.total_pages)


def copy_online(
    source: Path, target: Path, between: Callable[[], None] = lambda: None, longest_s: float = math.inf
) -> int:
    """Copy the office file at `source`, in use by any number of stations, to `target`; on disk on return.

    Others wait to commit for at most `longest_s`. Returns how long they would wait for a copy in one step
    (ms). `between` is called after each step. `target` is a new file under a temporary name: a crash leaves
    it half written.

    Raises:
        KeepsOthersWaiting: with so many writers it takes a step that is longer than `longest_s`.
        sqlite3.Error, OSError: one of the two cannot be read or written, or somebody holds the file.
        UserError: `source` is no office file, or missing.
    """
    with closing(open_with_retry(source)) as link, closing(sqlite3.connect(target)) as copy:
        # SQLite would wait inside a step, and that would count as reading; `_try_copy` waits between steps.
        link.execute("PRAGMA busy_timeout = 0")
        # The copy has a temporary name: nobody opens the half copy that a crash leaves, so a journal would
        # protect nothing.
        copy.execute("PRAGMA journal_mode = MEMORY")
        copy.execute("PRAGMA synchronous = OFF")  # not while others wait: it is synced as a whole at the end
        pages, steps = STEP_PAGES, _Steps(between)
        while not _try_copy(link, copy, pages, steps):
            pages *= GROWTH
            if steps.estimate_s(pages) > longest_s:
                raise KeepsOthersWaiting(_ms(steps.estimate_s(steps.total_pages)))
            steps = _Steps(between)
    sync_file(target)
    return _ms(steps.reading_s)


def _ms(seconds: float) -> int:
    return math.ceil(seconds * 1000)


def open_with_retry(path: Path) -> sqlite3.Connection:
    """Open a connection of its own for reading the office file, however busy it is.

    Nobody waits for it, so it may wait where a station's own connection must not (docs/store.md, rule 6).

    Raises:
        sqlite3.Error, UserError: as `open_file`; busy for longer than `RETRY_LIMIT_S`.
    """
    deadline = time.monotonic() + RETRY_LIMIT_S
    while True:
        try:
            link = connection.open_file(path)
        except sqlite3.Error as error:
            if not errors.is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.02, 0.2))  # noqa: S311  (jitter, not a secret)
        else:
            link.execute(f"PRAGMA busy_timeout = {round(RETRY_LIMIT_S * 1000)}")
            return link


def _try_copy(link: sqlite3.Connection, copy: sqlite3.Connection, pages: int, steps: _Steps) -> bool:
    """Copy the whole file in steps of so many pages; return False where another station disturbed it."""
    try:
        # Between two steps the lock is free, and the others commit.
        link.backup(copy, pages=pages, progress=steps, sleep=BUSY_PAUSE_S)
    except _Disturbed:
        return False
    return True


def sync_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put a rename in this folder on disk; Windows has no such call, and needs none."""
    if os.name == "posix":
        # POSIX keeps a rename in the folder, which has a sync of its own:
        # https://man7.org/linux/man-pages/man2/fsync.2.html
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def verify_copy(path: Path) -> Copy:
    """Read all of the copy at `path`: its pages, its references and the chain of its log.

    Raises:
        BadCopy: it is not whole, or no office file.
        UserError: a build before version 0.1.0 wrote it.
    """
    try:
        with closing(open_to_read(path)) as link:
            copy = _prove(Transaction(link), path)
            applied = connection.applied_migrations(link)
            errors.require_release(str(path), applied)
            # A connection that only reads does not complain of a rule of the schema that a turned bit made
            # nonsense. So the schema's text is compared.
            if applied <= connection.known_migrations() and not connection.has_its_schema(link):
                raise _bad(path, "schema")
            return copy
    except (sqlite3.Error, *errors.UNREADABLE) as error:
        raise _bad(path, str(error)) from error


def _prove(tx: Transaction, path: Path) -> Copy:
    if tx.value("PRAGMA application_id") != migrations.APPLICATION_ID:
        raise _bad(path, "application_id")
    findings = verification.pages_and_chain(tx)
    if findings:
        raise _bad(path, f"{findings[0].check} {findings[0].detail}")
    return facts_of(tx, path.stat().st_size)


def facts_of(tx: Transaction, size: int) -> Copy:
    """Return the facts of an open copy of `size` bytes."""
    seq, at, chain = tx.row("SELECT seq, at, chain FROM event ORDER BY seq DESC LIMIT 1") or (0, 0, GENESIS)
    return Copy(uid=office.uid_of(tx), bytes=size, last_seq=seq, last_at=at, last_hash=chain)


def uid_of(path: Path) -> str:
    """Return the uid of a file's office; "" when it cannot be read, or the file is no office."""

    def read_uid(tx: Transaction) -> str:
        return office.uid_of(tx) if tx.value("PRAGMA application_id") == migrations.APPLICATION_ID else ""

    return query_copy(path, read_uid) or ""


def query_copy(path: Path, look: Callable[[Transaction], T]) -> T | None:
    """Return the result of `look` in a copy; None for a file that is gone, empty or damaged."""
    try:
        with closing(open_to_read(path)) as link:
            tx = Transaction(link)
            # SQLite opens an empty file as a database without tables; its id is 0.
            return look(tx) if tx.value("PRAGMA application_id") else None
    except (sqlite3.Error, *errors.UNREADABLE):
        return None


def copies_in(folder: Path) -> tuple[Path, ...]:
    """List the copies in a folder, whatever their names, the oldest first by its name.

    Raises OSError where the folder cannot be listed: an empty result means that there are none.
    """
    # The name of a half copy, which a killed program left, begins with a dot.
    return tuple(path for path in share_files.list_files(folder, "*.db") if not path.name.startswith("."))


@contextmanager
def reporting_unreadable(folder: Path) -> Iterator[None]:
    """Raise UserError where a folder of backups cannot be listed: it must not pass for an empty one."""
    try:
        yield
    except OSError as error:
        raise UserError(
            _("Folder cadangan {folder} tidak dapat dibaca ({error}).").format(folder=folder, error=error),
            untouched_words(),
            _("Periksa apakah disknya terpasang dan boleh dibaca akun ini."),
        ) from error


def untouched_words() -> str:
    """Return the words that say what is safe where a backup failed, or its folder."""
    return _("Berkas kantor dan cadangan yang sudah ada tidak tersentuh.")


def open_to_read(path: Path) -> sqlite3.Connection:
    # Never "rw": a backup must stay to the byte what was proved, and a disk may be write-protected.
    return sqlite3.connect(share_files.database_uri(path, "ro"), uri=True, timeout=READ_RETRY_LIMIT_S)


def _bad(path: Path, why: str) -> BadCopy:
    return BadCopy(
        _("{path} bukan salinan kantor yang utuh ({why}).").format(path=path, why=why),
        _("Berkas itu tidak diubah."),
        _("Pakai cadangan yang lain; `ult-desktop backup --list` menyebutkannya."),
    )
