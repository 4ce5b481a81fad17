"""The commands about cases (permohonan), their escalation, appointments, PPID and the answer bank."""

from ult_desktop.core.cases import answer_bank, case, delivery, escalation, ppid
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.person import ApplicantFields
from ult_desktop.core.personal import Contact, Phone
from ult_desktop.core.queue import boards
from ult_desktop.core.visits import visit
from ult_desktop.core.visits.visit import Visit


class OpenCase(Command[case.Case], frozen=True, kw_only=True):
    """Record what the visitor asks for (POS Sumut tatap muka 8, Kaltara 4).

    Without `kind`, a case about an officer or of a service for complaints is a complaint (pengaduan). A
    complaint names its class from the office's list, which gives the due time. One about an officer goes to
    the head at once, and that officer never sees it. `original_id` is a closed case that comes back with this
    one. A visit that has a case already needs `another`: it is a further matter of the same visitor.
    """

    visit_id: int
    detail: str
    service_id: int | None = None
    kind: case.CaseKind | None = None
    complaint_class: str = ""
    about_id: int | None = None
    original_id: int | None = None
    another: bool = False


class TakeUpCase(Command[case.Case], frozen=True, kw_only=True):
    """Take up this matter of the visitor; the clocks of their other matters wait meanwhile."""

    case_id: int


class RecordQuestion(Command[case.Case], frozen=True, kw_only=True):
    """Record a further question of the applicant, at an appointment (POS Kaltara 4) or later at the desk."""

    case_id: int
    question: str


class SetOutcome(Edit[case.Case], frozen=True, kw_only=True):
    """Set the outcome of a case (POS Sumut 9).

    "Dikecualikan" needs its legal `ground`, the key of an entry in the office's list of excluded information;
    "tidak tersedia" needs its `sub_reason`.
    """

    edits = ("outcome",)
    case_id: int
    outcome: case.CaseOutcome
    ground: str = ""
    sub_reason: str = ""
    seen: Seen = None


class TakeBackOutcome(Command[case.Case], frozen=True, kw_only=True):
    """Take back the outcome that was set last, while nothing else was done with the case since."""

    case_id: int


class GiveAnswer(Edit[case.Case], frozen=True, kw_only=True):
    """Write the answer into the case: it is ready to be given."""

    edits = ("answer",)
    case_id: int
    answer: str
    seen: Seen = None


class AddNote(Command[case.Case], frozen=True, kw_only=True):
    """Add a note to the timeline, with a document if there is one."""

    case_id: int
    text: str
    document_id: int | None = None


class AttachToCase(Command[case.Case], frozen=True, kw_only=True):
    """Attach a document of the office's file store to the case."""

    case_id: int
    document_id: int
    title: str


class ReassignCase(Edit[case.Case], frozen=True, kw_only=True):
    """Make another front-office officer the owner of the case."""

    edits = ("officer_id",)
    case_id: int
    officer_id: int
    remark: str = ""
    seen: Seen = None


