"""Care for vulnerable visitors: declared, alerted, accompanied in and out (POS DKI)."""

from ult_desktop.core.care import AlertKind, Escort, Leg, Vulnerability, escort_step, leg_word
from ult_desktop.core.care_asks import (
    AcknowledgeAlert,
    BeginEscort,
    CallSecurity,
    ComeForResult,
    DeclareVulnerable,
    DeclineEscort,
    EndEscort,
)
from ult_desktop.core.marks import Mark, MarkKind
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.procedure_choice import choose
from ult_desktop.core.roles import Permission
from ult_desktop.core.visit import Visit
from ult_desktop.db import care, marks, procedures, visits
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.endings import end_if_over
from ult_desktop.operations.finding import nothing_changed, the_visit
from ult_desktop.operations.marking import mark
from ult_desktop.operations.visits import begin_visit, only_begun


def declare(tx: Transaction, moment: Moment, said: Vulnerability) -> None:
    """Write what a visitor declared, alert who cares for him, and take the procedure made for him."""
    visit = visits.get(tx, said.visit_id)
    if not visit.vulnerable and only_begun(tx, visit):
        chosen = choose(procedures.in_force(tx), visit.channel, vulnerable=True)
        visits.set_procedure(tx, visit.id, chosen, vulnerable=True)
    else:
        visits.set_vulnerable(tx, visit.id)
    known = care.declared(tx, visit.id) is not None
    care.declare(tx, said, moment.by.officer_id)
    if not known:
        care.alert(tx, visit.id, AlertKind.VULNERABLE, moment.at, "")


@performs(DeclareVulnerable, needs=Permission.ASSIST_VULNERABLE, answer=visits.get)
def declare_vulnerable(ask: DeclareVulnerable, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    if not ask.grounds:
        raise nothing_changed(_("Belum ada kelompok yang dipilih."), _("Pilih yang disebut pengunjung."))
    said = Vulnerability(visit_id=ask.visit_id, grounds=ask.grounds, help=ask.help, declared_at=moment.at)
    declare(tx, moment, said)
    return Done("care.declared", "care", ask.visit_id)


@performs(AcknowledgeAlert, needs=Permission.ASSIST_VULNERABLE, answer=care.get_alert)
def acknowledge_alert(ask: AcknowledgeAlert, tx: Transaction, moment: Moment) -> Done:
    alert = care.find_alert(tx, ask.alert_id)
    if alert is None:
        raise nothing_changed(_("Panggilan itu tidak ada."))
    if alert.acknowledged_at is not None:
        raise nothing_changed(_("Sudah ditangani {officer}.").format(officer=alert.acknowledged_by))
    care.acknowledge(tx, alert.id, moment.at, moment.by.officer_id)
    return Done("care.acknowledged", "care", alert.id, {"kind": alert.kind})


@performs(CallSecurity, needs=Permission.RECEIVE_VISITORS, answer=care.get_alert)
def call_security(ask: CallSecurity, tx: Transaction, moment: Moment) -> Done:
    visit = the_visit(tx, ask.visit_id)
    alert_id = care.alert(tx, visit.id, AlertKind.SECURITY_CALL, moment.at, ask.place)
    mark(tx, moment, visit.follows or visit.id, StepEvent.SECURITY_CALLED)
    return Done("care.security_called", "care", alert_id)


@performs(BeginEscort, needs=Permission.ASSIST_VULNERABLE, answer=care.get_escort)
def begin_escort(ask: BeginEscort, tx: Transaction, moment: Moment) -> Done:
    visit = the_visit(tx, ask.visit_id)
    _require_new_leg(tx, visit.id, ask.leg)
    new = care.NewEscort(
        visit_id=visit.id,
        leg=ask.leg,
        from_place=ask.from_place,
        to_place=ask.to_place,
        officer_id=moment.by.officer_id,
        at=moment.at,
    )
    return Done("care.escort_begun", "care", care.begin_escort(tx, new), {"leg": ask.leg})


@performs(EndEscort, needs=Permission.ASSIST_VULNERABLE, answer=care.get_escort)
def end_escort(ask: EndEscort, tx: Transaction, moment: Moment) -> Done:
    escort = _under_way(tx, ask.escort_id)
    care.end_escort(tx, escort.id, moment.at)
    visit = _marked(tx, visits.get(tx, escort.visit_id))
    mark(tx, moment, visit.id, StepEvent.ESCORT_DONE, step=_step(tx, visit, escort.leg))
    end_if_over(tx, moment, escort.visit_id)
    return Done("care.escort_done", "care", escort.id, {"leg": escort.leg})


@performs(DeclineEscort, needs=Permission.ASSIST_VULNERABLE, answer=care.get_escort)
def decline_escort(ask: DeclineEscort, tx: Transaction, moment: Moment) -> Done:
    visit = the_visit(tx, ask.visit_id)
    _require_new_leg(tx, visit.id, ask.leg)
    new = care.NewEscort(
        visit_id=visit.id,
        leg=ask.leg,
        from_place="",
        to_place="",
        officer_id=moment.by.officer_id,
        at=moment.at,
        declined=True,
    )
    escort_id = care.begin_escort(tx, new)
    _waive(tx, moment, _marked(tx, visit), ask.leg)
    end_if_over(tx, moment, visit.id)
    return Done("care.escort_declined", "care", escort_id, {"leg": ask.leg})


def _waive(tx: Transaction, moment: Moment, visit: Visit, leg: Leg) -> None:
    step = _step(tx, visit, leg)
    if step is not None:
        waived = Mark(
            at=moment.at,
            kind=MarkKind.WAIVE,
            step=step,
            officer_id=moment.by.officer_id,
            reason=_("Pengunjung memilih tanpa pendampingan"),
        )
        marks.add(tx, visit.id, waived, moment.request)


def _marked(tx: Transaction, visit: Visit) -> Visit:
    """Where the steps are kept: a second coming goes on with the visit it follows."""
    return visit if visit.follows is None else visits.get(tx, visit.follows)


def _step(tx: Transaction, visit: Visit, leg: Leg) -> int | None:
    if visit.procedure_id is None or visit.procedure_version is None:
        return None
    return escort_step(procedures.load(tx, visit.procedure_id, visit.procedure_version), leg)


def _require_new_leg(tx: Transaction, visit_id: int, leg: Leg) -> None:
    if any(each.leg is leg for each in care.escorts_of(tx, visit_id)):
        raise nothing_changed(_("Pendampingan {leg} sudah tercatat.").format(leg=leg_word(leg)))


def _under_way(tx: Transaction, escort_id: int) -> Escort:
    escort = care.find_escort(tx, escort_id)
    if escort is None:
        raise nothing_changed(_("Pendampingan itu tidak ada."))
    if escort.ended_at is not None:
        raise nothing_changed(_("Pendampingan itu sudah selesai."))
    return escort


@performs(ComeForResult, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def come_for_result(ask: ComeForResult, tx: Transaction, moment: Moment) -> Done:
    """A visit without steps of its own: what is done in it completes those of the visit it follows."""
    original = the_visit(tx, ask.visit_id)
    if original.day == moment.day:
        raise nothing_changed(
            _("Kunjungan itu dari hari ini."), _("Lanjutkan kunjungan itu; kedatangan kedua tidak perlu.")
        )
    visit_id = begin_visit(
        tx,
        moment,
        original.channel,
        service_id=original.service_id,
        vulnerable=original.vulnerable,
        follows=original.id,
    )
    return Done("visit.came_again", "visit", visit_id, {"follows": original.id})
