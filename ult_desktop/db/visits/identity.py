"""Identity checks, letters, representation of others, requirements and signed SPD."""

from ult_desktop.core.visits import commands, identity
from ult_desktop.db.store.transaction import Rows, Transaction

_CHECK = Rows(
    identity.IdentityCheck,
    "identity_check i LEFT JOIN officer o ON o.id = i.officer_id",
    "coalesce(o.name, '') AS officer",
)
_LETTER = Rows(
    identity.VisitorLetter,
    "letter l LEFT JOIN officer o ON o.id = l.officer_id",
    "coalesce(o.name, '') AS officer",
)
_REQUIREMENT = Rows(
    identity.RequirementCheck,
    "requirement_check r LEFT JOIN officer o ON o.id = r.officer_id",
    "r.missing AS missing_json, coalesce(o.name, '') AS officer",
)
_REPRESENTATION = Rows(
    identity.Representation,
    "representation r LEFT JOIN officer o ON o.id = r.officer_id",
    "coalesce(o.name, '') AS officer",
    key="visit_id",
)
_SPD = Rows(
    identity.SpdSigning,
    "spd_signing s LEFT JOIN officer o ON o.id = s.officer_id",
    "coalesce(o.name, '') AS officer",
)


def write_check(tx: Transaction, command: commands.VerifyIdentity, at: int, officer_id: int | None) -> int:
    return tx.insert("identity_check", command, at=at, officer_id=officer_id)


def checks_of(tx: Transaction, visit_id: int) -> tuple[identity.IdentityCheck, ...]:
    """List every check, the latest first."""
    return _CHECK.all(tx, "WHERE i.visit_id = ? ORDER BY i.at DESC, i.id DESC", visit_id)


def has_identity_mismatch(tx: Transaction, visit_id: int) -> bool:
    """Return whether the last check of the visitor's document found that it does not match."""
    checks = checks_of(tx, visit_id)
    return bool(checks) and not checks[0].matches


def write_representation(
    tx: Transaction, command: commands.ActForAnother, at: int, officer_id: int | None
) -> None:
    """Write for whom a visitor acts; what was written before is replaced."""
    tx.run("DELETE FROM representation WHERE visit_id = ?", command.visit_id)
    tx.insert("representation", command, at=at, officer_id=officer_id)


representation_of = _REPRESENTATION.find


def write_letter(tx: Transaction, command: commands.RecordLetter, at: int, officer_id: int | None) -> int:
    return tx.insert("letter", command, at=at, officer_id=officer_id)


def letters_of(tx: Transaction, visit_id: int) -> tuple[identity.VisitorLetter, ...]:
    return _LETTER.all(tx, "WHERE l.visit_id = ? ORDER BY l.id", visit_id)


def write_requirements(
    tx: Transaction, visit_id: int, missing: tuple[str, ...], at: int, officer_id: int | None
) -> int:
    return tx.insert("requirement_check", visit_id=visit_id, at=at, missing=missing, officer_id=officer_id)


def requirements_of(tx: Transaction, visit_id: int) -> tuple[identity.RequirementCheck, ...]:
    """List every check, the latest first."""
    order = "ORDER BY r.at DESC, r.id DESC"
    return _REQUIREMENT.all(tx, f"WHERE r.visit_id = ? {order}", visit_id)


def write_spd(tx: Transaction, command: commands.SignSpd, day: str, at: int, officer_id: int | None) -> int:
    return tx.insert("spd_signing", command, day=day, at=at, officer_id=officer_id)


get_spd = _SPD.get


def spd_of(tx: Transaction, visit_id: int) -> tuple[identity.SpdSigning, ...]:
    return _SPD.all(tx, "WHERE s.visit_id = ? ORDER BY s.id", visit_id)


def spd_between(tx: Transaction, first_day: str, last_day: str) -> tuple[identity.SpdSigning, ...]:
    """List the signed SPD of these days, oldest first."""
    return _SPD.all(tx, "WHERE s.day BETWEEN ? AND ? ORDER BY s.at, s.id", first_day, last_day)
