"""The summary of an office's month, which leaves the office: no name, no number of fewer than five people.

docs/summary.md describes the file for other programs.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Annotated

import msgspec
from msgspec import Meta

from ult_desktop.core.figures.figures import BINS, NOTHING, Spread
from ult_desktop.core.figures.tables import hide_small

FORMAT = 1
ENDING = ".ultrekap"
LEAST = 5
"""The smallest number of people that leaves an office, whatever smaller one the office shows itself."""

Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
OfficeCode = Annotated[str, Meta(min_length=1, max_length=20)]
Count = Annotated[int, Meta(ge=0, le=2**32 - 1)]
Hidden = Count | None
"""A number; None where it would betray fewer than five people."""
Times = Annotated[tuple[Count, ...], Meta(min_length=BINS, max_length=BINS)]
"""The counts of the bins of a `Spread`, each a multiple of five."""


class SummaryOffice(msgspec.Struct, frozen=True, kw_only=True):
    """The office of a summary; `province` is Kemendagri's code, "" where it is not known."""

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
    answers: Count
    total: Count


class SummaryService(SummaryRow, frozen=True, kw_only=True):
    """A service's row: its visits, how long these waited, and what its respondents answered.

    `waits` is None where the visits are hidden, `elements` is empty where the answers are.
    """

    waits: Times | None = None
    respondents: Hidden = None
    elements: tuple[SummaryElement, ...] = ()


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The summary of a month that has ended.

    `made_at` is UTC ms. The counts are those of `Figures`; steps are those with a standard time. `heads` are
    the number and hash of the log's last event in this month and in those before, by month: if the log is
    changed later, they differ.
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
    services: tuple[SummaryService, ...]
    channels: tuple[SummaryRow, ...]
    regencies: tuple[SummaryRow, ...]
    causes: tuple[SummaryRow, ...]
    respondents: Hidden
    elements: tuple[SummaryElement, ...]
    heads: dict[str, str]


TABLES = ("channels", "regencies", "causes")
"""The tables whose rows are a number each."""
COUNTS = (
    *("visits", "persons", "served", "no_show", "cancelled", "unfinished", "vulnerable"),
    *("cases", "complaints", "cases_late", "steps_done", "steps_late", "respondents"),
)


def alone(count: int) -> Hidden:
    """Return a number that is no part of another one; None if it is that of a few people."""
    return None if 0 < count < LEAST else count


def of_whole(whole: int, *parts: int) -> tuple[Hidden, ...]:
    """Return numbers that are each a part of `whole`; None for a few people.

    A part of all but a few people is hidden too: the whole would betray the others.
    """
    if alone(whole) is None:
        return (None,) * len(parts)
    return tuple(hide_small((part, whole - part), LEAST)[0] for part in parts)


def divided(parts: Sequence[int]) -> tuple[Hidden, ...]:
    """Return numbers that add up to a published whole; None for a few people.

    If one is hidden, another is hidden too, or the whole would betray it.
    """
    if alone(sum(parts)) is None:
        return (None,) * len(parts)
    return hide_small(parts, LEAST)


def rows_of(named: Iterable[tuple[str, str, int]]) -> tuple[SummaryRow, ...]:
    """Return the rows of a table from key, words and number; the numbers are hidden as in `divided`."""
    found = tuple(named)
    shown = divided([count for _key, _name, count in found])
    return tuple(
        SummaryRow(key=key, name=name, count=count)
        for (key, name, _count), count in zip(found, shown, strict=True)
    )


def times_of(spread: Spread) -> Times:
    """Return the counts of the bins so that their running sums are rounded down to multiples of five.

    So no bin betrays fewer than five people, and the sum of all bins does not betray the real number.
    """
    rounded = [held - held % LEAST for held in accumulate(spread.bins)]
    return tuple(held - before for before, held in zip((0, *rounded), rounded, strict=False))


def spread_of(times: Times) -> Spread:
    """Return the times of a summary as a spread; its `total_ms` is 0, for it is not known."""
    return Spread(count=sum(times), bins=times)


class ServiceNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a service in a month, of which nothing is hidden yet."""

    key: str
    name: str
    visits: int = 0
    waits: Spread = NOTHING
    respondents: int = 0
    elements: tuple[SummaryElement, ...] = ()


def services_of(found: Sequence[ServiceNumbers], least: int | None = LEAST) -> tuple[SummaryService, ...]:
    """Return the rows of the services.

    Visits and respondents are hidden as in `divided`. Answers are told of services with at least `least`
    respondents; of none if it is None, because those of the whole office are not told.
    """
    visits = divided([each.visits for each in found])
    respondents = divided([each.respondents for each in found])
    judged = set[int]() if least is None else _judged(found, respondents, least)
    return tuple(
        SummaryService(
            key=each.key,
            name=each.name,
            count=visits[place],
            # A hidden service's waits would tell how many came at least.
            waits=None if visits[place] is None else times_of(each.waits),
            respondents=respondents[place],
            elements=each.elements if place in judged else (),
        )
        for place, each in enumerate(found)
    )


def _judged(found: Sequence[ServiceNumbers], respondents: Sequence[Hidden], least: int) -> set[int]:
    """Return the places of the services whose answers are told.

    What the others answered can be computed from the whole: it must not be of a few, nor of one service.
    """
    answered = {place for place, each in enumerate(found) if each.respondents}
    told = {
        place
        for place in answered
        if (respondents[place] or 0) >= least and not _is_of_few(found[place].elements)
    }
    for smallest in sorted(told, key=lambda place: found[place].respondents):
        hidden = answered - told
        together = Counter[str]()
        for place in hidden:
            together.update({each.element: each.answers for each in found[place].elements})
        if len(hidden) != 1 and not any(alone(count) is None for count in together.values()):
            break
        told.discard(smallest)
    return told


def _is_of_few(elements: Iterable[SummaryElement]) -> bool:
    return any(alone(each.answers) is None for each in elements)
