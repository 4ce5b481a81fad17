"""A hall whose time runs: it calls as a counter does, and its queues are as long as theory says."""

import math
import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given

from tests.core.queue.test_calling_order import DESKS, POLICIES, order_of_calls, ticket, waiting_rooms
from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import Hall

Called = list[tuple[int, int, int]]


def noted(called: Called, span: int = 10) -> Callable[[WaitingTicket, int, int], int]:
    """Each visit takes `span`; ticket, counter and time are noted."""

    def call(each: WaitingTicket, desk: int, at: int) -> int:
        called.append((each.id, desk, at))
        return at + span

    return call


def scope(number: int, *services: int) -> CounterScope:
    return CounterScope(number=number, services=frozenset(services))


@given(waiting_rooms(), DESKS, POLICIES)
def test_one_counter_calls_as_it_does_at_work(
    room: list[WaitingTicket], desk: CounterScope, policy: Calling
) -> None:
    called: Called = []
    hall = Hall([desk], room, policy)
    hall.begin([0], [()])
    hall.run(noted(called))
    assert [each for each, _desk, _at in called] == order_of_calls(room, desk, policy)


def test_who_was_set_aside_goes_on_first() -> None:
    room = [
        ticket(1, priority=True),
        ticket(2),
        WaitingTicket(id=3, service_id=1, queued_at=90, resumed=True),
    ]
    called: Called = []
    hall = Hall([scope(1, 1)], room, Calling())
    hall.begin([0], [()])
    hall.run(noted(called))
    assert [each for each, _desk, _at in called] == [3, 1, 2]


def test_each_counter_calls_for_its_services_when_it_is_free() -> None:
    called: Called = []
    hall = Hall([scope(1, 1), scope(2, 1, 2)], [ticket(1, service=2), ticket(2), ticket(3)], Calling())
    hall.begin([5, 0], [(), ()])
    hall.run(noted(called))
    assert called == [(1, 1, 0), (2, 0, 5), (3, 1, 10)]


def test_nobody_is_called_in_a_break_and_who_is_served_is_served_to_the_end() -> None:
    called: Called = []
    hall = Hall([scope(1, 1)], [ticket(1), ticket(2)], Calling(), breaks=((5, 60),))
    hall.begin([0], [()])
    hall.run(noted(called))
    assert called == [(1, 0, 0), (2, 0, 60)]


def test_a_counter_without_visitors_calls_who_comes() -> None:
    called: Called = []
    visitors = [ticket(1, at=3), ticket(2, at=4), ticket(3, at=90, service=2)]
    hall = Hall([scope(1, 1), scope(2, 2)], (), Calling())
    hall.begin([0, 0], [(), ()])
    for each in visitors:
        hall.run(noted(called), each.queued_at)
        hall.add(each, each.queued_at)
    hall.run(noted(called))
    assert called == [(1, 0, 3), (2, 0, 13), (3, 1, 90)]


def test_a_hall_starts_again_without_who_came_while_it_ran() -> None:
    hall = Hall([scope(1, 1)], [ticket(1)], Calling())
    runs: list[Called] = [[], []]
    for called in runs:
        hall.begin([0], [()])
        hall.add(ticket(2, at=3, priority=True), 3)
        hall.run(noted(called))
    assert runs[0] == runs[1] == [(2, 0, 0), (1, 0, 10)]


def mean_wait(counters: int, load: float, visitors: int, seed: int) -> float:
    """Return the mean wait of a hall with exponential times; a visit takes 1,000,000 on average."""
    chance = random.Random(seed)
    at, room = 0.0, []
    for number in range(visitors):
        at += chance.expovariate(load * counters) * 1_000_000
        room.append(WaitingTicket(id=number, service_id=1, queued_at=round(at)))
    waited = 0

    def call(each: WaitingTicket, _desk: int, at: int) -> int:
        nonlocal waited
        waited += at - each.queued_at
        return at + round(chance.expovariate(1) * 1_000_000)

    hall = Hall([scope(number, 1) for number in range(counters)], (), Calling())
    hall.begin([0] * counters, [()] * counters)
    for each in room:
        hall.run(call, each.queued_at)
        hall.add(each, each.queued_at)
    hall.run(call)
    return waited / visitors / 1_000_000


def erlang_c(counters: int, load: float) -> float:
    """The mean wait of that hall, in visits."""
    offered = counters * load
    terms = [offered**n / math.factorial(n) for n in range(counters)]
    last = offered**counters / math.factorial(counters) / (1 - load)
    return last / (sum(terms) + last) / (counters * (1 - load))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("counters", "load"),
    [(2, 0.6), *(pytest.param(*each, marks=pytest.mark.slow_night) for each in ((1, 0.5), (3, 0.7)))],
)
def test_queues_are_as_long_as_erlang_says(counters: int, load: float) -> None:
    runs: Sequence[float] = [mean_wait(counters, load, 100_000, seed) for seed in range(4)]
    assert sum(runs) / len(runs) == pytest.approx(erlang_c(counters, load), rel=0.01)
