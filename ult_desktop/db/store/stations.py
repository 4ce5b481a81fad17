"""Stations: each PC keeps one row about itself (docs/store.md, rule 14)."""

import msgspec

from ult_desktop.core import connection, stamps
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


def seen_since(tx: Transaction, at: int) -> tuple[StationStatus, ...]:
    """Stations at work: those that reported themselves after `at` (UTC ms)."""
    return _STATUS.all(tx, "WHERE seen_at > ? ORDER BY name", at)


def names_since(tx: Transaction, at: int) -> list[str]:
    """Who reported itself after `at` (UTC ms); also in a file of an older program."""
    return tx.column("SELECT name FROM station WHERE seen_at > ?", at)


def find(tx: Transaction, name: str) -> Presence | None:
    return _PRESENCE.maybe(tx, "WHERE name = ?", name)
