"""What an admin at another station has this one do: its own part tried, or a backup made on its disk."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ult_desktop.base import UserError
from ult_desktop.base.late import late
from ult_desktop.core.office.commands import StationPart
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup
from ult_desktop.ui.office_link.tasks import FileWorker

if TYPE_CHECKING:
    from ult_desktop.operations.backup import backing_up
else:
    backing_up = late("ult_desktop.operations.backup.backing_up")

log = logging.getLogger(__name__)
Trials = Mapping[StationPart, Callable[[], object]]


class AskedActs(QObject):
    """Lives as long as its window. What came of a backup stands in the office file, for every Kesehatan.

    Args:
        link: hears what is asked for.
        setup: the station's; one without a folder for backups makes none.
        trials: what the station itself has, and how each part is tried.
    """

    def __init__(self, link: OfficeLink, setup: StationSetup, trials: Trials, window: QObject) -> None:
        super().__init__(window)
        self._setup, self._trials = setup, trials
        self._worker = FileWorker(self)
        link.heart.tried.connect(self._do)

    def _do(self, part: StationPart) -> None:
        if part in self._trials:
            self._trials[part]()
        elif part is StationPart.BACKUP and self._setup.second_place is not None and not self._worker.is_busy:
            job = partial(
                backing_up.back_up_by_hand, self._setup.database, self._setup.second_place, self._setup.name
            )
            self._worker.run(job, lambda _made: None, _not_made)


def _not_made(error: UserError) -> None:
    log.warning("a backup that was asked for: %s", error)
