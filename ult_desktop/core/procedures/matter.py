"""The part of a procedure that is owed for a further matter of a visitor who is here already.

They were received once and leave once: a further matter begins where its case does, and ends before the
survey and the way out, which belong to the visit.
"""

from functools import lru_cache

from msgspec.structs import replace

from ult_desktop.core.procedures.procedure import Procedure, Step, StepEvent
from ult_desktop.core.procedures.walk import flow_of

_BEGINS = frozenset({StepEvent.CASE_OPENED, StepEvent.QUESTION_RECORDED, StepEvent.REQUEST_RECEIVED})
_ONCE_A_VISIT = frozenset({StepEvent.SURVEY_FILLED, StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE})


@lru_cache(maxsize=32)
def part_of_matter(procedure: Procedure) -> Procedure | None:
    """Return the procedure with the steps of a further matter alone; None where no step is about a case."""
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
        return replace(step, next=self._onward(step.next), branches=branches)

    def _onward(self, target: int | None) -> int | None:
        """Return the target among the kept steps.

        One before them becomes the beginning; one left out is passed over.
        """
        while target is not None and target not in self._kept:
            target = self._reached[target].targets[0] if target in self._reached else self._first
        return target
