"""The ids of requests: UUIDs of version 7, in the order in which they were made."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

import pytest

from ult_desktop.operations.request_ids import new_id


def test_ids_are_of_version_7_and_tell_their_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_a_later_id_sorts_after_an_earlier_one_even_where_the_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = [new_id() for _ in range(1000)]
    hour_ago = time.time_ns() - 3_600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: hour_ago)
    ids += [new_id() for _ in range(1000)]
    assert ids == sorted(set(ids))


def test_no_two_threads_make_the_same_id_or_moment() -> None:
    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(lambda _n: new_id(), range(4000)))
    assert len({each[:18] for each in ids}) == len(ids)
