"""The papers of the published standard: six components a leaflet, three sentences of the Maklumat."""

import pytest

from tests.operations.scene import Scene
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base import UserError
from ult_desktop.operations.evidence.papers import pledge_sheet, standard_leaflet
from ult_desktop.reports.sheet import sheet_pdf
from ult_desktop.reports.wall_paper import wall_pdf


def test_a_leaflet_has_the_six_components_and_says_which_is_unwritten(scene: Scene) -> None:
    sheet = scene.office.read(lambda tx: standard_leaflet(tx, scene.service["A"]))
    assert [each.head.partition(".")[0] for each in sheet.rows] == list("123456")
    assert sheet.rows[1].text == "Belum ditulis."
    assert sheet.rows[3].text == "Tidak dipungut biaya"
    assert pages_and_words(sheet_pdf(sheet))[0] == 1
    with pytest.raises(UserError, match="tidak ada"):
        scene.office.read(lambda tx: standard_leaflet(tx, 99))


def test_the_maklumat_holds_what_f_02_asks_for_on_one_page(scene: Scene) -> None:
    sheet = scene.office.read(lambda tx: pledge_sheet(tx, scene.clock()))
    pages, words = pages_and_words(wall_pdf(sheet))
    assert pages == 1
    for part in ("sanggup", "perbaiki", "sanksi"):
        assert part in words
