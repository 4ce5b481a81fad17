"""The opening hours of the offices, as the script knows them: weeks without holidays, from a Monday on.

All times of the script are minutes since the first midnight.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MINUTE = 60_000
DAY = 24 * 60
FIRST_DAY = "2026-11-23"
Spans = tuple[tuple[int, int], ...]


def is_working_day(day: int) -> bool:
    """Return whether a day is a working day; day 0 is a Monday."""
    return day % 7 < 5


def working_days_after(day: int, count: int) -> int:
    """Return the `count`th working day after `day`."""
    while count:
        day += 1
        count -= is_working_day(day)
    return day


@dataclass(frozen=True)
class Hours:
    """An office's opening hours, in minutes of the day."""

    week: Spans = ((450, 720), (780, 960))
    friday: Spans = ((450, 690), (780, 990))

    def opening(self, day: int) -> int:
        return day * DAY + self.spans(day)[0][0]

    def closing(self, day: int) -> int:
        return day * DAY + self.spans(day)[-1][1]

    def is_open(self, at: float) -> bool:
        day = int(at // DAY)
        return any(begin <= at - day * DAY < end for begin, end in self.spans(day))

    def open_minutes(self, begin: float, end: float) -> float:
        """Count the minutes between two times in which the office was open."""
        spans = self._spans_between(begin, end)
        return sum(max(0.0, min(end, last) - max(begin, first)) for first, last in spans)

    def spans(self, day: int) -> Spans:
        if not is_working_day(day):
            return ()
        return self.friday if day % 7 == 4 else self.week

    def _spans_between(self, begin: float, end: float) -> Iterator[tuple[int, int]]:
        for day in range(int(begin // DAY), int(end // DAY) + 1):
            yield from ((day * DAY + first, day * DAY + last) for first, last in self.spans(day))
