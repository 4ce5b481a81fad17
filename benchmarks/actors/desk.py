"""A station without a window that serves at an office's pace: `desk DATABASE COUNTER`.

After each act it reports how long that took ("act", with `ms`); after a line on standard input it ends.
"""

import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from benchmarks.actors.said import tell
from benchmarks.survival.station import SimulatedStation
from benchmarks.survival.visit import StationCrew
from ult_desktop.operations.request_ids import new_id

PAUSE_S = 0.3  # an officer's and a visitor's touches; without it the stations wait for each other


def _hear(ended: threading.Event) -> None:
    sys.stdin.readline()
    ended.set()


def main(database: str, counter: int) -> None:
    ended = threading.Event()
    threading.Thread(target=_hear, args=(ended,), daemon=True).start()
    with closing(SimulatedStation(counter).open(Path(database))) as office:
        crew = StationCrew(office, counter, new_id, lambda _told: None)
        crew.take_up()
        for _act in crew.visitor():
            pass  # what is needed for each act is loaded now
        acts = (act for _visitor in iter(int, 1) for act in crew.visitor())
        tell("ready")
        while not ended.wait(PAUSE_S):
            began = time.monotonic()
            next(acts)
            tell("act", ms=(time.monotonic() - began) * 1000)
    tell("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
