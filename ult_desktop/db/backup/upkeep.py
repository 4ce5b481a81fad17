"""The upkeep of the office file: which station does a task (its lease), and what came of it last."""

import msgspec

from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db.store.transaction import Rows, Transaction

BACKUP, JOURNALS, CHECK, DRILL = "backup", "journals", "check", "drill"
LEASE_MS = 60 * MINUTE_MS  # a first backup with all documents takes long; a dead holder costs one backup


class UpkeepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The record of a task at a station: its last success and its last try (UTC ms; 0 for never).

    `trouble` is in words. `reading_ms` is how long the others could not commit while the station copied the
    file, or how long they would have waited for a copy that was not made.
    """

    task: str
    station: str
    done_at: int
    tried_at: int
    place: str = ""
    trouble: str = ""
    reading_ms: int = 0


_ROWS = Rows(UpkeepRecord, "upkeep")


def take_lease(tx: Transaction, name: str, holder: str, now: int) -> bool:
    """Take the task for `holder`; return whether it may do it now.

    It may when nobody has the task, or the lease of the former holder has ended. A lease that ends later than
    a lease taken now was taken by a wrong clock, and does not count.
    """
    taken = tx.run(
        "INSERT INTO lease (name, holder, until) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
        # One statement: two stations that ask at once cannot both get it.
        " WHERE lease.until < ? OR lease.until > ? OR lease.holder = excluded.holder",
        *(name, holder, now + LEASE_MS, now, now + LEASE_MS + NEAR_MS),
    )
    return taken == 1


def holder_of(tx: Transaction, name: str) -> str:
    return str(tx.value("SELECT holder FROM lease WHERE name = ?", name) or "")


def lease_of(tx: Transaction, name: str) -> tuple[str, int] | None:
    """Return who took the task last, and until when (UTC ms; 0: given back)."""
    lease: tuple[str, int] | None = tx.row("SELECT holder, until FROM lease WHERE name = ?", name)
    return lease


def release_lease(tx: Transaction, name: str, holder: str) -> None:
    tx.update("lease", {"name": name, "holder": holder}, until=0)


def record_success(
    tx: Transaction, task: str, station: str, now: int, place: str = "", reading_ms: int = 0
) -> None:
    tx.put(
        "upkeep",
        "task, station",
        task=task,
        station=station,
        done_at=now,
        tried_at=now,
        place=place,
        trouble="",
        reading_ms=reading_ms,
    )


def record_too_long_reading(tx: Transaction, station: str, now: int, reading_ms: int) -> None:
    """Record that the file was not copied, because others would have waited for `reading_ms`."""
    tx.put(
        "upkeep",
        "task, station",
        task=BACKUP,
        station=station,
        tried_at=now,
        trouble="",
        reading_ms=reading_ms,
    )


def record_failure(tx: Transaction, task: str, station: str, now: int, trouble: str) -> None:
    """Record a failure; the last success stays on record."""
    tx.put("upkeep", "task, station", task=task, station=station, tried_at=now, trouble=trouble)


def all_of(tx: Transaction, task: str) -> tuple[UpkeepRecord, ...]:
    """List a row for each station that ever tried, the last success first."""
    return _ROWS.all(tx, "WHERE task = ? ORDER BY done_at DESC, station", task)
