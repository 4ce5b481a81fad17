"""The rates at which a kiosk asks or refuses."""

import pytest

from ult_desktop.core.queue.rates import Rate

TWICE = Rate(times=2, seconds=60)


@pytest.mark.parametrize(
    ("moments", "reached"),
    [((), False), ((100.0,), False), ((100.0, 101.0), True), ((60.0, 101.0), False), ((61.0, 101.0), True)],
)
def test_only_what_is_not_long_ago_counts(moments: tuple[float, ...], reached: bool) -> None:
    assert TWICE.is_reached(moments, now=120.0) is reached
