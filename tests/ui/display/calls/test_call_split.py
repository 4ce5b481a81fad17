"""Which calls stand large and which small."""

import pytest

from tests.ui.display import samples
from ult_desktop.ui.display.calls.call_list import CallSplit, split_calls

CALLS = tuple(samples.call(20 - index, f"A{20 - index}") for index in range(12))
IDS = [call.ticket_id for call in CALLS]


def test_the_newest_stand_large_as_long_as_nobody_expected_is_left_out() -> None:
    assert split_calls(CALLS, IDS[:4], 4) == CallSplit(CALLS[:4])
    assert split_calls(CALLS[:2], IDS, 4) == CallSplit(CALLS[:2])


@pytest.mark.parametrize(
    ("open_", "large", "places"), [(5, 3, 1), (7, 3, 1), (8, 2, 2), (10, 2, 2), (12, 1, 3)]
)
def test_the_others_take_one_or_two_places(open_: int, large: int, places: int) -> None:
    split = split_calls(CALLS, IDS[:open_], 4)
    assert split == CallSplit(CALLS[:large], CALLS[large:open_], places)


def test_a_visitor_served_for_long_stays_among_the_small_ones() -> None:
    assert split_calls(CALLS, [IDS[11]], 4) == CallSplit(CALLS[:3], CALLS[11:], 1)


def test_a_low_screen_keeps_one_large_place() -> None:
    assert split_calls(CALLS, IDS, 2) == CallSplit(CALLS[:1], CALLS[1:5], 1)
