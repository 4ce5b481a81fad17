"""The mark of the station that holds the office file: it tells those who wait who keeps them waiting."""

import contextlib
import itertools
import os
import platform
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.db.store import errors, stations
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_of
from ult_desktop.db.store.share_files import file_name_part, read_small
from ult_desktop.db.store.transaction import Transaction

# SQLite does not report who holds a lock, so the holder lays a file next to the office file. It does so only
# after a second: a shorter wait is normal, and a file on the share would cost more than it explains.
MARKED_AFTER_S, CHECK_EVERY_S = 1.0, 0.25
MARK_COUNTS_S = 3600.0  # a program that died leaves its mark; a mark that is older than this does not count
_INFIX = ".held-"
_MARK_NUMBERS = itertools.count()


class HolderMark:
    """The mark of a connection that has held the office file for a second: a file with the station's name.

    A thread of its own lays the mark, because the holder itself is busy in a call to SQLite.
    """

    def __init__(self, office: Path, station: str) -> None:
        self._station = station or platform.node()
        # Of two programs on one PC, and of two connections of one, each has a mark of its own.
        self._name_start = f"{office.name}{_INFIX}{file_name_part(self._station)}-"
        self._path = office.with_name(f"{self._name_start}{os.getpid()}-{next(_MARK_NUMBERS)}")
        self._held_since: float | None = None
        self._is_laid = False
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Surround work that may hold the office file: after a second its mark is laid."""
        if self._thread is None:
            self._closing = threading.Event()
            self._thread = threading.Thread(
                target=self._watch, args=(self._closing,), name="holder", daemon=True
            )
            self._thread.start()
        self._held_since = time.monotonic()
        try:
            yield
        finally:
            self._held_since = None
            if self._is_laid:
                self._delete()

    def close(self) -> None:
        """Stop the thread. One that hangs in a dead share is left behind: it is a daemon."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(1.0)
            self._thread = None

    def _watch(self, closing: threading.Event) -> None:
        while not closing.wait(CHECK_EVERY_S):
            since = self._held_since
            if since is not None and not self._is_laid and time.monotonic() - since > MARKED_AFTER_S:
                with contextlib.suppress(OSError):  # the share is gone or closed to writing: no mark is laid
                    self._path.write_bytes(msgspec.json.encode(self._station))
                    self._is_laid = True
                    self._delete_dead_marks()
                if self._held_since != since:  # the work ended while the share wrote the mark
                    self._delete()

    def _delete_dead_marks(self) -> None:
        """Delete the marks that this station's dead programs left."""
        for mark in self._path.parent.glob(f"{self._name_start}*"):
            if time.time() - mark.stat().st_mtime > MARK_COUNTS_S:
                mark.unlink(missing_ok=True)

    def _delete(self) -> None:
        self._is_laid = False
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def describe_holders(office: Path, link: Link | None) -> str:
    """Say in words which stations hold the office and since when; else which were last seen at work.

    The time is when the station laid its mark, by the share, in this PC's time zone.
    """
    holders = {*_names_on_marks(office)}
    if link is not None:
        with contextlib.suppress(sqlite3.Error):
            holders.update(engine_of(link).list_lock_holders(link))
    if holders:
        return ", ".join(sorted(holders))
    names = list[str]()
    if link is not None:
        with contextlib.suppress(sqlite3.Error):  # the file may be locked against readers too
            names = stations.last_at_work(Transaction(link))
    if names:
        return _("stasiun lain (terakhir terlihat bekerja: {names})").format(names=", ".join(names))
    return _("stasiun lain")


def _names_on_marks(office: Path) -> Iterator[str]:
    marks: list[Path] = []
    with contextlib.suppress(OSError):  # the share or the rights to it were taken away
        marks = list(office.parent.glob(f"{office.name}{_INFIX}*"))
    for mark in marks:
        with contextlib.suppress(OSError, *errors.UNREADABLE):
            laid_at = mark.stat().st_mtime
            if abs(time.time() - laid_at) < MARK_COUNTS_S:
                since = formats.format_time(datetime.fromtimestamp(laid_at - MARKED_AFTER_S))  # noqa: DTZ006
                name = msgspec.json.decode(read_small(mark), type=str)
                yield _("{name} (sejak pukul {time})").format(name=name, time=since)
