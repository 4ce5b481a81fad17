"""Half a name of the list is asked about; a whole one and another are taken."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from ult_desktop.ui.kit.forms.choice_fields import KnownNameField
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.theme import Theme

NAMES = ("Kabupaten Bulungan", "Kabupaten Malinau", "Kabupaten Nunukan", "Kabupaten Tana Tidung")


@pytest.fixture
def form(show: Show) -> Form:
    theme = Theme.for_window("counter", 1366, 768)
    field = KnownNameField(theme, "regency", "Kabupaten/kota", [(name, name) for name in NAMES])
    made = Form(theme, (field,), "Simpan")
    theme.apply(made)
    show(made, 500, 240)
    return made


def type_in(form: Form, text: str) -> None:
    field = form.field("regency")
    assert isinstance(field, KnownNameField)
    field.choice.setEditText(text)


@pytest.mark.parametrize(("typed", "taken"), [("nunu", "Kabupaten Nunukan"), ("bu", "bu")])
def test_tab_takes_the_only_suggestion(form: Form, qtbot: QtBot, typed: str, taken: str) -> None:
    field = form.field("regency")
    assert isinstance(field, KnownNameField)
    line, completer = field.choice.lineEdit(), field.choice.completer()
    assert line is not None
    assert completer is not None
    line.setFocus()
    qtbot.keyClicks(line, typed)
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not popup.isVisible())
    assert field.value() == taken


def test_half_a_name_is_asked_about_and_then_taken(form: Form, qtbot: QtBot, picture: Picture) -> None:
    type_in(form, "bulun")
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    said = form.field("regency").error.text()
    assert said.startswith("Maksudnya “Kabupaten Bulungan”?")
    picture(form, "counter-formulir-nama-setengah")
    with qtbot.waitSignal(form.submitted) as sent:
        form.submit()
    assert sent.args == [{"regency": "bulun"}]


def test_something_else_half_typed_is_asked_about_anew(form: Form, qtbot: QtBot) -> None:
    type_in(form, "Kab")
    form.submit()
    assert form.field("regency").error.text().count("“") == 4, "three names and what was typed"
    type_in(form, "Kabu")
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()


@pytest.mark.parametrize(
    ("typed", "value"), [("kabupaten bulungan", NAMES[0]), ("Kota Malang", "Kota Malang"), ("", "")]
)
def test_whole_names_and_others_are_taken(form: Form, qtbot: QtBot, typed: str, value: str) -> None:
    type_in(form, typed)
    with qtbot.waitSignal(form.submitted) as sent:
        form.submit()
    assert sent.args == [{"regency": value}]
