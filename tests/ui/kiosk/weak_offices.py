"""Offices whose share does what a real one did: silent, late, gone in the middle of a merge."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from typing_extensions import override

from tests.ui.hanging import Cable, HangingOffice, HangingStore
from ult_desktop.core.command import Ask
from ult_desktop.core.cut_off import MergeTicket
from ult_desktop.core.roles import Actor
from ult_desktop.db.failures import missing
from ult_desktop.db.transaction import Transaction
from ult_desktop.operations.office import Office
from ult_desktop.ui.station_place import StationPlace

T = TypeVar("T")


def impatient(place: StationPlace) -> Office:
    """Gives a silent share up soon, where a real one waits fifteen seconds."""
    return Office(place.database, place.name, place.journal, patience_s=3)


class LateStore(HangingStore):
    """The answer to a commit that happened hangs in the cable."""

    @override
    def write(self, work: Callable[[Transaction], T]) -> T:
        done = super().write(work)
        Cable.cross()
        return done


class LateOffice(HangingOffice):
    def __init__(self, path: Path, station: str, journal: Path) -> None:
        super().__init__(path, station, journal)
        self._store.close()
        self._store = LateStore(path)


def late(place: StationPlace) -> Office:
    return LateOffice(place.database, place.name, place.journal)


class StumblingOffice(Office):
    """The share goes once more, in the middle of the merge."""

    stumbles = 1

    @override
    def perform(self, ask: Ask, by: Actor, request: str = "") -> Any:
        if isinstance(ask, MergeTicket) and self.stumbles:
            self.stumbles -= 1
            raise missing(str(self.path))
        return super().perform(ask, by, request)


def stumbling(place: StationPlace) -> Office:
    return StumblingOffice(place.database, place.name, place.journal, patience_s=3)
