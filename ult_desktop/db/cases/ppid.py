"""The register of public-information requests and of objections (PPID)."""

import msgspec

from ult_desktop.core.cases.ppid import Decision, InformationRequest, Objection, ObjectionReason, Possession
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT id, number, case_id, registered_at, applicant, name, address, contact, occupation, wanted,"
    " purpose, access, copy_form, copy_by, due_at, extended_at, extension_reason, held, held_by, decision,"
    " refusal, decided_at, noticed_at, cost, ready_in, redaction FROM information_request"
)
_OBJECTION = (
    "SELECT id, number, request_id, filed_at, late, reason, position, proxy, due_at, answer, answered_at,"
    " dispute_until, disputed_at, dispute FROM objection"
)


class NewInformationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when a request is registered. Times UTC ms."""

    case_id: int
    year: int
    serial: int
    number: str
    registered_at: int
    applicant: str
    name: str
    address: str
    contact: str
    occupation: str
    wanted: str
    purpose: str
    access: str
    copy_form: str
    copy_by: str
    due_at: int


def insert(tx: Transaction, new: NewInformationRequest) -> int:
    return tx.insert(
        "INSERT INTO information_request (case_id, year, serial, number, registered_at, applicant, name,"
        " address, contact, occupation, wanted, purpose, access, copy_form, copy_by, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def get(tx: Transaction, request_id: int) -> InformationRequest:
    return tx.one(InformationRequest, f"{_SELECT} WHERE id = ?", request_id)


def find(tx: Transaction, request_id: int) -> InformationRequest | None:
    return tx.maybe(InformationRequest, f"{_SELECT} WHERE id = ?", request_id)


def of_case(tx: Transaction, case_id: int) -> InformationRequest | None:
    return tx.maybe(InformationRequest, f"{_SELECT} WHERE case_id = ?", case_id)


def register(tx: Transaction, year: int) -> tuple[InformationRequest, ...]:
    """The register of a year, in the order of its numbers."""
    return tx.all(InformationRequest, f"{_SELECT} WHERE year = ? ORDER BY serial", year)


def extend(tx: Transaction, request_id: int, due_at: int, at: int, reason: str) -> None:
    tx.run(
        "UPDATE information_request SET due_at = ?, extended_at = ?, extension_reason = ? WHERE id = ?",
        *(due_at, at, reason, request_id),
    )


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What PPID decided. `at` UTC ms."""

    decision: Decision
    held: Possession
    held_by: str
    refusal: str
    at: int


def decide(tx: Transaction, request_id: int, ruling: Ruling) -> None:
    tx.run(
        "UPDATE information_request SET decision = ?, held = ?, held_by = ?, refusal = ?, decided_at = ?"
        " WHERE id = ?",
        *msgspec.structs.astuple(ruling),
        request_id,
    )


class WrittenNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What the written notice says. `at` UTC ms."""

    at: int
    cost: str
    ready_in: str
    redaction: str


def write_notice(tx: Transaction, request_id: int, notice: WrittenNotice) -> None:
    tx.run(
        "UPDATE information_request SET noticed_at = ?, cost = ?, ready_in = ?, redaction = ? WHERE id = ?",
        *msgspec.structs.astuple(notice),
        request_id,
    )


class NewObjection(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when an objection comes in. Times UTC ms."""

    request_id: int
    year: int
    serial: int
    number: str
    filed_at: int
    late: int
    reason: ObjectionReason
    position: str
    proxy: str
    due_at: int


def insert_objection(tx: Transaction, new: NewObjection) -> int:
    return tx.insert(
        "INSERT INTO objection (request_id, year, serial, number, filed_at, late, reason, position, proxy,"
        " due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def get_objection(tx: Transaction, objection_id: int) -> Objection:
    return tx.one(Objection, f"{_OBJECTION} WHERE id = ?", objection_id)


def find_objection(tx: Transaction, objection_id: int) -> Objection | None:
    return tx.maybe(Objection, f"{_OBJECTION} WHERE id = ?", objection_id)


def objections_of(tx: Transaction, request_id: int) -> tuple[Objection, ...]:
    return tx.all(Objection, f"{_OBJECTION} WHERE request_id = ? ORDER BY id", request_id)


def answer_objection(tx: Transaction, objection_id: int, text: str, at: int, dispute_until: int) -> None:
    tx.run(
        "UPDATE objection SET answer = ?, answered_at = ?, dispute_until = ? WHERE id = ?",
        *(text, at, dispute_until, objection_id),
    )


def note_dispute(tx: Transaction, objection_id: int, note: str, at: int) -> None:
    tx.run("UPDATE objection SET dispute = ?, disputed_at = ? WHERE id = ?", note, at, objection_id)
