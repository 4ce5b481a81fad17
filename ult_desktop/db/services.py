"""Services (layanan) of the office."""

from functools import lru_cache

import msgspec

from ult_desktop.core.office_template import ServiceTemplate
from ult_desktop.db.transaction import Transaction


class ServiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A service with its definition as the office wrote it."""

    id: int
    definition: ServiceTemplate


class _Stored(msgspec.Struct, frozen=True):
    """The row as it lies in the file."""

    id: int
    definition: str


_SELECT = "SELECT id, definition FROM service WHERE active = 1"


def active(tx: Transaction) -> tuple[ServiceRow, ...]:
    return tuple(map(_read, tx.all(_Stored, f"{_SELECT} ORDER BY position")))


def find(tx: Transaction, service_id: int) -> ServiceRow | None:
    row = tx.maybe(_Stored, f"{_SELECT} AND id = ?", service_id)
    return None if row is None else _read(row)


def _read(row: _Stored) -> ServiceRow:
    return ServiceRow(id=row.id, definition=_definition(row.definition))


@lru_cache(maxsize=128)
def _definition(text: str) -> ServiceTemplate:
    """Read with every operation and hardly ever written: the same text is decoded once."""
    return msgspec.json.decode(text, type=ServiceTemplate)


def insert(tx: Transaction, position: int, service: ServiceTemplate) -> int:
    return tx.insert(
        "INSERT INTO service (prefix, name, name_en, position, definition) VALUES (?, ?, ?, ?, ?)",
        service.prefix,
        service.name.id,
        service.name.en,
        position,
        msgspec.json.encode(service).decode(),
    )
