"""Where a visit stands in its procedure: the state and the time of every step, and both in words.

The clock belongs to one step at a time, the one whose turn it is: it begins when the step before it
ended (or the run began). A mark for a step further ahead completes that step and moves the turn on; the
steps passed over stay open and keep the time they used, so no minute is counted twice. Waiting in the
queue, from number to call, is in nobody's time: no POS has a standard for it.
"""

from collections.abc import Iterable, Sequence, Set
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.base import WordEnum, _, formats
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures import standard_time, walk as procedure_walk
from ult_desktop.core.procedures.procedure import Procedure, StandardTime, StepEvent
from ult_desktop.core.stamps import MINUTE_MS


class MarkKind(StrEnum):
    """What a mark is: an event of the program, an officer's tick, or a step waived with its reason."""

    EVENT = "event"
    TICK = "tick"
    WAIVE = "waive"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What completes a step. `at` UTC ms; a tick and a waiver name their `step`, an event its `event`.

    An event that completes several steps of a procedure names the one that it is meant for in `step`.

    `branch` is the way that the outcome takes; `for_officer_id` the absent officer for whom it was done
    (a.n., by surat penugasan).
    """

    at: int
    kind: MarkKind = MarkKind.EVENT
    event: StepEvent | None = None
    branch: str = ""
    step: int | None = None
    officer_id: int | None = None
    for_officer_id: int | None = None
    reason: str = ""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A stopped clock: the visitor is away. UTC ms; `to_at` None while it lasts."""

    from_at: int
    to_at: int | None = None
    reason: str = ""


class StepState(WordEnum):
    """Where a step stands; after the visit's end a step not begun is a missing output."""

    NOT_BEGUN = "not_begun", "Belum"
    RUNNING = "running", "Berjalan"
    IN_TIME = "in_time", "Selesai"
    LATE = "late", "Selesai terlambat"
    SKIPPED = "skipped", "Tidak ditempuh"
    WAIVED = "waived", "Dikecualikan"


class StepProgress(Struct, frozen=True, kw_only=True):
    """One step of the run. Times UTC ms; `spent_ms` is office time, pauses taken out.

    `standard_ms` for standards in minutes; `due_at` is when the standard is used up, None without one or
    while the clock stands. `overdue`: office time ran past it. `officer_id`, `for_officer_id` (a.n.),
    `branch` and `reason` are those of the mark that completed it.
    """

    step: int
    state: StepState
    began_at: int | None = None
    ended_at: int | None = None
    spent_ms: int = 0
    standard_ms: int | None = None
    due_at: int | None = None
    overdue: bool = False
    officer_id: int | None = None
    for_officer_id: int | None = None
    branch: str = ""
    reason: str = ""


