"""The common parts of the acts on a case: checks, lines on the timeline, marks of steps."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Officer, Role
from ult_desktop.core.cases.case import Case, CaseState
from ult_desktop.core.free_text import strip_invisible
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.core.survey.survey import SurveyToken, TokenState
from ult_desktop.db.access import officers
from ult_desktop.db.accountability.delegations import represented_owner
from ult_desktop.db.cases import cases
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import visits
from ult_desktop.operations.access.delegated_roles import represented_on_case
from ult_desktop.operations.operation import Context, refuse, require_found
from ult_desktop.operations.procedures.step_marks import mark_event


def require_open_case(tx: Transaction, case_id: int) -> Case:
    """Return a case that is not closed. Raises UserError otherwise."""
    case = require_found(cases.find(tx, case_id), _("Permohonan itu tidak ada."))
    if case.closed_at is not None:
        raise refuse(_("Permohonan {number} sudah ditutup.").format(number=case.number))
    return case


def require_not_escalated(case: Case) -> None:
    """Raise UserError while another desk works on the case."""
    if case.state is CaseState.ESCALATED:
        raise refuse(
            _("Permohonan {number} masih di unit lain.").format(number=case.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )


def require_officer(tx: Transaction, officer_id: int) -> Officer:
    """Return an officer at work here. Raises UserError otherwise."""
    officer = officers.by_id(tx, officer_id)
    if officer is None or not officer.active:
        raise refuse(_("Petugas itu tidak ada lagi."), _("Pilih petugas lain."))
    return officer


def require_recipient(tx: Transaction, officer_id: int, about_id: int | None) -> Officer:
    """Return an officer who may be given a case: not the one whom it is about."""
    officer = require_officer(tx, officer_id)
    if officer.id == about_id:
        raise refuse(_("Pengaduan ini tentang {name}.").format(name=officer.name), _("Pilih petugas lain."))
    return officer


def procedure_of_case(tx: Transaction, case: Case) -> Procedure | None:
    return procedures.of_visit(tx, visits.get(tx, case.visit_id))


def require_text(text: str, missing: str) -> str:
    """Return `text` without the blanks around it. Raises UserError with `missing` when nothing is left."""
    text = strip_invisible(text).strip()
    if not text:
        raise refuse(missing)
    return text


def note_on_timeline(  # noqa: PLR0913  (what a line says)
    tx: Transaction,
    context: Context,
    case_id: int,
    kind: str,
    text: str = "",
    *,
    document_id: int | None = None,
    owner_id: int | None = None,
    role: Role | None = None,
) -> None:
    """Write a line of `kind` (an `EntryKind`) on the case's timeline, by the actor.

    If the actor stands in for an absent officer, the line names that one (a.n.): the owner, if `owner_id` is
    given and absent; else an officer who lends the actor `role`, or the role that the act needs.
    """
    entry = cases.NewEntry(
        case_id=case_id,
        at=context.at,
        kind=kind,
        officer_id=context.by.officer_id,
        for_officer_id=represented_on_case(tx, context, cases.visit_of(tx, case_id), owner_id, role),
        text=strip_invisible(text),
        document_id=document_id,
    )
    cases.add_entry(tx, entry)


def mark_case_step(tx: Transaction, context: Context, case: Case, event: StepEvent, branch: str = "") -> None:
    """Mark that `event` completes a step of the case's procedure.

    `branch` is the way that the procedure takes after the step, if it forks there. The mark is made in the
    name of the case's owner (a.n.) while the actor stands in for them.
    """
    absent_id = represented_owner(tx, context.by.officer_id, case.owner_id, context.at)
    mark_event(tx, context, case.visit_id, event, branch, absent_id)


def point_to_survey(tx: Transaction, context: Context, case: Case) -> None:
    """Write that the applicant was pointed to the survey, unless it was offered or filled in before."""
    # The survey is about the whole coming: further matters share that of the first visit.
    visit_id = visits.get(tx, case.visit_id).first_visit_id
    if survey.token_of(tx, visit_id) is None:
        offered = SurveyToken(visit_id=visit_id, state=TokenState.OPEN, at=context.at)
        survey.set_token(tx, offered, context.day)
        mark_event(tx, context, visit_id, StepEvent.SURVEY_OFFERED)
