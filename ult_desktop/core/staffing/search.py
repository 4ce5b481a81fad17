"""The search for the cheapest plans of the counters by which visitors wait no longer than the office wants.

A plan is how many counters work in each half-hour. The search begins with the fewest counters that suffice
all day. It takes half-hours away one by one, the quietest first, while enough visitors are called in time.
Each trial plays past days in one run; the found plans are played again in all runs, and get half-hours back
where they do not suffice there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from ult_desktop.core.staffing.plan import AS_IT_WAS, MOST_COUNTERS, StaffingPlan
from ult_desktop.core.staffing.replay import PlayedPlan, Staffing

USUAL_SHARE = 90  # of a hundred visitors, how many are called in time
_MOST_TRIALS = 120
_MOST_CALLS = 1_500  # of one trial: all of them together take some seconds
_MOST_REPAIRS = 6  # half-hours that a found plan gets back at most
_MINUTES = 30  # of a half-hour
Progress = Callable[[float], bool]
"""A function that gets the part of the search that is done, 0 to 1, and returns whether to go on."""
_Row = tuple[int, ...]  # the counters of each half-hour


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


def cheapest(
    staffing: Staffing, base: StaffingPlan, limit: int, share: int, told: Progress = lambda _part: True
) -> tuple[FoundPlan, ...]:
    """Return the cheapest plans, the cheapest first; () if none suffices, or if the search was ended.

    Args:
        staffing: the days.
        base: the plan from which all but `open` is taken.
        limit: the minutes that a visitor should wait at most.
        share: how many of a hundred visitors should be called by then.
        told: gets the progress.
    """
    search = _Search(staffing, base, limit, share, told)
    try:
        return search.found()
    except _Ended:
        return ()


class _Ended(Exception):
    """The error by which a search ends that was no longer wanted."""


class _Search:
    def __init__(
        self, staffing: Staffing, base: StaffingPlan, limit: int, share: int, told: Progress
    ) -> None:
        self._all, self._base, self._limit, self._share, self._told = staffing, base, limit, share, told
        self._tried = dict[_Row, tuple[bool, PlayedPlan]]()
        self._slots = staffing.slots

    def found(self) -> tuple[FoundPlan, ...]:
        """Return the plans that suffice, the cheapest first."""
        count = len(self._slots)
        least = next((n for n in range(1, MOST_COUNTERS + 1) if self._keeps((n,) * count)), None)
        if least is None:
            return ()
        rows = {(least,) * count}
        for most in (least, min(least + 1, MOST_COUNTERS)):
            for order in self._orders(most):
                rows.add(self._lowered((most,) * count, order))
        plans = [plan for row in sorted(rows, key=sum) if (plan := self._proved(row)) is not None]
        self._told(1.0)
        return tuple(sorted({tuple(plan.open.items()): plan for plan in plans}.values(), key=_price))

    def _orders(self, counters: int) -> Iterable[Sequence[int]]:
        """Yield orders in which half-hours (by index) are tried: the quietest first, and the last first."""
        busy = self._visitors()
        places = range(len(self._slots))
        yield sorted(places, key=lambda place: (busy.get(self._slots[place], 0), -place))
        if counters > 1:
            yield places[::-1]

    def _visitors(self) -> Mapping[str, int]:
        _keeps, played = self._tried[min(self._tried, key=lambda row: -sum(row))]
        return {slot: waits.visitors for slot, waits in played.half_hours.items()}

    def _lowered(self, row: _Row, order: Sequence[int]) -> _Row:
        """Return the row with one counter less in as many half-hours, and as often, as still suffices."""
        changed = True
        while changed:
            changed = False
            for place in order:
                less = (*row[:place], row[place] - 1, *row[place + 1 :])
                if row[place] and len(self._tried) < _MOST_TRIALS and self._keeps(less):
                    row, changed = less, True
        return row

    def _keeps(self, row: _Row) -> bool:
        if row not in self._tried:
            if not self._told(min(0.9, len(self._tried) / _MOST_TRIALS)):
                raise _Ended
            played = self._all.play(self._plan(row), self._limit, _MOST_CALLS)
            self._tried[row] = (self._is_kept(played), played)
        return self._tried[row][0]

    def _is_kept(self, played: PlayedPlan) -> bool:
        """Return whether enough visitors were called in time, and none was left uncalled."""
        everybody = played.whole.visitors + played.unserved
        late = played.whole.late + played.unserved
        return late * 100 <= (100 - self._share) * everybody and played.unserved < 1

    def _plan(self, row: _Row) -> StaffingPlan:
        return msgspec.structs.replace(self._base, open=_opened(self._slots, row))

    def _proved(self, row: _Row) -> FoundPlan | None:
        """Return the plan of a row, played in all runs; with more counters where these do not suffice.

        None if it does not suffice after _MOST_REPAIRS repairs.
        """
        for _repair in range(_MOST_REPAIRS):
            if not self._told(0.95):
                raise _Ended
            plan = self._plan(row)
            played = self._all.play(plan, self._limit)
            if self._is_kept(played):
                return found_plan(plan, played, self._all.days)
            row = self._repaired(row, played)
        return None

    def _repaired(self, row: _Row, played: PlayedPlan) -> _Row:
        """Return the row with one counter more in the half-hour in which most came who waited too long."""
        late = {slot: waits.late for slot, waits in played.half_hours.items()}
        worst = max(range(len(row)), key=lambda place: (late.get(self._slots[place], 0), -row[place]))
        return (*row[:worst], min(MOST_COUNTERS, row[worst] + 1), *row[worst + 1 :])


def found_plan(plan: StaffingPlan, played: PlayedPlan, days: int) -> FoundPlan:
    """Return a plan with its cost; `played` is its result over `days` days."""
    return FoundPlan(
        open=plan.open, cost=(played.at_work + played.overtime) / _MINUTES / max(1, days), played=played
    )


def _price(plan: FoundPlan) -> tuple[float, float]:
    return round(plan.cost, 2), plan.played.whole.late


def _opened(slots: Sequence[str], row: _Row) -> dict[str, int]:
    """Return the half-hours at which the number of counters changes, with the new number."""
    changes = zip(slots, row, (None, *row), strict=False)
    return {slot: count for slot, count, before in changes if count != before}


def shifts_by_place(slots: Sequence[str], plan: FoundPlan) -> tuple[tuple[str, ...], ...]:
    """Return the times ("08.00–11.30") at which the first, second … counter works by a plan."""
    counts = [StaffingPlan(open=plan.open).count_at(slot) for slot in slots]
    ends = [*slots[1:], _after(slots[-1])]
    found = []
    for place in range(plan.most):
        spans: list[list[str]] = []
        for slot, end, count in zip(slots, ends, counts, strict=True):
            if count <= place:
                continue
            if spans and spans[-1][1] == slot:
                spans[-1][1] = end
            else:
                spans.append([slot, end])
        found.append(tuple("–".join(span) for span in spans))
    return tuple(found)


def _after(slot: str) -> str:
    hour, minute = map(int, slot.split("."))
    later = hour * 60 + minute + _MINUTES
    return f"{later // 60:02}.{later % 60:02}"


def searched(
    staffing: Staffing, period: str, limit: int, share: int, told: Progress = lambda _part: True
) -> StaffingSearch:
    """Look for the cheapest plans of days that call `share` of a hundred visitors within `limit` minutes."""
    return StaffingSearch(
        period=period,
        days=staffing.days,
        limit=limit,
        share=share,
        slots=staffing.slots,
        now=found_plan(AS_IT_WAS, staffing.play(AS_IT_WAS, limit), staffing.days),
        plans=cheapest(staffing, AS_IT_WAS, limit, share, told),
    )
