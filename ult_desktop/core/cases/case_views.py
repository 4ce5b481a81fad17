"""Cases as windows and the command line show them: the list, one card, an officer's inbox."""

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases import escalation, ppid
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.cases.case import Case, CaseEntry, CaseKind, CaseOutcome, CaseState
from ult_desktop.core.cases.delivery import Delivery
from ult_desktop.core.personal import Phone
from ult_desktop.core.visits.visit import Guest, VisitChannel

SEES_EVERY_CHANNEL = frozenset({Permission.WORK_CASES, Permission.ANSWER_ESCALATIONS, Permission.HANDLE_PPID})


def channel_seen_by(actor: Actor) -> VisitChannel | None:
    """Return the only channel whose cases an officer may see; None for an officer who may see all.

    An officer who only takes in letters sees the online requests.
    """
    return None if any(map(actor.may, SEES_EVERY_CHANNEL)) else VisitChannel.ONLINE


class CaseFilter(msgspec.Struct, frozen=True, kw_only=True):
    """The filter of a list of cases: open ones by default.

    Open cases are listed in the order in which their answers are due, others newest first.

    `text` finds a number, or words in name, institution and detail among the latest cases. A telephone number
    in it finds the cases of its guest by the blind index `phone_index`, where this station has the key.
    With `overdue_at` (UTC ms) only cases are listed whose answer was due by then. `limit` is the most rows.
    """

    open_only: bool = True
    text: str = ""
    phone_index: str = ""
    owner_ids: tuple[int, ...] = ()
    state: CaseState | None = None
    channel: VisitChannel | None = None
    overdue_at: int | None = None
    limit: int = 200


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case in the list. Times UTC ms; `at_desk` is the desk that has it while it is escalated, else None.

    `book_number` is the number in the office's own book; for an online request `number` is another.
    """

    id: int
    number: str
    book_number: str
    visit_id: int
    kind: CaseKind
    channel: VisitChannel
    service: str
    state: CaseState
    opened_at: int
    due_at: int | None
    owner_id: int | None
    owner: str
    name: str
    institution: str
    detail: str
    outcome: CaseOutcome | None
    label: str | None
    visitor: str
    at_desk: escalation.CaseDesk | None
    about_id: int | None

    @property
    def is_unanswered(self) -> bool:
        return self.state not in (CaseState.DELIVERED, CaseState.CLOSED)

    def is_overdue(self, now: int) -> bool:
        """Return whether an answer is still awaited that was due before `now` (UTC ms)."""
        return self.due_at is not None and self.is_unanswered and now > self.due_at


class CaseDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a case; with `escalation_id` it was sent with that escalation. `at` UTC ms."""

    document_id: int
    escalation_id: int | None
    title: str
    officer: str
    at: int


class CaseCard(msgspec.Struct, frozen=True, kw_only=True):
    """A case with all that belongs to it, each list in the order of time.

    `archive_code` is the code under which cases of its service are filed, "" where the office named none.
    """

    case: Case
    archive_code: str
    guest: Guest | None
    label: str | None
    escalations: tuple[escalation.Escalation, ...]
    deliveries: tuple[Delivery, ...]
    appointments: tuple[Appointment, ...]
    documents: tuple[CaseDocument, ...]
    information: ppid.InformationRequest | None
    objections: tuple[ppid.Objection, ...]
    timeline: tuple[CaseEntry, ...]


class InboxKind(WordEnum):
    """The kind of an inbox item.

    TO_DO is an escalation to this desk, RETURNED an answer that came back, HANDOVER a visitor who was sent
    here. EXPECTED is an appointment of today or the next days, MISSED one to which nobody came.
    """

    TO_DO = "to_do", "perlu dikerjakan"
    RETURNED = "returned", "jawaban kembali"
    HANDOVER = "handover", "dalam perjalanan"
    EXPECTED = "expected", "janji temu"
    MISSED = "missed", "janji temu terlewat"


class InboxItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item of an inbox. `subject_id` is the id of an escalation, of a handover's visit, or an appointment.

    `unread` until somebody acknowledged it, `referred` while another desk was asked. `officer` is the officer
    to whom it is assigned, "" for the whole desk.
    """

    kind: InboxKind
    subject_id: int
    case_id: int | None
    number: str
    name: str
    text: str
    desk: escalation.CaseDesk
    officer_id: int | None
    officer: str
    sender: str
    at: int
    due_at: int | None
    unread: bool
    phone: Phone = ""
    referred: bool = False
    about_id: int | None = None

    @property
    def key(self) -> str:
        """The key of the item: kind and id, for items of different kinds may have the same id."""
        return f"{self.kind}:{self.subject_id}"

    def is_overdue(self, now: int) -> bool:
        return self.due_at is not None and now > self.due_at


class InboxCount(msgspec.Struct, frozen=True, kw_only=True):
    """The number of items at a desk that one officer has, or (`officer_id` None) nobody yet."""

    desk: escalation.CaseDesk
    officer_id: int | None
    officer: str
    open: int
    unread: int
    overdue: int


class CaseInbox(msgspec.Struct, frozen=True, kw_only=True):
    """The inbox of an officer and of those for whom they act, oldest first, and the counts of the desks."""

    items: tuple[InboxItem, ...]
    counts: tuple[InboxCount, ...]

    @property
    def unread(self) -> int:
        """The number of items that nobody has acknowledged."""
        return sum(item.unread for item in self.items)
