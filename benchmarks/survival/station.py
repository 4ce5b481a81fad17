"""The stations of an office that has accidents."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.place import make_office, open_office
from benchmarks.survival.visit import engage_back_office
from ult_desktop.db.store.store import RETRY_LIMIT_S
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import DEFAULT_OFFICE

DAY_S, NOON_UTC_S = 86_400, 4 * 3_600  # the office lies eight hours ahead
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}  # hours ahead


@dataclass(frozen=True)
class SimulatedStation:
    """A counter with its kiosk; its journal lies next to the office file. `ahead_ms` turns its clock.

    `pc` is the folder of another computer, which may have a station of the same name. The station retries
    each request for `patience_s` seconds.
    """

    counter: int
    ahead_ms: int = 0
    pc: str = ""
    patience_s: float = RETRY_LIMIT_S

    @property
    def name(self) -> str:
        return f"loket-{self.counter}"

    def journal(self, path: Path) -> Path:
        return path.parent / self.pc / f"journal-{self.name}.db"

    def open(self, path: Path) -> Office:
        office = Office(path, self.name, self.journal(path), self.patience_s)
        office.clock.offset_ms += self.ahead_ms
        return office


def at_noon(count: int) -> tuple[SimulatedStation, ...]:
    """Return stations for which it is noon: no run meets its midnight unless it is about that."""
    ahead_ms = round((NOON_UTC_S - time.time() % DAY_S) * 1000)
    return tuple(SimulatedStation(number, ahead_ms) for number in range(1, count + 1))


def young_zone() -> str:
    """Return the zone of an office whose next midnight is furthest away: at least 22 hours."""
    now = time.time()
    return max(ZONES, key=lambda zone: -(now + ZONES[zone] * 3_600) % DAY_S)


def found_office(
    folder: Path,
    stations: Sequence[SimulatedStation],
    zone: str = "",
    address: str = "",
    ready_made: str = DEFAULT_OFFICE,
) -> Path:
    """Make an office in which each of the stations has a counter and an officer."""
    path = make_office(folder, len(stations), zone, address, ready_made)
    office = open_office(path, "pusat")
    engage_back_office(office)
    office.close()
    return path
