"""Turns: one row each time a ticket is called to a counter, from the first call to how it ended."""

import msgspec

from ult_desktop.core.office.template import LONGEST_RUN
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.store.transaction import Transaction

RECENT_CALLS = LONGEST_RUN + 1  # fewer, and a long run would never be seen to end: the others starve
RECENT_SERVINGS = 20
RECENT_SPAN_MS = 30 * DAY_MS  # older serving times say little about today


class Serving(msgspec.Struct, frozen=True, kw_only=True):
    """One turn. Times UTC ms; `calls` counts the first call too."""

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


_SELECT = (
    "SELECT id, ticket_id, counter, service_id, officer_id, called_at, calls, arrived_at, ended_at, outcome"
    " FROM turn"
)


def at_counter(tx: Transaction, counter: int) -> Serving | None:
    """The visitor called to or served at a counter now."""
    return tx.maybe(Serving, f"{_SELECT} WHERE counter = ? AND ended_at IS NULL", counter)


def of_ticket(tx: Transaction, ticket_id: int) -> Serving | None:
    """The open turn of a ticket."""
    return tx.maybe(Serving, f"{_SELECT} WHERE ticket_id = ? AND ended_at IS NULL", ticket_id)


def served_by(tx: Transaction, officer_id: int) -> Serving | None:
    """The visitor an officer is serving now, wherever."""
    return tx.maybe(
        Serving,
        f"{_SELECT} WHERE officer_id = ? AND ended_at IS NULL AND arrived_at IS NOT NULL",
        officer_id,
    )


def abandoned_calls(tx: Transaction, seen_before: int) -> tuple[Serving, ...]:
    """Called and not yet come, at counters whose station is silent since `seen_before` (UTC ms).

    A counter whose station never reported itself (the command line) is nobody's to judge.
    """
    return tx.all(
        Serving,
        f"{_SELECT} WHERE ended_at IS NULL AND arrived_at IS NULL AND max(called_at, recalled_at) <= ?"
        " AND (SELECT s.seen_at FROM counter c JOIN station s ON s.name = c.station"
        " WHERE c.number = turn.counter) <= ? ORDER BY counter",
        seen_before,
        seen_before,
    )


def latest(tx: Transaction, day: str, counter: int) -> Serving | None:
    """The turn this counter called last today."""
    return tx.maybe(
        Serving,
        f"{_SELECT} WHERE day = ? AND counter = ? ORDER BY called_at DESC, id DESC LIMIT 1",
        day,
        counter,
    )


def recent_kinds(tx: Transaction, day: str, counter: int) -> list[bool]:
    """Today's latest calls of a counter, newest first: True for a priority ticket."""
    rows = tx.column(
        "SELECT priority FROM turn WHERE day = ? AND counter = ? ORDER BY called_at DESC, id DESC LIMIT ?",
        day,
        counter,
        RECENT_CALLS,
    )
    return [bool(row) for row in rows]


def serving_times(tx: Transaction, service_id: int, now: int) -> list[int]:
    """The latest serving times of a service in milliseconds (arrived → done)."""
    return tx.column(
        "SELECT ended_at - arrived_at FROM turn WHERE service_id = ? AND outcome = 'done' AND ended_at > ?"
        " AND arrived_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?",
        service_id,
        now - RECENT_SPAN_MS,
        RECENT_SERVINGS,
    )


class NewServing(msgspec.Struct, frozen=True, kw_only=True):
    """A call to be written; one that is told afterwards is over, with its `outcome`."""

    ticket_id: int
    counter: int
    service_id: int
    officer_id: int | None
    day: str
    priority: bool
    at: int
    arrived_at: int | None = None
    ended_at: int | None = None
    outcome: str | None = None


def begin(tx: Transaction, new: NewServing) -> int:
    return tx.insert(
        "INSERT INTO turn (ticket_id, counter, service_id, officer_id, day, priority, called_at, recalled_at,"
        " arrived_at, ended_at, outcome, calls) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        new.ticket_id,
        new.counter,
        new.service_id,
        new.officer_id,
        new.day,
        int(new.priority),
        new.at,
        new.at,
        new.arrived_at,
        new.ended_at,
        new.outcome,
    )


def recall(tx: Transaction, serving_id: int, at: int) -> None:
    tx.run("UPDATE turn SET calls = calls + 1, recalled_at = ? WHERE id = ?", at, serving_id)


def arrive(tx: Transaction, serving: Serving, at: int) -> None:
    """Two PCs' clocks may differ by a moment: nobody arrives before the call."""
    tx.run("UPDATE turn SET arrived_at = ? WHERE id = ?", max(at, serving.called_at), serving.id)


def hand_over(tx: Transaction, serving_id: int, officer_id: int | None) -> None:
    """Another officer serves the visitor to the end."""
    tx.run("UPDATE turn SET officer_id = ? WHERE id = ?", officer_id, serving_id)


def end(tx: Transaction, serving: Serving, at: int, outcome: str) -> None:
    ended = max(at, serving.arrived_at or serving.called_at)
    tx.run("UPDATE turn SET ended_at = ?, outcome = ? WHERE id = ?", ended, outcome, serving.id)


def reopen(tx: Transaction, serving_id: int) -> None:
    """Undo: the turn goes on as if it had not ended."""
    tx.run("UPDATE turn SET ended_at = NULL, outcome = NULL WHERE id = ?", serving_id)
