"""What the lobby TV costs while nothing happens but its running text, at 1920×1080 and 60 frames a second."""

import time

from benchmarks.place import free_port, make_office, settings
from benchmarks.process import Actor, acting
from benchmarks.rows import Bench, Row
from benchmarks.vitals import cpu_seconds

SETTLED_S = 4.0


def measure(bench: Bench) -> list[Row]:
    path = make_office(bench.folder)
    station = settings(bench.folder, "tv", free_port())
    with acting("station", "display", path, station) as display:
        display.wait_for("frame")
        time.sleep(SETTLED_S)
        share, frames = _watched(display, bench.pick(20, 5))
    return [
        Row("frames of the running text", frames, "/s"),
        Row("CPU of the whole display", share * 100, "% of a core", 15),
    ]


def _watched(display: Actor, seconds: int) -> tuple[float, float]:
    """The share of one core and the frames a second over so many seconds."""
    pid = display.process.pid
    cpu, frames, began = cpu_seconds(pid), _frames(display), time.monotonic()
    time.sleep(seconds)
    lasted = time.monotonic() - began
    return (cpu_seconds(pid) - cpu) / lasted, (_frames(display) - frames) / lasted


def _frames(display: Actor) -> int:
    display.say("frames")
    return int(display.wait_for("frames")["count"])
