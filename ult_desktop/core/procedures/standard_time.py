"""Standard times: in words and read from words, and their sums along each way through a procedure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from ult_desktop.base import counted
from ult_desktop.base.i18n import plural_form
from ult_desktop.core.procedures.procedure import DayRange, Procedure, StandardTime, Step

MAX_PATHS = 100  # more ways than a person can compare; of a procedure with more, the first ones are shown


class Path(Struct, frozen=True, kw_only=True):
    """A path from the first step to an end, and the sum of its standard times.

    `days` are days of which the document does not say whether they are working days.
    """

    steps: tuple[int, ...]
    minutes: int = 0
    working_days: int = 0
    days: DayRange | None = None
    approximate: bool = False


def procedure_paths(procedure: Procedure) -> tuple[Path, ...]:
    """Return every way from the first step to an end, at most MAX_PATHS.

    No way has a step twice: a loop back begins a new round. The procedure must be free of faults.
    """
    by_number = {step.step: step for step in procedure.steps}
    paths = islice(_paths_from(procedure.steps[0].step, by_number), MAX_PATHS)
    return tuple(_sum_of([by_number[number] for number in path]) for path in paths)


def time_words(time: StandardTime | None) -> str:
    """Return a time in words: "± 10 menit", "2 hari kerja", "1–3 hari"; "–" without a standard."""
    if time is None:
        return "–"
    return _time_words(time.minutes or 0, time.working_days or 0, time.days, approximate=time.approximate)


# A time as people write it: "± 10 menit", "2 working days", "1–3 hari".
_ABOUT = r"(?P<about>±|\+/-|kurang lebih|about)?"
_SPAN = r"(?P<least>\d{1,4})(?:\s*[-–]\s*(?P<most>\d{1,4}))?"
_UNIT = r"(?P<unit>menit|minutes?|hari kerja|working days?|hari|days?)"
_TIME = re.compile(rf"{_ABOUT}\s*{_SPAN}\s*{_UNIT}", re.IGNORECASE)


def read_time(text: str) -> StandardTime | None:
    """Read a time as `time_words` writes it, in either language; None for an empty text or "–".

    Raises:
        ValueError: it is no standard time, or one of 0.
    """
    if text.strip() in ("", "–", "-"):
        return None
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    least, most, unit = int(match["least"]), match["most"], match["unit"].casefold()
    fields: dict[str, Any] = {"approximate": match["about"] is not None}
    if unit in ("hari", "day", "days"):
        fields["days"] = {"min": least, "max": int(most or least)}
    elif most:
        raise ValueError(text)  # only days of an unnamed kind have a range
    elif unit in ("menit", "minute", "minutes"):
        fields["minutes"] = least
    else:
        fields["working_days"] = least
    try:
        return msgspec.convert(fields, StandardTime)
    except msgspec.ValidationError:
        raise ValueError(text) from None


def with_times(procedure: Procedure, times: Mapping[int, StandardTime | None]) -> Procedure:
    """Return the procedure with other standards for the steps of these numbers."""
    steps = (
        msgspec.structs.replace(step, time=times[step.step]) if step.step in times else step
        for step in procedure.steps
    )
    return msgspec.structs.replace(procedure, steps=tuple(steps))


def total_words(path: Path) -> str:
    """Return the total in words: "40 menit + 2 hari kerja"; "–" when no step has a standard."""
    return _time_words(path.minutes, path.working_days, path.days, approximate=path.approximate)


def sum_words(steps: Sequence[Step]) -> str:
    """Return the sum of these steps' standards in words; "" without a step."""
    return total_words(_sum_of(steps)) if steps else ""


def steps_words(steps: tuple[int, ...]) -> str:
    """Return the numbers of steps in words, consecutive ones as a range: "1–9, 15–16"."""
    runs: list[list[int]] = []
    for number in steps:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _paths_from(first: int, by_number: dict[int, Step]) -> Iterator[tuple[int, ...]]:
    """Yield the paths from the step `first` to an end, as numbers of steps, depth first."""
    begun: list[tuple[int, ...]] = [(first,)]
    while begun:
        path = begun.pop()
        targets = by_number[path[-1]].targets
        if None in targets:
            yield path
        onward = [target for target in reversed(targets) if target is not None and target not in path]
        begun += [(*path, target) for target in onward]


def _sum_of(steps: Sequence[Step]) -> Path:
    times = [step.time for step in steps if step.time]
    ranges = [time.days for time in times if time.days]
    return Path(
        steps=tuple(step.step for step in steps),
        minutes=sum(time.minutes or 0 for time in times),
        working_days=sum(time.working_days or 0 for time in times),
        days=DayRange(min=sum(days.min for days in ranges), max=sum(days.max for days in ranges))
        if ranges
        else None,
        approximate=any(time.approximate for time in times),
    )


def _time_words(minutes: int, working_days: int, days: DayRange | None, *, approximate: bool) -> str:
    parts = []
    if minutes:
        parts.append(counted("{n} menit", minutes))
    if working_days:
        parts.append(counted("{n} hari kerja", working_days))
    if days:
        span = str(days.min) if days.min == days.max else f"{days.min}–{days.max}"
        parts.append(plural_form("{n} hari", days.max).format(n=span))
    return ("± " if approximate else "") + (" + ".join(parts) or "–")
