"""The progress of a visit in its procedure: the state and the time of every step, and both in words.

At any time one step has its turn. The turn begins when the step before it ended (or the run began). An event
for a step further ahead completes that step and moves the turn behind it; the steps passed over stay open and
keep the time they used, so no minute is counted twice. A tick or a waiver of a step ahead leaves the turn
where it is. An outcome that leads back begins a new round, in which its steps are done, and timed, again.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.base import WordEnum, _
from ult_desktop.base.formats import format_stopwatch
from ult_desktop.core.office.working_time import WorkedTime, WorkingCalendar
from ult_desktop.core.procedures import standard_time
from ult_desktop.core.procedures.clock import (
    ClockStops,
    OwedBy,
    Pause,
    StepClock,
    StepTurn,
    StoppedInterval,
    Stretch,
    exceeds_standard,
    is_done_at_home,
    is_the_call,
)
from ult_desktop.core.procedures.procedure import Procedure, StandardTime, Step, StepEvent
from ult_desktop.core.procedures.rounds import CompletedStep, Mark, MarkKind, Round, rounds_of
from ult_desktop.core.stamps import MINUTE_MS


class StepState(WordEnum):
    """The state of a step. A step that is NOT_BEGUN after the visit's end is a missing output."""

    NOT_BEGUN = "not_begun", "Belum"
    RUNNING = "running", "Berjalan"
    IN_TIME = "in_time", "Selesai"
    LATE = "late", "Selesai terlambat"
    SKIPPED = "skipped", "Tidak ditempuh"
    WAIVED = "waived", "Dilewati"


class StepProgress(Struct, frozen=True, kw_only=True):
    """A step of the run. Times UTC ms.

    `spent_ms` is the office time of its last turn without pauses, `spent` the same in working days and
    minutes. `standard_ms` is the standard if it is in minutes; `due_at` is when the standard is used up, None
    without one or while the clock is stopped. `overdue`: office time ran past it, in this round or in an
    earlier one; `used_up_at` is when the standard was used up then. `past_promise` is the office time after
    the moment for which a call-back was promised. `as_needed` is the reason why the step may take longer than
    its standard. `branch` and `reason` are those of the mark that completed the step. `officer_id` did it, on
    behalf of `for_officer_id` (a.n.), who was absent. Where two acts complete a step that took too long, they
    are those of the officer who had the step when its standard was used up.
    """

    step: int
    state: StepState
    began_at: int | None = None
    ended_at: int | None = None
    spent_ms: int = 0
    spent: WorkedTime = WorkedTime()
    standard_ms: int | None = None
    due_at: int | None = None
    overdue: bool = False
    used_up_at: int | None = None
    past_promise: WorkedTime | None = None
    as_needed: str = ""
    officer_id: int | None = None
    for_officer_id: int | None = None
    branch: str = ""
    reason: str = ""


class Progress(Struct, frozen=True, kw_only=True):
    """The progress of a visit: its steps in the procedure's order.

    `running` are the steps that are under way, first the one that has its turn, then those passed over.
    `missed` are the undone steps that come before the present turn. `lacking` are the steps that were carried
    out but whose output is not there yet. `ended`: the procedure's end was reached, or the visit was closed.
    `waited_ms` is the time between number and call, also outside office hours; None without a number.
    `stretches` divide the time of the visit by who owed the next act.
    """

    steps: tuple[StepProgress, ...]
    running: tuple[int, ...]
    missed: tuple[int, ...]
    lacking: frozenset[int] = frozenset()
    ended: bool
    waited_ms: int | None
    stretches: tuple[Stretch, ...]

    def of_step(self, number: int) -> StepProgress:
        return next(step for step in self.steps if step.step == number)


