"""The start of each mode up to a usable window, the memory it holds, and how soon a command ends.

A bare Qt widget of the same run shows what the machine and the library cost. Every start is a new process of
the program; its files are in the system's cache after the first one, as they are on a PC that starts it every
morning from an SSD within a second or two of it.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.place import free_port, make_office, settings
from benchmarks.process import ROOT, acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.vitals import memory_mib

OVER_A_WIDGET_MS = 1000.0
MEMORY_MIB = {"kiosk": 100.0, "counter": 100.0, "display": 115.0}
ISSUE_MS, HELP_MS = 600.0, 300.0
MINUTE_S, QUICK_S = 60, 6  # sound, media and the printer's library are loaded after the first frame


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    path = make_office(bench.folder)
    widget = _start(bench, "widget")
    return [
        BenchmarkRow("bare widget: process start → first frame", widget, "ms"),
        BenchmarkRow("bare widget: resident memory", _memory(bench, "widget"), "MiB"),
        *(row for mode in MEMORY_MIB for row in _mode(bench, mode, path, widget)),
        BenchmarkRow(
            "`queue issue`", _command(bench, "queue", "issue", "A", "--database", path), "ms", ISSUE_MS
        ),
        BenchmarkRow("`--help`", _command(bench, "--help"), "ms", HELP_MS),
    ]


def _mode(bench: BenchmarkRun, mode: str, path: Path, widget: float) -> list[BenchmarkRow]:
    station = settings(bench.folder, mode, free_port(), _more(mode))
    memory = _memory(bench, "station", mode, path, station)
    frame = _start(bench, "station", mode, path, station)
    after = f"resident memory after {bench.pick(MINUTE_S, QUICK_S)} s"
    return [
        BenchmarkRow(f"{mode}: process start → first usable frame", frame, "ms", widget + OVER_A_WIDGET_MS),
        BenchmarkRow(f"{mode}: {after}", memory, "MiB", MEMORY_MIB[mode]),
    ]


def _more(mode: str) -> list[str]:
    """Return settings lines for a mode: a kiosk gets a printer, whose library is part of its memory."""
    return ["[printer]", 'address = "file:///dev/null"'] if mode == "kiosk" else []


def _median(bench: BenchmarkRun, once: Callable[[], float]) -> float:
    return median(once() for _n in range(bench.pick(5, 2)))


def _start(bench: BenchmarkRun, actor: str, *arguments: object) -> float:
    def once() -> float:
        with acting(actor, *arguments) as window:
            return float(window.wait_for("frame")["at"] - window.started) * 1000

    return _median(bench, once)


def _memory(bench: BenchmarkRun, actor: str, *arguments: object) -> float:
    with acting(actor, *arguments) as window:
        window.wait_for("frame")
        time.sleep(bench.pick(MINUTE_S, QUICK_S))
        return memory_mib(window.process.pid)


def _command(bench: BenchmarkRun, *words: object) -> float:
    """Return how long a command of the program takes (ms), as a person waits for it."""
    command = [sys.executable, "-m", "ult_desktop", *map(str, words)]

    def once() -> float:
        began = time.monotonic()
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
        return (time.monotonic() - began) * 1000

    return _median(bench, once)
