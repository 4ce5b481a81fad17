"""The commands about personal data (UU 27/2022): opening, finding and erasing it, its subjects' requests."""

from datetime import date
from typing import ClassVar, Self

import msgspec
from typing_extensions import override

from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.cases.ppid import InformationRequest
from ult_desktop.core.command import Command
from ult_desktop.core.office.retention_schedule import RetentionRun
from ult_desktop.core.personal import Contact, Email, Phone
from ult_desktop.core.privacy import subjects
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.core.visits.document import Document
from ult_desktop.core.visits.guest_book import GuestBookLine


class OpenPersonal(Command[subjects.OpenedVisit], frozen=True, kw_only=True):
    """See a visit's personal text in clear; the office records who saw it (UU 27/2022, Pasal 31 and 39)."""

    opens: ClassVar[bool] = True
    visit_id: int


class OpenAppointment(Command[Appointment], frozen=True, kw_only=True):
    """See an appointment's contact in clear; the office records who saw it."""

    opens: ClassVar[bool] = True
    appointment_id: int


class OpenRegister(Command[tuple[InformationRequest, ...]], frozen=True, kw_only=True):
    """See a year's register of public-information requests with addresses and contacts (PerKI 1/2021)."""

    opens: ClassVar[bool] = True
    year: int


class OpenGuestBook(Command[tuple[GuestBookLine, ...]], frozen=True, kw_only=True):
    """See the guest book from one of the office's days to another in clear; the office records who saw it."""

    opens: ClassVar[bool] = True
    first_day: date
    last_day: date


class OpenSheet(Command[Sheet], frozen=True, kw_only=True):
    """See a sheet in clear, to print it; `subject_id` is the id of what it is about."""

    opens: ClassVar[bool] = True
    sheet: SheetKind
    subject_id: int


class OpenDocument(Command[Document], frozen=True, kw_only=True):
    """Record that the officer looks at a scan or letter. Its bytes are not in the answer."""

    document_id: int


class IndexPhones(Command[int], frozen=True, kw_only=True):
    """Add the blind indexes of telephone numbers that were taken without the key, as (visit, index).

    The index is "-" for what is no telephone number.
    """

    indexes: tuple[tuple[int, str], ...]


class RegisterSubjectRequest(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Register a person's request about their own data.

    `received_at` (UTC ms) is when the request came; None: now.
    """

    kind: subjects.SubjectKind
    name: str
    contact: Contact = ""
    words: str = ""
    received_at: int | None = None


class VerifySubject(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Record that the person is who they say; before this nothing is shown, changed or erased."""

    request_id: int
    how: subjects.Verification


class AttachSubjectVisits(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Attach visits to the request: they are this person's."""

    request_id: int
    visits: tuple[int, ...]


class DetachSubjectVisit(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Detach a visit from the request: it is somebody else's."""

    request_id: int
    visit_id: int


_SEALED = ("phone", "email")  # the fields that a correction must seal


class CorrectSubjectData(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Correct a field of the visit's guest-book line (Pasal 6); an empty `value` leaves it blank.

    `field` is one of `subjects.CORRECTABLE`. `checked` moves a telephone number or an e-mail address from
    `value` to `phone` or `email`, which are sealed.
    """

    derived: ClassVar[frozenset[str]] = frozenset({"phone", "phone_index", "email"})
    request_id: int
    visit_id: int
    field: str
    value: str
    reason: str
    phone: Phone = ""
    phone_index: str = ""
    email: Email = ""

    @override
    def checked(self) -> Self:
        if self.field not in _SEALED or not self.value:
            return self
        return msgspec.structs.replace(self, value="", **{self.field: self.value})

    @property
    def text(self) -> str:
        """The new text of the field."""
        return str(getattr(self, self.field)) if self.field in _SEALED else self.value


class EraseSubjectData(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Erase from a visit whatever may be erased (Pasal 8)."""

    request_id: int
    visit_id: int
    reason: str


class HoldSubjectData(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Hold a visit's data: neither schedule nor request erases it until the hold is released (Pasal 11)."""

    request_id: int
    visit_id: int
    reason: str


class ReleaseSubjectData(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Release a hold: the retention schedule applies to the visit again."""

    request_id: int
    visit_id: int


class WithdrawRemembering(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Withdraw the consent to be known again (Pasal 9), in all the visits of the person."""

    request_id: int


class OpenSubjectContact(Command[subjects.SubjectRequest], frozen=True, kw_only=True):
    """See a requester's contact in clear, to answer them; the office records who saw it."""

    opens: ClassVar[bool] = True
    request_id: int


class ExportSubjectData(Command[subjects.Dossier], frozen=True, kw_only=True):
    """Export a copy of everything that is held on the person (Pasal 7), in clear."""

    opens: ClassVar[bool] = True
    request_id: int


class AnswerSubjectRequest(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Answer a request: what became of it, and (`told`) how the person was informed."""

    request_id: int
    outcome: subjects.SubjectOutcome
    answer: str
    told: str


class CloseSubjectRequest(Command[subjects.SubjectFile], frozen=True, kw_only=True):
    """Close a request that was answered."""

    request_id: int


class EraseDue(Command[RetentionRun], frozen=True, kw_only=True):
    """Erase one portion of the data that is due; without `run_id` a new run begins."""

    run_id: int | None = None


class FinishRetention(Command[RetentionRun], frozen=True, kw_only=True):
    """Remove one portion of the files that no row refers to; the run ends when none is left to remove."""

    run_id: int
