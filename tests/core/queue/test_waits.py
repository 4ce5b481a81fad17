"""The wait that a visitor is shown: by who is there, by past visits, and by how earlier waits came true."""

from collections.abc import Sequence
from statistics import fmean

import pytest
from hypothesis import given, settings, strategies as st

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import CounterNow, HallState
from ult_desktop.core.queue.wait_range import WaitRange, round_wait, wait_words
from ult_desktop.core.queue.waits import (
    MIN_SAMPLES,
    ExpectedWait,
    Pace,
    PastServing,
    expected_waits,
    learn_pace,
)
from ult_desktop.core.stamps import MINUTE_MS

NOW = 1_000 * MINUTE_MS
TEN = [10 * MINUTE_MS] * MIN_SAMPLES
PACE = Pace(cycles={1: TEN, 2: TEN})
MIXED = Pace(cycles={1: [n * MINUTE_MS for n in range(4, 40)]})


def desk(
    *services: int, busy: int | None = None, number: int = 1, recent: tuple[bool, ...] = ()
) -> CounterNow:
    """Open, with a visitor who was called `busy` minutes ago."""
    since = None if busy is None else NOW - busy * MINUTE_MS
    scope = CounterScope(number=number, services=frozenset(services))
    return CounterNow(scope=scope, busy_since=since, service_id=services[0], recent=recent)


def visitor(
    number: int, service: int = 1, *, priority: bool = False, counter: int | None = None
) -> WaitingTicket:
    return WaitingTicket(
        id=number, service_id=service, queued_at=number, priority=priority, target_counter=counter
    )


def hall(
    *desks: CounterNow, waiting: Sequence[WaitingTicket] = (), breaks: tuple[tuple[int, int], ...] = ()
) -> HallState:
    return HallState(now=NOW, open_counters=desks, waiting=tuple(waiting), policy=Calling(), breaks=breaks)


def expected(now: HallState, pace: Pace = PACE, newcomer: WaitingTicket | None = None) -> ExpectedWait | None:
    (found,) = expected_waits(now, pace, [newcomer or visitor(99)])
    return found


def minutes(now: HallState, pace: Pace = PACE, newcomer: WaitingTicket | None = None) -> float:
    found = expected(now, pace, newcomer)
    assert found is not None
    return found.expected_ms / MINUTE_MS


def test_nothing_is_told_without_ground() -> None:
    assert expected(hall(desk(1)), Pace(cycles={1: TEN[1:]})) is None
    assert expected(hall(desk(2))) is None
    assert expected(hall()) is None


def test_who_is_at_a_counter_is_waited_for() -> None:
    assert minutes(hall(desk(1))) == 0
    assert minutes(hall(desk(1, busy=3))) == 7
    assert minutes(hall(desk(1, busy=3), waiting=[visitor(1)])) == 17
    assert minutes(hall(desk(1, busy=3), desk(1, busy=5, number=2), waiting=[visitor(1)])) == 7


def test_a_visit_that_lasts_longer_than_any_is_taken_for_a_new_one() -> None:
    assert minutes(hall(desk(1, busy=30))) == 10


def test_counters_of_several_services_delay_each_of_them() -> None:
    others = [visitor(1, service=2), visitor(2, service=2)]
    assert minutes(hall(desk(1, 2), waiting=others)) == 20
    assert minutes(hall(desk(1, 2), desk(2, number=2), waiting=others)) == 10
    unknown = Pace(cycles={1: TEN})
    assert minutes(hall(desk(1, 2), waiting=others), unknown) == 20, "as long as all the others"
    assert minutes(hall(desk(2, 1, busy=3)), unknown) == 7


def test_priority_visitors_are_called_in_their_turn() -> None:
    room = [visitor(1), visitor(2), visitor(3)]
    assert minutes(hall(desk(1), waiting=room), newcomer=visitor(99, priority=True)) == 0
    called = hall(desk(1, recent=(True,)), waiting=room)
    assert minutes(called, newcomer=visitor(99, priority=True)) == 10
    assert minutes(hall(desk(1), waiting=[visitor(1, priority=True)])) == 10


