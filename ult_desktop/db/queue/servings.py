"""Servings: a row of the table `turn` for each call of a ticket to a counter, until it ended."""

from collections.abc import Iterable
from itertools import chain

import msgspec

from ult_desktop.core.connection import GONE_MS
from ult_desktop.core.office.template import LONGEST_RUN
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.queue import waits
from ult_desktop.core.queue.ticket import STATE_AFTER
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.store.transaction import Rows, Transaction

# One call more than the longest run that is allowed (`LONGEST_RUN`): only then does a run show as too long.
RECENT_CALLS = LONGEST_RUN + 1
RECENT_SPAN_MS = 30 * DAY_MS  # older serving times say little about today


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """A call of a ticket to a counter, and how it went on. Times UTC ms; `calls` counts the first call too.

    `resumed_at`: since when a visitor who was set aside while being served waits again.
    """

    id: int
    ticket_id: int
    counter: int
    service_id: int
    officer_id: int | None
    called_at: int
    calls: int
    arrived_at: int | None
    ended_at: int | None
    outcome: str | None
    resumed_at: int | None = None

    @property
    def was_set_aside(self) -> bool:
        """Return whether the number was held after its visitor had come to the counter."""
        return self.outcome == "held" and self.arrived_at is not None


_ROWS = Rows(Serving, "turn")
find_each = _ROWS.find_each


def open_at_counter(tx: Transaction, counter: int) -> Serving | None:
    """Return the serving of the visitor who is called to or served at a counter now."""
    return _ROWS.maybe(tx, "WHERE counter = ? AND ended_at IS NULL", counter)


def last_called_at(tx: Transaction, counter: int) -> int | None:
    """Return when the visitor of a counter was called last (UTC ms)."""
    sql = "SELECT recalled_at FROM turn WHERE counter = ? AND ended_at IS NULL"
    called_at: int | None = tx.value(sql, counter)
    return called_at


def open_of_ticket(tx: Transaction, ticket_id: int) -> Serving | None:
    """Return the open serving of a ticket."""
    return _ROWS.maybe(tx, "WHERE ticket_id = ? AND ended_at IS NULL", ticket_id)


def open_of_tickets(tx: Transaction, ticket_ids: Iterable[int]) -> list[Serving]:
    """List the open servings of those tickets that have one."""
    values = [(ticket_id,) for ticket_id in ticket_ids]
    servings = _ROWS.all_for_each(tx, "WHERE ticket_id = ? AND ended_at IS NULL", values)
    return list(chain.from_iterable(servings))


def latest_of_ticket(tx: Transaction, ticket_id: int) -> Serving | None:
    """Return the latest serving of a ticket, over or not."""
    return _ROWS.maybe(tx, "WHERE ticket_id = ? ORDER BY id DESC LIMIT 1", ticket_id)


def served_by(tx: Transaction, officer_id: int) -> Serving | None:
    """Return the serving of the visitor whom an officer is serving now, at whatever counter."""
    return _ROWS.maybe(tx, "WHERE officer_id = ? AND ended_at IS NULL AND arrived_at IS NOT NULL", officer_id)


def abandoned_calls(tx: Transaction, now: int) -> tuple[Serving, ...]:
    """List the calls that nobody has answered at counters whose station is not at work at `now` (UTC ms).

    A counter whose station never reported itself (the command line) is not judged. Stamps that a wrong clock
    wrote into the future do not count as at work.
    """
    # For a station that never reported itself the subquery is NULL, and so is the whole condition: no row.
    since = now - GONE_MS
    return _ROWS.all(
        tx,
        "WHERE ended_at IS NULL AND arrived_at IS NULL AND max(called_at, recalled_at) <= ?"
        " AND (SELECT s.seen_at FROM counter c JOIN station s ON s.name = c.station"
        " WHERE c.number = turn.counter ORDER BY s.boot = c.boot DESC, s.seen_at DESC LIMIT 1)"
        " NOT BETWEEN ? AND ? ORDER BY counter",
        since,
        since + 1,
        now + NEAR_MS,
    )


def ended_at_counter(tx: Transaction, day: str, counter: int) -> tuple[Serving, ...]:
    """List the servings that ended at a counter today, the latest end first."""
    return _ROWS.all(
        tx,
        "WHERE day = ? AND counter = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC",
        day,
        counter,
    )


_STATE_BY_OUTCOME = " ".join(
    f"WHEN '{outcome}' THEN '{state.value}'" for outcome, state in STATE_AFTER.items()
)


def undisturbed_ends(tx: Transaction, day: str, counter: int) -> tuple[Serving, ...]:
    """List those servings of `ended_at_counter` after which nobody did anything with the ticket.

    It is one statement, because a counter that transfers everybody has many servings and none to list.
    """
    # `stood` holds what a ticket was before it was set aside or sent on; it is "" once somebody acted again.
    return _ROWS.all(
        tx,
        "WHERE day = ? AND counter = ? AND ended_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM turn n WHERE n.ticket_id = turn.ticket_id AND n.id > turn.id)"
        " AND EXISTS (SELECT 1 FROM ticket t WHERE t.id = turn.ticket_id"
        f" AND t.state = CASE turn.outcome {_STATE_BY_OUTCOME} END"
        " AND (t.state IN ('done', 'no_show') OR t.stood <> '')) ORDER BY ended_at DESC, id DESC",
        day,
        counter,
    )


