"""What can be asked about cases (permohonan) and the answer bank."""

from ult_desktop.core.cases.case import CaseKind, CaseOutcome
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.command import Command
from ult_desktop.core.personal import Contact


class OpenCase(Command, frozen=True, kw_only=True):
    """Record what the visitor asks for (POS Sumut tatap muka 8, Kaltara 4). One case for a visit.

    A complaint (pengaduan) names its class of the office's list, which gives the due time.
    """

    visit_id: int
    detail: str
    service_id: int | None = None
    kind: CaseKind = CaseKind.REQUEST
    complaint_class: str = ""


class RecordQuestion(Command, frozen=True, kw_only=True):
    """What the applicant asks further: at an appointment (POS Kaltara 4 again), or later at the desk."""

    case_id: int
    question: str


class SetOutcome(Command, frozen=True, kw_only=True):
    """Tersedia, dikecualikan with its legal ground, or tidak tersedia with its sub-reason (POS Sumut 9).

    `ground` is the key of an entry in the office's list of excluded information.
    """

    case_id: int
    outcome: CaseOutcome
    ground: str = ""
    sub_reason: str = ""


class GiveAnswer(Command, frozen=True, kw_only=True):
    """Write the answer into the case: it is ready to be told."""

    case_id: int
    answer: str


class AddNote(Command, frozen=True, kw_only=True):
    """A note on the timeline, with a document if there is one."""

    case_id: int
    text: str
    document_id: int | None = None


class AttachToCase(Command, frozen=True, kw_only=True):
    """Lay a document that is in the office's file store into the case."""

    case_id: int
    document_id: int
    title: str


class ReassignCase(Command, frozen=True, kw_only=True):
    """Another front-office officer answers for the case from now on."""

    case_id: int
    officer_id: int
    remark: str = ""


class DeliverAnswer(Command, frozen=True, kw_only=True):
    """Tell the applicant, directly or not (POS Sumut tatap muka 15, DKI 7, Kepri 2a).

    What is not told face to face needs its proof: words (who was reached, a message's number) or a
    document. `receipt` gives it a number of the tanda terima informasi.
    """

    case_id: int
    way: DeliveryChannel
    recipient: Contact = ""
    proof: str = ""
    document_id: int | None = None
    receipt: bool = False


class CloseCase(Command, frozen=True, kw_only=True):
    """The data of the service are complete (POS Sumut tatap muka 16).

    `withdrawn`: the applicant went away or wants no answer; `remark` then says why.
    """

    case_id: int
    remark: str = ""
    withdrawn: bool = False


class AddFaq(Command, frozen=True, kw_only=True):
    """A common question and its answer for the answer bank; `tags` are other words people use for it."""

    question: str
    answer: str
    tags: str = ""
    service_id: int | None = None


class EditFaq(Command, frozen=True, kw_only=True):
    """Another wording; what was answered with the old one stays as it was told."""

    faq_id: int
    question: str
    answer: str
    tags: str = ""
    service_id: int | None = None


class RetireFaq(Command, frozen=True, kw_only=True):
    """The answer holds no more."""

    faq_id: int


class UseFaq(Command, frozen=True, kw_only=True):
    """Put an answer of the bank into the case: it is ready to be told."""

    case_id: int
    faq_id: int


class AddGround(Command, frozen=True, kw_only=True):
    """An entry in the office's list of excluded information (after its uji konsekuensi)."""

    key: str
    title: str
    law: str


class RetireGround(Command, frozen=True, kw_only=True):
    """An exclusion has ended; cases that named it keep its words."""

    key: str


class SetComplaintDays(Command, frozen=True, kw_only=True):
    """The working days in which a class of complaints is settled; 0 retires the class."""

    key: str
    name: str
    days: int
