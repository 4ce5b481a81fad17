"""Office time with the stopped stretches taken out: what a step has used, and when it is due."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.procedure import StandardTime
from ult_desktop.core.stamps import MINUTE_MS


class StoppedInterval(Struct, frozen=True, order=True):
    """A stretch in which no step's clock runs, UTC ms; `end` None while it lasts."""

    begin: int
    end: int | None


class StepClock:
    """The clock of one run. All stamps UTC ms."""

    def __init__(self, calendar: WorkingCalendar, stops: Iterable[StoppedInterval]) -> None:
        self._calendar = calendar
        self._stops = tuple(_joined(stops))

    def spent(self, begin: int, end: int) -> int:
        """Office milliseconds that ran between two stamps; never negative."""
        stood = 0
        for stop in self._stops:
            until = end if stop.end is None else min(end, stop.end)
            stood += self._calendar.time_between(max(begin, stop.begin), until)
        return self._calendar.time_between(begin, end) - stood

    def due(self, begin: int, standard: StandardTime | None) -> int | None:
        """When a step that began at `begin` has used up its standard.

        A day standard ends with the office's work on the last of its working days, whether or not the
        visitor is away meanwhile; of a range the longest holds, and days of an unnamed kind are working
        days (docs/domain.md, A7). None without a standard, or when the clock stands still before that moment.
        """
        if standard is None:
            return None
        if standard.minutes is not None:
            return self._after_time(begin, standard.minutes * MINUTE_MS)
        longest = standard.days.max if standard.days else standard.working_days
        return self._calendar.due_after_days(begin, longest or 1)

    def overdue(self, begin: int, end: int, standard: StandardTime | None) -> bool:
        """Whether office time ran past the standard; what is done after closing time is not late for it."""
        due = self.due(begin, standard)
        if standard is None or due is None:
            return False
        ran = self._calendar.time_between if standard.minutes is None else self.spent
        return ran(due, end) > 0

    def _after_time(self, begin: int, left: int) -> int | None:
        at = begin
        for stop in self._stops:
            ran = self._calendar.time_between(at, stop.begin)
            if ran >= left:
                break
            if stop.end is None:
                return None
            left, at = left - ran, max(at, stop.end)
        return self._calendar.due_after_time(at, left)


def _joined(stops: Iterable[StoppedInterval]) -> Iterator[StoppedInterval]:
    """In order and without overlaps; what lasts is last."""
    ordered = sorted(stops, key=lambda stop: stop.begin)
    if not ordered:
        return
    begin, end = ordered[0].begin, ordered[0].end
    for _before, stop in pairwise(ordered):
        if end is None:
            break
        if stop.begin > end:
            yield StoppedInterval(begin, end)
            begin, end = stop.begin, stop.end
        else:
            end = None if stop.end is None else max(end, stop.end)
    yield StoppedInterval(begin, end)
