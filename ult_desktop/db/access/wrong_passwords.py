"""Wrong passwords counted for the whole office, and notices of a reset that admins have yet to read."""

import msgspec

from ult_desktop.db.store.transaction import Transaction


class FailedSignIns(msgspec.Struct, frozen=True, kw_only=True):
    """Wrong passwords since the last right one; `last_at` UTC ms."""

    wrong: int
    last_at: int


class ResetNotice(msgspec.Struct, frozen=True, kw_only=True):
    """Whose password was reset from the folder, when (UTC ms) and on which PC."""

    name: str
    at: int
    station: str


def tries_of(tx: Transaction, slot: int) -> FailedSignIns:
    found = tx.maybe(FailedSignIns, "SELECT wrong, last_at FROM wrong_password WHERE slot = ?", slot)
    return found or FailedSignIns(wrong=0, last_at=0)


def count_wrong(tx: Transaction, slot: int, at: int) -> int:
    """One more at `at`; returns how many they are."""
    tx.run(
        "INSERT INTO wrong_password (slot, wrong, last_at) VALUES (?, 1, ?)"
        " ON CONFLICT (slot) DO UPDATE SET wrong = wrong + 1, last_at = excluded.last_at",
        slot,
        at,
    )
    return tries_of(tx, slot).wrong


def forget_wrong(tx: Transaction, slot: int) -> None:
    tx.run("DELETE FROM wrong_password WHERE slot = ?", slot)


def leave_notice(tx: Transaction, admin_id: int, officer_id: int, at: int, station: str) -> None:
    tx.run(
        "INSERT INTO reset_notice (admin_id, officer_id, at, station) VALUES (?, ?, ?, ?)",
        admin_id,
        officer_id,
        at,
        station,
    )


def notices_for(tx: Transaction, admin_id: int) -> tuple[ResetNotice, ...]:
    """What an admin has yet to read, oldest first."""
    return tx.all(
        ResetNotice,
        "SELECT o.name, n.at, n.station FROM reset_notice n JOIN officer o ON o.id = n.officer_id"
        " WHERE n.admin_id = ? ORDER BY n.at",
        admin_id,
    )


def take_notices(tx: Transaction, admin_id: int) -> int:
    """The admin has read them; returns how many they were."""
    return tx.run("DELETE FROM reset_notice WHERE admin_id = ?", admin_id)
