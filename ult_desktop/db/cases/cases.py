"""Cases (permohonan) and their timeline."""

import msgspec

from ult_desktop.core.cases.case import Case, CaseEntry, CaseKind, CaseState
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT c.id, c.number, c.visit_id, v.channel, c.service_id, coalesce(s.name, '') AS service, c.state,"
    " c.opened_at, c.owner_id, coalesce(o.name, '') AS owner, c.detail, c.outcome, c.sub_reason, c.ground,"
    " c.answer, c.due_at, c.closed_at, c.original_id, c.kind, c.complaint_class, c.visitor"
    " FROM casefile c JOIN visit v ON v.id = c.visit_id LEFT JOIN service s ON s.id = c.service_id"
    " LEFT JOIN officer o ON o.id = c.owner_id"
)


class NewCase(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when a case is opened. Times UTC ms."""

    year: int
    serial: int
    number: str
    visit_id: int
    service_id: int | None
    opened_at: int
    owner_id: int | None
    detail: str
    due_at: int | None = None
    original_id: int | None = None
    kind: CaseKind = CaseKind.REQUEST
    complaint_class: str = ""


def insert(tx: Transaction, new: NewCase) -> int:
    return tx.insert(
        "INSERT INTO casefile (year, serial, number, visit_id, service_id, state, opened_at, owner_id,"
        " detail, due_at, original_id, kind, complaint_class)"
        " VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?)",
        *(new.year, new.serial, new.number, new.visit_id, new.service_id),
        *(new.opened_at, new.owner_id, new.detail, new.due_at, new.original_id),
        *(new.kind, new.complaint_class),
    )


def get(tx: Transaction, case_id: int) -> Case:
    return tx.one(Case, f"{_SELECT} WHERE c.id = ?", case_id)


def find(tx: Transaction, case_id: int) -> Case | None:
    return tx.maybe(Case, f"{_SELECT} WHERE c.id = ?", case_id)


def of_visit(tx: Transaction, visit_id: int) -> Case | None:
    return tx.maybe(Case, f"{_SELECT} WHERE c.visit_id = ?", visit_id)


def by_number(tx: Transaction, number: str) -> Case | None:
    return tx.maybe(Case, f"{_SELECT} WHERE c.number = ?", number)


def for_coming(tx: Transaction, visit_id: int) -> Case | None:
    """The case a visitor is here for: the visit's own, or that of the visit it follows."""
    followed = "(SELECT follows FROM visit WHERE id = ?)"
    return of_visit(tx, visit_id) or tx.maybe(Case, f"{_SELECT} WHERE c.visit_id = {followed}", visit_id)


def set_state(tx: Transaction, case_id: int, state: CaseState, closed_at: int | None = None) -> None:
    tx.run("UPDATE casefile SET state = ?, closed_at = ? WHERE id = ?", state, closed_at, case_id)


def set_outcome(tx: Transaction, case_id: int, outcome: str, ground: str, sub_reason: str) -> None:
    tx.run(
        "UPDATE casefile SET outcome = ?, ground = ?, sub_reason = ? WHERE id = ?",
        outcome,
        ground,
        sub_reason,
        case_id,
    )


def set_answer(tx: Transaction, case_id: int, answer: str) -> None:
    tx.run("UPDATE casefile SET answer = ? WHERE id = ?", answer, case_id)


def set_owner(tx: Transaction, case_id: int, officer_id: int) -> None:
    tx.run("UPDATE casefile SET owner_id = ? WHERE id = ?", officer_id, case_id)


def set_visitor(tx: Transaction, case_id: int, visitor: str) -> None:
    tx.run("UPDATE casefile SET visitor = ? WHERE id = ?", visitor, case_id)


def set_due(tx: Transaction, case_id: int, due_at: int) -> None:
    tx.run("UPDATE casefile SET due_at = ? WHERE id = ?", due_at, case_id)


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
    return tx.insert(
        "INSERT INTO case_entry (case_id, at, kind, officer_id, for_officer_id, text, document_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(entry),
    )


def timeline(tx: Transaction, case_id: int) -> tuple[CaseEntry, ...]:
    """What was done and said about a case, in order."""
    return tx.all(
        CaseEntry,
        "SELECT e.id, e.at, e.kind, coalesce(o.name, '') AS officer, coalesce(f.name, '') AS acting_for,"
        " e.text, e.document_id FROM case_entry e LEFT JOIN officer o ON o.id = e.officer_id"
        " LEFT JOIN officer f ON f.id = e.for_officer_id WHERE e.case_id = ? ORDER BY e.at, e.id",
        case_id,
    )
