"""A form begins at the first question that has no answer yet."""

from typing import Any

import pytest
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
