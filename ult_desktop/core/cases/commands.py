"""The commands about cases (permohonan), their escalation, appointments, PPID and the answer bank."""

from ult_desktop.core.cases import answer_bank, case, delivery, escalation, ppid
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.command import Command
from ult_desktop.core.person import ApplicantFields
from ult_desktop.core.personal import Contact, Phone
from ult_desktop.core.queue import boards
from ult_desktop.core.visits import visit
from ult_desktop.core.visits.visit import Visit


class OpenCase(Command[case.Case], frozen=True, kw_only=True):
    """Record what the visitor asks for (POS Sumut tatap muka 8, Kaltara 4).

    A complaint (pengaduan) names its class of the office's list, which gives the due time. A visit that has a
    case already takes `another`: a further matter of the same visitor.
    """

    visit_id: int
    detail: str
    service_id: int | None = None
    kind: case.CaseKind = case.CaseKind.REQUEST
    complaint_class: str = ""
    another: bool = False


class TakeUpCase(Command[case.Case], frozen=True, kw_only=True):
    """The officer turns to this matter of the visitor; what else they came for waits for it."""

    case_id: int


class RecordQuestion(Command[case.Case], frozen=True, kw_only=True):
    """A further question of the applicant: at an appointment (POS Kaltara 4 again), or later at the desk."""

    case_id: int
    question: str


class SetOutcome(Command[case.Case], frozen=True, kw_only=True):
    """The outcome of a case, one of three (POS Sumut 9).

    They are tersedia, dikecualikan with its legal ground, and tidak tersedia with its sub-reason. `ground` is
    the key of an entry in the office's list of excluded information.
    """

    case_id: int
    outcome: case.CaseOutcome
    ground: str = ""
    sub_reason: str = ""


class GiveAnswer(Command[case.Case], frozen=True, kw_only=True):
    """Write the answer into the case: it is ready to be given."""

    case_id: int
    answer: str


class AddNote(Command[case.Case], frozen=True, kw_only=True):
    """A note on the timeline, with a document if there is one."""

    case_id: int
    text: str
    document_id: int | None = None


class AttachToCase(Command[case.Case], frozen=True, kw_only=True):
    """Lay a document that is in the office's file store into the case."""

    case_id: int
    document_id: int
    title: str


class ReassignCase(Command[case.Case], frozen=True, kw_only=True):
    """Another front-office officer answers for the case from now on."""

    case_id: int
    officer_id: int
    remark: str = ""


class DeliverAnswer(Command[delivery.Delivery], frozen=True, kw_only=True):
    """Give the applicant the answer, directly or not (POS Sumut tatap muka 15, DKI 7, Kepri 2a).

    An answer not given face to face needs its proof: words (who was reached, a message's number) or a
    document. `receipt` gives it a number of the tanda terima informasi.
    """

    case_id: int
    way: delivery.DeliveryChannel
    recipient: Contact = ""
    proof: str = ""
    document_id: int | None = None
    receipt: bool = False


class CloseCase(Command[case.Case], frozen=True, kw_only=True):
    """The data of the service are complete (POS Sumut tatap muka 16).

    `withdrawn`: the applicant went away or wants no answer; `remark` then says why.
    """

    case_id: int
    remark: str = ""
    withdrawn: bool = False


class AddFaq(Command[answer_bank.Faq], frozen=True, kw_only=True):
    """A common question and its answer for the answer bank; `tags` are other words people use for it."""

    question: str
    answer: str
    tags: str = ""
    service_id: int | None = None


class EditFaq(Command[answer_bank.Faq], frozen=True, kw_only=True):
    """Reword an entry of the answer bank; cases answered with the old words keep them."""

    faq_id: int
    question: str
    answer: str
    tags: str = ""
    service_id: int | None = None


class RetireFaq(Command[answer_bank.Faq], frozen=True, kw_only=True):
    """The answer holds no more."""

    faq_id: int


class UseFaq(Command[case.Case], frozen=True, kw_only=True):
    """Put an answer of the bank into the case: it is ready to be given."""

    case_id: int
    faq_id: int


class AddGround(Command[tuple[answer_bank.LegalBasis, ...]], frozen=True, kw_only=True):
    """An entry in the office's list of excluded information (after its uji konsekuensi)."""

    key: str
    title: str
    law: str


class RetireGround(Command[tuple[answer_bank.LegalBasis, ...]], frozen=True, kw_only=True):
    """An exclusion has ended; cases that named it keep its words."""

    key: str


class SetComplaintDays(Command[tuple[answer_bank.ComplaintClass, ...]], frozen=True, kw_only=True):
    """The working days in which a class of complaints is settled; 0 retires the class."""

    key: str
    name: str
    days: int


class Reschedule(Command[Appointment], frozen=True, kw_only=True):
    """Not settled now: another date and time (POS Kaltara 5). `at` UTC ms; an earlier one is moved.

    A case without a service gets `service_id`: the code leads to that service's queue.
    """

    case_id: int
    at: int
    reason: str
    officer_id: int | None = None
    service_id: int | None = None


class BookAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Book an appointment: somebody at the desk or on the telephone is expected at `at` (UTC ms)."""

    service_id: int
    at: int
    name: str
    reason: str
    phone: Phone = ""
    officer_id: int | None = None


class MoveAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Another time `at` (UTC ms), also for who did not come; the code stays, the half-hour is free again."""

    appointment_id: int
    at: int
    officer_id: int | None = None


class MissAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Nobody came."""

    appointment_id: int


class CancelAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Cancel an appointment; the reason is kept."""

    appointment_id: int
    reason: str


class HandToHelpdesk(Command[escalation.Handover | None], frozen=True, kw_only=True):
    """Direct a visitor to the helpdesk officer of the category (POS Kaltara 3)."""

    visit_id: int
    officer_id: int
    remark: str = ""


class AcknowledgeHandover(Command[escalation.Handover | None], frozen=True, kw_only=True):
    """The helpdesk officer has the visitor."""

    visit_id: int


class Escalate(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Front office or helpdesk asks another desk (POS Sumut tatap muka 10), whatever the visitor does.

    `due_days` working days; None takes the office's usual time. `documents` are ids of the file store.
    """

    case_id: int
    instruction: str
    to: escalation.CaseDesk = escalation.CaseDesk.BACK_OFFICE
    to_officer_id: int | None = None
    visitor: case.VisitorMode = case.VisitorMode.AT_DESK
    documents: tuple[int, ...] = ()
    due_days: int | None = None


class MoveVisitor(Command[case.Case], frozen=True, kw_only=True):
    """The visitor of an escalated case waits elsewhere now, or goes home."""

    case_id: int
    visitor: case.VisitorMode


class ReceiveEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Receipt at the hand-over (POS Sumut tatap muka 11); who receives it works on it."""

    escalation_id: int


class AssignEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Give an open hop to an officer of its desk, or take it over."""

    escalation_id: int
    officer_id: int


class AssessEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Can this desk settle it, or must another unit (POS Sumut tatap muka 12)?"""

    escalation_id: int
    can_solve: bool


class ReferEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Coordinate with the related unit by a disposition (POS Sumut tatap muka 13)."""

    escalation_id: int
    instruction: str
    to: escalation.CaseDesk = escalation.CaseDesk.RELATED_UNIT
    unit: str = ""
    to_officer_id: int | None = None
    documents: tuple[int, ...] = ()
    due_days: int | None = None


class AnswerEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Give the answer or direction back to who asked (POS Sumut tatap muka 12 and 14, DKI 6).

    For a unit that does not use the program its sender writes the direction down.
    """

    escalation_id: int
    answer: str
    documents: tuple[int, ...] = ()


class AnswerApplicant(Command[escalation.Escalation], frozen=True, kw_only=True):
    """An answer that the back office gives the applicant itself (POS Kepri 2b)."""

    escalation_id: int
    answer: str
    way: delivery.DeliveryChannel
    recipient: Contact = ""
    proof: str = ""
    document_id: int | None = None


class AcknowledgeAnswer(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Receipt of the answer by who had asked."""

    escalation_id: int


class WithdrawEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Take an open hop back, with what went on from it; a reason is kept."""

    escalation_id: int
    reason: str


class RegisterInformationRequest(
    Command[ppid.InformationRequest], ApplicantFields, frozen=True, kw_only=True
):
    """A case becomes a formal request: registered at once with a number (UU 14/2008).

    The fields are those of the law's form. Name and contact left empty are taken from the guest book.
    """

    case_id: int
    wanted: str
    purpose: str
    applicant: ppid.Applicant = ppid.Applicant.PERSON
    access: ppid.Access = ppid.Access.COPY
    copy_form: ppid.CopyForm = ppid.CopyForm.SOFT
    copy_by: ppid.CopyBy = ppid.CopyBy.PICK_UP


class ExtendInformationRequest(Command[ppid.InformationRequest], frozen=True, kw_only=True):
    """Seven working days more, once, with a written reason."""

    request_id: int
    reason: str


class DecideInformationRequest(Command[ppid.InformationRequest], frozen=True, kw_only=True):
    """PPID decides. A refusal names an entry of the office's excluded information, or is not held.

    `ground` is the key of that entry; `held_by` the other body that has what this one has not.
    """

    request_id: int
    decision: ppid.Decision
    held: ppid.Possession = ppid.Possession.YES
    held_by: str = ""
    ground: str = ""


class WriteNotice(Command[ppid.InformationRequest], frozen=True, kw_only=True):
    """The written notice (pemberitahuan tertulis) went out: cost, when it is ready, what is blacked out."""

    request_id: int
    cost: str = ""
    ready_in: str = ""
    redaction: str = ""


class FileObjection(Command[ppid.Objection], frozen=True, kw_only=True):
    """An objection to the superior of PPID (Pasal 35); `proxy` acts for the applicant."""

    request_id: int
    reason: ppid.ObjectionReason
    position: str
    proxy: str = ""


class AnswerObjection(Command[ppid.Objection], frozen=True, kw_only=True):
    """The superior of PPID answers within 30 working days."""

    objection_id: int
    answer: str


class NoteDispute(Command[ppid.Objection], frozen=True, kw_only=True):
    """The applicant went to the Komisi Informasi."""

    objection_id: int
    note: str


class FollowUp(Command[visit.Visit], frozen=True, kw_only=True):
    """The visitor comes again for a case from before: what is done now goes on with that one."""

    visit_id: int
    case_id: int


class ComeForResult(Command[Visit], frozen=True, kw_only=True):
    """The second coming for a result that followed later (POS DKI 6 takes days)."""

    visit_id: int


class CheckIn(Command[boards.IssuedTicket], frozen=True, kw_only=True):
    """Somebody with an appointment is here: a number at the appointment's time, and a visit that follows."""

    code: str
    wants_paper: bool = False
