"""The keyboard on a button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button

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
