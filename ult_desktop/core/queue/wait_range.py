"""A wait as people see it: a range of minutes, and about when it ends."""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.stamps import MINUTE_MS, to_datetime

# An exact minute would promise what nobody knows (docs/domain.md, "The wait that is told").
_STEPS = ((60, 5), (120, 10), (math.inf, 30))  # (longest wait, rounded to multiples of), both minutes


class WaitRange(msgspec.Struct, frozen=True):
    """A wait in whole minutes, both ends included; 0 to 0: called at once."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        """The middle of the range, in minutes."""
        return (self.low + self.high) / 2

    def holds(self, waited_ms: int) -> bool:
        """Return whether a real wait (ms) was within this range."""
        return self.low * MINUTE_MS <= waited_ms <= self.high * MINUTE_MS


def wait_words(wait: WaitRange | None) -> str:
    """Return the wait as cards and lobby screen show it, "10–20 menit"; "" where there is none to show."""
    if wait is None or not wait.high:
        return ""
    return formats.format_wait(wait.low, wait.high)


class WaitUntil(msgspec.Struct, frozen=True):
    """The wait of somebody who has a number; `call_at` is about when it ends, in the office's zone."""

    minutes: WaitRange
    call_at: datetime


def wait_until(wait: WaitRange | None, since: int, zone: ZoneInfo) -> WaitUntil | None:
    """Return a wait that begins at `since` (UTC ms) with about when it ends; None where there is none."""
    if wait is None or not wait.high:
        return None
    step_ms = _step_of(wait.high) * MINUTE_MS
    ends_at = since + wait.middle * MINUTE_MS
    return WaitUntil(wait, to_datetime(step_ms * round(ends_at / step_ms), zone))


def until_words(wait: WaitUntil | None) -> str:
    """Return a wait for screens and paper, "10–20 menit, kira-kira pukul 11.40"; "" where there is none."""
    if wait is None:
        return ""
    return _("{wait}, kira-kira pukul {time}").format(
        wait=wait_words(wait.minutes), time=formats.format_time(wait.call_at)
    )


def rounded(low_ms: float, mean_ms: float, high_ms: float) -> WaitRange:
    """Return the range as people read it, in steps of 5, 10 or 30 minutes, the longer the wait."""
    if mean_ms < MINUTE_MS:
        return WaitRange(0, 0)
    step = _step_of(high_ms / MINUTE_MS)
    low, high = (max(0, step * round(ms / MINUTE_MS / step)) for ms in (low_ms, high_ms))
    if low < high:
        return WaitRange(low, high)
    # Both ends were rounded to one number: the range gets one step, on the side of the mean.
    return WaitRange(low, low + step) if mean_ms >= low * MINUTE_MS else WaitRange(low - step, low)


def _step_of(high: float) -> int:
    """Return the minutes to whose multiples a wait of at most `high` minutes is rounded."""
    return next(step for longest, step in _STEPS if high <= longest)
