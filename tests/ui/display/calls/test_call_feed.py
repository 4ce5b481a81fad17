"""Each call is announced once, in the order of the log, however the readings fall."""

from collections import deque

from hypothesis import given, strategies as st

from tests.ui.display.samples import call
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.announcements import CallFeed


def log_of(seqs: range) -> tuple[Call, ...]:
    return tuple(call(seq) for seq in seqs)


def test_what_was_called_before_the_start_is_old() -> None:
    feed = CallFeed()
    assert feed.take(feed.seq, (), 40) == ()
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


class Readings:
    """A log that grows while readings are under way; they come back in the order they were asked."""

    def __init__(self) -> None:
        self.feed = CallFeed()
        self.last = 5
        self.log: list[Call] = []
        self.given_out: list[Call] = []
        self.known_from: int | None = None
        self._asked: deque[tuple[int | None, tuple[Call, ...], int]] = deque()

    def call(self) -> None:
        self.last += 1
        self.log.append(call(self.last))

    def other(self) -> None:
        self.last += 1

    def ask(self) -> None:
        after = self.feed.seq
        self.known_from = self.last if self.known_from is None else self.known_from
        newer = tuple(each for each in self.log if after is not None and each.seq > after)
        self._asked.append((after, newer, self.last))

    def answer(self) -> None:
        if self._asked:
            self.given_out.extend(self.feed.take(*self._asked.popleft()))


@given(st.lists(st.sampled_from(["call", "other", "ask", "answer"]), max_size=60))
def test_any_interleaving_of_readings_gives_each_call_once_and_in_order(steps: list[str]) -> None:
    readings = Readings()
    for step in [*steps, *["answer"] * len(steps), "ask", "answer"]:
        getattr(readings, step)()
    assert readings.given_out == [each for each in readings.log if each.seq > (readings.known_from or 0)]
