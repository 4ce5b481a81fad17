"""Simulated office days: one process, one seed, a virtual clock, and every fault in every order.

`--minutes` goes on where the last such run ended, with the totals of all of them; `--seed VERSION.SEED` lives
one day again, with what follows a comma as it was told; `--mutants` looks for each error of a list. With
`--engine postgres` the office lies on a real server; that is slower, so the days are fewer.
"""

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.process import ActorProcess, acting
from benchmarks.rows import DEFAULT_SEED, SIMULATION, BenchmarkRow, BenchmarkRun
from benchmarks.simulation.mutants import MUTANTS, Mutant

PROCESSES = 2
QUICK_DAYS, FULL_DAYS = 20, 200
SLOWER = 5  # on a server
PATIENCE_S, SHRINKING_S = 3600.0, 3600.0  # a day takes seconds, and hours where others want the processor
MUTANT_S, MUTANT_PATIENCE_S, MAY_LIVE = 600.0, 1800.0, 1  # of CPU, of silence, one in thirty
SEEDS_APART = 1_000  # each mutant has days of its own
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
    broken: list[str] = msgspec.field(default_factory=list)

    def add(self, day: dict[str, Any]) -> None:
        self.days += 1
        self.acts += day["acts"]
        self.alone += day["alone"]
        self.calls += day["calls"]
        self.befallen = dict(Counter(self.befallen) + Counter(day["befallen"]))
        self.wrong += [f"--seed {day['plan']}: {each}" for each in day["wrong"]]
        self.broken += [f"--seed {day['plan']}: the bench broke: {each}" for each in day["broken"]]

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
            + f", the bench broke {len(self.broken)} times"
            * bool(self.broken)
        )


