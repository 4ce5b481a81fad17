"""Everything that the office holds about a data subject, part by part, for the copy they are given."""

from collections.abc import Iterator

import msgspec

from ult_desktop.core.privacy.subjects import Dossier, HeldRecord
from ult_desktop.core.visits.guest_book import purpose_words
from ult_desktop.db.privacy import subjects
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.guests import procedure_of

# Columns by part, a table `x`. What is about officers alone is not the subject's.
_COLUMNS = {
    "visit": "day, channel, began_at, ended_at, purpose, remark",
    "guest": (
        "name, institution, regency, phone, email, occupation, meets, letter_number, letter_date,"
        " remember, notice, at"
    ),
    "ticket": "label, issued_at, remark",
    "identity_check": "at, kind, number_tail, matches",
    "representation": "principal, relation, kind, issuer, number, date",
    "letter": "kind, number, date, issuer, subject",
    "requirement_check": "at, missing",
    "spd_signing": "day, number, traveller, origin",
    "document": "name, size, at",
    "card_loan": "kind, purpose, lent_at, returned_at",
    "badge_loan": "number, given_at, returned_at",
    "vulnerability": "grounds, help, declared_at",
    "device_loan": "lent_at, returned_at",
    "escort": "leg, began_at, ended_at",
    "phone_call": "supporting, promised_at",
    "call_attempt": "began_at, ended_at, result",
    "handover": "at, remark",
    "casefile": "number, opened_at, detail, answer, closed_at",
    "online_request": "number, source, topic, received_at",
    "case_entry": "x.at, x.kind, x.text",
    "escalation": "x.sent_at, x.instruction, x.answer, x.answered_at",
    "delivery": "x.at, x.way, x.recipient, x.proof, x.receipt",
    "appointment": "x.code, x.day, x.reason, x.remark",
    "information_request": (
        "x.number, x.registered_at, x.name, x.address, x.contact, x.occupation, x.wanted, x.purpose,"
        " x.decision"
    ),
    "objection": "x.number, x.filed_at, x.position, x.proxy, x.answer",
}
_BY_CASE = "JOIN casefile c ON c.id = x.case_id WHERE c.visit_id = ?"
# How a part belongs to a visit, where it has no column that says so.
_JOINS = {
    "visit": "WHERE id = ?",
    "ticket": "WHERE id = (SELECT ticket_id FROM visit WHERE id = ?)",
    **dict.fromkeys(("case_entry", "escalation", "delivery", "appointment", "information_request"), _BY_CASE),
    "objection": (
        "JOIN information_request i ON i.id = x.request_id JOIN casefile c ON c.id = i.case_id"
        " WHERE c.visit_id = ?"
    ),
}
PARTS = tuple(
    (part, columns, f"FROM {part} x {_JOINS.get(part, 'WHERE visit_id = ?')}")
    for part, columns in _COLUMNS.items()
)
_LISTS = frozenset({"grounds", "help", "missing"})


def dossier(tx: Transaction, request_id: int) -> Dossier:
    """Nothing is left out that stands in a row of the subject's visits; empty fields are not listed."""
    found = subjects.file_of(tx, request_id)
    held = (each for visit in found.visits for each in records_of(tx, visit.visit_id))
    return Dossier(file=found, held=tuple(held))


def records_of(tx: Transaction, visit_id: int) -> Iterator[HeldRecord]:
    """What stands in the rows of one visit, part by part."""
    for part, columns, source in PARTS:
        names = [column.strip().removeprefix("x.") for column in columns.split(",")]
        for row in tx.rows(f"SELECT {columns} {source}", visit_id):
            for name, value in zip(names, row, strict=True):
                for text in _texts(name, value):
                    words = _purpose(tx, visit_id, text) if (part, name) == ("visit", "purpose") else text
                    yield HeldRecord(visit_id=visit_id, part=part, field=name, value=words)


def _purpose(tx: Transaction, visit_id: int, kept: str) -> str:
    """A purpose from the list is kept by its key; its words stand in the visit's procedure."""
    visit = visits.get(tx, visit_id)
    return purpose_words(procedure_of(tx, visit.procedure_id, visit.procedure_version), kept)


def _texts(name: str, value: object) -> tuple[str, ...]:
    """One text, those of a list, or none."""
    if name in _LISTS:
        return msgspec.json.decode(str(value), type=tuple[str, ...])
    return () if value in (None, "") else (str(value),)
