"""The places in line: how many are called before each visitor who waits, if nobody else comes.

The hall is played once by the office's calling rule. A free counter calls at once, the others in the order in
which they called last, and so on in rounds, as if each visit were equally long. So a place depends on who
waits and who is served, not on the time, and every window shows the same one.
"""

from collections import Counter
from collections.abc import Sequence

from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import CounterNow, Hall, HallState


def places_in_line(hall: HallState, newcomers: Sequence[WaitingTicket] = ()) -> dict[int, int]:
    """Return how many are called before each ticket, by its id, in the order of the calls.

    Only calls from the counters that may call the ticket count. For a ticket that no open counter may call,
    the closed ones that may are taken for open. Each of `newcomers`, not among `hall.waiting`, is placed as
    if only they came.
    """
    ahead = _play_out(hall.open_counters, hall, newcomers)  # by the ticket's id
    # The tickets that no open counter may call, by the closed counters that may.
    uncalled: dict[tuple[CounterNow, ...], set[int]] = {}
    could_open: dict[tuple[int | None, ...], tuple[CounterNow, ...]] = {}  # by what decides who may call
    for ticket in (*hall.waiting, *newcomers):
        if ticket.id not in ahead:
            target = (ticket.service_id, ticket.target_counter, ticket.target_officer_id)
            if target not in could_open:
                could_open[target] = _who_could_open(hall, ticket)
            uncalled.setdefault(could_open[target], set()).add(ticket.id)
    for counters, ids in uncalled.items():
        with_these_open = _play_out((*hall.open_counters, *counters), hall, newcomers)
        ahead |= {ticket_id: count for ticket_id, count in with_these_open.items() if ticket_id in ids}
    return ahead


def _who_could_open(hall: HallState, ticket: WaitingTicket) -> tuple[CounterNow, ...]:
    """Return the closed counters that may call the ticket; if there is none, one made for it alone."""
    closed = tuple(counter for counter in hall.closed_counters if counter.scope.may_call(ticket))
    if closed:
        return closed
    scope = CounterScope(
        number=ticket.target_counter or 0,
        services=frozenset({ticket.service_id}),
        officer_id=ticket.target_officer_id,
    )
    return (CounterNow(scope=scope),)


def _play_out(
    counters: Sequence[CounterNow], hall: HallState, newcomers: Sequence[WaitingTicket]
) -> dict[int, int]:
    """Return how many are called before each ticket that one of `counters` may call, by its id."""
    newcomer_ids = {ticket.id for ticket in newcomers}
    simulated = Hall([counter.scope for counter in counters], (*hall.waiting, *newcomers), hall.policy)
    called = Counter[int]()  # how many were called, by the bits of the counters that may call them
    ahead: dict[int, int] = {}

    def call(ticket: WaitingTicket, _counter: int, at: int) -> int | None:
        callers = simulated.caller_bits(ticket)
        ahead[ticket.id] = sum([count for others, count in called.items() if others & callers])
        if ticket.id in newcomer_ids:
            return None
        called[callers] += 1
        return at + len(counters)  # a round, in which every counter calls once; its unit is one call

    # A free counter calls first, then the others in the order in which they called last.
    in_order = sorted(range(len(counters)), key=lambda n: counters[n].busy_since or 0)
    first_calls_at = {counter: place for place, counter in enumerate(in_order)}
    simulated.begin(
        (first_calls_at[n] for n in range(len(counters))), (counter.recent for counter in counters)
    )
    simulated.run(call)
    return ahead
