"""Appointments (janji temu): scheduled again, checked in, missed, cancelled (POS Kaltara 5)."""

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import appointment as case_appointment, commands
from ult_desktop.core.cases.case import Case, unsettled_branch
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue import commands as queue_commands, ticket as queue_ticket
from ult_desktop.core.stamps import MINUTE_MS, office_day, to_datetime
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import case_files
from ult_desktop.operations.operation import Context, NewEvent, handles, known, refuse
from ult_desktop.operations.procedures.step_marks import note_away
from ult_desktop.operations.queue import end_of_day, issuing
from ult_desktop.operations.visits.visits import begin_visit

GRACE_MS = 15 * MINUTE_MS  # who comes later than this stands behind those who wait already


def moment_words(context: Context, at: int) -> str:
    """A stamp as people read it: "Senin, 23 November 2026 09.00 WITA"."""
    local = to_datetime(at, context.office.settings.office.zone)
    return f"{formats.format_date(local)} {formats.format_clock(local)}"


@handles(commands.Reschedule, needs=Permission.WORK_CASES, answer=appointments.get)
def reschedule(command: commands.Reschedule, tx: Transaction, context: Context) -> NewEvent:
    """What could not be settled gets another date; the case stays open; its clocks wait for the visitor."""
    case = case_files.require_open_case(tx, command.case_id)
    reason = case_files.require_text(command.reason, _("Alasan penjadwalan ulang belum ditulis."))
    case_files.require_here(case)
    _require_working_time(context, command.at)
    officer_id = (
        case.owner_id if command.officer_id is None else case_files.require_officer(tx, command.officer_id).id
    )
    before = appointments.of_case(tx, case.id)
    for each in before:
        if each.state is case_appointment.AppointmentState.BOOKED:
            appointments.end(tx, each.id, case_appointment.AppointmentState.MOVED, context.at)
    new = appointments.NewAppointment(
        code=issuing.ticket_code(context.request),
        case_id=case.id,
        nth=len(before) + 1,
        day=office_day(command.at, context.office.settings.office.zone),
        at=command.at,
        officer_id=officer_id,
        reason=reason,
        made_at=context.at,
        made_by=context.by.officer_id,
    )
    appointment_id = appointments.insert(tx, new)
    text = f"{moment_words(context, command.at)} · {reason}"
    case_files.note_on_timeline(tx, context, case.id, EntryKind.RESCHEDULED, text, owner_id=case.owner_id)
    _mark_unsettled(tx, context, case)
    return NewEvent("appointment.made", "case", appointment_id, {"case": case.id, "nth": new.nth})


def _require_working_time(context: Context, at: int) -> None:
    calendar = WorkingCalendar(context.office.settings)
    spans = calendar.spans(calendar.day_of(at))
    if at <= context.at:
        raise refuse(_("Waktu itu sudah lewat."), _("Pilih waktu yang akan datang."))
    if not any(opens <= at < closes for opens, closes in spans):
        raise refuse(
            _("{when} di luar jam layanan.").format(when=moment_words(context, at)),
            _("Pilih hari dan jam kerja."),
        )


def _mark_unsettled(tx: Transaction, context: Context, case: Case) -> None:
    branch = unsettled_branch(case_files.procedure_of_case(tx, case))
    if branch is not None:
        case_files.mark_case_step(tx, context, case, StepEvent.OUTCOME_SET, branch)
    note_away(tx, context, case.visit_id, _("Menunggu janji temu"))


@handles(queue_commands.CheckIn, needs=Permission.ISSUE_TICKETS, answer=issuing.issued_ticket)
def check_in(command: queue_commands.CheckIn, tx: Transaction, context: Context) -> NewEvent:
    """A number at the appointment's time, and a visit that follows the first."""
    end_of_day.begin_day(tx, context)
    appointment = _booked_by_code(tx, context, command.code)
    case = cases.get(tx, appointment.case_id)
    service_id = known(
        case.service_id, _("Janji temu ini belum punya layanan."), _("Silakan menuju meja resepsionis.")
    )
    number = queue_commands.IssueTicket(service_id=service_id, wants_paper=command.wants_paper)
    service = lookup.require_service(tx, service_id, retired=True).definition
    ticket_id, label = issuing.give_number(tx, number, service, context)
    in_time = context.at <= appointment.at + GRACE_MS
    tickets.requeue(
        tx, ticket_id, appointment.at if in_time else context.at, queue_ticket.QueuePosition.APPOINTMENT
    )
    ticket = tickets.get(tx, ticket_id)
    visit_id = begin_visit(
        tx, context, VisitChannel.FACE_TO_FACE, ticket=ticket, service_id=service_id, follows=case.visit_id
    )
    appointments.end(
        tx, appointment.id, case_appointment.AppointmentState.ARRIVED, context.at, visit_id=visit_id
    )
    case_files.note_on_timeline(tx, context, case.id, EntryKind.CHECKED_IN, label)
    data = {"label": label, "service": service_id, "priority": False, "appointment": appointment.id}
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def _booked_by_code(tx: Transaction, context: Context, code: str) -> case_appointment.Appointment:
    found = known(
        appointments.by_code(tx, code.strip().upper()),
        _("Kode itu bukan janji temu."),
        _("Ambil nomor antrean biasa."),
    )
    if found.state is not case_appointment.AppointmentState.BOOKED:
        raise refuse(_("Janji temu ini sudah dipakai atau dibatalkan."), _("Tanyakan kepada petugas."))
    if found.day != context.day:
        raise refuse(
            _("Janji temu ini untuk {when}.").format(when=moment_words(context, found.at)),
            _("Silakan datang pada waktunya, atau tanyakan kepada petugas."),
        )
    return found


def _require_booked(tx: Transaction, appointment_id: int) -> case_appointment.Appointment:
    found = appointments.find(tx, appointment_id)
    if found is None or found.state is not case_appointment.AppointmentState.BOOKED:
        raise refuse(_("Janji temu itu tidak lagi terjadwal."))
    return found


@handles(commands.MissAppointment, needs=Permission.WORK_CASES, answer=appointments.get)
def miss_appointment(command: commands.MissAppointment, tx: Transaction, context: Context) -> NewEvent:
    found = _require_booked(tx, command.appointment_id)
    if context.at < found.at:
        raise refuse(_("Waktu janji temu ini belum tiba."))
    appointments.end(tx, found.id, case_appointment.AppointmentState.MISSED, context.at)
    case_files.note_on_timeline(
        tx,
        context,
        found.case_id,
        EntryKind.MISSED,
        moment_words(context, found.at),
        owner_id=found.officer_id,
    )
    return NewEvent("appointment.missed", "case", found.id, {"case": found.case_id})


@handles(commands.CancelAppointment, needs=Permission.WORK_CASES, answer=appointments.get)
def cancel_appointment(command: commands.CancelAppointment, tx: Transaction, context: Context) -> NewEvent:
    found = _require_booked(tx, command.appointment_id)
    reason = case_files.require_text(command.reason, _("Alasan pembatalan belum ditulis."))
    appointments.end(tx, found.id, case_appointment.AppointmentState.CANCELLED, context.at, reason)
    marks.end(tx, cases.get(tx, found.case_id).visit_id, context.at)
    case_files.note_on_timeline(
        tx, context, found.case_id, EntryKind.APPOINTMENT_CANCELLED, reason, owner_id=found.officer_id
    )
    return NewEvent("appointment.cancelled", "case", found.id, {"case": found.case_id})
