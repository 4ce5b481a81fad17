"""Stopped clocks of visits."""

from ult_desktop.core.visit import Pause
from ult_desktop.db.transaction import Transaction


def begin(tx: Transaction, visit_id: int, at: int, reason: str, officer_id: int | None) -> None:
    tx.run(
        "INSERT INTO clock_pause (visit_id, from_at, reason, officer_id) VALUES (?, ?, ?, ?)",
        visit_id,
        at,
        reason,
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