def progress(  # noqa: PLR0913  (the whole of what a run is)
    procedure: Procedure,
    began_at: int,
    marks: Iterable[Mark],
    pauses: Iterable[Pause],
    calendar: WorkingCalendar,
    now: int,
    ended_at: int | None = None,
    ppid: Sequence[StoppedInterval] = (),
) -> Progress:
    """Return the progress of a visit at `now`. Times UTC ms.

    With `ended_at` its clocks stopped there, and no step is running. `ppid` are the times in which PPID had
    the matter, so that the law's days counted.
    """
    ordered = sorted(marks, key=lambda mark: mark.at)
    until = now if ended_at is None else ended_at
    waits = _waits_for_calls(ordered)
    clock_stops = ClockStops(tuple(sorted(pauses, key=lambda pause: pause.from_at)), waits, ppid)
    rounds, closed = rounds_of(procedure, ordered, began_at), ended_at is not None
    run = _Run(procedure, rounds, clock_stops, calendar, until, closed=closed)
    steps = tuple(run.progress_of(step) for step in procedure.steps)
    running = tuple(step.step for step in steps if step.state is StepState.RUNNING)
    return Progress(
        steps=steps,
        # The one in turn first, the others in their order.
        running=tuple(sorted(running, key=lambda number: number != run.in_turn)),
        missed=run.missed,
        lacking=frozenset(rounds[-1].lacking),
        ended=closed or run.in_turn is None,
        waited_ms=sum(max(0, wait.until(until) - wait.begin) for wait in waits) if waits else None,
        stretches=clock_stops.stretches(procedure, run.turns, began_at, until),
    )


class Promise(Struct, frozen=True, kw_only=True):
    """A promise to call somebody back. Times UTC ms.

    `due_at` is the promised moment; `kept_at` is when the caller was reached, None if not yet. `attempts`
    counts the attempts; `last_result` is how the last one ended (`AttemptResult`), "" without one.
    """

    due_at: int
    kept_at: int | None
    attempts: int
    last_result: str


def with_promise(
    progress_so_far: Progress, procedure: Procedure, promise: Promise, calendar: WorkingCalendar, until: int
) -> Progress:
    """Return the progress with the promised moment as a standard of the call-back (docs/domain.md, A6).

    If the call-back came later than promised, its step is overdue. A procedure without such a step has no
    standard for it. `until` (UTC ms) is when a visit was closed whose caller was not reached, or now.
    """
    call_backs = {step.step for step in procedure.steps_for(StepEvent.CALLED_BACK)}
    called_at = until if promise.kept_at is None else promise.kept_at
    late_ms = calendar.time_between(promise.due_at, called_at)
    if not call_backs or not exceeds_standard(late_ms, 0):
        return progress_so_far
    late_by = calendar.worked_time(promise.due_at, late_ms)
    steps: list[StepProgress] = []
    for step in progress_so_far.steps:
        if step.step not in call_backs:
            steps.append(step)
            continue
        state = StepState.LATE if step.state is StepState.IN_TIME else step.state
        late = replace(step, state=state, overdue=True, used_up_at=promise.due_at, past_promise=late_by)
        steps.append(late)
    stretches: list[Stretch] = []
    for stretch in progress_so_far.stretches:
        stretches += _office_owes_from(promise.due_at, stretch, min(call_backs))
    return replace(progress_so_far, steps=tuple(steps), stretches=tuple(stretches))


def _office_owes_from(due_at: int, stretch: Stretch, step: int) -> Iterator[Stretch]:
    """Yield a stretch; of one in which the visitor owed an act, the office owes `step` from `due_at` on."""
    if stretch.owes is not OwedBy.VISITOR or stretch.end <= due_at:
        yield stretch
        return
    if stretch.begin < due_at:
        yield replace(stretch, end=due_at)
    begin = max(stretch.begin, due_at)
    yield replace(stretch, begin=begin, owes=OwedBy.OFFICE, step=step, reason="", officer_id=None)


