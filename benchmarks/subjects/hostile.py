"""A hostile week, scene by scene: stepped clocks, sleeping and old programs, older copies, poisoned files.

Each scene is an office of its own with processes at work; after it the office is judged as after a power cut.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import ROOT
from benchmarks.rows import BenchmarkRow, BenchmarkRun, in_words
from benchmarks.simulation import mutants
from benchmarks.survival import hostile_scenes
from benchmarks.survival.hostile_clocks import CLOCK_SCENES
from benchmarks.survival.hostile_scenes import HostileOffice
from benchmarks.survival.station import SimulatedStation, found_office, young_zone

STATIONS = tuple(SimulatedStation(number) for number in (1, 2))
SCENES = {**hostile_scenes.SCENES, **CLOCK_SCENES}
FULL_MINUTES, QUICK_MINUTES = 20.0, 1.0
MUTANTS = {
    "the witness is always content": "older_copy",
    "the schema's level is not seen": "old_program",
    "a request is not looked up": "sleeper",
    "two kiosks have one letter": "cloned_disk",
    "a jump of the share's clock is followed": "server_ahead",
    "the log's chain begins anew": "proof_beside_writers",
}
"""Errors that `--mutants` puts into the program, one at a time, each with the scene that must show it."""


@dataclass
class HostileTally:
    """The results of the scenes; each thing wrong with the seed that repeats its scene."""

    played: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def play(folder: Path, seed: int, names: Sequence[str] = ()) -> HostileTally:
    """Play one scene after the other, each once; with no names the one that the seed chooses."""
    folder.mkdir(exist_ok=True)
    tally, first = HostileTally(), found_office(folder, STATIONS, young_zone())
    for number, name in enumerate(names or [_chosen(seed)]):
        with in_words(tally.wrong, f"--seed {seed}, {name}"):
            play_one(first, folder / f"{number}", name, seed, tally)
    return tally


def play_for(folder: Path, seed: int, minutes: float) -> HostileTally:
    """Play scenes as their seeds choose them, until the time is over."""
    tally, first = HostileTally(), found_office(folder, STATIONS, young_zone())
    until = time.monotonic() + 60 * minutes
    while not _is_over(until):
        here = seed + tally.played.total()
        with in_words(tally.wrong, f"--seed {here}, {_chosen(here)}"):
            play_one(first, folder / f"{here}", _chosen(here), here, tally)
    return tally


def _is_over(until: float) -> bool:
    return time.monotonic() >= until


def _chosen(seed: int) -> str:
    return sorted(SCENES)[seed % len(SCENES)]


def play_one(first: Path, folder: Path, name: str, seed: int, tally: HostileTally) -> None:
    tally.played[name] += 1
    before = len(tally.wrong)
    folder.mkdir()
    path = Path(shutil.copy(first, folder))
    with HostileOffice(path, random.Random(seed), STATIONS) as office:  # noqa: S311  (to be repeated)
        for part in (SCENES[name], HostileOffice.judge):
            tally.wrong += (f"--seed {seed}, {name}: {each}" for each in part(office))
        tally.acknowledged += len(office.told)
    if len(tally.wrong) == before:
        shutil.rmtree(folder)


def shown(mutant: str, seed: int) -> str:
    """Play the scene that must show `mutant`, with it in every process; return what is wrong, "" if nothing.

    Up to three seeds that choose this scene are played, from `seed` on.
    """
    scene = MUTANTS[mutant]
    seeds = [each for each in range(seed, seed + 3 * len(SCENES)) if _chosen(each) == scene]
    return next(filter(None, (_played_with(mutant, each, scene) for each in seeds)), "")


def _played_with(mutant: str, seed: int, scene: str) -> str:
    with TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603
            [
                sys.executable,
                "-m",
                "benchmarks",
                "hostile",
                "--rounds=1",
                f"--seed={seed}",
                "--output",
                folder,
            ],
            cwd=ROOT,
            env={**os.environ, mutants.VARIABLE: mutant},
            capture_output=True,
            text=True,
            check=False,
        )
    said = f"--seed {seed}, {scene}: "
    return next((line.partition(said)[2] for line in done.stdout.splitlines() if said in line), "")


def hunted(bench: BenchmarkRun) -> list[BenchmarkRow]:
    """Look for each of `MUTANTS`."""
    rows = []
    for mutant in MUTANTS:
        wrong = shown(mutant, bench.seed)
        bench.say([f"{mutant}: {wrong or 'not found'}"])
        rows.append(BenchmarkRow(f"found: {mutant}", int(bool(wrong)), ""))
    return [*rows, BenchmarkRow("mutants not found", sum(not row.value for row in rows), "", 0)]


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    """Play scenes for a time; `--rounds 1` plays the one scene of a seed."""
    if bench.mutants:
        return hunted(bench)
    if bench.rounds:
        tally = play(bench.folder, bench.seed)
    else:
        minutes = bench.minutes or (QUICK_MINUTES if bench.quick else FULL_MINUTES)
        tally = play_for(bench.folder, bench.seed, minutes)
    scenes = [BenchmarkRow(f"scenes: {name}", tally.played[name], "") for name in SCENES]
    return [
        *scenes,
        BenchmarkRow("acknowledged acts looked up", tally.acknowledged, ""),
        bench.wrong_row("lost, doubled, half done, or not noticed", tally.wrong),
    ]
