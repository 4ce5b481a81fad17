"""The figures (docs/domain.md, "Figures"): what is counted, how it adds up, and the columns that show it.

Times are added as milliseconds and rounded once, where they are shown. A distribution is counts in fixed
bins: those of days, services and officers add up like any count, which percentiles do not.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Any

import msgspec

from ult_desktop.base import _
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportValue

EDGES_MIN = (0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 180, 240)
"""The edges of the bins, in minutes; the last bin also holds all that is longer than the last edge."""
BINS = len(EDGES_MIN) - 1
_EDGES_MS = tuple(edge * 60_000 for edge in EDGES_MIN)
_NO_BINS = (0,) * BINS


def bin_of(span_ms: int) -> int:
    """Return the bin of a time; an edge belongs to the bin that it begins."""
    return min(bisect_right(_EDGES_MS, span_ms), BINS) - 1


class Spread(msgspec.Struct, frozen=True):
    """The distribution of a time: how often it was measured, the sum (ms), and the counts of the bins."""

    count: int = 0
    total_ms: int = 0
    bins: tuple[int, ...] = _NO_BINS

    @classmethod
    def of(cls, spans_ms: Iterable[int]) -> "Spread":
        """Return the distribution of these times (ms)."""
        spans = tuple(spans_ms)
        if not spans:
            return NOTHING
        places = Counter(map(bin_of, spans))
        return cls(len(spans), sum(spans), tuple(places[place] for place in range(BINS)))

    @property
    def mean_s(self) -> float | None:
        """The mean in seconds; None without times."""
        return self.total_ms / self.count / 1000 if self.count else None

    def share_s(self, share: float) -> float | None:
        """Return the seconds within which this share of the times lay (0.5 is the median); None for no times.

        The times of a bin are taken as evenly spread in it. A single time is known exactly.
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
        """Return the distribution of all times of these distributions."""
        some = [part for part in parts if part.count]
        if len(some) < 2:
            return some[0] if some else NOTHING
        bins = tuple(map(sum, zip(*(part.bins for part in some), strict=True)))
        return cls(sum(part.count for part in some), sum(part.total_ms for part in some), bins)


NOTHING = Spread()


class Figures(msgspec.Struct, frozen=True):
    """The figures that were counted and measured.

    `visits` counts all visits, in which `persons` came (a group is one visit). Of these visits, `called`,
    `arrived` (at a counter), `served`, `no_show`, `cancelled` and `vulnerable` are counted. `waits` are the
    times from the number to the call that the visitor followed, without holds; `walks` those from there to
    the counter; `servings` those at a counter; `holds` those on hold, which are in none of the others.
    """

    visits: int = 0
    persons: int = 0
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

    @classmethod
    def of(cls, counts: Iterable[int], spreads: Iterable[Spread]) -> "Figures":
        """Return the figures of these counts and spreads, in the order of COUNTS and SPREADS."""
        named: dict[str, Any] = {
            **dict(zip(COUNTS, counts, strict=True)),
            **dict(zip(SPREADS, spreads, strict=True)),
        }
        return cls(**named)

    @property
    def unfinished(self) -> int:
        """The visits that have not ended: the visitor waits, is served, or left without saying so."""
        return self.visits - self.served - self.no_show - self.cancelled


SPREADS = ("waits", "walks", "servings", "holds")
COUNTS = tuple(name for name in Figures.__struct_fields__ if name not in SPREADS)


def total(parts: Iterable[Figures]) -> Figures:
    """Return the sum of figures; no visit may be in two of the parts."""
    every = tuple(parts)
    counts = (sum(map(attrgetter(name), every)) for name in COUNTS)
    spreads = (Spread.sum(map(attrgetter(name), every)) for name in SPREADS)
    return Figures.of(counts, spreads)


MEDIAN, NINE_OF_TEN = 0.5, 0.9
Value = Callable[[Figures, Figures], ReportValue]
"""A function that computes a figure from those of its row and those of the whole table."""


class FigureColumn(msgspec.Struct, frozen=True):
    """A column of a table. `value` computes its figure; `of` is the field of `Figures` behind it."""

    column: ReportColumn
    of: str
    value: Value

    def count(self, figures: Figures) -> int:
        """Return how many visits, servings or times the figure is based on."""
        found: int | Spread = getattr(figures, self.of)
        return found.count if isinstance(found, Spread) else found


