"""The order in which numbers are called: the queue, the turns of priority visitors, the next numbers."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Protocol, TypeVar

import msgspec

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.ticket import QueuePosition

MOST_NEXT_NUMBERS = 3
"""How many of the next numbers are shown: nobody watches more, and later ones are likely to be overtaken."""


class WaitingTicket(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a waiting ticket on which the order of calls depends."""

    id: int
    service_id: int
    queued_at: int
    place: QueuePosition = QueuePosition.FRESH
    priority: bool = False
    target_counter: int | None = None
    target_officer_id: int | None = None
    resumed: bool = False

    @property
    def key(self) -> tuple[bool, int, bool, int]:
        """The key by which the queue is sorted.

        Visitors who were put on hold while being served are first, then who is queued longest. A visitor who
        returned after a missed call follows the one whose `queued_at` they were given.
        """
        return (not self.resumed, self.queued_at, self.place is QueuePosition.RETURNED, self.id)


class RoutedTicket(Protocol):
    """The fields of a ticket that decide which counters may call it.

    A target is the counter or the officer to whom the visitor was sent, None for none.
    """

    @property
    def service_id(self) -> int: ...

    @property
    def target_counter(self) -> int | None: ...

    @property
    def target_officer_id(self) -> int | None: ...


class CounterScope(msgspec.Struct, frozen=True, kw_only=True):
    """The scope of a counter: its number, services and officer, and whether it is the priority counter."""

    number: int
    services: frozenset[int]
    priority: bool = False
    officer_id: int | None = None

    def may_call(self, ticket: RoutedTicket) -> bool:
        """Return whether the counter may call a ticket.

        A ticket that was sent to an officer or a counter may be called there alone.
        """
        if ticket.target_officer_id is not None:
            return ticket.target_officer_id == self.officer_id
        if ticket.target_counter is not None:
            return ticket.target_counter == self.number
        return ticket.service_id in self.services


def callable_at(counter: CounterScope, waiting: Iterable[WaitingTicket]) -> list[WaitingTicket]:
    """Return the tickets that this counter may call, in queue order."""
    return sorted(filter(counter.may_call, waiting), key=lambda ticket: ticket.key)


def next_ticket(
    waiting: Iterable[WaitingTicket], counter: CounterScope, recent: Sequence[bool], policy: Calling
) -> WaitingTicket | None:
    """Return the ticket that this counter calls next, or None.

    Args:
        waiting: every waiting ticket of the day.
        counter: the counter that calls.
        recent: the counter's latest calls today, newest first: True for a priority ticket.
        policy: the office's calling rule.
    """
    callable_tickets = callable_at(counter, waiting)
    # A visitor who was put on hold while being served goes before priority visitors (docs/domain.md,
    # "Numbers and the day").
    if callable_tickets and callable_tickets[0].resumed:
        return callable_tickets[0]
    first_priority = next((ticket for ticket in callable_tickets if ticket.priority), None)
    first_regular = next((ticket for ticket in callable_tickets if not ticket.priority), None)
    return priority_or_regular(first_priority, first_regular, counter, recent, policy)


First = TypeVar("First")


def priority_or_regular(
    priority: First | None,
    regular: First | None,
    counter: CounterScope,
    recent: Sequence[bool],
    policy: Calling,
) -> First | None:
    """Return which this counter calls: the first `priority` or the first `regular` ticket (or line of them).

    None stands for a kind of which nobody waits. `recent` are the counter's latest calls today, newest first:
    True for a priority ticket.
    """
    if priority is None or regular is None:
        return regular if priority is None else priority
    return priority if _is_priority_next(counter, recent, policy) else regular


def call_shares(counter: CounterScope, policy: Calling) -> tuple[int, int]:
    """Return the most calls in a row that (priority, regular) tickets get while the other kind waits."""
    if counter.priority:
        # Others must get a turn here too: docs/domain.md, A2. The law gives no number.
        return policy.priority_counter_run, 1
    return policy.priority_share, policy.regular_share


def _is_priority_next(counter: CounterScope, recent: Sequence[bool], policy: Calling) -> bool:
    """Return whether a priority ticket is next at this counter while tickets of both kinds wait."""
    # This counter has called no priority number lately: it is their turn.
    if not any(recent):
        return True
    priority_share, regular_share = call_shares(counter, policy)
    was_priority = recent[0]
    in_a_row = sum(1 for _call in takewhile(lambda kind: kind is was_priority, recent))
    return in_a_row < priority_share if was_priority else in_a_row >= regular_share


def queued_after(queue: Iterable[WaitingTicket], count: int, now: int) -> int:
    """Return the `queued_at` that puts a returning visitor behind the next `count` of `queue`.

    With fewer waiting, the visitor goes to the end: behind all who came until now, before those who come
    later. Behind another returned visitor the time is 1 ms later, for with equal times the lower id is first.
    """
    ordered = sorted(queue, key=lambda ticket: ticket.key)
    if count < 1:
        return ordered[0].queued_at - 1 if ordered else now
    if len(ordered) < count:
        return now
    last = ordered[count - 1]
    return last.queued_at + 1 if last.place is QueuePosition.RETURNED else last.queued_at


class NextNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """The next numbers of one counter, or of several that would call the same ones.

    `counters` are their numbers and names, `labels` the numbers that they call next.
    """

    counters: tuple[tuple[int, str], ...]
    labels: tuple[str, ...]


def group_next_numbers(
    counters: Iterable[tuple[tuple[int, str], tuple[str, ...]]],
) -> tuple[NextNumbers, ...]:
    """Group counters by the numbers (labels) that they call next; those that call nobody are left out."""
    by_labels: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for counter, labels in counters:
        if labels:
            by_labels.setdefault(labels, []).append(counter)
    return tuple(NextNumbers(counters=tuple(same), labels=labels) for labels, same in by_labels.items())
