"""The daily equipment checks of the procedures."""

from collections.abc import Iterable

from ult_desktop.core.accountability.deviations import CheckedItem, EquipmentCheck
from ult_desktop.core.visits.visit import ProcedureInForce
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    EquipmentCheck,
    "equipment_check c LEFT JOIN officer o ON o.id = c.officer_id",
    "coalesce(o.name, '') AS officer, c.items AS items_json",
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
        "equipment_check",
        day=day,
        at=at,
        procedure_id=procedure.id,
        procedure_version=procedure.version,
        officer_id=officer_id,
        items=tuple(items),
    )


get = _ROWS.get


def of_day(tx: Transaction, day: str) -> tuple[EquipmentCheck, ...]:
    """List every check of a day, the latest of each procedure last."""
    return _ROWS.all(tx, "WHERE c.day = ? ORDER BY c.id", day)
