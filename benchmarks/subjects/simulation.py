"""Simulated office days: one process, one seed, a virtual clock, and every fault in every order.

`--minutes` goes on where the last such run ended, with the totals of all of them; `--seed VERSION.SEED` lives
one day again.
"""

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.process import ActorProcess, acting
from benchmarks.rows import DEFAULT_SEED, SIMULATION, BenchmarkRow, BenchmarkRun

PROCESSES = 2
QUICK_DAYS, FULL_DAYS = 20, 200
PATIENCE_S = 300.0
KINDS = {"lost": ("lost", "number given alone", "not as it was told"), "doubled": ("doubled", "papers say")}


class Totals(msgspec.Struct):
    """The totals of all days that were lived: what each of them was, by kinds. `next_seed` comes next."""

    version: int = SIMULATION
    next_seed: int = DEFAULT_SEED
    days: int = 0
    acts: int = 0
    alone: int = 0
    calls: int = 0
    befallen: dict[str, int] = msgspec.field(default_factory=dict)
    wrong: list[str] = msgspec.field(default_factory=list)

    def add(self, day: dict[str, Any]) -> None:
        self.days += 1
        self.acts += day["acts"]
        self.alone += day["alone"]
        self.calls += day["calls"]
        self.befallen = dict(Counter(self.befallen) + Counter(day["befallen"]))
        self.wrong += [f"--seed {SIMULATION}.{day['seed']}: {each}" for each in day["wrong"]]

    def count(self, *signs: str) -> int:
        return sum(any(sign in each for sign in signs) for each in self.wrong)

    def line(self) -> str:
        """Return the run in one line."""
        faults = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.befallen.items()))
        lost, doubled, half = (
            self.count(*KINDS["lost"]),
            self.count(*KINDS["doubled"]),
            self.count("half done"),
        )
        return (
            f"{self.days:,} days, {self.acts:,} acts; faults: {faults or 'none'}; lost {lost},"
            f" doubled {doubled}, half done {half}, otherwise wrong {len(self.wrong) - lost - doubled - half}"
        )


@contextlib.contextmanager
def at_work(
    first: int, days: int, seconds: float, processes: int = PROCESSES
) -> Iterator[list[ActorProcess]]:
    """Start the processes that live the days: each has every so manyth seed."""
    os.environ["PYTHONHASHSEED"] = "0"
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(
                acting("simulated_days", first + n, processes, -(-days // processes) if days else 0, seconds)
            )
            for n in range(processes)
        ]


def lived(first: int, days: int, seconds: float, processes: int = PROCESSES) -> Iterator[dict[str, Any]]:
    """Yield the days, as they were lived."""
    with at_work(first, days, seconds, processes) as actors:
        left = list(actors)
        while left:
            for actor in tuple(left):
                told = actor.hear(PATIENCE_S)
                if told["kind"] == "done":
                    left.remove(actor)
                else:
                    yield told


def measure(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    totals, seconds, days = Totals(next_seed=bench.seed), 0.0, bench.rounds_of(FULL_DAYS, QUICK_DAYS)
    kept = None
    if bench.minutes:
        kept, seconds, days = (bench.output or bench.folder) / "simulation.json", 60 * bench.minutes, 0
        totals = remembered(kept, bench.seed)
    elif bench.seed != DEFAULT_SEED and not bench.rounds and not bench.quick:
        days = 1
    processes = min(PROCESSES, days or PROCESSES)
    for day in lived(totals.next_seed, days, seconds, processes):
        totals.add(day)
        totals.next_seed = max(totals.next_seed, day["seed"] + 1)
        bench.say(f"--seed {SIMULATION}.{day['seed']}: {each}" for each in day["wrong"])
        if kept is not None:
            write(kept, totals)
    sys.stdout.write(f"{totals.line()}\n")
    return [
        BenchmarkRow("days", totals.days, ""),
        BenchmarkRow("acts acknowledged", totals.acts, ""),
        BenchmarkRow("numbers given alone", totals.alone, ""),
        BenchmarkRow("calls to disks and share", totals.calls, ""),
        *(BenchmarkRow(f"faults: {kind}", count, "") for kind, count in sorted(totals.befallen.items())),
        BenchmarkRow("lost, doubled, half done, or otherwise wrong", len(totals.wrong), "", 0),
    ]


def remembered(kept: Path, first: int) -> Totals:
    """Return the totals of the run that is gone on with.

    Raises:
        SystemExit: the file is cut, or of another version: its days are not counted with these.
    """
    if not kept.exists():
        return Totals(next_seed=first)
    try:
        totals = msgspec.json.decode(kept.read_bytes(), type=Totals)
    except msgspec.MsgspecError as error:
        raise SystemExit(
            f"{kept} cannot be read ({error}). Nothing was lived; delete it to begin anew."
        ) from error
    if totals.version != SIMULATION:
        raise SystemExit(
            f"{kept} is of version {totals.version} of the simulation, and this one is {SIMULATION}. Nothing"
            " was lived; keep it elsewhere and begin anew."
        )
    return totals


def write(kept: Path, totals: Totals) -> None:
    half = kept.with_suffix(".part")
    half.write_bytes(msgspec.json.encode(totals))
    half.replace(kept)
