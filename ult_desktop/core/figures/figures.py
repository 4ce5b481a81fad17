"""The definitions of the figures (docs/domain.md, "Figures"), and how figures add up.

Times are added as milliseconds and rounded once, where they are shown. A distribution is counts in fixed
bins: those of days, services and officers add up like any count, which percentiles do not.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

import msgspec

EDGES_MIN = (0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 240)
"""Where the bins begin, in minutes; the last bin ends with the last number, and holds all that is longer."""
BINS = len(EDGES_MIN) - 1
_EDGES_MS = tuple(edge * 60_000 for edge in EDGES_MIN)
_NO_BINS = (0,) * BINS


def bin_of(span_ms: int) -> int:
    """Return the bin of a time; an edge belongs to the bin that it begins."""
    return min(bisect_right(_EDGES_MS, span_ms), BINS) - 1


class Spread(msgspec.Struct, frozen=True):
    """The spread of a time: how often it was measured, the sum (ms), and the counts of the bins."""

    count: int = 0
    total_ms: int = 0
    bins: tuple[int, ...] = _NO_BINS

    @classmethod
    def of(cls, spans_ms: Iterable[int]) -> "Spread":
        spans = tuple(spans_ms)
        if not spans:
            return NOTHING
        places = Counter(map(bin_of, spans))
        return cls(len(spans), sum(spans), tuple(places[place] for place in range(BINS)))

    @property
    def mean_s(self) -> float | None:
        return self.total_ms / self.count / 1000 if self.count else None

    def share_s(self, share: float) -> float | None:
        """Return the seconds within which this share of the times lay (0.5 is the median).

        Times are taken as spread evenly in a bin. A single one is known exactly.
        """
        if self.count < 2:
            return self.mean_s
        wanted, below = share * self.count, 0
        for (begins, ends), held in zip(pairwise(EDGES_MIN), self.bins, strict=True):
            if held and below + held >= wanted:
                return 60 * (begins + (ends - begins) * (wanted - below) / held)
            below += held
        raise ValueError("a share is at most 1")

    @classmethod
    def sum(cls, parts: Iterable["Spread"]) -> "Spread":
        some = [part for part in parts if part.count]
        if len(some) < 2:
            return some[0] if some else NOTHING
        bins = tuple(map(sum, zip(*(part.bins for part in some), strict=True)))
        return cls(sum(part.count for part in some), sum(part.total_ms for part in some), bins)


NOTHING = Spread()


class Figures(msgspec.Struct, frozen=True):
    """The figures that were counted and measured.

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
    waits: Spread = NOTHING
    walks: Spread = NOTHING
    servings: Spread = NOTHING
    holds: Spread = NOTHING

    @property
    def unfinished(self) -> int:
        """They wait, are served, or went without a word."""
        return self.visits - self.served - self.no_show - self.cancelled


SPREADS = ("waits", "walks", "servings", "holds")
COUNTS = tuple(name for name in Figures.__struct_fields__ if name not in SPREADS)


def total(parts: Iterable[Figures]) -> Figures:
    """Return the whole of parts that have nothing in common."""
    every = tuple(parts)
    counts = (sum(map(attrgetter(name), every)) for name in COUNTS)
    spreads = (Spread.sum(map(attrgetter(name), every)) for name in SPREADS)
    return Figures(*counts, *spreads)
