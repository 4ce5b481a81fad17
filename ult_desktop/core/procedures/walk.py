"""The walk of a visit through a procedure's steps, as far as it follows from the steps that are done.

If step 2 branches to 3 and 4, which lead to 5, and 1 and 4 are done, then 1, 2, 4 are passed and 5 follows.
The module also has the part of a procedure through which a further matter of the same visit goes.
"""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.procedures.procedure import Procedure, Step, StepEvent

Targets = tuple[int | None, ...]  # numbers of steps; None is the procedure's end


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

    def steps_after(self, number: int, branch: str = "") -> Targets:
        """Return the steps that may follow a step; with an outcome `branch` only those that follow it.

        () for an outcome that leads back to an earlier step.
        """
        forward = self._forward[number]
        chosen = [option.goto for option in self.steps[number].branches if option.when == branch]
        if not chosen:
            return forward
        return tuple(target for target in forward if target in chosen)

    def walk(self, done: Mapping[int, str], before: tuple[int, ...] = (), first: int | None = None) -> Walk:
        """Return the walk that passes most of the `done` steps, and the fewest others.

        `done` has the outcome (branch) of each done step by its number. A later round begins with the step
        `first`, None for the first of all; the steps `before` were passed in earlier rounds.
        """
        start = self.first if first is None else first
        came_from, last = self._best_way(done, start)
        if last is None:
            return self._walk_on(before, (start,))
        passed = [last]
        while (earlier := came_from[passed[-1]]) is not None:
            passed.append(earlier)
        return self._walk_on((*before, *reversed(passed)), self.steps_after(last, done[last]))

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
        """Return by each step the one before it on the best way from `first`, and the last step of that way.

        Best is the way with the highest score (see `_score`). No way leads to a step that is left out.
        """
        score = {first: _score((0, 0), is_done=first in done)}
        came_from: dict[int, int | None] = {first: None}
        for number in self.order:
            if number not in score:
                continue
            for target in self.steps_after(number, done.get(number, "")):
                if target is None:
                    continue
                score_through = _score(score[number], is_done=target in done)
                if target not in score or score_through > score[target]:
                    score[target], came_from[target] = score_through, number
        ends = [number for number in self.order if number in done and number in score]
        return came_from, max(ends, key=lambda number: score[number], default=None)

    def _walk_on(self, passed: tuple[int, ...], targets: Targets) -> Walk:
        """Return the walk that goes on with one of the targets, of which the first is the likeliest."""
        expected: list[int] = []
        following = targets
        while following and following[0] is not None:
            expected.append(following[0])
            following = self._forward[following[0]]
        return Walk(passed=passed, expected=tuple(expected), possible=self._reachable_from(targets))

    def _reachable_from(self, targets: Targets) -> frozenset[int]:
        reached: set[int] = set()
        ahead = list(targets)
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


def _score(before: tuple[int, int], *, is_done: bool) -> tuple[int, int]:
    """Return the score of a way with one more step: its number of done steps, and minus that of others."""
    done, minus_others = before
    return (done + 1, minus_others) if is_done else (done, minus_others - 1)


_BEGINS_MATTER = frozenset({StepEvent.CASE_OPENED, StepEvent.QUESTION_RECORDED, StepEvent.REQUEST_RECEIVED})
# The survey and the way out belong to the visit, not to each matter (docs/domain.md, "Several matters in
# one visit").
_ONCE_A_VISIT = frozenset(
    {StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED, StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE}
)


@lru_cache(maxsize=32)
def part_of_matter(procedure: Procedure) -> Procedure | None:
    """Return the procedure with only the steps for a further matter of a visit, from the one that begins it.

    A way that led to a step that is left out leads to the next kept one; needs of the kept steps for the
    survey or the way out are dropped. None where no step begins a case.
    """
    flow = flow_of(procedure)
    following: dict[int, Step] = {}
    for number in flow.order:
        step = flow.steps[number]
        if following or not _BEGINS_MATTER.isdisjoint((step.completes.event, *step.completes.needs)):
            following[number] = step
    if not following:
        return None
    kept = {n: step for n, step in following.items() if step.completes.event not in _ONCE_A_VISIT}
    first = next(iter(kept))

    def kept_target(target: int | None) -> int | None:
        """Return the kept step to which a target leads: itself, or the first one on the likeliest way on.

        For a target before the matter's steps it is the first of these.
        """
        while target is not None and target not in kept:
            target = following[target].targets[0] if target in following else first
        return target

    steps = []
    for step in kept.values():
        branches = tuple(replace(branch, goto=kept_target(branch.goto)) for branch in step.branches)
        needs = tuple(event for event in step.completes.needs if event not in _ONCE_A_VISIT)
        completes = replace(step.completes, needs=needs)
        steps.append(replace(step, completes=completes, next=kept_target(step.next), branches=branches))
    return replace(procedure, steps=tuple(steps))
