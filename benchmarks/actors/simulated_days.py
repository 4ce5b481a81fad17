"""Simulated days in a process of their own: `simulated_days FIRST STEP DAYS SECONDS`, a report for each.

The order of sets must be the same in each run: start it with PYTHONHASHSEED=0.
"""

import contextlib
import logging
import sys
import time
from dataclasses import asdict

from benchmarks.actors.said import tell
from benchmarks.simulation.day import Plan, live

real_time = time.monotonic


def main(first: int, step: int, days: int, seconds: float) -> None:
    """Live so many days, or for so many seconds (0: no limit of that kind)."""
    began = real_time()
    seed, lived = first, 0
    while (not days or lived < days) and (not seconds or real_time() - began < seconds):
        result = live(Plan(seed))
        tell("day", **asdict(result))
        seed += step
        lived += 1
    tell("done")


if __name__ == "__main__":
    logging.disable()
    with contextlib.suppress(BrokenPipeError):
        first, step, days = map(int, sys.argv[1:4])
        main(first, step, days, float(sys.argv[4]))
