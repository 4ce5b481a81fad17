"""The position of a visit in its procedure: which steps are done, late or next."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

import msgspec

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.clock import Pause, StoppedInterval
from ult_desktop.core.procedures.on_paper import PaperRun, paper_run, without_times
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.core.procedures.progress import Progress, Promise, StepState, progress, with_promise
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.procedures.walk import part_of_matter
from ult_desktop.core.visits.visit import Ending, Visit, VisitChannel
from ult_desktop.db.office import office
from ult_desktop.db.procedures import marks, pauses, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits

# A promise is kept once the caller was given the answer (`told_at`). `kept_at` is when the last attempt began
# that reached them; without one, when they were given the answer.
_PROMISES = (
    "SELECT p.promised_at AS due_at, CASE WHEN p.told_at IS NOT NULL THEN coalesce((SELECT max(a.began_at)"
    " FROM call_attempt a WHERE a.visit_id = p.visit_id AND a.result = 'tersambung'), p.told_at) END"
    " AS kept_at, (SELECT count(*) FROM call_attempt a WHERE a.visit_id = p.visit_id) AS attempts,"
    " coalesce((SELECT a.result FROM call_attempt a WHERE a.visit_id = p.visit_id AND a.ended_at IS NOT NULL"
    " ORDER BY a.began_at DESC, a.id DESC LIMIT 1), '') AS last_result"
    " FROM phone_call p WHERE p.visit_id = ? AND p.promised_at IS NOT NULL"
)
# The times for which PPID or the head had the case of a visit: the law's days count then, and the procedure's
# clock stands still.
_TIMES_WITH_PPID = (
    'SELECT e.sent_at AS begin, coalesce(e.answered_at, e.withdrawn_at) AS "end" FROM escalation e'
    " JOIN casefile c ON c.id = e.case_id WHERE c.visit_id = ? AND e.to_desk IN ('ppid', 'head')"
    " ORDER BY e.sent_at, e.id"
)


class VisitSteps(msgspec.Struct, frozen=True, kw_only=True):
    """A visit's procedure and how far the visit is at a time `at` (UTC ms).

    `procedure` has all its steps, but for a further matter only those that such a matter goes through.
    `people` are the names of all officers by id. `on_paper` judges a visit that was written on paper, whose
    steps have no times. `promise` is the promise of a call back, if the visit is a telephone call.
    `pause` is the pause in which the visit is.
    """

    visit: Visit
    procedure: Procedure
    progress: Progress
    people: dict[int, str]
    pause: Pause | None
    at: int
    on_paper: PaperRun | None = None
    promise: Promise | None = None

    @property
    def next_step(self) -> Step | None:
        """The step that is next, or None at the end."""
        if not self.progress.running:
            return None
        return next(step for step in self.procedure.steps if step.step == self.progress.running[0])

    @property
    def done(self) -> tuple[int, ...]:
        """The steps that were carried out and timed; none for a visit that was written on paper."""
        if self.on_paper is not None:
            return ()
        timed = (StepState.IN_TIME, StepState.LATE)
        return tuple(step.step for step in self.progress.steps if step.state in timed)


def visit_steps(tx: Transaction, visit_id: int, now: int) -> VisitSteps | None:
    """Return a visit's steps; None when there is no such visit, or the office ran no procedure for it."""
    return next(iter(steps_of_each(tx, (visit_id,), now)), None)


def steps_of_each(tx: Transaction, visit_ids: Iterable[int], now: int) -> list[VisitSteps]:
    """Return the steps of those of these visits for which the office ran a procedure, in their order."""
    return _steps_of(tx, visits.find_each(tx, visit_ids), now)


def steps_if_ended(
    tx: Transaction, open_visits: Iterable[Visit], now: int, further_marks: Sequence[Mark] = ()
) -> list[VisitSteps]:
    """Return the steps of these visits as if they had ended `now`, with everybody served.

    The `further_marks` are added to those of each visit.
    """
    ended = (msgspec.structs.replace(visit, ended_at=now, ending=Ending.DONE) for visit in open_visits)
    return _steps_of(tx, ended, now, further_marks)


def _steps_of(
    tx: Transaction, all_visits: Iterable[Visit], now: int, further_marks: Sequence[Mark] = ()
) -> list[VisitSteps]:
    with_procedure = [visit for visit in all_visits if visit.procedure_id is not None]
    if not with_procedure:
        return []
    people = dict(tx.rows("SELECT id, name FROM officer"))
    steps_at = _StepsAt(WorkingCalendar(office.load(tx).settings), people, now)
    load = cache(partial(procedures.load, tx))
    visit_ids = [visit.id for visit in with_procedure]
    rows_of_visits = zip(
        with_procedure,
        marks.of_each(tx, with_procedure),
        pauses.of_each(tx, visit_ids),
        tx.all_for_each(StoppedInterval, _TIMES_WITH_PPID, [(visit_id,) for visit_id in visit_ids]),
        strict=True,
    )
    # Only of telephone calls: on a server a kiosk's account, which ends visits too, may not read their table.
    call_ids = [visit.id for visit in with_procedure if visit.channel is VisitChannel.PHONE]
    promise_rows = tx.all_for_each(Promise, _PROMISES, [(visit_id,) for visit_id in call_ids])
    promises = dict(zip(call_ids, promise_rows, strict=True))
    all_steps = []
    for visit, visit_marks, visit_pauses, times_with_ppid in rows_of_visits:
        procedure = load(str(visit.procedure_id), visit.procedure_version or 0)
        steps = steps_at.steps(
            visit, procedure, (*visit_marks, *further_marks), visit_pauses, times_with_ppid
        )
        for promise in promises.get(visit.id, ()):  # at most one
            steps = steps_at.with_promise(steps, promise)
        all_steps.append(steps)
    return all_steps


class _StepsAt(NamedTuple):
    """The maker of the steps of visits at a time `now` (UTC ms), with what all visits share."""

    calendar: WorkingCalendar
    people: dict[int, str]
    now: int

    def steps(
        self,
        visit: Visit,
        whole: Procedure,
        marked: Sequence[Mark],
        pauses: Sequence[Pause],
        times_with_ppid: Sequence[StoppedInterval],
    ) -> VisitSteps:
        procedure = part_of_matter(whole) if visit.beside is not None else whole
        assert procedure is not None  # noqa: S101  (no procedure without that part has further matters)
        visit_progress = progress(
            procedure,
            visit.began_at,
            marked,
            pauses,
            self.calendar,
            self.now,
            visit.ended_at,
            times_with_ppid,
        )
        on_paper = None
        if visit.served_at is not None:  # the visit was written on paper first
            until = self._end_of(visit)
            on_paper = paper_run(procedure, visit_progress, pauses, self.calendar, visit.served_at, until)
            visit_progress = without_times(visit_progress)
        return VisitSteps(
            visit=visit,
            procedure=procedure,
            progress=visit_progress,
            people=self.people,
            pause=next((pause for pause in pauses if pause.lasts_at(self.now)), None),
            at=self.now,
            on_paper=on_paper,
        )

    def with_promise(self, steps: VisitSteps, promise: Promise) -> VisitSteps:
        until = self._end_of(steps.visit)
        new_progress = with_promise(steps.progress, steps.procedure, promise, self.calendar, until)
        return msgspec.structs.replace(steps, progress=new_progress, promise=promise)

    def _end_of(self, visit: Visit) -> int:
        return self.now if visit.ended_at is None else visit.ended_at
