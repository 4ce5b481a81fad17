"""The acts on an appointment (janji temu): book, move, check in, miss, cancel (POS Kaltara 5)."""

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import appointment as case_appointment, commands
from ult_desktop.core.cases.case import Case, unsettled_branch
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue import commands as queue_commands, slots, ticket as queue_ticket
from ult_desktop.core.stamps import MINUTE_MS, office_day, to_datetime
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.procedures import pauses
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import case_acts
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import choose_matter_at_hand, note_away
from ult_desktop.operations.queue import end_of_day, issuing
from ult_desktop.operations.visits.visits import begin_visit

GRACE_MS = 15 * MINUTE_MS  # a visitor who comes later than this goes behind those who wait already
_STILL_EXPECTED = (case_appointment.AppointmentState.BOOKED, case_appointment.AppointmentState.MISSED)


class _AppointmentWish(msgspec.Struct, frozen=True, kw_only=True):
    """A wish for an appointment. `at` is UTC ms; with a case the guest book has the visitor's name."""

    service_id: int
    at: int
    officer_id: int | None
    reason: str
    case_id: int | None = None
    name: str = ""
    phone: str = ""


def moment_words(context: Context, at: int) -> str:
    """Return a stamp as people read it: "Senin, 23 November 2026 09.00 WITA"."""
    local = to_datetime(at, context.office.settings.office.zone)
    return f"{formats.format_date(local)} {formats.format_clock(local)}"


@handles(
    commands.Reschedule,
    needs=Permission.WORK_CASES,
    answer=appointments.get,
    record=lambda tx, command: appointments.booked_of(tx, command.case_id),
)
@named("case appointment make", "Jadwalkan ulang CASE pada AT (2026-11-24 10:00).")
def reschedule(command: commands.Reschedule, tx: Transaction, context: Context) -> NewEvent:
    """Give another date to a case that could not be settled. Its clocks wait for the visitor.

    The outcome "unsettled" is marked, unless the visitor has not come since the last date was given.
    """
    case = case_acts.require_open_case(tx, command.case_id)
    reason = case_acts.require_text(command.reason, _("Alasan penjadwalan ulang belum ditulis."))
    case_acts.require_not_escalated(case)
    service_id = _service_of(tx, case, command.service_id)
    officer_id = case.owner_id if command.officer_id is None else command.officer_id
    earlier = appointments.of_case(tx, case.id)
    last = earlier[-1] if earlier else None
    wish = _AppointmentWish(
        service_id=service_id, at=command.at, officer_id=officer_id, reason=reason, case_id=case.id
    )
    appointment_id = _give_time(tx, context, wish, last)
    text = f"{moment_words(context, command.at)} · {reason}"
    case_acts.note_on_timeline(tx, context, case.id, EntryKind.RESCHEDULED, text, owner_id=case.owner_id)
    if last is None or last.state is case_appointment.AppointmentState.ARRIVED:
        branch = unsettled_branch(case_acts.procedure_of_case(tx, case))
        if branch is not None:
            case_acts.mark_case_step(tx, context, case, StepEvent.OUTCOME_SET, branch)
    note_away(tx, context, case.visit_id, _("Menunggu janji temu"))
    return NewEvent("appointment.made", "case", appointment_id, {"case": case.id, "nth": len(earlier) + 1})


def _service_of(tx: Transaction, case: Case, wished: int | None) -> int:
    """Return the case's service.

    A case without one gets the wished service: the code leads to a service's queue.
    """
    if case.service_id is not None:
        return case.service_id
    service_id = require_found(
        wished, _("Permohonan ini belum punya layanan."), _("Pilih layanan yang akan menerima pemohon.")
    )
    lookup.require_service(tx, service_id)
    cases.set_service(tx, case.id, service_id)
    return service_id


@handles(commands.BookAppointment, needs=Permission.KEEP_APPOINTMENTS, answer=appointments.get)
@named("case appointment book", "Catat janji temu NAME untuk layanan SERVICE pada AT.")
def book_appointment(command: commands.BookAppointment, tx: Transaction, context: Context) -> NewEvent:
    wish = _AppointmentWish(
        service_id=command.service_id,
        at=command.at,
        officer_id=command.officer_id,
        reason=case_acts.require_text(command.reason, _("Keperluan belum diisi.")),
        name=case_acts.require_text(command.name, _("Nama belum diisi.")),
        phone=command.phone,
    )
    lookup.require_service(tx, command.service_id)
    appointment_id = _give_time(tx, context, wish, None)
    return NewEvent("appointment.booked", "case", appointment_id, {"service": command.service_id})


