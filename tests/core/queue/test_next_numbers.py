"""What the lobby is told of the next calls agrees with whom the counters then call."""

from hypothesis import given, strategies as st

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.calling_order import (
    MOST_NUMBERS,
    CounterScope,
    NextNumbers,
    WaitingTicket,
    gathered,
    next_calls,
    next_ticket,
)

DESK = CounterScope(number=1, services=frozenset({1, 2}))
POLICY = Calling()


def waiting(*priorities: bool, service: int = 1) -> list[WaitingTicket]:
    return [
        WaitingTicket(id=n, service_id=service, queued_at=n, priority=priority)
        for n, priority in enumerate(priorities)
    ]


def test_the_next_three_in_the_order_of_the_calls() -> None:
    queue = waiting(False, False, True, False)
    assert [each.id for each in next_calls(DESK, queue, (), POLICY)] == [2, 0, 1]


def test_nobody_whom_the_counter_may_not_call() -> None:
    assert next_calls(DESK, waiting(False, service=3), (), POLICY) == []


@given(priorities=st.lists(st.booleans(), max_size=8), recent=st.lists(st.booleans(), max_size=4))
def test_every_one_is_called_as_it_was_told(priorities: list[bool], recent: list[bool]) -> None:
    queue = waiting(*priorities)
    told = next_calls(DESK, queue, recent, POLICY)
    assert len(told) == min(MOST_NUMBERS, len(queue))
    for ticket in told:
        assert next_ticket(queue, DESK, recent, POLICY) == ticket
        queue.remove(ticket)
        recent = [ticket.priority, *recent]


def test_counters_with_the_same_numbers_stand_together() -> None:
    one, two, three, four = ((n, f"Loket {n}") for n in range(1, 5))
    told = gathered([(one, ("A001", "A002")), (two, ("B001",)), (three, ("A001", "A002")), (four, ())])
    assert told == (
        NextNumbers(counters=(one, three), labels=("A001", "A002")),
        NextNumbers(counters=(two,), labels=("B001",)),
    )
