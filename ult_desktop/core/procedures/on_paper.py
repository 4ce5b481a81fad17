"""The time of a visit that was written on paper: only that of the whole serving, not of each step.

docs/domain.md, "Typed in from paper", has the rules in words.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.office.working_time import WorkedTime, WorkingCalendar
from ult_desktop.core.procedures.clock import ClockStops, Pause, StepClock, StepTurn, is_the_call
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.core.procedures.progress import Progress, StepProgress, StepState


class PaperRun(Struct, frozen=True, kw_only=True):
    """The time in which all of `steps` were done; `overdue`: it is longer than their standards together."""

    steps: tuple[int, ...]
    spent: WorkedTime
    overdue: bool


def paper_run(
    procedure: Procedure,
    progress: Progress,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    served_at: int,
    until: int,
) -> PaperRun:
    """Return the time of the serving from `served_at` to `until`, UTC ms.

    If the serving took longer than all standards together, some step was late, and nobody knows which. If it
    took less, a step may have been late too, but nobody can tell.
    """
    run_steps = [
        step for step in procedure.steps if progress.of_step(step.step).state is not StepState.SKIPPED
    ]
    call = next((index for index, step in enumerate(run_steps) if is_the_call(step)), None)
    steps = run_steps if call is None else run_steps[call + 1 :]  # the serving begins after the call
    clock_stops = ClockStops(pauses, ())
    # As on paper no step has an end, each standard begins where the one before it is used up. The serving is
    # overdue if it went on when the last one was used up, too.
    begin: int | None = served_at
    overdue = False
    for step in steps:
        if begin is not None and step.time is not None:
            clock = _clock(calendar, clock_stops, step, begin)
            overdue = clock.is_overdue(begin, until, step.time)
            begin = clock.due(begin, step.time)
    spent_ms = _clock(calendar, clock_stops, steps[0], served_at).spent_ms(served_at, until) if steps else 0
    return PaperRun(
        steps=tuple(step.step for step in steps),
        spent=calendar.worked_time(served_at, spent_ms),
        overdue=overdue,
    )


def without_times(progress: Progress) -> Progress:
    """Return the progress without the time of any step."""
    return replace(progress, steps=tuple(map(_step_without_time, progress.steps)))


def _step_without_time(step: StepProgress) -> StepProgress:
    state = StepState.IN_TIME if step.state is StepState.LATE else step.state
    return replace(
        step,
        state=state,
        began_at=None,
        spent_ms=0,
        spent=WorkedTime(),
        due_at=None,
        overdue=False,
        used_up_at=None,
    )


def _clock(calendar: WorkingCalendar, clock_stops: ClockStops, step: Step, begin: int) -> StepClock:
    return StepClock(calendar, clock_stops.of_turn(step, StepTurn(step=step.step, begin=begin, end=None)))
