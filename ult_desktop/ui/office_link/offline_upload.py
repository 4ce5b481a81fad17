"""The upload of what a station did while it was cut off, as soon as the share is back."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError
from ult_desktop.base.trouble_log import TroubleLog

log = logging.getLogger(__name__)
AGAIN_MS = 2_000
Send = Callable[[Callable[[object], None], Callable[[UserError], None]], object]


class OfflineUpload(QObject):
    """The upload, one run at a time; what is written during a run follows with the next.

    Args:
        send: runs the handing in, then one of the two continuations.
        is_possible: returns whether the share is there.

    Signals:
        done: a run went through.
    """

    done = Signal()

    def __init__(self, send: Send, is_possible: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send, self._is_possible = send, is_possible
        self._written = 0  # how often the journal got something more to hand in
        self._under_way = False
        self._troubles = TroubleLog(log)
        self.owes = False
        self._pause = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._pause.timeout.connect(self._retry)

    def add_pending(self) -> None:
        """Note that the station's journal has something that the office does not know."""
        self.owes = True
        self._written += 1

    def go(self) -> None:
        """Hand in what is owed, if the share is there."""
        if self.owes and not self._under_way and self._is_possible():
            self._under_way = True
            self._send(partial(self._handed_in, self._written), self._failed)

    def stop(self) -> None:
        self._pause.stop()

    def _handed_in(self, written: int, _nothing: object) -> None:
        self._under_way = False
        self._troubles.update({})
        # What was written during this run is perhaps not in it.
        self.owes = self._written != written
        self.done.emit()
        self.go()

    def _failed(self, error: UserError) -> None:
        self._troubles.update({"what was done while cut off is not handed in yet": error})
        self._pause.start()

    def _retry(self) -> None:
        self._under_way = False
        self.go()
