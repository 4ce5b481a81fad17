"""The opening of a case (permohonan): its number, its due time, and the steps that it completes."""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases import case, timeline_words
from ult_desktop.core.cases.ppid import ANSWER_DAYS, InformationRequest
from ult_desktop.core.free_text import strip_invisible
from ult_desktop.core.office.working_time import DueDay, WorkingCalendar
from ult_desktop.core.procedures.clock import standard_days_of_role
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db.cases import cases, escalations, ppid
from ult_desktop.db.office import services
from ult_desktop.db.procedures import marks, procedures
from ult_desktop.db.series import YearlySeries, insert_each_numbered, insert_numbered
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.cases.case_acts import note_on_timeline, procedure_of_case, require_text
from ult_desktop.operations.operation import Context, refuse
from ult_desktop.operations.procedures.step_marks import mark_event
from ult_desktop.operations.visits.identity import require_letter
from ult_desktop.operations.visits.visits import begin_further_matter

LONGEST_DAYS = 366  # working days of a due time that a person types


class CaseOpening(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a new case.

    `due` None takes the service's working days, or the office's usual ones. `service_id` None is the visit's
    own. A complaint may be about an officer (`about_id`). `original_id` is the closed case that comes back.
    `another` allows a case next to one that the visitor has already.
    """

    detail: str
    service_id: int | None = None
    due: DueDay | None = None
    kind: case.CaseKind = case.CaseKind.REQUEST
    complaint_class: str = ""
    about_id: int | None = None
    original_id: int | None = None
    another: bool = False


def begin_case(tx: Transaction, context: Context, visit_id: int, opening: CaseOpening) -> int:
    """Write the case of a visit under the year's next number; returns its id.

    Marks the step that begins a case in each POS: detail asked (Sumut 8), question recorded (Kaltara 4),
    request received (Kepri 1). If the visitor has a case already, a further visit is written for this one.
    """
    visit = lookup.require_open_visit(tx, visit_id)
    require_letter(tx, visit.first_visit_id)
    earlier = cases.case_of_visitor(tx, visit.first_visit_id)
    if earlier is not None:
        _require_another(visit, earlier, opening)
        first = visits.get(tx, visit.first_visit_id)
        visit = visits.get(tx, begin_further_matter(tx, context, first, opening.service_id))
    new = _new_case(tx, context, visit, opening)
    case_id, _number = insert_numbered(tx, YearlySeries.CASE, context.day, new)
    note_on_timeline(tx, context, case_id, timeline_words.EntryKind.OPENED, new.detail)
    for event in _opening_events(procedures.of_visit(tx, visit)):
        mark_event(tx, context, visit.id, event)
    return case_id


class WrittenMatter(msgspec.Struct, frozen=True, kw_only=True):
    """A matter that came in writing: its visit, which has begun just now, and what its case begins with.

    `at` is when it was sent (UTC ms). The visit runs under `procedure`.
    """

    visit_id: int
    at: int
    detail: str
    service_id: int | None
    due: DueDay
    procedure: Procedure | None


def begin_cases(tx: Transaction, context: Context, matters: Sequence[WrittenMatter]) -> range:
    """Write the cases of matters that came in writing, as `begin_case`; return their ids.

    They have no owner, and their marks name nobody: who fetched or typed them does not answer for them.
    """
    new_cases = [
        cases.NewCase(
            visit_id=matter.visit_id,
            service_id=matter.service_id,
            opened_at=matter.at,
            owner_id=None,
            detail=_require_detail(matter.detail),
            due_at=matter.due.at,
            due_since=matter.due.since,
            due_days=matter.due.days,
        )
        for matter in matters
    ]
    ids = insert_each_numbered(tx, YearlySeries.CASE, context.day, new_cases)
    cases.add_entries(
        tx,
        [
            cases.NewEntry(
                case_id=case_id,
                at=new.opened_at,
                kind=timeline_words.EntryKind.OPENED,
                officer_id=None,
                text=strip_invisible(new.detail),
            )
            for case_id, new in zip(ids, new_cases, strict=True)
        ],
    )
    opening_marks = [
        (matter.visit_id, Mark(at=matter.at, event=event))
        for matter in matters
        for event in _opening_events(matter.procedure)
    ]
    marks.add_each(tx, opening_marks, context.request)
    return ids


def _require_another(visit: Visit, earlier: case.Case, opening: CaseOpening) -> None:
    """Require that a second case of the visit is possible.

    Raises UserError for a call or an online request, which has one case, and if `opening` does not say that
    this is another matter.
    """
    if visit.channel is not VisitChannel.FACE_TO_FACE:
        raise refuse(
            _("Panggilan atau permintaan ini sudah punya permohonan {number}.").format(number=earlier.number),
            _("Catat permintaan lain tersendiri."),
        )
    if not opening.another:
        raise refuse(
            _("Kunjungan ini sudah punya permohonan {number}.").format(number=earlier.number),
            _("Buka permohonan itu, atau catat yang ini sebagai permohonan lain (--another)."),
        )


def _new_case(tx: Transaction, context: Context, visit: Visit, opening: CaseOpening) -> cases.NewCase:
    service = opening.service_id or visit.service_id
    due = opening.due or due_in(context, _usual_days(tx, context, service))
    return cases.NewCase(
        visit_id=visit.id,
        service_id=service,
        opened_at=context.at,
        owner_id=context.by.officer_id,
        detail=_require_detail(opening.detail),
        due_at=due.at,
        due_since=due.since,
        due_days=due.days,
        kind=opening.kind,
        complaint_class=opening.complaint_class,
        about_id=opening.about_id,
        original_id=opening.original_id,
    )


def _require_detail(detail: str) -> str:
    return require_text(detail, _("Isi permohonan belum ditulis."))


def _opening_events(procedure: Procedure | None) -> tuple[StepEvent, ...]:
    """Return the events that a new case marks.

    `CASE_OPENED` is always marked, each other event only if a step of the procedure is completed by it.
    """
    completing = {step.completes.event for step in procedure.steps} if procedure else set()
    others = (StepEvent.QUESTION_RECORDED, StepEvent.REQUEST_RECEIVED)
    return (StepEvent.CASE_OPENED, *(event for event in others if event in completing))


def _usual_days(tx: Transaction, context: Context, service_id: int | None) -> int:
    service = None if service_id is None else services.find(tx, service_id)
    return (service.definition.days if service else None) or context.office.settings.cases.days


def take_back_law_due(tx: Transaction, context: Context, case_: case.Case) -> None:
    """Give a case that PPID no longer has, and never registered, the office's usual deadline again."""
    if ppid.of_case(tx, case_.id) is None:
        days = _usual_days(tx, context, visits.get(tx, case_.visit_id).service_id)
        cases.set_due(tx, case_.id, WorkingCalendar(context.office.settings).due(case_.opened_at, days))


def ppid_due(tx: Transaction, context: Context, case_: case.Case) -> DueDay:
    """Return until when PPID answers a case that it is handed now.

    If the procedure has a step of PPID with days of its own, they count (POS DKI 6). Otherwise the deadline
    is that of the registered request, or the law's ten working days.
    """
    procedure, registered = procedure_of_case(tx, case_), ppid.of_case(tx, case_.id)
    ppid_days = None if procedure is None else standard_days_of_role(procedure, Role.PPID)
    if ppid_days is None and registered is not None:
        return registered.due
    return due_in(context, ppid_days or ANSWER_DAYS)


def set_law_due(tx: Transaction, request: InformationRequest) -> None:
    """Give a case its registered request's deadline by law, unless PPID has a step with days of its own."""
    procedure = procedure_of_case(tx, cases.get(tx, request.case_id))
    if procedure is None or standard_days_of_role(procedure, Role.PPID) is None:
        cases.set_due(tx, request.case_id, request.due)
        escalations.set_ppid_due(tx, request.case_id, request.due_at)


def due_in(context: Context, days: int) -> DueDay:
    """Return the end of work on the `days`-th working day after today."""
    return WorkingCalendar(context.office.settings).due(context.at, days)
