"""The office row: who this is, its hours and its rules, as one typed document."""

import msgspec

from ult_desktop.core.settings import OfficeSettings
from ult_desktop.db.transaction import Transaction


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True):
    """The office's identity, settings and whether its kiosks are paused ("" when not)."""

    uid: str
    settings: OfficeSettings
    kiosk_pause: str


def load(tx: Transaction) -> OfficeRow:
    return tx.one(OfficeRow, "SELECT uid, settings AS settings_json, kiosk_pause FROM office")


def insert(tx: Transaction, uid: str, settings: OfficeSettings) -> None:
    tx.run("INSERT INTO office (id, uid, settings) VALUES (1, ?, ?)", uid, _text(settings))


def pause_kiosks(tx: Transaction, reason: str) -> None:
    tx.run("UPDATE office SET kiosk_pause = ?", reason)


def _text(settings: OfficeSettings) -> str:
    return msgspec.json.encode(settings).decode()
