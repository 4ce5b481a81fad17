"""The clock of a request's case: how much of its office time is used, and when the answer is due."""

from enum import StrEnum

import msgspec

from ult_desktop.core.office import working_time
from ult_desktop.core.procedures.procedure import Procedure, StepEvent

WORKING_DAYS = 2  # POS Kepri 2; for an office without a procedure, or whose procedure has no such time
WARN_SHARE = 0.8  # of the time, from which the clock warns


class Urgency(StrEnum):
    """The urgency of a case. DANGER: it is late, answered or not. DONE: it was answered in time."""

    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    DONE = "done"


class DueClock(msgspec.Struct, frozen=True, kw_only=True):
    """The clock of a case. `share` is the used part of its office time, 0 to 1. `due_at` UTC ms.

    `days` are the working days from today until the answer is due, or since it was.
    """

    tone: Urgency
    share: float
    days: int
    due_at: int


def answer_days(procedure: Procedure | None) -> int:
    """Return the working days within which the procedure wants the answer."""
    if procedure is None:
        return WORKING_DAYS
    times = (step.time.working_days for step in procedure.steps_for(StepEvent.ANSWERED) if step.time)
    return next((days for days in times if days), WORKING_DAYS)


def due_clock(
    begun_at: int, due_at: int, answered_at: int | None, calendar: working_time.WorkingCalendar, now: int
) -> DueClock:
    """Return the clock at `now`; if the case was answered, the clock as it stood then. All UTC ms."""
    until = now if answered_at is None else answered_at
    whole = calendar.time_between(begun_at, due_at)
    used = calendar.time_between(begun_at, until)
    share = min(1.0, used / whole) if whole else 1.0
    late = calendar.time_between(due_at, until) > 0
    days = map(calendar.day_of, sorted((until, due_at - 1)))  # midnight ends the day before
    return DueClock(
        tone=_tone(share, late=late, stopped=answered_at is not None),
        share=share,
        days=calendar.days_between(*days),
        due_at=due_at,
    )


def _tone(share: float, *, late: bool, stopped: bool) -> Urgency:
    if late:
        return Urgency.DANGER
    if stopped:
        return Urgency.DONE
    return Urgency.WARN if share >= WARN_SHARE else Urgency.OK
