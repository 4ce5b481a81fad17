"""The places in line: how many are called before each visitor who waits, if nobody else comes.

The hall is played once by the office's calling rule. A free counter calls at once, the others in the order in
which they called last, and so on in rounds, as if each visit were equally long. So a place depends on who
waits and who is served, not on the time, and every window shows the same one.
"""

from collections import Counter
from collections.abc import Sequence

from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import DeskNow, Hall, HallNow


def places_in_line(hall: HallNow, newcomers: Sequence[WaitingTicket] = ()) -> dict[int, int]:
    """Return how many are called before each ticket, by its id, in the order of the calls.

    Counted are those whom a counter may call that may call the ticket too. For a ticket that no open counter
    may call, the closed ones that may are taken for open. Each of `newcomers`, not among `hall.waiting`, is
    placed as if only they came.
    """
    ahead = _play_out(hall.desks, hall, newcomers)  # by the ticket's id
    # The tickets that no open counter may call, by the closed counters that may.
    uncalled: dict[tuple[DeskNow, ...], set[int]] = {}
    could_open: dict[tuple[int | None, ...], tuple[DeskNow, ...]] = {}  # by what decides who may call
    for ticket in (*hall.waiting, *newcomers):
        if ticket.id not in ahead:
            target = (ticket.service_id, ticket.target_counter, ticket.target_officer_id)
            if target not in could_open:
                could_open[target] = _who_could_open(hall, ticket)
            uncalled.setdefault(could_open[target], set()).add(ticket.id)
    for desks, ids in uncalled.items():
        with_these_open = _play_out((*hall.desks, *desks), hall, newcomers)
        ahead |= {ticket_id: count for ticket_id, count in with_these_open.items() if ticket_id in ids}
    return ahead


def _who_could_open(hall: HallNow, ticket: WaitingTicket) -> tuple[DeskNow, ...]:
    """Return the closed counters that may call the ticket; if there is none, one made for it alone."""
    closed = tuple(desk for desk in hall.closed if desk.scope.may_call(ticket))
    if closed:
        return closed
    scope = CounterScope(
        number=ticket.target_counter or 0,
        services=frozenset({ticket.service_id}),
        officer_id=ticket.target_officer_id,
    )
    return (DeskNow(scope=scope),)


def _play_out(desks: Sequence[DeskNow], hall: HallNow, newcomers: Sequence[WaitingTicket]) -> dict[int, int]:
    """Return how many are called before each ticket that one of `desks` may call, by its id."""
    newcomer_ids = {ticket.id for ticket in newcomers}
    room = Hall([desk.scope for desk in desks], (*hall.waiting, *newcomers), hall.policy)
    called = Counter[int]()  # how many were called, by the bits of the counters that may call them
    ahead: dict[int, int] = {}

    def call(ticket: WaitingTicket, _desk: int, at: int) -> int | None:
        callers = room.callers_of(ticket)
        ahead[ticket.id] = sum([count for others, count in called.items() if others & callers])
        if ticket.id in newcomer_ids:
            return None
        called[callers] += 1
        return at + len(desks)  # a round, in which every counter calls once; its unit is one call

    # A free counter calls first, then the others in the order in which they called last.
    in_order = sorted(range(len(desks)), key=lambda n: desks[n].busy_since or 0)
    first_calls_at = {desk: turn for turn, desk in enumerate(in_order)}
    room.begin((first_calls_at[n] for n in range(len(desks))), (desk.recent for desk in desks))
    room.run(call)
    return ahead
