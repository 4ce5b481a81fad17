"""Python's cycles are taken apart in the thread of the windows alone.

Left to itself Python collects in whichever thread crosses its threshold. On a worker thread that ends the
program at once when a cycle holds a part of a window, for Qt takes its objects apart only where they live.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000


class GarbageWatch(QObject):
    """While it lives nothing is collected but by its looks, which come as often as Python's own would."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()
        self._by_itself = gc.isenabled()
        gc.disable()

    def close(self) -> None:
        self._timer.stop()
        if self._by_itself:
            gc.enable()


def collect_due() -> None:
    """The oldest generation whose threshold is crossed, with all that are younger."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
