"""A wait as people see it: a range of minutes, and about when it ends."""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.stamps import MINUTE_MS, to_datetime

# An exact minute would promise what nobody knows (docs/domain.md, "The wait that is told").
# Minutes: the longest wait, and the step to whose multiples waits up to it are rounded.
_STEPS = ((60, 5), (120, 10), (math.inf, 30))


class WaitRange(msgspec.Struct, frozen=True):
    """A wait in whole minutes, both ends included; 0 to 0: called at once."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        """The middle of the range, in minutes."""
        return (self.low + self.high) / 2

    def contains(self, waited_ms: int) -> bool:
        """Return whether a real wait (ms) was within this range."""
        return self.low * MINUTE_MS <= waited_ms <= self.high * MINUTE_MS


def wait_words(wait: WaitRange | None) -> str:
    """Return the wait as cards and lobby screen show it, "10–20 menit"; "" where there is none to show."""
    if wait is None or not wait.high:
        return ""
    return formats.format_wait(wait.low, wait.high)


class WaitUntil(msgspec.Struct, frozen=True):
    """The wait of somebody who has a number: how long, and about when it ends.

    `call_at` is in the office's zone, rounded as the minutes are.
    """

    minutes: WaitRange
    call_at: datetime


def wait_until(wait: WaitRange | None, since: int, zone: ZoneInfo) -> WaitUntil | None:
    """Return a wait that begins at `since` (UTC ms) with about when it ends; None where there is none."""
    if wait is None or not wait.high:
        return None
    step_ms = _rounding_step(wait.high) * MINUTE_MS
    ends_at = since + wait.middle * MINUTE_MS
    return WaitUntil(wait, to_datetime(step_ms * round(ends_at / step_ms), zone))


def until_words(wait: WaitUntil | None) -> str:
    """Return a wait for screens and paper, "10–20 menit, kira-kira pukul 11.40"; "" where there is none."""
    if wait is None:
        return ""
    return _("{wait}, kira-kira pukul {time}").format(
        wait=wait_words(wait.minutes), time=formats.format_time(wait.call_at)
    )


def round_wait(low_ms: float, mean_ms: float, high_ms: float) -> WaitRange:
    """Return the range in steps of 5 minutes, and of 10 or 30 for longer waits; under a minute 0 to 0."""
    if mean_ms < MINUTE_MS:
        return WaitRange(0, 0)
    step = _rounding_step(high_ms / MINUTE_MS)
    low = max(0, step * round(low_ms / MINUTE_MS / step))
    high = max(0, step * round(high_ms / MINUTE_MS / step))
    if low < high:
        return WaitRange(low, high)
    # Both ends were rounded to one number: the range gets one step, on the side of the mean.
    return WaitRange(low, low + step) if mean_ms >= low * MINUTE_MS else WaitRange(low - step, low)


def _rounding_step(high: float) -> int:
    """Return the step (minutes) for a wait of at most `high` minutes."""
    return next(step for longest, step in _STEPS if high <= longest)