class Progress(Struct, frozen=True, kw_only=True):
    """Every step in the procedure's order. `running`: whose turn it is first, then what was passed over.

    `missed`: undone steps with a done one behind them on the way. `ended`: the procedure's end was
    reached, or the visit was closed. `waited_ms` is the time between number and call as the visitor felt
    it; None without a number.
    """

    steps: tuple[StepProgress, ...]
    running: tuple[int, ...]
    missed: tuple[int, ...]
    ended: bool
    waited_ms: int | None

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
) -> Progress:
    """The run as it stands at `now`; with `ended_at` its clocks stopped there and nothing runs."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    waits = _waits(ordered)
    stops = [*(procedure_walk.StoppedInterval(pause.from_at, pause.to_at) for pause in pauses), *waits]
    if ended_at is not None:
        stops.append(procedure_walk.StoppedInterval(ended_at, None))
    matched = _matched(procedure, ordered)
    run = _Run(procedure, matched, procedure_walk.StepClock(calendar, stops), began_at)
    until = now if ended_at is None else ended_at
    steps = tuple(run.step(step.step, until, closed=ended_at is not None) for step in procedure.steps)
    running = tuple(step.step for step in steps if step.state is StepState.RUNNING)
    front = run.walk.front
    return Progress(
        steps=steps,
        running=tuple(sorted(running, key=lambda number: number != front)),
        missed=tuple(number for number in run.walk.passed if number not in matched.done),
        ended=ended_at is not None or (front is None and not run.walk.looped),
        waited_ms=_waited(waits, until),
    )


class _Completed(Struct, frozen=True, kw_only=True):
    """A step that is done: by which mark, and when which outcome last led on from it."""

    mark: Mark
    branch: str
    led_at: int


class _Matched(Struct, frozen=True, kw_only=True):
    """Which steps the marks complete, and the way they took."""

    done: dict[int, _Completed]
    walk: procedure_walk.Walk


class _StepInterval(Struct, frozen=True, kw_only=True):
    """When a step had the clock, UTC ms; `end` None while it has it."""

    begin: int
    end: int | None


class _Run:
    """A run laid out in time."""

    def __init__(
        self, procedure: Procedure, matched: _Matched, clock: procedure_walk.StepClock, began_at: int
    ) -> None:
        self._flow = procedure_walk.flow_of(procedure)
        self._done = matched.done
        self._clock = clock
        self.walk = matched.walk
        self._turns = self._taken(began_at)

    def step(self, number: int, until: int, *, closed: bool) -> StepProgress:
        step, completed = self._flow.steps[number], self._done.get(number)
        minutes = step.time.minutes if step.time else None
        standard_ms = None if minutes is None else minutes * MINUTE_MS
        turn = self._turns.get(number)
        mark = completed.mark if completed else None
        if turn is None:
            at = mark.at if mark else None
            found = StepProgress(step=number, state=StepState.NOT_BEGUN, began_at=at, standard_ms=standard_ms)
        else:
            found = self._timed(number, turn, until, standard_ms)
        if mark is None:
            return replace(found, state=self._open_state(number, closed=closed))
        return replace(
            found,
            state=_done_state(mark, found),
            began_at=min(found.began_at or mark.at, mark.at),
            ended_at=mark.at,
            officer_id=mark.officer_id,
            for_officer_id=mark.for_officer_id,
            branch=completed.branch if completed else "",
            reason=mark.reason,
        )

    def _timed(self, number: int, turn: _StepInterval, until: int, standard_ms: int | None) -> StepProgress:
        step = self._flow.steps[number]
        end = until if turn.end is None else turn.end
        # The call has no clock of its own: whoever calls next is not late for those who wait.
        standard = None if step.completes.event is StepEvent.TICKET_CALLED else step.time
        return StepProgress(
            step=number,
            state=StepState.NOT_BEGUN,
            began_at=turn.begin,
            spent_ms=0 if standard is not step.time else self._clock.spent(turn.begin, end),
            standard_ms=standard_ms,
            due_at=self._clock.due(turn.begin, standard),
            overdue=self._clock.overdue(turn.begin, end, standard),
        )

    def _open_state(self, number: int, *, closed: bool) -> StepState:
        walk = self.walk
        if number not in walk.line and (closed or number not in walk.possible):
            return StepState.SKIPPED
        return StepState.RUNNING if number in self._turns and not closed else StepState.NOT_BEGUN

    def _taken(self, began_at: int) -> dict[int, _StepInterval]:
        """Who had the clock when: the turn moves on with every mark for a step at its place or ahead."""
        line, turns = self.walk.line, dict[int, _StepInterval]()
        place, begin = 0, began_at
        passed = [(self._done[number], at) for at, number in enumerate(line) if number in self._done]
        for completed, at in sorted(passed, key=lambda one: (one[0].mark.at, one[1])):
            if at >= place:
                turns[line[place]] = _StepInterval(begin=begin, end=completed.mark.at)
                place, begin = at + 1, completed.led_at
        if place < len(line):
            turns[line[place]] = _StepInterval(begin=begin, end=None)
        return turns


def _matched(procedure: Procedure, ordered: Sequence[Mark]) -> _Matched:
    flow = procedure_walk.flow_of(procedure)
    done: dict[int, _Completed] = {}
    walk, begun = flow.walk({}), {flow.first}
    for mark in ordered:
        number = _step_for(flow, walk, mark, begun, done)
        if number is not None:
            done[number] = _Completed(mark=mark, branch=mark.branch, led_at=mark.at)
        elif (number := _set_again(flow, mark, done)) is not None:
            done[number] = _led_on(flow, number, done[number], mark)
        walk = flow.walk({number: completed.branch for number, completed in done.items()})
        if walk.front is not None:
            begun.add(walk.front)
    return _Matched(done=done, walk=walk)


def _step_for(
    flow: procedure_walk.Flow,
    walk: procedure_walk.Walk,
    mark: Mark,
    begun: Iterable[int],
    done: dict[int, _Completed],
) -> int | None:
    """The undone step that the mark completes.

    A mark may name its step. Else, where several wait for the same event (`escort_done`, POS DKI 2, 4 and
    10), whose turn it is comes first, then one passed over that had begun, then the nearest ahead, then
    any other.
    """
    if mark.step is not None or mark.kind is not MarkKind.EVENT:
        return mark.step if mark.step in flow.steps and mark.step not in done else None
    waiting = [
        number
        for number in flow.order
        if number not in done and flow.steps[number].completes.event == mark.event
    ]
    passed_over = {number for number in begun if number in walk.passed}
    ranks: tuple[Set[int | None], ...] = ({walk.front}, passed_over, walk.possible)
    return min(
        waiting,
        key=lambda number: next((at for at, rank in enumerate(ranks) if number in rank), len(ranks)),
        default=None,
    )


def _set_again(flow: procedure_walk.Flow, mark: Mark, done: dict[int, _Completed]) -> int | None:
    """The done step whose outcome this mark changes: the last word holds, the first time stands."""
    if mark.kind is not MarkKind.EVENT or not mark.branch:
        return None
    known = [
        number
        for number in reversed(flow.order)
        if number in done
        and flow.steps[number].completes.event == mark.event
        and any(branch.when == mark.branch for branch in flow.steps[number].branches)
    ]
    return next(iter(known), None)


def _led_on(flow: procedure_walk.Flow, number: int, before: _Completed, mark: Mark) -> _Completed:
    """The next step's clock begins anew only when another step is next."""
    same = flow.ways(number, before.branch)[:1] == flow.ways(number, mark.branch)[:1]
    return replace(before, branch=mark.branch, led_at=before.led_at if same else mark.at)


