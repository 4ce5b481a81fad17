"""The figures of an office's month that leave the office: no name, and no number of fewer than five people.

docs/summary.md describes the file for other programs.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Annotated

import msgspec
from msgspec import Meta

from ult_desktop.core.figures.figures import BINS, Spread
from ult_desktop.core.figures.tables import hide_small

FORMAT = 1
ENDING = ".ultrekap"
LEAST = 5
"""The smallest number of people that leaves an office, whatever smaller one the office shows itself."""

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
OfficeCode = Annotated[str, Meta(min_length=1, max_length=20)]
Hidden = int | None
"""A number, None where fewer than five people are hidden."""
Times = Annotated[tuple[Annotated[int, Meta(ge=0)], ...], Meta(min_length=BINS, max_length=BINS)]
"""How many times lay in each bin of a `Spread`, in fives."""


class SummaryOffice(msgspec.Struct, frozen=True, kw_only=True):
    """The office that tells; `province` is Kemendagri's code, "" where it is not known."""

    code: OfficeCode
    name: str
    province: str = ""


class SummaryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table: its key, its words, its number."""

    key: str
    name: str
    count: Hidden


class SummaryElement(msgspec.Struct, frozen=True, kw_only=True):
    """An element of the survey: how many answers, and the sum of their values (1 to 4)."""

    element: str
    answers: int
    total: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The summary of a month that has ended.

    `made_at` is UTC ms. The counts are those of `Figures`; steps are those with a standard time. `heads` are
    the log's number and hash at the end of this month and of those before, by month: a log that was changed
    later has others.
    """

    office: SummaryOffice
    month: Month
    made_at: int
    visits: Hidden
    persons: Hidden
    served: Hidden
    no_show: Hidden
    cancelled: Hidden
    unfinished: Hidden
    vulnerable: Hidden
    cases: Hidden
    complaints: Hidden
    cases_late: Hidden
    steps_done: Hidden
    steps_late: Hidden
    waits: Times
    servings: Times
    services: tuple[SummaryRow, ...]
    channels: tuple[SummaryRow, ...]
    regencies: tuple[SummaryRow, ...]
    causes: tuple[SummaryRow, ...]
    respondents: Hidden
    elements: tuple[SummaryElement, ...]
    heads: dict[str, str]


TABLES = ("services", "channels", "regencies", "causes")
COUNTS = (
    *("visits", "persons", "served", "no_show", "cancelled", "unfinished", "vulnerable"),
    *("cases", "complaints", "cases_late", "steps_done", "steps_late", "respondents"),
)


def alone(count: int) -> Hidden:
    """Return a number that stands alone."""
    return None if 0 < count < LEAST else count


def of_whole(whole: int, *parts: int) -> tuple[Hidden, ...]:
    """Return numbers that are each a part of a whole; one that all but a few are is hidden too."""
    if alone(whole) is None:
        return (None,) * len(parts)
    return tuple(hide_small((part, whole - part), LEAST)[0] for part in parts)


def divided(parts: Sequence[int]) -> tuple[Hidden, ...]:
    """Return numbers that add up to a whole which is told."""
    if alone(sum(parts)) is None:
        return (None,) * len(parts)
    return hide_small(parts, LEAST)


def rows_of(named: Iterable[tuple[str, str, int]]) -> tuple[SummaryRow, ...]:
    """Return the rows of a table from key, words and number; a few people are hidden."""
    found = tuple(named)
    shown = divided([count for _key, _name, count in found])
    return tuple(
        SummaryRow(key=key, name=name, count=count)
        for (key, name, _count), count in zip(found, shown, strict=True)
    )


def times_of(spread: Spread) -> Times:
    """Return times by bin, the sums from the first bin on each rounded down to a multiple of five.

    So no bin tells of fewer than five people, and all of them together do not tell how many had no time.
    """
    rounded = [held - held % LEAST for held in accumulate(spread.bins)]
    return tuple(held - before for before, held in zip((0, *rounded), rounded, strict=False))


def spread_of(times: Times) -> Spread:
    """Return times as a spread whose sum is not known."""
    return Spread(count=sum(times), bins=times)
