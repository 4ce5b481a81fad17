"""A case (permohonan): the record, its outcome by the timeline, and the branch of the POS that it takes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.person import ApplicantFields
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.core.visits.visit import Guest, VisitChannel


class CaseKind(WordEnum):
    """A request for service or information, or a complaint (pengaduan): their due times differ."""

    REQUEST = "permohonan", "Permohonan"
    COMPLAINT = "pengaduan", "Pengaduan"


def usual_kind(service: str) -> CaseKind:
    """Return the kind of case for a service of this Indonesian name: a complaint at one for complaints."""
    return CaseKind.COMPLAINT if CaseKind.COMPLAINT.value in service.casefold() else CaseKind.REQUEST


class VisitorMode(WordEnum):
    """The place where a visitor waits while another desk works on the answer; "" in the file: unknown."""

    AT_DESK = "desk", "Menunggu di meja"
    IN_HALL = "hall", "Kembali ke ruang tunggu"
    LEFT = "left", "Pulang, diberi tahu kemudian"
    FETCHES = "fetches", "Pulang, mengambil jawabannya sendiri"


GONE_MODES = (VisitorMode.LEFT, VisitorMode.FETCHES)
"""The modes of visitors who have left the office."""


class CaseState(WordEnum):
    """The state of a case: being worked on, with another desk, answer ready, answer given, closed."""

    OPEN = "open", "dikerjakan"
    ESCALATED = "escalated", "diteruskan"
    ANSWERED = "answered", "jawaban siap"
    DELIVERED = "delivered", "jawaban disampaikan"
    CLOSED = "closed", "ditutup"


class CaseOutcome(WordEnum):
    """The finding of the verification (POS Sumut tatap muka 9, telepon 3; UU 14/2008)."""

    AVAILABLE = "tersedia", "Tersedia"
    EXCLUDED = "dikecualikan", "Dikecualikan"
    UNAVAILABLE = "tidak_tersedia", "Tidak tersedia"


class SubReason(WordEnum):
    """The reason why something is not available: those of the law, and that this desk does not know it."""

    NOT_HELD = "belum_dikuasai", "Belum dikuasai"
    NOT_DOCUMENTED = "belum_didokumentasikan", "Belum didokumentasikan"
    NOT_OURS = "bukan_kewenangan", "Bukan kewenangan kantor ini"
    UNKNOWN_HERE = "fo_tidak_tahu", "Belum diketahui petugas di meja ini"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case. Times UTC ms; `number` is what people quote ("0012/ULT/2026", "D-0002/2026").

    `ground` is the legal ground in words; `visitor` is where the visitor stays while another desk has the
    case, "" when it was never sent on; `original` is the number of the closed case that came back with it;
    `complaint_class` is the class that gave a complaint its due time, and `about` the officer whom it is
    about, if any: no snapshot shows it to them.
    """

    id: int
    number: str
    visit_id: int
    channel: VisitChannel
    service_id: int | None
    service: str
    state: CaseState
    opened_at: int
    owner_id: int | None
    owner: str
    detail: str
    outcome: CaseOutcome | None
    sub_reason: str
    ground: str
    answer: str
    due_at: int | None
    closed_at: int | None
    original_id: int | None
    kind: CaseKind = CaseKind.REQUEST
    complaint_class: str = ""
    about_id: int | None = None
    about: str = ""
    original: str = ""
    visitor: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def is_reachable(case: Case, guest: Guest | None, applicant: ApplicantFields | None) -> bool:
    """Return whether the office can send the applicant an answer after they have left.

    A contact in the guest book or in the register of public information is enough. An applicant who called or
    wrote is reached in the same way.
    """
    has_guest_contact = guest is not None and bool(guest.phone or guest.email)
    has_applicant_contact = applicant is not None and bool(applicant.contact)
    return case.channel is not VisitChannel.FACE_TO_FACE or has_guest_contact or has_applicant_contact


class CaseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a case's timeline. `at` UTC ms; `kind` is an `EntryKind` or another word.

    `acting_for` names the absent officer for whom `officer` acted (a.n.), "" for none.
    """

    id: int
    at: int
    kind: str
    officer: str
    acting_for: str
    text: str
    document_id: int | None


class OutcomeLine(NamedTuple):
    """An outcome as a line of the timeline set it at `at` (UTC ms); `outcome` None: no line has set one."""

    outcome: CaseOutcome | None = None
    ground: str = ""
    sub_reason: str = ""
    at: int = 0


OUTCOME_LINE = "outcome_"  # the beginning of a line's kind; the outcome follows it
OUTCOME_TAKEN_BACK = "outcome_taken_back"


def latest_outcomes(timeline: Iterable[CaseEntry]) -> tuple[OutcomeLine, OutcomeLine]:
    """Return the outcome that a case has by its timeline, and the one before, which an undo would restore."""
    outcomes = [OutcomeLine(), OutcomeLine()]
    for line in timeline:
        outcome = line.kind.removeprefix(OUTCOME_LINE)
        if line.kind == OUTCOME_TAKEN_BACK:
            outcomes.pop()
        elif outcome in set(CaseOutcome) and outcome != line.kind:
            outcomes.append(_read_outcome(CaseOutcome(outcome), line))
    return outcomes[-1], outcomes[-2]


def _read_outcome(outcome: CaseOutcome, line: CaseEntry) -> OutcomeLine:
    """Return an outcome with its ground or sub-reason, which is the line's text.

    A sub-reason is found in the language of this screen and in Indonesian; a ground is kept as written.
    """
    reason = next((reason for reason in SubReason if line.text in (reason.word, reason.indonesian)), "")
    ground = line.text if outcome is CaseOutcome.EXCLUDED else ""
    return OutcomeLine(outcome, ground, reason if outcome is CaseOutcome.UNAVAILABLE else "", line.at)


def may_take_back_outcome(timeline: Sequence[CaseEntry]) -> bool:
    """Return whether the last thing that was done with a case was to set its outcome."""
    last = timeline[-1].kind if timeline else ""
    return last.startswith(OUTCOME_LINE) and last != OUTCOME_TAKEN_BACK


SETTLED = "selesai"  # POS Kaltara 5: the solution was given
UNSETTLED = "tidak_dapat_diselesaikan"  # POS Kaltara 5: scheduled again
DIRECT, BY_BACK_OFFICE = "a", "b"  # POS Kepri 2


def outcome_branch(procedure: Procedure | None, outcome: CaseOutcome, sub_reason: str = "") -> str | None:
    """Return the branch that an outcome takes; None while the outcome does not complete the step.

    Sumut's POS have a branch for each outcome; the one for the telephone has none for "excluded", which the
    caller is told at once like an answer. Kaltara's POS has branches for "settled" and "not settled" only:
    there the step of a case that the front office cannot answer is complete when the answer has come.
    """
    names = _branches(procedure, StepEvent.OUTCOME_SET)
    if outcome is CaseOutcome.EXCLUDED and outcome not in names and CaseOutcome.AVAILABLE in names:
        return CaseOutcome.AVAILABLE
    if SETTLED not in names:
        return outcome
    return None if sub_reason == SubReason.UNKNOWN_HERE else SETTLED


def has_outcome_step(procedure: Procedure | None) -> bool:
    """Return whether the POS has a step in which an officer sets the outcome; DKI's has none."""
    return procedure is None or bool(_branches(procedure, StepEvent.OUTCOME_SET))


def unsettled_branch(procedure: Procedure | None) -> str | None:
    """Return the branch for a case that gets another appointment; None where the POS has none for that."""
    return UNSETTLED if UNSETTLED in _branches(procedure, StepEvent.OUTCOME_SET) else None


def has_unavailable_branch(procedure: Procedure | None) -> bool:
    """Return whether the outcome "not available" is a branch of the POS, which leads to the back office."""
    return CaseOutcome.UNAVAILABLE in _branches(procedure, StepEvent.OUTCOME_SET)


def answered_branch(procedure: Procedure | None, *, by_back_office: bool) -> str:
    """Return the branch of the step in which the applicant gets the answer; "" where that has no branches."""
    name = BY_BACK_OFFICE if by_back_office else DIRECT
    return name if name in _branches(procedure, StepEvent.ANSWERED) else ""


def requires_answer_delivery(procedure: Procedure | None) -> bool:
    """Return whether the POS has a step in which the answer is given to the applicant or handed over."""
    deliveries = {StepEvent.ANSWERED, StepEvent.RESULT_HANDED_OVER}
    steps = () if procedure is None else procedure.steps
    return any(step.completes.event in deliveries or deliveries & set(step.completes.needs) for step in steps)


def _branches(procedure: Procedure | None, event: StepEvent) -> frozenset[str]:
    return procedure.branches_for(event) if procedure else frozenset()
