"""The cost of the lobby TV while only its running text moves, at 1920×1080 and 60 frames a second."""

import time

from benchmarks.place import free_port, make_office, settings
from benchmarks.process import ActorProcess, acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.vitals import cpu_seconds

SETTLED_S = 4.0


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    path = make_office(bench.folder)
    station = settings(bench.folder, "tv", free_port())
    with acting("station", "display", path, station) as display:
        display.wait_for("frame")
        time.sleep(SETTLED_S)
        share, frames = _watched(display, bench.pick(20, 5))
    return [
        BenchmarkRow("frames of the running text", frames, "/s"),
        BenchmarkRow("CPU of the whole display", share * 100, "% of a core", 15),
    ]


def _watched(display: ActorProcess, seconds: int) -> tuple[float, float]:
    """Return the share of one core and the frames a second over so many seconds."""
    pid = display.process.pid
    cpu, frames, began = cpu_seconds(pid), _frames(display), time.monotonic()
    time.sleep(seconds)
    lasted = time.monotonic() - began
    return (cpu_seconds(pid) - cpu) / lasted, (_frames(display) - frames) / lasted


def _frames(display: ActorProcess) -> int:
    display.say("frames")
    return int(display.wait_for("frames")["count"])
