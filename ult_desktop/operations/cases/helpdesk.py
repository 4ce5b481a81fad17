"""Visitors directed to the helpdesk officer of their category, with receipt (POS Kaltara 3)."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.cases.escalation_commands import AcknowledgeHandover, HandToHelpdesk
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db.access import officers
from ult_desktop.db.access.officers import OfficerRow
from ult_desktop.db.cases import escalations
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.cases.case_files import require_officer
from ult_desktop.operations.cases.escalation_access import acts_for
from ult_desktop.operations.lookup import refuse, require_open_visit
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.procedures.step_marks import mark_event


def helpdesk_of(tx: Transaction, service_id: int | None) -> tuple[OfficerRow, ...]:
    """The helpdesk officers of a service, as the office named them; else everybody with that role."""
    service = None if service_id is None else services.find(tx, service_id)
    named = service.definition.helpdesk if service else ()
    everybody = officers.all_active(tx)
    chosen = tuple(officer for officer in everybody if officer.login in named)
    return chosen or tuple(officer for officer in everybody if Role.HELPDESK in officer.roles)


@handles(HandToHelpdesk, needs=Permission.RECEIVE_VISITORS, answer=escalations.handover_of)
def hand_to_helpdesk(ask: HandToHelpdesk, tx: Transaction, moment: Context) -> NewEvent:
    visit = require_open_visit(tx, ask.visit_id)
    officer = require_officer(tx, ask.officer_id)
    if officer.id not in {each.id for each in helpdesk_of(tx, visit.service_id)}:
        raise refuse(
            _("{name} bukan petugas helpdesk untuk layanan ini.").format(name=officer.name),
            _("Pilih petugas dari daftarnya."),
        )
    new = escalations.NewHandover(
        visit_id=visit.id,
        officer_id=officer.id,
        by_id=moment.by.officer_id,
        at=moment.at,
        remark=ask.remark.strip(),
    )
    escalations.write_handover(tx, new)
    mark_event(tx, moment, visit.id, StepEvent.HANDED_OVER)
    return NewEvent("visit.handed_over", "case", visit.id, {"to": officer.id})


@handles(AcknowledgeHandover, needs=Permission.WORK_CASES, answer=escalations.handover_of)
def acknowledge_handover(ask: AcknowledgeHandover, tx: Transaction, moment: Context) -> NewEvent:
    found = escalations.handover_of(tx, ask.visit_id)
    if found is None or found.acknowledged_at is not None:
        raise refuse(_("Tidak ada pengunjung yang diarahkan ke Anda di sini."))
    if not acts_for(tx, moment, found.officer_id):
        raise refuse(_("Pengunjung ini diarahkan ke {name}.").format(name=found.officer))
    escalations.acknowledge_handover(tx, ask.visit_id, moment.at)
    return NewEvent("visit.handover_received", "case", ask.visit_id)
