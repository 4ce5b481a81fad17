"""The readers: the officers who may open personal data now, and so may hold the office's keys."""

from msgspec.structs import replace

from ult_desktop.core.access.roles import Officer, Permission, have_permission
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.delegated_roles import RolesQuery, effective_roles, effective_roles_of_each


def may_read(tx: Transaction, officer: Officer, at: int) -> bool:
    """Return whether the officer may open personal data `at` (UTC ms), by an own role or a lent one."""
    return officer.active and have_permission(
        effective_roles(tx, officer.id, officer.roles, at), Permission.OPEN_PERSONAL
    )


def reader_ids(tx: Transaction, at: int) -> frozenset[int]:
    """Return the ids of all officers who may open personal data `at` (UTC ms), with keys or without."""
    people = officers.all_active(tx)
    queries = [RolesQuery(officer.id, officer.roles, at) for officer in people]
    return frozenset(
        officer.id
        for officer, roles in zip(people, effective_roles_of_each(tx, queries), strict=True)
        if have_permission(roles, Permission.OPEN_PERSONAL)
    )


def missing_grants(tx: Transaction, at: int) -> tuple[keys.MissingGrant, ...]:
    """Return the missing grants: each reader with a pair of their own, and the generation they wait for."""
    missing = keys.missing_grants(tx)
    allowed = reader_ids(tx, at) if missing else frozenset()
    return tuple(grant for grant in missing if grant.officer_id in allowed)


def lacks_keys(tx: Transaction, officer: Officer, at: int) -> bool:
    """Return whether the officer may open personal data, but cannot open what is sealed now."""
    newest = keys.newest(tx)
    return (
        newest is not None
        and may_read(tx, officer, at)
        and officer.id not in keys.holders(tx, newest.generation)
    )


def excess_grants(tx: Transaction, at: int) -> tuple[keys.GrantKey, ...]:
    """Return the grants that can be taken from officers who may not open personal data.

    A grant can be taken if a reader or the recovery code opens the same generation. Otherwise nobody would
    open it any more.
    """
    grants, allowed = keys.all_grants(tx), reader_ids(tx, at)
    safe_generations = {grant.generation for grant in grants if grant.officer_id in allowed}
    safe_generations |= {recovery.generation for recovery in keys.recoveries(tx)}
    return tuple(
        grant for grant in grants if grant.officer_id not in allowed and grant.generation in safe_generations
    )


def withdraw_excess_grants(tx: Transaction, at: int) -> list[int]:
    """Take the keys from officers who may read no more; return the ids of those who lost some.

    If one of them held the newest key, it is marked for renewal.
    """
    excess = excess_grants(tx, at)
    for grant in excess:
        keys.withdraw_grant(tx, grant)
    newest = keys.newest(tx)
    if newest is not None and newest.generation in {grant.generation for grant in excess}:
        keys.set_renewal(tx, newest.generation, due=True)
    return sorted({grant.officer_id for grant in excess})


def key_status(tx: Transaction, at: int) -> keys.KeyStatus:
    """Return the state of the keys, and which officers may hold them."""
    status, allowed = keys.key_status(tx), reader_ids(tx, at)
    judged = tuple(replace(row, may_open=row.officer_id in allowed) for row in status.officers)
    return replace(status, officers=judged)
