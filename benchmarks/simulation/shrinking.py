"""The shrinking of a day on which something was wrong: fewer visitors, stations, kinds of faults, faults."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.simulation.day import DayResult, Plan

SECONDS = 240.0
VISITORS, STATIONS = (1, 2, 4, 8, 15, 30), (1, 2, 3, 4)
real_time = time.monotonic
Step = Callable[[Plan, DayResult], Iterator[Plan]]


def shrink(plan: Plan, result: DayResult, live: Callable[[Plan], DayResult]) -> DayResult:
    """Return the smallest day that was found in `SECONDS` on which something is wrong, at worst `result`.

    A smaller day is another day, so each step tries some and goes on with the first that is wrong too.
    """
    until = real_time() + SECONDS
    for step in (_fewer_visitors, _fewer_stations, _fewer_kinds, _fewer_faults):
        while (found := _first_wrong(step(plan, result), live, until)) is not None:
            plan, result = found
    return result


def _first_wrong(
    plans: Iterator[Plan], live: Callable[[Plan], DayResult], until: float
) -> tuple[Plan, DayResult] | None:
    for plan in plans:
        if real_time() > until:
            return None
        result = live(plan)
        if result.wrong:
            return plan, result
    return None


def _fewer_visitors(plan: Plan, _result: DayResult) -> Iterator[Plan]:
    yield from (replace(plan, visitors=count) for count in VISITORS if count < plan.visitors)


def _fewer_stations(plan: Plan, result: DayResult) -> Iterator[Plan]:
    yield from (replace(plan, stations=count) for count in STATIONS if count < result.stations)


def _fewer_kinds(plan: Plan, result: DayResult) -> Iterator[Plan]:
    for kind in sorted(result.befallen.keys() - plan.without):
        yield replace(plan, without=plan.without | {kind})


def _fewer_faults(plan: Plan, result: DayResult) -> Iterator[Plan]:
    """Yield plans with a half of the faults, then with a quarter less, and so on until one less."""
    fell, part = sorted(set(result.fell)), len(set(result.fell))
    while part > 1:
        part = (part + 1) // 2
        for begin in range(0, len(fell), part):
            left = frozenset(fell[:begin] + fell[begin + part :])
            if len(left) < len(fell):
                yield replace(plan, only=left)
    if len(fell) == 1:
        yield replace(plan, only=frozenset())