def _done_state(mark: Mark, found: StepProgress) -> StepState:
    if mark.kind is MarkKind.WAIVE:
        return StepState.WAIVED
    return StepState.LATE if found.overdue else StepState.IN_TIME


def _waits(ordered: Sequence[Mark]) -> list[procedure_walk.StoppedInterval]:
    """From each number taken to its call; the last may still wait."""
    waits: list[procedure_walk.StoppedInterval] = []
    begin: int | None = None
    for mark in ordered:
        if mark.event is StepEvent.TICKET_ISSUED and begin is None:
            begin = mark.at
        elif mark.event is StepEvent.TICKET_CALLED and begin is not None:
            waits.append(procedure_walk.StoppedInterval(begin, mark.at))
            begin = None
    return waits if begin is None else [*waits, procedure_walk.StoppedInterval(begin, None)]


def _waited(waits: Sequence[procedure_walk.StoppedInterval], until: int) -> int | None:
    if not waits:
        return None
    return sum(max(0, (until if wait.end is None else wait.end) - wait.begin) for wait in waits)


AMBER = 0.8  # of the standard used up, a running step warns (docs/screens.md, "Langkah POS")


def state_word(step: StepProgress) -> str:
    if step.state is StepState.RUNNING and step.overdue:
        return _("Melewati waktu baku")
    return step.state.word


def spent_words(step: StepProgress, standard: StandardTime | None) -> str:
    """As in "4 dari 10 menit"; of a standard in days, and of a step that has not begun, the standard.

    What is past its standard is told to the second, for "3 dari 3 menit" would be in time.
    """
    if step.standard_ms is None or step.began_at is None:
        return standard_time.time_words(standard)
    late = step.spent_ms > step.standard_ms
    spent = formats.format_stopwatch(step.spent_ms / 1000) if late else step.spent_ms // MINUTE_MS
    return _("{n} dari {standard}").format(n=spent, standard=standard_time.time_words(standard))


def duration_words(ms: int) -> str:
    """Whole minutes, and the seconds that are left over."""
    minutes, seconds = divmod(ms // 1000, 60)
    if not seconds:
        return _("{n} menit").format(n=minutes)
    return _("{n} menit {s} detik").format(n=minutes, s=seconds)


def share_of_standard(step: StepProgress, now: int) -> float:
    """How much of its standard a running step has used: 0 to 1, above 1 past it; 0 without one.

    A standard in days fills with the calendar, from the step's beginning to its due moment (UTC ms).
    """
    if step.standard_ms:
        return step.spent_ms / step.standard_ms
    if step.began_at is None or step.due_at is None:
        return 0.0
    return max(0.0, (now - step.began_at) / max(1, step.due_at - step.began_at))
