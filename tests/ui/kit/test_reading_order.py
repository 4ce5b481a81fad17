"""Where the keyboard goes when the widget that had it goes away."""

import pytest
import shiboken6
from PySide6.QtWidgets import QSpacerItem, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.panels import REGION
from ult_desktop.ui.kit.reading_order import move_keyboard, tab_stops
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


def known_items() -> set[tuple[int, ...]]:
    """Return the addresses of the layouts' items that PySide takes for valid."""
    known = shiboken6.getAllValidWrappers()
    return {shiboken6.getCppPointer(each) for each in known if isinstance(each, (QWidgetItem, QSpacerItem))}


def test_reading_makes_no_item_known_that_qt_may_delete(ground: Ground) -> None:
    """The next object at the address of such an item would be taken for it, and the program would crash."""
    before = known_items()
    assert tab_stops(ground) == [*ground.buttons, ground.look]
    assert known_items() <= before


def test_tab_goes_on_to_the_line_as_ever(ground: Ground, qtbot: QtBot) -> None:
    ground.buttons[2].setFocus()
    ground.focusNextPrevChild(True)
    assert ground.look.hasFocus()
