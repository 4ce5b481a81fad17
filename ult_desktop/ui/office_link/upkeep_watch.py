"""The station's care of the office file, on a thread of its own: backup, check, journal on the share."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ult_desktop.base.errors import UserError
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask

FIRST_LOOK_S, LOOK_EVERY_S = 10.0, 60.0


class UpkeepWatch(QObject):
    """Looks once a minute as long as its window lives; neither the window nor its worker ever waits.

    Args:
        duty: what this station takes care of.
        for_officers: an officer sits here, who hears of every trouble; else only of what stops the writing,
            because a visitor can do nothing about a backup.

    Signals (queued to the GUI thread):
        troubled: a `UserError` that a person must know; told once for as long as it lasts.
    """

    troubled = Signal(object)

    def __init__(self, duty: MaintenanceTask, parent: QObject, *, for_officers: bool) -> None:
        super().__init__(parent)
        self._closing = threading.Event()
        heard = UserError if for_officers else WritesBlocked
        self._thread = threading.Thread(
            target=_keep, args=(duty, self._closing, self.troubled.emit, heard), name="upkeep", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop; a backup under way is left behind, half, and the next one clears it away."""
        self._closing.set()
        self._thread.join(1.0)


def _keep(
    duty: MaintenanceTask,
    closing: threading.Event,
    tell: Callable[[UserError], object],
    heard: type[UserError],
) -> None:
    keeper = FileMaintainer(duty)
    told: set[str] = set()
    pause = FIRST_LOOK_S  # at the start the window comes first
    while not closing.wait(pause):
        troubles = [trouble for trouble in keeper.look() if isinstance(trouble, heard)]
        for trouble in troubles:
            if trouble.what not in told and not closing.is_set():
                tell(trouble)
        told = {trouble.what for trouble in troubles}
        pause = LOOK_EVERY_S
    keeper.close()
