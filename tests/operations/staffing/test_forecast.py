"""Next week is foretold from the days that the figures know, without closed days and today."""

from datetime import date, timedelta

import pytest

from tests.operations.office.test_office_changes import Chief
from tests.operations.scene import Scene
from ult_desktop.core.office.template import Closure
from ult_desktop.core.staffing.forecast import ENOUGH_DAYS
from ult_desktop.operations.staffing.forecast import next_week
from ult_desktop.operations.staffing.reports import forecast_report

pytestmark = pytest.mark.by_engine


def test_a_week_is_foretold_from_the_offices_own_days(scene: Scene) -> None:
    Chief(scene).settle(closures=(Closure(date(2026, 12, 25), "Rapat kerja"),))
    first = date(2026, 11, 24)
    every = [first + timedelta(n) for n in range(23)]
    worked = [day for day in every if day.weekday() < 5]
    for day in worked:
        for hour in (9, 9, 9, 10):
            scene.set_time(f"{day:%Y-%m-%d} {hour:02}:00")
            scene.take()
    scene.set_time("2026-12-17 12:00")
    found = next_week(scene.office)
    assert found.known >= ENOUGH_DAYS
    monday, *_others = found.days
    assert (monday.day, len(found.days)) == (date(2026, 12, 21), 7)
    assert monday.whole is not None
    assert monday.whole.contains(4)
    assert (monday.hours[9].low, monday.hours[9].high) == (3, 3)
    assert (monday.hours[8].low, monday.hours[8].high) == (0, 0)
    closed = found.days[4]
    assert (closed.whole, closed.closed) == (None, "Rapat kerja")
    by_day, by_hour = forecast_report(scene.office, found).parts
    assert by_day.rows[4] == ("Jumat, 25/12/2026", None, None, None, "Rapat kerja")
    assert by_hour.rows[8][:2] == ("08.00", "0")
