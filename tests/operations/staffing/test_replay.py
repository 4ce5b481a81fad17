"""A month of an office file is played again: it waits as its report says."""

import pytest

from tests.operations.queue.test_past_waits import play, simulated, summer  # noqa: F401
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.queue import simulation
from ult_desktop.core.staffing.plan import AS_IT_WAS, PlannedCounter, StaffingPlan
from ult_desktop.db.figures import periods
from ult_desktop.operations.staffing.replay import replay

pytestmark = pytest.mark.by_engine


@pytest.mark.slow
def test_a_month_is_played_from_the_file_and_waits_as_its_report_says(summer: Scene) -> None:  # noqa: F811
    for day in simulated(summer, simulation.SimulatedOffice(counters=2, load=0.8), 3):
        play(summer, day, 2)
    month = parse_period("2026-08")
    found = replay(summer.office, month, StaffingPlan(open={"00.00": 3}), 15)
    whole = periods.of_period(summer.office.read, month, summer.clock.now).whole
    assert found.days == 3
    assert found.recorded.visitors == whole.waits.count
    assert (found.recorded.median, found.recorded.p90) == (
        whole.waits.quantile_s(0.5),
        whole.waits.quantile_s(0.9),
    )
    assert found.after.whole.late < found.before.whole.late
    assert found.before == replay(summer.office, month, AS_IT_WAS, 15).after


def test_what_the_office_does_not_have_is_refused(scene: Scene) -> None:
    month = parse_period("2026-11")
    scene.sit(1)
    scene.take()
    with pytest.raises(UserError, match="Tidak ada yang dipanggil dalam November 2026"):
        replay(scene.office, month, AS_IT_WAS, 15)
    scene.visit()
    for counter, words in (
        (PlannedCounter(number=1, serves=("Q",)), "Layanan “Q” tidak ada"),
        (PlannedCounter(number=9), "Loket 9 tidak ada"),
    ):
        with pytest.raises(UserError, match=words):
            replay(scene.office, month, StaffingPlan(counters=(counter,)), 15)
    new = StaffingPlan(counters=(PlannedCounter(number=9, serves=("A",)),))
    assert [each.counter for each in replay(scene.office, month, new, 15).after.counters] == [1, 9]
