"""The delay from a finger on a service, in a real kiosk process, to the whole ticket at the printer.

The virtual printer reports when it has cut the paper: that is after the last byte of the ticket has come and
was interpreted and drawn, so the figures are a little higher than what a wire would show.
"""

import queue
import time
from statistics import median

from benchmarks.place import free_port, make_office, settings
from benchmarks.process import ActorProcess, acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun, percentile
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

GOAL_MS = 300


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    cuts: queue.SimpleQueue[float] = queue.SimpleQueue()
    printer = VirtualPrinter(on_paper=lambda _paper: cuts.put(time.monotonic()))
    path = make_office(bench.folder)
    station = settings(bench.folder, "kiosk", free_port(), ["[printer]", f'address = "{printer.address}"'])
    try:
        count = bench.pick(31, 6)
        with acting("visitor", path, station, count) as visitor:
            delays = [_one(visitor, cuts) for _n in range(count)]
        if printer.refused:
            raise RuntimeError(f"the printer refused {printer.refused}")
    finally:
        printer.close()
    return _rows(delays)


def _one(visitor: ActorProcess, cuts: "queue.SimpleQueue[float]") -> tuple[float, float]:
    """Return the milliseconds from the finger to the number on the screen, and to the printed ticket."""
    touched = visitor.wait_for("touch")["at"]
    told = {each["kind"]: each for each in (visitor.hear(), visitor.hear())}  # whichever is first
    if not told["paper"]["printed"]:
        raise RuntimeError("the kiosk says that no paper came")
    return (told["number"]["at"] - touched) * 1000, (cuts.get(timeout=1) - touched) * 1000


def _rows(delays: list[tuple[float, float]]) -> list[BenchmarkRow]:
    screen, paper = [list(column) for column in zip(*delays[1:], strict=True)]
    return [
        BenchmarkRow("the first touch after the start → ticket at the printer", delays[0][1], "ms", GOAL_MS),
        BenchmarkRow(f"touch → ticket at the printer, median of {len(paper)}", median(paper), "ms"),
        BenchmarkRow("touch → ticket at the printer, p99", percentile(paper, 0.99), "ms", GOAL_MS),
        BenchmarkRow("touch → number on the screen, median", median(screen), "ms"),
        BenchmarkRow("touch → number on the screen, p99", percentile(screen, 0.99), "ms"),
    ]
