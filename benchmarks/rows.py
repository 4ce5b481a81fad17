"""The rows of a benchmark: one figure each, with its goal where there is one."""

import math
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_SEED = 20261121
SIMULATION = 5
"""The version of the simulation's model: a seed means the same day as long as it stays."""


def number_of_seed(text: str) -> int:
    """Return a seed's number; a day of the simulation is told as VERSION.SEED.

    Raises:
        ValueError: it is no number, or of another version of the simulation, in which it means another day.
    """
    version, dot, number = text.partition(",")[0].rpartition(".")
    if not number.isdecimal() or (dot and not version.isdecimal()):
        raise ValueError(f"{text!r} is no seed: a number, or VERSION.SEED of a simulated day")
    if dot and int(version) != SIMULATION:
        raise ValueError(
            f"seed {text} is of version {version} of the simulation, and this one is {SIMULATION}: it would"
            f" be another day. Play it with the program that told it, or {number} for the day that it is now"
        )
    return int(number)


@dataclass(frozen=True)
class BenchmarkRow:
    """A figure. `goal` is the most that is allowed, None where nothing was promised."""

    what: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal

    @property
    def figure(self) -> str:
        return number(self.value, self.unit)

    @property
    def goal_text(self) -> str:
        return "" if self.goal is None else f"≤ {number(self.goal, self.unit)}"

    @property
    def verdict(self) -> str:
        return {True: "yes", False: "NO", None: ""}[self.met]


@dataclass(frozen=True)
class BenchmarkRun:
    """The folder of a benchmark and its length; `rounds` and `minutes` as asked for, if they were.

    `plan` is a simulated day as it was told; `mutants`: errors of the program are looked for; `engine`:
    "postgres" for simulated days on a server. `endings` are the last lines that the command writes, after its
    tables.
    """

    folder: Path
    quick: bool = False
    seed: int = DEFAULT_SEED
    rounds: int | None = None
    minutes: float | None = None
    office: str | None = None
    output: Path | None = None
    plan: str = ""
    mutants: bool = False
    engine: str = ""
    endings: list[str] = field(default_factory=list)

    def pick(self, full: int, quick: int) -> int:
        """Return a number of rounds or seconds: less of it when somebody waits for the table."""
        return quick if self.quick else full

    def rounds_of(self, full: int, quick: int) -> int:
        """Return as many rounds or seconds as were asked for, else as `pick` says."""
        return self.rounds or self.pick(full, quick)

    def say(self, lines: Iterable[str]) -> None:
        """Print what is wrong, in full: a figure would not help to correct it."""
        sys.stdout.writelines(f"! {line}\n" for line in lines)

    def wrong_row(self, what: str, wrong: Sequence[str]) -> BenchmarkRow:
        """Print what is wrong, and return its count, which must be 0."""
        self.say(wrong)
        return BenchmarkRow(what, len(wrong), "", 0)


@contextmanager
def in_words(wrong: list[str], where: str) -> Iterator[None]:
    """Add an exception to `wrong`, with the options that repeat the work; print its traceback."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  (a traceback says neither seed nor scene, and would end the run)
        traceback.print_exception(error)
        wrong.append(f"{where}: ended by {error!r}")


def number(value: float, unit: str) -> str:
    """Format a value with as few digits as are meaningful."""
    digits = 0 if float(value).is_integer() or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile: a value that was really measured; p99 of 30 values is the worst."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
