"""A form begins at the first question that has no answer yet, and keeps the focus while it is sent."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ult_desktop.ui.kit.forms import ChoiceField, Form, LineField, TickField
from ult_desktop.ui.kit.theme import Theme


@pytest.mark.parametrize(
    ("known", "begins"),
    [
        ({}, "name"),
        ({"name": "Bu Sri"}, "phone"),
        ({"name": "Bu Sri", "phone": "0812"}, "service_id"),
        ({"name": "Bu Sri", "phone": "0812", "service_id": 1}, "greeted"),
    ],
)
def test_the_keyboard_begins_there(qtbot: QtBot, known: dict[str, Any], begins: str) -> None:
    theme = Theme.for_window("counter", 1366, 768, "light")
    fields = (
        TickField(theme, "greeted", "Salam sudah diucapkan"),
        LineField(theme, "name", "Nama", required=True),
        LineField(theme, "phone", "Telepon"),
        ChoiceField(theme, "service_id", "Layanan", [(1, "A · Layanan Umum")]),
    )
    form = Form(theme, fields, "Simpan")
    qtbot.addWidget(form)
    form.show_values(known)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.setFocus()
    assert form.field(begins).editor.hasFocus()


def test_the_clicked_button_leaves_the_focus_in_the_form(qtbot: QtBot) -> None:
    theme = Theme.for_window("counter", 1366, 768, "light")
    form = Form(theme, [LineField(theme, "name", "Nama")], "Simpan")
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for part in (form, QLineEdit()):  # the search of the window's list comes after the form
        column.addWidget(part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    form.verb.setFocus()
    form.set_busy(busy=True)
    assert form.field("name").editor.hasFocus()
