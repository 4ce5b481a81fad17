"""Jam dan libur: days, Ramadan hours and words are changed, and every change has a way back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.office import edits
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import WEEKDAYS, Closure, RamadanPeriod, Weekly
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.queue.boards import Openness
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.visits.commands import ReceiveVisitor, SignGuestBook
from ult_desktop.db.cases import cases
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.settings.calendar_group import CalendarGroup
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast

TODAY, FRIDAY, CHRISTMAS = date(2026, 11, 23), date(2026, 11, 27), date(2026, 12, 25)
FASTING = RamadanPeriod(first=date(2027, 2, 8), last=date(2027, 3, 9), hours=Weekly(monday=("08.00-15.00",)))
HOURS = load_office().hours


def settings(bench: Bench) -> OfficeSettings:
    return bench.office.read(office_rows.load).settings


def settle(bench: Bench, **fields: Any) -> None:  # noqa: ANN401  (any setting)
    bench.do(ChangeSettings(settings=msgspec.structs.replace(settings(bench), **fields)))


def opened(bench: Bench, fields: dict[str, Any] | None = None, **look: object) -> CalendarGroup:
    """The admin's group, in an office with usual hours and these settings."""
    bench.sign_in("admin")
    settle(bench, hours=HOURS, **(fields or {}))
    page = bench.open(SettingsPage, **look)  # type: ignore[arg-type]
    page.open_subject("calendar")
    group = page.chosen
    assert isinstance(group, CalendarGroup)
    bench.wait(lambda: group._settings is not None)
    return group


def form(bench: Bench, command: Callable[[], object], values: dict[str, Any]) -> FormBox:
    """The form that opens, filled in and sent off."""
    command()
    box = bench.box()
    assert isinstance(box, FormBox)
    for name, value in values.items():
        box.form.field(name).show_value(value)
    box.form.submit()
    return box


def no_box(bench: Bench) -> bool:
    return not [box for box in bench.frame.findChildren(Box) if box.isVisible()]


def choose(bench: Bench, page: CalendarGroup, row: str) -> None:
    page.open_subject(row)
    bench.wait(lambda: page.chosen is not None and page.chosen.id == row)


def ids(page: CalendarGroup) -> list[str]:
    return [entry.id for entry in page._records]


def test_the_office_is_closed_at_once_and_opened_again(bench: Bench) -> None:
    page = opened(bench)
    assert bench.office.kiosk_board().opening.state is Openness.OPEN
    form(bench, page.close_office_button.click, {"first": TODAY, "reason": "Rapat kerja"})
    bench.wait(lambda: page.note.words.text() == "Hari tutup dicatat.")
    assert settings(bench).closures == (Closure(TODAY, "Rapat kerja"),)
    assert bench.office.kiosk_board().opening.reason == "Rapat kerja"
    bench.wait(lambda: page.list.count == 1)
    page.note.button.click()
    bench.wait(lambda: bench.toast == "Perubahan diurungkan.")
    assert bench.office.kiosk_board().opening.state is Openness.OPEN


def test_a_week_by_the_keyboard(bench: Bench) -> None:
    page = opened(bench)
    page.list.view.setFocus()
    bench.press(Qt.Key.Key_N, held=Qt.KeyboardModifier.ControlModifier)
    box = bench.box()
    bench.wait(box.isActiveWindow)
    bench.type(box.form.field("first"), "27/11")
    bench.type(box.form.field("last"), "30/11")
    bench.type(box.form.field("reason"), "Pindah gedung")
    reason = box.form.field("reason").editor
    bench.press(Qt.Key.Key_Return, on=reason, held=Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: len(settings(bench).closures) == 2)
    bench.wait(lambda: page.list.count == 2 and no_box(bench))
    bench.wait(lambda: page.chosen is not None and page.chosen.id == "closure 2026-11-27")
    bench.frame.activateWindow()  # a window manager would
    bench.wait(page.list.view.hasFocus)
    bench.press(Qt.Key.Key_Delete)
    bench.wait(lambda: page.note.words.text() == "Pindah gedung dihapus.")
    assert [each.date.day for each in settings(bench).closures] == [30]
    bench.wait(lambda: page.list.count == 1)
    bench.press(Qt.Key.Key_Z, on=page.list.view, held=Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: len(settings(bench).closures) == 2)
    assert page.note.isHidden()
    bench.press(Qt.Key.Key_Z, on=page.list.view, held=Qt.KeyboardModifier.ControlModifier)
    assert len(settings(bench).closures) == 2, "there is nothing further to take back"


