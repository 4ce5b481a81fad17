"""Stations: each PC keeps one row about itself (store rule 14)."""

import msgspec

from ult_desktop.core.boards import StationLine
from ult_desktop.core.connection import GONE_MS
from ult_desktop.db.transaction import Transaction

AT_WORK_MS = GONE_MS


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """What a station says of itself. `boot` is new at each start; offsets in ms against the share."""

    name: str
    mode: str
    version: str
    boot: str
    seen_at: int
    printer: str = ""
    voice: str = ""
    clock_offset_ms: int = 0


def report(tx: Transaction, presence: Presence) -> None:
    tx.run(
        "INSERT INTO station (name, mode, version, boot, seen_at, printer, voice, clock_offset_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET mode = excluded.mode, version = excluded.version,"
        " boot = excluded.boot, seen_at = excluded.seen_at, printer = excluded.printer,"
        " voice = excluded.voice, clock_offset_ms = excluded.clock_offset_ms",
        presence.name,
        presence.mode,
        presence.version,
        presence.boot,
        presence.seen_at,
        presence.printer,
        presence.voice,
        presence.clock_offset_ms,
    )


def seen_since(tx: Transaction, at: int) -> tuple[StationLine, ...]:
    """Stations at work: those that reported themselves after `at` (UTC ms)."""
    return tx.all(
        StationLine,
        "SELECT name, mode, version, seen_at, printer, voice, clock_offset_ms FROM station"
        " WHERE seen_at > ? ORDER BY name",
        at,
    )


def find(tx: Transaction, name: str) -> Presence | None:
    return tx.maybe(
        Presence,
        "SELECT name, mode, version, boot, seen_at, printer, voice, clock_offset_ms FROM station"
        " WHERE name = ?",
        name,
    )
