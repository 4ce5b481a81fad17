"""A mode as `ult-desktop` starts it, used by a robot all day: `soaked MODE PLACE NUMBER`.

PLACE is the soak's folder. All that it sees is appended to `told/NAME.jsonl`, which outlives a killed
process.
"""

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtWidgets import QApplication

from benchmarks.actors.soak_robots import StationDay, counter_day, display_day, kiosk_day
from benchmarks.survival.fast_clock import FastClock
from benchmarks.survival.gate import NoDisk, hangs_while
from benchmarks.survival.vfs import watch
from ult_desktop.app import assemble as app
from ult_desktop.base.config import load_station
from ult_desktop.demo.actor import Robot, Script
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow

SIZES = {"kiosk": (1080, 1920), "counter": (1366, 768), "display": (1920, 1080)}
MIN_SHOWN_S = 0.3  # a call fills the screen for a moment: at this speed several come in a second
STUCK = 3


class Soak(msgspec.Struct, frozen=True):
    """The facts that every station of a soak gets: where the office's file lies, and what time it is."""

    database: str
    clock: FastClock
    seed: int


def robot_for(window: object, day: StationDay, place: Path) -> Robot:
    if isinstance(window, KioskWindow):
        return _follow(window, kiosk_day(day, window), place, day)
    if isinstance(window, CounterWindow):
        return _follow(window, counter_day(day, window), place, day)
    if isinstance(window, DisplayWindow):
        return _follow(window, display_day(day, window), place, day)
    raise TypeError(window)


def _follow(window: Any, script: Script, place: Path, day: StationDay) -> Robot:  # noqa: ANN401  (a window of any mode)
    robot = Robot(window, place / "pictures")
    robot.setObjectName(day.name)
    day.robot = robot

    def end(fine: bool) -> None:
        if not fine:
            day.tell("stuck")
            QApplication.exit(STUCK)

    robot.finished.connect(end)
    robot.follow(script)
    return robot


def main(mode: str, place: str, number: str) -> int:
    folder = Path(place)
    soak = msgspec.json.decode((folder / "soak.json").read_bytes(), type=Soak)
    soak.clock.rule()
    name = f"{mode}-{number}" if mode == "counter" else mode
    dice = random.Random(f"{soak.seed} {name} {time.monotonic()}")  # noqa: S311  (a visitor's whims)
    day = StationDay(name, int(number), dice, folder / "control", folder / "told" / f"{name}.jsonl")
    assemble, robots = app.assemble, []

    def assemble_with_robot(launch: app.Launch) -> app.StationWindow:
        station = assemble(launch)
        robots.append(robot_for(station.window, day, folder))
        return station

    app.assemble = assemble_with_robot
    config = load_station(folder / f"{name}.toml")
    database = Path(soak.database)
    launch = app.Launch(app.Mode(mode), database, config, SIZES[mode], MIN_SHOWN_S)
    day.tell("started", pid=os.getpid())
    with watch(database.parent, NoDisk(), hangs_while(folder / "control" / "hang")):
        return app.run(lambda: launch)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
