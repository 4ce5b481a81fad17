"""The logging of troubles: a line when one begins and a line when it is over, however often it is met."""

import logging
import time
from collections.abc import Mapping


class TroubleLog:
    """A log of troubles, which compares those of now with those before. It belongs to one thread."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._since: dict[str, float] = {}

    def update(self, troubles: Mapping[str, object]) -> frozenset[str]:
        """Log the `troubles` that are new and those that are over; return the names of the new ones.

        `troubles` are all that are there now: a name, which stays the same, and what is known of each.
        """
        now, new = time.monotonic(), frozenset(troubles) - frozenset(self._since)
        for name in new:
            self._log.warning("%s: %s", name, troubles[name])
        for name in [name for name in self._since if name not in troubles]:
            self._log.warning("%s: over after %.0f s", name, now - self._since.pop(name))
        self._since |= dict.fromkeys(new, now)
        return new
