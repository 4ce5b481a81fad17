"""The loss of power at any moment: what was not synced is gone, whole sectors and parts of them.

One office file and two stations are at work, one after the other in a random order; SQLite's own writes and
syncs are watched. At random ones among them the disk is taken as a power cut would leave it: of the file
server, of one station (its own disk, and what its system still held back of the share), or of the whole
office.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.survival.disk import Disk, PowerCutModel
from benchmarks.survival.judge import judge
from benchmarks.survival.station import SimulatedStation, at_noon, found_office
from benchmarks.survival.vfs import watch
from benchmarks.survival.visit import StationCrew, Told

STATIONS = 2
SURVIVAL = (0.0, 0.5, 0.9, 1.0)
FULL_ROUNDS, QUICK_ROUNDS = 3000, 150
CUTS_A_DAY = 25
ODDS = 0.01


@dataclass(frozen=True)
class DiskSnapshot:
    """A disk as it would be found, and what was acknowledged until then."""

    files: dict[str, bytes]
    told: tuple[Told, ...]
    where: str


@dataclass
class PowerCutTally:
    """The results of the cuts; each thing wrong with the seed of the day that repeats it."""

    cuts: int = 0
    acknowledged: int = 0
    hot: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, moment: DiskSnapshot) -> None:
        self.cuts += 1
        self.acknowledged += len(moment.told)
        self.hot += any(name.endswith("office.db-journal") and left for name, left in moment.files.items())


class WatchedDay:
    """An office at work under watch, and the moments at which its power might have gone."""

    def __init__(self, path: Path, stations: Sequence[SimulatedStation], seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311  (to be repeated)
        self._path, self._stations, self._disk = path, stations, Disk()
        self._told: list[Told] = []
        self.moments: list[DiskSnapshot] = []

    def run(self, cuts: int) -> None:
        with watch(self._path.parent, self._disk, self._perhaps), ExitStack() as offices:
            at_work = [self._open(station, offices) for station in self._stations]
            while len(self.moments) < cuts:
                next(self._dice.choice(at_work))
        del self.moments[cuts:]

    def _open(self, station: SimulatedStation, offices: ExitStack) -> Iterator[None]:
        office = offices.enter_context(closing(station.open(self._path)))
        return StationCrew(office, station.counter, self._request, self._told.append).visitors()

    def _request(self) -> str:
        return f"{len(self._told):08x}-0000-7000-8000-{self._dice.getrandbits(48):012x}"

    def _perhaps(self) -> None:
        if self._told and self._dice.random() < ODDS:
            where = self._dice.choice(("server", "office", *(each.name for each in self._stations)))
            cut = PowerCutModel(self._dice, self._dice.choice(SURVIVAL))
            lossy = [path for path in self._disk.entries if _loses(Path(path).name, where)]
            self.moments.append(DiskSnapshot(self._disk.after(cut, lossy), tuple(self._told), where))


def _loses(name: str, where: str) -> bool:
    """Return whether a file loses: one of the share, or a journal of a station whose power goes too."""
    return name.startswith("office.db") or where == "office" or f"journal-{where}." in name


def cut_the_power(folder: Path, seed: int, rounds: int, wrong_at_most: int = 10) -> PowerCutTally:
    """Take `rounds` disks and start an office from each; it stops when enough is wrong to look at."""
    tally, days, stations = PowerCutTally(), 0, at_noon(STATIONS)
    first = found_office(folder, stations)
    while tally.cuts < rounds and len(tally.wrong) < wrong_at_most:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            path = Path(shutil.copy(first, place))
            day = WatchedDay(path, stations, seed + days)
            day.run(min(CUTS_A_DAY, rounds - tally.cuts))
            for number, moment in enumerate(day.moments):
                found = judge(_lay_out(moment, Path(place) / f"{number}"), stations, moment.told)
                name = f"--seed {seed + days}, cut {number}, {moment.where}"
                tally.wrong += [f"{name}: {each}" for each in found]
                tally.count(moment)
        days += 1
    return tally


def _lay_out(moment: DiskSnapshot, folder: Path) -> Path:
    """Write the files that the power cut left, to start from."""
    folder.mkdir()
    for path, content in moment.files.items():
        (folder / Path(path).name).write_bytes(content)
    return folder / "office.db"


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tally = cut_the_power(bench.folder, bench.seed, bench.rounds_of(FULL_ROUNDS, QUICK_ROUNDS))
    return [
        BenchmarkRow(f"power cuts from --seed {bench.seed}", tally.cuts, ""),
        BenchmarkRow("acknowledged acts looked up after a cut", tally.acknowledged, ""),
        BenchmarkRow("cuts in the middle of a commit", tally.hot, ""),
        bench.wrong_row("lost, doubled, half done, or no normal start", tally.wrong),
    ]