@handles(commands.MoveAppointment, needs=Permission.KEEP_APPOINTMENTS, answer=appointments.get)
@named("case appointment move", "Pindahkan ke AT; kodenya tetap.")
def move_appointment(command: commands.MoveAppointment, tx: Transaction, context: Context) -> NewEvent:
    last = require_found(
        appointments.find(tx, command.appointment_id), _("Janji temu itu tidak lagi terjadwal.")
    )
    if not last.is_last or last.state not in _STILL_EXPECTED:
        raise refuse(_("Janji temu itu tidak lagi terjadwal."))
    name, phone = appointments.contact_of(tx, last.id)
    wish = _AppointmentWish(
        service_id=last.service_id,
        at=command.at,
        officer_id=last.officer_id if command.officer_id is None else command.officer_id,
        reason=last.reason,
        case_id=last.case_id,
        name=name,
        phone=phone,
    )
    if last.case_id is not None:
        case_acts.require_open_case(tx, last.case_id)
        words = moment_words(context, command.at)
        case_acts.note_on_timeline(
            tx, context, last.case_id, EntryKind.RESCHEDULED, words, owner_id=last.officer_id
        )
    appointment_id = _give_time(tx, context, wish, last)
    return NewEvent("appointment.made", "case", appointment_id, {"case": last.case_id, "nth": last.nth + 1})


def _give_time(
    tx: Transaction, context: Context, wish: _AppointmentWish, last: case_appointment.Appointment | None
) -> int:
    """Book an appointment with a seat of its half-hour; return its id.

    A visitor who is still expected keeps the code, and their former seat becomes free.

    Raises:
        UserError: the office is closed then, the half-hour is full, or the officer is taken.
    """
    code, nth = issuing.ticket_code(context.request), 1
    if last is not None:
        nth = last.nth + 1
        if last.state in _STILL_EXPECTED:
            code = last.code
        # Ended before the new seat is taken: the former one may be the only free seat of the same half-hour.
        if last.state is case_appointment.AppointmentState.BOOKED:
            _end(tx, context, last, case_appointment.AppointmentState.MOVED)
    new = appointments.NewAppointment(
        code=code,
        case_id=wish.case_id,
        service_id=wish.service_id,
        nth=nth,
        day=office_day(wish.at, context.office.settings.office.zone),
        at=wish.at,
        seat=_take_seat(tx, context, wish),
        officer_id=wish.officer_id,
        name=wish.name,
        phone=wish.phone,
        reason=wish.reason,
        made_at=context.at,
        made_by=context.by.officer_id,
    )
    return appointments.insert(tx, new)


def _take_seat(tx: Transaction, context: Context, wish: _AppointmentWish) -> int:
    settings, when = context.office.settings, moment_words(context, wish.at)
    service = lookup.require_service(tx, wish.service_id, may_be_retired=True).definition
    if wish.at <= context.at:
        raise refuse(_("Waktu itu sudah lewat."), _("Pilih waktu yang akan datang."))
    if not slots.is_open_at(settings, service, wish.at):
        raise refuse(_("{when} di luar jam layanan.").format(when=when), _("Pilih hari dan jam kerja."))
    if wish.case_id is not None:
        _require_soon(context, wish.at)
    day = office_day(wish.at, settings.office.zone)
    same_slot = slots.in_slot(appointments.taken_seats(tx, day, day), wish.at)
    if wish.officer_id is not None:
        officer = case_acts.require_officer(tx, wish.officer_id)
        if any(taken.officer_id == officer.id for taken in same_slot):
            raise refuse(
                _("{officer} sudah punya janji temu pada {when}.").format(officer=officer.name, when=when),
                _("Pilih waktu atau petugas lain."),
            )
    free = slots.free_seats(same_slot, wish.service_id, slots.seats_per_slot(settings, service))
    if not free:
        raise refuse(
            _("Janji temu {service} pada {when} sudah penuh.").format(
                service=service.name.indonesian, when=when
            ),
            _("Pilih setengah jam yang lain."),
        )
    return free[0]


def _require_soon(context: Context, at: int) -> None:
    """Require that a case is not put off for longer than the office allows. Raises UserError."""
    days = context.office.settings.cases.reschedule_days
    last = WorkingCalendar(context.office.settings).due_after_days(context.at, days)
    if at > last:
        raise refuse(
            _("Permohonan dijadwalkan ulang paling lama {n} hari kerja ke depan.").format(n=days),
            _("Pilih waktu sampai {when}.").format(when=moment_words(context, last)),
        )


def _end(
    tx: Transaction,
    context: Context,
    appointment: case_appointment.Appointment,
    state: case_appointment.AppointmentState,
    remark: str = "",
) -> None:
    appointments.end(tx, appointment.id, state, context.at, context.by.officer_id, remark)


