"""A drop-down list by keyboard: the letter of a service, or its name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ult_desktop.ui.kit.forms import ComboBox
from ult_desktop.ui.kit.theme import Theme

SERVICES = ("A · Layanan Umum", "B · Konsultasi Kurikulum", "L · Dapodik", "S · Legalisasi Surat")


@pytest.fixture
def choice(qtbot: QtBot) -> ComboBox:
    made = ComboBox(Theme.for_window("counter", 1366, 768, "light"))
    made.addItems(SERVICES)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [("l", 2), ("la", 0), ("le", 3), ("kuri", 1), ("dapo", 2), ("SURAT", 3), ("s", 3), ("u", 0), ("x", 0)],
)
def test_a_service_is_found_by_its_letter_or_by_a_word_of_its_name(
    choice: ComboBox, qtbot: QtBot, typed: str, found: int
) -> None:
    qtbot.keyClicks(choice, typed)
    assert choice.currentIndex() == found


def test_the_same_letter_again_goes_on(choice: ComboBox, qtbot: QtBot) -> None:
    choice.clear()
    choice.addItems(["Senin", "Selasa", "Rabu", "Sabtu"])
    places = []
    for _press in range(4):
        qtbot.keyClick(choice, Qt.Key.Key_S)
        places.append(choice.currentIndex())
    assert places == [1, 3, 0, 1]


def test_the_open_list_is_searched_in_the_same_way(choice: ComboBox, qtbot: QtBot) -> None:
    choice.showPopup()
    qtbot.keyClicks(choice.view(), "dapo")
    qtbot.keyClick(choice.view(), Qt.Key.Key_Return)
    assert choice.currentText() == "L · Dapodik"
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    qtbot.keyClicks(choice, "a")
    assert choice.currentText() == "A · Layanan Umum"
