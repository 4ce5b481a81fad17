"""The comparison of a played day's register with the deviations that ought to be in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.register.expected import THE_DAY, Deviation, expected
from benchmarks.register.play import PlayedDay
from benchmarks.register.script import OfficeDay
from ult_desktop.core.accountability import deviations


@dataclass(frozen=True)
class Verdict:
    """The deviations of the truth, those that the register lacks, and those that it invented."""

    true: frozenset[Deviation]
    lacking: tuple[Deviation, ...]
    invented: tuple[Deviation, ...]


def judge(day: OfficeDay, played: PlayedDay) -> Verdict:
    true = expected(day.stories, day.said_at)
    written = frozenset(_as_told(played.register))
    return Verdict(true, tuple(sorted(true - written)), tuple(sorted(written - true)))


def _as_told(register: Iterable[tuple[str, deviations.Deviation]]) -> Iterable[Deviation]:
    """Yield what the register's rows say: a row without a cause holds each of its steps by itself."""
    for story, found in register:
        if found.is_false:  # mended after it was explained
            continue
        steps = () if story == THE_DAY else found.steps
        together = [steps] if found.cause_key or not steps else [(step,) for step in steps]
        yield from (Deviation(story, found.kind.value, each) for each in together)
