"""The deviations that a day's truth holds, by the five written procedures alone.

A step that took longer than its standard is one. So is a step that was owed and never done, and one that was
done without what its "Kelengkapan" asks of the visitor. Steps that one
cause kept from being done are one deviation together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.register.hours import working_days_after
from benchmarks.register.story import NOBODY, Spent, Story

MINUTES: dict[str, dict[int, float]] = {
    "kaltara-helpdesk": {1: 10, 2: 10, 3: 10, 6: 10},
    "kepri-daring": {1: 5, 3: 5},
    "sumut-telepon": {1: 1, 2: 3, 3: 5, 4: 2, 5: 10, 6: 5, 7: 2},
    "sumut-tatap-muka": {
        1: 3, 2: 3, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 5, 11: 3, 12: 3, 13: 5, 14: 5, 15: 5, 16: 5,
    },
    "dki-kelompok-rentan": {2: 5, 3: 5, 4: 2, 5: 10, 7: 5, 8: 5, 9: 5, 10: 5},
}  # fmt: skip
DAYS: dict[str, dict[int, int]] = {
    "kaltara-helpdesk": {4: 1, 5: 1},
    "kepri-daring": {2: 2},
    "dki-kelompok-rentan": {6: 3},
}
THE_DAY = "the day"
BY_THE_VISITOR = {
    ("kaltara-helpdesk", 6),
    ("kepri-daring", 1),
    ("kepri-daring", 3),
    ("dki-kelompok-rentan", 8),
}
BY_RECEPTION = {"sumut-tatap-muka": {2, 3, 4}}


@dataclass(frozen=True, order=True)
class Deviation:
    """A deviation of one visit.

    One of time has one step; one of output has all the steps that one cause kept from being done.
    """

    story: str
    kind: str
    steps: tuple[int, ...]


def expected(stories: Iterable[Story], said_at: float | None) -> frozenset[Deviation]:
    """Return the deviations that the stories hold.

    `said_at` is when the office said that the day goes without a receptionist: that is one more deviation.
    """
    found = {
        each for story in stories for each in (*_late(story), *_missing(story, said_at), *_without(story))
    }
    return frozenset(found if said_at is None else found | {Deviation(THE_DAY, "output", ())})


def _late(story: Story) -> Iterator[Deviation]:
    yield from (Deviation(story.name, "time", (each.step,)) for each in story.spent if _is_over(story, each))
    yield from (Deviation(story.name, "time", (step,)) for step in story.ran_over)


def _is_over(story: Story, spent: Spent) -> bool:
    """Return whether a step took too long. The time of a visitor's own step is nobody's failure."""
    if (story.procedure, spent.step) in BY_THE_VISITOR:
        return False
    days = DAYS.get(story.procedure, {}).get(spent.step)
    if days is not None:
        return spent.to_day > working_days_after(spent.from_day, days)
    standard = MINUTES[story.procedure].get(spent.step)
    # A standard in minutes is passed from the next full minute on: 10:59 of 10 is within it.
    return standard is not None and spent.minutes >= standard + 1


def _without(story: Story) -> Iterator[Deviation]:
    yield from (Deviation(story.name, "equipment", (step,)) for step in story.without_letter)


def _missing(story: Story, said_at: float | None) -> Iterator[Deviation]:
    yield from (Deviation(story.name, "output", (owed.step,)) for owed in story.owed if not owed.because)
    said = said_at is not None and story.ends_at > said_at
    for because in {owed.because for owed in story.owed if owed.because}:
        if because == NOBODY and said:
            continue
        steps = {owed.step for owed in story.owed if owed.because == because}
        if said:  # what was said of the day is not said again of the visit
            steps -= BY_RECEPTION.get(story.procedure, set())
        if steps:
            yield Deviation(story.name, "output", tuple(sorted(steps)))
