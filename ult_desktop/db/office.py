"""The office row: who this is, its hours and its rules, as one typed document."""

from functools import lru_cache

import msgspec

from ult_desktop.core.settings import OfficeSettings
from ult_desktop.db.transaction import Transaction


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True):
    """The office's identity, settings and whether its kiosks are paused ("" when not)."""

    uid: str
    settings: OfficeSettings
    kiosk_pause: str


class _Stored(msgspec.Struct, frozen=True):
    """The row as it lies in the file."""

    uid: str
    settings: str
    kiosk_pause: str


def load(tx: Transaction) -> OfficeRow:
    row = tx.one(_Stored, "SELECT uid, settings, kiosk_pause FROM office")
    return OfficeRow(uid=row.uid, settings=_settings(row.settings), kiosk_pause=row.kiosk_pause)


@lru_cache(maxsize=4)
def _settings(text: str) -> OfficeSettings:
    """Read with every operation and hardly ever written: the same text is decoded once."""
    return msgspec.json.decode(text, type=OfficeSettings)


def insert(tx: Transaction, uid: str, settings: OfficeSettings) -> None:
    tx.run("INSERT INTO office (id, uid, settings) VALUES (1, ?, ?)", uid, _text(settings))


def pause_kiosks(tx: Transaction, reason: str) -> None:
    tx.run("UPDATE office SET kiosk_pause = ?", reason)


def _text(settings: OfficeSettings) -> str:
    return msgspec.json.encode(settings).decode()