class DeliverAnswer(Command[delivery.Delivery], frozen=True, kw_only=True):
    """Record that the applicant was given the answer (POS Sumut tatap muka 15, DKI 7, Kepri 2a).

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
    """Close a case whose data are complete (POS Sumut tatap muka 16).

    `withdrawn`: it is closed because the applicant went away or wants no answer; `remark` then says why.
    `survey`: the applicant was pointed to the survey.
    """

    case_id: int
    remark: str = ""
    withdrawn: bool = False
    survey: bool = False


class AnswerAtDesk(Edit[case.Case], frozen=True, kw_only=True):
    """Answer the visitor at the counter at once: open, settle, answer, deliver and close their case.

    `detail` is what they ask, of a new case (`another` as for `OpenCase`); "" answers their open case. The
    answer is available, or excluded with its `ground`. `faq_id` is the entry of the answer bank that it was
    taken from. `asked_at` and `found_at` (UTC ms) are when the question was written down and when the officer
    knew the answer; None is now.
    """

    edits = ("answer",)
    visit_id: int
    answer: str
    detail: str = ""
    service_id: int | None = None
    kind: case.CaseKind | None = None
    complaint_class: str = ""
    another: bool = False
    ground: str = ""
    faq_id: int | None = None
    way: delivery.DeliveryChannel = delivery.DeliveryChannel.DIRECT
    recipient: Contact = ""
    proof: str = ""
    receipt: bool = False
    asked_at: int | None = None
    found_at: int | None = None
    seen: Seen = None


class AddFaq(Command[answer_bank.Faq], frozen=True, kw_only=True):
    """Add a common question and its answer to the answer bank; `tags` are other words people use for it."""

    question: str
    answer: str
    tags: str = ""
    service_id: int | None = None


class EditFaq(Edit[answer_bank.Faq], frozen=True, kw_only=True):
    """Reword an entry of the answer bank; cases answered with the old words keep them."""

    edits = ("question", "answer", "tags", "service_id")
    faq_id: int
    question: str
    answer: str
    tags: str = ""
    service_id: int | None = None
    seen: Seen = None


class RetireFaq(Command[answer_bank.Faq], frozen=True, kw_only=True):
    """Retire an entry of the answer bank, for its answer is no longer right."""

    faq_id: int


class UseFaq(Command[case.Case], frozen=True, kw_only=True):
    """Write an answer of the answer bank into the case: it is ready to be given."""

    case_id: int
    faq_id: int


class AddGround(Edit[tuple[answer_bank.LegalBasis, ...]], frozen=True, kw_only=True):
    """Add an entry to the office's list of excluded information (after its uji konsekuensi), or reword it.

    The entry that has this `key` is reworded; if none has it, one is added.
    """

    edits = ("title", "law")
    key: str
    title: str
    law: str
    seen: Seen = None


class RetireGround(Command[tuple[answer_bank.LegalBasis, ...]], frozen=True, kw_only=True):
    """Retire an entry of the list of excluded information; cases that named it keep its words."""

    key: str


class SetComplaintDays(Edit[tuple[answer_bank.ComplaintClass, ...]], frozen=True, kw_only=True):
    """Set the working days in which a class of complaints is settled; 0 retires the class."""

    edits = ("name", "days")
    key: str
    name: str
    days: int
    seen: Seen = None


class Reschedule(Edit[Appointment], frozen=True, kw_only=True):
    """Give an appointment to a case that is not settled now (POS Kaltara 5). `at` UTC ms.

    If the case has an appointment already, that one is moved. If the case has no service, it gets
    `service_id`: the appointment's code puts the visitor into the queue of that service.
    """

    edits = ("at",)
    case_id: int
    at: int
    reason: str
    officer_id: int | None = None
    service_id: int | None = None
    seen: Seen = None


class BookAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Book an appointment: somebody at the desk or on the telephone is expected at `at` (UTC ms)."""

    service_id: int
    at: int
    name: str
    reason: str
    phone: Phone = ""
    officer_id: int | None = None


class MoveAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Move an appointment to another time `at` (UTC ms), also after the visitor did not come.

    The code stays, and the half-hour of before is free again.
    """

    appointment_id: int
    at: int
    officer_id: int | None = None


class MissAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Record that nobody came to an appointment."""

    appointment_id: int


class CancelAppointment(Command[Appointment], frozen=True, kw_only=True):
    """Cancel an appointment; the reason is kept."""

    appointment_id: int
    reason: str


class HandToHelpdesk(Command[escalation.Handover | None], frozen=True, kw_only=True):
    """Direct a visitor to the helpdesk officer for what they ask (POS Kaltara 3)."""

    visit_id: int
    officer_id: int
    remark: str = ""


class AcknowledgeHandover(Command[escalation.Handover | None], frozen=True, kw_only=True):
    """Acknowledge a handover: the visitor has reached the helpdesk officer."""

    visit_id: int