def test_priority_visitors_who_come_later_are_reckoned_with() -> None:
    often = Pace(cycles={1: TEN}, priority=0.5)
    room = [visitor(n) for n in range(1, 5)]
    assert minutes(hall(desk(1), waiting=room), often) == 40 + 4 * 0.5 * 10
    assert minutes(hall(desk(1, recent=(True,)), waiting=room), often, visitor(99, priority=True)) == 10
    assert minutes(hall(desk(1, busy=3)), often) == 7, "nobody is called before"
    sent = [visitor(n, counter=2) for n in range(1, 5)]
    assert minutes(hall(desk(1), desk(1, number=2), waiting=sent), often) == 0


def test_who_was_sent_to_a_counter_waits_for_it_alone() -> None:
    now = hall(desk(1, busy=2), desk(1, number=2))
    assert minutes(now, newcomer=visitor(99, counter=1)) == 8
    assert minutes(hall(desk(1), waiting=[visitor(1, counter=2)])) == 0


def test_the_break_is_waited_through() -> None:
    noon = (NOW + 5 * MINUTE_MS, NOW + 65 * MINUTE_MS)
    assert minutes(hall(desk(1), waiting=[visitor(1)], breaks=(noon,))) == 65


def test_each_newcomer_is_told_as_if_they_came_alone() -> None:
    now = hall(desk(1, 2, busy=4), waiting=[visitor(1)])
    both = expected_waits(now, PACE, [visitor(98), visitor(99, service=2), visitor(97, service=3)])
    assert both == [expected(now), expected(now, newcomer=visitor(99, service=2)), None]


def test_the_range_is_as_wide_as_visits_differ() -> None:
    found = expected(hall(desk(1, busy=0), waiting=[visitor(1), visitor(2)]), MIXED)
    assert found is not None
    assert found.expected_ms / MINUTE_MS == pytest.approx(3 * 21.5, rel=0.001)
    assert found.shown.low < 50
    assert found.shown.high > 80


@settings(max_examples=25)
@given(st.integers(0, 12), st.integers(1, 3))
def test_more_people_wait_longer_and_more_counters_shorter(ahead: int, counters: int) -> None:
    room = [visitor(n) for n in range(ahead)]
    desks = [desk(1, busy=1, number=n) for n in range(counters)]
    wait = minutes(hall(*desks, waiting=room), MIXED)
    assert minutes(hall(*desks, waiting=[*room, visitor(50)]), MIXED) > wait
    assert minutes(hall(*desks, desk(1, busy=1, number=9), waiting=room), MIXED) < wait


@pytest.mark.parametrize("counters", [1, 4, 30])
def test_a_long_line_which_is_played_once_is_told_like_a_short_one(counters: int) -> None:
    """The 65th who waits makes it one."""
    desks = [desk(1, busy=1 + n % 9, number=n) for n in range(counters)]
    pace = Pace(cycles=MIXED.cycles, priority=0.1)
    room = [visitor(n) for n in range(65)]
    short, long = (expected(hall(*desks, waiting=room[:count]), pace) for count in (64, 65))
    assert short is not None
    assert long is not None
    added = (long.expected_ms - short.expected_ms) / MINUTE_MS
    assert added == pytest.approx(21.5 / counters, abs=0.02 * short.expected_ms / MINUTE_MS)
    span, before = long.shown.high - long.shown.low, short.shown.high - short.shown.low
    assert abs(span - before) <= 60 / counters


def turn(
    called: int,
    ended: int,
    *,
    since: int = 0,
    shown: tuple[int, int, int] = (0, 0, 0),
    priority: bool = False,
) -> PastServing:
    """Return a turn. Times are in minutes; `shown` are the model's mean and the range."""
    model, low, high = shown
    times = (called * MINUTE_MS, ended * MINUTE_MS, since * MINUTE_MS)
    return PastServing(1, 1, *times, model * MINUTE_MS, low, high, priority)


def test_a_cycle_ends_with_the_next_call() -> None:
    turns = [turn(10, 20), turn(22, 30, since=15), turn(90, 95, since=90), turn(97, 99, since=80)]
    assert learn_pace(turns, {}).cycles == {1: [4 * MINUTE_MS, 7 * MINUTE_MS, 10 * MINUTE_MS, 12 * MINUTE_MS]}
    assert learn_pace([turn(10, 20)], {}).cycles == {1: [10 * MINUTE_MS]}
    assert learn_pace([], {}).cycles == {}


