"""The care for a vulnerable visitor: declaration, alerts to officers, escort in and out (POS DKI)."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care import commands, declarations as care_declarations
from ult_desktop.core.procedures import procedure, rounds
from ult_desktop.core.visits.visit import Visit, choose_procedure
from ult_desktop.db.care import declarations
from ult_desktop.db.procedures import marks, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import mark_event, note_at_desk
from ult_desktop.operations.visits import end_visits, visits as visit_visits


def declare(tx: Transaction, context: Context, declaration: care_declarations.Vulnerability) -> None:
    """Write what a visitor declared, and alert the officers who care for them.

    If nothing but the visit's beginning has happened, the visit gets the procedure for vulnerable visitors.
    """
    visit = visits.get(tx, declaration.visit_id)
    if visit.follows is None and not visit.vulnerable and visit_visits.has_only_begun(tx, visit):
        chosen = choose_procedure(procedures.in_force(tx), visit.channel, vulnerable=True)
        visits.set_procedure(tx, visit.id, chosen, vulnerable=True)
    else:
        visits.set_vulnerable(tx, visit.id)
    was_declared = declarations.find(tx, visit.id) is not None
    declarations.declare(tx, declaration, context.by.officer_id)
    if not was_declared:
        declarations.add_alert(tx, visit.id, care_declarations.AlertKind.VULNERABLE, context.at, "")


@handles(commands.DeclareVulnerable, needs=Permission.ASSIST_VULNERABLE, answer=visits.get)
@named("care declare", "Kunjungan VISIT termasuk kelompok rentan, menurut pengakuannya.")
def declare_vulnerable(command: commands.DeclareVulnerable, tx: Transaction, context: Context) -> NewEvent:
    lookup.require_open_visit(tx, command.visit_id)
    if not command.grounds:
        raise refuse(_("Belum ada kelompok yang dipilih."), _("Pilih yang disebut pengunjung."))
    declaration = care_declarations.Vulnerability(
        visit_id=command.visit_id, grounds=command.grounds, help=command.help, declared_at=context.at
    )
    declare(tx, context, declaration)
    return NewEvent("care.declared", "care", command.visit_id)


@handles(commands.AcknowledgeAlert, needs=Permission.ASSIST_VULNERABLE, answer=declarations.get_alert)
@named("care acknowledge", "Panggilan ALERT ditangani.")
def acknowledge_alert(command: commands.AcknowledgeAlert, tx: Transaction, context: Context) -> NewEvent:
    alert = require_found(declarations.find_alert(tx, command.alert_id), _("Panggilan itu tidak ada."))
    if alert.acknowledged_at is not None:
        raise refuse(_("Sudah ditangani {officer}.").format(officer=alert.acknowledged_by))
    declarations.acknowledge(tx, alert.id, context.at, context.by.officer_id)
    return NewEvent("care.acknowledged", "care", alert.id, {"kind": alert.kind})


@handles(commands.CallOfficer, needs=Permission.BE_STATION, answer=declarations.get_alert)
@named("care call-officer", "Panggil petugas ke komputer ini.")
def call_officer(_command: commands.CallOfficer, tx: Transaction, context: Context) -> NewEvent:
    alert_id = _alert_once(tx, context, care_declarations.AlertKind.KIOSK_CALL)
    return NewEvent("care.officer_called", "care", alert_id)


@handles(commands.NoteManyNumbers, needs=Permission.BE_STATION, answer=declarations.get_alert)
@named("care many-numbers", "Di komputer ini banyak nomor diambil dalam satu menit.")
def note_many_numbers(_command: commands.NoteManyNumbers, tx: Transaction, context: Context) -> NewEvent:
    alert_id = _alert_once(tx, context, care_declarations.AlertKind.MANY_NUMBERS)
    return NewEvent("care.many_numbers", "care", alert_id)


def _alert_once(tx: Transaction, context: Context, kind: care_declarations.AlertKind) -> int:
    """Return the alert from this kiosk that nobody has answered yet, or a new one."""
    kiosk = context.by.station
    unanswered = declarations.open_alert_from(tx, kind, kiosk)
    return unanswered.id if unanswered else declarations.add_alert(tx, None, kind, context.at, kiosk)


@handles(commands.CallSecurity, needs=Permission.RECEIVE_VISITORS, answer=declarations.get_alert)
@named("care call-security", "Panggil petugas keamanan untuk kunjungan VISIT.")
def call_security(command: commands.CallSecurity, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    alert_id = declarations.add_alert(
        tx, visit.id, care_declarations.AlertKind.SECURITY_CALL, context.at, command.place
    )
    mark_event(tx, context, _visit_with_steps(tx, visit).id, procedure.StepEvent.SECURITY_CALLED)
    return NewEvent("care.security_called", "care", alert_id)


@handles(commands.BeginEscort, needs=Permission.ASSIST_VULNERABLE, answer=declarations.get_escort)
@named("care escort", "Mulai mendampingi kunjungan VISIT pada bagian LEG.")
def begin_escort(command: commands.BeginEscort, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    _require_new_leg(tx, visit.id, command.leg)
    new = declarations.NewEscort(
        visit_id=visit.id,
        leg=command.leg,
        from_place=command.from_place,
        to_place=command.to_place,
        officer_id=context.by.officer_id,
        began_at=context.at,
    )
    return NewEvent("care.escort_begun", "care", declarations.add_escort(tx, new), {"leg": command.leg})


@handles(commands.EndEscort, needs=Permission.ASSIST_VULNERABLE, answer=declarations.get_escort)
@named("care escort-done", "Pendampingan ESCORT sampai.")
def end_escort(command: commands.EndEscort, tx: Transaction, context: Context) -> NewEvent:
    escort = require_found(declarations.find_escort(tx, command.escort_id), _("Pendampingan itu tidak ada."))
    if escort.ended_at is not None:
        raise refuse(_("Pendampingan itu sudah selesai."))
    declarations.end_escort(tx, escort.id, context.at)
    visit = _visit_with_steps(tx, visits.get(tx, escort.visit_id))
    if escort.leg is care_declarations.Leg.TO_COUNTER:
        note_at_desk(tx, context, visits.get(tx, escort.visit_id))
    step = _escort_step(tx, visit, escort.leg)
    mark_event(tx, context, visit.id, procedure.StepEvent.ESCORT_DONE, step=step, since=escort.began_at)
    end_visits.end_if_over(tx, context, escort.visit_id)
    return NewEvent("care.escort_done", "care", escort.id, {"leg": escort.leg})


def end_escort_to_counter(tx: Transaction, context: Context, visit_id: int, called_at: int) -> None:
    """End the escort to the counter of a visitor who is served there, and mark its step.

    If no escort was begun, the officer who answered the visitor's alert counts as the escort, from the call
    of the number on.
    """
    leg = care_declarations.Leg.TO_COUNTER
    escorts = (escort for escort in declarations.escorts_of(tx, visit_id) if escort.leg is leg)
    escort = next(escorts, None)
    if escort is None:
        carer_id = declarations.carer_of(tx, visit_id)
        if carer_id is None:
            return
        new = declarations.NewEscort(visit_id=visit_id, leg=leg, officer_id=carer_id, began_at=called_at)
        escort = declarations.get_escort(tx, declarations.add_escort(tx, new))
    if escort.ended_at is not None:  # a declined escort has an end from the beginning
        return
    declarations.end_escort(tx, escort.id, context.at)
    visit = _visit_with_steps(tx, visits.get(tx, visit_id))
    mark = rounds.Mark(
        at=context.at,
        event=procedure.StepEvent.ESCORT_DONE,
        step=_escort_step(tx, visit, leg),
        since=escort.began_at,
        officer_id=declarations.escorting_officer(tx, escort.id),
    )
    marks.add(tx, visit.id, mark, context.request)


@handles(commands.DeclineEscort, needs=Permission.ASSIST_VULNERABLE, answer=declarations.get_escort)
@named("care decline", "Tamu kunjungan VISIT memilih tanpa pendamping pada bagian LEG.")
def decline_escort(command: commands.DeclineEscort, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    _require_new_leg(tx, visit.id, command.leg)
    new = declarations.NewEscort(
        visit_id=visit.id,
        leg=command.leg,
        from_place="",
        to_place="",
        officer_id=context.by.officer_id,
        began_at=context.at,
        declined=True,
    )
    escort_id = declarations.add_escort(tx, new)
    _waive_escort_step(tx, context, _visit_with_steps(tx, visit), command.leg)
    end_visits.end_if_over(tx, context, visit.id)
    return NewEvent("care.escort_declined", "care", escort_id, {"leg": command.leg})


def _waive_escort_step(tx: Transaction, context: Context, visit: Visit, leg: care_declarations.Leg) -> None:
    step = _escort_step(tx, visit, leg)
    if step is not None:
        waiver = rounds.Mark(
            at=context.at,
            kind=rounds.MarkKind.WAIVE,
            step=step,
            officer_id=context.by.officer_id,
            reason=_("Pengunjung memilih tanpa pendampingan"),
        )
        marks.add(tx, visit.id, waiver, context.request)


def _visit_with_steps(tx: Transaction, visit: Visit) -> Visit:
    """Return the visit whose steps an act is marked on: for a second coming, the visit that it follows."""
    return visit if visit.follows is None else visits.get(tx, visit.follows)


def _escort_step(tx: Transaction, visit: Visit, leg: care_declarations.Leg) -> int | None:
    in_visit = procedures.of_visit(tx, visit)
    return care_declarations.escort_step(in_visit, leg) if in_visit else None


def _require_new_leg(tx: Transaction, visit_id: int, leg: care_declarations.Leg) -> None:
    if any(escort.leg is leg for escort in declarations.escorts_of(tx, visit_id)):
        raise refuse(_("Pendampingan {leg} sudah tercatat.").format(leg=leg.word))
