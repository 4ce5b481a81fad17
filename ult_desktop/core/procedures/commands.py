"""The commands about procedures (POS): which are in force, and the steps and clocks of a visit."""

from typing import Annotated

from msgspec import Meta

from ult_desktop.core.command import Command
from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.visit import Visit


class TickStep(Command[Visit], frozen=True, kw_only=True):
    """An officer's tick: the step of which the program sees nothing is done. `branch`: the way taken."""

    visit_id: int
    step: int
    branch: str = ""


class WaiveStep(Command[Visit], frozen=True, kw_only=True):
    """Waive a step that is not needed in this visit; the reason is recorded."""

    visit_id: int
    step: int
    reason: str


class PauseClock(Command[Visit], frozen=True, kw_only=True):
    """Stop the visit's clocks: the visitor is away."""

    visit_id: int
    reason: str


class ResumeClock(Command[Visit], frozen=True, kw_only=True):
    """The visitor is back: the clocks go on."""

    visit_id: int


class AdoptProcedure(Command[int], frozen=True, kw_only=True):
    """The office runs this procedure from now on; another text under the same id is its next version.

    `reason`: why it is another than before.
    """

    procedure: Procedure
    reason: str = ""


class RetireProcedure(Command[int], frozen=True, kw_only=True):
    """The office runs it no more; what began under it goes on under it."""

    procedure_id: str


class RecordMissingInput(Command[Visit], frozen=True, kw_only=True):
    """A step's required inputs were not there (perlengkapan): a deviation to account for."""

    visit_id: int
    step: int
    items: Annotated[tuple[procedure.Item, ...], Meta(min_length=1, max_length=procedure.MAX_ITEMS)]
