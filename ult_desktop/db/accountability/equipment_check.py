"""The daily equipment checks of the procedures."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.accountability.deviations import CheckedItem, EquipmentCheck
from ult_desktop.core.visits.visit import ProcedureInForce
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT c.id, c.day, c.at, c.procedure_id, c.procedure_version, coalesce(o.name, '') AS officer,"
    " c.items AS items_json FROM equipment_check c LEFT JOIN officer o ON o.id = c.officer_id"
)


def insert(
    tx: Transaction,
    day: str,
    at: int,
    procedure: ProcedureInForce,
    officer_id: int | None,
    items: Iterable[CheckedItem],
) -> int:
    return tx.insert(
        "INSERT INTO equipment_check (day, at, procedure_id, procedure_version, officer_id, items)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        day,
        at,
        procedure.id,
        procedure.version,
        officer_id,
        msgspec.json.encode(list(items)).decode(),
    )


def get(tx: Transaction, check_id: int) -> EquipmentCheck:
    return tx.one(EquipmentCheck, f"{_SELECT} WHERE c.id = ?", check_id)


def of_day(tx: Transaction, day: str) -> tuple[EquipmentCheck, ...]:
    """Every check of a day, the latest of each procedure last."""
    return tx.all(EquipmentCheck, f"{_SELECT} WHERE c.day = ? ORDER BY c.id", day)
