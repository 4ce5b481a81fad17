"""The figures (docs/domain.md, "Figures"): what is counted, how it adds up, and the columns that show it.

Times are added as milliseconds and rounded once, where they are shown. A distribution is counts in fixed
bins: those of days, services and officers add up like any count, which percentiles do not.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
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
            return NO_TIMES
        counts = Counter(map(bin_of, spans))
        return cls(len(spans), sum(spans), tuple(counts[number] for number in range(BINS)))

    @property
    def mean_s(self) -> float | None:
        """The mean in seconds; None without times."""
        return self.total_ms / self.count / 1000 if self.count else None

    def quantile_s(self, share: float) -> float | None:
        """Return the seconds within which this share of the times lay (0.5 is the median); None for no times.

        The times of a bin are taken as evenly spread in it. A single time is known exactly.
        """
        if self.count < 2:
            return self.mean_s
        rank, count_below = share * self.count, 0
        for (begin, end), in_bin in zip(pairwise(EDGES_MIN), self.bins, strict=True):
            if in_bin and count_below + in_bin >= rank:
                return 60 * (begin + (end - begin) * (rank - count_below) / in_bin)
            count_below += in_bin
        raise ValueError("a share is at most 1")

    @classmethod
    def sum(cls, parts: Iterable["Spread"]) -> "Spread":
        """Return the distribution of all times of these distributions."""
        spreads = [part for part in parts if part.count]
        if len(spreads) < 2:
            return spreads[0] if spreads else NO_TIMES
        bins = tuple(map(sum, zip(*(spread.bins for spread in spreads), strict=True)))
        total_ms = sum(spread.total_ms for spread in spreads)
        return cls(sum(spread.count for spread in spreads), total_ms, bins)


NO_TIMES = Spread()


class Figures(msgspec.Struct, frozen=True):
    """The figures that were counted and measured.

    `visits` counts all visits, in which `persons` came (a group is one visit). Of these visits, `called`,
    `arrived` (at a counter), `served`, `no_show`, `cancelled` and `vulnerable` are counted. `waits` are the
    times from the number to the call that the visitor followed, without holds; `walks` those from that call
    to the counter; `servings` those at a counter; `holds` those on hold, which are in none of the others.
    """

    visits: int = 0
    persons: int = 0
    called: int = 0
    arrived: int = 0
    served: int = 0
    no_show: int = 0
    cancelled: int = 0
    vulnerable: int = 0
    waits: Spread = NO_TIMES
    walks: Spread = NO_TIMES
    servings: Spread = NO_TIMES
    holds: Spread = NO_TIMES

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


def sum_figures(parts: Iterable[Figures]) -> Figures:
    """Return the sum of figures; no visit may be in two of the parts."""
    summands = tuple(parts)
    counts = (sum(map(attrgetter(name), summands)) for name in COUNTS)
    spreads = (Spread.sum(map(attrgetter(name), summands)) for name in SPREADS)
    return Figures.of(counts, spreads)


MEDIAN, NINTH_DECILE = 0.5, 0.9
Value = Callable[[Figures, Figures], ReportValue]
"""A function that computes a figure from those of its row and those of the whole table."""


class FigureColumn(msgspec.Struct, frozen=True):
    """A column of a table. `value` computes its figure; `field` is the field of `Figures` behind it."""

    column: ReportColumn
    field: str
    value: Value

    def count(self, figures: Figures) -> int:
        """Return how many visits, servings or times the figure is based on."""
        value: int | Spread = getattr(figures, self.field)
        return value.count if isinstance(value, Spread) else value


STANDARD = (
    *("visits", "persons", "arrived", "served", "no_show", "cancelled", "unfinished"),
    *("wait_mean", "wait_median", "wait_p90", "walk_mean", "servings", "serving_mean", "serving_median"),
)
"""The columns of a report's tables."""


