"""The boxes that book or move an appointment of half an hour, at one of the free days and times."""

from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import QObject

from ult_desktop.base import _, counted, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases import commands
from ult_desktop.core.cases.appointment import Appointment
from ult_desktop.core.cases.case import Case
from ult_desktop.core.queue.slots import Slot
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.db.cases.boards import BookingOffer, booking_offer
from ult_desktop.db.office import services
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import appointment_sheet
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_paper, snapshot
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.forms.form import Values

_ICON = ("calendar-days", "blue")


class KnownVisitor(msgspec.Struct, frozen=True, kw_only=True):
    """The facts already known about the visitor for whom an appointment is booked."""

    name: str = ""
    phone: str = ""
    service_id: int | None = None


def book(host: PageHost, visitor: KnownVisitor) -> None:
    """Open the box that books for a person at the desk or on the telephone who wants to come another time."""
    host.read(snapshot(booking_offer, None), lambda offer: _booking_box(host, offer, visitor).open())


def move(host: PageHost, appointment: Appointment) -> None:
    """Open the box that moves an appointment to another half-hour; its code stays the same."""
    read_offer = snapshot(booking_offer, appointment.service_id)
    host.read(read_offer, lambda offer: _moving_box(host, offer, appointment).open())


def reschedule(host: PageHost, case: Case, booked: Appointment | None) -> None:
    """Open the box that books another day for a case that is not settled today, with a slip (POS Kaltara 5).

    `booked` is the appointment that the case has already.
    """
    read_offer = snapshot(booking_offer, case.service_id)
    host.read(read_offer, lambda offer: _rescheduling_box(host, offer, case, booked).open())


def print_slip(host: PageHost, appointment: Appointment) -> None:
    def make_slip(office: Office, _actor: Actor) -> Sheet:
        return office.read(lambda tx: appointment_sheet(tx, appointment.id))

    offer_paper(host, make_slip)


class _SlotFields(QObject):
    """The fields service, officer, day and time. The days and times are those free for service and officer.

    The object lives as long as the form. `has_fixed_service`: the service is given and not asked.
    """

    def __init__(
        self, theme: Theme, offer: BookingOffer, service_id: int | None, *, has_fixed_service: bool = False
    ) -> None:
        super().__init__()
        self._offer = offer
        officers = [(str(officer.id), officer.name) for officer in offer.colleagues]
        anybody = ("", _("siapa saja"))
        service_options = services.choices(offer.services)
        self.service = forms.ChoiceField(theme, "service_id", _("Layanan"), service_options, required=True)
        self.officer = forms.ChoiceField(
            theme, "officer_id", _("Petugas (boleh kosong)"), [anybody, *officers]
        )
        self.day = forms.ChoiceField(theme, "day", _("Hari"), required=True)
        self.at = forms.ChoiceField(theme, "at", _("Pukul"), required=True)
        self.setParent(self.at)
        self._free_by_day = dict[str, list[Slot]]()  # by ISO date
        self.service.show_value(service_id)
        self.service.set_shown(not has_fixed_service)
        for field in (self.service, self.officer):
            field.changed.connect(self._offer_days)
        self.day.changed.connect(self._offer_times)
        self._offer_days()

    def _offer_days(self) -> None:
        service, officer = self.service.value(), self.officer.value()
        zone = self._offer.settings.office.zone
        self._free_by_day = {}
        free = self._offer.slots(service, _officer_id(officer)) if isinstance(service, int) else ()
        for slot in free:
            self._free_by_day.setdefault(office_day(slot.at, zone), []).append(slot)
        days = []
        for day, slots in self._free_by_day.items():
            name = formats.format_date(date.fromisoformat(day), "medium")
            days.append((day, _("{day} · {n} kosong").format(day=name, n=len(slots))))
        self.day.show_options(days)
        if isinstance(service, int) and not free:
            self.day.show_error(_("Tidak ada setengah jam yang kosong."))
        self._offer_times()

    def _offer_times(self) -> None:
        times = []
        for slot in self._free_by_day.get(str(self.day.value()), []):
            clock = formats.format_time(to_datetime(slot.at, self._offer.settings.office.zone))
            times.append((str(slot.at), counted("{clock} · {n} tempat", slot.free, clock=clock)))
        self.at.show_options(times)


def _officer_id(value: object) -> int | None:
    """Return the id that the field `officer` holds as a text; None for anybody."""
    return int(str(value)) if value else None


def _command_fields(values: Values) -> Values:
    """Return the form's values as the fields of a command."""
    fields = {name: value for name, value in values.items() if name != "day"}
    return {**fields, "at": int(fields["at"]), "officer_id": _officer_id(fields["officer_id"])}


def _booking_box(host: PageHost, offer: BookingOffer, visitor: KnownVisitor) -> FormBox:
    theme, slots = host.theme, _SlotFields(host.theme, offer, visitor.service_id)
    return FormBox(
        host,
        _("Buat janji temu"),
        (
            (
                forms.LineField(theme, "name", _("Nama"), required=True),
                forms.LineField(theme, "phone", _("Telepon")),
            ),
            (slots.service, slots.officer),
            (slots.day, slots.at),
            forms.TextField(theme, "reason", _("Keperluan"), required=True, rows=2),
        ),
        command=lambda values: commands.BookAppointment(**_command_fields(values)),
        verb=_("Jadwalkan"),
        message=_("Janji temu tercatat."),
        then=partial(print_slip, host),
        icon=_ICON,
        draft=host.draft("booking"),
        known={"name": visitor.name, "phone": visitor.phone},
        wide=True,
    )


def _moving_box(host: PageHost, offer: BookingOffer, appointment: Appointment) -> FormBox:
    slots = _SlotFields(host.theme, offer, appointment.service_id, has_fixed_service=True)
    return FormBox(
        host,
        _("Pindahkan janji temu"),
        ((slots.service, slots.officer), (slots.day, slots.at)),
        command=lambda values: commands.MoveAppointment(
            appointment_id=appointment.id, **_command_fields(values)
        ),
        verb=_("Pindahkan"),
        message=_("Janji temu dipindahkan."),
        then=partial(print_slip, host),
        icon=_ICON,
        words=_("Kodenya tetap berlaku; waktu yang lama kosong lagi."),
        known={"officer_id": str(appointment.officer_id or "")},
        wide=True,
    )


def _rescheduling_box(host: PageHost, offer: BookingOffer, case: Case, booked: Appointment | None) -> FormBox:
    seen = None if booked is None else {"at": booked.at}
    theme, has_service = host.theme, case.service_id is not None
    slots = _SlotFields(theme, offer, case.service_id, has_fixed_service=has_service)
    return FormBox(
        host,
        _("Jadwalkan ulang"),
        (
            (slots.service, slots.officer),
            (slots.day, slots.at),
            forms.TextField(theme, "reason", _("Alasan"), required=True, rows=2),
        ),
        command=lambda values: commands.Reschedule(case_id=case.id, seen=seen, **_command_fields(values)),
        verb=_("Jadwalkan"),
        message=_("Janji temu tercatat."),
        then=partial(print_slip, host),
        icon=_ICON,
        draft=host.draft("reschedule", case.id),
        known={"officer_id": str(case.owner_id or "")},
        wide=True,
    )
