"""Watcher and LAN hint of this station, brought to the GUI thread as signals."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ult_desktop.base.config import SyncConfig
from ult_desktop.db.store.watcher import Watcher
from ult_desktop.devices.lan_hint import LOOPBACK, HintListener, HintSender

WATCHER_ENDS_S = 1.0  # one that hangs in a dead share is left behind: closing a window never waits for it


class OfficeSync(QObject):
    """Notices what other stations did, and tells them when this one did something.

    Signals (queued to the GUI thread):
        changed: somebody committed; read again.
        reachable: the file answers (True) or gave an error (False).
    """

    changed = Signal()
    reachable = Signal(bool)

    def __init__(self, path: Path, office_uid: str, settings: SyncConfig, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = Watcher(path, settings.poll_ms / 1000, self.changed.emit, self.reachable.emit)
        loopback = settings.hint_address == LOOPBACK
        self._sender = HintSender(office_uid, settings.hint_address, settings.hint_port)
        self._listener = HintListener(
            office_uid, self._watcher.wake, settings.hint_port, bind=LOOPBACK if loopback else ""
        )
        self._watcher.start()

    @property
    def silent_s(self) -> float:
        """Seconds since the watcher's last answer, while it waits for another; a hang gives no error."""
        return time.monotonic() - self._watcher.answered_at if self._watcher.waiting else 0.0

    def announce(self) -> None:
        """This station committed. Called on the worker thread."""
        self._watcher.wake()
        self._sender.send()

    def close(self) -> None:
        self._listener.close()
        self._sender.close()
        self._watcher.close(WATCHER_ENDS_S)