def test_enter_opens_what_can_be_changed(bench: Bench) -> None:
    page = opened(bench, {"closures": (Closure(FRIDAY, "Rapat"),)})
    assert no_box(bench)
    choose(bench, page, "closure 2026-11-27")
    page.list.view.setFocus()
    bench.press(Qt.Key.Key_Return)
    box = bench.box()
    assert box.form.values() == {"first": FRIDAY, "reason": "Rapat"}
    box.form.field("reason").show_value("Rapat kerja")
    box.form.submit()
    bench.wait(lambda: settings(bench).closures == (Closure(FRIDAY, "Rapat kerja"),))


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"first": FRIDAY, "last": TODAY}, "last", "Tidak boleh mendahului hari pertama."),
        ({"first": TODAY, "last": date(2027, 2, 1)}, "last", "Paling banyak 60 hari sekaligus."),
        ({"first": FRIDAY, "reason": ""}, "reason", "Wajib diisi."),
    ],
)
def test_what_the_form_refuses(bench: Bench, values: dict[str, Any], field: str, words: str) -> None:
    page = opened(bench)
    box = form(bench, page.close_office_button.click, {"reason": "Cuti"} | values)
    assert box.form.field(field).error.text() == words
    box.reject()
    assert settings(bench).closures == ()


def test_what_the_office_refuses_is_told_in_the_form(bench: Bench) -> None:
    page = opened(bench)
    weekend = {"first": date(2026, 11, 28), "last": date(2026, 11, 29), "reason": "Libur"}
    box = form(bench, page.close_office_button.click, weekend)
    bench.wait(lambda: "memang tidak buka" in box.form.refusal.words.text())
    box.reject()


def test_a_holiday_is_worked_on_and_given_back(bench: Bench) -> None:
    page = opened(bench)
    page.list.filters.chosen.emit("holiday")
    choose(bench, page, "holiday 2026-12-25")
    bench.act(page.detail, "work")
    bench.wait(lambda: settings(bench).working_days == (CHRISTMAS,))
    assert WorkingCalendar(settings(bench)).is_working_day(CHRISTMAS)
    bench.wait(lambda: "extra 2026-12-25" in ids(page))
    page.list.filters.chosen.emit("own")
    choose(bench, page, "extra 2026-12-25")
    bench.act(page.detail, "drop")
    bench.wait(lambda: settings(bench).working_days == ())


def test_an_extra_working_day_from_the_list_of_holidays(bench: Bench) -> None:
    page = opened(bench)
    form(bench, page.working_day_button.click, {"day": "2026-12-25"})
    bench.wait(lambda: settings(bench).working_days == (CHRISTMAS,))


def test_ramadan(bench: Bench) -> None:
    page = opened(bench)
    page.ramadan_button.click()
    box = bench.box()
    box.form.show_values({"first": FASTING.first, "last": FASTING.last})
    hours = box.form.field("hours")
    assert all(hours.lines[day].text() for day in WEEKDAYS[:5]), "what is empty would close the office"
    hours.lines["friday"].setText("8-11, 12.30-15")
    hours.lines["monday"].setText("pagi")
    box.form.submit()
    assert hours.error.text() == "Senin: tulis jam seperti 08.00-12.00, 12.30-15.00."
    hours.lines["monday"].setText("08.00-12.00, 12.30-15.00")
    box.form.submit()
    bench.wait(lambda: len(settings(bench).ramadan) == 1)
    (period,) = settings(bench).ramadan
    assert (period.hours.monday, period.hours.friday, period.hours.saturday) == (
        ("08.00-12.00", "12.30-15.00"), ("08.00-11.00", "12.30-15.00"), (),
    )  # fmt: skip
    bench.wait(lambda: no_box(bench) and "ramadan 2027-02-08" in ids(page))
    choose(bench, page, "ramadan 2027-02-08")
    bench.act(page.detail, "edit")
    bench.box().form.field("last").show_value(date(2027, 3, 10))
    bench.box().form.submit()
    bench.wait(lambda: settings(bench).ramadan[0].last == date(2027, 3, 10))
    bench.wait(lambda: no_box(bench) and page.chosen is not None and page.chosen.period is not None)
    bench.wait(lambda: page.chosen is not None and page.chosen.period == settings(bench).ramadan[0])
    bench.act(page.detail, "drop")
    bench.wait(lambda: settings(bench).ramadan == ())


