"""The register of deviations against the truth of random office days: what it lacks, and what it made up.

A day has 150 visits; each day is an office file of its own. `--days` says how many for each office,
`--office` which of the ready-made ones.
"""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.register.judge import judge
from benchmarks.register.play import play
from benchmarks.register.script import OFFICES, office_day
from benchmarks.rows import BenchmarkRow, BenchmarkRun

FULL_DAYS, QUICK_DAYS = 20, 1
VISITS, QUICK_VISITS = 150, 30


@dataclass
class RegisterTally:
    """The totals of the days, and each disagreement with the seed that repeats it."""

    visits: int = 0
    acts: int = 0
    true: Counter[str] = field(default_factory=Counter)
    on_purpose: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def play_day(folder: Path, office: str, seed: int, visits: int, tally: RegisterTally) -> None:
    """Play a day of one office; its files are deleted when the register agrees with the truth."""
    folder.mkdir()
    day = office_day(office, seed, visits)
    played = play(day, folder, seed)
    verdict = judge(day, played)
    where = f"--office {office} --seed {seed}"
    tally.visits += len(day.stories)
    tally.acts += played.acts
    tally.true.update(each.kind for each in verdict.true)
    tally.on_purpose += day.on_purpose
    tally.refused += [f"{where}: {each}" for each in played.refused]
    tally.lacking += [f"{where}: {each} is not in the register" for each in verdict.lacking]
    tally.invented += [f"{where}: {each} is in the register alone" for each in verdict.invented]
    if not (played.refused or verdict.lacking or verdict.invented):
        shutil.rmtree(folder)


def measure(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    tally = RegisterTally()
    offices = (bench.office,) if bench.office else tuple(OFFICES)
    for number in range(bench.rounds_of(FULL_DAYS, QUICK_DAYS)):
        for office in offices:
            folder = bench.folder / f"{office}-{number}"
            play_day(folder, office, bench.seed + number, bench.pick(VISITS, QUICK_VISITS), tally)
    return (
        BenchmarkRow("visits", tally.visits, ""),
        BenchmarkRow("acts", tally.acts, ""),
        *(BenchmarkRow(f"on purpose: {what}", count, "") for what, count in tally.on_purpose.most_common()),
        *(BenchmarkRow(f"true deviations of {kind}", count, "") for kind, count in tally.true.most_common()),
        bench.wrong_row("true and not in the register", tally.lacking),
        bench.wrong_row("in the register and not true", tally.invented),
        bench.wrong_row("honest acts that were refused", tally.refused),
    )
