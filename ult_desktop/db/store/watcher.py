"""The watcher: one thread and one connection that notice when another station wrote.

`PRAGMA data_version` costs eight round trips on a share and never misses a commit (docs/store.md, rule 11).
It is polled with jitter, and at once when a LAN hint comes. Where the file's count of commits can be read for
one round trip, the poll reads that, and asks for the version when it is another one.

File-change notifications and stat do not show a commit: they are wrong on shares. A stat shows only whether
the path still leads to the opened file: an open handle goes on reading one that was renamed or unmounted. A
stat opens no handle whose closing would drop SQLite's locks.
"""

import logging
import math
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ult_desktop.base import UserError
from ult_desktop.base.trouble_log import TroubleLog
from ult_desktop.db.store import errors, moved
from ult_desktop.db.store.connection import FileIdentity, file_at
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.store import LOOK_AT_PATH_S

log = logging.getLogger(__name__)
SLOW_ROUND_TRIP_S = 0.003
BUSY_PAUSE_S = 0.05  # somebody is committing now: in a moment there is news
FIRST_BACKOFF_S, LAST_BACKOFF_S = 0.1, 2.0
OUTAGE_S = 3.0  # docs/store.md, rule 10
REOPEN_S = 60.0  # an old connection does not see a replaced file, and on a share its number may not either
LONGEST_PAUSE_S = 1.5  # however slow the share: within 2 s people see that it is gone
QUIET_S = 30.0  # ten idle stations commit a report every few seconds; windows need not read boards for each
HINT_LATE_S = 1.0  # the poll may find a commit before its hint comes
DOUBT_S = 600.0  # after a commit without a hint, hints are not trusted for so long
REPORTS_S = 10.0  # where hints are trusted, commits without one are stations' reports, read this seldom


class _Replaced(Exception):
    """The path leads to another file than the one that was opened."""


class _LastCheck:
    """A connection's last check: the data version, and the file's count of commits where it can be read.

    The count may belong to a commit that is just being written. If that commit is rolled back, the next one
    has the same count. So a count is remembered only if it was the same before and after the version was
    read.
    """

    def __init__(self, count: Callable[[], bytes | None]) -> None:
        self._count = count
        self.version: int | None = None
        self._count_before: bytes | None = None
        self._count_of_version: bytes | None = None

    @property
    def can_count(self) -> bool:
        """Whether the count can be read, so that a commit that is passed over now shows at the next check."""
        return self._count_before is not None

    def is_same(self) -> bool:
        """Return whether the count shows that nobody committed since the last check."""
        self._count_before = self._count()
        return self._count_before is not None and self._count_before == self._count_of_version

    def note(self, version: int | None) -> None:
        """Note the version that was just read; None where it could not be read."""
        self.version = self.version if version is None else version
        after = self._count()
        self._count_of_version = after if version is not None and after == self._count_before else None


class HintTrust:
    """Knows whether each commit with news comes with a LAN hint, as far as this station can tell.

    Hints are trusted once another station's hint came with news. News without a hint ends the trust for ten
    minutes: a firewall shuts somebody's hints out, the network drops some, or a station has started. Times
    are monotonic seconds.
    """

    def __init__(self) -> None:
        self._is_trusted = False
        self._hint_at = self._own_hint_at = self._news_at = self._doubt_until = -math.inf
        self._unhinted_at: float | None = None

    def note_hint(self, now: float, *, own: bool) -> None:
        """Note a hint; `own` marks this station's own broadcast, which says nothing of the others' hints."""
        if own:
            self._own_hint_at = now
            return
        self._hint_at = now
        if now < self._news_at + HINT_LATE_S:  # the poll was faster
            self._is_trusted, self._unhinted_at = True, None

    def note_news(self, now: float) -> None:
        """Note that a commit with news was read."""
        if now < self._own_hint_at + HINT_LATE_S:
            return
        self._news_at = now
        if now < self._hint_at + HINT_LATE_S:
            self._is_trusted = True
        elif self._is_trusted and self._unhinted_at is None:
            self._unhinted_at = now

    def is_trusted(self, now: float) -> bool:
        """Return whether a commit without a hint can wait, because every commit with news has one."""
        if self._unhinted_at is not None and now >= self._unhinted_at + HINT_LATE_S:
            self._is_trusted, self._unhinted_at, self._doubt_until = False, None, now + DOUBT_S
        return self._is_trusted and self._unhinted_at is None and now >= self._doubt_until


