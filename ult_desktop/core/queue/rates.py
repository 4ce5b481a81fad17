"""The limits of what one kiosk gives and prints before it asks back or sends the visitor to an officer."""

from collections.abc import Iterable
from typing import NamedTuple


class Rate(NamedTuple):
    """A number of times within so many seconds."""

    times: int
    seconds: int

    def is_reached(self, moments: Iterable[float], now: float) -> bool:
        """Return whether at least `times` of the `moments` are less than `seconds` before `now`.

        Both are seconds of the same clock, whatever its zero.
        """
        return sum(now - moment < self.seconds for moment in moments) >= self.times


MANY_NUMBERS = Rate(times=6, seconds=60)  # numbers taken at one kiosk
REPRINTS = Rate(times=2, seconds=30 * 60)  # reprints of one number
KIOSK_REPRINTS = Rate(times=6, seconds=10 * 60)  # reprints of all numbers, for a roll of paper has an end