@handles(commands.CheckIn, needs=Permission.ISSUE_TICKETS, answer=issuing.issued_ticket)
@named("case appointment check-in", "Pemohon datang dengan kode janji temu.")
def check_in(command: commands.CheckIn, tx: Transaction, context: Context) -> NewEvent:
    """Give a visitor with an appointment a number. With a case, the visit follows the case's first one.

    The number's place in the queue is that of the appointment's time, or of now if the visitor comes more
    than `GRACE_MS` later. A visitor noted as a no-show who comes on that day after all gets a number too.
    """
    end_of_day.begin_day(tx, context)
    appointment = _expected_by_code(tx, context, command.code)
    service_id = appointment.service_id
    number = queue_commands.IssueTicket(service_id=service_id, wants_paper=command.wants_paper)
    service = lookup.require_service(tx, service_id, may_be_retired=True).definition
    ticket_id, label = issuing.give_number(tx, number, service, context)
    queued_at = appointment.at if context.at <= appointment.at + GRACE_MS else context.at
    tickets.requeue(tx, ticket_id, queued_at, queue_ticket.QueuePosition.APPOINTMENT)
    issuing.note_shown_place(tx, ticket_id, context)
    ticket = tickets.get(tx, ticket_id)
    visit_id = begin_visit(
        tx,
        context,
        VisitChannel.FACE_TO_FACE,
        ticket=ticket,
        service_id=service_id,
        follows=appointment.first_visit_id,
    )
    arrived = case_appointment.AppointmentState.ARRIVED
    appointments.end(tx, appointment.id, arrived, context.at, context.by.officer_id, visit_id=visit_id)
    if appointment.case_id is not None:
        case_acts.note_on_timeline(tx, context, appointment.case_id, EntryKind.CHECKED_IN, label)
    data = {"label": label, "service": service_id, "priority": False, "appointment": appointment.id}
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def _expected_by_code(tx: Transaction, context: Context, code: str) -> appointments.CodedAppointment:
    appointment = require_found(
        appointments.find_coded(tx, code.strip().upper()),
        _("Kode itu bukan janji temu."),
        _("Ambil nomor antrean biasa."),
    )
    if appointment.state not in _STILL_EXPECTED:
        raise refuse(_("Janji temu ini sudah dipakai atau dibatalkan."), _("Tanyakan kepada petugas."))
    if appointment.day != context.day:
        raise refuse(
            _("Janji temu ini untuk {when}.").format(when=moment_words(context, appointment.at)),
            _("Silakan datang pada waktunya, atau tanyakan kepada petugas."),
        )
    return appointment


def _require_booked(tx: Transaction, appointment_id: int) -> case_appointment.Appointment:
    appointment = appointments.find(tx, appointment_id)
    if appointment is None or appointment.state is not case_appointment.AppointmentState.BOOKED:
        raise refuse(_("Janji temu itu tidak lagi terjadwal."))
    return appointment


@handles(commands.MissAppointment, needs=Permission.KEEP_APPOINTMENTS, answer=appointments.get)
@named("case appointment missed", "Pemohon tidak datang.")
def miss_appointment(command: commands.MissAppointment, tx: Transaction, context: Context) -> NewEvent:
    appointment = _require_booked(tx, command.appointment_id)
    if context.at < appointment.at:
        raise refuse(_("Waktu janji temu ini belum tiba."))
    _end(tx, context, appointment, case_appointment.AppointmentState.MISSED)
    if appointment.case_id is not None:
        words = moment_words(context, appointment.at)
        case_acts.note_on_timeline(
            tx, context, appointment.case_id, EntryKind.MISSED, words, owner_id=appointment.officer_id
        )
        end_of_day.resume_case_after_missed(tx, context, appointment.case_id, context.at)
    return NewEvent("appointment.missed", "case", appointment.id, {"case": appointment.case_id})


@handles(commands.CancelAppointment, needs=Permission.KEEP_APPOINTMENTS, answer=appointments.get)
@named("case appointment cancel", "Batalkan dengan alasan.")
def cancel_appointment(command: commands.CancelAppointment, tx: Transaction, context: Context) -> NewEvent:
    appointment = _require_booked(tx, command.appointment_id)
    reason = case_acts.require_text(command.reason, _("Alasan pembatalan belum ditulis."))
    _end(tx, context, appointment, case_appointment.AppointmentState.CANCELLED, reason)
    if appointment.case_id is not None:
        visit_id = cases.get(tx, appointment.case_id).visit_id
        pauses.end(tx, visit_id, context.at)
        choose_matter_at_hand(tx, context, visit_id)
        case_acts.note_on_timeline(
            tx,
            context,
            appointment.case_id,
            EntryKind.APPOINTMENT_CANCELLED,
            reason,
            owner_id=appointment.officer_id,
        )
    return NewEvent("appointment.cancelled", "case", appointment.id, {"case": appointment.case_id})