class Escalate(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Send a case on from front office or helpdesk to another desk (POS Sumut tatap muka 10).

    `visitor` is where the visitor stays meanwhile. `due_days` are working days; None takes the office's usual
    time. `documents` are ids of the file store. `reason` explains what the officer was late with until now.
    """

    case_id: int
    instruction: str
    to: escalation.CaseDesk = escalation.CaseDesk.BACK_OFFICE
    to_officer_id: int | None = None
    visitor: case.VisitorMode = case.VisitorMode.AT_DESK
    documents: tuple[int, ...] = ()
    due_days: int | None = None
    reason: str = ""


class MoveVisitor(Command[case.Case], frozen=True, kw_only=True):
    """Record that the visitor of an escalated case waits elsewhere now, or goes home."""

    case_id: int
    visitor: case.VisitorMode


class ReceiveEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Acknowledge receipt of an escalation (POS Sumut tatap muka 11): the officer works on it from now on."""

    escalation_id: int


class AssignEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Assign an open escalation to an officer of its desk, or take it over oneself."""

    escalation_id: int
    officer_id: int


class AssessEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Record whether this desk can settle an escalation, or another unit must (POS Sumut tatap muka 12)."""

    escalation_id: int
    can_solve: bool


class ReferEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Refer an escalation to the related unit by a disposition (POS Sumut tatap muka 13).

    `reason` explains what the officer was late with until now.
    """

    escalation_id: int
    instruction: str
    to: escalation.CaseDesk = escalation.CaseDesk.RELATED_UNIT
    unit: str = ""
    to_officer_id: int | None = None
    documents: tuple[int, ...] = ()
    due_days: int | None = None
    reason: str = ""


class AnswerEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Give the answer or direction back to the desk that asked (POS Sumut tatap muka 12 and 14, DKI 6).

    Where a unit does not use the program, the officer who asked it writes its direction down. `reason`
    explains what the officer was late with until now.
    """

    escalation_id: int
    answer: str
    documents: tuple[int, ...] = ()
    reason: str = ""


class AnswerApplicant(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Record an answer that the back office gave the applicant itself (POS Kepri 2b).

    `reason` explains what the officer was late with.
    """

    escalation_id: int
    answer: str
    way: delivery.DeliveryChannel
    recipient: Contact = ""
    proof: str = ""
    document_id: int | None = None
    reason: str = ""


class AcknowledgeAnswer(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Acknowledge receipt of the answer to an escalation, as the officer who had asked."""

    escalation_id: int


class WithdrawEscalation(Command[escalation.Escalation], frozen=True, kw_only=True):
    """Take an open escalation back, with those that were sent on from it; the reason is kept."""

    escalation_id: int
    reason: str


class RegisterInformationRequest(
    Command[ppid.InformationRequest], ApplicantFields, frozen=True, kw_only=True
):
    """Register a case as a formal request for public information; it gets a number at once (UU 14/2008).

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
    """Extend the time of an information request by seven working days, once, with a written reason."""

    request_id: int
    reason: str


class DecideInformationRequest(Command[ppid.InformationRequest], frozen=True, kw_only=True):
    """Record the decision of PPID about an information request.

    A refusal names its `ground`, the key of an entry in the office's list of excluded information, or says by
    `held` that the office does not have the information; `held_by` is the other body that has it.
    """

    request_id: int
    decision: ppid.Decision
    held: ppid.Possession = ppid.Possession.YES
    held_by: str = ""
    ground: str = ""


class WriteNotice(Edit[ppid.InformationRequest], frozen=True, kw_only=True):
    """Record that the written notice (pemberitahuan tertulis) went out, and what it says.

    It says the cost, when the information is ready, and what is blacked out.
    """

    edits = ("cost", "ready_in", "redaction")
    request_id: int
    cost: str = ""
    ready_in: str = ""
    redaction: str = ""
    seen: Seen = None


class FileObjection(Command[ppid.Objection], frozen=True, kw_only=True):
    """File an objection to the superior of PPID (Pasal 35); `proxy` acts for the applicant."""

    request_id: int
    reason: ppid.ObjectionReason
    position: str
    proxy: str = ""


class AnswerObjection(Command[ppid.Objection], frozen=True, kw_only=True):
    """Answer an objection, as the superior of PPID must within 30 working days."""

    objection_id: int
    answer: str


class NoteDispute(Command[ppid.Objection], frozen=True, kw_only=True):
    """Note that the applicant went to the Komisi Informasi."""

    objection_id: int
    note: str


class FollowUp(Command[visit.Visit], frozen=True, kw_only=True):
    """Make a visit the continuation of an open case from before: what is done now counts for that case."""

    visit_id: int
    case_id: int


class ComeForResult(Command[Visit], frozen=True, kw_only=True):
    """Record that somebody comes on a later day for the result of an earlier visit, `visit_id` (POS DKI 6).

    `arrival_id` says whether the person was welcomed today already:

    - the id of the visit that began with the welcome;
    - 0: they were not welcomed;
    - None: not said. If nothing but the welcome is known of exactly one visitor of today, it is that one.
    """

    visit_id: int
    arrival_id: int | None = None


class CheckIn(Command[boards.IssuedTicket], frozen=True, kw_only=True):
    """Check a visitor in by the code of their appointment.

    They get a number, placed by the appointment's time unless they are late, and a visit. With a case, the
    visit follows the one in which the case began.
    """

    code: str
    wants_paper: bool = False
