"""What a case's outcome means in the visit's own procedure: which branch of which POS it takes."""

from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.procedures.procedure import Procedure, StepEvent

SETTLED = "selesai"  # POS Kaltara 5: the solution was given
UNSETTLED = "tidak_dapat_diselesaikan"  # POS Kaltara 5: scheduled again
DIRECT, BY_BACK_OFFICE = "a", "b"  # POS Kepri 2


def outcome_branch(procedure: Procedure | None, outcome: CaseOutcome, sub_reason: str = "") -> str | None:
    """The branch that an outcome takes, None when it completes no step yet.

    Sumut's POS name the outcomes themselves; on the telephone an exclusion is told at once like an answer.
    Kaltara's knows only settled or not: "not known here" is not settled until it is answered.
    """
    names = _branches(procedure, StepEvent.OUTCOME_SET)
    if outcome is CaseOutcome.EXCLUDED and outcome not in names and CaseOutcome.AVAILABLE in names:
        return CaseOutcome.AVAILABLE
    if SETTLED not in names:
        return outcome
    return None if sub_reason == SubReason.UNKNOWN_HERE else SETTLED


def unsettled_branch(procedure: Procedure | None) -> str | None:
    """The branch of a case that is scheduled again; None where the POS has none."""
    return UNSETTLED if UNSETTLED in _branches(procedure, StepEvent.OUTCOME_SET) else None


def sends_on(procedure: Procedure | None) -> bool:
    """Whether "not available" is what leads to the back office in this POS."""
    return CaseOutcome.UNAVAILABLE in _branches(procedure, StepEvent.OUTCOME_SET)


def answered_branch(procedure: Procedure | None, *, by_back_office: bool) -> str:
    """The branch of the step in which the applicant is told, "" where it has none."""
    name = BY_BACK_OFFICE if by_back_office else DIRECT
    return name if name in _branches(procedure, StepEvent.ANSWERED) else ""


def must_be_told(procedure: Procedure | None) -> bool:
    """Whether the POS has a step in which the answer is told or handed over."""
    told = {StepEvent.ANSWERED, StepEvent.RESULT_HANDED_OVER}
    return procedure is not None and any(step.completes.event in told for step in procedure.steps)


def _branches(procedure: Procedure | None, event: StepEvent) -> frozenset[str]:
    steps = () if procedure is None else procedure.steps
    return frozenset(
        branch.when for step in steps if step.completes.event is event for branch in step.branches
    )
