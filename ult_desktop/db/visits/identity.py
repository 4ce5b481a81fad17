"""Identity checks, letters, who acts for whom, requirements and signed SPD."""

import msgspec

from ult_desktop.core.visits.commands import ActForAnother, RecordLetter, SignSpd, VerifyIdentity
from ult_desktop.core.visits.identity import (
    IdentityCheck,
    Representation,
    RequirementCheck,
    SpdSigning,
    VisitorLetter,
)
from ult_desktop.db.store.transaction import Transaction

_CHECK = (
    "SELECT i.id, i.visit_id, i.at, i.kind, i.number_tail, i.matches, i.for_other,"
    " coalesce(o.name, '') AS officer FROM identity_check i LEFT JOIN officer o ON o.id = i.officer_id"
)
_LETTER = (
    "SELECT l.id, l.visit_id, l.kind, l.number, l.date, l.issuer, l.subject, l.document_id, l.at,"
    " coalesce(o.name, '') AS officer FROM letter l LEFT JOIN officer o ON o.id = l.officer_id"
)
_REQUIREMENT = (
    "SELECT r.id, r.visit_id, r.at, r.missing AS missing_json, coalesce(o.name, '') AS officer"
    " FROM requirement_check r LEFT JOIN officer o ON o.id = r.officer_id"
)
_SPD = (
    "SELECT s.id, s.visit_id, s.day, s.at, s.number, s.traveller, s.origin, coalesce(o.name, '') AS officer"
    " FROM spd_signing s LEFT JOIN officer o ON o.id = s.officer_id"
)


def write_check(tx: Transaction, said: VerifyIdentity, at: int, officer_id: int | None) -> int:
    return tx.insert(
        "INSERT INTO identity_check (visit_id, at, kind, number_tail, matches, for_other, officer_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(said.visit_id, at, said.kind, said.number_tail, int(said.matches), int(said.for_other), officer_id),
    )


def checks_of(tx: Transaction, visit_id: int) -> tuple[IdentityCheck, ...]:
    """Every check, the latest first."""
    return tx.all(IdentityCheck, f"{_CHECK} WHERE i.visit_id = ? ORDER BY i.at DESC, i.id DESC", visit_id)


def write_representation(tx: Transaction, said: ActForAnother, at: int, officer_id: int | None) -> None:
    """What was said last stands."""
    tx.run("DELETE FROM representation WHERE visit_id = ?", said.visit_id)
    tx.insert(
        "INSERT INTO representation (visit_id, principal, relation, kind, issuer, number, date, document_id,"
        " stamped, at, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(said.visit_id, said.principal, said.relation, said.kind, said.issuer, said.number, said.date),
        *(said.document_id, int(said.stamped), at, officer_id),
    )


def representation_of(tx: Transaction, visit_id: int) -> Representation | None:
    return tx.maybe(
        Representation,
        "SELECT r.visit_id, r.principal, r.relation, r.kind, r.issuer, r.number, r.date, r.document_id,"
        " r.stamped, r.at, coalesce(o.name, '') AS officer FROM representation r"
        " LEFT JOIN officer o ON o.id = r.officer_id WHERE r.visit_id = ?",
        visit_id,
    )


def write_letter(tx: Transaction, said: RecordLetter, at: int, officer_id: int | None) -> int:
    return tx.insert(
        "INSERT INTO letter (visit_id, kind, number, date, issuer, subject, document_id, at, officer_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(said.visit_id, said.kind, said.number, said.date, said.issuer, said.subject, said.document_id),
        *(at, officer_id),
    )


def letters_of(tx: Transaction, visit_id: int) -> tuple[VisitorLetter, ...]:
    return tx.all(VisitorLetter, f"{_LETTER} WHERE l.visit_id = ? ORDER BY l.id", visit_id)


def write_requirements(
    tx: Transaction, visit_id: int, missing: tuple[str, ...], at: int, officer_id: int | None
) -> int:
    return tx.insert(
        "INSERT INTO requirement_check (visit_id, at, missing, officer_id) VALUES (?, ?, ?, ?)",
        visit_id,
        at,
        msgspec.json.encode(missing).decode(),
        officer_id,
    )


def requirements_of(tx: Transaction, visit_id: int) -> tuple[RequirementCheck, ...]:
    """Every check, the latest first."""
    order = "ORDER BY r.at DESC, r.id DESC"
    return tx.all(RequirementCheck, f"{_REQUIREMENT} WHERE r.visit_id = ? {order}", visit_id)


def write_spd(tx: Transaction, said: SignSpd, day: str, at: int, officer_id: int | None) -> int:
    return tx.insert(
        "INSERT INTO spd_signing (visit_id, day, at, number, traveller, origin, officer_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        *(said.visit_id, day, at, said.number, said.traveller, said.origin, officer_id),
    )


def get_spd(tx: Transaction, spd_id: int) -> SpdSigning:
    return tx.one(SpdSigning, f"{_SPD} WHERE s.id = ?", spd_id)


def spd_of(tx: Transaction, visit_id: int) -> tuple[SpdSigning, ...]:
    return tx.all(SpdSigning, f"{_SPD} WHERE s.visit_id = ? ORDER BY s.id", visit_id)


def spd_between(tx: Transaction, first_day: str, last_day: str) -> tuple[SpdSigning, ...]:
    """The log of signed SPD, oldest first."""
    return tx.all(SpdSigning, f"{_SPD} WHERE s.day BETWEEN ? AND ? ORDER BY s.at, s.id", first_day, last_day)
