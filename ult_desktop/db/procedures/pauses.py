"""Stopped clocks of visits."""

from ult_desktop.core.procedures.marks import Pause
from ult_desktop.db.store.transaction import Transaction


def begin(tx: Transaction, visit_id: int, at: int, reason: str, officer_id: int | None) -> None:
    """By the program, which ends it by itself too."""
    _insert(tx, visit_id, at, reason, "program", officer_id)


def begin_by_hand(tx: Transaction, visit_id: int, at: int, reason: str, officer_id: int | None) -> None:
    _insert(tx, visit_id, at, reason, "manual", officer_id)


def _insert(tx: Transaction, visit_id: int, at: int, reason: str, kind: str, officer_id: int | None) -> None:
    tx.run(
        "INSERT INTO clock_pause (visit_id, from_at, reason, kind, officer_id) VALUES (?, ?, ?, ?, ?)",
        visit_id,
        at,
        reason,
        kind,
        officer_id,
    )


def running(tx: Transaction, visit_id: int) -> Pause | None:
    return tx.maybe(
        Pause,
        "SELECT from_at, to_at, reason FROM clock_pause WHERE visit_id = ? AND to_at IS NULL",
        visit_id,
    )


def end(tx: Transaction, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE clock_pause SET to_at = max(?, from_at) WHERE visit_id = ? AND to_at IS NULL", at, visit_id
    )


def end_forgotten(tx: Transaction, visit_id: int, at: int) -> None:
    """End what an officer began and did not end, now that work on the visit goes on."""
    tx.run(
        "UPDATE clock_pause SET to_at = max(?, from_at)"
        " WHERE visit_id = ? AND to_at IS NULL AND kind = 'manual'",
        at,
        visit_id,
    )
