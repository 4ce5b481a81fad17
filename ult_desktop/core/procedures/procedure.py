"""A written procedure (POS) as data: who does what, within which time, where each outcome leads."""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role

Filled = Annotated[str, Meta(min_length=1)]  # a text that is not empty
Positive = Annotated[int, Meta(ge=1)]
Duration = Annotated[int, Meta(ge=1, le=9999)]  # minutes or days; bounded, for the calendar counts each day
MAX_ITEMS = 60  # of one check
Item = Annotated[str, Meta(min_length=1, max_length=200)]
"""A piece of equipment or an input, as the procedure names it."""
TORN = "[…]"
"""The mark in a text where the source lost what follows or precedes."""
Slug = Annotated[
    str, Meta(pattern=r"^[a-z][a-z0-9_-]*$", description="huruf kecil tanpa spasi, misalnya front_office")
]
Channel = Literal["tatap_muka", "telepon", "daring"]
Delegation = Literal["surat_penugasan", "lisan"]


class StepEvent(StrEnum):
    """The events of the program that can complete a step; other steps are completed by an officer's tick."""

    ARRIVED = "arrived"
    WELCOMED = "welcomed"
    PURPOSE_RECORDED = "purpose_recorded"
    GUEST_BOOK_FILLED = "guest_book_filled"
    IDENTITY_VERIFIED = "identity_verified"
    IDENTITY_DOUBTED = "identity_doubted"
    TICKET_ISSUED = "ticket_issued"
    TICKET_CALLED = "ticket_called"
    TICKET_CHECKED = "ticket_checked"
    HANDED_OVER = "handed_over"
    REQUEST_RECEIVED = "request_received"
    CALLER_RECORDED = "caller_recorded"
    QUESTION_RECORDED = "question_recorded"
    REQUIREMENTS_CHECKED = "requirements_checked"
    CASE_OPENED = "case_opened"
    OUTCOME_SET = "outcome_set"
    CALLBACK_PROMISED = "callback_promised"
    ESCALATED = "escalated"
    ESCALATION_RECEIVED = "escalation_received"
    ASSESSED = "assessed"
    REFERRED = "referred"
    DISPOSED = "disposed"
    ANSWER_RECEIVED = "answer_received"
    RESULT_READY = "result_ready"
    ANSWERED = "answered"
    CALLED_BACK = "called_back"
    RESULT_HANDED_OVER = "result_handed_over"
    RECEIPT_GIVEN = "receipt_given"
    CALL_CLOSED = "call_closed"
    SURVEY_OFFERED = "survey_offered"
    SURVEY_FILLED = "survey_filled"
    SECURITY_CALLED = "security_called"
    ESCORT_DONE = "escort_done"
    CASE_CLOSED = "case_closed"
    SERVICE_GIVEN = "service_given"
    WITHDRAWN = "withdrawn"


class CallerField(StrEnum):
    """The questions to a caller (POS Sumut telepon 2); NAME is answered in `RecordCaller.name`, and so on."""

    NAME = "nama"
    INSTITUTION = "instansi"
    REGENCY = "kabupaten/kota"
    PHONE = "nomor telepon"
    SUPPORTING = "data pendukung"
    QUESTION = "pertanyaan/permasalahan"


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all parts of a procedure's file: an unknown key in the file is an error."""


class PosOffice(Record, frozen=True, kw_only=True):
    """The office that the document names; `parents` are the lines above it in the document's head."""

    name: Filled
    short_name: Filled
    parents: tuple[Filled, ...] = ()


class PosDates(Record, frozen=True, kw_only=True):
    """The dates when a procedure was made, revised and came into force; None: the source has none."""

    created: datetime.date
    revised: datetime.date | None = None
    revision: Positive | None = None
    effective: datetime.date | None = None


class Approver(Record, frozen=True, kw_only=True):
    """The person who put the procedure into force; "" is what the source lost."""

    title: str = ""
    name: str = ""
    nip: str = ""


