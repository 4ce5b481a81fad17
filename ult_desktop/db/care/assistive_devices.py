"""Assistive devices (alat bantu) and the visitors who have them."""

from ult_desktop.core.care.declarations import Condition, Device, Loan
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Device,
    "device d LEFT JOIN device_loan l ON l.device_id = d.id AND l.returned_at IS NULL"
    " LEFT JOIN visit v ON v.id = l.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id",
    "l.id AS loan_id, l.visit_id AS visit_id, t.label AS ticket, l.lent_at AS lent_at,"
    " l.id IS NOT NULL AND (l.day < ? OR v.ended_at IS NOT NULL) AS overdue",
)
_LOAN = Rows(Loan, "device_loan")


def every_device(tx: Transaction, day: str) -> tuple[Device, ...]:
    """List all devices in use; a loan is overdue when its day or its visit is over."""
    return _ROWS.all(tx, "WHERE d.condition <> 'retired' ORDER BY d.kind, d.label, d.id", day)


def find(tx: Transaction, device_id: int, day: str) -> Device | None:
    return _ROWS.maybe(tx, "WHERE d.id = ?", day, device_id)


def get(tx: Transaction, device_id: int) -> Device:
    """Return a device that is known to be there; its loan is overdue here only if the visit is over."""
    return _ROWS.one(tx, "WHERE d.id = ?", "", device_id)


def insert(tx: Transaction, kind: str, label: str) -> int:
    return tx.insert("device", kind=kind, label=label)


def has_label(tx: Transaction, label: str) -> bool:
    return tx.value("SELECT 1 FROM device WHERE label = ?", label) is not None


def set_condition(tx: Transaction, device_id: int, condition: Condition) -> None:
    tx.update("device", device_id, condition=condition)


def lend(tx: Transaction, device_id: int, visit_id: int, day: str, at: int, officer_id: int | None) -> int:
    return tx.insert(
        "device_loan", device_id=device_id, visit_id=visit_id, day=day, lent_at=at, lent_by=officer_id
    )


find_loan = _LOAN.find


def give_back(tx: Transaction, loan_id: int, at: int, officer_id: int | None, remark: str) -> None:
    tx.run(
        "UPDATE device_loan SET returned_at = max(?, lent_at), returned_to = ?, remark = ? WHERE id = ?",
        *(at, officer_id, remark, loan_id),
    )
