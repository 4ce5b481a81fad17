"""The clock of a request's case: how much of its office time is used, and when the answer is due."""

from enum import StrEnum

import msgspec

from ult_desktop.core.office import working_time
from ult_desktop.core.procedures.procedure import Procedure, StepEvent

WORKING_DAYS = 2  # POS Kepri 2; used where no procedure is in force, or it gives the answer no time
WARN_SHARE = 0.8  # the used part of the time from which the clock warns


class Urgency(StrEnum):
    """The urgency of a case. DANGER: it is late, answered or not. DONE: it was answered in time."""

    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    DONE = "done"


class DueClock(msgspec.Struct, frozen=True, kw_only=True):
    """The clock of a case. `share` is the used part of its office time, 0 to 1. `due_at` UTC ms.

    `days` are the working days between the day of the clock and the day on which the answer is due; it is not
    negative when that day has passed.
    """

    tone: Urgency
    share: float
    days: int
    due_at: int


def answer_days(procedure: Procedure | None) -> int:
    """Return the working days within which the procedure wants the answer."""
    if procedure is not None:
        for step in procedure.steps_for(StepEvent.ANSWERED):
            if step.time is not None and step.time.working_days:
                return step.time.working_days
    return WORKING_DAYS


def due_clock(
    begun_at: int, due_at: int, answered_at: int | None, calendar: working_time.WorkingCalendar, now: int
) -> DueClock:
    """Return the clock at `now`, or at the answer if the case was answered. All UTC ms."""
    until = now if answered_at is None else answered_at
    allowed_ms = calendar.time_between(begun_at, due_at)
    used_ms = calendar.time_between(begun_at, until)
    share = min(1.0, used_ms / allowed_ms) if allowed_ms else 1.0
    is_late = calendar.time_between(due_at, until) > 0
    # A deadline at midnight is due on the day that ends then: one ms less.
    first, last = sorted((until, due_at - 1))
    return DueClock(
        tone=_tone(share, late=is_late, answered=answered_at is not None),
        share=share,
        days=calendar.days_between(calendar.day_of(first), calendar.day_of(last)),
        due_at=due_at,
    )


def _tone(share: float, *, late: bool, answered: bool) -> Urgency:
    if late:
        return Urgency.DANGER
    if answered:
        return Urgency.DONE
    return Urgency.WARN if share >= WARN_SHARE else Urgency.OK
