"""The position of a visit in its procedure: the snapshot behind Langkah POS and the deviations."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

import msgspec

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.clock import Pause, StoppedInterval
from ult_desktop.core.procedures.on_paper import PaperRun, paper_run, untimed
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.core.procedures.progress import Progress, Promise, StepState, held_to_promise, progress
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.procedures.walk import part_of_matter
from ult_desktop.core.visits.visit import Ending, Visit, VisitChannel
from ult_desktop.db.office import office
from ult_desktop.db.procedures import marks, pauses, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits

_PROMISES = (
    "SELECT p.promised_at AS due_at, CASE WHEN p.told_at IS NOT NULL THEN coalesce((SELECT max(a.began_at)"
    " FROM call_attempt a WHERE a.visit_id = p.visit_id AND a.result = 'tersambung'), p.told_at) END"
    " AS kept_at, (SELECT count(*) FROM call_attempt a WHERE a.visit_id = p.visit_id) AS attempts,"
    " coalesce((SELECT a.result FROM call_attempt a WHERE a.visit_id = p.visit_id AND a.ended_at IS NOT NULL"
    " ORDER BY a.began_at DESC, a.id DESC LIMIT 1), '') AS last_result"
    " FROM phone_call p WHERE p.visit_id = ? AND p.promised_at IS NOT NULL"
)


# The times for which PPID or the head had the case of a visit. Then the law's days counted, not the clock.
_WITH_PPID = (
    'SELECT e.sent_at AS begin, coalesce(e.answered_at, e.withdrawn_at) AS "end" FROM escalation e'
    " JOIN casefile c ON c.id = e.case_id WHERE c.visit_id = ? AND e.to_desk IN ('ppid', 'head')"
    " ORDER BY e.sent_at, e.id"
)


class VisitSteps(msgspec.Struct, frozen=True, kw_only=True):
    """A visit's procedure and how far it is; `people` names every officer by id; `at` UTC ms.

    `procedure` has all its steps, but for a further matter only those that such a matter goes through.
    `on_paper` judges a visit that was written on paper, whose steps have no times. `promise` is that of a
    call back, if the visit is a telephone call.
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
        running = self.progress.running[:1]
        return next((step for step in self.procedure.steps if step.step in running), None)

    @property
    def done(self) -> tuple[int, ...]:
        """The steps that were carried out and timed."""
        states = (StepState.IN_TIME, StepState.LATE) if self.on_paper is None else ()
        return tuple(step.step for step in self.progress.steps if step.state in states)


def visit_steps(tx: Transaction, visit_id: int, now: int) -> VisitSteps | None:
    """Return a visit's steps; None when there is no such visit, or the office ran no procedure for it."""
    return next(iter(steps_of_each(tx, (visit_id,), now)), None)


def steps_of_each(tx: Transaction, visit_ids: Iterable[int], now: int) -> list[VisitSteps]:
    """Return the steps of those of these visits for which the office ran a procedure, in their order."""
    return _steps_of(tx, visits.find_each(tx, visit_ids), now)


def steps_if_ended(
    tx: Transaction, open_visits: Iterable[Visit], now: int, also: Sequence[Mark] = ()
) -> list[VisitSteps]:
    """Return the steps of these visits as if they had ended `now`, with everybody served.

    The marks of `also` are added to those of each visit.
    """
    ended = (msgspec.structs.replace(each, ended_at=now, ending=Ending.DONE) for each in open_visits)
    return _steps_of(tx, ended, now, also)


def _steps_of(
    tx: Transaction, some: Iterable[Visit], now: int, also: Sequence[Mark] = ()
) -> list[VisitSteps]:
    found = [visit for visit in some if visit.procedure_id is not None]
    if not found:
        return []
    people = dict(tx.rows("SELECT id, name FROM officer"))
    reading = _Reading(WorkingCalendar(office.load(tx).settings), people, now)
    paused = pauses.of_each(tx, [visit.id for visit in found])
    load = cache(partial(procedures.load, tx))
    with_ppid = tx.each(StoppedInterval, _WITH_PPID, [(visit.id,) for visit in found])
    rows = zip(found, marks.of_each(tx, found), paused, with_ppid, strict=True)
    steps = [
        reading.steps(
            visit, load(str(visit.procedure_id), visit.procedure_version or 0), (*marked, *also), away, by_law
        )
        for visit, marked, away, by_law in rows
    ]
    calls = [each.visit.id for each in steps if each.visit.channel is VisitChannel.PHONE]
    promises = dict(zip(calls, tx.each(Promise, _PROMISES, [(each,) for each in calls]), strict=True))
    return [reading.promised(each, *promises.get(each.visit.id, ())) for each in steps]


class _Reading(NamedTuple):
    """The data that all visits of one reading share; `now` UTC ms."""

    calendar: WorkingCalendar
    people: dict[int, str]
    now: int

    def steps(
        self,
        visit: Visit,
        whole: Procedure,
        marked: Sequence[Mark],
        pauses: Sequence[Pause],
        by_law: Sequence[StoppedInterval],
    ) -> VisitSteps:
        procedure = part_of_matter(whole) if visit.beside is not None else whole
        assert procedure is not None  # noqa: S101  (a further matter is written under none that lacks its part)
        began, ended = visit.began_at, visit.ended_at
        run = progress(procedure, began, marked, pauses, self.calendar, self.now, ended, by_law)
        served, until = visit.served_at, self.now if visit.ended_at is None else visit.ended_at
        on_paper = None if served is None else paper_run(procedure, run, pauses, self.calendar, served, until)
        return VisitSteps(
            visit=visit,
            procedure=procedure,
            progress=run if served is None else untimed(run),
            people=self.people,
            pause=next((pause for pause in pauses if pause.lasts_at(self.now)), None),
            at=self.now,
            on_paper=on_paper,
        )

    def promised(self, steps: VisitSteps, promise: Promise | None = None) -> VisitSteps:
        if promise is None:
            return steps
        until = self.now if steps.visit.ended_at is None else steps.visit.ended_at
        run = held_to_promise(steps.progress, steps.procedure, promise, self.calendar, until)
        return msgspec.structs.replace(steps, progress=run, promise=promise)
