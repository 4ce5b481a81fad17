"""Escalations: the hops of a case from desk to desk, each with its instruction, receipt and answer."""

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.access.roles import Role, acting_words


class CaseDesk(WordEnum):
    """A desk that works on cases; its members are the officers of the role of the same name."""

    FRONT_OFFICE = "front_office", "Front Office"
    HELPDESK = "helpdesk", "Helpdesk"
    BACK_OFFICE = "back_office", "Back Office"
    RELATED_UNIT = "related_unit", "Unit Terkait"
    PPID = "ppid", "Tim PPID"
    HEAD = "head", "Kepala"

    @property
    def role(self) -> Role:
        return Role(self.value)


class EscalationVerdict(WordEnum):
    """The finding of the back office (POS Sumut tatap muka 12): the names of that step's branches."""

    SOLVABLE = "bisa_diselesaikan", "bisa diselesaikan"
    NOT_HERE = "tidak_bisa", "perlu unit lain"


class EscalationState(WordEnum):
    """The state of a hop.

    REFERRED: its desk has asked another unit. ACKNOWLEDGED: its sender has received the answer.
    """

    SENT = "sent", "belum diterima"
    RECEIVED = "received", "diterima"
    REFERRED = "referred", "menunggu arahan"
    ANSWERED = "answered", "sudah dijawab"
    ACKNOWLEDGED = "acknowledged", "jawaban diterima kembali"
    WITHDRAWN = "withdrawn", "ditarik"


OPEN_ESCALATION_STATES = frozenset({EscalationState.SENT, EscalationState.RECEIVED, EscalationState.REFERRED})


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """A hop of an escalation: a disposition sheet (lembar disposisi, POS Sumut tatap muka 14). Times UTC ms.

    A hop with a `parent_id` continues that one (back office → unit). `unit` names the unit outside this
    office that is asked. Officers are given by id and name; "" is no particular officer. `…_for` is the
    absent officer for whom the officer acted. `about_id` is the officer whom a complaint is about.
    """

    id: int
    case_id: int
    parent_id: int | None
    state: EscalationState
    from_desk: CaseDesk
    from_officer_id: int | None
    from_officer: str
    to_desk: CaseDesk
    to_officer_id: int | None
    to_officer: str
    unit: str
    instruction: str
    due_at: int | None
    sent_at: int
    received_at: int | None
    received_by: str
    verdict: str
    answer: str
    answered_at: int | None
    answered_by: str
    acknowledged_at: int | None
    sent_for: str = ""
    received_for: str = ""
    answered_for: str = ""
    about_id: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ESCALATION_STATES

    @property
    def sender(self) -> str:
        """The officer who asked, with the absent officer for whom they acted (a.n.), if any."""
        return acting_words(self.from_officer, self.sent_for)

    @property
    def receiver(self) -> str:
        """The officer who received it, with the absent officer for whom they acted (a.n.), if any."""
        return acting_words(self.received_by, self.received_for)

    @property
    def answerer(self) -> str:
        """The officer who answered, with the absent officer for whom they acted (a.n.), if any."""
        return acting_words(self.answered_by, self.answered_for)


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor directed to the helpdesk officer of the category (POS Kaltara 3). Times UTC ms."""

    visit_id: int
    officer_id: int
    officer: str
    by: str
    at: int
    remark: str
    acknowledged_at: int | None


def desk_of(roles: frozenset[Role]) -> CaseDesk:
    """Return the desk for which an officer with these roles sends a case on.

    An officer with several roles sends for the first of their desks (front office, helpdesk, back office,
    PPID, related unit, head); one without any of these roles sends for the front office.
    """
    order = (
        CaseDesk.FRONT_OFFICE,
        CaseDesk.HELPDESK,
        CaseDesk.BACK_OFFICE,
        CaseDesk.PPID,
        CaseDesk.RELATED_UNIT,
        CaseDesk.HEAD,
    )
    return next((desk for desk in order if desk.role in roles), CaseDesk.FRONT_OFFICE)


def desk_word(desk: CaseDesk, unit_label: str) -> str:
    """Return the name of a desk for people; `unit_label` is the office's own word for the related unit."""
    return unit_label if desk is CaseDesk.RELATED_UNIT else desk.word