@contextlib.contextmanager
def at_work(
    first: int, days: int, seconds: float, processes: int = PROCESSES, like: str = ""
) -> Iterator[list[ActorProcess]]:
    """Start the processes that live the days: each has every so manyth seed. `like` as in `--like`."""
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(
                acting(
                    "simulated_days",
                    *("--first", first + n, "--step", processes, "--seconds", seconds),
                    *("--days", -(-days // processes) if days else 0),
                    *("--like", like),
                )
            )
            for n in range(processes)
        ]


def lived(
    first: int, days: int, seconds: float, processes: int = PROCESSES, like: str = ""
) -> Iterator[dict[str, Any]]:
    """Yield the days, as they were lived."""
    with at_work(first, days, seconds, processes, like) as actors:
        left = list(actors)
        while left:
            for actor in tuple(left):
                told = actor.hear(PATIENCE_S)
                if told["kind"] == "done":
                    left.remove(actor)
                else:
                    yield told


def measure(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    os.environ["PYTHONHASHSEED"] = "0"
    if bench.mutants:
        return hunted(bench)
    if bench.plan:
        return lived_again(bench)
    share = SLOWER if bench.engine else 1
    days = bench.rounds_of(FULL_DAYS // share, QUICK_DAYS // share)
    totals, seconds, like = Totals(next_seed=bench.seed), 0.0, ""
    name, kept = "simulation.json", None
    if bench.engine:
        name, like = f"simulation-{bench.engine}.json", f"engine={bench.engine}"
    if bench.minutes:
        kept, seconds, days = (bench.output or bench.folder) / name, 60 * bench.minutes, 0
        totals = remembered(kept, bench.seed)
    processes = min(PROCESSES, days or PROCESSES)
    for day in lived(totals.next_seed, days, seconds, processes, like):
        totals.add(day)
        totals.next_seed = max(totals.next_seed, day["seed"] + 1)
        bench.say(f"--seed {day['plan']}: {each}" for each in (*day["wrong"], *day["broken"]))
        if kept is not None:
            write(kept, totals)
    if totals.wrong:
        bench.say([smallest(totals.wrong[0].removeprefix("--seed ").partition(":")[0])])
    bench.endings.append(totals.line())
    return [
        BenchmarkRow("days", totals.days, ""),
        BenchmarkRow("acts acknowledged", totals.acts, ""),
        BenchmarkRow("numbers given alone", totals.alone, ""),
        BenchmarkRow("calls to disks and share", totals.calls, ""),
        *(BenchmarkRow(f"faults: {kind}", count, "") for kind, count in sorted(totals.befallen.items())),
        BenchmarkRow("lost, doubled, half done, or otherwise wrong", len(totals.wrong), "", 0),
        BenchmarkRow("failures of the bench itself", len(totals.broken), "", 0),
    ]


def smallest(plan: str) -> str:
    """Return the smallest day that was found on which something is wrong too, and what."""
    with acting("simulated_days", "--plan", plan) as actor:
        found = actor.wait_for("smallest", SHRINKING_S)
    return f"smallest: --seed {found['plan']}: {found['wrong'][0]}"


def lived_again(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    """Live one day again as it was told."""
    totals = Totals()
    with acting("simulated_days", "--plan", bench.plan) as actor:
        totals.add(actor.wait_for("day", PATIENCE_S))
        bench.say([*totals.wrong, *totals.broken])
        if totals.wrong:
            found = actor.wait_for("smallest", SHRINKING_S)
            bench.say([f"smallest: --seed {found['plan']}: {found['wrong'][0]}"])
    bench.endings.append(totals.line())
    return [
        BenchmarkRow("wrong", len(totals.wrong), "", 0),
        BenchmarkRow("broken", len(totals.broken), "", 0),
    ]


def hunted(bench: BenchmarkRun) -> Sequence[BenchmarkRow]:
    """Look for each mutant, and tell how long it took.

    Raises:
        SystemExit: a mutant does not apply to the program as it is: its text is not there.
    """
    try:
        for each in MUTANTS:
            each.source()
    except ValueError as error:
        raise SystemExit(f"{error}. Nothing was lived; put the list right.") from error
    hunts = [Hunt(each, bench.seed + SEEDS_APART * place) for place, each in enumerate(MUTANTS)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        for done in as_completed([pool.submit(each.done) for each in hunts]):
            sys.stdout.write(f"{done.result().line()}\n")
            sys.stdout.flush()
    rows = [BenchmarkRow(f"{each.verdict}: {each.mutant.name}", each.seconds, "s") for each in hunts]
    alive, broken = sum(not each.found for each in hunts), sum(len(each.broken) for each in hunts)
    bench.say(told for each in hunts for told in each.broken)
    return [
        *rows,
        BenchmarkRow(f"not found of {len(rows)} mutants", alive, "", MAY_LIVE),
        BenchmarkRow("failures of the bench itself", broken, "", 0),
    ]


@dataclass
class Hunt:
    """The hunt for a mutant by days from `seed` on, each of which has the faults that its kind needs.

    `found` is what a check says of the program on a day that is right without the mutant; `broken` lists
    where the bench itself failed, which finds nothing. `seconds` are of the CPU.
    """

    mutant: Mutant
    seed: int
    seconds: float = 0.0
    days: int = 0
    found: str = ""
    broken: list[str] = field(default_factory=list)

    def done(self) -> "Hunt":
        """Hunt until the mutant is found or its time is over; a process that broke off has a successor."""
        while not self.found and self.seconds < MUTANT_S:
            before = self.seconds
            arguments = ("--first", self.seed, "--seconds", MUTANT_S - before, "--like", self.mutant.faults)
            try:
                with acting("simulated_days", "--mutant", self.mutant.name, *arguments) as actor:
                    while (day := actor.hear(MUTANT_PATIENCE_S))["kind"] == "day":
                        if self._has_found(day, before):
                            break
            except (TimeoutError, RuntimeError) as error:  # it hangs, or has ended without a word
                self._note(f"{SIMULATION}.{self.seed}", error)
                break
        return self

    def _has_found(self, day: dict[str, Any], before: float) -> bool:
        self.seconds, self.seed, self.days = before + day["cpu_s"], day["seed"] + 1, self.days + 1
        for each in day["broken"]:
            self._note(day["plan"], each)
        if not day["wrong"] or self.seconds > MUTANT_S:
            return False
        with acting("simulated_days", "--plan", day["plan"], "--as-it-is") as actor:
            unchanged = actor.wait_for("day", MUTANT_PATIENCE_S)
        anyhow = (*unchanged["wrong"], *unchanged["broken"])
        if anyhow:
            self._note(day["plan"], f"without the mutant, too: {anyhow[0]}")
            return False
        self.found = f"--seed {day['plan']}: {_short(day['wrong'][0])}"
        return True

    @property
    def verdict(self) -> str:
        return "found" if self.found else "NOT found"

    def _note(self, plan: str, what: object) -> None:
        self.broken.append(f"{self.mutant.name}, --seed {plan}: {_short(str(what))}")

    def line(self) -> str:
        told = f"{self.mutant.name}: {self.seconds:.0f} s, {self.days} days: {self.verdict}"
        told += f"; {self.found}" * bool(self.found)
        return told + f" (the bench broke {len(self.broken)} times)" * bool(self.broken)


def _short(words: str) -> str:
    return " ".join(words.split())[-300:]


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
