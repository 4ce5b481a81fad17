"""The moment that is promised, from what was typed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.phone.page import promised_stamp

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("day", "clock", "promised"),
    [
        (None, None, None),
        (None, time(10, 41), NOW.replace(hour=10)),
        (date(2026, 11, 24), time(8, 0), datetime(2026, 11, 24, 8, tzinfo=NOW.tzinfo)),
    ],
)
def test_an_hour_alone_is_todays(day: date | None, clock: time | None, promised: datetime | None) -> None:
    wanted = None if promised is None else to_stamp(promised)
    assert promised_stamp({"day": day, "clock": clock}, NOW) == wanted
