"""The cheapest plans: they keep the wait, cost less than all day alike, and can be printed."""

import pytest

from tests.core.queue.test_backtest import simulated
from tests.core.staffing.test_replay import all_day, office_day, staffing, visit
from ult_desktop.core.staffing.plan import AS_IT_WAS, StaffingPlan
from ult_desktop.core.staffing.search import cheapest_plans, found_plan, shifts_by_place


@pytest.mark.slow
def test_the_cheapest_plans_keep_the_wait_and_cost_less_than_all_day() -> None:
    found = staffing(simulated(3, 0.8, 10), runs=4)
    told: list[float] = []

    def tell(part: float) -> bool:
        told.append(part)
        return True

    plans = cheapest_plans(found, AS_IT_WAS, 15, 90, tell)
    assert told == sorted(told)
    assert told[-1] == 1
    for plan in plans:
        whole = plan.played.whole
        assert whole.late <= 0.1 * whole.visitors
        assert plan.played == found.play(StaffingPlan(open=plan.open), 15)
    assert [plan.cost for plan in plans] == sorted(plan.cost for plan in plans)
    constant = (found_plan(all_day(n), found.play(all_day(n), 15), found.days) for n in range(1, 9))
    enough = next(each for each in constant if each.played.whole.late <= 0.1 * each.played.whole.visitors)
    assert plans[0].cost < enough.cost
    assert cheapest_plans(found, AS_IT_WAS, 15, 90) == plans, "the same question, the same answer"
    ended = cheapest_plans(found, AS_IT_WAS, 15, 90, lambda part: part < 0.05)
    assert ended == ()


def test_a_small_day_is_searched_whole_by_hand() -> None:
    """Two come at eight, each for twenty minutes: two counters in the first half-hour, and none later."""
    day = office_day(visit(1, 0, 0, 20), visit(2, 0, 0, 20))
    found = staffing([day], runs=1)
    (best, *_others) = cheapest_plans(found, AS_IT_WAS, 1, 100)
    assert (best.open, best.most, best.cost) == ({"08.00": 2, "08.30": 0}, 2, 2)
    assert shifts_by_place(found.slots, best) == (("08.00–08.30",), ("08.00–08.30",))


def test_no_plan_keeps_what_none_can() -> None:
    crowd = staffing([office_day(*(visit(n, 0, 0, 60) for n in range(1, 60)))], runs=1)
    assert cheapest_plans(crowd, AS_IT_WAS, 1, 100) == ()
