"""Appointments (janji temu): scheduled again, checked in, missed, cancelled (POS Kaltara 5)."""

from ult_desktop.core.appointment import Appointment, AppointmentState
from ult_desktop.core.appointment_asks import CancelAppointment, CheckIn, MissAppointment, Reschedule
from ult_desktop.core.asks import IssueTicket
from ult_desktop.core.case import Case
from ult_desktop.core.case_steps import unsettled_branch
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.core.stamps import MINUTE_MS, office_day, to_datetime
from ult_desktop.core.ticket import Place
from ult_desktop.core.visit import VisitChannel
from ult_desktop.core.working_time import WorkingCalendar
from ult_desktop.db import appointments, cases, pauses, tickets
from ult_desktop.db.transaction import Transaction
from ult_desktop.formats import format_clock, format_date
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.case_files import (
    mark_case,
    note,
    procedure_of_case,
    require_here,
    the_case,
    the_officer,
    written,
)
from ult_desktop.operations.day import begin_day
from ult_desktop.operations.finding import nothing_changed, the_service
from ult_desktop.operations.issuing import give_number, issued, ticket_code
from ult_desktop.operations.visits import begin_visit

GRACE_MS = 15 * MINUTE_MS  # who comes later than this stands behind those who wait already


def when(moment: Moment, at: int) -> str:
    """A stamp as people read it: "Senin, 23 November 2026 09.00 WITA"."""
    local = to_datetime(at, moment.office.settings.office.zone)
    return f"{format_date(local)} {format_clock(local)}"


@performs(Reschedule, needs=Permission.WORK_CASES, answer=appointments.get)
def reschedule(ask: Reschedule, tx: Transaction, moment: Moment) -> Done:
    """What could not be settled gets another date; the case stays open and its visitor's clock stands."""
    case = the_case(tx, ask.case_id)
    reason = written(ask.reason, _("Alasan penjadwalan ulang belum ditulis."))
    require_here(case)
    _require_working_time(moment, ask.at)
    officer_id = case.owner_id if ask.officer_id is None else the_officer(tx, ask.officer_id).id
    before = appointments.of_case(tx, case.id)
    for each in before:
        if each.state is AppointmentState.BOOKED:
            appointments.end(tx, each.id, AppointmentState.MOVED, moment.at)
    new = appointments.NewAppointment(
        code=ticket_code(moment.request),
        case_id=case.id,
        nth=len(before) + 1,
        day=office_day(ask.at, moment.office.settings.office.zone),
        at=ask.at,
        officer_id=officer_id,
        reason=reason,
        made_at=moment.at,
        made_by=moment.by.officer_id,
    )
    appointment_id = appointments.insert(tx, new)
    text = f"{when(moment, ask.at)} · {reason}"
    note(tx, moment, case.id, EntryKind.RESCHEDULED, text, owner_id=case.owner_id)
    _mark_unsettled(tx, moment, case)
    return Done("appointment.made", "case", appointment_id, {"case": case.id, "nth": new.nth})


def _require_working_time(moment: Moment, at: int) -> None:
    calendar = WorkingCalendar(moment.office.settings)
    spans = calendar.spans(calendar.day_of(at))
    if at <= moment.at:
        raise nothing_changed(_("Waktu itu sudah lewat."), _("Pilih waktu yang akan datang."))
    if not any(opens <= at < closes for opens, closes in spans):
        raise nothing_changed(
            _("{when} di luar jam layanan.").format(when=when(moment, at)), _("Pilih hari dan jam kerja.")
        )


def _mark_unsettled(tx: Transaction, moment: Moment, case: Case) -> None:
    branch = unsettled_branch(procedure_of_case(tx, case))
    if branch is not None:
        mark_case(tx, moment, case, StepEvent.OUTCOME_SET, branch)
    pauses.end(tx, case.visit_id, moment.at)
    pauses.begin(tx, case.visit_id, moment.at, _("Menunggu janji temu"), moment.by.officer_id)


