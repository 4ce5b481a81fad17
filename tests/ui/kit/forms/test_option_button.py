"""A press anywhere on what lights up is a press on the answer."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from ult_desktop.ui.kit.forms.choice_fields import RadioField, TickField, TicksField
from ult_desktop.ui.kit.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QWidget

OPTIONS = (("a", "lansia"), ("b", "ibu hamil"))


@pytest.mark.parametrize("kind", ["radio", "ticks", "tick"])
def test_the_end_of_the_row_is_as_good_as_its_words(show: Show, qtbot: QtBot, kind: str) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    radio, ticks = RadioField(theme, "r", "Alasan", OPTIONS), TicksField(theme, "t", "Alasan", OPTIONS)
    tick = TickField(theme, "s", "Bermeterai")
    rows: dict[str, tuple[QWidget, QAbstractButton]] = {
        "radio": (radio, radio.buttons["b"]),
        "ticks": (ticks, ticks.boxes["b"]),
        "tick": (tick, tick.box),
    }
    field, button = rows[kind]
    for each in (radio, ticks, tick):
        theme.apply(each)
        qtbot.addWidget(each)
    show(field, 700, 120)
    end = QPoint(button.width() - 4, button.height() // 2)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=end)
    assert button.isChecked()
