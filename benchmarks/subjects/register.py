"""The register of deviations against the truth of random office days: what it lacks, and what it made up.

A day has 150 visits; each day is an office file of its own. `--days` says how many for each office,
`--office` which of the ready-made ones. Besides them there are as many plain days, as offices live them,
where the POS face to face is run; of these it is counted what officers left open in spite of the box of F9.
"""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.register.judge import judge
from benchmarks.register.play import play
from benchmarks.register.script import OFFICES, PLAIN_OFFICES, office_day
from benchmarks.rows import BenchmarkRow, BenchmarkRun, in_words

FULL_DAYS, QUICK_DAYS = 20, 1
VISITS, QUICK_VISITS = 150, 30
MOST_LEFT_OPEN = 0.2  # rows a visit, after officers used what the box of F9 offers


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
    left_open: int = 0

    @property
    def open_per_visit(self) -> float:
        return self.left_open / max(1, self.visits)


def play_day(
    folder: Path, office: str, seed: int, visits: int, tally: RegisterTally, *, is_plain: bool = False
) -> None:
    """Play a day of one office; its files are deleted when the register agrees with the truth."""
    folder.mkdir()
    day = office_day(office, seed, visits, is_plain=is_plain)
    played = play(day, folder, seed)
    verdict = judge(day, played)
    where = _where(office, seed, is_plain=is_plain)
    tally.visits += len(day.stories)
    tally.left_open += played.left_open
    tally.acts += played.acts
    tally.true.update(each.kind for each in verdict.true)
    tally.on_purpose += day.on_purpose
    tally.refused += [f"{where}: {each}" for each in played.refused]
    tally.lacking += [f"{where}: {each} is not in the register" for each in verdict.lacking]
    tally.invented += [f"{where}: {each} is in the register alone" for each in verdict.invented]
    if not (played.refused or verdict.lacking or verdict.invented):
        shutil.rmtree(folder)


def _where(office: str, seed: int, *, is_plain: bool) -> str:
    return f"--office {office} --seed {seed}{' (plain)' if is_plain else ''}"


def measure(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    tallies = _played(bench, is_plain=False), _played(bench, is_plain=True)
    _staged, plain = tallies
    return (
        *_rows(bench, "", tallies[0]),
        *_rows(bench, "plain: ", plain),
        BenchmarkRow("plain: rows a visit left open", plain.open_per_visit, "", goal=MOST_LEFT_OPEN),
    )


def _played(bench: BenchmarkRun, *, is_plain: bool) -> RegisterTally:
    tally, name = RegisterTally(), "plain" if is_plain else "staged"
    offices = PLAIN_OFFICES if is_plain else tuple(OFFICES)
    for number in range(bench.rounds_of(FULL_DAYS, QUICK_DAYS)):
        for office in (each for each in offices if bench.office in ("", None, each)):
            folder = bench.folder / f"{name}-{office}-{number}"
            visits = bench.pick(VISITS, QUICK_VISITS)
            with in_words(tally.refused, _where(office, bench.seed + number, is_plain=is_plain)):
                play_day(folder, office, bench.seed + number, visits, tally, is_plain=is_plain)
    return tally


def _rows(bench: BenchmarkRun, of: str, tally: RegisterTally) -> Sequence[BenchmarkRow]:
    return (
        BenchmarkRow(f"{of}visits", tally.visits, ""),
        BenchmarkRow(f"{of}acts", tally.acts, ""),
        *(
            BenchmarkRow(f"{of}on purpose: {what}", count, "")
            for what, count in tally.on_purpose.most_common()
        ),
        *(
            BenchmarkRow(f"{of}true deviations of {kind}", count, "")
            for kind, count in tally.true.most_common()
        ),
        bench.wrong_row(f"{of}true and not in the register", tally.lacking),
        bench.wrong_row(f"{of}in the register and not true", tally.invented),
        bench.wrong_row(f"{of}honest acts that were refused", tally.refused),
    )
