"""The clock of an online request: how much of its time is used, and when the answer is due."""

from enum import StrEnum

import msgspec

from ult_desktop.core.cases.case import CaseEntry
from ult_desktop.core.office import working_time
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRequestRow, OnlineState, Recap
from ult_desktop.core.procedures.procedure import Procedure, StepEvent

WORKING_DAYS = 2  # POS Kepri 2; for an office without a procedure, or one without this time
WARN_SHARE = 0.8


class Urgency(StrEnum):
    """The urgency of a request."""

    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    DONE = "done"


class DueClock(msgspec.Struct, frozen=True, kw_only=True):
    """A request's clock now. `share` is the used part of its office time, 0 to 1. `due_at` UTC ms.

    `days` are the working days that are left after today, or since it was due.
    """

    tone: Urgency
    share: float
    days: int
    due_at: int


class OnlineInboxRow(msgspec.Struct, frozen=True):
    """A line of the inbox with its clock."""

    request: OnlineRequestRow
    clock: DueClock


class RequestCard(msgspec.Struct, frozen=True, kw_only=True):
    """A request in full, and what a reply to it is made of."""

    request: OnlineRequest
    clock: DueClock
    entries: tuple[CaseEntry, ...]
    settings: OfficeSettings


class OnlineInbox(msgspec.Struct, frozen=True, kw_only=True):
    """The inbox page: the most pressing requests of each state, the latest closed, and the year.

    `card` is the request that is chosen, None without one. `left_lists` are the lists that watched folders
    left to a person, each with the reason.
    """

    lines: tuple[OnlineInboxRow, ...]
    recap: Recap
    card: RequestCard | None
    left_lists: tuple[str, ...] = ()


def answer_days(procedure: Procedure | None) -> int:
    """Return the working days within which the procedure wants the answer."""
    if procedure is None:
        return WORKING_DAYS
    times = (step.time.working_days for step in procedure.steps_for(StepEvent.ANSWERED) if step.time)
    return next((days for days in times if days), WORKING_DAYS)


def due_clock(request: OnlineRequestRow, calendar: working_time.WorkingCalendar, now: int) -> DueClock:
    """Return the clock at `now`; of a request that was answered, as it was when the answer went out."""
    stopped = request.answered_at is not None or request.state is OnlineState.CLOSED
    until = now if request.answered_at is None else request.answered_at
    whole = calendar.time_between(request.sent_at, request.due_at)
    used = calendar.time_between(request.sent_at, until)
    share = min(1.0, used / whole) if whole else 1.0
    late = calendar.time_between(request.due_at, until) > 0
    days = map(calendar.day_of, sorted((until, request.due_at - 1)))  # midnight ends the day before
    return DueClock(
        tone=_tone(share, late=late, stopped=stopped),
        share=share,
        days=calendar.days_between(*days),
        due_at=request.due_at,
    )


def _tone(share: float, *, late: bool, stopped: bool) -> Urgency:
    if late:
        return Urgency.DANGER
    if stopped:
        return Urgency.DONE
    return Urgency.WARN if share >= WARN_SHARE else Urgency.OK
