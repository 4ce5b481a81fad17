"""The page Janji temu: who is expected, who did not come."""

from datetime import datetime

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.core.cases.commands import Reschedule
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases import appointments
from ult_desktop.ui.counter.cases.appointments_page import AppointmentsPage
from ult_desktop.ui.kit.theme import Contrast


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
    bench.wait(lambda: set(page.detail.acts.buttons) == {"open"})
    page.open_subject(second)
    page.detail.acts.buttons["cancel"].click()
    bench.reason("pemohon berhalangan", "Batalkan janji")
    bench.wait(lambda: bench.toast == "Janji temu dibatalkan.")
    assert state(bench, second) is AppointmentState.CANCELLED
    bench.wait(lambda: page.list.count == 1)
    assert page.detail.is_empty
    page.open_subject(first)
    page.list.opened.emit(first)
    assert bench.jumps == [("cases", 1)]
