"""The places in line: how many are called before each visitor who waits, if nobody else comes.

The hall is played once by the office's calling rule. A free counter calls at once, the others in the order in
which they called last, and so on in rounds, as if each visit were equally long. So a place depends on who
waits and who is served, not on the time, and every window shows the same one.
"""

from collections import Counter
from collections.abc import Sequence

from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import DeskNow, Hall, HallNow


def places(hall: HallNow, newcomers: Sequence[WaitingTicket] = ()) -> dict[int, int]:
    """Return how many are called before each ticket, by its id, in the order of the calls.

    Counted are those whom a counter may call that may call the ticket too. For a ticket that no open counter
    may call, the closed ones that may are taken for open. Each of `newcomers`, not among `hall.waiting`, is
    placed as if only they came.
    """
    found = _played(hall.desks, hall, newcomers)
    callers: dict[tuple[int | None, ...], tuple[DeskNow, ...]] = {}  # by what decides who may call
    uncalled: dict[tuple[DeskNow, ...], set[int]] = {}  # by the closed counters that may call them
    for ticket in (*hall.waiting, *newcomers):
        if ticket.id not in found:
            # These decide which counters may call the ticket.
            target = (ticket.service_id, ticket.target_counter, ticket.target_officer_id)
            if target not in callers:
                callers[target] = _who_could_open(hall, ticket)
            uncalled.setdefault(callers[target], set()).add(ticket.id)
    for desks, ids in uncalled.items():
        played = _played((*hall.desks, *desks), hall, newcomers)
        found.update((ticket_id, ahead) for ticket_id, ahead in played.items() if ticket_id in ids)
    return found


def _who_could_open(hall: HallNow, ticket: WaitingTicket) -> tuple[DeskNow, ...]:
    """Return the closed counters that may call the ticket; if there is none, one made for it alone."""
    own = CounterScope(
        number=ticket.target_counter or 0,
        services=frozenset({ticket.service_id}),
        officer_id=ticket.target_officer_id,
    )
    return tuple(desk for desk in hall.closed if desk.scope.may_call(ticket)) or (DeskNow(scope=own),)


def _played(desks: Sequence[DeskNow], hall: HallNow, newcomers: Sequence[WaitingTicket]) -> dict[int, int]:
    """Return the places by id, in the order of the calls, of the tickets that one of `desks` may call."""
    new = {ticket.id for ticket in newcomers}
    room = Hall([desk.scope for desk in desks], (*hall.waiting, *newcomers), hall.policy)
    called = Counter[int]()  # how many were called, by the bits of the counters that may call them
    found: dict[int, int] = {}

    def call(ticket: WaitingTicket, _desk: int, at: int) -> int | None:
        mine = room.callers_of(ticket)
        found[ticket.id] = sum([count for others, count in called.items() if others & mine])
        if ticket.id in new:
            return None
        called[mine] += 1
        return at + len(desks)  # in this time, which is no clock's, every counter calls once

    turns = sorted(range(len(desks)), key=lambda n: desks[n].busy_since or 0)
    room.begin(map(turns.index, range(len(desks))), (desk.recent for desk in desks))
    room.run(call)
    return found