class _Run:
    """The run of a visit through its procedure up to `until` (UTC ms): when the visit was closed, or now."""

    def __init__(
        self,
        procedure: Procedure,
        rounds: Sequence[Round],
        clock_stops: ClockStops,
        calendar: WorkingCalendar,
        until: int,
        *,
        closed: bool,
    ) -> None:
        self._procedure = procedure
        self._rounds, self._walk = rounds, rounds[-1].walk
        self._clock_stops, self._calendar = clock_stops, calendar
        self._until, self._closed = until, closed
        self._steps = {step.step: step for step in procedure.steps}
        self._last_turns, self._index_in_turn = rounds[-1].turns(procedure)
        turns: list[StepTurn] = []
        for earlier, following in pairwise(rounds):
            for turn in earlier.turns(procedure).turns:
                # A turn that was open lasted until the next round began.
                end = max(turn.begin, following.begin) if turn.end is None else turn.end
                turns.append(replace(turn, end=end))
        turns += self._last_turns
        self.turns = tuple(part for turn in turns for part in self._divide(turn))

    @property
    def in_turn(self) -> int | None:
        """The step whose turn it is; None at the procedure's end."""
        return next((turn.step for turn in self._last_turns if turn.end is None), None)

    @property
    def missed(self) -> tuple[int, ...]:
        """The steps before the present turn that were never done."""
        passed = self._walk.path[: self._index_in_turn]
        return tuple(number for number in passed if self._last_completion(number) is None)

    def _last_completion(self, number: int) -> CompletedStep | None:
        """Return the completion of a step in the latest round in which it was done; None if it never was."""
        for visit_round in reversed(self._rounds):
            if number in visit_round.done:
                return visit_round.done[number]
        return None

    def _divide(self, turn: StepTurn) -> Iterator[StepTurn]:
        """Yield a turn, divided among its step and those that were passed over in it.

        Each gets the time of its standard at most; the rest is the next one's. No standard says how long the
        call may take, so its turn is not divided.
        """
        step = self._steps[turn.step]
        if not turn.passed or turn.end is None or is_the_call(step):
            yield turn
            return
        due = self._clock_of(step, turn).due(turn.begin, step.time)
        if due is None or due >= turn.end:
            yield turn
            return
        yield replace(turn, end=due)
        yield from self._divide(replace(turn, step=turn.passed[0], begin=due, passed=turn.passed[1:]))

    def progress_of(self, step: Step) -> StepProgress:
        """Return the progress of a step: its state, its times and who did it."""
        number = step.step
        # While the visit is open, the steps of the round under way are to be done again.
        done = self._last_completion(number) if self._closed else self._rounds[-1].done.get(number)
        by_turns = self._progress_by_turns(step, [turn for turn in self.turns if turn.step == number])
        if done is None:
            return replace(by_turns, state=self._state_of_undone(number))
        mark, answerable = done.mark, done.answerable_mark(by_turns.used_up_at)
        state = StepState.LATE if by_turns.overdue else StepState.IN_TIME
        return replace(
            by_turns,
            state=StepState.WAIVED if mark.kind is MarkKind.WAIVE else state,
            began_at=min(by_turns.began_at or mark.at, mark.at),
            ended_at=mark.at,
            officer_id=answerable.officer_id,
            for_officer_id=answerable.for_officer_id,
            branch=done.branch,
            reason=mark.reason,
        )

    def _progress_by_turns(self, step: Step, turns: Sequence[StepTurn]) -> StepProgress:
        """Return the progress of a step by its turns alone, as if it was not done."""
        # No standard counts for what an applicant does at home (docs/domain.md, "What is a deviation").
        time = None if is_done_at_home(self._procedure, step) else step.time
        minutes = time.minutes if time else None
        without_turn = StepProgress(
            step=step.step,
            state=StepState.NOT_BEGUN,
            standard_ms=None if minutes is None else minutes * MINUTE_MS,
            as_needed=self._rounds[-1].as_needed.get(step.step, ""),
        )
        if not turns:
            return without_turn
        standard = None if is_the_call(step) or without_turn.as_needed else time
        last, clock = turns[-1], self._clock_of(step, turns[-1])
        used_up: list[int | None] = []  # for each turn that was overdue, when its standard was used up
        for turn in turns:
            turn_clock = self._clock_of(step, turn)
            if turn_clock.is_overdue(turn.begin, self._end_of(turn), standard):
                used_up.append(turn_clock.due(turn.begin, standard))
        spent_ms = 0 if is_the_call(step) else clock.spent_ms(last.begin, self._end_of(last))
        return replace(
            without_turn,
            began_at=last.begin,
            spent_ms=spent_ms,
            spent=self._calendar.worked_time(last.begin, spent_ms),
            due_at=clock.due(last.begin, standard),
            overdue=bool(used_up),
            used_up_at=used_up[0] if used_up else None,
        )

    def _clock_of(self, step: Step, turn: StepTurn) -> StepClock:
        """Return the clock of a step in one of its turns; after the visit's end it does not run."""
        after_end = [StoppedInterval(self._until, None)] if self._closed else []
        stops = [*self._clock_stops.of_turn(step, turn), *after_end]
        return StepClock(self._calendar, stops, self._clock_stops.by_ppid(step))

    def _end_of(self, turn: StepTurn) -> int:
        return self._until if turn.end is None else turn.end

    def _state_of_undone(self, number: int) -> StepState:
        """Return the state of a step that is not done."""
        walk, withdrawn = self._walk, self._rounds[-1].withdrawn_at is not None
        if withdrawn and number not in self.missed:
            return StepState.SKIPPED
        if number not in walk.path and (self._closed or number not in walk.possible):
            return StepState.SKIPPED
        had_turn = any(turn.step == number for turn in self._last_turns)
        return StepState.RUNNING if had_turn and not self._closed else StepState.NOT_BEGUN


