"""The headset, plugged in and out, as the system reports it."""

import re
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QMediaDevices

# A headset is known by its name, for a screen that wakes up brings an output too.
_HEADSET = re.compile(r"head|ear ?phone|handset|usb|audionav", re.IGNORECASE)


def output_names() -> tuple[str, ...]:
    return tuple(device.description() for device in QMediaDevices.audioOutputs())


class HeadsetWatch(QObject):
    """The watch for headsets. One that is there at the start is not reported.

    Args:
        names: returns the names of the sound outputs that there are now.
        parent: of this object.

    Signals:
        plugged: a headset came (True) or went (False).
    """

    plugged = Signal(bool)

    def __init__(self, parent: QObject, names: Callable[[], Iterable[str]] = output_names) -> None:
        super().__init__(parent)
        self._names = names
        self._present = self._headsets()
        self.devices = QMediaDevices(self)
        self.devices.audioOutputsChanged.connect(self._compare)

    def _headsets(self) -> frozenset[str]:
        return frozenset(name for name in self._names() if _HEADSET.search(name))

    def _compare(self) -> None:
        before, self._present = self._present, self._headsets()
        if self._present - before:
            self.plugged.emit(True)
        elif before - self._present:
            self.plugged.emit(False)
