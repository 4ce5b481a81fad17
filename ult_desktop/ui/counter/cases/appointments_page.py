"""The page Janji temu."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
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
        nobody = partial(booking_box.book, self.host, booking_box.Expected())
        self.new = self.add_head_button(_("Buat janji temu"), "calendar-days", nobody, "primary")

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(coming_appointments), self._show)

    def _show(self, found: tuple[appointment.Appointment, ...]) -> None:
        self.show_records(found, [appointment_row(each, self.host.now()) for each in found])

    @override
    def show_record(self, found: appointment.Appointment) -> None:
        self.detail.show_head(found.name or _("Tanpa nama"), found.case_number, (_state_tag(found),))
        at = to_datetime(found.at, self.host.now().tzinfo)
        booked = found.state is appointment.AppointmentState.BOOKED
        self.detail.show_facts(
            [
                Fact(_("Waktu"), f"{formats.format_date(at, 'full')} {formats.format_time(at)}"),
                Fact(_("Petugas"), found.officer),
                Fact(_("Layanan"), found.service),
                Fact(_("Telepon"), found.phone),
                Fact(_("Keperluan"), found.reason),
                Fact(_("Dijadwalkan"), _("ke-{n}").format(n=found.nth)),
                Fact(_("Kode"), found.code if booked else ""),
                Fact(_("Dicatat"), _ended_words(found, at.tzinfo)),
            ]
        )
        self.detail.show_actions(self._actions(found))

    def _actions(self, found: appointment.Appointment) -> list[DetailAction]:
        may_work = found.case_id is not None and self.host.actor.may(Permission.WORK_CASES)
        case = [DetailAction("open", _("Buka permohonan"), "files", self._open_case)] if may_work else []
        again = partial(booking_box.move, self.host, found)
        if found.state is appointment.AppointmentState.MISSED and found.is_last:
            return [DetailAction("move", _("Beri waktu lain"), "calendar-days", again, "primary"), *case]
        if found.state is not appointment.AppointmentState.BOOKED:
            return case
        early = _("Waktunya belum tiba.") if self.host.stamp() < found.at else ""
        slip = partial(booking_box.print_slip, self.host, found)
        return [
            DetailAction("slip", _("Cetak slip"), "printer", slip, "primary"),
            DetailAction("move", _("Pindahkan"), "calendar-days", again),
            DetailAction("miss", _("Tidak datang"), "user-x", partial(self._miss, found), why=early),
            DetailAction("cancel", _("Batalkan"), "calendar-x", partial(self._cancel, found)),
            *self._contact(found),
            *case,
        ]

    def _contact(self, found: appointment.Appointment) -> list[DetailAction]:
        """Return the eye button, if a mask hides a number and this officer may see it."""
        if not is_masked(found.phone) or not may_open(self.host):
            return []
        reveal = partial(self.host.perform, OpenAppointment(appointment_id=found.id), self._show_contact)
        return [DetailAction("contact", _("Tampilkan kontak"), "eye", reveal, is_aside=True)]

    def _show_contact(self, opened: appointment.Appointment) -> None:
        show_clear(self.host, opened.name, [Fact(_("Telepon"), opened.phone)])

    def _open_case(self) -> None:
        if self.chosen is not None and self.chosen.case_id is not None:
            self.host.open_page("cases", self.chosen.case_id)

    def _miss(self, found: appointment.Appointment) -> None:
        command = commands.MissAppointment(appointment_id=found.id)
        self.host.perform(command, message=_("Tercatat: pemohon tidak datang."))

    def _cancel(self, found: appointment.Appointment) -> None:
        ask_words(
            self.host,
            _("Batalkan janji temu karena …"),
            lambda reason: commands.CancelAppointment(appointment_id=found.id, reason=reason),
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


def appointment_row(found: appointment.Appointment, now: datetime) -> lists.ListRow:
    at = to_datetime(found.at, now.tzinfo)
    is_today = at.date() == now.date()
    late = found.state is appointment.AppointmentState.BOOKED and now > at
    groups = {found.state.value if not late else "late", *(["today"] if is_today else ())}
    clock = formats.format_time(at)
    return lists.ListRow(
        id=found.id,
        title=found.name or _("Tanpa nama"),
        subtitle=" · ".join(filter(None, (found.officer, found.reason))),
        aside=clock if is_today else f"{formats.format_date(at, 'medium')} {clock}",
        icon="calendar-days",
        tint="blue",
        tags=(lists.Tag(_("belum datang"), "danger", "clock-alert") if late else _state_tag(found),),
        groups=frozenset(groups),
        side_tone="danger" if late else "",
        search=f"{found.case_number} {found.code} {found.phone}",
    )


def _ended_words(found: appointment.Appointment, zone: tzinfo | None) -> str:
    """Return when the appointment ended and who wrote so; "" while it holds."""
    if found.ended_at is None:
        return ""
    at = to_datetime(found.ended_at, zone)
    who = found.ended_by or _("otomatis")
    return f"{formats.format_date(at, 'medium')} {formats.format_time(at)} · {who}"


def _state_tag(found: appointment.Appointment) -> lists.Tag:
    return lists.Tag(found.state.word, _TONES[found.state])
