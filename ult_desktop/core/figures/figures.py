"""What each figure is (docs/domain.md, "Figures"), and how figures add up.

Times are added as milliseconds and rounded once, where they are shown. A distribution is counts in fixed
bins: those of days, services and officers add up like any count, which percentiles do not.
"""

from collections.abc import Iterable
from itertools import pairwise

import msgspec

EDGES_MIN = (0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 240)
"""Where the bins begin, in minutes; the last bin ends with the last number, and holds all that is longer."""
BINS = len(EDGES_MIN) - 1
_MINUTE_MS = 60_000
_NO_BINS = (0,) * BINS


def bin_of(span_ms: int) -> int:
    """The bin of a time; an edge belongs to the bin that it begins."""
    return max(place for place in range(BINS) if span_ms >= EDGES_MIN[place] * _MINUTE_MS)


class Spread(msgspec.Struct, frozen=True):
    """How long something took: how often, together (ms), and the counts of the bins."""

    count: int = 0
    total_ms: int = 0
    bins: tuple[int, ...] = _NO_BINS

    @classmethod
    def of(cls, spans_ms: Iterable[int]) -> "Spread":
        spans = tuple(spans_ms)
        places = [bin_of(span) for span in spans]
        return cls(len(spans), sum(spans), tuple(places.count(place) for place in range(BINS)))

    @property
    def mean_s(self) -> float | None:
        return self.total_ms / self.count / 1000 if self.count else None

    def share_s(self, share: float) -> float | None:
        """The seconds within which this share of them lay (0.5 is the median), spread evenly in a bin."""
        if not self.count:
            return None
        wanted, below = share * self.count, 0
        for (begins, ends), held in zip(pairwise(EDGES_MIN), self.bins, strict=True):
            if held and below + held >= wanted:
                return 60 * (begins + (ends - begins) * (wanted - below) / held)
            below += held
        raise ValueError("a share is at most 1")

    def plus(self, other: "Spread") -> "Spread":
        bins = tuple(map(sum, zip(self.bins, other.bins, strict=True)))
        return Spread(self.count + other.count, self.total_ms + other.total_ms, bins)


class Figures(msgspec.Struct, frozen=True):
    """What was counted and measured.

    Of comings: `visits` all of them, of which `called`, `arrived` (came to a counter), how they ended, and
    those of `vulnerable` visitors; `waits` from the number to the call that they followed, without the time
    that they were held; `walks` from there to the counter. Of turns at a counter: `servings`. `holds`: times
    apart from all these.
    """

    visits: int = 0
    called: int = 0
    arrived: int = 0
    served: int = 0
    no_show: int = 0
    cancelled: int = 0
    vulnerable: int = 0
    waits: Spread = Spread()
    walks: Spread = Spread()
    servings: Spread = Spread()
    holds: Spread = Spread()

    @property
    def unfinished(self) -> int:
        """They wait, are served, or went without a word."""
        return self.visits - self.served - self.no_show - self.cancelled

    def plus(self, other: "Figures") -> "Figures":
        return Figures(
            visits=self.visits + other.visits,
            called=self.called + other.called,
            arrived=self.arrived + other.arrived,
            served=self.served + other.served,
            no_show=self.no_show + other.no_show,
            cancelled=self.cancelled + other.cancelled,
            vulnerable=self.vulnerable + other.vulnerable,
            waits=self.waits.plus(other.waits),
            walks=self.walks.plus(other.walks),
            servings=self.servings.plus(other.servings),
            holds=self.holds.plus(other.holds),
        )


SPREADS = ("waits", "walks", "servings", "holds")
COUNTS = tuple(name for name in Figures.__struct_fields__ if name not in SPREADS)


def total(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole = whole.plus(part)
    return whole