def _new_each_time(_connection: Link) -> object:
    """Return an object that equals no other, so that every commit counts as news."""
    return object()


class Watcher:
    """The watcher thread. It reports that somebody committed, and whether the share can be reached.

    A hang gives no error: it shows by `waiting`, which is True from a question (`asked_at`) to its answer
    (`answered_at`). `busy_at` is when a question last met another connection's commit. These times are
    monotonic seconds. `slow` is whether the share answered slowly twice in a row.

    Args:
        urgent: reads, on the watcher's connection, what cannot wait for `changed`, and reports that itself.
            It leaves no statement open. If it finds the file busy it is called again, and `changed` waits.
            A bug in it is logged, and `changed` is called all the same. Another file may lie at the path by
            then: `urgent` itself finds out whether that is the same office.
        news: reads, on the watcher's connection, a value that every commit with news changes. A commit that
            leaves it equal is not read by `urgent`; it is reported by `changed` together with the next one,
            or `QUIET_S` seconds after the last report.
    """

    def __init__(
        self,
        path: Path,
        poll_s: float,
        changed: Callable[[], None],
        reachable: Callable[[bool], None],
        urgent: Callable[[Link], None] = lambda _connection: None,
        news: Callable[[Link], object] = _new_each_time,
    ) -> None:
        self._path = path
        self._engine = engine_at(path)
        self._poll_s = poll_s
        self._changed = changed
        self._reachable = reachable
        self._urgent = urgent
        self._news = news
        self._known_news: object = None
        # Monotonic seconds: of the last call of `changed`, of the next one (inf: none), of the last commit.
        self._reported_at, self._due_at, self._commit_read_at = -math.inf, math.inf, -math.inf
        self._wake = threading.Event()
        self._trust = HintTrust()
        self._closing = False
        self._backoff = FIRST_BACKOFF_S
        self._took_s = self._took_before_s = 0.0  # the last answer, and the one before
        self._troubles = TroubleLog(log)
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self.answered_at = self.busy_at = self.asked_at = time.monotonic()
        self.waiting = self.slow = False

    def start(self) -> None:
        self._thread.start()

    def wake(self, *, own: bool = False) -> None:
        """Look now: a LAN hint came, or an `own` act is committed."""
        self._trust.note_hint(time.monotonic(), own=own)
        self._wake.set()

    def close(self, timeout_s: float = 3.0) -> None:
        """Stop the thread. One that hangs in a dead share is left behind: it is a daemon."""
        self._closing = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._closing:
            try:
                self._watch()
            except _Replaced:
                self._known_news = None
            except (sqlite3.Error, UserError, OSError) as error:
                if self._is_busy(error):
                    self._wait(BUSY_PAUSE_S)
                    continue
                log.debug("watcher: %s", error)  # the listeners report an outage once
                self._reachable(False)
                self._wait(self._backoff)
                self._backoff = min(self._backoff * 2, LAST_BACKOFF_S)

    def _watch(self) -> None:
        """Poll one connection until it fails; a restarted server wants a new one (docs/store.md, rule 7)."""
        self._note_question()
        connection = moved.open_here(self._engine, self._path)
        self.answered_at = opened_at = path_checked_at = time.monotonic()
        file, hinted = None, False
        try:
            with self._engine.commit_counter(self._path) as count:
                last_check = _LastCheck(count)
                while not self._closing:
                    if file is None or time.monotonic() - path_checked_at >= LOOK_AT_PATH_S:
                        file, path_checked_at = self._require_same_file(file), time.monotonic()
                    answered = self._check(connection, last_check, hinted=hinted)
                    if time.monotonic() >= opened_at + REOPEN_S:
                        return  # at once: the pause would count as silence, and an opening has many calls
                    pause = self._pause(answered=answered, took_s=self._took_s)
                    self._engine.wait_for_commit(connection, pause, self._wake)
                    # A hint counts until a check is answered: one that met a commit learned nothing.
                    hinted = self._wake.is_set() or (hinted and not answered)
                    self._wake.clear()
        finally:
            connection.close()

    def _check(self, connection: Link, last_check: "_LastCheck", *, hinted: bool) -> bool:
        """Look once and report what is new; return False where another station is committing."""
        self._note_question()
        began = time.monotonic()
        can_skip = last_check.is_same()
        # Where hints are trusted, a commit without one is a station's report. It may be passed over now,
        # because the count is still another one at the next check.
        if not can_skip and last_check.can_count and began < self._commit_read_at + REPORTS_S:
            can_skip = self._trust.is_trusted(began)
        if can_skip and not hinted:
            self._note_answer(began)
            is_read = True
        else:
            with self._engine.one_read_lock(connection):
                version = self._read_version(connection)
                is_read = version is not None and (
                    version == last_check.version or self._read_commit(connection)
                )
            last_check.note(version if is_read else None)
        if time.monotonic() >= self._due_at:
            self._reported_at, self._due_at = time.monotonic(), math.inf
            self._changed()
        return is_read

    def _note_question(self) -> None:
        self.asked_at, self.waiting = time.monotonic(), True

    def _read_commit(self, connection: Link) -> bool:
        """Read what another station committed; return False while yet another one is committing."""
        self._note_question()
        if not self._read_news(connection):
            return False
        moved.require_here(self._engine, connection, self._path)
        self.answered_at = self._commit_read_at = time.monotonic()
        self.waiting = False
        self._reachable(True)
        return True

    def _read_news(self, connection: Link) -> bool:
        """Read the news and what is urgent, and set when `changed` is due; False if the file is busy."""
        due_at = -math.inf  # at once
        try:
            news = self._news(connection)
            if news == self._known_news:
                due_at = self._reported_at + QUIET_S
            else:
                self._urgent(connection)
                if self._known_news is not None:
                    self._trust.note_news(time.monotonic())
                self._known_news = news
        except Exception as error:
            if self._is_busy(error):
                return False
            if isinstance(error, sqlite3.Error) and not errors.is_bug(error):
                raise
            if self._troubles.update({"nothing is read ahead": error}):
                log.exception("A row that no program wrote, or a bug:")
        else:
            self._troubles.update({})
        self._due_at = min(self._due_at, due_at)
        return True

    def _pause(self, *, answered: bool, took_s: float) -> float:
        """Return the seconds until the next look.

        A share that was slow twice is asked half as often; one slow answer does not count. Where hints come,
        the looks only keep watch.
        """
        if not answered:
            return min(BUSY_PAUSE_S, self._poll_s)
        self.slow = min(took_s, self._took_before_s) > SLOW_ROUND_TRIP_S
        self._took_before_s = took_s
        pause = 2 * self._poll_s if self.slow else self._poll_s
        if self._trust.is_trusted(time.monotonic()):
            pause = LONGEST_PAUSE_S
        pause = max(self._poll_s, min(pause, LONGEST_PAUSE_S))
        # With one and the same pause all stations would ask the share in the same moment, for hours.
        return pause * random.uniform(0.9, 1.1)  # noqa: S311

    def _read_version(self, connection: Link) -> int | None:
        """Return the file's data version; None while another station is just committing."""
        began = time.monotonic()
        try:
            version = self._engine.commit_version(connection)
        except sqlite3.Error as error:
            if self._is_busy(error):
                return None
            raise
        self._note_answer(began)
        return version

    def _note_answer(self, began: float) -> None:
        self.answered_at, self.waiting = time.monotonic(), False
        self._took_s = self.answered_at - began
        self._backoff = FIRST_BACKOFF_S

    def _require_same_file(self, file: FileIdentity | None) -> FileIdentity:
        """Return the file to which the path leads now; it must still be `file`.

        Raises:
            ShareUnreachable: it leads nowhere, whatever an open handle still reads.
            _Replaced: another file lies there.
        """
        self._note_question()
        # A restored file has the path of the old one and another number. On a share it may have the same
        # number, so the connection is renewed each minute too (REOPEN_S).
        file_now = file_at(self._path)
        if file not in (None, file_now):
            raise _Replaced
        return file_now

    def _is_busy(self, error: Exception) -> bool:
        """Return whether an error will pass, and note it: another connection is committing.

        A file that is busy for a moment is a sign of life: the office is at work, nothing is out of reach.
        """
        now = time.monotonic()
        busy = isinstance(error, sqlite3.Error) and errors.is_busy(error)
        if not busy or now - self.answered_at >= OUTAGE_S:
            return False
        self.busy_at = now
        return True

    def _wait(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._wake.clear()
