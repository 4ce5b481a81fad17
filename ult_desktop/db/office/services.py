"""Services (layanan) of the office."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from ult_desktop.core.office.template import ServiceTemplate, service_line
from ult_desktop.db.store.transaction import Transaction


class ServiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A service with its definition as the office wrote it."""

    id: int
    definition: ServiceTemplate


_SELECT = "SELECT id, definition FROM service"


def active(tx: Transaction) -> tuple[ServiceRow, ...]:
    return tuple(_service(*row) for row in tx.rows(f"{_SELECT} WHERE active = 1 ORDER BY position"))


def offered(tx: Transaction, channel: str, own_id: int | None = None) -> tuple[ServiceRow, ...]:
    """List the services that are offered by that channel, and the one that the visit has (`own_id`)."""
    return tuple(row for row in active(tx) if row.id == own_id or row.definition.is_offered_by(channel))


def with_retired(tx: Transaction) -> tuple[ServiceRow, ...]:
    """List the services that are offered, and those that were retired."""
    return tuple(_service(*row) for row in tx.rows(f"{_SELECT} ORDER BY position"))


def by_word(rows: Iterable[ServiceRow]) -> dict[str, ServiceRow]:
    """Return these services by what people call them, in small letters: prefix, name in either language."""
    services: dict[str, ServiceRow] = {}
    for row in rows:
        for word in (row.definition.prefix, row.definition.name.indonesian, row.definition.name.en):
            if word:
                services.setdefault(word.casefold(), row)
    return services


def minutes(rows: Iterable[ServiceRow]) -> dict[int, int]:
    """Return the minutes that a visit takes, by service, for those of these services that say them."""
    return {row.id: row.definition.minutes for row in rows if row.definition.minutes is not None}


def choices(rows: Iterable[ServiceRow]) -> tuple[tuple[int, str], ...]:
    """Return the options (id, words) of a field that asks for one of these services."""
    return tuple((row.id, service_line(row.definition.prefix, row.definition.name)) for row in rows)


def find(tx: Transaction, service_id: int, *, retired: bool = False) -> ServiceRow | None:
    """Find a service that is offered; with `retired` also one that is offered no more."""
    row = tx.row(f"{_SELECT} WHERE id = ? AND active >= ?", service_id, int(not retired))
    return None if row is None else _service(*row)


@lru_cache(maxsize=128)  # services are read with every operation and hardly ever written
def _service(service_id: int, definition: str) -> ServiceRow:
    return ServiceRow(id=service_id, definition=msgspec.json.decode(definition, type=ServiceTemplate))


def insert(tx: Transaction, position: int, service: ServiceTemplate) -> int:
    return tx.insert(
        "service",
        prefix=service.prefix,
        name=service.name.indonesian,
        name_en=service.name.en,
        position=position,
        definition=service,
    )


def of_prefix(tx: Transaction, prefix: str) -> ServiceRow | None:
    """Find the service that has this prefix, or had it before it was retired."""
    row = tx.row(f"{_SELECT} WHERE prefix = ?", prefix)
    return None if row is None else _service(*row)


def id_of_prefix(tx: Transaction, prefix: str) -> int:
    """Return the id of a service that is known to exist."""
    return tx.number("SELECT id FROM service WHERE prefix = ?", prefix)


def change(tx: Transaction, service_id: int, position: int, service: ServiceTemplate) -> None:
    """Give a service another definition and position; a retired service is offered again."""
    tx.update(
        "service",
        service_id,
        name=service.name.indonesian,
        name_en=service.name.en,
        position=position,
        definition=service,
        active=1,
    )


def retire(tx: Transaction, service_id: int) -> None:
    """Stop offering a service; earlier numbers and cases keep it."""
    tx.update("service", service_id, active=0)
