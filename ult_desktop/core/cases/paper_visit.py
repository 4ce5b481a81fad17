"""The command for a visit that was written on blank forms while the program was down, and is typed in."""

from typing import ClassVar

from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.command import Command
from ult_desktop.core.person import GuestFields
from ult_desktop.core.visits.visit import Visit

OLDEST_DAYS = 31
"""The age in days of the oldest paper that is typed in; for older visits see docs/domain.md, A28."""


class EnterPaperVisit(Command[Visit], GuestFields, frozen=True, kw_only=True):
    """Enter a visit's guest-book line, case and outcome from paper; its times (UTC ms) are of one day.

    `served_at` is when the serving began, by `served_by` (a login; "" is the officer who types it in). With
    an `outcome` the answer was given at once, and the case is closed. Without `ended_at` the visitor is still
    here. `phone_index` is set by the operations.
    """

    derived: ClassVar[frozenset[str]] = frozenset({"phone_index"})
    began_at: int
    served_at: int
    ended_at: int | None = None
    served_by: str = ""
    purpose: str = ""
    service_id: int | None = None
    detail: str = ""
    outcome: CaseOutcome | None = None
    ground: str = ""
    sub_reason: str = ""
    answer: str = ""
    remark: str = ""
    phone_index: str = ""
