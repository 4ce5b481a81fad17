"""Officers (petugas) with their roles, and wrong passwords counted for the whole office."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.access.commands import ResetNotice
from ult_desktop.core.access.roles import Officer
from ult_desktop.db.store.transaction import Transaction

_SELECT = "SELECT id, login, name, password_hash, roles AS roles_json, active FROM officer"


def all_active(tx: Transaction) -> tuple[Officer, ...]:
    return tx.all(Officer, f"{_SELECT} WHERE active = 1 ORDER BY name")


def find(tx: Transaction, login: str) -> Officer | None:
    return tx.maybe(Officer, f"{_SELECT} WHERE login = ?", login)


def by_id(tx: Transaction, officer_id: int) -> Officer | None:
    return tx.maybe(Officer, f"{_SELECT} WHERE id = ?", officer_id)


def get(tx: Transaction, officer_id: int) -> Officer:
    return tx.one(Officer, f"{_SELECT} WHERE id = ?", officer_id)


def insert(tx: Transaction, login: str, name: str, roles: Iterable[str], password_hash: str) -> int:
    return tx.insert(
        "INSERT INTO officer (login, name, roles, password_hash) VALUES (?, ?, ?, ?)",
        login,
        name,
        _as_json(roles),
        password_hash,
    )


def set_password(tx: Transaction, officer_id: int, password_hash: str) -> None:
    tx.run("UPDATE officer SET password_hash = ? WHERE id = ?", password_hash, officer_id)


def set_roles(tx: Transaction, officer_id: int, roles: Iterable[str]) -> None:
    tx.run("UPDATE officer SET roles = ? WHERE id = ?", _as_json(roles), officer_id)


def _as_json(roles: Iterable[str]) -> str:
    return msgspec.json.encode(list(roles)).decode()


def retire(tx: Transaction, officer_id: int) -> None:
    tx.run("UPDATE officer SET active = 0, password_hash = '' WHERE id = ?", officer_id)


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
