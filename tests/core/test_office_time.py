"""Which time is believed, and when something old may go."""

import pytest

from ult_desktop.core.office_time import LONGEST_SILENCE_MS, NEAR_MS, is_future, may_forget
from ult_desktop.core.stamps import DAY_MS

NOW = 1_795_400_000_000


@pytest.mark.parametrize(
    ("ago", "may"),
    [
        (0, True),
        (17 * DAY_MS, True),
        (LONGEST_SILENCE_MS, True),
        (LONGEST_SILENCE_MS + 1, False),
        (365 * DAY_MS, False),
        (-NEAR_MS, True),
        (-NEAR_MS - 1, False),
    ],
)
def test_what_is_old_goes_while_something_new_is_there(ago: int, may: bool) -> None:
    assert may_forget(NOW, NOW - ago) is may
    assert may_forget(NOW, NOW, NOW - ago) is may
    assert may_forget(NOW, 0), "a new office"


def test_a_stamp_of_the_next_hour_is_a_clock_that_runs_a_little_fast() -> None:
    assert not is_future(NOW + NEAR_MS, NOW)
    assert is_future(NOW + NEAR_MS + 1, NOW)
