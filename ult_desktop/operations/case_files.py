"""What every act on a case needs: the case itself, its procedure, its timeline, its marks."""

from ult_desktop.core.case import Case, CaseState
from ult_desktop.core.free_text import seen
from ult_desktop.core.procedure import Procedure, StepEvent
from ult_desktop.core.visit import Visit
from ult_desktop.db import cases, officers, procedures, visits
from ult_desktop.db.delegations import on_behalf
from ult_desktop.db.officers import OfficerRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Moment
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.marking import mark


def the_case(tx: Transaction, case_id: int) -> Case:
    """A case that is not closed. Raises UserError otherwise."""
    case = cases.find(tx, case_id)
    if case is None:
        raise nothing_changed(_("Permohonan itu tidak ada."))
    if case.closed_at is not None:
        raise nothing_changed(_("Permohonan {number} sudah ditutup.").format(number=case.number))
    return case


def require_here(case: Case) -> None:
    """Raises UserError while another desk works on the case."""
    if case.state is CaseState.ESCALATED:
        raise nothing_changed(
            _("Permohonan {number} masih di unit lain.").format(number=case.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )


def the_officer(tx: Transaction, officer_id: int) -> OfficerRow:
    """An officer at work here. Raises UserError otherwise."""
    officer = officers.by_id(tx, officer_id)
    if officer is None or not officer.active:
        raise nothing_changed(_("Petugas itu tidak ada lagi."), _("Pilih petugas lain."))
    return officer


def procedure_of(tx: Transaction, visit: Visit) -> Procedure | None:
    """The procedure under which a visit runs."""
    if visit.procedure_id is None or visit.procedure_version is None:
        return None
    return procedures.load(tx, visit.procedure_id, visit.procedure_version)


def procedure_of_case(tx: Transaction, case: Case) -> Procedure | None:
    return procedure_of(tx, visits.get(tx, case.visit_id))


def written(text: str, missing: str) -> str:
    """`text` without the blanks around it. Raises UserError with `missing` when nothing is left."""
    text = seen(text).strip()
    if not text:
        raise nothing_changed(missing)
    return text


def note(  # noqa: PLR0913  (what a line says)
    tx: Transaction,
    moment: Moment,
    case_id: int,
    kind: str,
    text: str = "",
    *,
    document_id: int | None = None,
    owner_id: int | None = None,
) -> None:
    """A line on the case's timeline, by whoever acts now; a.n. `owner_id` when in his stead."""
    entry = cases.NewEntry(
        case_id=case_id,
        at=moment.at,
        kind=kind,
        officer_id=moment.by.officer_id,
        for_officer_id=on_behalf(tx, moment.by.officer_id, owner_id, moment.at),
        text=seen(text),
        document_id=document_id,
    )
    cases.add_entry(tx, entry)


def mark_case(tx: Transaction, moment: Moment, case: Case, event: StepEvent, branch: str = "") -> None:
    """`event` completes a step of the case's procedure; a.n. its owner when in his stead."""
    stead = on_behalf(tx, moment.by.officer_id, case.owner_id, moment.at)
    mark(tx, moment, case.visit_id, event, branch, stead)
