"""The summary of an office's month, which leaves the office: no name, no number of fewer than five people.

docs/summary.md describes the file for other programs.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Annotated

import msgspec
from msgspec import Meta

from ult_desktop.core.figures.figures import BINS, NO_TIMES, Spread
from ult_desktop.core.figures.tables import hide_small

FORMAT = 1  # the version of the file's format
FILE_SUFFIX = ".ultrekap"
LEAST_PEOPLE = 5
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


def hide_few(count: int) -> Hidden:
    """Return a number that is no part of another published one; None if it counts only a few people."""
    return None if 0 < count < LEAST_PEOPLE else count


def hide_part(whole: int, part: int) -> Hidden:
    """Return a number that is a part of the published `whole`; None if it counts only a few people.

    It is None too if it counts all but a few: subtracted from the whole, it would betray the few.
    """
    return None if hide_few(whole) is None else hide_small((part, whole - part), LEAST_PEOPLE)[0]


def hide_division(parts: Sequence[int]) -> tuple[Hidden, ...]:
    """Return numbers that add up to a published whole, with None for those of a few people.

    If only one is hidden, another is hidden too, or the whole would betray it.
    """
    if hide_few(sum(parts)) is None:
        return (None,) * len(parts)
    return hide_small(parts, LEAST_PEOPLE)


def rows_of(named: Iterable[tuple[str, str, int]]) -> tuple[SummaryRow, ...]:
    """Return the rows of a table from key, words and number; the numbers are hidden as in `hide_division`."""
    rows = tuple(named)
    shown = hide_division([count for _key, _name, count in rows])
    return tuple(
        SummaryRow(key=key, name=name, count=count)
        for (key, name, _count), count in zip(rows, shown, strict=True)
    )


def times_of(spread: Spread) -> Times:
    """Return the counts of the bins, whose running sums are rounded down to multiples of five.

    So no bin betrays fewer than five people, and the sum of all bins does not betray the real number.
    """
    rounded = [running - running % LEAST_PEOPLE for running in accumulate(spread.bins)]
    return tuple(running - before for before, running in zip((0, *rounded), rounded, strict=False))


def spread_of(times: Times) -> Spread:
    """Return the times of a summary as a spread; its `total_ms` is 0, for it is not known."""
    return Spread(count=sum(times), bins=times)


class ServiceNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a service in a month, of which nothing is hidden yet."""

    key: str
    name: str
    visits: int = 0
    waits: Spread = NO_TIMES
    respondents: int = 0
    elements: tuple[SummaryElement, ...] = ()


def services_of(
    services: Sequence[ServiceNumbers], least: int | None = LEAST_PEOPLE
) -> tuple[SummaryService, ...]:
    """Return the rows of the services.

    Visits and respondents are hidden as in `hide_division`. Answers are shown for services with at least
    `least` respondents; for none if `least` is None, which means that those of the whole office are hidden.
    """
    visits = hide_division([service.visits for service in services])
    respondents = hide_division([service.respondents for service in services])
    with_answers = set[int]() if least is None else _with_shown_answers(services, respondents, least)
    return tuple(
        SummaryService(
            key=service.key,
            name=service.name,
            count=visits[index],
            # The waits of a service with hidden visits would show how many came at least.
            waits=None if visits[index] is None else times_of(service.waits),
            respondents=respondents[index],
            elements=service.elements if index in with_answers else (),
        )
        for index, service in enumerate(services)
    )


def _with_shown_answers(
    services: Sequence[ServiceNumbers], respondents: Sequence[Hidden], least: int
) -> set[int]:
    """Return the indexes of the services whose answers are shown.

    The answers about the other services can be computed from those about the whole office. So these must not
    be of a few people, nor about one service.
    """
    answered = {index for index, service in enumerate(services) if service.respondents}
    shown = set[int]()
    for index in answered:
        has_enough = (respondents[index] or 0) >= least
        has_few_answers = any(hide_few(element.answers) is None for element in services[index].elements)
        if has_enough and not has_few_answers:
            shown.add(index)
    for smallest in sorted(shown, key=lambda index: services[index].respondents):
        hidden = answered - shown
        hidden_answers = Counter[str]()
        for index in hidden:
            hidden_answers.update({element.element: element.answers for element in services[index].elements})
        if len(hidden) != 1 and all(hide_few(count) is not None for count in hidden_answers.values()):
            break
        shown.discard(smallest)
    return shown
