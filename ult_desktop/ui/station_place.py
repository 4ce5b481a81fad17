"""Where a station's office lies, and how it is opened there."""

from pathlib import Path
from typing import NamedTuple

from uuid_utils import uuid7

from ult_desktop import __version__
from ult_desktop.config import Sync
from ult_desktop.db.station_proof import Here
from ult_desktop.db.stations import Presence
from ult_desktop.operations.founding import distrust_of, trust_place
from ult_desktop.operations.office import Office
from ult_desktop.operations.upkeep import Duty


class StationPlace(NamedTuple):
    """Where this station's office lies, what it is called there, and where its backups go.

    `letter` is what a kiosk wishes to mark its own numbers with.
    """

    database: Path
    journal: Path
    name: str
    mode: str
    sync: Sync
    second_place: Path | None = None
    letter: str = ""

    @property
    def duty(self) -> Duty:
        return Duty(self.database, self.journal, self.name, self.second_place)

    @property
    def here(self) -> Here:
        return Here(self.database, self.name, self.journal.parent)

    def presence(self) -> Presence:
        """This station's row at its start."""
        return Presence(
            name=self.name,
            mode=self.mode,
            version=__version__,
            boot=str(uuid7()),
            seen_at=0,
            letter=self.letter,
        )


def open_office(place: StationPlace) -> Office:
    trust_place(place.database, place.journal.parent)
    office = Office(place.database, place.name, place.journal)
    office.halt(distrust_of(place.database, place.journal.parent))
    return office