class Scripts(Record, frozen=True, kw_only=True):
    """The words to say on the telephone.

    {waktu} is replaced by the part of the day, {nama_petugas} by the officer, {unit} and {kantor} by those of
    the office.
    """

    opening: Filled
    closing: Filled


class SourceNotes(Record, frozen=True, kw_only=True):
    """Notes on the source document: where it is damaged, and where it contradicts itself."""

    damage: tuple[Filled, ...] = ()
    contradictions: tuple[Filled, ...] = ()


class Qualifications(Record, frozen=True, kw_only=True):
    """The qualifications of the people: what they must know and be; an empty `who` means all of them."""

    who: str = ""
    items: Annotated[tuple[Filled, ...], Meta(min_length=1)]


class VisitPurpose(Record, frozen=True, kw_only=True):
    """A purpose that a visitor can choose, and its finer choices (`children`)."""

    id: Slug
    name: Filled
    children: tuple[Filled, ...] = ()


class ProcedureActor(Record, frozen=True, kw_only=True):
    """A party, under the name that the document gives it; `staff` is false for those who are served."""

    id: Slug
    name: Filled
    staff: bool = True


class StepActor(Record, frozen=True, kw_only=True):
    """An actor in a step, with the `part` that the document names.

    `inferred`: the drawing of the source was lost, and the actor follows from the step's wording.
    """

    id: Slug
    part: str = ""
    inferred: bool = False


class DayRange(Record, frozen=True, kw_only=True):
    """A range of days; the source does not say of which kind."""

    min: Duration
    max: Duration

    def __post_init__(self) -> None:
        if self.max < self.min:
            raise ValueError(_("max tidak boleh kurang dari min"))


class StandardTime(Record, frozen=True, kw_only=True):
    """A step's standard: minutes, working days or a range of days."""

    minutes: Duration | None = None
    working_days: Duration | None = None
    days: DayRange | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if (self.minutes, self.working_days, self.days).count(None) != 2:
            raise ValueError(_("tulis tepat satu dari minutes, working_days, atau days"))

    @property
    def longest_days(self) -> int:
        """The working days, of a range the most; unnamed days are working days (docs/domain.md, A7)."""
        return self.days.max if self.days else self.working_days or 1


class Completion(Record, frozen=True, kw_only=True):
    """The completion of a step: by an event of the program, or by the tick of the actor `tick`.

    `needs` are further events that must happen, at any time of the visit, before the step's output is there.
    An outcome that leads back to an earlier step, or ends the procedure, needs none of them.
    """

    event: StepEvent | None = None
    tick: Slug | None = None
    needs: tuple[StepEvent, ...] = ()

    def __post_init__(self) -> None:
        if (self.event is None) == (self.tick is None):
            raise ValueError(_("tulis tepat satu dari event atau tick"))


class Branch(Record, frozen=True, kw_only=True):
    """A branch: the way that an outcome takes; without `goto` the procedure ends there."""

    when: Slug
    label: Filled
    goto: Positive | None = None


class Step(Record, frozen=True, kw_only=True):
    """A row of the procedure's table. Without `time` it has no standard; without `next` and branches it ends.

    `flexible`: its remark lets the officer take the time that the visitor needs. `letter` is the one of its
    `inputs` that is a letter which the visitor brings.
    """

    step: Positive
    activity: Filled
    actors: Annotated[tuple[StepActor, ...], Meta(min_length=1)]
    inputs: tuple[Filled, ...] = ()
    letter: str = ""
    time: StandardTime | None = None
    flexible: bool = False
    outputs: tuple[Filled, ...] = ()
    remarks: str = ""
    completes: Completion
    next: Positive | None = None
    branches: tuple[Branch, ...] = ()

    @property
    def targets(self) -> tuple[int | None, ...]:
        """The steps that may follow, each once; None is the end."""
        ways = [branch.goto for branch in self.branches]
        if self.next is not None or not ways:
            ways.append(self.next)
        return tuple(dict.fromkeys(ways))


