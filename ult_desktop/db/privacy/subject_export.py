"""Everything that the office holds about a data subject, part by part, for the copy he is given."""

from collections.abc import Iterator

import msgspec

from ult_desktop.core.privacy.subjects import Dossier, HeldRecord
from ult_desktop.core.visits.guest_book import purpose_words
from ult_desktop.db.privacy import subjects
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.guests import procedure_of

_BY_VISIT = "WHERE visit_id = ?"
_BY_CASE = "JOIN casefile c ON c.id = x.case_id WHERE c.visit_id = ?"
# Part, columns, and how it belongs to a visit. What is about officers alone is not his.
PARTS = (
    ("visit", "day, channel, began_at, ended_at, purpose, remark", "FROM visit x WHERE id = ?"),
    (
        "guest",
        (
            "name, institution, regency, phone, email, occupation, meets, letter_number, letter_date,"
            " remember, notice, at"
        ),
        f"FROM guest x {_BY_VISIT}",
    ),
    (
        "ticket",
        "label, issued_at, remark",
        "FROM ticket x WHERE id = (SELECT ticket_id FROM visit WHERE id = ?)",
    ),
    ("identity_check", "at, kind, number_tail, matches", f"FROM identity_check x {_BY_VISIT}"),
    (
        "representation",
        "principal, relation, kind, issuer, number, date",
        f"FROM representation x {_BY_VISIT}",
    ),
    ("letter", "kind, number, date, issuer, subject", f"FROM letter x {_BY_VISIT}"),
    ("requirement_check", "at, missing", f"FROM requirement_check x {_BY_VISIT}"),
    ("spd_signing", "day, number, traveller, origin", f"FROM spd_signing x {_BY_VISIT}"),
    ("document", "name, size, at", f"FROM document x {_BY_VISIT}"),
    ("card_loan", "kind, purpose, lent_at, returned_at", f"FROM card_loan x {_BY_VISIT}"),
    ("badge_loan", "number, given_at, returned_at", f"FROM badge_loan x {_BY_VISIT}"),
    ("vulnerability", "grounds, help, declared_at", f"FROM vulnerability x {_BY_VISIT}"),
    ("device_loan", "lent_at, returned_at", f"FROM device_loan x {_BY_VISIT}"),
    ("escort", "leg, began_at, ended_at", f"FROM escort x {_BY_VISIT}"),
    ("phone_call", "supporting, promised_at", f"FROM phone_call x {_BY_VISIT}"),
    ("call_attempt", "began_at, ended_at, result", f"FROM call_attempt x {_BY_VISIT}"),
    ("handover", "at, remark", f"FROM handover x {_BY_VISIT}"),
    ("casefile", "number, opened_at, detail, answer, closed_at", f"FROM casefile x {_BY_VISIT}"),
    ("online_request", "number, source, topic, received_at", f"FROM online_request x {_BY_VISIT}"),
    ("case_entry", "x.at, x.kind, x.text", f"FROM case_entry x {_BY_CASE}"),
    ("escalation", "x.sent_at, x.instruction, x.answer, x.answered_at", f"FROM escalation x {_BY_CASE}"),
    ("delivery", "x.at, x.way, x.recipient, x.proof, x.receipt", f"FROM delivery x {_BY_CASE}"),
    ("appointment", "x.code, x.day, x.reason, x.remark", f"FROM appointment x {_BY_CASE}"),
    (
        "information_request",
        (
            "x.number, x.registered_at, x.name, x.address, x.contact, x.occupation, x.wanted, x.purpose,"
            " x.decision"
        ),
        f"FROM information_request x {_BY_CASE}",
    ),
    (
        "objection",
        "x.number, x.filed_at, x.position, x.proxy, x.answer",
        (
            "FROM objection x JOIN information_request i ON i.id = x.request_id"
            " JOIN casefile c ON c.id = i.case_id WHERE c.visit_id = ?"
        ),
    ),
)
_LISTS = frozenset({"grounds", "help", "missing"})


def dossier(tx: Transaction, request_id: int) -> Dossier:
    """Nothing is left out that stands in a row of his visits; empty fields are not listed."""
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
