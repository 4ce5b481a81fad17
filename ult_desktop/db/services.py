"""Services (layanan) of the office."""

import msgspec

from ult_desktop.core.office_template import ServiceTemplate
from ult_desktop.db.transaction import Transaction


class ServiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A service with its definition as the office wrote it."""

    id: int
    definition: ServiceTemplate


_SELECT = "SELECT id, definition AS definition_json FROM service WHERE active = 1"


def active(tx: Transaction) -> tuple[ServiceRow, ...]:
    return tx.all(ServiceRow, f"{_SELECT} ORDER BY position")


def find(tx: Transaction, service_id: int) -> ServiceRow | None:
    return tx.maybe(ServiceRow, f"{_SELECT} AND id = ?", service_id)


def insert(tx: Transaction, position: int, service: ServiceTemplate) -> int:
    return tx.insert(
        "INSERT INTO service (prefix, name, name_en, position, definition) VALUES (?, ?, ?, ?, ?)",
        service.prefix,
        service.name.id,
        service.name.en,
        position,
        msgspec.json.encode(service).decode(),
    )
