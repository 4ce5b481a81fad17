"""Answers that were given, their receipts, and the documents that lie in a case."""

import msgspec

from ult_desktop.core.cases import case_views, delivery
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    delivery.Delivery,
    "delivery d LEFT JOIN officer o ON o.id = d.officer_id LEFT JOIN officer f ON f.id = d.for_officer_id",
    "coalesce(o.name, '') AS officer, coalesce(f.name, '') AS acting_for",
)
_DOCUMENT = Rows(
    case_views.CaseDocument,
    "case_document d LEFT JOIN officer o ON o.id = d.officer_id",
    "coalesce(o.name, '') AS officer",
)


class NewDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when an answer was given.

    `at` UTC ms; receipt fields None and "" without one.
    """

    case_id: int
    at: int
    officer_id: int | None
    for_officer_id: int | None
    way: delivery.DeliveryChannel
    recipient: str
    proof: str
    document_id: int | None
    receipt_year: int | None
    receipt_serial: int | None
    receipt: str


def insert(tx: Transaction, new: NewDelivery) -> int:
    return tx.insert("delivery", new)


get = _ROWS.get
find = _ROWS.find


def of_case(tx: Transaction, case_id: int) -> tuple[delivery.Delivery, ...]:
    return _ROWS.all(tx, "WHERE d.case_id = ? ORDER BY d.at, d.id", case_id)


class NewDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document laid into a case. `at` UTC ms."""

    case_id: int
    escalation_id: int | None
    document_id: int
    title: str
    officer_id: int | None
    at: int


def attach(tx: Transaction, new: NewDocument) -> int:
    return tx.insert("case_document", new)


def documents_of(tx: Transaction, case_id: int) -> tuple[case_views.CaseDocument, ...]:
    return _DOCUMENT.all(tx, "WHERE d.case_id = ? ORDER BY d.at, d.id", case_id)
