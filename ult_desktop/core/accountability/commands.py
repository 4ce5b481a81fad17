"""The commands about steps, deviations, delegations and equipment."""

import datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability import deviations
from ult_desktop.core.accountability.qualifications import Qualification
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.procedure import Delegation as DelegationForm


class CollectDeviations(Command[int], frozen=True, kw_only=True):
    """Record the deviations so far of visits that are still open; any station may ask for it."""

    visits: Annotated[tuple[int, ...], Meta(min_length=1, max_length=20)]


MAX_ALIKE = 500
Alike = Annotated[tuple[int, ...], Meta(max_length=MAX_ALIKE)]
"""The ids of other deviations that get the same explanation, verdict or mark."""


class ExplainDeviation(Edit[deviations.Deviation], frozen=True, kw_only=True):
    """Explain a deviation: its cause, what was done about it, and who answers for it (a login).

    `also` are the ids of like deviations that get the same explanation.
    """

    edits = ("cause", "correction", "responsible")
    deviation_id: int
    cause: str
    correction: str
    responsible: str
    also: Alike = ()
    seen: Seen = None


class ReviewDeviation(Command[deviations.Deviation], frozen=True, kw_only=True):
    """Review an explanation: the head accepts it or wants more done; `also` get the same verdict."""

    deviation_id: int
    verdict: deviations.DeviationState
    remark: str = ""
    also: Alike = ()


class MarkFalse(Command[deviations.Deviation], frozen=True, kw_only=True):
    """Mark a deviation as false: the head found that nothing went wrong, and says why.

    The deviation is kept, and counted apart. `also` are marked likewise.
    """

    deviation_id: int
    reason: str
    also: Alike = ()


class AnswerAbsence(Command[int], frozen=True, kw_only=True):
    """Answer for a role in which nobody has signed in today: the day goes `without` it, or somebody comes."""

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
    """End a delegation before its last day: the absent officer is back."""

    moves_keys: ClassVar[bool] = True
    delegation_id: int


class CheckEquipment(Command[deviations.EquipmentCheck], frozen=True, kw_only=True):
    """Record the day's equipment check of a procedure; what does not work becomes a deviation."""

    procedure_id: str
    items: Annotated[tuple[deviations.CheckedItem, ...], Meta(min_length=1, max_length=procedure.MAX_ITEMS)]


class ConfirmQualification(Command[Qualification], frozen=True, kw_only=True):
    """Confirm, as head, that an officer (a login) meets a procedure's qualifications; `evidence` in words."""

    login: str
    procedure_id: str
    since: datetime.date
    evidence: str


class WithdrawQualification(Command[Qualification], frozen=True, kw_only=True):
    """Withdraw a qualification that no longer holds, and say why."""

    login: str
    procedure_id: str
    reason: str
