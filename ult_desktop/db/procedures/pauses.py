"""The pauses of a visit's clock: while the visitor is away, or waits for another matter."""

from collections.abc import Iterable

from ult_desktop.core.procedures.clock import Pause
from ult_desktop.db.store.transaction import Rows, Transaction

_PAUSE = Rows(Pause, "clock_pause")


def of_each(tx: Transaction, visit_ids: Iterable[int]) -> list[tuple[Pause, ...]]:
    """Return each visit's pauses in the order of time."""
    rest = "WHERE visit_id = ? ORDER BY from_at, id"
    return _PAUSE.all_for_each(tx, rest, [(visit_id,) for visit_id in visit_ids])


def begin_by_program(tx: Transaction, visit_id: int, pause: Pause) -> None:
    """Begin a pause in the program's name; the program ends it by itself too."""
    tx.insert("clock_pause", pause, visit_id=visit_id, kind="program")


def begin_by_hand(tx: Transaction, visit_id: int, pause: Pause) -> None:
    """Begin a pause that an officer wrote down; it ends by itself at its `to_at`."""
    tx.insert("clock_pause", pause, visit_id=visit_id, kind="manual")


def running(tx: Transaction, visit_id: int, at: int) -> Pause | None:
    """Return the pause that lasts at that moment (UTC ms); of two, the one whose end is not known yet."""
    rest = "WHERE visit_id = ? AND (to_at IS NULL OR to_at > ?) ORDER BY to_at IS NOT NULL LIMIT 1"
    return _PAUSE.maybe(tx, rest, visit_id, at)


def waits_for_another(tx: Transaction, visit_id: int) -> bool:
    """Return whether the visit waits while an officer is busy with another matter of the visitor."""
    rest = "WHERE visit_id = ? AND to_at IS NULL AND matter_id IS NOT NULL"
    return _PAUSE.maybe(tx, rest, visit_id) is not None


def end(tx: Transaction, visit_id: int, at: int) -> None:
    """End every pause that lasts at that moment (UTC ms), of whatever kind."""
    _end(tx, visit_id, at)


def end_absence(tx: Transaction, visit_id: int, at: int) -> None:
    """End an absence: the visitor is back. A pause that waits for another matter goes on."""
    _end(tx, visit_id, at, " AND matter_id IS NULL")


def end_waiting(tx: Transaction, visit_id: int, at: int) -> None:
    """End the pause in which the visit waited for another matter."""
    _end(tx, visit_id, at, " AND matter_id IS NOT NULL")


def end_manual(tx: Transaction, visit_id: int, at: int) -> None:
    """End a pause that an officer began, now that work on the visit goes on."""
    _end(tx, visit_id, at, " AND kind = 'manual'")


def _end(tx: Transaction, visit_id: int, at: int, condition: str = "") -> None:
    tx.run(
        "UPDATE clock_pause SET to_at = max(?1, from_at)"
        f" WHERE visit_id = ?2 AND (to_at IS NULL OR to_at > ?1){condition}",
        *(at, visit_id),
    )
