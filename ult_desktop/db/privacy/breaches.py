"""The register of failures of data protection."""

import msgspec

from ult_desktop.core.privacy.breaches import Breach, NoticeRecipient
from ult_desktop.core.stamps import office_day
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Breach, "breach b LEFT JOIN officer o ON o.id = b.officer_id", "coalesce(o.name, '') AS officer")
_NOTE_NOTICE = {
    NoticeRecipient.SUBJECTS: "UPDATE breach SET subjects_told = ?, subjects_told_at = ? WHERE id = ?",
    NoticeRecipient.AGENCY: "UPDATE breach SET agency_told = ?, agency_told_at = ? WHERE id = ?",
}


class NewBreach(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when a failure becomes known. Times UTC ms."""

    known_at: int
    due_at: int
    written_at: int
    officer_id: int | None
    happened: str
    what: str
    data: str
    persons: int


class BreachDescription(msgspec.Struct, frozen=True, kw_only=True):
    """The description of a failure as far as it is known now."""

    what: str
    happened: str
    data: str
    persons: int
    handling: str
    recovery: str
    contact: str


find = _ROWS.find
get = _ROWS.get


def of_year(tx: Transaction, year: int) -> tuple[Breach, ...]:
    """List the failures of a year, the newest first."""
    return _ROWS.all(tx, "WHERE b.year = ? ORDER BY b.serial DESC", year)


def still_open(tx: Transaction) -> tuple[Breach, ...]:
    """List the failures that are not closed, of any year, the most pressing first."""
    return _ROWS.all(tx, "WHERE b.closed_at IS NULL ORDER BY b.due_at, b.id")


def board(tx: Transaction, now: int) -> tuple[Breach, ...]:
    """List the open failures, the most pressing first, then the closed ones of this year; `now` UTC ms."""
    year = int(office_day(now, office.zone(tx))[:4])
    return (*still_open(tx), *(breach for breach in of_year(tx, year) if breach.closed_at is not None))


def count_open(tx: Transaction) -> int:
    return tx.number("SELECT count(*) FROM breach WHERE closed_at IS NULL")


def describe(tx: Transaction, breach_id: int, description: BreachDescription) -> None:
    tx.update("breach", breach_id, description)


def note_notice(tx: Transaction, breach_id: int, whom: NoticeRecipient, how: str, at: int) -> None:
    tx.run(_NOTE_NOTICE[whom], how, at, breach_id)


def close(tx: Transaction, breach_id: int, lesson: str, at: int) -> None:
    tx.update("breach", breach_id, lesson=lesson, closed_at=at)
