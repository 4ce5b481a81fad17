"""The station follows an office that has moved: it finds the new path, and begins there by itself."""

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer

from ult_desktop.base import UserError, config
from ult_desktop.base.late import late
from ult_desktop.base.station_file import write_station
from ult_desktop.db.store.server_address import office_at
from ult_desktop.ui import process
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup
from ult_desktop.ui.office_link.tasks import FileWorker

if TYPE_CHECKING:
    from ult_desktop.operations.office import moving
else:
    moving = late("ult_desktop.operations.office.moving")

log = logging.getLogger(__name__)
RETRY_MS = 10_000  # pause after a new path that did not answer or refused this PC: somebody may repair that


class OfficeFollower(QObject):
    """The part of a station that follows the office: it finds the new path, stores it, and restarts there.

    Args:
        link: reports that the office is gone, and shows why the new path cannot be used.
        setup: names the path of the office so far, and this PC's settings file.
    """

    def __init__(self, link: OfficeLink, setup: StationSetup, window: QObject) -> None:
        super().__init__(window)
        self._link, self._setup = link, setup
        self._worker = FileWorker(self)
        self._last_error = ""
        self._pause = QTimer(self, singleShot=True, interval=RETRY_MS)
        link.moved.connect(self._find)

    def _find(self) -> None:
        if not self._worker.is_busy and not self._pause.isActive():
            job = partial(_follow_and_store, self._setup.database, self._setup.settings)
            self._worker.run(job, partial(process.go_on_at, self._setup.database), self._on_not_found)

    def _on_not_found(self, error: UserError) -> None:
        self._pause.start()
        if str(error) != self._last_error:
            self._last_error = str(error)
            log.warning("the office has moved: %s", error)
            self._link.refused.emit(error)


def _follow_and_store(old: Path, settings: Path | None) -> Path:
    new = moving.follow_moves(old)
    try:
        _store_path(settings or config.default_path(), old, new)
    except UserError as error:  # then the station follows again at its next start
        log.warning("%s", error)
    return new


def _store_path(settings: Path, old: Path, new: Path) -> None:
    """Store the new path if the settings name the old one, which may also come from the command line."""
    if not settings.exists():
        return
    before = config.load_station(settings)
    if before.database and office_at(before.database).absolute() == old:
        write_station(settings, replace(before, database=str(new)))
