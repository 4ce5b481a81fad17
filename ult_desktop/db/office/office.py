"""The office's one row (identity, settings, logo), and what a change of the settings would affect."""

from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base.digests import sha256
from ult_desktop.core.office.logo import is_drawable
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.db.store.transaction import Transaction


class OfficeRow(msgspec.Struct, frozen=True, kw_only=True):
    """The office's identity, settings and whether its kiosks are paused ("" when not)."""

    uid: str
    settings: OfficeSettings
    kiosk_pause: str


_COLUMNS = "uid, settings, kiosk_pause, logo_mark"


def load(tx: Transaction) -> OfficeRow:
    return _with_logo(tx, *_only_row(tx, f"SELECT {_COLUMNS} FROM office"))


def load_for_write(tx: Transaction) -> tuple[OfficeRow, bytes]:
    """Return the row with the public key that seals now, empty without keys.

    Every write calls this, so it is one statement.
    """
    *row, key = _only_row(
        tx, f"SELECT {_COLUMNS}, (SELECT public FROM office_key ORDER BY generation DESC LIMIT 1) FROM office"
    )
    return _with_logo(tx, *row), key or b""


def _only_row(tx: Transaction, sql: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = tx.row(sql)
    if row is None:
        raise msgspec.ValidationError("no row in office")  # damage, like settings that cannot be read
    return row


def zone(tx: Transaction) -> ZoneInfo:
    """Return the office's own time zone."""
    return load(tx).settings.office.zone


def uid_of(tx: Transaction) -> str:
    """Return the uid of the office that a file belongs to, whatever version wrote its settings."""
    return str(tx.value("SELECT uid FROM office"))


def _with_logo(tx: Transaction, uid: str, settings: str, kiosk_pause: str, mark: str) -> OfficeRow:
    if mark and mark not in _logos:
        logo = bytes(tx.value("SELECT logo FROM office"))
        _logos[mark] = logo if is_drawable(logo) else b""
    return _row(uid, settings, kiosk_pause, _logos.get(mark, b""))


_MARK_LENGTH = 16  # hex digits of the logo's digest that `logo_mark` has
_logos: dict[str, bytes] = {}  # by mark; a process reads a logo once: it fills several pages of the file


@lru_cache(maxsize=4)  # the row is read with every operation and hardly ever written
def _row(uid: str, settings: str, kiosk_pause: str, logo: bytes) -> OfficeRow:
    decoded = msgspec.json.decode(settings, type=OfficeSettings)
    return OfficeRow(uid=uid, settings=_replace_logo(decoded, logo), kiosk_pause=kiosk_pause)


def _replace_logo(settings: OfficeSettings, logo: bytes) -> OfficeSettings:
    replace = msgspec.structs.replace
    return replace(settings, office=replace(settings.office, logo=logo))


def insert(tx: Transaction, uid: str, settings: OfficeSettings) -> None:
    tx.insert("office", id=1, uid=uid, settings=_replace_logo(settings, b""))
    if settings.office.logo:
        set_settings(tx, settings)


def set_settings(tx: Transaction, settings: OfficeSettings) -> None:
    logo = settings.office.logo
    mark = sha256(logo).hex()[:_MARK_LENGTH] if logo else ""
    # The logo has a column of its own: the settings are read with every operation.
    tx.update("office", 1, settings=_replace_logo(settings, b""), logo_mark=mark, logo=logo)


def pause_kiosks(tx: Transaction, reason: str) -> None:
    tx.update("office", 1, kiosk_pause=reason)


def open_numbers(
    tx: Transaction, *, service_id: int | None = None, series: str | None = None
) -> tuple[str, ...]:
    """List the labels of numbers that nobody has finished yet, of any day, or only of a service or series."""
    # A value that is None filters nothing: the column is compared with itself.
    sql = (
        "SELECT label FROM ticket WHERE state IN ('waiting', 'called', 'serving', 'held')"
        " AND service_id = coalesce(?, service_id) AND series = coalesce(?, series) ORDER BY day, id"
    )
    return tuple(tx.column(sql, service_id, series))


def staffed_counters(tx: Transaction) -> tuple[int, ...]:
    """List the counters that are open or paused."""
    return tuple(tx.column("SELECT number FROM counter WHERE state <> 'closed' ORDER BY number"))


def appointments_for(tx: Transaction, service_id: int) -> tuple[str, ...]:
    """List the codes of the appointments of a service that are still to come."""
    return tuple(
        tx.column(
            "SELECT code FROM appointment WHERE state = 'booked' AND service_id = ? ORDER BY at, id",
            service_id,
        )
    )
