"""The mark of the station that holds the office file and keeps the others waiting. A server needs none.

The mark lies next to the file. A transaction takes milliseconds, and a mark for each would cost a round trip.
So a thread lays one only when a transaction lasts longer. A PC that sleeps or hangs within its transaction
lays none, nor does another program: then nobody knows who it is, and nobody is accused.
"""

import contextlib
import platform
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ult_desktop.base import _
from ult_desktop.db.store import errors, stations
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_of
from ult_desktop.db.store.share_files import file_name_part
from ult_desktop.db.store.transaction import Transaction

MARKED_AFTER_S, LOOK_S = 1.0, 0.25
BELIEVED_S = 3600.0  # a program that died removes its mark at the next start; until then it is a guess
_ENDING = ".held-"


class HolderMark:
    """The mark of one connection. `held` surrounds whatever holds the file; `close` ends its thread."""

    def __init__(self, office: Path, station: str) -> None:
        self._station = station or platform.node()
        self._place = office.with_name(f"{office.name}{_ENDING}{file_name_part(self._station)}")
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
                if self._began != began:  # it was over meanwhile
                    self._take_away()

    def _take_away(self) -> None:
        self._laid = False
        with contextlib.suppress(OSError):
            self._place.unlink(missing_ok=True)


def describe_holders(office: Path, link: Link | None) -> str:
    """Say who keeps the others waiting, in words; where nobody reports that, who was last seen at work."""
    named = sorted({*_marked(office), *_told(link)})
    if named:
        return ", ".join(named)
    seen = _seen_lately(link)
    if seen:
        return _("stasiun lain (terakhir terlihat bekerja: {names})").format(names=", ".join(seen))
    return _("stasiun lain")


def _marked(office: Path) -> Iterator[str]:
    for place in office.parent.glob(f"{office.name}{_ENDING}*"):
        with contextlib.suppress(OSError, *errors.UNREADABLE):
            if abs(time.time() - place.stat().st_mtime) < BELIEVED_S:
                yield msgspec.json.decode(place.read_bytes(), type=str)


def _told(link: Link | None) -> tuple[str, ...]:
    with contextlib.suppress(sqlite3.Error):
        return () if link is None else engine_of(link).holders(link)
    return ()


def _seen_lately(link: Link | None) -> list[str]:
    if link is None:
        return []
    try:
        return stations.last_at_work(Transaction(link))
    except sqlite3.Error:  # it is locked against readers too
        return []
