"""The commands about steps, deviations, delegations and equipment."""

import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability import deviations
from ult_desktop.core.accountability.qualifications import Qualification
from ult_desktop.core.command import Command
from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.procedure import Delegation as DelegationForm


class CollectDeviations(Command[int], frozen=True, kw_only=True):
    """Write down what open visits have run past; any station that notices may ask."""

    visits: Annotated[tuple[int, ...], Meta(min_length=1, max_length=20)]


MAX_ALIKE = 500
Alike = Annotated[tuple[int, ...], Meta(max_length=MAX_ALIKE)]


class ExplainDeviation(Command[deviations.Deviation], frozen=True, kw_only=True):
    """Why it came, what was done about it, who answers for it (a login); `also` others of the same cause."""

    deviation_id: int
    cause: str
    correction: str
    responsible: str
    also: Alike = ()


class ReviewDeviation(Command[deviations.Deviation], frozen=True, kw_only=True):
    """The head accepts the explanation, or has it followed up; `also` others of the same cause."""

    deviation_id: int
    verdict: deviations.DeviationState
    remark: str = ""
    also: Alike = ()


class MarkFalse(Command[deviations.Deviation], frozen=True, kw_only=True):
    """The head found that nothing went wrong, and says why: it stays, and counts apart."""

    deviation_id: int
    reason: str
    also: Alike = ()


class AnswerAbsence(Command[int], frozen=True, kw_only=True):
    """Nobody of `role` has signed in: the day goes `without` it, or somebody still comes."""

    role: Role
    without: bool


class Delegate(Command[deviations.Delegation], frozen=True, kw_only=True):
    """Hand an absent officer's task to another (logins) from the first to the last day.

    A surat penugasan has a number and a date; an order by word of mouth names who gave it and the
    procedure that allows it. `document_id`: the scan of the letter.
    """

    moves_keys: ClassVar[bool] = True
    absent: str
    delegate: str
    first_day: datetime.date
    last_day: datetime.date
    form: DelegationForm = "surat_penugasan"
    letter_number: str = ""
    letter_date: datetime.date | None = None
    procedure_id: str = ""
    ordered_by: str = ""
    notes: str = ""
    document_id: int | None = None


class EndDelegation(Command[deviations.Delegation], frozen=True, kw_only=True):
    """The absent officer is back before the last day."""

    moves_keys: ClassVar[bool] = True
    delegation_id: int


class CheckEquipment(Command[deviations.EquipmentCheck], frozen=True, kw_only=True):
    """The day's equipment check of a procedure; what does not work becomes a deviation."""

    procedure_id: str
    items: Annotated[tuple[deviations.CheckedItem, ...], Meta(min_length=1, max_length=procedure.MAX_ITEMS)]


class ConfirmQualification(Command[Qualification], frozen=True, kw_only=True):
    """The head confirms that an officer (a login) meets a procedure's qualifications; `evidence` in words."""

    login: str
    procedure_id: str
    since: datetime.date
    evidence: str


class WithdrawQualification(Command[Qualification], frozen=True, kw_only=True):
    """Withdraw a qualification that no longer holds, and say why."""

    login: str
    procedure_id: str
    reason: str
