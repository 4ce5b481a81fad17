"""The watches of a station besides its work: the office file, the LAN hint, the lock probe, the upkeep."""

import ctypes
import logging
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from ult_desktop.base import UserError, config
from ult_desktop.base.trouble_log import TroubleLog
from ult_desktop.core import connection
from ult_desktop.db.lock_check.station_probe import StationIdentity, StationProof
from ult_desktop.db.office.office import uid_of
from ult_desktop.db.store import stations
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.watcher import Watcher
from ult_desktop.devices.lan_hint import LOOPBACK, HintListener, HintSender
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask

log = logging.getLogger(__name__)
T = TypeVar("T")
SLOW_ANSWER_S = 0.75  # that a slow share has for one answer
WATCHER_ENDS_S = 1.0  # to wait for the watcher's thread; one that hangs in a dead share is left behind


class UrgentReading(QObject):
    """The reading that a window needs at each change before all others, and before `changed` is sent.

    It runs on the watcher's thread and connection, so that it does not wait for what the worker reads.
    """

    _result_came = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._what: Callable[[Transaction], object] | None = None
        self._then: Callable[[Any], object] | None = None
        self._result_came.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def follow(self, what: Callable[[Transaction], T | None], then: Callable[[T], object]) -> None:
        """Read with `what` at each change from now on.

        Args:
            what: reads on the watcher's thread, and holds no widget. Each statement is a snapshot of its
                own, because a transaction around them would cost two more round trips to a server.
            then: gets the result on the GUI thread, unless it is None.
        """
        self._then, self._what = then, what

    def stop(self) -> None:
        """Stop; the result of a reading under way is ignored."""
        self._then = self._what = None

    def read(self, office_uid: str, link: Link) -> None:
        """Read on the watcher's thread, unless the file at the path is another office's by now."""
        what, tx = self._what, Transaction(link)
        if what is None or uid_of(tx) != office_uid:
            return
        result = what(tx)
        if result is not None:
            self._result_came.emit(result)

    def _pass_on(self, result: object) -> None:
        if self._then is not None:
            self._then(result)


class OfficeSync(QObject):
    """The watcher of the office file.

    It notices what other stations commit, and informs them when this station commits.

    Signals (queued to the GUI thread):
        changed: there is news (`stations.news`), or there were commits without news for half a minute;
            windows read their boards again.
        reachable: the file answers (True) or gave an error (False).
    """

    changed = Signal()
    reachable = Signal(bool)

    def __init__(
        self, path: Path, office_uid: str, settings: config.SyncConfig, urgent: UrgentReading, parent: QObject
    ) -> None:
        super().__init__(parent)
        poll_s = settings.poll_ms / 1000
        self._watcher = Watcher(
            path,
            poll_s,
            self.changed.emit,
            self.reachable.emit,
            urgent=partial(urgent.read, office_uid),
            news=lambda link: stations.read_news(Transaction(link)),
        )
        loopback = settings.hint_address == LOOPBACK
        self._sender = HintSender(office_uid, settings.hint_address, settings.hint_port)
        self._listener = HintListener(
            office_uid, self._watcher.wake, settings.hint_port, bind=LOOPBACK if loopback else ""
        )
        self._watcher.start()

    @property
    def silent_s(self) -> float:
        """The seconds since the watcher's last answer, while it waits for another; a hang gives no error.

        The time counts from the last answer, so that a pulled cable is noticed soon. Over a slow link a
        commit locks readers out for a second or two, and a lost packet costs more than a third of a second: a
        share that reports the lock counts as answering, and a slow one has `SLOW_ANSWER_S` for each answer.
        """
        now, watcher = time.monotonic(), self._watcher
        silent_s = now - watcher.answered_at if watcher.waiting else 0.0
        is_only_slow = watcher.slow and now - watcher.asked_at < SLOW_ANSWER_S
        is_locked = now - watcher.busy_at < connection.SHOWN_AFTER
        if (is_only_slow or is_locked) and silent_s < connection.OUTAGE_AFTER:
            return 0.0
        return silent_s

    def announce(self) -> None:
        """Inform the others that this station committed. Called on the worker thread."""
        self._watcher.wake(own=True)
        self._sender.send()

    def close(self) -> None:
        self._listener.close()
        self._sender.close()
        self._watcher.close(WATCHER_ENDS_S)


class LockWatch(QObject):
    """The watch of the locks. It runs the probe of this station as long as its window lives.

    Signals (queued to the GUI thread):
        judged: an `UntrustedLocks` when writing must stop, None when it may go on.
    """

    judged = Signal(object)

    def __init__(self, station: StationIdentity, parent: QObject) -> None:
        super().__init__(parent)
        self._proof = StationProof(station, self.judged.emit)
        self._proof.start()

    def close(self) -> None:
        self._proof.close()


FIRST_LOOK_S, LOOK_EVERY_S = 10.0, 60.0  # of the upkeep: after the start, and from then on


class UpkeepWatch(QObject):
    """The watch that does the upkeep once a minute as long as its window lives, on a thread of its own.

    Args:
        task: what this station takes care of.
        clock: the process's time.
        for_officers: an officer sits at this station, and every trouble is reported; else only what stops
            the writing, because a visitor can do nothing about a backup.

    Signals (queued to the GUI thread):
        troubled: a `UserError` that a person must know; sent once for as long as it lasts.
    """

    troubled = Signal(object)

    def __init__(
        self, task: MaintenanceTask, clock: ShareClock, parent: QObject, *, for_officers: bool
    ) -> None:
        super().__init__(parent)
        self._closing = threading.Event()
        reported_kind = UserError if for_officers else WritesBlocked
        self._thread = threading.Thread(
            target=_run_upkeep,
            args=(task, clock, self._closing, self.troubled.emit, reported_kind),
            name="upkeep",
            daemon=True,
        )
        self._thread.start()

    def close(self) -> None:
        """Stop; a backup under way is left unfinished, and the next backup removes it."""
        self._closing.set()
        self._thread.join(1.0)


def _run_upkeep(
    task: MaintenanceTask,
    clock: ShareClock,
    closing: threading.Event,
    report: Callable[[UserError], object],
    reported_kind: type[UserError],
) -> None:
    """Run the thread; `report` gets each trouble of `reported_kind`, once for as long as it lasts."""
    keeper = FileMaintainer(task, clock)
    current_troubles = TroubleLog(log)
    pause = FIRST_LOOK_S  # at the start the window comes first
    while not closing.wait(pause):
        troubles = keeper.do_due_jobs()
        keeper.close()  # what the keeper has read is out of date a minute later
        _trim_memory()
        new = current_troubles.update({trouble.what: "met by the upkeep" for trouble in troubles})
        for trouble in troubles:
            if trouble.what in new and isinstance(trouble, reported_kind) and not closing.is_set():
                report(trouble)
        pause = LOOK_EVERY_S


def _trim_memory() -> None:
    """Hand free memory back to the system: glibc would keep what this thread has just freed."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            # https://man7.org/linux/man-pages/man3/malloc_trim.3.html
            trim(0)
