"""The calling order: turns, the bound on waiting, and the places of those who come back."""

from collections.abc import Sequence

from hypothesis import given, strategies as st

from tests.examples import examples
from ult_desktop.core.office.template import LONGEST_RUN, Calling
from ult_desktop.core.queue.calling_order import (
    CounterScope,
    WaitingTicket,
    call_shares,
    callable_at,
    next_ticket,
    queued_after,
)
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.db.queue.servings import RECENT_CALLS

SERVICES = st.integers(1, 3)
PLACES = st.sampled_from(QueuePosition)
SHARES = st.one_of(st.integers(1, 4), st.just(LONGEST_RUN))
POLICIES = st.builds(Calling, priority_share=SHARES, regular_share=SHARES, priority_counter_run=SHARES)
DESKS = st.builds(
    CounterScope,
    number=st.integers(1, 3),
    services=st.frozensets(SERVICES, min_size=1),
    priority=st.booleans(),
)
DESK = CounterScope(number=1, services=frozenset({1}))
PRIORITY_DESK = CounterScope(number=4, services=frozenset({1}), priority=True)


def ticket(
    number: int,
    *,
    at: int | None = None,
    service: int = 1,
    priority: bool = False,
    place: QueuePosition = QueuePosition.FRESH,
) -> WaitingTicket:
    moment = number * 10 if at is None else at
    return WaitingTicket(id=number, service_id=service, queued_at=moment, place=place, priority=priority)


@st.composite
def waiting_rooms(draw: st.DrawFn, services: st.SearchStrategy[int] = SERVICES) -> list[WaitingTicket]:
    drawn = draw(st.lists(st.tuples(services, st.integers(0, 50), PLACES, st.booleans()), max_size=12))
    return [
        WaitingTicket(id=n, service_id=service, queued_at=at, place=place, priority=priority)
        for n, (service, at, place, priority) in enumerate(drawn, 1)
    ]


def order_of_calls(room: Sequence[WaitingTicket], desk: CounterScope, policy: Calling) -> list[int]:
    """Whom one counter calls until nobody is left for it."""
    left, recent, called = list(room), list[bool](), list[int]()
    while (chosen := next_ticket(left, desk, recent[:RECENT_CALLS], policy)) is not None:
        left.remove(chosen)
        recent.insert(0, chosen.priority)
        called.append(chosen.id)
    return called


@given(waiting_rooms(), DESKS, POLICIES)
def test_a_counter_calls_everybody_it_may_and_nobody_else(
    room: list[WaitingTicket], desk: CounterScope, policy: Calling
) -> None:
    mine = {t.id for t in room if t.service_id in desk.services}
    called = order_of_calls(room, desk, policy)
    assert sorted(called) == sorted(mine)


@given(waiting_rooms(), DESKS, POLICIES)
def test_within_a_kind_the_oldest_comes_first(
    room: list[WaitingTicket], desk: CounterScope, policy: Calling
) -> None:
    by_id = {t.id: t for t in room}
    called = [by_id[number] for number in order_of_calls(room, desk, policy)]
    for kind in (True, False):
        keys = [t.key for t in called if t.priority is kind]
        assert keys == sorted(keys)


def test_a_ticket_sent_to_a_counter_belongs_to_it_alone() -> None:
    directed = WaitingTicket(id=1, service_id=9, queued_at=5, target_counter=2)
    room = [ticket(2), directed]
    assert callable_at(DESK, room) == [ticket(2)]
    assert callable_at(CounterScope(number=2, services=frozenset({1})), room) == [directed, ticket(2)]


def test_nobody_to_call() -> None:
    assert next_ticket([ticket(1, service=2)], DESK, [], Calling()) is None


def test_one_priority_one_regular_in_turn() -> None:
    room = [ticket(n, priority=n > 3) for n in range(1, 7)]
    assert order_of_calls(room, DESK, Calling()) == [4, 1, 5, 2, 6, 3]


def test_the_ratio_is_the_offices() -> None:
    room = [ticket(n, priority=n > 6) for n in range(1, 9)]
    policy = Calling(priority_share=1, regular_share=3)
    assert order_of_calls(room, DESK, policy) == [7, 1, 2, 3, 8, 4, 5, 6]


def test_a_priority_counter_takes_priority_first_but_not_for_ever() -> None:
    room = [ticket(n, priority=n > 2) for n in range(1, 9)]
    policy = Calling(priority_counter_run=3)
    assert order_of_calls(room, PRIORITY_DESK, policy) == [3, 4, 5, 1, 6, 7, 8, 2]


