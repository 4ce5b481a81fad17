"""Cases (permohonan) and their timeline."""

from collections.abc import Sequence

import msgspec

from ult_desktop.core.cases.case import Case, CaseEntry, CaseKind, CaseOutcome, CaseState
from ult_desktop.core.office.working_time import DueDay
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Case,
    "casefile c JOIN visit v ON v.id = c.visit_id LEFT JOIN service s ON s.id = c.service_id"
    " LEFT JOIN officer o ON o.id = c.owner_id LEFT JOIN officer b ON b.id = c.about_id",
    "v.channel AS channel, coalesce(s.name, '') AS service, coalesce(o.name, '') AS owner,"
    " coalesce(b.name, '') AS about,"
    " coalesce((SELECT p.number FROM casefile p WHERE p.id = c.original_id), '') AS original,"
    f" {CASE_NUMBER} AS number",
)
_ENTRY = Rows(
    CaseEntry,
    "case_entry e LEFT JOIN officer o ON o.id = e.officer_id LEFT JOIN officer f ON f.id = e.for_officer_id",
    "coalesce(o.name, '') AS officer, coalesce(f.name, '') AS acting_for",
)


class NewCase(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when a case is opened. Times UTC ms."""

    visit_id: int
    service_id: int | None
    opened_at: int
    owner_id: int | None
    detail: str
    due_at: int
    due_since: int
    due_days: int
    original_id: int | None = None
    kind: CaseKind = CaseKind.REQUEST
    complaint_class: str = ""
    about_id: int | None = None
    state: CaseState = CaseState.OPEN


get = _ROWS.get
find = _ROWS.find


def of_visit(tx: Transaction, visit_id: int) -> Case | None:
    return _ROWS.maybe(tx, "WHERE c.visit_id = ?", visit_id)


class CaseStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a case: these columns a kiosk's account may read on a server, and no more."""

    id: int
    number: str
    state: CaseState
    visitor: str
    closed_at: int | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


_STATUS = Rows(CaseStatus, "casefile c", f"{CASE_NUMBER} AS number")


def status_of_visit(tx: Transaction, visit_id: int) -> CaseStatus | None:
    return _STATUS.maybe(tx, "WHERE c.visit_id = ?", visit_id)


def visit_of(tx: Transaction, case_id: int) -> int:
    """Return the visit of a case that is known to be there."""
    return tx.number("SELECT visit_id FROM casefile WHERE id = ?", case_id)


def by_number(tx: Transaction, number: str) -> Case | None:
    """Find a case by the number that people quote, or by that of its online request."""
    return _ROWS.maybe(
        tx,
        "WHERE c.id IN (SELECT id FROM casefile WHERE number = ?"
        " UNION ALL SELECT case_id FROM online_request WHERE number = ?)",
        *(number, number),
    )


def case_of_visitor(tx: Transaction, visit_id: int) -> Case | None:
    """Return the case a visitor is here for: the visit's own, or that of the visit it follows."""
    own = of_visit(tx, visit_id)
    if own is not None:
        return own
    return _ROWS.maybe(tx, "WHERE c.visit_id = (SELECT follows FROM visit WHERE id = ?)", visit_id)


def cases_of_visitor(tx: Transaction, visit_id: int) -> tuple[Case, ...]:
    """List every matter of the visitor: what they came for first, then the further ones."""
    first = tx.number("SELECT coalesce(beside, id) FROM visit WHERE id = ?", visit_id)
    own = case_of_visitor(tx, first)
    further = _ROWS.all(tx, "WHERE v.beside = ? ORDER BY c.id", first)
    return further if own is None else (own, *further)


def is_about(tx: Transaction, officer_id: int, case_id: int | None, escalation_id: int | None) -> bool:
    """Return whether a case, or the case of an escalation, is a complaint about the officer."""
    of_escalation = "(SELECT case_id FROM escalation WHERE id = ?)"
    sql = f"SELECT 1 FROM casefile WHERE about_id = ? AND (id = ? OR id = {of_escalation})"
    return tx.value(sql, officer_id, case_id, escalation_id) is not None


def set_state(tx: Transaction, case_id: int, state: CaseState, closed_at: int | None = None) -> None:
    tx.update("casefile", case_id, state=state, closed_at=closed_at)


def set_outcome(
    tx: Transaction, case_id: int, outcome: CaseOutcome | None, ground: str, sub_reason: str
) -> None:
    tx.update("casefile", case_id, outcome=outcome, ground=ground, sub_reason=sub_reason)


def set_answer(tx: Transaction, case_id: int, answer: str) -> None:
    tx.update("casefile", case_id, answer=answer)


def set_owner(tx: Transaction, case_id: int, officer_id: int) -> None:
    tx.update("casefile", case_id, owner_id=officer_id)


def set_service(tx: Transaction, case_id: int, service_id: int) -> None:
    tx.update("casefile", case_id, service_id=service_id)


def set_visitor(tx: Transaction, case_id: int, visitor: str) -> None:
    tx.update("casefile", case_id, visitor=visitor)


def set_due(tx: Transaction, case_id: int, due: DueDay) -> None:
    """Set the due time of a case, and of the online request as which it may have come."""
    tx.update("casefile", case_id, due_at=due.at, due_since=due.since, due_days=due.days)
    tx.run("UPDATE online_request SET due_at = ? WHERE case_id = ?", due.at, case_id)


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line for the timeline. `at` UTC ms."""

    case_id: int
    at: int
    kind: str
    officer_id: int | None
    for_officer_id: int | None = None
    text: str = ""
    document_id: int | None = None


def add_entry(tx: Transaction, entry: NewEntry) -> int:
    return tx.insert("case_entry", entry)


def add_entries(tx: Transaction, entries: Sequence[NewEntry]) -> None:
    tx.insert_each("case_entry", entries)


def timeline(tx: Transaction, case_id: int) -> tuple[CaseEntry, ...]:
    """List what was done and said about a case, in order."""
    return _ENTRY.all(tx, "WHERE e.case_id = ? ORDER BY e.at, e.id", case_id)
