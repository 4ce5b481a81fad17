"""Assistive devices (alat bantu) and with whom they are."""

from ult_desktop.core.care.declarations import Condition, Device, Loan
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT d.id, d.kind, d.label, d.condition, l.id AS loan_id, l.visit_id, t.label AS ticket, l.lent_at,"
    " l.id IS NOT NULL AND (l.day < ? OR v.ended_at IS NOT NULL) AS overdue"
    " FROM device d LEFT JOIN device_loan l ON l.device_id = d.id AND l.returned_at IS NULL"
    " LEFT JOIN visit v ON v.id = l.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
)
_LOAN = "SELECT id, device_id, visit_id, lent_at, returned_at, remark FROM device_loan"


def every_device(tx: Transaction, day: str) -> tuple[Device, ...]:
    """All that is in use; a loan is overdue when its day or its visit is over."""
    return tx.all(Device, f"{_SELECT} WHERE d.condition <> 'retired' ORDER BY d.kind, d.label", day)


def find(tx: Transaction, device_id: int, day: str) -> Device | None:
    return tx.maybe(Device, f"{_SELECT} WHERE d.id = ?", day, device_id)


def get(tx: Transaction, device_id: int) -> Device:
    """As the log's subject names it; of what day the loan is does not matter then."""
    return tx.one(Device, f"{_SELECT} WHERE d.id = ?", "", device_id)


def insert(tx: Transaction, kind: str, label: str) -> int:
    return tx.insert("INSERT INTO device (kind, label) VALUES (?, ?)", kind, label)


def has_label(tx: Transaction, label: str) -> bool:
    return tx.value("SELECT 1 FROM device WHERE label = ?", label) is not None


def set_condition(tx: Transaction, device_id: int, condition: Condition) -> None:
    tx.run("UPDATE device SET condition = ? WHERE id = ?", condition, device_id)


def lend(tx: Transaction, device_id: int, visit_id: int, day: str, at: int, officer_id: int | None) -> int:
    return tx.insert(
        "INSERT INTO device_loan (device_id, visit_id, day, lent_at, lent_by) VALUES (?, ?, ?, ?, ?)",
        *(device_id, visit_id, day, at, officer_id),
    )


def find_loan(tx: Transaction, loan_id: int) -> Loan | None:
    return tx.maybe(Loan, f"{_LOAN} WHERE id = ?", loan_id)


def give_back(tx: Transaction, loan_id: int, at: int, officer_id: int | None, remark: str) -> None:
    tx.run(
        "UPDATE device_loan SET returned_at = max(?, lent_at), returned_to = ?, remark = ? WHERE id = ?",
        *(at, officer_id, remark, loan_id),
    )
