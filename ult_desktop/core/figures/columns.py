"""The figures that a table can have: each with its column and its calculation from what was counted."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

import msgspec

from ult_desktop.base import _
from ult_desktop.core.figures.figures import Figures, Spread
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportValue

MEDIAN, NINE_OF_TEN = 0.5, 0.9
Value = Callable[[Figures, Figures], ReportValue]


class FigureColumn(msgspec.Struct, frozen=True):
    """A figure of a row's part and of the table's whole; `of` names in `Figures` what it is counted from."""

    column: ReportColumn
    of: str
    value: Value

    def count(self, figures: Figures) -> int:
        """Return from how many comings, servings or times the figure is made."""
        found: int | Spread = getattr(figures, self.of)
        return found.count if isinstance(found, Spread) else found


STANDARD = (
    *("visits", "arrived", "served", "no_show", "cancelled", "unfinished"),
    *("wait_mean", "wait_median", "wait_p90", "walk_mean", "servings", "serving_mean", "serving_median"),
)
"""What the tables of a report have."""


def every_figure() -> tuple[FigureColumn, ...]:
    """Return every figure in the order of a table."""
    return (
        _counted("visits", _("Kunjungan")),
        _share("visits", "visits_share", _("Bagian kunjungan")),
        _counted("called", _("Dipanggil")),
        _counted("arrived", _("Datang ke loket")),
        _counted("served", _("Selesai dilayani")),
        _counted("no_show", _("Tidak hadir")),
        _part("no_show", "no_show_share", _("Tidak hadir")),
        _counted("cancelled", _("Dibatalkan")),
        _counted("unfinished", _("Belum selesai")),
        *_times("waits", "wait", (_("Menunggu rata-rata"), _("Menunggu nilai tengah"), _("Menunggu 90 %"))),
        *_times("walks", "walk", (_("Berjalan rata-rata"), _("Berjalan nilai tengah"))),
        FigureColumn(
            ReportColumn("servings", _("Pelayanan")), "servings", lambda own, _whole: own.servings.count
        ),
        *_times(
            "servings", "serving", (_("Dilayani rata-rata"), _("Dilayani nilai tengah"), _("Dilayani 90 %"))
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
    """Make the columns of one sort of time: mean, median and ninth decile, if there are words for them."""
    tellers: tuple[tuple[str, Callable[[Spread], float | None]], ...] = (
        ("mean", attrgetter("mean_s")),
        ("median", partial(_share_of, share=MEDIAN)),
        ("p90", partial(_share_of, share=NINE_OF_TEN)),
    )
    return tuple(
        FigureColumn(
            ReportColumn(f"{key}_{name}", word, ColumnKind.TIME), of, partial(_told, of=of, tell=tell)
        )
        for (name, tell), word in zip(tellers, words, strict=False)
    )


def _share_of(spread: Spread, share: float) -> float | None:
    return spread.share_s(share)


def _told(own: Figures, _whole: Figures, *, of: str, tell: Callable[[Spread], float | None]) -> float | None:
    return tell(getattr(own, of))