class Procedure(Record, frozen=True, kw_only=True):
    """A procedure: the whole file. `core/procedures/check.py` finds what is wrong with its steps."""

    id: Slug
    version: Positive = 1
    number: Filled
    title: Filled
    channel: Channel
    for_vulnerable: bool = False
    office: PosOffice
    dates: PosDates
    approved_by: Approver = Approver()
    legal_basis: tuple[Filled, ...] = ()
    related: tuple[Filled, ...] = ()
    qualifications: tuple[Qualifications, ...] = ()
    equipment: tuple[Filled, ...] = ()
    equipment_in_steps: tuple[Filled, ...] = ()
    warnings: tuple[Filled, ...] = ()
    recording: tuple[Filled, ...] = ()
    # A letter only, unless its POS says more (docs/domain.md, "What all five say").
    delegation: tuple[Delegation, ...] = ("surat_penugasan",)
    caller_fields: tuple[CallerField, ...] = ()
    scripts: Scripts | None = None
    purposes: tuple[VisitPurpose, ...] = ()
    notes: SourceNotes = SourceNotes()
    actors: Annotated[tuple[ProcedureActor, ...], Meta(min_length=1)]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]

    @property
    def caller_questions(self) -> tuple[CallerField, ...]:
        """The questions in order: all where the file names none, and always those that every call needs."""
        questions = self.caller_fields or tuple(CallerField)
        return tuple(dict.fromkeys((*questions, CallerField.NAME, CallerField.QUESTION)))

    def actor_name(self, actor: str) -> str:
        """Return the document's name for an actor, by the actor's id."""
        return next(known.name for known in self.actors if known.id == actor)

    def steps_for(self, event: StepEvent) -> tuple[Step, ...]:
        """Return the steps that `event` completes."""
        return tuple(step for step in self.steps if step.completes.event is event)

    def branches_for(self, event: StepEvent) -> frozenset[str]:
        """Return the outcomes by which the steps that `event` completes go on."""
        return frozenset(branch.when for step in self.steps_for(event) for branch in step.branches)


ROLE_OF_ACTOR = {
    "front_office": Role.FRONT_OFFICE,
    "back_office": Role.BACK_OFFICE,
    "resepsionis": Role.RECEPTION,
    "petugas_keamanan": Role.SECURITY,
    "helpdesk": Role.HELPDESK,
    "petugas_telepon": Role.PHONE,
    "unit_terkait": Role.RELATED_UNIT,
    "tim_ppid": Role.PPID,
}
VISITOR = "pengunjung"
_MAY_TICK_ALL = frozenset({Role.ADMIN, Role.HEAD})
_SEE_THE_VISITOR = frozenset({Role.RECEPTION, Role.FRONT_OFFICE, Role.HELPDESK})


def may_tick(roles: Iterable[Role], actors: Iterable[str]) -> bool:
    """Return whether an officer with one of the roles may tick a step of these actors.

    Admin and head may tick every step. Every officer may tick a step that the visitor carries out alone, and
    one with an actor that the program knows no role for.
    """
    officers = set(actors) - {VISITOR}
    if not officers or not officers <= ROLE_OF_ACTOR.keys():
        return True
    may_tick_it = _MAY_TICK_ALL | {ROLE_OF_ACTOR[actor] for actor in officers}
    return not may_tick_it.isdisjoint(roles)


def may_waive(roles: Iterable[Role], actors: Iterable[str]) -> bool:
    """Return whether an officer with one of the roles may waive a step of these actors, or stop the clock.

    Those who may tick it may, and every officer at the desk, who sees the visitor.
    """
    role_set = frozenset(roles)
    return may_tick(role_set, actors) or not _SEE_THE_VISITOR.isdisjoint(role_set)
