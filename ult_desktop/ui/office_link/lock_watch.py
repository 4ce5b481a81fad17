"""The lock probe with other computers, brought to the GUI thread as a signal."""

from PySide6.QtCore import QObject, Signal

from ult_desktop.db.lock_check.station_probe import StationIdentity, StationProof


class LockWatch(QObject):
    """Runs the probe of this station as long as its window lives.

    Signals (queued to the GUI thread):
        judged: an `UntrustedLocks` when the writing must stop, None when it may go on.
    """

    judged = Signal(object)

    def __init__(self, here: StationIdentity, parent: QObject) -> None:
        super().__init__(parent)
        self._proof = StationProof(here, self.judged.emit)
        self._proof.start()

    def close(self) -> None:
        self._proof.close()
