"""Where the keyboard goes when the widget that had it goes away."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.panels import REGION
from ult_desktop.ui.kit.reading_order import move_keyboard
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import Button


class Ground(QWidget):
    """A page of three buttons, and below it a line with one."""

    def __init__(self) -> None:
        super().__init__()
        theme = Theme.for_window("counter", 1366, 768, "light")
        column = Column(theme, self)
        page, line = QWidget(), QWidget()
        self.buttons = [Button(theme, words) for words in ("Simpan", "Cetak", "Tutup telepon")]
        self.look = Button(theme, "Lihat")
        for part, buttons in ((page, self.buttons), (line, [self.look])):
            part.setProperty(REGION, True)
            inner = Column(theme, part)
            for button in buttons:
                inner.addWidget(button)
            column.addWidget(part)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return move_keyboard(self, forward=next)


@pytest.fixture
def ground(qtbot: QtBot) -> Ground:
    made = Ground()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize(("gone", "heir"), [(0, 1), (1, 2), (2, 1)])
@pytest.mark.parametrize("how", ["hide", "disable"])
def test_it_stays_in_its_part_of_the_window(ground: Ground, gone: int, heir: int, how: str) -> None:
    button = ground.buttons[gone]
    button.setFocus()
    if how == "hide":
        button.hide()
    else:
        button.setEnabled(False)
    assert ground.buttons[heir].hasFocus()


def test_tab_goes_on_to_the_line_as_ever(ground: Ground, qtbot: QtBot) -> None:
    ground.buttons[2].setFocus()
    ground.focusNextPrevChild(True)
    assert ground.look.hasFocus()
