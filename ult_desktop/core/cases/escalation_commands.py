"""What can be asked about a case on its way through the office, and about the helpdesk's visitors."""

from ult_desktop.core.cases.case import VisitorMode
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.command import Command
from ult_desktop.core.personal import Contact


class HandToHelpdesk(Command, frozen=True, kw_only=True):
    """Direct a visitor to the helpdesk officer of the category (POS Kaltara 3)."""

    visit_id: int
    officer_id: int
    remark: str = ""


class AcknowledgeHandover(Command, frozen=True, kw_only=True):
    """The helpdesk officer has the visitor."""

    visit_id: int


class Escalate(Command, frozen=True, kw_only=True):
    """Front office or helpdesk asks another desk (POS Sumut tatap muka 10), whatever the visitor does.

    `due_days` working days; None takes the office's usual time. `documents` are ids of the file store.
    """

    case_id: int
    instruction: str
    to: CaseDesk = CaseDesk.BACK_OFFICE
    to_officer_id: int | None = None
    visitor: VisitorMode = VisitorMode.AT_DESK
    documents: tuple[int, ...] = ()
    due_days: int | None = None


class MoveVisitor(Command, frozen=True, kw_only=True):
    """The visitor of an escalated case waits elsewhere now, or goes home."""

    case_id: int
    visitor: VisitorMode


class ReceiveEscalation(Command, frozen=True, kw_only=True):
    """Receipt at the hand-over (POS Sumut tatap muka 11); who receives it works on it."""

    escalation_id: int


class AssignEscalation(Command, frozen=True, kw_only=True):
    """Give an open hop to an officer of its desk, or take it over."""

    escalation_id: int
    officer_id: int


class AssessEscalation(Command, frozen=True, kw_only=True):
    """Can this desk settle it, or must another unit (POS Sumut tatap muka 12)?"""

    escalation_id: int
    can_solve: bool


class ReferEscalation(Command, frozen=True, kw_only=True):
    """Coordinate with the related unit by a disposition (POS Sumut tatap muka 13)."""

    escalation_id: int
    instruction: str
    to: CaseDesk = CaseDesk.RELATED_UNIT
    unit: str = ""
    to_officer_id: int | None = None
    documents: tuple[int, ...] = ()
    due_days: int | None = None


class AnswerEscalation(Command, frozen=True, kw_only=True):
    """Give the answer or direction back to who asked (POS Sumut tatap muka 12 and 14, DKI 6).

    For a unit that does not use the program its sender writes the direction down.
    """

    escalation_id: int
    answer: str
    documents: tuple[int, ...] = ()


class AnswerApplicant(Command, frozen=True, kw_only=True):
    """The back office tells the applicant itself (POS Kepri 2b)."""

    escalation_id: int
    answer: str
    way: DeliveryChannel
    recipient: Contact = ""
    proof: str = ""
    document_id: int | None = None


class AcknowledgeAnswer(Command, frozen=True, kw_only=True):
    """Receipt of the answer by who had asked."""

    escalation_id: int


class WithdrawEscalation(Command, frozen=True, kw_only=True):
    """Take an open hop back, with what went on from it; a reason is kept."""

    escalation_id: int
    reason: str
