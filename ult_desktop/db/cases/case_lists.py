"""The office's list of excluded information and its classes of complaints."""

from ult_desktop.core.cases.answer_bank import ComplaintClass, LegalBasis
from ult_desktop.db.schema.cases import WRITE_CLASS, WRITE_GROUND
from ult_desktop.db.store.transaction import Transaction


def legal_bases(tx: Transaction) -> tuple[LegalBasis, ...]:
    """What the office may refuse now, by key."""
    return tx.all(
        LegalBasis, "SELECT key, title, law, active FROM excluded_information WHERE active = 1 ORDER BY key"
    )


def find_legal_basis(tx: Transaction, key: str) -> LegalBasis | None:
    return tx.maybe(
        LegalBasis,
        "SELECT key, title, law, active FROM excluded_information WHERE key = ? AND active = 1",
        key,
    )


def write_legal_basis(tx: Transaction, ground: LegalBasis) -> None:
    tx.run(WRITE_GROUND, ground.key, ground.title, ground.law)


def retire_legal_basis(tx: Transaction, key: str) -> bool:
    """False when it was not in force."""
    return tx.run("UPDATE excluded_information SET active = 0 WHERE key = ? AND active = 1", key) == 1


def complaint_classes(tx: Transaction) -> tuple[ComplaintClass, ...]:
    """The classes in use, the quickest first."""
    return tx.all(
        ComplaintClass,
        "SELECT key, name, days, active FROM complaint_class WHERE active = 1 ORDER BY days, key",
    )


def find_class(tx: Transaction, key: str) -> ComplaintClass | None:
    return tx.maybe(
        ComplaintClass,
        "SELECT key, name, days, active FROM complaint_class WHERE key = ? AND active = 1",
        key,
    )


def write_class(tx: Transaction, each: ComplaintClass) -> None:
    tx.run(WRITE_CLASS, each.key, each.name, each.days)


def retire_class(tx: Transaction, key: str) -> bool:
    """False when it was not in use."""
    return tx.run("UPDATE complaint_class SET active = 0 WHERE key = ? AND active = 1", key) == 1
