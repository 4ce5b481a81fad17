"""The office's list of excluded information and its classes of complaints, seeded with what is shipped."""

import msgspec

from ult_desktop.core.answer_bank import CaseLists, ComplaintClass, Ground
from ult_desktop.db.transaction import Transaction, Value
from ult_desktop.resources import resource

_GROUND = (
    "INSERT INTO excluded_information (key, title, law, active) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (key) DO UPDATE SET title = excluded.title, law = excluded.law, active = 1"
)
_CLASS = (
    "INSERT INTO complaint_class (key, name, days, active) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (key) DO UPDATE SET name = excluded.name, days = excluded.days, active = 1"
)


def shipped_rows() -> list[tuple[str, tuple[Value, ...]]]:
    """The statements that give a new file its lists: Pasal 17 of UU 14/2008, and SP4N-LAPOR's times."""
    text = resource("cases", "lists.toml").read_bytes()
    lists = msgspec.toml.decode(text, type=CaseLists)
    grounds: list[tuple[str, tuple[Value, ...]]] = [(_GROUND, (g.key, g.title, g.law)) for g in lists.grounds]
    return [*grounds, *((_CLASS, (c.key, c.name, c.days)) for c in lists.complaint_classes)]


def grounds(tx: Transaction) -> tuple[Ground, ...]:
    """What the office may refuse now, by key."""
    return tx.all(
        Ground, "SELECT key, title, law, active FROM excluded_information WHERE active = 1 ORDER BY key"
    )


def find_ground(tx: Transaction, key: str) -> Ground | None:
    return tx.maybe(
        Ground, "SELECT key, title, law, active FROM excluded_information WHERE key = ? AND active = 1", key
    )


def write_ground(tx: Transaction, ground: Ground) -> None:
    tx.run(_GROUND, ground.key, ground.title, ground.law)


def retire_ground(tx: Transaction, key: str) -> bool:
    """False when it was not in force."""
    return tx.run("UPDATE excluded_information SET active = 0 WHERE key = ? AND active = 1", key) == 1


def complaint_classes(tx: Transaction) -> tuple[ComplaintClass, ...]:
    """The classes in use, the quickest first."""
    return tx.all(
        ComplaintClass,
        "SELECT key, name, days, active FROM complaint_class WHERE active = 1 ORDER BY days, key",
    )


def find_class(tx: Transaction, key: str) -> ComplaintClass | None:
    return tx.maybe(
        ComplaintClass,
        "SELECT key, name, days, active FROM complaint_class WHERE key = ? AND active = 1",
        key,
    )


def write_class(tx: Transaction, each: ComplaintClass) -> None:
    tx.run(_CLASS, each.key, each.name, each.days)


def retire_class(tx: Transaction, key: str) -> bool:
    """False when it was not in use."""
    return tx.run("UPDATE complaint_class SET active = 0 WHERE key = ? AND active = 1", key) == 1
