"""The place that is told is the number of those who are really called before."""

from collections.abc import Sequence

from hypothesis import given, strategies as st

from tests.core.queue.test_calling_order import POLICIES, SERVICES, ticket
from tests.examples import examples
from ult_desktop.core.office.template import LONGEST_RUN, Calling
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket, next_ticket
from ult_desktop.core.queue.hall import CounterNow, HallState
from ult_desktop.core.queue.places import places_in_line
from ult_desktop.core.queue.ticket import QueuePosition

TARGETS = st.sampled_from((None, None, None, 1, 2))


def desk(number: int, *services: int, busy: int | None = None, recent: tuple[bool, ...] = ()) -> CounterNow:
    scope = CounterScope(number=number, services=frozenset(services))
    return CounterNow(scope=scope, busy_since=busy, recent=recent)


def hall(
    *desks: CounterNow,
    waiting: Sequence[WaitingTicket],
    closed: tuple[CounterNow, ...] = (),
    policy: Calling | None = None,
) -> HallState:
    return HallState(
        now=0, open_counters=desks, waiting=tuple(waiting), policy=policy or Calling(), closed_counters=closed
    )


@st.composite
def halls(draw: st.DrawFn) -> HallState:
    kinds = st.tuples(
        SERVICES, st.integers(0, 50), st.sampled_from(QueuePosition), st.booleans(), TARGETS, st.booleans()
    )
    waiting = [
        WaitingTicket(
            id=number,
            service_id=service,
            queued_at=at,
            place=place,
            priority=priority,
            target_counter=target,
            resumed=resumed and not priority,
        )
        for number, (service, at, place, priority, target, resumed) in enumerate(
            draw(st.lists(kinds, max_size=20)), 1
        )
    ]
    scopes = st.frozensets(SERVICES, min_size=1)
    busy = st.one_of(st.none(), st.integers(1, 9))
    recent = st.lists(st.booleans(), max_size=LONGEST_RUN).map(tuple)
    drawn = draw(st.lists(st.tuples(scopes, st.booleans(), busy, recent, st.booleans()), max_size=5))
    desks: dict[bool, list[CounterNow]] = {True: [], False: []}
    for number, (services, priority, since, kinds_called, is_open) in enumerate(drawn, 1):
        scope = CounterScope(number=number, services=services, priority=priority)
        desks[is_open].append(CounterNow(scope=scope, busy_since=since, recent=kinds_called))
    return hall(*desks[True], waiting=waiting, closed=tuple(desks[False]), policy=draw(POLICIES))


def really_called(now: HallState, desks: Sequence[CounterNow]) -> list[WaitingTicket]:
    """The tickets in the order in which `desks` call them, each by the rule of the button, in turn."""
    left, called = list(now.waiting), list[WaitingTicket]()
    recent = {desk.scope.number: list(desk.recent) for desk in desks}
    turns = sorted(desks, key=lambda desk: (desk.busy_since or 0, desks.index(desk)))
    while True:
        before = len(called)
        for desk in turns:
            kinds = recent[desk.scope.number]
            chosen = next_ticket(left, desk.scope, kinds, now.policy)
            if chosen is not None:
                left.remove(chosen)
                called.append(chosen)
                kinds.insert(0, chosen.priority)
        if len(called) == before:
            return called


def counters_of(desks: Sequence[CounterNow], ticket: WaitingTicket) -> set[int]:
    return {desk.scope.number for desk in desks if desk.scope.may_call(ticket)}


@examples(300)
@given(halls())
def test_as_many_are_called_before_as_were_told(now: HallState) -> None:
    told = places_in_line(now)
    assert set(told) == {ticket.id for ticket in now.waiting}
    for me in now.waiting:
        desks = now.open_counters
        if not counters_of(desks, me):
            desks = (*desks, *(desk for desk in now.closed_counters if desk.scope.may_call(me)))
        mine = counters_of(desks, me)
        called = really_called(now, desks)
        if mine:
            before = called[: called.index(me)]
            assert told[me.id] == sum(bool(counters_of(desks, each) & mine) for each in before)


@given(halls())
def test_the_open_counters_call_in_the_order_of_the_places(now: HallState) -> None:
    called = [ticket.id for ticket in really_called(now, now.open_counters)]
    assert list(places_in_line(now))[: len(called)] == called


@given(halls(), st.lists(SERVICES, max_size=4))
def test_newcomers_have_the_place_that_they_get(now: HallState, services: list[int]) -> None:
    new = [WaitingTicket(id=100 + n, service_id=each, queued_at=99) for n, each in enumerate(services)]
    told = places_in_line(now, new)
    alone = places_in_line(now)
    assert {number: told[number] for number in alone} == alone
    for each in new:
        came = hall(
            *now.open_counters, waiting=(*now.waiting, each), closed=now.closed_counters, policy=now.policy
        )
        assert told[each.id] == places_in_line(came)[each.id]


def test_all_whom_the_only_counter_calls_before_are_ahead() -> None:
    """Five of other services came before."""
    room = [*(ticket(n, service=1 + n % 2) for n in range(1, 6)), ticket(6, service=3)]
    others = (desk(2, 1, 2), desk(3, 1, 2))
    assert places_in_line(hall(desk(1, 1, 2, 3), waiting=room, closed=others))[6] == 5


def test_ten_counters_that_serve_everything_call_all_who_came_before() -> None:
    room = [ticket(n, service=1 + n % 3) for n in range(1, 35)]
    now = hall(*(desk(n, 1, 2, 3, busy=20 - n) for n in range(1, 11)), waiting=room)
    assert places_in_line(now) == {n: n - 1 for n in range(1, 35)}


def test_who_waits_for_other_counters_is_not_ahead() -> None:
    room = [ticket(n) for n in range(1, 5)] + [ticket(5, service=2)]
    assert places_in_line(hall(desk(1, 1), desk(2, 2), waiting=room))[5] == 0


def test_without_an_open_counter_the_closed_ones_are_taken_for_open() -> None:
    room = [ticket(n, service=1 + n % 2) for n in range(1, 6)]
    assert places_in_line(hall(waiting=room, closed=(desk(1, 1, 2), desk(2, 1, 2))))[5] == 4


def test_a_service_without_a_counter_has_a_line_of_its_own() -> None:
    room = [ticket(1), ticket(2, service=2), ticket(3, service=2)]
    assert places_in_line(hall(desk(1, 1), waiting=room)) == {1: 0, 2: 0, 3: 1}
