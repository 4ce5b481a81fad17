"""The register of failures of data protection."""

import msgspec

from ult_desktop.core.privacy.breaches import Breach, NoticeRecipient
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT b.id, b.number, b.known_at, b.due_at, coalesce(o.name, '') AS officer, b.happened, b.what,"
    " b.data, b.persons, b.handling, b.recovery, b.contact, b.subjects_told_at, b.subjects_told,"
    " b.agency_told_at, b.agency_told, b.lesson, b.closed_at FROM breach b"
    " LEFT JOIN officer o ON o.id = b.officer_id"
)
_TOLD = {
    NoticeRecipient.SUBJECTS: "UPDATE breach SET subjects_told = ?, subjects_told_at = ? WHERE id = ?",
    NoticeRecipient.AGENCY: "UPDATE breach SET agency_told = ?, agency_told_at = ? WHERE id = ?",
}


class NewBreach(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when a failure becomes known. Times UTC ms."""

    year: int
    serial: int
    number: str
    known_at: int
    due_at: int
    written_at: int
    officer_id: int | None
    happened: str
    what: str
    data: str
    persons: int


class BreachDescription(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a failure by now."""

    what: str
    happened: str
    data: str
    persons: int
    handling: str
    recovery: str
    contact: str


def insert(tx: Transaction, new: NewBreach) -> int:
    return tx.insert(
        "INSERT INTO breach (year, serial, number, known_at, due_at, written_at, officer_id, happened, what,"
        " data, persons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def find(tx: Transaction, breach_id: int) -> Breach | None:
    return tx.maybe(Breach, f"{_SELECT} WHERE b.id = ?", breach_id)


def get(tx: Transaction, breach_id: int) -> Breach:
    return tx.one(Breach, f"{_SELECT} WHERE b.id = ?", breach_id)


def of_year(tx: Transaction, year: int) -> tuple[Breach, ...]:
    """The register of a year, the newest first."""
    return tx.all(Breach, f"{_SELECT} WHERE b.year = ? ORDER BY b.serial DESC", year)


def still_open(tx: Transaction) -> tuple[Breach, ...]:
    """What is not closed, whatever its year, the most pressing first."""
    return tx.all(Breach, f"{_SELECT} WHERE b.closed_at IS NULL ORDER BY b.due_at")


def count_open(tx: Transaction) -> int:
    return int(tx.value("SELECT count(*) FROM breach WHERE closed_at IS NULL"))


def describe(tx: Transaction, breach_id: int, known: BreachDescription) -> None:
    tx.run(
        "UPDATE breach SET what = ?, happened = ?, data = ?, persons = ?, handling = ?, recovery = ?,"
        " contact = ? WHERE id = ?",
        *msgspec.structs.astuple(known),
        breach_id,
    )


def note_notice(tx: Transaction, breach_id: int, whom: NoticeRecipient, how: str, at: int) -> None:
    tx.run(_TOLD[whom], how, at, breach_id)


def close(tx: Transaction, breach_id: int, lesson: str, at: int) -> None:
    tx.run("UPDATE breach SET lesson = ?, closed_at = ? WHERE id = ?", lesson, at, breach_id)
