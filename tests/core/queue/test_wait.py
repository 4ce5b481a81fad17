"""The expected wait: from measured visits, or nothing."""

from hypothesis import given, strategies as st

from ult_desktop.core.queue.calling_order import MIN_SAMPLES, expected_wait, shared_load
from ult_desktop.core.stamps import MINUTE_MS

TIMES = [10 * MINUTE_MS] * MIN_SAMPLES


def test_no_number_without_data_or_counters() -> None:
    assert expected_wait(3, TIMES[1:], 2) is None
    assert expected_wait(3, TIMES, 0) is None
    assert expected_wait(3, [], 1) is None


def test_people_times_duration_over_counters() -> None:
    assert expected_wait(4, TIMES, 1) == 40
    assert expected_wait(4, TIMES, 2) == 20
    assert expected_wait(0, TIMES, 2) == 0


def test_one_endless_visit_does_not_count() -> None:
    assert expected_wait(1, [*TIMES, 240 * MINUTE_MS], 1) == 10


@given(
    st.integers(0, 200), st.lists(st.integers(0, 8 * 60 * MINUTE_MS), min_size=MIN_SAMPLES), st.integers(1, 9)
)
def test_more_people_wait_longer_and_more_counters_shorter(
    ahead: int, times: list[int], counters: int
) -> None:
    wait, longer = expected_wait(ahead, times, counters), expected_wait(ahead + 1, times, counters)
    shorter = expected_wait(ahead, times, counters + 1)
    assert wait is not None
    assert longer is not None
    assert shorter is not None
    assert 0 <= shorter <= wait <= longer


def test_services_at_one_counter_delay_one_another() -> None:
    everything, only_first = (1, 2), (1,)
    assert shared_load(1, {1: 3}, [only_first]) == 3
    assert shared_load(1, {1: 3, 2: 4}, [everything]) == 7
    assert shared_load(1, {1: 3, 2: 4}, [only_first]) == 3, "nobody serves the others anywhere"


def test_who_can_go_elsewhere_counts_by_share() -> None:
    assert shared_load(1, {1: 2, 2: 4}, [(1, 2), (2,)]) == 2 + 4 / 2


@given(
    st.dictionaries(st.integers(1, 4), st.integers(0, 30)),
    st.lists(st.frozensets(st.integers(1, 4)), max_size=5),
)
def test_the_load_is_never_more_than_all_who_wait(
    waiting: dict[int, int], open_counters: list[frozenset[int]]
) -> None:
    assert 0 <= shared_load(1, waiting, open_counters) <= sum(waiting.values())
