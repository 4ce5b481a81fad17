"""An office day at 60 times the speed: one kiosk, six counters, one display as processes of their own.

Robots use the windows as people would, under the program's own supervisor. Meanwhile the share hangs and
vanishes, stations are killed, the printer runs out of paper, and midnight comes. Memory and handles are
watched; in the end the file, the numbers that were shown and the calls on the display must agree.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import msgspec
import psutil

from benchmarks.actors.soaked import Soak
from benchmarks.place import free_port, make_office, settings
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.survival.fast_clock import FastClock
from benchmarks.survival.soak_books import alone, days, growth, judge, missed_calls
from benchmarks.survival.soak_place import SoakFolder
from ult_desktop.cli.station.supervise import Supervisor
from ult_desktop.db.store.store import Store
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

COUNTERS = 6
SPEED = 60
FULL_S, QUICK_S = 1500, 150
LONG_S = 600
DRAIN_S = 30.0
LOOK_S = 1.0
DAY_S, ZONE_S = 86_400, 8 * 3_600
MIDNIGHT_AT = 0.62
# Parts of the run: when a trouble begins, which, and for how many seconds.
TROUBLES: tuple[tuple[float, str, float], ...] = (
    (0.20, "hang", 6),
    (0.28, "vanish", 8),
    (0.36, "kill counter-2", 0),
    (0.42, "paper out", 10),
    (0.52, "hang", 2),
    (0.56, "kill display", 0),
    (0.66, "kill kiosk", 0),
    (0.72, "vanish", 3),
    (0.78, "printer gone", 8),
    (0.84, "hang", 10),
)
CLOSE_AT = 0.90


def _prepare(folder: Path, printer: str, seconds: float, seed: int) -> SoakFolder:
    for each in ("share", "control", "told", "pictures"):
        (folder / each).mkdir()
    counters = tuple(f"counter-{number}" for number in range(1, COUNTERS + 1))
    place = SoakFolder(folder, ("kiosk", "display", *counters))
    make_office(place.share, counters=COUNTERS)
    _give_roles(place.database)
    port = free_port()
    settings(folder, "kiosk", port, ("[printer]", f'address = "{printer}"'))
    settings(folder, "display", port, ("[display]", 'voice = "off"', "chime = false"))
    for number, name in enumerate(counters, 1):
        settings(folder, name, port, ("[counter]", f"number = {number}"))
    midnight = (time.time() + ZONE_S) // DAY_S * DAY_S - ZONE_S
    clock = FastClock(time.monotonic(), midnight - MIDNIGHT_AT * seconds * SPEED, SPEED)
    (folder / "soak.json").write_bytes(msgspec.json.encode(Soak(str(place.database), clock, seed)))
    return place


def _give_roles(path: Path) -> None:
    """Give two of the officers the role to answer what the counters escalate, too."""
    store = Store(path)
    store.write(
        lambda tx: tx.run(
            "UPDATE officer SET roles = '[\"front_office\", \"back_office\"]' WHERE login IN ('p5', 'p6')"
        )
    )
    store.close()


@contextmanager
def _at_work(place: SoakFolder) -> Iterator[None]:
    """Run every station under the program's supervisor, each on a thread as on a PC of its own."""
    supervisors, threads = [], []
    for name in place.names:
        mode, _dash, number = name.partition("-")
        command = [sys.executable, "-m", "benchmarks.actors.soaked", mode, str(place.folder), number or "0"]
        supervisors.append(Supervisor(command, place.folder / "logs" / f"{name}.log"))
        threads.append(threading.Thread(target=supervisors[-1].run, args=(lambda _words: None,)))
        threads[-1].start()
    try:
        yield
    finally:
        for supervisor in supervisors:
            supervisor.stop()
        for thread in threads:
            thread.join()


def _troubles(place: SoakFolder, printer: VirtualPrinter) -> dict[str, tuple[Callable[[], object], ...]]:
    """Return how each trouble begins and ends."""
    away = place.share.with_name("away")
    kills = {f"kill {name}": (partial(_kill, place, name), lambda: None) for name in place.names}
    return {
        "hang": (lambda: place.order("hang"), lambda: place.order("hang", on=False)),
        "vanish": (lambda: place.share.rename(away), lambda: away.rename(place.share)),
        "paper out": (printer.paper_out, printer.restore),
        "printer gone": (printer.vanish, printer.restore),
        **kills,
    }


def _kill(place: SoakFolder, name: str) -> None:
    """Kill a station's process.

    One that has not reported yet that it runs is spared: without its process id this process would be killed.
    """
    pid = place.pid(name)
    if pid is not None:
        psutil.Process(pid).kill()


def _live_through(place: SoakFolder, printer: VirtualPrinter, seconds: float) -> None:
    began, acts = time.monotonic(), _troubles(place, printer)
    plan = [(part * seconds, acts[what][0]) for part, what, _s in TROUBLES]
    plan += [(part * seconds + lasts, acts[what][1]) for part, what, lasts in TROUBLES]
    plan += [(CLOSE_AT * seconds, lambda: place.order("close"))]
    for due, act in [*sorted(plan, key=lambda each: each[0]), (seconds, lambda: None)]:
        while (left := began + due - time.monotonic()) > 0:
            time.sleep(min(LOOK_S, left))
            place.look(time.monotonic() - began)
        act()
    place.order("end")
    deadline = time.monotonic() + DRAIN_S
    while time.monotonic() < deadline and missed_calls(place)[0]:
        time.sleep(LOOK_S)


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    seconds = bench.rounds_of(FULL_S, QUICK_S)
    printer = VirtualPrinter()
    place = _prepare(bench.folder, printer.address, seconds, bench.seed)
    with _at_work(place):
        _live_through(place, printer, seconds)
    printer.close()
    missed, twice = missed_calls(place)
    kinds = Counter(line["kind"] for name in place.names for line in place.told(name))
    memory = {name: growth(s, lambda each: each.mib) for name, s in place.samples.items()}
    handles = {name: growth(s, lambda each: each.handles) for name, s in place.samples.items()}
    return [
        BenchmarkRow("an office day", seconds * SPEED / 3600, "h"),
        BenchmarkRow("numbers shown at the kiosk", kinds["number"], ""),
        BenchmarkRow("of these given alone, while cut off", alone(place), ""),
        BenchmarkRow("office days in the file", days(place), ""),
        BenchmarkRow("papers out of the printer", len(printer.papers), ""),
        BenchmarkRow("calls on the display", kinds["call"], ""),
        BenchmarkRow("acts with cases and surveys", kinds["done"], ""),
        bench.wrong_row("calls missed on the display", [f"missed call: event {seq}" for seq in missed]),
        BenchmarkRow("calls doubled on the display", len(twice), "", 0),
        bench.wrong_row("wrong in the file, lost, stuck, or a bug", judge(place)),
        *(_memory_row(place, mode, memory, seconds) for mode in ("kiosk", "counter", "display")),
        BenchmarkRow("handles: growth of the worst process", max(handles.values()), "a minute", 1),
        BenchmarkRow("starts after a kill", kinds["started"] - len(place.names), ""),
    ]


def _memory_row(place: SoakFolder, mode: str, growth: dict[str, float], seconds: int) -> BenchmarkRow:
    """Return how memory grows.

    A short run ends before all parts were used once: it shows only a great leak.
    """
    name = max((each for each in growth if each.startswith(mode)), key=lambda each: growth[each])
    usual = median(sample.mib for sample in place.samples[name])
    return BenchmarkRow(
        f"{mode}: memory grows, of {usual:.0f} MiB", growth[name], "MiB/min", 1 if seconds >= LONG_S else 4
    )
