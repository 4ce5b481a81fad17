"""The search for the cheapest plans of the counters by which visitors wait no longer than the office wants.

A plan is how many counters work in each half-hour. The search begins with the fewest counters that suffice
all day. It takes half-hours away one by one, the quietest first, while enough visitors are called in time.
Each trial plays past days in one run; the found plans are played again in all runs, and get half-hours back
where they do not suffice there.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from ult_desktop.core.staffing.plan import AS_IT_WAS, MAX_COUNTERS, StaffingPlan, clock_of
from ult_desktop.core.staffing.replay import PlayedPlan, Staffing
from ult_desktop.core.stamps import MINUTE_MS

USUAL_SHARE = 90  # of a hundred visitors, how many are called in time
_MAX_TRIALS = 120  # of one search
_MAX_CALLS = 1_500  # of one trial: so all trials together take some seconds
_MAX_FULL_PLAYS = 6  # of a found plan in all runs; between two of them one half-hour gets a counter back
_HALF_HOUR_MINUTES = 30
Progress = Callable[[float], bool]
"""A function that gets the part of the search that is done, 0 to 1, and returns whether to go on."""
_Row = tuple[int, ...]  # how many counters work in each half-hour


class FoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with which days were played.

    `open` is as in `StaffingPlan`. `cost` is the half-hours that all counters work on a day, also after the
    office's hours.
    """

    open: dict[str, int]
    cost: float
    played: PlayedPlan

    @property
    def most(self) -> int:
        """The most counters that work at the same time."""
        return max(self.open.values())


class StaffingSearch(msgspec.Struct, frozen=True, kw_only=True):
    """The cheapest plans of a period, the cheapest first; none where not even the most counters suffice.

    `share` of a hundred visitors should be called within `limit` minutes. `now` is the plan as it was.
    """

    period: str
    days: int
    limit: int
    share: int
    slots: tuple[str, ...]
    now: FoundPlan
    plans: tuple[FoundPlan, ...]


def cheapest_plans(
    staffing: Staffing,
    base: StaffingPlan,
    limit: int,
    share: int,
    report_progress: Progress = lambda _part: True,
) -> tuple[FoundPlan, ...]:
    """Return the cheapest plans, the cheapest first; () if none suffices, or if the search was ended.

    Args:
        staffing: the days.
        base: the plan from which all but `open` is taken.
        limit: the minutes that a visitor should wait at most.
        share: how many of a hundred visitors should be called by then.
        report_progress: gets the progress, and says whether to go on.
    """
    search = _Search(staffing, base, limit, share, report_progress)
    try:
        return search.plans()
    except _SearchStopped:
        return ()


class _SearchStopped(Exception):
    """The error by which a search ends when the person who asked for it no longer wants it."""


class _Trial(NamedTuple):
    """The result of playing a row once, and whether enough visitors were called in time."""

    is_enough: bool
    played: PlayedPlan


