"""What can be asked about public-information requests (PPID)."""

from ult_desktop.core.cases.ppid import (
    Access,
    Applicant,
    CopyBy,
    CopyForm,
    Decision,
    ObjectionReason,
    Possession,
)
from ult_desktop.core.command import Command
from ult_desktop.core.personal import Contact, PersonalWords


class RegisterInformationRequest(Command, frozen=True, kw_only=True):
    """A case becomes a formal request: registered at once with a number (UU 14/2008).

    The fields are those of the law's form. Name and contact left empty are taken from the guest book.
    """

    case_id: int
    wanted: str
    purpose: str
    applicant: Applicant = Applicant.PERSON
    name: str = ""
    address: PersonalWords = ""
    contact: Contact = ""
    occupation: str = ""
    access: Access = Access.COPY
    copy_form: CopyForm = CopyForm.SOFT
    copy_by: CopyBy = CopyBy.PICK_UP


class ExtendInformationRequest(Command, frozen=True, kw_only=True):
    """Seven working days more, once, with a written reason."""

    request_id: int
    reason: str


class DecideInformationRequest(Command, frozen=True, kw_only=True):
    """PPID decides. A refusal names an entry of the office's excluded information, or is not held.

    `ground` is the key of that entry; `held_by` the other body that has what this one has not.
    """

    request_id: int
    decision: Decision
    held: Possession = Possession.YES
    held_by: str = ""
    ground: str = ""


class WriteNotice(Command, frozen=True, kw_only=True):
    """The written notice (pemberitahuan tertulis) went out: cost, when it is ready, what is blacked out."""

    request_id: int
    cost: str = ""
    ready_in: str = ""
    redaction: str = ""


class FileObjection(Command, frozen=True, kw_only=True):
    """An objection to the superior of PPID (Pasal 35); `proxy` acts for the applicant."""

    request_id: int
    reason: ObjectionReason
    position: str
    proxy: str = ""


class AnswerObjection(Command, frozen=True, kw_only=True):
    """The superior of PPID answers within 30 working days."""

    objection_id: int
    answer: str


class NoteDispute(Command, frozen=True, kw_only=True):
    """The applicant went to the Komisi Informasi."""

    objection_id: int
    note: str
