"""Visitors directed to the helpdesk officer of their category, with receipt (POS Kaltara 3)."""

from ult_desktop.core.escalation_asks import AcknowledgeHandover, HandToHelpdesk
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission, Role
from ult_desktop.db import escalations, officers, services
from ult_desktop.db.officers import OfficerRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import the_officer
from ult_desktop.operations.finding import nothing_changed, the_visit
from ult_desktop.operations.hops import stands_for
from ult_desktop.operations.marking import mark


def helpdesk_of(tx: Transaction, service_id: int | None) -> tuple[OfficerRow, ...]:
    """The helpdesk officers of a service, as the office named them; else everybody with that role."""
    service = None if service_id is None else services.find(tx, service_id)
    named = service.definition.helpdesk if service else ()
    everybody = officers.all_active(tx)
    chosen = tuple(officer for officer in everybody if officer.login in named)
    return chosen or tuple(officer for officer in everybody if Role.HELPDESK in officer.roles)


@performs(HandToHelpdesk, needs=Permission.RECEIVE_VISITORS, answer=escalations.handover_of)
def hand_to_helpdesk(ask: HandToHelpdesk, tx: Transaction, moment: Moment) -> Done:
    visit = the_visit(tx, ask.visit_id)
    officer = the_officer(tx, ask.officer_id)
    if officer.id not in {each.id for each in helpdesk_of(tx, visit.service_id)}:
        raise nothing_changed(
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
    mark(tx, moment, visit.id, StepEvent.HANDED_OVER)
    return Done("visit.handed_over", "case", visit.id, {"to": officer.id})


@performs(AcknowledgeHandover, needs=Permission.WORK_CASES, answer=escalations.handover_of)
def acknowledge_handover(ask: AcknowledgeHandover, tx: Transaction, moment: Moment) -> Done:
    found = escalations.handover_of(tx, ask.visit_id)
    if found is None or found.acknowledged_at is not None:
        raise nothing_changed(_("Tidak ada pengunjung yang diarahkan ke Anda di sini."))
    if not stands_for(tx, moment, found.officer_id):
        raise nothing_changed(_("Pengunjung ini diarahkan ke {name}.").format(name=found.officer))
    escalations.acknowledge_handover(tx, ask.visit_id, moment.at)
    return Done("visit.handover_received", "case", ask.visit_id)
