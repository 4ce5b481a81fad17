"""The officers who meet a procedure's qualifications, as the head confirmed it."""

from ult_desktop.core.accountability.qualifications import Qualification
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Qualification,
    "qualification q JOIN officer o ON o.id = q.officer_id"
    " LEFT JOIN officer c ON c.id = q.confirmed_by LEFT JOIN officer w ON w.id = q.withdrawn_by",
    "o.name AS officer, coalesce(c.name, '') AS confirmed_by, coalesce(w.name, '') AS withdrawn_by",
)

get = _ROWS.get


def confirm(  # noqa: PLR0913  (a row)
    tx: Transaction,
    officer_id: int,
    procedure_id: str,
    since: str,
    evidence: str,
    at: int,
    confirmed_by: int | None,
) -> int:
    """Confirm a qualification; the table refuses a second one of the officer that is not withdrawn.

    `since` is the office's date, `at` UTC ms.
    """
    return tx.insert(
        "qualification",
        officer_id=officer_id,
        procedure_id=procedure_id,
        since=since,
        evidence=evidence,
        confirmed_at=at,
        confirmed_by=confirmed_by,
    )


def withdraw(tx: Transaction, qualification_id: int, reason: str, at: int, officer_id: int | None) -> None:
    tx.update("qualification", qualification_id, withdrawn_at=at, withdrawn_by=officer_id, reason=reason)


def of_procedure(tx: Transaction, procedure_id: str) -> tuple[Qualification, ...]:
    """List the qualifications that are not withdrawn, by the officers' names."""
    rest = "WHERE q.procedure_id = ? AND q.withdrawn_at IS NULL ORDER BY o.name, o.id"
    return _ROWS.all(tx, rest, procedure_id)


def last_of(tx: Transaction, officer_id: int, procedure_id: str) -> Qualification | None:
    """Return the last confirmation, withdrawn or not."""
    return _ROWS.maybe(
        tx,
        "WHERE q.officer_id = ? AND q.procedure_id = ? ORDER BY q.id DESC LIMIT 1",
        officer_id,
        procedure_id,
    )
