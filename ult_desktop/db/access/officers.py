"""Officers (petugas) with their roles, and wrong passwords counted for the whole office."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.access.commands import ResetNotice
from ult_desktop.core.access.roles import Officer
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Officer, "officer", "roles AS roles_json")


def all_active(tx: Transaction) -> tuple[Officer, ...]:
    return _ROWS.all(tx, "WHERE active = 1 ORDER BY name")


def find(tx: Transaction, login: str) -> Officer | None:
    return _ROWS.maybe(tx, "WHERE login = ?", login)


by_id = _ROWS.find
get = _ROWS.get


def insert(tx: Transaction, login: str, name: str, roles: Iterable[str], password_hash: str) -> int:
    return tx.insert("officer", login=login, name=name, roles=tuple(roles), password_hash=password_hash)


def set_password(tx: Transaction, officer_id: int, password_hash: str) -> None:
    tx.update("officer", officer_id, password_hash=password_hash)


def set_roles(tx: Transaction, officer_id: int, roles: Iterable[str]) -> None:
    tx.update("officer", officer_id, roles=tuple(roles))


def retire(tx: Transaction, officer_id: int) -> None:
    tx.update("officer", officer_id, active=0, password_hash="")


class FailedSignIns(msgspec.Struct, frozen=True, kw_only=True):
    """Wrong passwords since the last right one; `last_at` UTC ms."""

    wrong: int
    last_at: int


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


def begin_wait(tx: Transaction, slot: int, at: int) -> None:
    """The last wrong one counts as of `at` (UTC ms)."""
    tx.update("wrong_password", {"slot": slot}, last_at=at)


def forget_wrong(tx: Transaction, slot: int) -> None:
    tx.run("DELETE FROM wrong_password WHERE slot = ?", slot)


def leave_notice(tx: Transaction, admin_id: int, officer_id: int, at: int, station: str) -> None:
    tx.insert("reset_notice", admin_id=admin_id, officer_id=officer_id, at=at, station=station)


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
