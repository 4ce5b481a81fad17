"""What a station that is gone left at its counter goes back to the office, by rule.

A PC that dies acts no more: whoever it called and who has not come yet would stand outside every queue.
"""

from collections.abc import Iterator

import msgspec

from ult_desktop.core.connection import GONE_MS
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.queue.counters import CounterRow
from ult_desktop.db.queue.servings import Serving
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import Context, NewEvent, record

RULE = "station_gone"


def reclaim_abandoned(tx: Transaction, moment: Context, counter: CounterRow) -> list[int]:
    """Whoever was called by a station that is gone waits again in the old place; their ticket ids.

    The officer who is back at his own `counter`, at whatever PC, keeps whom he called. Each ticket has an
    event of its own that names the rule.
    """
    mine = counter.number if counter.officer_id == moment.by.officer_id else None
    found = [turn for turn in _calls(tx, moment) if turn.counter != mine]
    for turn in found:
        return_to_queue(tx, moment, turn)
    return [turn.ticket_id for turn in found]


def with_freed_tickets(done: NewEvent, freed: list[int]) -> NewEvent:
    """`done` with the tickets that it took back, so that a replay takes the same."""
    return msgspec.structs.replace(done, data={**done.data, "freed": freed}) if freed else done


def return_to_queue(tx: Transaction, moment: Context, turn: Serving) -> None:
    """The call is over; the visitor has waited that long, and waits for any counter of the service."""
    ticket = tickets.get(tx, turn.ticket_id)
    servings.end(tx, turn, moment.at, "held")
    tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
    tickets.release_from(tx, moment.day, turn.counter)
    data = {"label": ticket.label, "counter": turn.counter, "rule": RULE}
    record(
        tx, NewEvent("ticket.given_back", "queue", ticket.id, data), moment, f"{moment.request}/{ticket.id}"
    )


def is_abandoned(tx: Transaction, moment: Context, counter: CounterRow, turn: Serving) -> bool:
    """Whether the station that `turn` is held at is gone, or was started anew since.

    What a replay repeats was decided by presence that no backup has: it is told what was freed.
    """
    if moment.replay is not None:
        return turn.ticket_id in moment.replay.freed
    seen = stations.find(tx, counter.station)
    if seen is None:
        return False
    since = max(seen.seen_at, turn.arrived_at or turn.called_at)
    return since <= moment.at - GONE_MS or (counter.boot not in ("", seen.boot))


def _calls(tx: Transaction, moment: Context) -> Iterator[Serving]:
    if moment.replay is None:
        yield from servings.abandoned_calls(tx, moment.at - GONE_MS)
        return
    for ticket_id in moment.replay.freed:
        turn = servings.of_ticket(tx, ticket_id)
        if turn is not None and turn.arrived_at is None:
            yield turn
