"""Small numbers of people are not told, and cannot be worked out from the sum."""

from hypothesis import given, strategies as st

from ult_desktop.core.figures.tables import hide_small


@given(st.lists(st.integers(0, 12), max_size=8))
def test_what_is_shown_tells_nothing_of_what_is_hidden(counts: list[int]) -> None:
    shown = hide_small(counts, 5)
    told = [count for count in shown if count]
    hidden = [count for count, value in zip(counts, shown, strict=True) if value is None]
    assert all(value in (None, count) for count, value in zip(counts, shown, strict=True))
    assert all(count >= 5 for count in told)
    assert len(hidden) != 1 or not told


def test_the_next_smallest_goes_with_one_that_would_be_alone() -> None:
    assert hide_small((3, 9, 6, 0), 5) == (None, 9, None, 0)
    assert hide_small((3, 9, 6, 2), 5) == (None, 9, 6, None)
    assert hide_small((3, 9, 6, 1), 5) == (None, 9, None, None), "they are four together"
    assert hide_small((3, 0), 5) == (None, 0)
    assert hide_small((9, 6), 5) == (9, 6)
