"""The commands about procedures (POS): which are in force, and the steps and clocks of a visit."""

from typing import Annotated

from msgspec import Meta

from ult_desktop.core.command import Command
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.visit import Visit


class TickStep(Command[Visit], frozen=True, kw_only=True):
    """Tick a step that no event of the program completes; `branch` is its outcome, if it has several."""

    visit_id: int
    step: int
    branch: str = ""


class WaiveStep(Command[Visit], frozen=True, kw_only=True):
    """Waive a step that is not needed in this visit; the reason is recorded."""

    visit_id: int
    step: int
    reason: str


class TakeTimeNeeded(Command[Visit], frozen=True, kw_only=True):
    """Let a flexible step take the time that the visitor needs, and say for what."""

    visit_id: int
    step: int
    reason: str


class PauseClock(Command[Visit], frozen=True, kw_only=True):
    """Stop the visit's clocks: the visitor is away.

    `reason` is one of the office's list, which says how long that usually takes.
    """

    visit_id: int
    reason: str
    asked_by: AskedBy


class ResumeClock(Command[Visit], frozen=True, kw_only=True):
    """Let the visit's clocks go on: the visitor is back."""

    visit_id: int


class AdoptProcedure(Command[int], frozen=True, kw_only=True):
    """Put a procedure into force at the office; another text under the same id becomes its next version.

    `reason` says why it was changed.
    """

    procedure: Procedure
    reason: str = ""


class RetireProcedure(Command[int], frozen=True, kw_only=True):
    """Retire a procedure; a visit that began under it goes on under it."""

    procedure_id: str


class RecordMissingInput(Command[Visit], frozen=True, kw_only=True):
    """Record that required inputs (perlengkapan) of a step were missing: a deviation to account for."""

    visit_id: int
    step: int
    items: Annotated[tuple[procedure.Item, ...], Meta(min_length=1, max_length=procedure.MAX_ITEMS)]
