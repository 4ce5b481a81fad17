"""The way through a procedure's steps, and the part of the procedure for a further matter of a visit."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.procedures.procedure import Procedure, Step, StepEvent

Targets = tuple[int | None, ...]


class Walk(Struct, frozen=True, kw_only=True):
    """The steps passed, up to the last one done; the steps expected to follow; all steps that may follow."""

    passed: tuple[int, ...]
    expected: tuple[int, ...]
    possible: frozenset[int]

    @property
    def line(self) -> tuple[int, ...]:
        """The likeliest way from the first step to an end."""
        return self.passed + self.expected

    @property
    def front(self) -> int | None:
        """The step that follows the last step done; None at the procedure's end."""
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
        """Return the steps that may follow a step; by a branch only that way, none when it leads back."""
        forward = self._forward[number]
        chosen = [each.goto for each in self.steps[number].branches if each.when == branch]
        return tuple(target for target in forward if target in chosen) if chosen else forward

    def walk(self, done: Mapping[int, str], before: tuple[int, ...] = (), first: int | None = None) -> Walk:
        """Return the way that passes most of the `done` steps, by their branches, and the fewest others.

        A later round begins with `first`; the steps `before` were passed earlier.
        """
        start = self.first if first is None else first
        came_from, last = self._best(done, start)
        if last is None:
            return self._onwards(before, (start,))
        passed = [last]
        while (earlier := came_from[passed[-1]]) is not None:
            passed.append(earlier)
        return self._onwards((*before, *reversed(passed)), self.ways(last, done[last]))

    def _visit(self, number: int, above: tuple[int, ...]) -> list[int]:
        """Visit the steps from `number` on, depth first; return them with the last ones first.

        A target that is among the steps `above` closes a loop and is left out.
        """
        above = (*above, number)
        self._forward[number] = tuple(t for t in self.steps[number].targets if t not in above)
        later: list[int] = []
        for target in reversed(self._forward[number]):
            if target is not None and target not in self._forward:
                later += self._visit(target, above)
        return [*later, number]

    def _best(self, done: Mapping[int, str], first: int) -> tuple[dict[int, int | None], int | None]:
        """Return the step before each one on its best way, and the done step with the best way of all."""
        score = {first: _score((0, 0), first in done)}
        came_from: dict[int, int | None] = {first: None}
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


_BEGINS = frozenset({StepEvent.CASE_OPENED, StepEvent.QUESTION_RECORDED, StepEvent.REQUEST_RECEIVED})
# The survey and the way out belong to the visit, not to each matter (docs/domain.md, "Several matters in
# one visit").
_ONCE_A_VISIT = frozenset(
    {StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED, StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE}
)


@lru_cache(maxsize=32)
def part_of_matter(procedure: Procedure) -> Procedure | None:
    """Return the procedure with only the steps for a further matter; None where no step begins a case."""
    flow = flow_of(procedure)
    order = [flow.steps[number] for number in flow.order]
    first = next((at for at, step in enumerate(order) if not _BEGINS.isdisjoint(_asked(step))), None)
    if first is None:
        return None
    kept = {step.step: step for step in order[first:] if step.completes.event not in _ONCE_A_VISIT}
    ways = _Ways({step.step: step for step in order[first:]}, kept)
    return replace(procedure, steps=tuple(ways.of(step) for step in kept.values()))


def _asked(step: Step) -> tuple[StepEvent | None, ...]:
    return (step.completes.event, *step.completes.needs)


class _Ways:
    """The ways onward from the steps that are kept."""

    def __init__(self, reached: dict[int, Step], kept: dict[int, Step]) -> None:
        self._reached, self._kept = reached, kept
        self._first = next(iter(kept))

    def of(self, step: Step) -> Step:
        branches = tuple(replace(branch, goto=self._onward(branch.goto)) for branch in step.branches)
        needs = tuple(event for event in step.completes.needs if event not in _ONCE_A_VISIT)
        completes = replace(step.completes, needs=needs)
        return replace(step, completes=completes, next=self._onward(step.next), branches=branches)

    def _onward(self, target: int | None) -> int | None:
        """Return the kept step to which a target leads.

        For a target before the kept steps it is the first of them; one that was left out is passed over.
        """
        while target is not None and target not in self._kept:
            target = self._reached[target].targets[0] if target in self._reached else self._first
        return target
