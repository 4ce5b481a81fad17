"""The calendar behind a date: Monday first, holidays told, keys alone are enough."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.pages.sample import StillDays
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.kit.forms.date_fields import DateField, DayPicker
from ult_desktop.ui.kit.theme import Contrast, Theme

K = Qt.Key


@pytest.fixture
def field(qtbot: QtBot, show: Show) -> Iterator[DateField]:
    theme = Theme.for_window("counter", 1366, 768)
    window = QWidget()
    window.setProperty("kind", "page")
    theme.apply(window)
    made = DateField(theme, "day", "Tanggal surat", days=StillDays())
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch()
    show(window, 520, 620)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.line.setFocus()
    yield made
    for picker in made.findChildren(DayPicker):
        picker.close()


def opened(field: DateField, qtbot: QtBot) -> DayPicker:
    qtbot.keyClick(field.line, K.Key_Down, Qt.KeyboardModifier.AltModifier)
    (picker,) = (each for each in field.findChildren(DayPicker) if each.isVisible())
    return picker


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)


def test_keys_alone_choose_a_day(field: DateField, qtbot: QtBot) -> None:
    picker = opened(field, qtbot)
    assert (picker.day, picker.first) == (date(2026, 11, 23), date(2026, 10, 26)), "Monday is first"
    press(qtbot, K.Key_Down, K.Key_Right, K.Key_PageDown, K.Key_Up, K.Key_Left, K.Key_Return)
    assert field.value() == date(2026, 12, 24)
    assert field.line.text() == "24-12-2026"
    assert field.line.hasFocus()
    assert not picker.isVisible()


def test_escape_leaves_what_was_typed(field: DateField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.line, "besok")
    picker = opened(field, qtbot)
    assert picker.day == date(2026, 11, 24)
    press(qtbot, K.Key_Down, K.Key_Escape)
    assert not picker.isVisible()
    assert field.value() == date(2026, 11, 24)


def test_a_day_is_told_with_its_holiday(field: DateField, qtbot: QtBot) -> None:
    picker = opened(field, qtbot)
    told = [picker.cell_of(date(2026, 11, day)) for day in (23, 24, 25)]
    assert [each.accessibleName() for each in told] == [
        "Senin, 23 November 2026, hari ini",
        "Selasa, 24 November 2026",
        "Rabu, 25 November 2026, Hari Guru",
    ]
    assert [each.text() for each in told] == ["23", "24", "25*"], "not by colour alone"
    press(qtbot, K.Key_Right, K.Key_Right)
    assert picker.day_words.text() == "Rabu, 25 November 2026, * Hari Guru"
    stops = [each for each in picker.cells if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [picker.cell_of(date(2026, 11, 25))], "one stop of Tab, not forty-two"


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(field: DateField, qtbot: QtBot, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    field.theme.set_contrast(contrast)
    field.calendar_button.click()
    (picker,) = field.findChildren(DayPicker)
    picture(picker, f"counter-kalender-{language}-{contrast}")
    picker.cell_of(date(2026, 11, 20)).click()
    assert field.value() == date(2026, 11, 20)
