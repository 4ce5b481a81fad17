"""Answers that were told, their receipts, and the documents that lie in a case."""

import msgspec

from ult_desktop.core.cases.case_views import CaseDocument
from ult_desktop.core.cases.delivery import Delivery, DeliveryChannel
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT d.id, d.case_id, d.at, coalesce(o.name, '') AS officer, coalesce(f.name, '') AS acting_for,"
    " d.way, d.recipient, d.proof, d.document_id, d.receipt FROM delivery d"
    " LEFT JOIN officer o ON o.id = d.officer_id LEFT JOIN officer f ON f.id = d.for_officer_id"
)


class NewDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when an answer was told. `at` UTC ms; receipt fields None and "" without one."""

    case_id: int
    at: int
    officer_id: int | None
    for_officer_id: int | None
    way: DeliveryChannel
    recipient: str
    proof: str
    document_id: int | None
    receipt_year: int | None
    receipt_serial: int | None
    receipt: str


def insert(tx: Transaction, new: NewDelivery) -> int:
    return tx.insert(
        "INSERT INTO delivery (case_id, at, officer_id, for_officer_id, way, recipient, proof, document_id,"
        " receipt_year, receipt_serial, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def get(tx: Transaction, delivery_id: int) -> Delivery:
    return tx.one(Delivery, f"{_SELECT} WHERE d.id = ?", delivery_id)


def find(tx: Transaction, delivery_id: int) -> Delivery | None:
    return tx.maybe(Delivery, f"{_SELECT} WHERE d.id = ?", delivery_id)


def of_case(tx: Transaction, case_id: int) -> tuple[Delivery, ...]:
    return tx.all(Delivery, f"{_SELECT} WHERE d.case_id = ? ORDER BY d.at, d.id", case_id)


class NewDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document laid into a case. `at` UTC ms."""

    case_id: int
    escalation_id: int | None
    document_id: int
    title: str
    officer_id: int | None
    at: int


def attach(tx: Transaction, new: NewDocument) -> int:
    return tx.insert(
        "INSERT INTO case_document (case_id, escalation_id, document_id, title, officer_id, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def documents_of(tx: Transaction, case_id: int) -> tuple[CaseDocument, ...]:
    return tx.all(
        CaseDocument,
        "SELECT d.document_id, d.escalation_id, d.title, coalesce(o.name, '') AS officer, d.at"
        " FROM case_document d LEFT JOIN officer o ON o.id = d.officer_id WHERE d.case_id = ?"
        " ORDER BY d.at, d.id",
        case_id,
    )
