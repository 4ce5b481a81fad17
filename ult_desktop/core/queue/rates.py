"""How often something may be done at one kiosk before it asks, or sends the visitor to an officer."""

from collections.abc import Iterable
from typing import NamedTuple


class Rate(NamedTuple):
    """A number of times within so many seconds."""

    times: int
    seconds: int

    def is_reached(self, moments: Iterable[float], now: float) -> bool:
        """Return whether it was done so often in the time before `now`, in the seconds of any clock."""
        return sum(now - each < self.seconds for each in moments) >= self.times


MANY_NUMBERS = Rate(times=6, seconds=60)  # taken at one kiosk
REPRINTS = Rate(times=2, seconds=30 * 60)  # of one number
KIOSK_REPRINTS = Rate(times=6, seconds=10 * 60)  # of whatever number: a roll has an end
