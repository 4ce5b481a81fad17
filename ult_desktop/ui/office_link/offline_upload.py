"""The upload of what a station did while it was cut off, as soon as the share is back."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError
from ult_desktop.base.trouble_log import TroubleLog

log = logging.getLogger(__name__)
RETRY_MS = 2_000  # after a run that failed
Send = Callable[[Callable[[object], None], Callable[[UserError], None]], object]


class OfflineUpload(QObject):
    """The upload, one run at a time; what the station writes during a run follows with the next.

    Args:
        send: runs the upload, then calls the first function with its result or the second with its error.
        is_possible: returns whether the share is there.

    Signals:
        done: a run has succeeded.
    """

    done = Signal()

    def __init__(self, send: Send, is_possible: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send, self._is_possible = send, is_possible
        self._pending_count = 0  # how often the journal got something more to upload
        self._is_running = False
        self._troubles = TroubleLog(log)
        self.owes = False
        self._pause = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._pause.timeout.connect(self._retry)

    def add_pending(self) -> None:
        """Note that the station's journal has something that the office does not know."""
        self.owes = True
        self._pending_count += 1

    def start(self) -> None:
        """Start a run if something is owed, the share is there and no run is under way."""
        if self.owes and not self._is_running and self._is_possible():
            self._is_running = True
            self._send(partial(self._on_uploaded, self._pending_count), self._on_failed)

    def stop(self) -> None:
        self._pause.stop()

    def _on_uploaded(self, pending_count: int, _nothing: object) -> None:
        self._is_running = False
        self._troubles.update({})
        # This run may lack what was written while it ran.
        self.owes = self._pending_count != pending_count
        self.done.emit()
        self.start()

    def _on_failed(self, error: UserError) -> None:
        self._troubles.update({"what was done while cut off is not handed in yet": error})
        self._pause.start()

    def _retry(self) -> None:
        self._is_running = False
        self.start()
