"""Each call is announced once, in the order of the log, however the readings fall."""

from collections import deque

from hypothesis import given, strategies as st

from tests.ui.display.samples import call
from ult_desktop.core.queue.boards import Call, CallNews
from ult_desktop.ui.display.calls.announcements import CallFeed


def news(after: int | None, last_seq: int, *calls: Call) -> CallNews:
    return CallNews(after=after, calls=calls, last_seq=last_seq)


def test_what_was_called_before_the_start_is_old() -> None:
    feed = CallFeed()
    assert feed.take(news(feed.seq, 40)) == ()
    assert feed.seq == 40
    assert feed.take(news(40, 42, call(41), call(42))) == (call(41), call(42))


def test_a_second_first_reading_swallows_no_call() -> None:
    feed = CallFeed()
    feed.take(news(None, 40))
    feed.take(news(None, 41))  # asked before the first had come back; call 41 fell in between
    assert feed.take(news(40, 41, call(41))) == (call(41),)


def test_calls_made_by_mouth_are_passed_over() -> None:
    feed = CallFeed()
    feed.take(news(None, 0))
    assert feed.take(news(0, 2, call(1, spoken=False), call(2))) == (call(2),)
    assert feed.take(news(2, 3)) == ()


def test_a_restored_file_is_followed_from_its_end() -> None:
    feed = CallFeed()
    feed.take(news(None, 90))
    assert feed.take(news(90, 12)) == ()
    assert feed.take(news(90, 13)) == ()  # asked before the other file was noticed
    assert feed.take(news(12, 14, call(13), call(14))) == (call(13), call(14))


def test_an_older_reading_that_comes_late_is_no_restored_file() -> None:
    feed = CallFeed()
    feed.take(news(None, 90))
    assert feed.take(news(90, 95, call(95))) == (call(95),)
    assert feed.take(news(90, 93)) == ()
    assert feed.take(news(95, 97, call(96))) == (call(96),)


class Readings:
    """A log that grows while readings are under way; urgent ones overtake those that wait for the worker."""

    def __init__(self) -> None:
        self.feed = CallFeed()
        self.last = 5
        self.log: list[Call] = []
        self.given_out: list[Call] = []
        self.known_from: int | None = None
        self._asked: deque[CallNews] = deque()
        self._found: deque[CallNews] = deque()

    def call(self) -> None:
        self.last += 1
        self.log.append(call(self.last))

    def other(self) -> None:
        self.last += 1

    def ask(self) -> None:
        self.known_from = self.last if self.known_from is None else self.known_from
        self._asked.append(news(self.feed.seq, self.last, *self._new()))

    def answer(self) -> None:
        if self._asked:
            self.given_out.extend(self.feed.take(self._asked.popleft()))

    def look(self) -> None:
        if new := self._new():
            self._found.append(news(self.feed.seq, new[-1].seq, *new))

    def tell(self) -> None:
        if self._found:
            self.given_out.extend(self.feed.take(self._found.popleft()))

    def _new(self) -> tuple[Call, ...]:
        after = self.feed.seq
        return () if after is None else tuple(each for each in self.log if each.seq > after)


@given(st.lists(st.sampled_from(["call", "other", "ask", "answer", "look", "tell"]), max_size=60))
def test_any_interleaving_of_readings_gives_each_call_once_and_in_order(steps: list[str]) -> None:
    readings = Readings()
    for step in [*steps, *["answer", "tell"] * len(steps), "ask", "answer"]:
        getattr(readings, step)()
    assert readings.given_out == [each for each in readings.log if each.seq > (readings.known_from or 0)]