@performs(CheckIn, needs=Permission.ISSUE_TICKETS, answer=issued)
def check_in(ask: CheckIn, tx: Transaction, moment: Moment) -> Done:
    """A number at the appointment's time, and a visit that follows the first."""
    begin_day(tx, moment)
    appointment = _booked_by_code(tx, moment, ask.code)
    case = cases.get(tx, appointment.case_id)
    service_id = case.service_id
    if service_id is None:
        raise nothing_changed(_("Janji temu ini belum punya layanan."), _("Silakan menuju meja resepsionis."))
    number = IssueTicket(service_id=service_id, wants_paper=ask.wants_paper)
    service = the_service(tx, service_id, retired=True).definition
    ticket_id, label = give_number(tx, number, service, moment)
    in_time = moment.at <= appointment.at + GRACE_MS
    tickets.put_back(tx, ticket_id, appointment.at if in_time else moment.at, Place.APPOINTMENT)
    ticket = tickets.get(tx, ticket_id)
    visit_id = begin_visit(
        tx,
        moment,
        VisitChannel.FACE_TO_FACE,
        ticket=ticket,
        service_id=service_id,
        follows=case.visit_id,
    )
    appointments.end(tx, appointment.id, AppointmentState.ARRIVED, moment.at, visit_id=visit_id)
    pauses.end(tx, case.visit_id, moment.at)
    note(tx, moment, case.id, EntryKind.CHECKED_IN, label)
    data = {"label": label, "service": service_id, "priority": False, "appointment": appointment.id}
    return Done("ticket.issued", "queue", ticket_id, data)


def _booked_by_code(tx: Transaction, moment: Moment, code: str) -> Appointment:
    found = appointments.by_code(tx, code.strip().upper())
    if found is None:
        raise nothing_changed(_("Kode itu bukan janji temu."), _("Ambil nomor antrean biasa."))
    if found.state is not AppointmentState.BOOKED:
        raise nothing_changed(
            _("Janji temu ini sudah dipakai atau dibatalkan."), _("Tanyakan kepada petugas.")
        )
    if found.day != moment.day:
        raise nothing_changed(
            _("Janji temu ini untuk {when}.").format(when=when(moment, found.at)),
            _("Silakan datang pada waktunya, atau tanyakan kepada petugas."),
        )
    return found


def _the_booked(tx: Transaction, appointment_id: int) -> Appointment:
    found = appointments.find(tx, appointment_id)
    if found is None or found.state is not AppointmentState.BOOKED:
        raise nothing_changed(_("Janji temu itu tidak lagi terjadwal."))
    return found


@performs(MissAppointment, needs=Permission.WORK_CASES, answer=appointments.get)
def miss_appointment(ask: MissAppointment, tx: Transaction, moment: Moment) -> Done:
    found = _the_booked(tx, ask.appointment_id)
    if moment.at < found.at:
        raise nothing_changed(_("Waktu janji temu ini belum tiba."))
    appointments.end(tx, found.id, AppointmentState.MISSED, moment.at)
    note(tx, moment, found.case_id, EntryKind.MISSED, when(moment, found.at), owner_id=found.officer_id)
    return Done("appointment.missed", "case", found.id, {"case": found.case_id})


@performs(CancelAppointment, needs=Permission.WORK_CASES, answer=appointments.get)
def cancel_appointment(ask: CancelAppointment, tx: Transaction, moment: Moment) -> Done:
    found = _the_booked(tx, ask.appointment_id)
    reason = written(ask.reason, _("Alasan pembatalan belum ditulis."))
    appointments.end(tx, found.id, AppointmentState.CANCELLED, moment.at, reason)
    pauses.end(tx, cases.get(tx, found.case_id).visit_id, moment.at)
    note(tx, moment, found.case_id, EntryKind.APPOINTMENT_CANCELLED, reason, owner_id=found.officer_id)
    return Done("appointment.cancelled", "case", found.id, {"case": found.case_id})
