"""A clock that runs ahead: for a process in which a minute is a second."""

import time
from dataclasses import dataclass

from ult_desktop.db.store import clock

NS = 1_000_000_000


@dataclass(frozen=True)
class FastClock:
    """A fast clock: at `began` (monotonic seconds, the same in every process) it is `first` (UTC seconds)."""

    began: float
    first: float
    speed: float

    def __call__(self) -> float:
        return self.first + (time.monotonic() - self.began) * self.speed

    def rule(self) -> None:
        """Let every part of this process read this clock; waiting and timers stay as they are.

        The share's clock would be measured against files that are written in real time: it is taken to be
        this one.
        """
        time.time = self
        time.time_ns = lambda: round(self() * NS)
        clock.SYSTEM = clock.ClockSources(self.ms, self.ms, lambda *_where: self.ms())

    def ms(self) -> int:
        return round(self() * 1000)
