"""Officers (petugas): who signs in, with which roles."""

from collections.abc import Iterable

import msgspec

from ult_desktop.db.store.transaction import Transaction


class OfficerRow(msgspec.Struct, frozen=True, kw_only=True):
    """An officer. `password_hash` is Argon2id; "" means nobody can sign in yet."""

    id: int
    login: str
    name: str
    password_hash: str
    roles: tuple[str, ...]
    active: bool


_SELECT = "SELECT id, login, name, password_hash, roles AS roles_json, active FROM officer"


def all_active(tx: Transaction) -> tuple[OfficerRow, ...]:
    return tx.all(OfficerRow, f"{_SELECT} WHERE active = 1 ORDER BY name")


def find(tx: Transaction, login: str) -> OfficerRow | None:
    return tx.maybe(OfficerRow, f"{_SELECT} WHERE login = ?", login)


def by_id(tx: Transaction, officer_id: int) -> OfficerRow | None:
    return tx.maybe(OfficerRow, f"{_SELECT} WHERE id = ?", officer_id)


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
