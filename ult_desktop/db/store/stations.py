"""Stations: each PC keeps one row about itself (docs/store.md, rule 14)."""

import msgspec

from ult_desktop.core import connection, stamps
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.offline import HOLDS_DAYS, letter_for
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store.transaction import Rows, Transaction

AT_WORK_MS = connection.GONE_MS


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """What a station says of itself. `boot` is new at each start; offsets in ms against the share.

    `letter` is the one that a kiosk wishes, and as it is read the one that it has; "" for all others.
    """

    name: str
    mode: str
    version: str
    boot: str
    seen_at: int
    printer: str = ""
    voice: str = ""
    clock_offset_ms: int = 0
    letter: str = ""


_PRESENCE = Rows(Presence, "station")
_STATUS = Rows(StationStatus, "station")


def report(tx: Transaction, presence: Presence) -> None:
    """Write the station's row; a kiosk's letter is one that no other kiosk has, in the same transaction."""
    letter = letter_for(presence.letter, own_letter(tx, presence.name), _letters_beside(tx, presence))
    tx.put("station", "name", msgspec.structs.replace(presence, letter=letter))


def own_letter(tx: Transaction, name: str) -> str:
    return str(tx.value("SELECT letter FROM station WHERE name = ?", name) or "")


def _letters_beside(tx: Transaction, presence: Presence) -> list[str]:
    """Also of kiosks that are silent: as long as their look holds they may be giving numbers alone."""
    return tx.column(
        "SELECT letter FROM station WHERE name <> ? AND letter <> '' AND seen_at > ?",
        presence.name,
        presence.seen_at - HOLDS_DAYS * stamps.DAY_MS,
    )


_AT_WORK = "seen_at BETWEEN ? AND ?"


def _lately(now: int) -> tuple[int, int]:
    """From when to when somebody at work was seen; what a wrong clock wrote into the future is nobody."""
    return now - AT_WORK_MS + 1, now + NEAR_MS


def all_seen(tx: Transaction) -> tuple[StationStatus, ...]:
    """Every station that ever reported itself."""
    return _STATUS.all(tx, "ORDER BY name")


def at_work(tx: Transaction, now: int) -> tuple[StationStatus, ...]:
    """Those that reported themselves lately; `now` UTC ms."""
    return _STATUS.all(tx, f"WHERE {_AT_WORK} ORDER BY name", *_lately(now))


def names_at_work(tx: Transaction, now: int) -> list[str]:
    """The same by their names, also in a file of an older program."""
    return tx.column(f"SELECT name FROM station WHERE {_AT_WORK}", *_lately(now))


def find(tx: Transaction, name: str) -> Presence | None:
    return _PRESENCE.maybe(tx, "WHERE name = ?", name)