def test_a_run_before_the_other_kind_came_counts() -> None:
    assert next_ticket([ticket(1), ticket(2, priority=True)], DESK, [False] * 5, Calling()) == ticket(
        2, priority=True
    )
    assert next_ticket([ticket(1), ticket(2, priority=True)], DESK, [True] * 5, Calling()) == ticket(1)


class WatchedTicket:
    """A waiting ticket at one counter: how many of its kind stood before it, how often was called since."""

    def __init__(self, waiting: WaitingTicket, before: int) -> None:
        self.waiting = waiting
        self.before = before
        self.calls = 0


@examples(300)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.tuples(
                st.booleans(), SERVICES, st.integers(0, 6), PLACES, st.sampled_from((None, None, 1, 2))
            ),
        ),
        max_size=120,
    ),
    DESKS,
    POLICIES,
    st.lists(st.booleans(), max_size=RECENT_CALLS),
)
def test_nobody_waits_for_ever(
    steps: list[tuple[bool, int, int, QueuePosition, int | None] | None],
    desk: CounterScope,
    policy: Calling,
    recent: list[bool],
) -> None:
    """The bound in the docstring of `core.queue`, over random arrivals, early places and calls."""
    room: list[WaitingTicket] = []
    watched: dict[int, WatchedTicket] = {}
    most_priority, most_regular = call_shares(desk, policy)
    for now, step in enumerate(steps):
        if step is not None:
            priority, service, back, place, target = step
            came = WaitingTicket(
                id=now,
                service_id=service,
                queued_at=now - back,
                place=place,
                priority=priority,
                target_counter=target,
            )
            room.append(came)
            mine = [t for t in callable_at(desk, room) if t.priority is priority]
            for other in watched.values():
                other.before += (
                    came in mine and other.waiting.priority is priority and came.key < other.waiting.key
                )
            if came in mine:
                watched[now] = WatchedTicket(came, mine.index(came))
            continue
        chosen = next_ticket(room, desk, recent[:RECENT_CALLS], policy)
        if chosen is None:
            continue
        room.remove(chosen)
        recent.insert(0, chosen.priority)
        del watched[chosen.id]
        for left in watched.values():
            left.calls += 1
            most = most_regular if left.waiting.priority else most_priority
            assert left.calls < (left.before + 1) * (most + 1)


def test_the_longest_share_still_ends() -> None:
    """A counter remembers its calls further back than the longest run."""
    policy = Calling(priority_share=LONGEST_RUN)
    room = [ticket(n, priority=n > 1) for n in range(1, 2 * LONGEST_RUN)]
    assert order_of_calls(room, DESK, policy).index(1) == LONGEST_RUN


def with_returned(room: Sequence[WaitingTicket], number: int, count: int, now: int) -> list[int]:
    came_back = ticket(number, at=queued_after(room, count, now), place=QueuePosition.RETURNED)
    return [t.id for t in sorted([*room, came_back], key=lambda t: t.key)]


def test_a_returned_visitor_stands_behind_three() -> None:
    room = [ticket(n) for n in range(2, 7)]
    assert with_returned(room, 1, 3, now=99) == [2, 3, 4, 1, 5, 6]


def test_with_fewer_waiting_a_returned_visitor_is_last() -> None:
    room = [ticket(2), ticket(3)]
    assert with_returned(room, 1, 3, now=99) == [2, 3, 1]
    assert with_returned([*room, ticket(4, at=100)], 1, 9, now=99) == [2, 3, 1, 4]
    assert with_returned([], 1, 3, now=99) == [1]


def test_an_office_may_put_them_first() -> None:
    assert with_returned([ticket(2), ticket(3)], 9, 0, now=99) == [9, 2, 3]
    assert queued_after([], 0, now=99) == 99


@given(st.lists(st.integers(1, 9), max_size=12), st.permutations(range(100, 120)), st.integers(1, 5))
def test_returned_visitors_stand_behind_as_many_each(
    gaps: list[int], coming_back: list[int], count: int
) -> None:
    """Also when several came back before to the same place, whatever their ids."""
    room = [ticket(n, at=sum(gaps[:n]) * 100) for n in range(1, len(gaps) + 1)]
    for now, number in enumerate(coming_back[:6], 100 * sum(gaps) + 100):
        at = queued_after(room, count, now)
        me = ticket(number, at=at, place=QueuePosition.RETURNED)
        before = sum(t.key < me.key for t in room)
        same = sum(t.queued_at == at and t.place is QueuePosition.RETURNED for t in room)
        most = len(room) if len(room) < count else count + same
        assert min(count, len(room)) <= before <= most
        room.append(me)
