"""The page Janji temu: who is expected, who did not come."""

from datetime import datetime

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.office import store_of
from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.core.cases.commands import BookAppointment, Reschedule
from ult_desktop.core.office.template import Weekly
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases import appointments
from ult_desktop.db.office import services
from ult_desktop.ui.counter.cases.appointments_page import AppointmentsPage
from ult_desktop.ui.kit.forms import ChoiceField
from ult_desktop.ui.kit.forms.choice_fields import ComboBox
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.label import Label


def stamp(bench: CaseBench, when: str) -> int:
    return to_stamp(datetime.fromisoformat(when).replace(tzinfo=bench.zone))


def book(bench: CaseBench, when: str, name: str = "Ani Guru") -> int:
    at = to_stamp(datetime.fromisoformat(when).replace(tzinfo=bench.zone))
    case = bench.case(name=name)
    booked = bench.by("siti", Reschedule(case_id=case.id, at=at, reason="Menunggu data dari pusat"))
    return int(booked.id)


def opened(bench: CaseBench, chosen: int, contrast: Contrast = "light") -> AppointmentsPage:
    bench.sign_in("siti")
    page = bench.open(AppointmentsPage, contrast=contrast)
    page.open_subject(chosen)
    bench.wait(lambda: not page.detail.is_empty)
    return page


def state(bench: CaseBench, appointment_id: int) -> AppointmentState:
    return bench.office.read(lambda tx: appointments.get(tx, appointment_id)).state


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: CaseBench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    late = book(bench, "2026-11-23 10:00")
    book(bench, "2026-11-23 14:30", "Dedi Kurniawan")
    book(bench, "2026-11-25 09:00", "Rahmawati binti Abdul Karim")
    bench.set_time("2026-11-23 10:40")
    opened(bench, late, contrast)
    picture(bench.window, f"counter-janji-temu-{language}-{contrast}")


def test_nobody_came_or_it_was_called_off(bench: CaseBench) -> None:
    first, second = book(bench, "2026-11-23 10:00"), book(bench, "2026-11-25 09:00", "Dedi Kurniawan")
    page = opened(bench, first)
    buttons = page.detail.acts.buttons
    assert buttons["miss"].toolTip() == "Waktunya belum tiba."
    assert bench.waiting(page) == 1
    buttons["slip"].click()
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: bench.printed)
    bench.set_time("2026-11-23 10:40")
    page.refresh()
    bench.wait(buttons["miss"].isEnabled)
    buttons["miss"].click()
    bench.wait(lambda: bench.toast == "Tercatat: pemohon tidak datang.")
    assert state(bench, first) is AppointmentState.MISSED
    bench.wait(lambda: set(page.detail.acts.buttons) == {"move", "open"})
    page.open_subject(second)
    page.detail.acts.buttons["cancel"].click()
    bench.reason("pemohon berhalangan", "Batalkan janji")
    bench.wait(lambda: bench.toast == "Janji temu dibatalkan.")
    assert state(bench, second) is AppointmentState.CANCELLED
    bench.wait(lambda: page.list.count == 1)
    assert page.detail.is_empty
    page.open_subject(first)
    page.detail.acts.buttons["open"].click()
    assert bench.jumps == [("cases", 1)]


def choice(form: Form, name: str) -> ComboBox:
    field = form.field(name)
    assert isinstance(field, ChoiceField)
    return field.choice


def free_at(bench: CaseBench, when: str) -> dict[str, str]:
    """How the form names a half-hour."""
    at = to_stamp(datetime.fromisoformat(when).replace(tzinfo=bench.zone))
    return {"day": when[:10], "at": str(at)}


def test_somebody_is_booked_by_keyboard(bench: CaseBench, picture: Picture) -> None:
    """The lists hold what is free: a full half-hour is not among them."""
    service_id = bench.office.read(services.active)[0].id
    full = BookAppointment(service_id=service_id, at=stamp(bench, "2026-11-24 09:00"), name="x", reason="x")
    bench.by("siti", full)
    bench.by("siti", full)
    bench.sign_in("siti")
    page = bench.open(AppointmentsPage)
    page.new_button.click()
    bench.wait(bench.has_box)
    form = bench.form()
    day, times = choice(form, "day"), choice(form, "at")
    assert day.count() == 0
    form.show_values({"name": "Rini Wali", "phone": "081234567890", "service_id": service_id})
    form.show_values({"reason": "Legalisasi ijazah"})
    QTest.keyClick(day, Qt.Key.Key_Down)
    QTest.keyClick(day, Qt.Key.Key_Down)
    assert form.values()["day"] == "2026-11-24"
    assert "09.00 · 2 tempat" not in [times.itemText(n) for n in range(times.count())]
    QTest.keyClick(times, Qt.Key.Key_Down)
    picture(bench.grown(), "counter-janji-temu-buat")
    chosen = int(form.values()["at"])
    form.submit()
    bench.wait(lambda: bench.toast == "Janji temu tercatat.")
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: bench.printed)
    made = bench.office.read(lambda tx: appointments.by_code(tx, bench.printed[0].code))
    assert made is not None
    assert (made.at, made.name, made.case_id) == (chosen, "Rini Wali", None)


def test_another_time_is_given_and_a_missed_one_again(bench: CaseBench, picture: Picture) -> None:
    use_language("en")
    first = book(bench, "2026-11-23 10:00")
    page = opened(bench, first)
    page.detail.acts.buttons["move"].click()
    bench.wait(bench.has_box)
    bench.form().show_values(free_at(bench, "2026-11-24 10:30"))
    picture(bench.grown(), "counter-janji-temu-pindah-en")
    bench.form().submit()
    bench.wait(lambda: bench.toast == "Appointment moved.")
    code = bench.office.read(lambda tx: appointments.get(tx, first)).code
    assert state(bench, first) is AppointmentState.MOVED
    moved = bench.office.read(lambda tx: appointments.by_code(tx, code))
    assert moved is not None
    assert (moved.nth, moved.at) == (2, stamp(bench, "2026-11-24 10:30"))


def test_who_does_not_come_can_be_telephoned(bench: CaseBench) -> None:
    page = opened(bench, book(bench, "2026-11-23 10:00"))
    page.detail.acts.buttons["contact"].click()
    bench.wait(bench.has_box)
    assert "081234567890" in {label.text() for label in bench.top().findChildren(Label)}


def test_no_half_hour_is_free(bench: CaseBench) -> None:
    service = bench.office.read(services.active)[0]
    first = book(bench, "2026-11-23 10:00")
    closed = msgspec.structs.replace(service.definition, hours=Weekly())
    store_of(bench.office).write(lambda tx: tx.update("service", service.id, definition=closed))
    page = opened(bench, first)
    page.detail.acts.buttons["move"].click()
    bench.wait(bench.has_box)
    assert bench.form().field("day").error.text() == "Tidak ada setengah jam yang kosong."
