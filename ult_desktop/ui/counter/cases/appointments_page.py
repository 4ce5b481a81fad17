"""The page Janji temu: the appointments of expected visitors."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import appointment, commands
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.commands import OpenAppointment
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases.boards import coming_appointments, count_expected
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.pages import ListPage, ask_words, may_open, show_clear, snapshot
from ult_desktop.ui.kit import lists
from ult_desktop.ui.kit.detail import DetailAction, Fact

_TONES = {
    appointment.AppointmentState.BOOKED: "primary",
    appointment.AppointmentState.ARRIVED: "ok",
    appointment.AppointmentState.MISSED: "danger",
    appointment.AppointmentState.CANCELLED: "warn",
    appointment.AppointmentState.MOVED: "warn",
}


class AppointmentsPage(ListPage[appointment.Appointment]):
    """The page of expected visitors, today and later (POS Kaltara 5)."""

    name, icon_name, group = "appointments", "calendar-days", "visitors"
    line = "guests"
    needs = frozenset({Permission.KEEP_APPOINTMENTS})
    title = staticmethod(lambda: _("Janji temu"))
    waiting = staticmethod(lambda tx, now, _actor: count_expected(tx, now))

    @override
    def build(self) -> None:
        self.add_list(
            _("Cari nama, nomor, petugas …"),
            _filters(),
            (_("Belum ada janji temu."), "calendar-days"),
            (_("Pilih sebuah janji temu."), "calendar-days"),
        )
        book = partial(booking_box.book, self.host, booking_box.KnownVisitor())
        self.new_button = self.add_head_button(_("Buat janji temu"), "calendar-days", book, "primary")

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(coming_appointments), self.show_records)

    @override
    def row_of(self, record: appointment.Appointment) -> lists.ListRow:
        now = self.host.now()
        at = to_datetime(record.at, now.tzinfo)
        is_today = at.date() == now.date()
        is_late = record.state is appointment.AppointmentState.BOOKED and now > at
        groups = {"late" if is_late else record.state.value}
        if is_today:
            groups.add("today")
        return lists.ListRow(
            id=record.id,
            title=record.name or _("Tanpa nama"),
            subtitle=" · ".join(filter(None, (record.officer, record.reason))),
            aside=formats.format_time(at) if is_today else formats.format_near_moment(at, now.date()),
            icon="calendar-days",
            tint="blue",
            tags=(lists.Tag(_("belum datang"), "danger", "clock-alert") if is_late else _state_tag(record),),
            groups=frozenset(groups),
            side_tone="danger" if is_late else "",
            search=f"{record.case_number} {record.code} {record.phone}",
        )

    @override
    def show_record(self, record: appointment.Appointment) -> None:
        self.detail.show_head(record.name or _("Tanpa nama"), record.case_number, (_state_tag(record),))
        now = self.host.now()
        at = to_datetime(record.at, now.tzinfo)
        is_booked = record.state is appointment.AppointmentState.BOOKED
        self.detail.show_facts(
            [
                Fact(_("Waktu"), f"{formats.format_date(at, 'full')} {formats.format_time(at)}"),
                Fact(_("Petugas"), record.officer),
                Fact(_("Layanan"), record.service),
                Fact(_("Telepon"), record.phone),
                Fact(_("Keperluan"), record.reason),
                Fact(_("Dijadwalkan"), _("ke-{n}").format(n=record.nth)),
                Fact(_("Kode"), record.code if is_booked else ""),
                Fact(_("Dicatat"), _ended_words(record, now)),
            ]
        )
        self.detail.show_actions(self._actions(record))

    def _actions(self, record: appointment.Appointment) -> list[DetailAction]:
        has_case = record.case_id is not None and self.host.actor.may(Permission.WORK_CASES)
        actions = [DetailAction("open", _("Buka permohonan"), "files", self._open_case)] if has_case else []
        move = partial(booking_box.move, self.host, record)
        if record.state is appointment.AppointmentState.MISSED and record.is_last:
            return [DetailAction("move", _("Beri waktu lain"), "calendar-days", move, "primary"), *actions]
        if record.state is not appointment.AppointmentState.BOOKED:
            return actions
        if is_masked(record.phone) and may_open(self.host):
            reveal = partial(self.host.perform, OpenAppointment(appointment_id=record.id), self._show_contact)
            actions.insert(0, DetailAction("contact", _("Tampilkan kontak"), "eye", reveal, is_aside=True))
        why_too_early = _("Waktunya belum tiba.") if self.host.stamp() < record.at else ""
        slip = partial(booking_box.print_slip, self.host, record)
        miss = partial(self._miss, record)
        return [
            DetailAction("slip", _("Cetak slip"), "printer", slip, "primary"),
            DetailAction("move", _("Pindahkan"), "calendar-days", move),
            DetailAction("miss", _("Tidak datang"), "user-x", miss, why_not=why_too_early),
            DetailAction("cancel", _("Batalkan"), "calendar-x", partial(self._cancel, record)),
            *actions,
        ]

    def _show_contact(self, opened: appointment.Appointment) -> None:
        show_clear(self.host, opened.name, [Fact(_("Telepon"), opened.phone)])

    def _open_case(self) -> None:
        if self.chosen is not None and self.chosen.case_id is not None:
            self.host.open_page("cases", self.chosen.case_id)

    def _miss(self, record: appointment.Appointment) -> None:
        command = commands.MissAppointment(appointment_id=record.id)
        self.host.perform(command, message=_("Tercatat: pemohon tidak datang."))

    def _cancel(self, record: appointment.Appointment) -> None:
        ask_words(
            self.host,
            _("Batalkan janji temu karena …"),
            lambda reason: commands.CancelAppointment(appointment_id=record.id, reason=reason),
            words=_("Beri tahu pemohon; kodenya tidak berlaku lagi."),
            verb=_("Batalkan janji"),
            message=_("Janji temu dibatalkan."),
        )


def _filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter("today", _("Hari ini")),
        lists.Filter("late", _("Belum datang"), "danger"),
        lists.Filter("booked", _("Akan datang")),
        lists.Filter("missed", _("Tidak datang")),
    )


def _ended_words(record: appointment.Appointment, now: datetime) -> str:
    """Return when the appointment ended and who recorded that; "" while it holds."""
    if record.ended_at is None:
        return ""
    at = to_datetime(record.ended_at, now.tzinfo)
    officer = record.ended_by or _("otomatis")
    return f"{formats.format_near_moment(at, now.date())} · {officer}"


def _state_tag(record: appointment.Appointment) -> lists.Tag:
    return lists.Tag(record.state.word, _TONES[record.state])
