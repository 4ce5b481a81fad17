"""The page Janji temu."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from typing_extensions import override

from ult_desktop.base.formats import format_date, format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.appointment import Appointment, AppointmentState
from ult_desktop.core.cases.commands import CancelAppointment, MissAppointment
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases.boards import coming_appointments, count_expected
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.cases.case_forms import print_slip
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.pages.panel import snapshot
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.lists.rows import ListRow, Tag

_TONES = {
    AppointmentState.BOOKED: "primary",
    AppointmentState.ARRIVED: "ok",
    AppointmentState.MISSED: "danger",
    AppointmentState.CANCELLED: "warn",
    AppointmentState.MOVED: "warn",
}


class AppointmentsPage(WorkPage):
    """Who is expected, today and later (POS Kaltara 5)."""

    name = "appointments"
    icon_name = "calendar-days"
    group = "requests"
    needs = frozenset({Permission.WORK_CASES})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Janji temu")

    @override
    def build(self) -> None:
        self._known: dict[object, Appointment] = {}
        self.list = RecordList(
            self.theme,
            _("Cari nama, nomor, petugas …"),
            filters=_filters(),
            empty=(_("Belum ada janji temu."), "calendar-days"),
        )
        self.detail = Detail(self.theme, (_("Pilih sebuah janji temu."), "calendar-days"))
        self.show_split(self.list, self.detail)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._open_case)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(coming_appointments), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return snapshot(count_expected)

    def _show(self, found: tuple[Appointment, ...]) -> None:
        self._known = {each.id: each for each in found}
        self.list.show_rows([appointment_row(each, self.host.now()) for each in found])
        self._show_chosen(self.list.selected)

    def _show_chosen(self, appointment_id: object) -> None:
        found = self._known.get(appointment_id)
        if found is None:
            self.detail.show_nothing(_("Pilih sebuah janji temu."), "calendar-days")
            return
        self.detail.show_head(found.name or _("Tanpa nama"), found.case_number, (_state_tag(found),))
        at = to_datetime(found.at, self.host.now().tzinfo)
        self.detail.show_facts(
            [
                Fact(_("Waktu"), f"{format_date(at, 'full')} {format_time(at)}"),
                Fact(_("Petugas"), found.officer),
                Fact(_("Layanan"), found.service),
                Fact(_("Alasan"), found.reason),
                Fact(_("Dijadwalkan"), _("ke-{n}").format(n=found.nth)),
                Fact(_("Kode"), found.code if found.state is AppointmentState.BOOKED else ""),
            ]
        )
        self.detail.show_actions(self._actions(found))

    def _actions(self, found: Appointment) -> list[DetailAction]:
        case = DetailAction("open", _("Buka permohonan"), "files", do=partial(self._open_case, found.id))
        if found.state is not AppointmentState.BOOKED:
            return [case]
        early = _("Waktunya belum tiba.") if self.host.stamp() < found.at else ""
        slip = partial(print_slip, self.host, found)
        return [
            DetailAction("slip", _("Cetak slip"), "printer", "primary", do=slip),
            DetailAction("miss", _("Tidak datang"), "user-x", why=early, do=partial(self._miss, found)),
            DetailAction("cancel", _("Batalkan"), "calendar-x", do=partial(self._cancel, found)),
            case,
        ]

    def _open_case(self, appointment_id: object) -> None:
        self.host.open_page("cases", self._known[appointment_id].case_id)

    def _miss(self, found: Appointment) -> None:
        command = MissAppointment(appointment_id=found.id)
        self.host.perform(command, told=_("Tercatat: pemohon tidak datang."))

    def _cancel(self, found: Appointment) -> None:
        def give(reason: str) -> None:
            command = CancelAppointment(appointment_id=found.id, reason=reason)
            self.host.perform(command, told=_("Janji temu dibatalkan."))

        words = _("Beri tahu pemohon; kodenya tidak berlaku lagi.")
        title = _("Batalkan janji temu karena …")
        dialogs.ask_text(self.host.window, self.theme, title, words, (_("Batalkan janji"), give))


def _filters() -> Sequence[Filter]:
    return (
        Filter("", _("Semua")),
        Filter("today", _("Hari ini")),
        Filter("late", _("Belum datang"), "danger"),
        Filter("booked", _("Akan datang")),
    )


def appointment_row(found: Appointment, now: datetime) -> ListRow:
    at = to_datetime(found.at, now.tzinfo)
    is_today = at.date() == now.date()
    late = found.state is AppointmentState.BOOKED and now > at
    groups = {found.state.value if not late else "late", *(["today"] if is_today else ())}
    clock = format_time(at)
    return ListRow(
        id=found.id,
        title=found.name or _("Tanpa nama"),
        subtitle=" · ".join(filter(None, (found.officer, found.reason))),
        aside=clock if is_today else f"{format_date(at, 'medium')} {clock}",
        icon="calendar-days",
        tint="blue",
        tags=(Tag(_("belum datang"), "danger", "clock-alert") if late else _state_tag(found),),
        groups=frozenset(groups),
        side_tone="danger" if late else "",
        search=f"{found.case_number} {found.code}",
    )


def _state_tag(found: Appointment) -> Tag:
    return Tag(found.state.word, _TONES[found.state])