def test_an_office_without_turns_takes_the_minutes_of_its_settings() -> None:
    waiting = hall(desk(1, 2, busy=0), waiting=[visitor(n) for n in range(3)])
    first = learn_pace([], {1: 12})
    found = expected(waiting, first)
    assert found is not None
    assert found.expected_ms / MINUTE_MS == pytest.approx(4 * 12.7, rel=0.1)
    assert found.shown.low < 45 < 55 < found.shown.high
    assert expected(waiting, first, visitor(99, service=2)) is None, "nobody said how long it takes"
    assert expected(waiting, learn_pace([], {})) is None


def test_real_turns_replace_the_minutes_of_the_settings() -> None:
    def mean(count: int) -> float:
        times = learn_pace([turn(10 * n, 10 * n + 8) for n in range(count)], {1: 20}).cycles[1]
        return fmean(times) / MINUTE_MS

    assert mean(0) == pytest.approx(20.7, abs=0.1)
    assert mean(0) > mean(10) > mean(50) > mean(100) == 8


def test_how_many_are_priority_visitors_is_learned() -> None:
    turns = [turn(n, n + 1, priority=n % 4 == 0) for n in range(100)]
    assert learn_pace(turns, {}).priority == 0.25
    assert 0.05 < learn_pace([], {}).priority < learn_pace(turns[:8], {}).priority < 0.25


def told_turns(count: int, waited: int, shown: tuple[int, int, int] = (20, 15, 25)) -> list[PastServing]:
    return [turn(100 + n + waited, 101 + n + waited, since=100 + n, shown=shown) for n in range(count)]


def test_words_that_were_not_kept_widen_the_range_and_kept_ones_narrow_it() -> None:
    kept, late, early = (learn_pace(told_turns(10, waited), {}) for waited in (20, 26, 14))
    assert kept.error == 1
    first = learn_pace([], {}).above
    assert kept.above == kept.below < first
    assert (late.above > first, late.below) == (True, kept.below)
    assert (early.below > first, early.above) == (True, kept.above)
    assert learn_pace(told_turns(200, 26), {}).above == 3
    assert learn_pace(told_turns(200, 20), {}).above == 0.2
    assert learn_pace([*told_turns(300, 26), *told_turns(300, 21)], {}).above == 0.2, "the latest turns alone"


def test_what_waits_were_longer_than_expected_is_added() -> None:
    assert 1.05 < learn_pace(told_turns(20, 40), {}).error < 1.15
    slow, right = told_turns(100, 40), told_turns(100, 20)
    assert 1.1 < learn_pace([*slow, *right], {}).error < learn_pace([*right, *slow], {}).error < 1.5, (
        "the latest count most"
    )
    assert learn_pace(told_turns(300, 100), {}).error == 2
    assert learn_pace(told_turns(300, 1), {}).error == 0.5
    assert learn_pace([turn(10, 20, since=5)], {}).error == 1
    now = hall(desk(1, busy=3), waiting=[visitor(1)])
    found = expected(now, Pace(cycles={1: TEN}, error=1.5))
    assert found is not None
    assert (found.model_ms, found.expected_ms) == (17 * MINUTE_MS, 25.5 * MINUTE_MS)


@pytest.mark.parametrize(
    ("low", "mean", "high", "shown"),
    [
        (0, 0.5, 3, WaitRange(0, 0)),
        (0, 2, 4, WaitRange(0, 5)),
        (11, 15, 22, WaitRange(10, 20)),
        (10, 10, 10, WaitRange(10, 15)),
        (10, 9, 10, WaitRange(5, 10)),
        (33, 50, 71, WaitRange(30, 70)),
        (80, 110, 140, WaitRange(90, 150)),
        (-5, 3, 8, WaitRange(0, 10)),
    ],
)
def test_a_range_is_told_in_steps(low: float, mean: float, high: float, shown: WaitRange) -> None:
    assert round_wait(low * MINUTE_MS, mean * MINUTE_MS, high * MINUTE_MS) == shown


def test_a_wait_at_either_end_is_within_the_range() -> None:
    shown = WaitRange(10, 20)
    assert [shown.contains(n) for n in (599_999, 600_000, 1_200_000, 1_200_001)] == [False, True, True, False]
    assert (wait_words(shown), wait_words(WaitRange(0, 0)), wait_words(None)) == ("10–20 menit", "", "")
