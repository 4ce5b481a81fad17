"""The keyboard and the screen reader on a button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QDialog
from pytestqt.qtbot import QtBot

from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.card import CardButton

CTRL = Qt.KeyboardModifier.ControlModifier


def test_enter_presses_the_button_that_has_the_keyboard_and_no_other(qtbot: QtBot) -> None:
    theme, pressed = Theme.for_window("counter", 1366, 768), list[str]()
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = Column(theme, dialog)
    for name in ("Batal", "Simpan"):
        button = Button(theme, name)
        button.setDefault(name == "Simpan")
        button.clicked.connect(lambda _checked=False, name=name: pressed.append(name))
        column.addWidget(button)
    leave = dialog.findChildren(Button)[0]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(leave, key)
    assert pressed == ["Batal", "Batal", "Batal"]
    qtbot.keyClick(leave, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(pressed) == 4
    qtbot.keyClick(leave, Qt.Key.Key_A, CTRL)
    assert len(pressed) == 4


def toggled_by_a_reader(button: QAbstractButton) -> None:
    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    assert actions is not None
    actions.doAction("Toggle")


def test_a_screen_readers_toggle_is_a_click(qtbot: QtBot) -> None:
    theme, heard = Theme.for_window("counter", 1366, 768), list[tuple[str, bool]]()
    first, second = Button(theme, "Semua"), CardButton(theme)
    for name, button in (("button", first), ("card", second)):
        qtbot.addWidget(button)
        button.setCheckable(True)
        button.clicked.connect(lambda on, name=name: heard.append((name, on)))
        toggled_by_a_reader(button)
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [("button", True), ("card", True)]
    for button in (first, second):
        button.setChecked(False)
        button.click()
    qtbot.wait(1)
    assert heard[2:] == [("button", True), ("card", True)]


def test_a_button_that_gives_way_to_another_was_not_clicked(qtbot: QtBot) -> None:
    theme, heard = Theme.for_window("counter", 1366, 768), list[str]()
    group = QButtonGroup()
    chips = {name: Button(theme, name) for name in ("Semua", "Terbuka")}
    for name, chip in chips.items():
        qtbot.addWidget(chip)
        chip.setCheckable(True)
        group.addButton(chip)
        chip.clicked.connect(lambda _on, name=name: heard.append(name))
    chips["Semua"].setChecked(True)
    toggled_by_a_reader(chips["Terbuka"])
    qtbot.waitUntil(lambda: heard != [])
    qtbot.wait(1)
    assert heard == ["Terbuka"]
    assert not chips["Semua"].isChecked()
