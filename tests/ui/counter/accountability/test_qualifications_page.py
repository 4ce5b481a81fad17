"""The page Kualifikasi: the head confirms an officer's qualification, and withdraws it."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.accountability.commands import ConfirmQualification
from ult_desktop.ui.counter.accountability.qualifications_page import QualificationsPage, facts_of
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.procedures.document_box import DocumentBox
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

SITI = "siti kaltara-helpdesk"


def opened(bench: Bench, **look: object) -> QualificationsPage:
    bench.sign_in("kepala")
    page = bench.open(QualificationsPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.list.count)
    page.open_subject(SITI)
    return page


def test_the_head_confirms_and_withdraws(bench: Bench) -> None:
    page = opened(bench)
    assert page.chosen is not None
    assert [fact.name for fact in facts_of(page.chosen)] == ["Yang diminta"]
    bench.act(page.detail, "confirm")
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.show_values({"since": date(2026, 2, 2), "evidence": "Sertifikat pelatihan"})
    box.form.submit()
    bench.wait(lambda: page.chosen is not None and page.chosen.is_met)
    facts = {fact.name: fact.value for fact in facts_of(page.chosen)}
    assert (facts["Terpenuhi sejak"], facts["Dikonfirmasi oleh"]) == ("2 Februari 2026", "Kepala BPMP")
    bench.act(page.detail, "withdraw")
    bench.box().findChild(QLineEdit).setText("Pindah tugas")
    next(button for button in bench.box().findChildren(Button) if button.text() == "Tarik").click()
    bench.wait(lambda: page.chosen is not None and not page.chosen.is_met)
    assert facts_of(page.chosen)[-1].value == "Pindah tugas"


def test_the_procedure_says_who_meets_it(bench: Bench) -> None:
    bench.sign_in("kepala")
    bench.do(
        ConfirmQualification(
            login="siti", procedure_id="kaltara-helpdesk", since=date(2026, 2, 2), evidence="Sertifikat"
        )
    )
    page = opened(bench)
    bench.act(page.detail, "read")
    bench.wait(lambda: any(each.isVisible() for each in bench.frame.findChildren(DocumentBox)))
    box = bench.box()
    assert isinstance(box, DocumentBox)
    assert "Siti Rahmawati, sejak 2 Februari 2026: Sertifikat" in box._beside[0].items
    box.reject()


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Picture, contrast: Contrast) -> None:
    page = opened(bench, contrast=contrast)
    picture(bench.window, f"kualifikasi-1366x768-{contrast}")
    bench.act(page.detail, "withdraw" if page.chosen and page.chosen.is_met else "confirm")
    picture(bench.box(), f"kualifikasi-formulir-{contrast}")
    bench.box().reject()
