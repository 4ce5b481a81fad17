"""The officers who signed in on a day, and the day's answers about roles of which nobody had signed in."""

import msgspec

from ult_desktop.core.access.roles import Role
from ult_desktop.db.store.transaction import Transaction


class DutyRow(msgspec.Struct, frozen=True):
    """An officer who signed in: when first that day (UTC ms), and the roles that they have."""

    officer_id: int
    at: int
    roles: tuple[str, ...]


class AbsenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """The day's answer for a role; `without`: nobody who has the role comes on that day."""

    role: Role
    without: bool


def is_noted(tx: Transaction, day: str, officer_id: int) -> bool:
    return bool(tx.number("SELECT count(*) FROM duty WHERE day = ? AND officer_id = ?", day, officer_id))


def note(tx: Transaction, day: str, officer_id: int, at: int) -> None:
    tx.add("duty", day=day, officer_id=officer_id, at=at)


def officers_of(tx: Transaction, first_day: str, last_day: str) -> tuple[DutyRow, ...]:
    """List the officers who signed in on these days, both included."""
    return tx.all(
        DutyRow,
        "SELECT d.officer_id, d.at, o.roles AS roles_json FROM duty d JOIN officer o ON o.id = d.officer_id"
        " WHERE d.day BETWEEN ? AND ? ORDER BY d.day, d.officer_id",
        first_day,
        last_day,
    )


def answer(tx: Transaction, day: str, role: Role, at: int, officer_id: int | None, *, without: bool) -> bool:
    """Write the answer for a role; return False where the day has one already, which then counts."""
    return tx.add("absence", day=day, role=role, without=without, at=at, officer_id=officer_id)


def answers(tx: Transaction, day: str) -> tuple[AbsenceRow, ...]:
    return tx.all(AbsenceRow, "SELECT role, without FROM absence WHERE day = ? ORDER BY role", day)
