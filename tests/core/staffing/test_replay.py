"""Past days with another plan: the waits are those of theory, and a plan does what it says."""

import math
import random
from collections.abc import Iterable

import pytest

from tests.core.queue.test_backtest import simulated
from tests.core.queue.test_hall import erlang_c
from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.backtest import PastDay, PastWait, Shift
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.staffing.plan import (
    AS_IT_WAS,
    PlannedCounter,
    PlannedShares,
    StaffingPlan,
    staffed_counters,
)
from ult_desktop.core.staffing.replay import Staffing
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

HOUR_MS = 60 * MINUTE_MS
BOTH = [CounterScope(number=n, services=frozenset({1, 2})) for n in (1, 2)]
LETTERS = {"A": 1, "B": 2}


def staffing(days: Iterable[PastDay], known: list[CounterScope] = BOTH, runs: int = 8) -> Staffing:
    dated = ((day, day.shifts[0].begin // DAY_MS * DAY_MS) for day in days)
    return Staffing(dated, known, LETTERS, random.Random(7).random, runs)


def all_day(counters: int) -> StaffingPlan:
    return StaffingPlan(open={"00.00": counters})


def visit(
    number: int, since: float, called: float, ended: float, service: int = 1, **more: object
) -> PastWait:
    """A visit, in minutes after eight."""
    eight = 8 * HOUR_MS
    stamps = [eight + round(minutes * MINUTE_MS) for minutes in (since, called, ended)]
    ticket = WaitingTicket(id=number, service_id=service, queued_at=stamps[0], **more)  # type: ignore[arg-type]
    return PastWait(
        ticket=ticket,
        since=stamps[0],
        counter=1,
        called_at=stamps[1],
        arrived_at=stamps[1],
        ended_at=stamps[2],
    )


def office_day(*visits: PastWait, breaks: tuple[tuple[int, int], ...] = ()) -> PastDay:
    shift = Shift(scope=BOTH[0], begin=8 * HOUR_MS, end=14 * HOUR_MS)
    hours = (8 * HOUR_MS, 14 * HOUR_MS)
    spans = (hours,) if not breaks else ((hours[0], breaks[0][0]), (breaks[0][1], hours[1]))
    return PastDay(visits=visits, shifts=(shift,), policy=Calling(), breaks=breaks, hours=spans)


def test_days_as_they_were_wait_as_they_did() -> None:
    found = staffing(simulated(2, 0.8, 20))
    recorded, played = found.recorded_waits(15), found.play(AS_IT_WAS, 15)
    assert found.days == 20
    assert recorded.visitors == played.whole.visitors
    assert played.unserved == 0
    assert recorded.median is not None
    assert played.whole.median == pytest.approx(recorded.median, rel=0.25)
    assert played.whole.late == pytest.approx(recorded.late, rel=0.25)
    assert played.whole.late_low <= played.whole.late <= played.whole.late_high
    assert sum(each.visitors for each in played.services.values()) == recorded.visitors
    assert sum(each.late for each in played.half_hours.values()) == pytest.approx(played.whole.late)


def test_more_counters_wait_less_and_idle_more_and_who_is_away_is_missed() -> None:
    found = staffing(simulated(2, 0.8, 10))
    before, more = found.play(all_day(2), 15), found.play(all_day(3), 15)
    away = found.play(StaffingPlan(open={"00.00": 1}, counters=(PlannedCounter(number=2, away=True),)), 15)
    assert more.whole.late < before.whole.late / 2 < before.whole.late * 1.5 < away.whole.late
    assert [each.counter for each in more.counters] == [1, 2, 3]
    assert more.idle > before.idle > away.idle
    assert found.play(all_day(3), 15) == more, "the same draws, the same answer"


@pytest.mark.slow
@pytest.mark.parametrize(("counters", "load"), [(1, 0.5), (2, 0.6), (3, 0.7)])
def test_waits_are_as_long_as_erlang_says(counters: int, load: float) -> None:
    """Visits and times between visitors are exponential; a visit takes ten minutes on average."""
    chance = random.Random(counters)
    scopes = [CounterScope(number=n + 1, services=frozenset({1})) for n in range(counters)]
    days = []
    for number in range(120):
        begins, at, visits = number * DAY_MS, 0.0, list[PastWait]()
        while (at := at + chance.expovariate(load * counters / 10)) < 24 * 60 - 1:
            since = begins + round(at * MINUTE_MS)
            ended = since + round(chance.expovariate(1 / 10) * MINUTE_MS)
            ticket = WaitingTicket(id=len(visits), service_id=1, queued_at=since)
            visits.append(
                PastWait(
                    ticket=ticket, since=since, counter=1, called_at=since, arrived_at=since, ended_at=ended
                )
            )
        shifts = (Shift(scope=scopes[0], begin=begins, end=begins + DAY_MS),)
        hours = ((begins, begins + DAY_MS),)
        days.append(PastDay(visits=tuple(visits), shifts=shifts, policy=Calling(), hours=hours))
    played = staffing(days, scopes, runs=4).play(all_day(counters), 5).whole
    rate = counters * (1 - load) / 10  # at which waits end
    who_waits = erlang_c(counters, load) * 10 * rate
    assert played.late / played.visitors == pytest.approx(who_waits * math.exp(-5 * rate), rel=0.06)


def test_counters_by_half_hour_open_and_close_when_the_plan_says() -> None:
    plan = StaffingPlan(open={"08.00": 1, "09.30": 2, "12.00": 1})
    one, two = staffed_counters(office_day(visit(1, 0, 0, 10)), plan, BOTH, LETTERS, 0)
    assert [one.open, two.open] == [
        ((8 * HOUR_MS, 14 * HOUR_MS),),
        ((9 * HOUR_MS + HOUR_MS // 2, 12 * HOUR_MS),),
    ]
    assert (one.is_last, two.is_last) == (True, False)


def test_breaks_are_staggered_where_a_counter_has_its_own() -> None:
    noon, one_o_clock = 12 * HOUR_MS, 13 * HOUR_MS
    own = PlannedCounter(number=2, breaks=("13.00-14.00",))
    plan = StaffingPlan(open={"08.00": 2}, counters=(own,))
    day = office_day(visit(1, 245, 300, 310), breaks=((noon, one_o_clock),))
    one, two = staffed_counters(day, plan, BOTH, LETTERS, 0)
    assert one.open == ((8 * HOUR_MS, noon), (one_o_clock, 14 * HOUR_MS))
    assert two.open == ((8 * HOUR_MS, one_o_clock),)
    found = staffing([day])
    assert found.play(all_day(2), 15).whole.late == 1, "who comes in the break waits for its end"
    assert found.play(plan, 15).whole.late == 0


def test_a_counter_that_the_office_does_not_have_serves_every_service() -> None:
    plan = StaffingPlan(counters=(PlannedCounter(number=9), PlannedCounter(number=8, serves=("B",))))
    counters = staffed_counters(office_day(visit(1, 0, 0, 10)), plan, BOTH, LETTERS, 0)
    served = {counter.scope.number: counter.scope.services for counter in counters}
    assert served[9] == {1, 2}
    assert served[8] == {2}


def test_services_move_and_priority_visitors_get_their_share() -> None:
    only_b = PlannedCounter(number=2, serves=("B",))
    found = staffing([office_day(visit(1, 0, 0, 30), visit(2, 1, 1, 31), visit(3, 2, 2, 32, service=2))])
    moved = found.play(StaffingPlan(open={"08.00": 2}, counters=(only_b,)), 15)
    assert (moved.services[1].late, moved.services[2].late) == (1, 0)
    none_for_a = StaffingPlan(open={"08.00": 1}, counters=(PlannedCounter(number=1, serves=("B",)),))
    assert found.play(none_for_a, 15).unserved == 2
    crowd = [visit(n, 0, 0, 10, priority=n > 2) for n in range(1, 7)]
    shared = staffing([office_day(*crowd)], BOTH[:1])
    fair = shared.play(all_day(1), 35).whole
    plan = StaffingPlan(open={"08.00": 1}, calling=PlannedShares(priority_share=4))
    assert fair.visitors == 6
    first_four = shared.play(plan, 35)
    assert first_four.whole.late == fair.late == 2


def test_a_number_that_comes_again_is_queued_again_and_waits_once() -> None:
    first = visit(1, 0, 0, 2)
    missed = PastWait(
        ticket=first.ticket, since=first.since, counter=1, called_at=first.called_at, ended_at=first.ended_at
    )
    found = staffing([office_day(missed, visit(1, 2, 3, 13, place=QueuePosition.RETURNED))])
    late = [found.play(all_day(1), limit).whole.late for limit in (2, 3)]
    assert late == [1, 0], "two minutes of the missed call, one until the next"
    assert (found.recorded_waits(1).visitors, found.recorded_waits(1).median) == (1, 3 * 60)
    appointment = visit(1, 0, 10, 20, place=QueuePosition.APPOINTMENT)
    later = PastWait(
        ticket=WaitingTicket(
            id=1, service_id=1, queued_at=appointment.called_at, place=QueuePosition.APPOINTMENT
        ),
        since=appointment.since,
        counter=1,
        called_at=appointment.called_at,
        arrived_at=appointment.called_at,
        ended_at=appointment.ended_at,
    )
    assert staffing([office_day(later)]).recorded_waits(1).median == 0, "nobody waits before their own time"


CIW_LATE = (
    *(0.015, 0.036, 0.043, 0.046, 0.137, 0.264, 0.344, 0.400),
    *(0.440, 0.465, 0.412, 0.311, 0.255, 0.210, 0.190, 0.166),
)
"""The share that waits longer than 15 minutes, by the half-hour of its arrival, as ciw 3.2.7 has it.

6,000 days of eight hours; two counters until nobody waits; visits of eight minutes on average (exponential);
0.12 visitors a minute for two hours, 0.23 for three, 0.16 for three (Poisson).
"""
CIW_P90_MIN = (
    *(3.5, 8.0, 8.7, 9.0, 18.1, 28.0, 34.6, 40.9),
    *(45.1, 48.2, 47.0, 39.9, 34.3, 28.9, 25.8, 22.6),
)
"""The ninth decile of the same waits, in minutes."""
CIW_FIRST, CIW_OTHERS = 0.026, 0.291
"""The share of the whole day that waits longer than 15 minutes, where a fifth come before all others."""


def ciw_days(count: int, share_first: float, seed: int) -> list[PastDay]:
    chance, days = random.Random(seed), []
    for number in range(count):
        begins, at, visits = number * DAY_MS, 0.0, list[PastWait]()
        while True:
            rate = 0.12 if at < 120 else 0.23 if at < 300 else 0.16
            gap = chance.expovariate(rate)
            change = next((end for end in (120, 300) if at < end < at + gap), None)
            if change is not None:  # the rate changes before anybody comes: chance has no memory
                at = change
                continue
            if (at := at + gap) >= 480:
                break
            since, first = begins + round((480 + at) * MINUTE_MS), chance.random() < share_first
            ended = since + round(chance.expovariate(1 / 8) * MINUTE_MS)
            ticket = WaitingTicket(id=len(visits), service_id=1 + first, queued_at=since, priority=first)
            visits.append(
                PastWait(
                    ticket=ticket, since=since, counter=1, called_at=since, arrived_at=since, ended_at=ended
                )
            )
        hours = (begins + 8 * HOUR_MS, begins + 16 * HOUR_MS)
        shift = Shift(scope=BOTH[0], begin=hours[0], end=hours[1])
        days.append(PastDay(visits=tuple(visits), shifts=(shift,), policy=Calling(), hours=(hours,)))
    return days


@pytest.mark.slow
def test_waits_by_half_hour_are_those_of_ciw() -> None:
    plan = StaffingPlan(open={"08.00": 2}, calling=PlannedShares(priority_share=20, regular_share=1))
    played = staffing(ciw_days(250, 0, 1), runs=2).play(plan, 15)
    found = [each for _half_hour, each in sorted(played.half_hours.items())]
    for each, late, p90 in zip(found, CIW_LATE, CIW_P90_MIN, strict=True):
        assert each.late / each.visitors == pytest.approx(late, abs=0.06)
        assert each.p90 is not None
        assert each.p90 / 60 == pytest.approx(p90, rel=0.2, abs=1.5)
    by_service = staffing(ciw_days(250, 0.2, 2), runs=2).play(plan, 15).services
    others, first = (by_service[service].late / by_service[service].visitors for service in (1, 2))
    assert first == pytest.approx(CIW_FIRST, abs=0.015)
    assert others == pytest.approx(CIW_OTHERS, abs=0.03)