class _Search:
    """A search: what was tried, and whether to go on."""

    def __init__(
        self, staffing: Staffing, base: StaffingPlan, limit: int, share: int, report_progress: Progress
    ) -> None:
        self._staffing, self._base, self._limit, self._share = staffing, base, limit, share
        self._report_progress = report_progress
        self._trials = dict[_Row, _Trial]()
        self._slots = staffing.slots

    def plans(self) -> tuple[FoundPlan, ...]:
        """Return the plans that suffice, the cheapest first."""
        count = len(self._slots)
        least = next((n for n in range(1, MAX_COUNTERS + 1) if self._suffices((n,) * count)), None)
        if least is None:
            return ()
        rows = {(least,) * count}
        for most in (least, min(least + 1, MAX_COUNTERS)):
            for order in self._orders(most):
                rows.add(self._reduce((most,) * count, order))
        checked = (self._checked_plan(row) for row in sorted(rows, key=sum))
        plans = {tuple(plan.open.items()): plan for plan in checked if plan is not None}
        self._report_progress(1.0)
        return tuple(sorted(plans.values(), key=lambda plan: (round(plan.cost, 2), plan.played.whole.late)))

    def _orders(self, counters: int) -> Iterable[Sequence[int]]:
        """Yield orders in which half-hours (by index) are tried: the quietest first, and the last first."""
        # A trial counts the visitors who were called: with the most counters nearly all who came.
        played = self._trials[max(self._trials, key=sum)].played
        visitors = {slot: waits.visitors for slot, waits in played.half_hours.items()}
        indexes = range(len(self._slots))
        yield sorted(indexes, key=lambda index: (visitors.get(self._slots[index], 0), -index))
        if counters > 1:
            yield indexes[::-1]

    def _reduce(self, row: _Row, order: Sequence[int]) -> _Row:
        """Take counters away one by one, half-hour by half-hour in that order, while the rest suffices."""
        is_reduced = True
        while is_reduced:
            is_reduced = False
            for index in order:
                fewer = (*row[:index], row[index] - 1, *row[index + 1 :])
                if row[index] and len(self._trials) < _MAX_TRIALS and self._suffices(fewer):
                    row, is_reduced = fewer, True
        return row

    def _suffices(self, row: _Row) -> bool:
        """Return whether enough visitors are called in time with these counters, by one trial."""
        if row not in self._trials:
            if not self._report_progress(min(0.9, len(self._trials) / _MAX_TRIALS)):
                raise _SearchStopped
            played = self._staffing.play(self._plan(row), self._limit, _MAX_CALLS)
            self._trials[row] = _Trial(self._is_enough(played), played)
        return self._trials[row].is_enough

    def _is_enough(self, played: PlayedPlan) -> bool:
        """Return whether enough visitors were called in time, and none was not called at all."""
        visitors = played.whole.visitors + played.unserved
        late = played.whole.late + played.unserved
        return late * 100 <= (100 - self._share) * visitors and played.unserved < 1

    def _plan(self, row: _Row) -> StaffingPlan:
        opened = dict[str, int]()  # each half-hour in which the number of counters changes
        before = None
        for slot, count in zip(self._slots, row, strict=True):
            if count != before:
                opened[slot] = count
            before = count
        return msgspec.structs.replace(self._base, open=opened)

    def _checked_plan(self, row: _Row) -> FoundPlan | None:
        """Return the plan of a row, played in all runs; with more counters where these do not suffice.

        None if it suffices in none of _MAX_FULL_PLAYS plays.
        """
        for _play in range(_MAX_FULL_PLAYS):
            if not self._report_progress(0.95):
                raise _SearchStopped
            plan = self._plan(row)
            played = self._staffing.play(plan, self._limit)
            if self._is_enough(played):
                return found_plan(plan, played, self._staffing.days)
            # One counter more in the half-hour in which most visitors came who waited too long.
            late = {slot: waits.late for slot, waits in played.half_hours.items()}
            keys = [(late.get(slot, 0), -count) for slot, count in zip(self._slots, row, strict=True)]
            worst = keys.index(max(keys))
            row = (*row[:worst], min(MAX_COUNTERS, row[worst] + 1), *row[worst + 1 :])
        return None


def found_plan(plan: StaffingPlan, played: PlayedPlan, days: int) -> FoundPlan:
    """Return a plan with its cost; `played` is its result over `days` days."""
    return FoundPlan(
        open=plan.open,
        cost=(played.at_work + played.overtime) / _HALF_HOUR_MINUTES / max(1, days),
        played=played,
    )


def shifts_by_place(slots: Sequence[str], plan: FoundPlan) -> tuple[tuple[str, ...], ...]:
    """Return the times ("08.00–11.30") at which the first, second … counter works by a plan."""
    counts = [StaffingPlan(open=plan.open).count_at(slot) for slot in slots]
    hour, minute = map(int, slots[-1].split("."))
    last_end = (hour * 60 + minute + _HALF_HOUR_MINUTES) * MINUTE_MS
    ends = [*slots[1:], clock_of(last_end)]
    shifts = []
    for position in range(plan.most):
        spans: list[list[str]] = []
        for slot, end, count in zip(slots, ends, counts, strict=True):
            if count <= position:
                continue
            if spans and spans[-1][1] == slot:
                spans[-1][1] = end
            else:
                spans.append([slot, end])
        shifts.append(tuple("–".join(span) for span in spans))
    return tuple(shifts)


def search_plans(
    staffing: Staffing, period: str, limit: int, share: int, report_progress: Progress = lambda _part: True
) -> StaffingSearch:
    """Look for the cheapest plans of days that call `share` of a hundred visitors within `limit` minutes."""
    return StaffingSearch(
        period=period,
        days=staffing.days,
        limit=limit,
        share=share,
        slots=staffing.slots,
        now=found_plan(AS_IT_WAS, staffing.play(AS_IT_WAS, limit), staffing.days),
        plans=cheapest_plans(staffing, AS_IT_WAS, limit, share, report_progress),
    )
