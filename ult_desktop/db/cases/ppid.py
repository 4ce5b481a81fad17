"""The register of requests for public information and of objections; the office's PPID decides on them.

PPID is the officer for information and documentation (UU 14/2008).
"""

import msgspec

from ult_desktop.core.cases.ppid import (
    Access,
    Applicant,
    CopyBy,
    CopyForm,
    Decision,
    InformationRequest,
    Objection,
    ObjectionReason,
    Possession,
)
from ult_desktop.core.person import ApplicantFields
from ult_desktop.db.store.transaction import Rows, Transaction

_REQUESTS = Rows(InformationRequest, "information_request")
_OBJECTIONS = Rows(Objection, "objection")


class NewInformationRequest(ApplicantFields, frozen=True, kw_only=True):
    """The row that `operations/cases/ppid.py` inserts when a request is registered. Times UTC ms.

    It gets its number (`year` and `serial`) there.
    """

    case_id: int
    registered_at: int
    applicant: Applicant
    wanted: str
    purpose: str
    access: Access
    copy_form: CopyForm
    copy_by: CopyBy
    due_at: int


get = _REQUESTS.get
find = _REQUESTS.find


def of_case(tx: Transaction, case_id: int) -> InformationRequest | None:
    return _REQUESTS.maybe(tx, "WHERE case_id = ?", case_id)


def register(tx: Transaction, year: int) -> tuple[InformationRequest, ...]:
    """Return the register of a year, in the order of its numbers."""
    return _REQUESTS.all(tx, "WHERE year = ? ORDER BY serial", year)


def extend(tx: Transaction, request_id: int, due_at: int, at: int, reason: str) -> None:
    tx.update("information_request", request_id, due_at=due_at, extended_at=at, extension_reason=reason)


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """The decision of PPID. `decided_at` UTC ms.

    `held`: the office has the information; else `held_by` may name the body that has it.
    """

    decision: Decision
    held: Possession
    held_by: str
    refusal: str
    decided_at: int


def decide(tx: Transaction, request_id: int, ruling: Ruling) -> None:
    tx.update("information_request", request_id, ruling)


class WrittenNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the written notice. `noticed_at` UTC ms.

    `ready_in` says when the information will be there, `redaction` what is blacked out in it.
    """

    noticed_at: int
    cost: str
    ready_in: str
    redaction: str


def write_notice(tx: Transaction, request_id: int, notice: WrittenNotice) -> None:
    tx.update("information_request", request_id, notice)


class NewObjection(msgspec.Struct, frozen=True, kw_only=True):
    """The row that `operations/cases/ppid.py` inserts when an objection comes in. Times UTC ms.

    It gets its number there. `late`: 1 if the objection came after its last day.
    """

    request_id: int
    filed_at: int
    late: int
    reason: ObjectionReason
    position: str
    proxy: str
    due_at: int


get_objection = _OBJECTIONS.get
find_objection = _OBJECTIONS.find


def objections_of(tx: Transaction, request_id: int) -> tuple[Objection, ...]:
    return _OBJECTIONS.all(tx, "WHERE request_id = ? ORDER BY id", request_id)


def answer_objection(tx: Transaction, objection_id: int, text: str, at: int, dispute_until: int) -> None:
    tx.update("objection", objection_id, answer=text, answered_at=at, dispute_until=dispute_until)


def note_dispute(tx: Transaction, objection_id: int, note: str, at: int) -> None:
    tx.update("objection", objection_id, dispute=note, disputed_at=at)
