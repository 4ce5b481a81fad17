"""The numbers that the counters call next, as the lobby shows them: nobody has to ask how long it takes."""

from collections.abc import Iterable, Sequence

import msgspec

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket, next_ticket

MOST_NUMBERS = 3
"""More of them nobody watches, and the further off, the likelier another is called first."""


class NextNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """The next numbers of one counter, or of several that call the same; a counter is its number and name."""

    counters: tuple[tuple[int, str], ...]
    labels: tuple[str, ...]


def next_calls(
    desk: CounterScope,
    waiting: Iterable[WaitingTicket],
    recent: Sequence[bool],
    policy: Calling,
    most: int = MOST_NUMBERS,
) -> list[WaitingTicket]:
    """Return the tickets that `desk` would call, in order, if nobody came and no other counter called.

    `recent` as for `next_ticket`.
    """
    left, calls, kinds = list(waiting), list[WaitingTicket](), list(recent)
    while len(calls) < most:
        ticket = next_ticket(left, desk, kinds, policy)
        if ticket is None:
            break
        left.remove(ticket)
        calls.append(ticket)
        kinds.insert(0, ticket.priority)
    return calls


def gathered(counters: Iterable[tuple[tuple[int, str], tuple[str, ...]]]) -> tuple[NextNumbers, ...]:
    """Group counters that call the same numbers; those that call nobody are left out."""
    together: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for counter, labels in counters:
        if labels:
            together.setdefault(labels, []).append(counter)
    return tuple(NextNumbers(counters=tuple(places), labels=labels) for labels, places in together.items())