def every_figure_column() -> tuple[FigureColumn, ...]:
    """Return the columns of all figures, in the order of a table."""
    return (
        _count_column("visits", _("Kunjungan")),
        _count_column("persons", _("Orang")),
        _share_of_table("visits", "visits_share", _("Bagian kunjungan")),
        _count_column("called", _("Dipanggil")),
        _count_column("arrived", _("Datang ke loket")),
        _count_column("served", _("Selesai dilayani")),
        _count_column("no_show", _("Tidak hadir")),
        _share_of_row("no_show", "no_show_share", _("Tidak hadir")),
        _count_column("cancelled", _("Dibatalkan")),
        _count_column("unfinished", _("Belum selesai")),
        *_time_columns(
            "waits",
            "wait",
            (
                _("Waktu tunggu, rata-rata"),
                _("Waktu tunggu, nilai tengah"),
                _("Waktu tunggu, 90 % pengunjung"),
            ),
        ),
        *_time_columns("walks", "walk", (_("Menuju loket, rata-rata"), _("Menuju loket, nilai tengah"))),
        FigureColumn(
            ReportColumn("servings", _("Pelayanan")), "servings", lambda own, _whole: own.servings.count
        ),
        *_time_columns(
            "servings",
            "serving",
            (
                _("Lama pelayanan, rata-rata"),
                _("Lama pelayanan, nilai tengah"),
                _("Lama pelayanan, 90 % pengunjung"),
            ),
        ),
        FigureColumn(ReportColumn("holds", _("Kali ditunda")), "holds", lambda own, _whole: own.holds.count),
        *_time_columns("holds", "hold", (_("Ditunda rata-rata"),)),
    )


def figure_columns(keys: tuple[str, ...]) -> tuple[FigureColumn, ...]:
    """Return the columns of the figures with these keys, in the order of a table."""
    return tuple(column for column in every_figure_column() if column.column.key in keys)


def figure_column(key: str) -> FigureColumn:
    """Return the column of the figure with a key, also that of vulnerable visitors, which no table shows.

    Raises KeyError for other keys.
    """
    columns = (*every_figure_column(), _count_column("vulnerable", _("Kelompok rentan")))
    return {column.column.key: column for column in columns}[key]


def _count_column(name: str, words: str) -> FigureColumn:
    count = attrgetter(name)
    return FigureColumn(ReportColumn(name, words), name, lambda own, _whole: count(own))


def _share_of_table(name: str, key: str, words: str) -> FigureColumn:
    """Make the column of a figure's share of all that the table counts."""
    count = attrgetter(name)
    return FigureColumn(
        ReportColumn(key, words, ColumnKind.PERCENT),
        name,
        lambda own, whole: 100 * count(own) / count(whole) if count(whole) else None,
    )


def _share_of_row(name: str, key: str, words: str) -> FigureColumn:
    """Make the column of a figure's share of the visits of its own row."""
    count = attrgetter(name)
    return FigureColumn(
        ReportColumn(key, words, ColumnKind.PERCENT),
        name,
        lambda own, _whole: 100 * count(own) / own.visits if own.visits else None,
    )


def _time_columns(field: str, key: str, words: tuple[str, ...]) -> tuple[FigureColumn, ...]:
    """Make the columns of one kind of time: mean, median and ninth decile, as many as there are `words`."""
    spread_of: Callable[[Figures], Spread] = attrgetter(field)
    measures: tuple[tuple[str, Value], ...] = (
        ("mean", lambda own, _whole: spread_of(own).mean_s),
        ("median", lambda own, _whole: spread_of(own).quantile_s(MEDIAN)),
        ("p90", lambda own, _whole: spread_of(own).quantile_s(NINTH_DECILE)),
    )
    return tuple(
        FigureColumn(ReportColumn(f"{key}_{name}", column_words, ColumnKind.TIME), field, value)
        for (name, value), column_words in zip(measures, words, strict=False)
    )
