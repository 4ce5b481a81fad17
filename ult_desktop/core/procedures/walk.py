"""A run's way through a procedure: steps taken, where it can still lead, office time used.

Loops ("dijadwalkan ulang", POS Kaltara 5) are cut: a way back repeats no step that is done.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.procedure import Procedure, StandardTime
from ult_desktop.core.stamps import MINUTE_MS

Targets = tuple[int | None, ...]


class Walk(Struct, frozen=True, kw_only=True):
    """The steps passed, ending with the last one done; what is expected to follow; what may follow.

    `looped` tells that the last outcome led back: nothing follows until it is set again.
    """

    passed: tuple[int, ...]
    expected: tuple[int, ...]
    possible: frozenset[int]
    looped: bool = False

    @property
    def line(self) -> tuple[int, ...]:
        """From the first step to an end, the likeliest way."""
        return self.passed + self.expected

    @property
    def front(self) -> int | None:
        """Whose turn it is; None when the procedure is at its end or waits for another outcome."""
        return next(iter(self.expected), None)


class Flow:
    """A procedure's steps as a graph without loops. It must be free of faults."""

    def __init__(self, procedure: Procedure) -> None:
        self.steps = {step.step: step for step in procedure.steps}
        self.first = procedure.steps[0].step
        self._forward: dict[int, Targets] = {}
        self.order: tuple[int, ...] = tuple(reversed(self._visit(self.first, ())))
        self.place = {number: at for at, number in enumerate(self.order)}

    def ways(self, number: int, branch: str = "") -> Targets:
        """What follows a step; with a branch it knows only that way, none when it leads back."""
        forward = self._forward[number]
        chosen = [each.goto for each in self.steps[number].branches if each.when == branch]
        return tuple(target for target in forward if target in chosen) if chosen else forward

    def walk(self, done: Mapping[int, str]) -> Walk:
        """The way that passes most of the `done` steps (with their branches) and misses fewest others."""
        came_from, last = self._best(done)
        if last is None:
            return self._onwards((), (self.first,))
        passed = [last]
        while (before := came_from[passed[-1]]) is not None:
            passed.append(before)
        ways = self.ways(last, done[last])
        walk = self._onwards(tuple(reversed(passed)), ways or self._forward[last])
        return walk if ways else Walk(passed=walk.passed, expected=(), possible=walk.possible, looped=True)

    def _visit(self, number: int, above: tuple[int, ...]) -> list[int]:
        """Depth first; a target that stands above closes a loop and is cut. Last steps come first."""
        above = (*above, number)
        self._forward[number] = tuple(t for t in self.steps[number].targets if t not in above)
        later: list[int] = []
        for target in reversed(self._forward[number]):
            if target is not None and target not in self._forward:
                later += self._visit(target, above)
        return [*later, number]

    def _best(self, done: Mapping[int, str]) -> tuple[dict[int, int | None], int | None]:
        """Where the best way to each step comes from, and the last done step of the best of all."""
        score = {self.first: _score((0, 0), self.first in done)}
        came_from: dict[int, int | None] = {self.first: None}
        for number in self.order:
            if number not in score:
                continue
            for target in self.ways(number, done.get(number, "")):
                if target is None:
                    continue
                found = _score(score[number], target in done)
                if target not in score or found > score[target]:
                    score[target], came_from[target] = found, number
        ends = [number for number in self.order if number in done and number in score]
        return came_from, max(ends, key=lambda number: score[number], default=None)

    def _onwards(self, passed: tuple[int, ...], ways: Targets) -> Walk:
        expected: list[int] = []
        following = ways
        while following and following[0] is not None:
            expected.append(following[0])
            following = self._forward[following[0]]
        return Walk(passed=passed, expected=tuple(expected), possible=self._reached(ways))

    def _reached(self, ways: Targets) -> frozenset[int]:
        reached: set[int] = set()
        ahead = list(ways)
        while ahead:
            here = ahead.pop()
            if here is not None and here not in reached:
                reached.add(here)
                ahead += self._forward[here]
        return frozenset(reached)


@lru_cache(maxsize=32)
def flow_of(procedure: Procedure) -> Flow:
    return Flow(procedure)


def _score(before: tuple[int, int], done: bool) -> tuple[int, int]:
    passed, missed = before
    return (passed + 1, missed) if done else (passed, missed - 1)


class StoppedInterval(Struct, frozen=True, order=True):
    """A stretch in which no step's clock runs, UTC ms; `end` None while it lasts."""

    begin: int
    end: int | None


class StepClock:
    """The clock of one run. All stamps UTC ms."""

    def __init__(self, calendar: WorkingCalendar, stops: Iterable[StoppedInterval]) -> None:
        self._calendar = calendar
        self._stops = tuple(_joined(stops))

    def spent(self, begin: int, end: int) -> int:
        """Office milliseconds that ran between two stamps; never negative."""
        stood = 0
        for stop in self._stops:
            until = end if stop.end is None else min(end, stop.end)
            stood += self._calendar.time_between(max(begin, stop.begin), until)
        return self._calendar.time_between(begin, end) - stood

    def due(self, begin: int, standard: StandardTime | None) -> int | None:
        """When a step that began at `begin` has used up its standard.

        A day standard ends with the office's work on the last of its working days, whether or not the
        visitor is away meanwhile; of a range the longest holds, and days of an unnamed kind are working
        days (docs/domain.md, A7). None without a standard, or when the clock stands still before that moment.
        """
        if standard is None:
            return None
        if standard.minutes is not None:
            return self._after_time(begin, standard.minutes * MINUTE_MS)
        longest = standard.days.max if standard.days else standard.working_days
        return self._calendar.due_after_days(begin, longest or 1)

    def overdue(self, begin: int, end: int, standard: StandardTime | None) -> bool:
        """Whether office time ran past the standard; what is done after closing time is not late for it."""
        due = self.due(begin, standard)
        if standard is None or due is None:
            return False
        ran = self._calendar.time_between if standard.minutes is None else self.spent
        return ran(due, end) > 0

    def _after_time(self, begin: int, left: int) -> int | None:
        at = begin
        for stop in self._stops:
            ran = self._calendar.time_between(at, stop.begin)
            if ran >= left:
                break
            if stop.end is None:
                return None
            left, at = left - ran, max(at, stop.end)
        return self._calendar.due_after_time(at, left)


def _joined(stops: Iterable[StoppedInterval]) -> Iterator[StoppedInterval]:
    """In order and without overlaps; what lasts is last."""
    ordered = sorted(stops, key=lambda stop: stop.begin)
    if not ordered:
        return
    begin, end = ordered[0].begin, ordered[0].end
    for _before, stop in pairwise(ordered):
        if end is None:
            break
        if stop.begin > end:
            yield StoppedInterval(begin, end)
            begin, end = stop.begin, stop.end
        else:
            end = None if stop.end is None else max(end, stop.end)
    yield StoppedInterval(begin, end)
