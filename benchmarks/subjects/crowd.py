"""A crowd of 1, 4, 8, 16 processes on one file, each issuing and calling fast at a counter of its own.

Every number that a process was given is looked for in the file afterwards. A number given to two, or given
and not there, must never be. An office has a call in a minute; this is the worst hour of a century.
"""

import contextlib
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.place import make_office, open_office
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun, percentile
from ult_desktop.operations.lookup import tickets_today

MOST = 16
Shift = dict[str, Any]


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    rows: list[BenchmarkRow] = []
    for clerks in (1, 4) if bench.quick else (1, 4, 8, MOST):
        rows += _with(clerks, bench)
    return rows


def _with(clerks: int, bench: BenchmarkRun) -> list[BenchmarkRow]:
    folder = bench.folder / f"{clerks}"
    folder.mkdir()
    name = "1 process" if clerks == 1 else f"{clerks} processes"
    return crowd_at(make_office(folder, counters=MOST), clerks, bench.pick(6, 2), name)


def crowd_at(path: Path, clerks: int, seconds: int, name: str) -> list[BenchmarkRow]:
    """Measure so many clerks at one office that has a counter for each; `name` is said with each figure."""
    shifts = _shifts(path, clerks, seconds)
    spent = list(chain.from_iterable(shift["spent"] for shift in shifts))
    issued = [label for shift in shifts for label in shift["issued"]]
    called = [label for shift in shifts for label in shift["called"]]
    began, ended = min(shift["began"] for shift in shifts), max(shift["at"] for shift in shifts)
    return [
        BenchmarkRow(f"{name}: issued, called and closed", len(issued) / (ended - began), "tickets/s"),
        BenchmarkRow(f"{name}: an operation, p99", percentile(spent, 0.99), "ms"),
        BenchmarkRow(f"{name}: an operation, worst", max(spent), "ms"),
        BenchmarkRow(f"{name}: doubled", _doubled(issued) + _doubled(called), "", 0),
        BenchmarkRow(f"{name}: lost or file not proven", _lost(path, issued, called), "", 0),
        BenchmarkRow(f"{name}: busy errors", sum(len(shift["busy"]) for shift in shifts), "", 0),
    ]


def _shifts(path: Path, clerks: int, seconds: int) -> list[Shift]:
    with contextlib.ExitStack() as stack:
        actors = [stack.enter_context(acting("clerk", path, n, seconds)) for n in range(1, clerks + 1)]
        for actor in actors:
            actor.wait_for("ready")
        for actor in actors:
            actor.say("go")
        return [actor.wait_for("done") for actor in actors]


def _doubled(labels: list[str]) -> int:
    return sum(count - 1 for count in Counter(labels).values())


def _lost(path: Path, issued: list[str], called: list[str]) -> int:
    """Count what was acknowledged and is not in the file, and whatever `verify` finds wrong with it."""
    office = open_office(path, "after")
    there = {
        ticket.label: ticket for ticket in office.read(lambda tx: tickets_today(tx, office.clock(), None))
    }
    findings = len(office.verify().findings)
    office.close()
    uncalled = sum(label in there and not there[label].calls for label in called)
    return sum(label not in there for label in {*issued, *called}) + uncalled + findings
