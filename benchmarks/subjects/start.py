"""From nothing to a window that can be used, and how much memory each mode holds.

Every start is a new process of the program; its files are in the system's cache after the first one,
as they are on a PC that starts it every morning from an SSD within a second or two of it.
"""

import time
from pathlib import Path
from statistics import median

from benchmarks.place import free_port, make_office, settings
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.vitals import memory_mib

MODES = ("kiosk", "counter", "display")
SETTLED_S = 3.0  # sound, media and the printer's library are loaded after the first frame


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    path = make_office(bench.folder)
    return [row for mode in MODES for row in _mode(bench, mode, path)]


def _mode(bench: BenchmarkRun, mode: str, path: Path) -> list[BenchmarkRow]:
    station = settings(bench.folder, mode, free_port(), _more(mode))
    memory = _memory(mode, path, station)
    starts = [_start(mode, path, station) for _n in range(bench.pick(5, 2))]
    return [
        BenchmarkRow(
            f"{mode}: process start → first usable frame, median of {len(starts)}", median(starts), "ms"
        ),
        BenchmarkRow(f"{mode}: resident memory after {SETTLED_S:.0f} s", memory, "MiB"),
    ]


def _more(mode: str) -> list[str]:
    """A kiosk has a printer, were it only a file: its library is part of what it weighs."""
    return ["[printer]", 'address = "file:///dev/null"'] if mode == "kiosk" else []


def _start(mode: str, path: Path, station: Path) -> float:
    with acting("station", mode, path, station) as window:
        return float(window.wait_for("frame")["at"] - window.started) * 1000


def _memory(mode: str, path: Path, station: Path) -> float:
    with acting("station", mode, path, station) as window:
        window.wait_for("frame")
        time.sleep(SETTLED_S)
        return memory_mib(window.process.pid)
