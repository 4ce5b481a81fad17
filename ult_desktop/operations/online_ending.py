"""How a visit from afar ends: with its case, whichever page closes that."""

from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.visit import Ending, Mark, MarkKind, Visit
from ult_desktop.db import cases, marks, procedures, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.accounts import settle
from ult_desktop.operations.base import Moment


def end_from_afar(tx: Transaction, moment: Moment, visit: Visit, remark: str = "") -> bool:
    """End a request's visit when its case is closed; returns whether it ended now.

    An evaluation that the applicant did not fill in is waived with that reason: nobody at the office can
    do this step (POS Kepri 3), so it is no deviation of theirs.
    """
    case = cases.of_visit(tx, visit.id)
    if not visit.is_open or case is None or case.is_open:
        return False
    answered = StepEvent.ANSWERED in _events(tx, visit)
    if answered:
        _waive_evaluation(tx, moment, visit)
    visits.end(tx, visit.id, moment.at, Ending.DONE if answered else Ending.REFUSED, remark)
    settle(tx, moment, visit.id)
    return True


def _events(tx: Transaction, visit: Visit) -> set[StepEvent | None]:
    return {mark.event for mark in marks.of_visit(tx, visit)}


def _waive_evaluation(tx: Transaction, moment: Moment, visit: Visit) -> None:
    if visit.procedure_id is None or StepEvent.SURVEY_FILLED in _events(tx, visit):
        return
    procedure = procedures.load(tx, visit.procedure_id, visit.procedure_version or 0)
    for step in procedure.steps:
        if step.completes.event is StepEvent.SURVEY_FILLED:
            waived = Mark(
                at=moment.at,
                kind=MarkKind.WAIVE,
                step=step.step,
                officer_id=moment.by.officer_id,
                reason=_("Pemohon tidak mengisi evaluasi"),
            )
            marks.add(tx, visit.id, waived, moment.request)
