"""The notes of stations and admins about updates."""

from ult_desktop.core.updates.rollout import KnownStation, MarkedUpdate, UpdateMark
from ult_desktop.db.store.transaction import Rows, Transaction

_MARKS = Rows(MarkedUpdate, "update_mark")
_STATIONS = Rows(KnownStation, "station")

get = _MARKS.get


def add(
    tx: Transaction, version: str, identity: str, mark: UpdateMark, at: int, officer_id: int | None
) -> int:
    """Write a mark; the table refuses one that it has already. `at` UTC ms."""
    return tx.insert(
        "update_mark", version=version, identity=identity, mark=mark.value, at=at, officer_id=officer_id
    )


def marks(tx: Transaction) -> tuple[MarkedUpdate, ...]:
    """List all marks, oldest first: a handful for each version."""
    return _MARKS.all(tx, "ORDER BY at, id")


def known(tx: Transaction) -> tuple[KnownStation, ...]:
    """List the stations that ever reported themselves and were not replaced."""
    return _STATIONS.all(tx, "WHERE replaced_at = 0 ORDER BY name, seen_at DESC, identity")
