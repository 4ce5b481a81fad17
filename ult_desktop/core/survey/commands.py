"""The commands about the satisfaction survey. A visit is given by its own id or by its ticket's."""

import datetime

import msgspec
from typing_extensions import override

from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.survey.improvement import Improvement, ImprovementState
from ult_desktop.core.survey.survey import OutsideAnswers, SurveyAnswers, SurveyMode, SurveyToken

_NO_ANSWERS = SurveyAnswers(answers={})


class FillSurvey(Command[SurveyToken | None], frozen=True, kw_only=True):
    """Record a visitor's answers, given by themselves or by an officer for them (`mode` ASSISTED).

    Exactly one of the two ids is given.
    """

    said: SurveyAnswers
    mode: SurveyMode = SurveyMode.KIOSK
    ticket_id: int | None = None
    visit_id: int | None = None

    @override
    def journalled(self) -> Command[SurveyToken | None]:
        """Return the command without the answers: with ticket and time they would not be anonymous."""
        return msgspec.structs.replace(self, said=_NO_ANSWERS)


class EnterPaperSurvey(Command[SurveyToken | None], frozen=True, kw_only=True):
    """Enter a form that was filled in on paper on `day`; with an id it is that visit's survey."""

    said: SurveyAnswers
    day: datetime.date
    service_id: int | None = None
    ticket_id: int | None = None
    visit_id: int | None = None

    @override
    def journalled(self) -> Command[SurveyToken | None]:
        return msgspec.structs.replace(self, said=_NO_ANSWERS)


class InviteSurvey(Command[SurveyToken | None], frozen=True, kw_only=True):
    """Record that the visitor was shown the address of the form outside."""

    ticket_id: int | None = None
    visit_id: int | None = None


class ConfirmSurvey(Command[SurveyToken | None], frozen=True, kw_only=True):
    """Record that the visitor showed the form outside filled in ("terisi"; POS Kaltara 6)."""

    ticket_id: int | None = None
    visit_id: int | None = None


class RefuseSurvey(Command[SurveyToken | None], frozen=True, kw_only=True):
    """Record that the visitor refuses the survey (menolak mengisi): its step is waived, no deviation."""

    ticket_id: int | None = None
    visit_id: int | None = None


class ImportSurvey(Command[int], frozen=True, kw_only=True):
    """Import answers given outside, or on paper (`paper`) and typed into a list.

    A row that was imported before is left out. The command returns how many rows were new. The ids of the
    rows follow from `seed`, so that a repeated command gives the same ids; the office file does not keep it.
    """

    rows: tuple[OutsideAnswers, ...]
    seed: str = ""
    batch: ListBatch
    paper: bool = False


class UndoSurveyImport(Command[int], frozen=True, kw_only=True):
    """Undo a portion of a wrong list's import; repeated until all its rows are gone.

    Then the list can be imported again.
    """

    import_id: int


class PlanImprovement(Command[Improvement], frozen=True, kw_only=True):
    """Plan an improvement of an element after the results of `period` ("2026-T4"), until when and by whom."""

    period: str
    element: str
    programme: str
    due: datetime.date
    responsible: str


class TellImprovement(Edit[Improvement], frozen=True, kw_only=True):
    """Report on a plan: its progress, and in `result` what it achieved or why it achieved nothing."""

    edits = ("progress", "result")
    improvement_id: int
    progress: ImprovementState
    result: str = ""
    seen: Seen = None
