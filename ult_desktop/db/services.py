"""Services (layanan) of the office."""

from functools import lru_cache

import msgspec

from ult_desktop.core.office_template import ServiceTemplate
from ult_desktop.db.transaction import Transaction


class ServiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A service with its definition as the office wrote it."""

    id: int
    definition: ServiceTemplate


_SELECT = "SELECT id, definition FROM service WHERE active = 1"


def active(tx: Transaction) -> tuple[ServiceRow, ...]:
    return tuple(_service(*row) for row in tx.rows(f"{_SELECT} ORDER BY position"))


def find(tx: Transaction, service_id: int) -> ServiceRow | None:
    row = tx.row(f"{_SELECT} AND id = ?", service_id)
    return None if row is None else _service(*row)


@lru_cache(maxsize=128)
def _service(service_id: int, definition: str) -> ServiceRow:
    """Read with every operation and hardly ever written: the same text is decoded once."""
    return ServiceRow(id=service_id, definition=msgspec.json.decode(definition, type=ServiceTemplate))


def insert(tx: Transaction, position: int, service: ServiceTemplate) -> int:
    return tx.insert(
        "INSERT INTO service (prefix, name, name_en, position, definition) VALUES (?, ?, ?, ?, ?)",
        service.prefix,
        service.name.id,
        service.name.en,
        position,
        msgspec.json.encode(service).decode(),
    )
