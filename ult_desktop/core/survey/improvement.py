"""Improvements (rencana tindak lanjut): plans for low elements, made after a period, reported in the next."""

from datetime import date

import msgspec

from ult_desktop.base import WordEnum, _, formats
from ult_desktop.core.figures.period import Period, period_of
from ult_desktop.core.survey.index import SURVEY_SPANS


class ImprovementState(WordEnum):
    """The state of a plan."""

    PLANNED = "planned", "direncanakan"
    RUNNING = "running", "berjalan"
    DONE = "done", "selesai"
    DROPPED = "dropped", "tidak dilaksanakan"

    @property
    def is_over(self) -> bool:
        return self in (ImprovementState.DONE, ImprovementState.DROPPED)


class Improvement(msgspec.Struct, frozen=True, kw_only=True):
    """A plan to improve one element, due on `due`. Days are ISO.

    It was made after the results of `first_day` to `last_day`. `result` says what the plan achieved, or why
    it achieved nothing; `told_at` (UTC ms) is when somebody last reported that.
    """

    id: int
    element: str
    programme: str
    due: str
    responsible: str
    first_day: str
    last_day: str
    state: ImprovementState = ImprovementState.PLANNED
    result: str = ""
    told_at: int | None = None

    @property
    def period(self) -> Period:
        """The period after whose results the plan was made."""
        first = date.fromisoformat(self.first_day)
        periods = (period_of(first, span) for span in SURVEY_SPANS)
        return next(period for period in periods if period.last.isoformat() == self.last_day)

    @property
    def due_words(self) -> str:
        return formats.format_date(date.fromisoformat(self.due), "short")

    def state_words(self, today: str) -> str:
        """Return in words how far the plan has come, and whether it is late."""
        late = [_("lewat waktu")] if self.is_late(today) else []
        return ", ".join([self.state.word, *late])

    def is_late(self, today: str) -> bool:
        """Return whether its due day has passed, and it is neither done nor dropped."""
        return self.due < today and not self.state.is_over
