"""The clocks of a PC and of its share, each in the test's hand; they feed a true `ShareClock`."""

from pathlib import Path

from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.db.store.clock import ClockSources, ShareClock

MORNING = 1_795_400_000_000


def undoubted(now: int) -> TimeWitnesses:
    """Return the evidence for a time that nothing contradicts."""
    return TimeWitnesses(now=now, log=0, own=now)


class Clocks:
    """The clocks of a PC and of its share, each in the test's hand."""

    def __init__(self, own: int = 0, share: int = 0, now: int = MORNING) -> None:
        self.ticks, self.own, self.share = 5_000, now + own, now + share
        self.share_answers = True

    def pass_ms(self, ms: int) -> None:
        self.ticks += ms
        self.own += ms
        self.share += ms

    @property
    def sources(self) -> ClockSources:
        return ClockSources(lambda: self.ticks, lambda: self.own, self._ask_share)

    def _ask_share(self, *_where: object) -> int | None:
        return self.share if self.share_answers else None

    def clock(self) -> ShareClock:
        return ShareClock(Path(), "kios", self.sources)
