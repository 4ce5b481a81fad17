"""Each call is announced once, in the order of the log, however the readings fall."""

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.display.samples import call
from ult_desktop.core.boards import Call
from ult_desktop.ui.display.call_feed import CallFeed


def log_of(seqs: range) -> tuple[Call, ...]:
    return tuple(call(seq) for seq in seqs)


def test_what_was_called_before_the_start_is_old() -> None:
    feed = CallFeed()
    assert feed.seq is None
    assert feed.take(None, (), 40) == ()
    assert feed.seq == 40
    assert feed.take(40, log_of(range(41, 43)), 42) == log_of(range(41, 43))


def test_a_second_first_reading_swallows_no_call() -> None:
    feed = CallFeed()
    feed.take(None, (), 40)
    feed.take(None, (), 41)  # asked before the first had come back; call 41 fell in between
    assert feed.take(40, log_of(range(41, 42)), 41) == log_of(range(41, 42))


def test_calls_made_by_mouth_are_passed_over() -> None:
    feed = CallFeed()
    feed.take(None, (), 0)
    assert feed.take(0, (call(1, spoken=False), call(2)), 2) == (call(2),)
    assert feed.take(2, (), 3) == ()


def test_a_restored_file_is_followed_from_its_end() -> None:
    feed = CallFeed()
    feed.take(None, (), 90)
    assert feed.take(90, (), 12) == ()
    assert feed.take(90, (), 13) == ()  # asked before the other file was noticed
    assert feed.take(12, log_of(range(13, 15)), 14) == log_of(range(13, 15))


@given(st.lists(st.sampled_from(["call", "other", "ask", "answer"]), max_size=60))
def test_any_interleaving_of_readings_gives_each_call_once_and_in_order(steps: list[str]) -> None:
    feed, log, last = CallFeed(), list[Call](), 5
    asked: deque[tuple[int | None, tuple[Call, ...], int]] = deque()
    first_read: int | None = None
    given_out: list[Call] = []

    def ask() -> None:
        nonlocal first_read
        after = feed.seq
        first_read = last if first_read is None else first_read
        asked.append((after, tuple(c for c in log if after is not None and c.seq > after), last))

    def answer() -> None:
        if asked:
            given_out.extend(feed.take(*asked.popleft()))

    for step in [*steps, "answer", *["answer"] * len(steps), "ask", "answer"]:
        if step in ("call", "other"):
            last += 1
        if step == "call":
            log.append(call(last))
        elif step == "ask":
            ask()
        elif step == "answer":
            answer()
    assert given_out == [c for c in log if c.seq > (first_read or 0)]