def test_past_days_stand_apart(bench: Bench) -> None:
    over = msgspec.structs.replace(FASTING, first=date(2026, 2, 18), last=date(2026, 3, 19))
    fields = {"closures": (Closure(date(2026, 11, 2), "Banjir"),), "working_days": (date(2026, 8, 17),)}
    page = opened(bench, fields | {"ramadan": (over,)})
    assert page.list.count == 0
    page.list.filters.chosen.emit("past")
    assert page.list.count == 3


def test_before_anything_is_read_nothing_opens(bench: Bench) -> None:
    page = opened(bench)
    page._settings = None
    page.working_day_button.click()
    page._drop_chosen()
    assert no_box(bench)


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Picture, contrast: Contrast) -> None:
    made = edits.close_days(settings(bench), FRIDAY, FRIDAY, "Rapat kerja tahunan")
    fields = {
        "closures": (*made.closures, Closure(date(2026, 12, 30), "Stock opname")),
        "ramadan": (FASTING,),
    }
    page = opened(bench, fields | {"working_days": (CHRISTMAS,)}, contrast=contrast)
    choose(bench, page, "ramadan 2027-02-08")
    picture(bench.window, f"pengaturan-1366x768-{contrast}")
    bench.act(page.detail, "edit")
    picture(bench.box(), f"pengaturan-ramadan-{contrast}")
    bench.box().reject()
    page.close_office_button.click()
    picture(bench.box(), f"pengaturan-tutup-{contrast}")
    bench.box().reject()
    choose(bench, page, "closure 2026-12-30")
    bench.act(page.detail, "drop")
    bench.wait(lambda: page.list.count == 3)
    picture(bench.window, f"pengaturan-urungkan-{contrast}")


def test_open_deadlines_are_shown_and_move_on_one_yes(bench: Bench) -> None:
    bench.sign_in("admin")
    settle(bench, hours=HOURS)
    bench.sign_in("siti", Role.FRONT_OFFICE, Role.RECEPTION)
    visit = bench.do(ReceiveVisitor())
    bench.do(SignGuestBook(visit_id=visit.id, name="Ani Guru", institution="SDN 1", phone="0811000011"))
    case = bench.do(OpenCase(visit_id=visit.id, detail="Tunjangan belum cair"))
    page = opened(bench, {"running_text": ("Selamat datang",)})
    day = date(2026, 11, 24)

    def due() -> int | None:
        return bench.office.read(lambda tx: cases.get(tx, case.id)).due_at

    form(bench, page.close_office_button.click, {"first": day, "reason": "Cuti bersama"})
    bench.wait(lambda: not isinstance(bench.box(), FormBox))
    said = " ".join(label.text() for label in bench.box().findChildren(QLabel))
    assert f"{case.number}: Rabu, 25 November 2026 → Kamis, 26 November 2026" in said
    assert "Kepada pemohon tertulis atau dijanjikan hari yang lama" in said
    assert (settings(bench).closures, due()) == ((), case.due_at), "nothing before the yes"
    next(each for each in bench.box().findChildren(QPushButton) if each.text() == "Simpan").click()
    bench.wait(lambda: page.note.words.text() == "Hari tutup dicatat.")
    assert (due() or 0) - (case.due_at or 0) == DAY_MS
    page.note.answered.emit()
    bench.wait(lambda: settings(bench).closures == ())
    assert due() == case.due_at
