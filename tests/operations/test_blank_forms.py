"""Blank forms ask for what the pages ask for, from the same data."""

import pytest

from tests.operations.scene import Scene
from tests.reports.pdf_words import pages_and_words
from ult_desktop.core.sheet import BlankForm, Sheet
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.reports.sheet import sheet_pdf


def form(scene: Scene, kind: BlankForm) -> Sheet:
    return scene.office.read(lambda tx: blank_form(tx, kind))


@pytest.mark.parametrize("kind", BlankForm)
def test_each_says_whose_it_is_and_has_room_to_write(scene: Scene, kind: BlankForm) -> None:
    sheet = form(scene, kind)
    assert (sheet.title, sheet.office.lines[0]) == (kind.word, "BPMP Provinsi Kalimantan Utara")
    heads, *lines = sheet.table
    assert lines
    assert {len(line.words) for line in lines} == {len(heads.words)}


def test_the_survey_asks_every_element_with_its_answers(scene: Scene) -> None:
    _heads, *lines = form(scene, BlankForm.SURVEY).table
    known = questionnaire()
    assert len(lines) == len(known.elements) + len(known.profile)
    asked = {line.words[1]: line.words[2] for line in lines}
    for element in known.elements:
        choices = asked[element.question.indonesian].replace("\u00a0", " ").splitlines()
        assert choices == [f"{digit} {answer.indonesian}" for digit, answer in enumerate(element.answers, 1)]
    assert asked["Jenis kelamin"].replace("\u00a0", " ") == "1 Laki-laki    2 Perempuan"


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (BlankForm.PHONE, {"Nama", "Telepon", "Jawaban", "Dijanjikan dihubungi kembali"}),
        (BlankForm.DISPOSITION, {"Dari", "Kepada", "Tenggat", "Isi disposisi", "Arahan"}),
    ],
)
def test_a_form_asks_for_what_its_page_asks_for(scene: Scene, kind: BlankForm, asked: set[str]) -> None:
    sheet = form(scene, kind)
    assert asked <= {line.words[1] for line in sheet.table}
    assert pages_and_words(sheet_pdf(sheet))[0] == 1


def test_the_list_of_numbers_has_a_column_for_each_of_their_times(scene: Scene) -> None:
    heads, *lines = form(scene, BlankForm.QUEUE).table
    assert {"Nomor antrean", "Datang", "Dipanggil", "Selesai"} <= set(heads.words)
    assert len(lines) > 10
    assert pages_and_words(sheet_pdf(form(scene, BlankForm.QUEUE)))[0] == 1


def test_the_survey_fits_on_one_page(scene: Scene) -> None:
    assert pages_and_words(sheet_pdf(form(scene, BlankForm.SURVEY)))[0] == 1


def test_the_service_form_offers_the_offices_services(scene: Scene) -> None:
    words = "\n".join(line.words[2] for line in form(scene, BlankForm.SERVICE).table)
    assert "□ A · Informasi & Konsultasi" in words
    assert "□ Z · Pengaduan" in words
