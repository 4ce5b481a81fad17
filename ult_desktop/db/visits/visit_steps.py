"""Where a visit stands in its procedure: the snapshot behind Langkah POS and the deviations."""

import msgspec

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.matter import part_of_matter
from ult_desktop.core.procedures.on_paper import PaperRun, paper_run, untimed
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.core.procedures.progress import Progress, progress
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.office import office
from ult_desktop.db.procedures import marks, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits


class VisitSteps(msgspec.Struct, frozen=True, kw_only=True):
    """A visit's procedure and how far it is; `people` names every officer by id; `at` UTC ms.

    Of a further matter it is the part of the procedure that is owed for it. `on_paper` is how one that was
    written on paper is judged: its steps have no times then.
    """

    visit: Visit
    procedure: Procedure
    progress: Progress
    people: dict[int, str]
    pause: Pause | None
    at: int
    on_paper: PaperRun | None = None

    @property
    def turn(self) -> Step | None:
        """The step that is next, or None at the end."""
        running = self.progress.running[:1]
        return next((step for step in self.procedure.steps if step.step in running), None)


def visit_steps(tx: Transaction, visit_id: int, now: int) -> VisitSteps | None:
    """None when there is no such visit, or the office ran no procedure for it."""
    visit = visits.find(tx, visit_id)
    if visit is None or visit.procedure_id is None:
        return None
    whole = procedures.load(tx, visit.procedure_id, visit.procedure_version or 0)
    procedure = part_of_matter(whole) if visit.beside is not None else whole
    assert procedure is not None  # noqa: S101  (a further matter is written under none that lacks its part)
    pauses, calendar = marks.pauses_of(tx, visit_id), WorkingCalendar(office.load(tx).settings)
    run = progress(
        procedure, visit.began_at, marks.of_visit(tx, visit), pauses, calendar, now, visit.ended_at
    )
    served, until = visit.served_at, now if visit.ended_at is None else visit.ended_at
    return VisitSteps(
        visit=visit,
        procedure=procedure,
        progress=run if served is None else untimed(run),
        people=dict(tx.rows("SELECT id, name FROM officer")),
        pause=marks.running(tx, visit_id),
        at=now,
        on_paper=None if served is None else paper_run(procedure, run, pauses, calendar, served, until),
    )