STANDARD = (
    *("visits", "persons", "arrived", "served", "no_show", "cancelled", "unfinished"),
    *("wait_mean", "wait_median", "wait_p90", "walk_mean", "servings", "serving_mean", "serving_median"),
)
"""The columns of a report's tables."""


def every_figure() -> tuple[FigureColumn, ...]:
    """Return every figure in the order of a table."""
    return (
        _counted("visits", _("Kunjungan")),
        _counted("persons", _("Orang")),
        _share("visits", "visits_share", _("Bagian kunjungan")),
        _counted("called", _("Dipanggil")),
        _counted("arrived", _("Datang ke loket")),
        _counted("served", _("Selesai dilayani")),
        _counted("no_show", _("Tidak hadir")),
        _part("no_show", "no_show_share", _("Tidak hadir")),
        _counted("cancelled", _("Dibatalkan")),
        _counted("unfinished", _("Belum selesai")),
        *_times(
            "waits",
            "wait",
            (
                _("Waktu tunggu, rata-rata"),
                _("Waktu tunggu, nilai tengah"),
                _("Waktu tunggu, 90 % pengunjung"),
            ),
        ),
        *_times("walks", "walk", (_("Menuju loket, rata-rata"), _("Menuju loket, nilai tengah"))),
        FigureColumn(
            ReportColumn("servings", _("Pelayanan")), "servings", lambda own, _whole: own.servings.count
        ),
        *_times(
            "servings",
            "serving",
            (
                _("Lama pelayanan, rata-rata"),
                _("Lama pelayanan, nilai tengah"),
                _("Lama pelayanan, 90 % pengunjung"),
            ),
        ),
        FigureColumn(ReportColumn("holds", _("Kali ditunda")), "holds", lambda own, _whole: own.holds.count),
        *_times("holds", "hold", (_("Ditunda rata-rata"),)),
    )


def chosen_figures(keys: tuple[str, ...]) -> tuple[FigureColumn, ...]:
    """Return the figures of these keys, in the order of a table."""
    return tuple(each for each in every_figure() if each.column.key in keys)


def figure_named(key: str) -> FigureColumn:
    """Return the figure of a key, also that of vulnerable visitors, which no table shows.

    Raises KeyError for other keys.
    """
    figures = (*every_figure(), _counted("vulnerable", _("Kelompok rentan")))
    return {each.column.key: each for each in figures}[key]


def _counted(name: str, words: str) -> FigureColumn:
    count = attrgetter(name)
    return FigureColumn(ReportColumn(name, words), name, lambda own, _whole: count(own))


def _share(name: str, key: str, words: str) -> FigureColumn:
    """Make the column of a figure's share of all that the table counts."""
    count = attrgetter(name)
    return FigureColumn(
        ReportColumn(key, words, ColumnKind.PERCENT),
        name,
        lambda own, whole: 100 * count(own) / count(whole) if count(whole) else None,
    )


def _part(name: str, key: str, words: str) -> FigureColumn:
    """Make the column of a figure's share of the visits of its own row."""
    count = attrgetter(name)
    return FigureColumn(
        ReportColumn(key, words, ColumnKind.PERCENT),
        name,
        lambda own, _whole: 100 * count(own) / own.visits if own.visits else None,
    )


def _times(of: str, key: str, words: tuple[str, ...]) -> tuple[FigureColumn, ...]:
    """Make the columns of one kind of time: mean, median and ninth decile, as many as there are `words`."""
    measures: tuple[tuple[str, Callable[[Spread], float | None]], ...] = (
        ("mean", attrgetter("mean_s")),
        ("median", partial(_share_of, share=MEDIAN)),
        ("p90", partial(_share_of, share=NINE_OF_TEN)),
    )
    return tuple(
        FigureColumn(
            ReportColumn(f"{key}_{name}", word, ColumnKind.TIME), of, partial(_measured, of=of, by=measure)
        )
        for (name, measure), word in zip(measures, words, strict=False)
    )


def _share_of(spread: Spread, share: float) -> float | None:
    return spread.share_s(share)


def _measured(
    own: Figures, _whole: Figures, *, of: str, by: Callable[[Spread], float | None]
) -> float | None:
    return by(getattr(own, of))