def _waits_for_calls(ordered: Sequence[Mark]) -> tuple[StoppedInterval, ...]:
    """Return the waits from each number taken to its call; the last one may have no end yet."""
    waits: list[StoppedInterval] = []
    begin: int | None = None
    for mark in ordered:
        if mark.event is StepEvent.TICKET_ISSUED and begin is None:
            begin = mark.at
        elif mark.event is StepEvent.TICKET_CALLED and begin is not None:
            waits.append(StoppedInterval(begin, mark.at))
            begin = None
    return tuple(waits if begin is None else [*waits, StoppedInterval(begin, None)])


# From this share of its standard on the clock of a running step is amber (docs/screens.md, "Langkah POS").
AMBER = 0.8


def state_word(step: StepProgress) -> str:
    """Return the state of a step for people; a running step that is overdue says so."""
    if step.state is StepState.RUNNING and step.overdue:
        return _("Melewati waktu baku")
    return step.state.word


def spent_words(step: StepProgress, standard: StandardTime | None) -> str:
    """Return the time that a step took, "4 dari 10 menit".

    For a standard in days, and for a step that has not begun, it is the standard alone.
    """
    if step.standard_ms is None or step.began_at is None:
        return standard_time.time_words(standard)
    if step.past_promise:
        return _("{n} setelah waktu yang dijanjikan").format(n=step.past_promise.words)
    if step.as_needed:
        return _("{time}, sesuai kebutuhan").format(time=step.spent.words)
    spent = step.spent.words if _is_long(step) else step.spent.minutes
    return _("{n} dari {standard}").format(n=spent, standard=standard_time.time_words(standard))


def running_words(step: StepProgress) -> str:
    """Return the running clock of a step against its standard in minutes: "04:12 dari 10 menit".

    From an hour on it is "1 hari kerja 35 menit dari 10 menit".
    """
    spent = step.spent.words if _is_long(step) else format_stopwatch(step.spent_ms / 1000)
    return _("{spent} dari {n} menit").format(spent=spent, n=(step.standard_ms or 0) // MINUTE_MS)


def _is_long(step: StepProgress) -> bool:
    return step.spent.days > 0 or step.spent.minutes >= 60


def share_of_standard(step: StepProgress, now: int) -> float:
    """Return how much of its standard a running step has used; above 1 when it is late, 0 without a standard.

    For a standard in days it is the share of the time from the step's beginning to when it is due.
    """
    if step.standard_ms:
        return step.spent_ms / step.standard_ms
    if step.began_at is None or step.due_at is None:
        return 0.0
    return max(0.0, (now - step.began_at) / max(1, step.due_at - step.began_at))
