"""The readers: the officers who may open personal data now, and so may hold the office's keys."""

from msgspec.structs import replace

from ult_desktop.core.access.roles import Officer, Permission, have_permission
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.delegated_roles import roles_at, roles_of_all


def may_read(tx: Transaction, officer: Officer, at: int) -> bool:
    """Return whether the officer may open personal data, by an own role or one lent to them `at` (UTC ms)."""
    return officer.active and have_permission(
        roles_at(tx, officer.id, officer.roles, at), Permission.OPEN_PERSONAL
    )


def readers(tx: Transaction, at: int) -> frozenset[int]:
    """Return the ids of all officers who may open personal data, whether they have keys or not."""
    people = officers.all_active(tx)
    found = roles_of_all(tx, [(each.id, each.roles, at) for each in people])
    return frozenset(
        each.id
        for each, roles in zip(people, found, strict=True)
        if have_permission(roles, Permission.OPEN_PERSONAL)
    )


def waiting(tx: Transaction, at: int) -> tuple[keys.MissingGrant, ...]:
    """Return the missing grants: each reader with a pair of their own, and the generation they wait for."""
    found = keys.missing_grants(tx)
    allowed = readers(tx, at) if found else frozenset()
    return tuple(each for each in found if each.officer_id in allowed)


def lacks_keys(tx: Transaction, officer: Officer, at: int) -> bool:
    """Return whether the officer may open personal data, but cannot open what is sealed now."""
    newest = keys.newest(tx)
    return (
        newest is not None
        and may_read(tx, officer, at)
        and officer.id not in keys.holders(tx, newest.generation)
    )


def excess_grants(tx: Transaction, at: int) -> tuple[keys.GrantKey, ...]:
    """Return the grants of officers who may not open personal data, and which can be taken from them.

    A grant can be taken if a reader or the recovery code opens the same generation. Otherwise nobody would
    open it any more.
    """
    held, allowed = keys.all_grants(tx), readers(tx, at)
    safe = {each.generation for each in held if each.officer_id in allowed}
    safe |= {each.generation for each in keys.recoveries(tx)}
    return tuple(each for each in held if each.officer_id not in allowed and each.generation in safe)


def withdraw(tx: Transaction, at: int) -> list[int]:
    """Take the keys from officers who may read no more; return the ids of those who lost some.

    If the newest key was among them, it is marked for renewal by an officer who holds the keys.
    """
    taken = excess_grants(tx, at)
    for each in taken:
        keys.withdraw_grant(tx, each)
    newest = keys.newest(tx)
    if newest is not None and newest.generation in {each.generation for each in taken}:
        keys.set_renewal(tx, newest.generation, due=True)
    return sorted({each.officer_id for each in taken})


def key_status(tx: Transaction, at: int) -> keys.KeyStatus:
    """Return the state of the keys, and which officers may hold them."""
    found, allowed = keys.key_status(tx), readers(tx, at)
    judged = tuple(replace(each, may_open=each.officer_id in allowed) for each in found.officers)
    return replace(found, officers=judged)
