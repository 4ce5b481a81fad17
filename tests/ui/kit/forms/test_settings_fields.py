"""Fields of lists, of words in two languages, and of a week's hours."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.pictures import emblem, saved
from ult_desktop.core.office.logo import is_drawable
from ult_desktop.core.office.template import Weekly, Words
from ult_desktop.ui.kit.forms.date_fields import HoursField
from ult_desktop.ui.kit.forms.file_fields import LogoField
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.forms.text_fields import MAX_TEXT_LENGTH, LinesField, WordsField, WordsListField
from ult_desktop.ui.kit.theme import Theme

USUAL = ("08.00-12.00", "13.00-16.00")


@pytest.fixture
def theme() -> Theme:
    return Theme.for_window("counter", 1366, 768)


def test_a_day_is_copied_to_the_days_after_it(qtbot: QtBot, theme: Theme) -> None:
    field = HoursField(theme, "hours", "Jam buka", empty=Weekly())
    qtbot.addWidget(field)
    field.lines["monday"].setText("8-12, 13-16")
    field.lines["monday"].editingFinished.emit()
    assert field.lines["monday"].text() == "08.00-12.00, 13.00-16.00"
    field.copies["monday"].click()
    assert field.value() == Weekly(USUAL, USUAL, USUAL, USUAL, USUAL)
    field.lines["saturday"].setText("08.00-12.00")
    field.copies["saturday"].click()
    assert field.value() == Weekly(*(USUAL,) * 5, ("08.00-12.00",), ("08.00-12.00",))


def test_hours_that_are_none_are_told_by_their_day(qtbot: QtBot, theme: Theme) -> None:
    field = HoursField(theme, "hours", "Jam buka", empty=None)
    qtbot.addWidget(field)
    assert (field.value(), field.problem()) == (None, "")
    field.lines["friday"].setText("pagi")
    field.lines["friday"].editingFinished.emit()
    assert field.problem() == "Jumat: tulis jam seperti 08.00-12.00, 12.30-15.00."
    kept = field.draft_value()
    field.show_value(Weekly(monday=USUAL))
    field.show_draft_value(kept)
    assert (field.lines["friday"].text(), field.lines["monday"].text()) == ("pagi", "")


def test_words_need_the_indonesian(qtbot: QtBot, theme: Theme) -> None:
    field = WordsField(theme, "name", "Nama", required=True)
    qtbot.addWidget(field)
    assert field.problem() == "Wajib diisi."
    field.lines[1].setText("Information")
    assert field.problem() == "Isi juga dalam bahasa Indonesia."
    field.show_value(Words("Informasi", "Information"))
    assert (field.value(), field.problem()) == (Words("Informasi", "Information"), "")


def test_lists_of_words_go_line_by_line(qtbot: QtBot, theme: Theme) -> None:
    field = WordsListField(theme, "requirements", "Syarat", most=2)
    qtbot.addWidget(field)
    found = (Words("KTP"), Words("Surat tugas", "Letter"))
    field.show_value(found)
    assert (field.value(), field.problem()) == (found, "")
    field.texts[0].setPlainText("Satu\nDua\nTiga")
    assert field.problem() == "Paling banyak 2 baris."
    field.show_value(found)
    field.texts[1].setPlainText("Card\n\nThird")
    assert field.problem() == "Setiap baris Inggris perlu baris Indonesianya."


def test_lines_leave_out_the_empty_ones(qtbot: QtBot, theme: Theme) -> None:
    field = LinesField(theme, "lines", "Teks")
    qtbot.addWidget(field)
    field.text.setPlainText(" Satu \n\nDua")
    assert (field.value(), field.problem()) == (("Satu", "Dua"), "")
    field.text.setPlainText("a" * (MAX_TEXT_LENGTH + 1))
    assert field.problem() == f"Paling banyak {MAX_TEXT_LENGTH} huruf."


def test_a_form_knows_what_was_changed(qtbot: QtBot, theme: Theme) -> None:
    form = Form(theme, (LinesField(theme, "lines", "Teks"), WordsField(theme, "name", "Nama")))
    qtbot.addWidget(form)
    form.show_values({"lines": ("Satu",), "name": Words("A")})
    assert form.changes == {}
    form.field("name").show_value(Words("B"))
    assert form.changes == {"name": Words("B")}


def test_any_picture_becomes_a_logo(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    field = LogoField(theme, "logo", "Logo kantor")
    qtbot.addWidget(field)
    assert (field.value(), field.is_empty(), field.remove_button.isHidden()) == (b"", True, True)
    field.read(str(saved(tmp_path, emblem((800, 600)))))
    field.read(str(tmp_path / "dua.png"))
    qtbot.waitUntil(lambda: not field.is_empty())
    assert is_drawable(field.value())
    again = LogoField(theme, "logo", "Logo kantor")
    qtbot.addWidget(again)
    again.show_draft_value(field.draft_value())
    assert again.value() == field.value()
    field.read(str(tmp_path))
    qtbot.waitUntil(lambda: "tidak dapat dibaca" in field.error.text())
    assert field.value() == again.value()
    field.remove_button.click()
    assert (field.value(), field.error.text()) == (b"", "")


def test_a_logo_is_picked_from_this_pc(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    field = LogoField(theme, "logo", "Logo kantor")
    qtbot.addWidget(field)
    field.button.click()
    dialog = field.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(saved(tmp_path, emblem())))
    qtbot.waitUntil(lambda: not field.is_empty())
    dialog.reject()
