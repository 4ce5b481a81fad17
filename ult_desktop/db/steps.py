"""Where a visit stands in its procedure: the snapshot behind Langkah POS and the deviations."""

import msgspec

from ult_desktop.core.marks import Pause
from ult_desktop.core.procedure import Procedure
from ult_desktop.core.progress import Progress, progress
from ult_desktop.core.visit import Visit
from ult_desktop.core.working_time import WorkingCalendar
from ult_desktop.db import marks, office, pauses, procedures, visits
from ult_desktop.db.transaction import Transaction


class VisitSteps(msgspec.Struct, frozen=True, kw_only=True):
    """A visit's procedure and how far it is; `people` names every officer by id; `at` UTC ms."""

    visit: Visit
    procedure: Procedure
    progress: Progress
    people: dict[int, str]
    pause: Pause | None
    at: int


def visit_steps(tx: Transaction, visit_id: int, now: int) -> VisitSteps | None:
    """None when there is no such visit, or the office ran no procedure for it."""
    visit = visits.find(tx, visit_id)
    if visit is None or visit.procedure_id is None:
        return None
    procedure = procedures.load(tx, visit.procedure_id, visit.procedure_version or 0)
    return VisitSteps(
        visit=visit,
        procedure=procedure,
        progress=progress(
            procedure,
            visit.began_at,
            marks.of_visit(tx, visit),
            marks.pauses_of(tx, visit_id),
            WorkingCalendar(office.load(tx).settings),
            now,
            visit.ended_at,
        ),
        people=dict(tx.rows("SELECT id, name FROM officer")),
        pause=pauses.running(tx, visit_id),
        at=now,
    )
