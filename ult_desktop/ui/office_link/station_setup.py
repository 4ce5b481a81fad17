"""The place of a station's office, the opening of the office there, and copies of its folder."""

import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTemporaryDir

from ult_desktop import __version__
from ult_desktop.base import UserError
from ult_desktop.base.config import SyncConfig
from ult_desktop.base.late import late
from ult_desktop.core.station_health import StationHealth
from ult_desktop.db.lock_check.station_probe import StationIdentity
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.upkeep import MaintenanceTask
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import location_distrust, require_trusted_location
from ult_desktop.operations.request_ids import new_id
from ult_desktop.reports.forms import report_files
from ult_desktop.ui.office_link.tasks import FileWorker

if TYPE_CHECKING:
    from ult_desktop.operations.figures import made_reports
else:
    made_reports = late("ult_desktop.operations.figures.made_reports")


def _make_reports(store: Store, place: Path, station: str, now: int) -> Iterable[UserError]:
    return made_reports.make_due(store, place, station, now, report_files)


class StationSetup(NamedTuple):
    """The set-up of this station.

    Args:
        database: the path of the office file, or a server's address.
        journal: the path of this station's journal.
        name: the station's name in the office.
        mode: "kiosk", "counter" or "display".
        sync: how the station learns of changes.
        second_place: the folder for backups, None without one.
        letter: the letter that a kiosk asks for, to mark the numbers that it gives alone.
        settings: the file of this PC's settings, None for the usual one.
        counter: the number of the counter at which this station is.
    """

    database: Path
    journal: Path
    name: str
    mode: str
    sync: SyncConfig
    second_place: Path | None = None
    letter: str = ""
    settings: Path | None = None
    counter: int | None = None

    @property
    def is_on_server(self) -> bool:
        """Return whether a server holds the office; backups are made and restored there."""
        return is_server(self.database)

    @property
    def maintenance_task(self) -> MaintenanceTask:
        return MaintenanceTask(
            self.database,
            self.journal,
            self.name,
            self.second_place,
            _make_reports,
            in_hall=self.mode != "counter",
        )

    @property
    def identity(self) -> StationIdentity:
        return StationIdentity(self.database, self.name, self.journal.parent)

    def presence(self) -> Presence:
        """Return this station's row at its start."""
        return Presence(
            name=self.name,
            mode=self.mode,
            version=__version__,
            boot=new_id(),
            letter=self.letter,
            health=StationHealth(counter=self.counter or 0, backs_up=self.second_place is not None),
        )


def open_office(setup: StationSetup) -> Office:
    require_trusted_location(setup.database, setup.journal.parent)
    office = Office(setup.database, setup.name, setup.journal)
    office.halt(location_distrust(setup.database, setup.journal.parent))
    return office


class OfficeFolder(QObject):
    """A copy, on this PC, of a folder next to the office file; it is there as long as this object lives.

    The program reads the copy instead of the share, so that a slow share keeps no visitor waiting.

    Args:
        folder: the folder on the share; if it is not there, `then` is not called.
        then: gets the folder of the copies.
        parent: owns this object.
    """

    def __init__(self, folder: Path, then: Callable[[Path], object], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        self._files, self._place = FileWorker(self), QTemporaryDir()
        copies = Path(self._place.path())
        self._files.run(partial(_copy, folder, copies), partial(self._on_copied, copies), lambda _error: None)

    def _on_copied(self, copies: Path, is_there: bool) -> None:
        if is_there:
            self._then(copies)


def _copy(folder: Path, copies: Path) -> bool:
    """Copy the folder; return whether it is there."""
    if not folder.is_dir():
        return False
    shutil.copytree(folder, copies, dirs_exist_ok=True)
    return True
