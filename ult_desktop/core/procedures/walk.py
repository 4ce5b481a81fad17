"""The way that a visit takes through a procedure's steps, by those that are done.

Also the part of a procedure that a further matter of the same visit takes.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.procedures.procedure import Procedure, Step, StepEvent

Targets = tuple[int | None, ...]


class Walk(Struct, frozen=True, kw_only=True):
    """A way through the steps, by their numbers.

    `passed` are the steps up to the last one done, `expected` those that follow on the likeliest way to the
    end, `possible` all that may still follow.
    """

    passed: tuple[int, ...]
    expected: tuple[int, ...]
    possible: frozenset[int]

    @property
    def path(self) -> tuple[int, ...]:
        """The likeliest way from the first step to an end."""
        return self.passed + self.expected

    @property
    def next_step(self) -> int | None:
        """The step that follows the last step done; None at the procedure's end."""
        return self.expected[0] if self.expected else None


class Flow:
    """A procedure's steps as a graph without loops; the procedure must be free of faults (`check.py`).

    `order` has the steps so that each is before those that may follow it; `index` are their indexes there.
    """

    def __init__(self, procedure: Procedure) -> None:
        self.steps = {step.step: step for step in procedure.steps}
        self.first = procedure.steps[0].step
        self._forward: dict[int, Targets] = {}
        self.order: tuple[int, ...] = tuple(reversed(self._visit(self.first, ())))
        self.index = {number: at for at, number in enumerate(self.order)}

    def ways(self, number: int, branch: str = "") -> Targets:
        """Return the steps that may follow a step, None for the end; after `branch` only its own.

        () for a branch that leads back to an earlier step.
        """
        forward = self._forward[number]
        chosen = [option.goto for option in self.steps[number].branches if option.when == branch]
        if not chosen:
            return forward
        return tuple(target for target in forward if target in chosen)

    def walk(self, done: Mapping[int, str], before: tuple[int, ...] = (), first: int | None = None) -> Walk:
        """Return the way that passes most of the `done` steps, and the fewest others.

        `done` has the outcome (branch) of each done step by its number. A later round begins with the step
        `first`, None for the first of all; the steps `before` were passed in earlier rounds.
        """
        start = self.first if first is None else first
        came_from, last = self._best_way(done, start)
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

    def _best_way(self, done: Mapping[int, str], first: int) -> tuple[dict[int, int | None], int | None]:
        """Return the step before each one on its best way from `first`, and where the best way ends."""
        score = {first: _score((0, 0), first in done)}
        came_from: dict[int, int | None] = {first: None}
        for number in self.order:
            if number not in score:
                continue
            for target in self.ways(number, done.get(number, "")):
                if target is None:
                    continue
                through = _score(score[number], target in done)
                if target not in score or through > score[target]:
                    score[target], came_from[target] = through, number
        ends = [number for number in self.order if number in done and number in score]
        return came_from, max(ends, key=lambda number: score[number], default=None)

    def _onwards(self, passed: tuple[int, ...], ways: Targets) -> Walk:
        """Return the walk that goes on with one of `ways`, of which the first is the likeliest."""
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
            number = ahead.pop()
            if number is not None and number not in reached:
                reached.add(number)
                ahead += self._forward[number]
        return frozenset(reached)


@lru_cache(maxsize=32)
def flow_of(procedure: Procedure) -> Flow:
    """Return the graph of a procedure; it is cached."""
    return Flow(procedure)


def _score(before: tuple[int, int], done: bool) -> tuple[int, int]:
    """Return the score of a way with one more step: done steps count most, then the fewest others."""
    passed, others = before
    return (passed + 1, others) if done else (passed, others - 1)


_BEGINS = frozenset({StepEvent.CASE_OPENED, StepEvent.QUESTION_RECORDED, StepEvent.REQUEST_RECEIVED})
# The survey and the way out belong to the visit, not to each matter (docs/domain.md, "Several matters in
# one visit").
_ONCE_A_VISIT = frozenset(
    {StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED, StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE}
)


@lru_cache(maxsize=32)
def part_of_matter(procedure: Procedure) -> Procedure | None:
    """Return the procedure with only the steps for a further matter of a visit, from the one that begins it.

    None where no step begins a case.
    """
    flow = flow_of(procedure)
    order = [flow.steps[number] for number in flow.order]
    first = next((at for at, step in enumerate(order) if not _BEGINS.isdisjoint(_events_of(step))), None)
    if first is None:
        return None
    following = {step.step: step for step in order[first:]}
    kept = {n: step for n, step in following.items() if step.completes.event not in _ONCE_A_VISIT}
    links = _Links(following, kept)
    return replace(procedure, steps=tuple(links.relinked(step) for step in kept.values()))


def _events_of(step: Step) -> tuple[StepEvent | None, ...]:
    return (step.completes.event, *step.completes.needs)


class _Links:
    """The links between the steps that are `kept`, past those of `following` that are left out."""

    def __init__(self, following: dict[int, Step], kept: dict[int, Step]) -> None:
        self._following, self._kept = following, kept
        self._first = next(iter(kept))

    def relinked(self, step: Step) -> Step:
        """Return the step with targets that are kept, and without needs that no matter has for itself."""
        branches = tuple(replace(branch, goto=self._onward(branch.goto)) for branch in step.branches)
        needs = tuple(event for event in step.completes.needs if event not in _ONCE_A_VISIT)
        completes = replace(step.completes, needs=needs)
        return replace(step, completes=completes, next=self._onward(step.next), branches=branches)

    def _onward(self, target: int | None) -> int | None:
        """Return the kept step to which a target leads.

        For a target before the kept steps it is the first of them; one that was left out is passed over.
        """
        while target is not None and target not in self._kept:
            target = self._following[target].targets[0] if target in self._following else self._first
        return target
