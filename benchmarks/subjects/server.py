"""An office on a server among accidents: clients killed, the server crashed, or gone for half a minute.

The stations and the judge are those of `crash`. After `pg_ctl stop --mode=immediate` the server has put
nothing in order; the stations wait, and go on where they were.
"""

import random
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.rows import BenchmarkRow, BenchmarkRun, in_words
from benchmarks.subjects.crash import LONGEST_PAUSE_S, STATIONS, Crew
from benchmarks.survival.judge import judge
from benchmarks.survival.station import SimulatedStation, at_noon, found_office
from tests.cluster import OwnCluster, own

FULL_ROUNDS, QUICK_ROUNDS = 600, 20
ROUNDS_AN_OFFICE = 60
LONGEST_DOWN_S = 1.0
GONE_S = 30.0
PATIENCE_S = 90.0  # of a station: longer than the server is gone


@dataclass
class AccidentTally:
    """The results of the accidents; each thing wrong with the seed of the office."""

    killed: int = 0
    crashed: int = 0
    gone: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def accidents(folder: Path, seed: int, rounds: int, gone_s: float = GONE_S) -> AccidentTally:
    """Cause `rounds` accidents; once in each office the server is gone for `gone_s` seconds."""
    tally, done, offices = AccidentTally(), 0, 0
    with own(durable=True) as server:
        while done < rounds and not tally.wrong:
            place = folder / f"{offices}"
            place.mkdir()
            here = min(ROUNDS_AN_OFFICE, rounds - done)
            with in_words(tally.wrong, f"--seed {seed + offices}"):
                _one_office(place, server, seed + offices, here, gone_s, tally)
            done, offices = done + here, offices + 1
    return tally


def _one_office(
    folder: Path, server: OwnCluster, seed: int, rounds: int, gone_s: float, tally: AccidentTally
) -> None:
    dice = random.Random(seed)  # noqa: S311  (to be repeated)
    stations = tuple(replace(each, patience_s=PATIENCE_S) for each in at_noon(STATIONS))
    path = found_office(folder, stations, address=(address := server.create()))
    with Crew(path, stations) as crew:
        for station in stations:
            crew.start(station)
        long_one = dice.randrange(rounds)
        for number in range(rounds):
            crew.wait_for(dice.choice(stations).name, dice.randint(1, 5))
            time.sleep(dice.uniform(0, LONGEST_PAUSE_S))  # the moment is the chance's
            if number == long_one:
                _crash(server, gone_s)
                tally.gone += 1
            elif dice.random() < 0.5:
                _crash(server, dice.uniform(0, LONGEST_DOWN_S))
                tally.crashed += 1
            else:
                _kill(crew, dice.sample(stations, 2 if dice.random() < 0.1 else 1))
                tally.killed += 1
            for station in stations:
                crew.wait_for(station.name, 1)
    found = [*crew.errors, *judge(path, stations, crew.told)]
    tally.wrong += [f"--seed {seed}: {each}" for each in found]
    tally.acknowledged += len(crew.told)
    server.drop(address)


def _crash(server: OwnCluster, seconds: float) -> None:
    server.crash()
    time.sleep(seconds)
    server.start()


def _kill(crew: Crew, victims: list[SimulatedStation]) -> None:
    for victim in victims:
        crew.kill(victim.name)
    for victim in victims:
        crew.start(victim)


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tally = accidents(bench.folder, bench.seed, bench.rounds_of(FULL_ROUNDS, QUICK_ROUNDS))
    return [
        BenchmarkRow(f"clients killed, from --seed {bench.seed}", tally.killed, ""),
        BenchmarkRow("server crashed and started", tally.crashed, ""),
        BenchmarkRow(f"server gone for {GONE_S:.0f} s", tally.gone, ""),
        BenchmarkRow("acknowledged acts", tally.acknowledged, ""),
        bench.wrong_row("lost, doubled, half done, or no normal start", tally.wrong),
    ]
