"""A wait as people see it: a range of minutes."""

import math

import msgspec

from ult_desktop.base import formats
from ult_desktop.core.stamps import MINUTE_MS

# An exact minute would promise what nobody knows (docs/domain.md, "The wait that is told").
_STEPS = ((60, 5), (120, 10), (math.inf, 30))  # (minutes of the wait up to which, steps in minutes)


class WaitRange(msgspec.Struct, frozen=True):
    """A wait in whole minutes, both ends included; 0 to 0: called at once."""

    low: int
    high: int

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def holds(self, waited_ms: int) -> bool:
        return self.low * MINUTE_MS <= waited_ms <= self.high * MINUTE_MS


def wait_words(wait: WaitRange | None) -> str:
    """Return the wait as kiosk, ticket, display and counter show it; "" where there is none to show."""
    return formats.format_wait(wait.low, wait.high) if wait is not None and wait.high else ""


def rounded(low_ms: float, mean_ms: float, high_ms: float) -> WaitRange:
    """Return the range as people read it, in steps of 5, 10 or 30 minutes, the longer the wait."""
    if mean_ms < MINUTE_MS:
        return WaitRange(0, 0)
    high = high_ms / MINUTE_MS
    step = next(step for most, step in _STEPS if high <= most)
    low, high = (max(0, step * round(ms / MINUTE_MS / step)) for ms in (low_ms, high_ms))
    if low < high:
        return WaitRange(low, high)
    return WaitRange(low, low + step) if mean_ms >= low * MINUTE_MS else WaitRange(low - step, low)
