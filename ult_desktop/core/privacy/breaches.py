"""Failures of data protection (insiden, UU 27/2022 Pasal 46): the record with its deadline, the commands."""

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.privacy.subjects import DeadlineState, deadline_state


class NoticeRecipient(WordEnum):
    """The recipients of a written notice within 3×24 hours."""

    SUBJECTS = "subjek", "subjek data pribadi"
    AGENCY = "lembaga", "lembaga pelindungan data pribadi"


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """A failure of protection. Times UTC ms.

    `happened` is when and how in words, `data` what data it concerns; `persons` is how many people, 0 while
    nobody knows. `subjects_told` and `agency_told` say how they were notified, `contact` whom they can ask.
    """

    id: int
    number: str
    known_at: int
    due_at: int
    officer: str
    happened: str
    what: str
    data: str
    persons: int
    handling: str
    recovery: str
    contact: str
    subjects_told_at: int | None
    subjects_told: str
    agency_told_at: int | None
    agency_told: str
    lesson: str
    closed_at: int | None

    @property
    def is_notified(self) -> bool:
        """Whether both the subjects and the agency were notified."""
        return self.subjects_told_at is not None and self.agency_told_at is not None

    def deadline(self, now: int) -> DeadlineState:
        """Return the state of the deadline; once both are notified there is no clock any more."""
        is_stopped = self.is_notified or self.closed_at is not None
        return DeadlineState.CALM if is_stopped else deadline_state(self.due_at, now)

    def notified_at(self, whom: NoticeRecipient) -> int | None:
        """Return when `whom` was notified (UTC ms); None if not yet."""
        return self.subjects_told_at if whom is NoticeRecipient.SUBJECTS else self.agency_told_at

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """The parts that the law wants in the notice and that are not written yet, in words."""
        # UU 27/2022 Pasal 46 wants both in the notice.
        required = ((self.handling, _("upaya penanganan")), (self.recovery, _("upaya pemulihan")))
        return tuple(words for text, words in required if not text)


class RecordBreach(Command[Breach], frozen=True, kw_only=True):
    """Record a failure of protection. `known_at` (UTC ms) is when it became known; None: now."""

    what: str
    happened: str
    data: str
    persons: int = 0
    known_at: int | None = None


class DescribeBreach(Edit[Breach], frozen=True, kw_only=True):
    """Describe a breach by what is known now."""

    edits = ("what", "happened", "data", "persons", "handling", "recovery", "contact")
    breach_id: int
    what: str = ""
    happened: str = ""
    data: str = ""
    persons: int = 0
    handling: str = ""
    recovery: str = ""
    contact: str = ""
    seen: Seen = None


class NoteBreachNotice(Command[Breach], frozen=True, kw_only=True):
    """Note that the written notice went out: to whom, and how (letters sent, receipt of the agency)."""

    breach_id: int
    whom: NoticeRecipient
    how: str


class CloseBreach(Command[Breach], frozen=True, kw_only=True):
    """Close a breach: all is done; `lesson` is what was changed so that it does not happen again.

    `unfounded`: it turned out to be no failure of protection, so that nobody had to be notified.
    """

    breach_id: int
    lesson: str
    unfounded: bool = False
