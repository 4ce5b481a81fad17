"""The logging of troubles: a line when one begins and a line when it is over, however often it is met."""

import logging
import time
from collections.abc import Mapping


class TroubleLog:
    """The comparison of the present troubles with those before. It belongs to one thread."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._since: dict[str, float] = {}

    def stand(self, troubles: Mapping[str, object]) -> frozenset[str]:
        """Log the present `troubles` that are new and the former ones that are over; return the new ones."""
        now, new = time.monotonic(), frozenset(troubles) - frozenset(self._since)
        for what in new:
            self._log.warning("%s: %s", what, troubles[what])
        for what in [each for each in self._since if each not in troubles]:
            self._log.warning("%s: over after %.0f s", what, now - self._since.pop(what))
        self._since |= dict.fromkeys(new, now)
        return new
