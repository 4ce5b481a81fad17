"""Processes at work on one file, killed with -9 at any moment: nothing lost, nothing doubled, nothing half.

Every station is a process that serves one visitor after the other and reports each acknowledged act through a
pipe. One or two at a time are killed and started again; at the end all at once. Then the file is judged.
"""

import random
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec

from benchmarks.process import PROCESSES, has_last_words
from benchmarks.rows import BenchmarkRow, BenchmarkRun, in_words
from benchmarks.survival.judge import judge, rows
from benchmarks.survival.station import SimulatedStation, at_noon, found_office
from benchmarks.survival.visit import StationCrew, Told
from ult_desktop.operations.request_ids import new_id

STATIONS = 4
FULL_ROUNDS, QUICK_ROUNDS = 3000, 150
KILLS_AN_OFFICE = 150
LONGEST_PAUSE_S = 0.03  # longer than one act on a PC at rest
SLOW_ACT_S = 0.5  # and about as long as one on a slow PC
PATIENCE_S = 240.0  # four programs that start at once under Wine, on a machine at work
FOR_EVER = 1_000_000


def work(path: Path, station: SimulatedStation, visitors: int, tell: Connection) -> None:
    """Run a station's process, for so many visitors."""
    try:
        office = station.open(path)
        say = lambda told: tell.send_bytes(msgspec.json.encode(told))  # noqa: E731
        desk = StationCrew(office, station.counter, new_id, say)
        desk.take_up()
        for _visitor in range(visitors):
            for _act in desk.visitor_and_alone():
                pass
        office.close()
    except Exception:  # noqa: BLE001  (reported to the parent process)
        tell.send_bytes(msgspec.json.encode(Told("error", station.name, "", label=traceback.format_exc())))


@dataclass
class Worker:
    """A station's process as the killer sees it."""

    process: BaseProcess
    ear: Connection
    told: int = 0


@dataclass
class Crew:
    """The stations of one office at work. Use as a context: it ends what it started."""

    path: Path
    stations: Sequence[SimulatedStation]
    told: list[Told] = field(default_factory=list)
    workers: dict[str, Worker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        PROCESSES.set_forkserver_preload(["benchmarks.subjects.crash"])

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_error: object) -> None:
        for name in tuple(self.workers):
            self.kill(name)

    def start(self, station: SimulatedStation, visitors: int = FOR_EVER) -> None:
        ear, mouth = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=work, args=(self.path, station, visitors, mouth), daemon=True)
        process.start()
        mouth.close()
        self.workers[station.name] = Worker(process, ear)

    def wait_for(self, name: str, acts: int) -> None:
        """Wait until that station has reported `acts` more. Raises TimeoutError when it does not."""
        goal, deadline = self.workers[name].told + acts, time.monotonic() + PATIENCE_S
        while self.workers[name].told < goal:
            if time.monotonic() > deadline or self.workers[name].ear.closed:
                raise TimeoutError(f"{name} is stuck: {self.errors}")
            self._listen(1.0)

    def until_done(self) -> None:
        """Wait until every station has served the visitors it was started for."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and not all(each.ear.closed for each in self.workers.values()):
            self._listen(1.0)

    def kill(self, name: str) -> None:
        """Kill a station; raises TimeoutError where it does not end."""
        worker = self.workers.pop(name)
        worker.process.kill()
        worker.process.join(PATIENCE_S)
        if worker.process.is_alive():
            raise TimeoutError(f"{name} was killed and did not end")
        while not worker.ear.closed and has_last_words(worker.ear):
            self._hear(worker)
        worker.ear.close()

    @property
    def errors(self) -> list[str]:
        return [told.label for told in self.told if told.act == "error"]

    def _listen(self, seconds: float) -> None:
        talking = [worker for worker in self.workers.values() if not worker.ear.closed]
        ready = connection.wait([worker.ear for worker in talking], seconds)
        for worker in talking:
            if worker.ear in ready:
                self._hear(worker)

    def _hear(self, worker: Worker) -> None:
        try:
            self.told.append(msgspec.json.decode(worker.ear.recv_bytes(), type=Told))
            worker.told += 1
        except (EOFError, OSError):
            worker.ear.close()


@dataclass
class KillTally:
    """The results of the kills; each thing wrong with the seed of the office."""

    kills: int = 0
    acknowledged: int = 0
    cut_short: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_at_random(folder: Path, seed: int, rounds: int) -> KillTally:
    tally, offices = KillTally(), 0
    while tally.kills < rounds and not tally.wrong:
        place = folder / f"{offices}"
        place.mkdir()
        with in_words(tally.wrong, f"--seed {seed + offices}"):
            _one_office(place, seed + offices, min(KILLS_AN_OFFICE, rounds - tally.kills), tally)
        offices += 1
    return tally


def _one_office(folder: Path, seed: int, kills: int, tally: KillTally) -> None:
    dice, stations = random.Random(seed), at_noon(STATIONS)  # noqa: S311  (to be repeated)
    path = found_office(folder, stations)
    with Crew(path, stations) as crew:
        for station in stations:
            crew.start(station)
        for _round in range(kills):
            victims = dice.sample(stations, 2 if dice.random() < 0.1 else 1)
            acts, began = dice.randint(1, 5), time.monotonic()
            crew.wait_for(victims[0].name, acts)
            an_act = (time.monotonic() - began) / acts
            longest = max(LONGEST_PAUSE_S, min(an_act, SLOW_ACT_S))
            time.sleep(dice.uniform(0, longest))  # the kill falls anywhere in an act
            for victim in victims:
                crew.kill(victim.name)
            crew.wait_for(next(name for name in crew.workers), 1)  # the others go on
            for victim in victims:
                crew.start(victim)
    found = [*crew.errors, *judge(path, stations, crew.told)]
    tally.wrong += [f"--seed {seed}: {each}" for each in found]
    tally.kills += kills
    tally.acknowledged += len(crew.told)
    for station in stations:
        cut = rows(station.journal(path), "SELECT count(*) FROM work WHERE outcome IN ('abandoned', 'open')")
        tally.cut_short += int(cut[0][0])


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tally = kill_at_random(bench.folder, bench.seed, bench.rounds_of(FULL_ROUNDS, QUICK_ROUNDS))
    return [
        BenchmarkRow(f"processes killed, from --seed {bench.seed}", tally.kills, ""),
        BenchmarkRow("acknowledged acts", tally.acknowledged, ""),
        BenchmarkRow("acts that a kill cut short", tally.cut_short, ""),
        bench.wrong_row("lost, doubled, half done, or no normal start", tally.wrong),
    ]