def recent_priorities(tx: Transaction, day: str, counter: int) -> list[bool]:
    """List whether each of a counter's latest calls today was of a priority ticket, newest first."""
    priorities = tx.column(
        "SELECT priority FROM turn WHERE day = ? AND counter = ? ORDER BY called_at DESC, id DESC LIMIT ?",
        day,
        counter,
        RECENT_CALLS,
    )
    return [bool(priority) for priority in priorities]


def recent_priorities_by_counter(tx: Transaction, day: str) -> dict[int, tuple[bool, ...]]:
    """Return for each counter that called today whether its latest calls had priority, newest first."""
    rows = tx.rows(
        "SELECT counter, priority FROM (SELECT counter, priority, row_number() OVER"
        " (PARTITION BY counter ORDER BY called_at DESC, id DESC) AS nth FROM turn WHERE day = ?) AS latest"
        " WHERE nth <= ? ORDER BY counter, nth",
        day,
        RECENT_CALLS,
    )
    priorities: dict[int, tuple[bool, ...]] = {}
    for counter, priority in rows:
        priorities[counter] = (*priorities.get(counter, ()), bool(priority))
    return priorities


def recent_servings(tx: Transaction, now: int) -> tuple[waits.PastServing, ...]:
    """List the latest servings that ended, of all services, in the order of calls, to learn waits from.

    Only the end of the table is read, in one statement. Visits that the end of the day cut off are left out,
    because nobody knows how long they took.
    """
    rows = tx.rows(
        # WORKAROUND PostgreSQL's planner takes the bound on ids for a third of the table (DEFAULT_INEQ_SEL in
        # https://github.com/postgres/postgres/blob/master/src/include/utils/selfuncs.h); LIMIT corrects it.
        # It can go when the planner knows the value of a subquery.
        "SELECT counter, service_id, called_at, ended_at, since, model_ms, low, high, priority"
        " FROM (SELECT * FROM turn WHERE id > (SELECT max(id) FROM turn) - ?1"
        " ORDER BY id DESC LIMIT ?1) AS latest"
        " WHERE ended_at > ?2 AND outcome <> 'cancelled' ORDER BY id",
        waits.RECENT_SERVINGS,
        now - RECENT_SPAN_MS,
    )
    return tuple(waits.PastServing(*row) for row in rows)


class NewServing(msgspec.Struct, frozen=True, kw_only=True):
    """A call to be written. A call that is recorded afterwards is over, with its `outcome`."""

    ticket_id: int
    counter: int
    service_id: int
    officer_id: int | None
    day: str
    priority: bool
    called_at: int
    arrived_at: int | None = None
    ended_at: int | None = None
    outcome: str | None = None


def begin(tx: Transaction, new: NewServing) -> int:
    return tx.insert("turn", new, recalled_at=new.called_at, calls=1)


def copy_shown_wait(tx: Transaction, serving_id: int, ticket_id: int) -> None:
    """Copy to a ticket's first call since when it waited, and what wait its visitor was shown.

    Nothing is copied for a ticket that came back or was transferred.
    """
    tx.run(
        "UPDATE turn SET (since, model_ms, low, high) = (SELECT issued_at, model_ms, coalesce(wait_low, 0),"
        " coalesce(wait_high, 0) FROM ticket WHERE id = ?1) WHERE id = ?2"
        " AND (SELECT place FROM ticket WHERE id = ?1) IN ('fresh', 'appointment')"
        " AND NOT EXISTS (SELECT 1 FROM turn WHERE ticket_id = ?1 AND id <> ?2)",
        ticket_id,
        serving_id,
    )


def recall(tx: Transaction, serving_id: int, at: int) -> None:
    tx.run("UPDATE turn SET calls = calls + 1, recalled_at = ? WHERE id = ?", at, serving_id)


def arrive(tx: Transaction, serving: Serving, at: int) -> None:
    """Note the arrival of a visitor.

    Two PCs' clocks may differ by a moment: nobody arrives before the call.
    """
    tx.update("turn", serving.id, arrived_at=max(at, serving.called_at))


def hand_over(tx: Transaction, serving_id: int, officer_id: int | None) -> None:
    """Let another officer serve the visitor to the end."""
    tx.update("turn", serving_id, officer_id=officer_id)


def end(tx: Transaction, serving: Serving, at: int, outcome: str) -> None:
    end_each(tx, (serving,), at, outcome)


def end_each(tx: Transaction, open_servings: Iterable[Serving], at: int, outcome: str) -> None:
    # Two PCs' clocks may differ by a moment: nothing ends before it began.
    ends = [
        (max(at, serving.arrived_at or serving.called_at), outcome, serving.id) for serving in open_servings
    ]
    tx.run_each("UPDATE turn SET ended_at = ?, outcome = ? WHERE id = ?", ends)


def resume(tx: Transaction, serving: Serving, at: int) -> None:
    """Note that the visitor who was set aside waits again."""
    tx.update("turn", serving.id, resumed_at=max(at, serving.ended_at or at))


def reopen(tx: Transaction, serving_id: int) -> None:
    """Undo the end of a serving: it goes on as if it had not ended."""
    tx.update("turn", serving_id, ended_at=None, outcome=None)


def interrupt(tx: Transaction, serving: Serving) -> None:
    """Turn the end of a serving into an interruption: its visitor waits again since then."""
    since = None if serving.arrived_at is None else serving.ended_at
    tx.update("turn", serving.id, outcome="held", resumed_at=since)
