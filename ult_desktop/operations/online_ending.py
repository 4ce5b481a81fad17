"""How a visit from afar ends: with its case, whichever page closes that."""

from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.visit import Ending, Visit
from ult_desktop.db import cases, marks, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.accounts import settle
from ult_desktop.operations.base import Moment
from ult_desktop.operations.marking import waive


def end_from_afar(tx: Transaction, moment: Moment, visit: Visit, remark: str = "") -> bool:
    """End a request's visit when its case is closed; returns whether it ended now.

    An evaluation that the applicant did not fill in is waived with that reason: nobody at the office can
    do this step (POS Kepri 3), so it is no deviation of theirs.
    """
    case = cases.of_visit(tx, visit.id)
    if not visit.is_open or case is None or case.is_open:
        return False
    happened = {mark.event for mark in marks.of_visit(tx, visit)}
    answered = StepEvent.ANSWERED in happened
    if answered and StepEvent.SURVEY_FILLED not in happened:
        waive(tx, moment, visit, StepEvent.SURVEY_FILLED, _("Pemohon tidak mengisi evaluasi"))
    visits.end(tx, visit.id, moment.at, Ending.DONE if answered else Ending.REFUSED, remark)
    settle(tx, moment, visit.id)
    return True
