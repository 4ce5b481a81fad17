"""Simulated days in a process of their own, a report for each.

The order of sets must be the same in each run: start it with PYTHONHASHSEED=0.
"""

import argparse
import contextlib
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace

from benchmarks.actors.said import tell
from benchmarks.simulation import mutants

own_time, real_time = time.process_time, time.monotonic


def main(arguments: Sequence[str] | None = None) -> None:
    """Live so many days, or for so many seconds (0: no limit of that kind); or one day by its plan.

    The seconds are of the CPU, because another program's work is not this one's. A server's work is: on one
    they are real.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--days", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--like", default="", help="what each of the days has beside its seed, as in a plan")
    parser.add_argument("--plan", help="one day; if something is wrong with it, the smallest such day too")
    parser.add_argument("--as-it-is", action="store_true", help="look for no smaller day")
    parser.add_argument("--mutant", help="with this error in the program")
    options = parser.parse_args(arguments)
    if options.mutant:
        mutants.put_in(mutants.named(options.mutant))
    if options.plan:
        _live_one(options.plan, smaller=not options.as_it_is)
    else:
        _live_many(options.first, options.step, options.days, options.seconds, options.like)
    tell("done")


def _live_many(seed: int, step: int, days: int, seconds: float, like: str) -> None:
    from benchmarks.simulation.day import live, plan_of  # noqa: PLC0415  (after the mutant)

    plan = plan_of(f"{seed},{like}" if like else f"{seed}")
    clock = real_time if plan.engine else own_time
    began, lived = clock(), 0
    while (not days or lived < days) and (not seconds or clock() - began < seconds):
        result = live(replace(plan, seed=seed))
        tell("day", **{**asdict(result), "cpu_s": clock() - began})
        if not result.stations:
            return  # it broke off: what it has left in this process would befall the next day
        seed += step
        lived += 1


def _live_one(told: str, *, smaller: bool) -> None:
    from benchmarks.simulation.day import live, plan_of  # noqa: PLC0415  (after the mutant)
    from benchmarks.simulation.shrinking import shrink  # noqa: PLC0415

    plan = plan_of(told)
    result = live(plan)
    tell("day", **asdict(result))
    if result.wrong and smaller:
        tell("smallest", **asdict(shrink(plan, result, live)))


if __name__ == "__main__":
    logging.disable()
    with contextlib.suppress(BrokenPipeError):
        main()
    sys.stdout.flush()
    os._exit(0)  # what a day that broke off left open would be closed through functions that are gone
