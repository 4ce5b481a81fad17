"""The page Kualifikasi: the head confirms an officer's qualification, and withdraws it."""

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.accountability.commands import ConfirmQualification
from ult_desktop.operations.accountability.qualifications import required_of_everybody
from ult_desktop.ui.counter.accountability.qualifications_page import (
    QualificationMatrix,
    QualificationsPage,
    facts_of,
)
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.procedures.document_box import DocumentBox
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

SITI = "siti kaltara-helpdesk"


def opened(bench: Bench, **look: object) -> QualificationsPage:
    bench.sign_in("kepala")
    page = bench.open(QualificationsPage, **look)  # type: ignore[arg-type]
    bench.wait(page.matrix.rowCount)
    page.open_subject(SITI)
    return page


def cell(matrix: QualificationMatrix, row: int, column: int) -> str:
    return str(matrix.model().index(row, column).data())


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
    assert "Siti Rahmawati, sejak 2 Februari 2026: Sertifikat" in box._extra_parts[0].items
    box.reject()


def test_arrows_and_space_confirm_and_withdraw(bench: Bench) -> None:
    page = opened(bench)
    matrix = page.matrix
    matrix.setFocus()
    assert cell(matrix, matrix.currentRow(), matrix.currentColumn()) == "belum"
    bench.press(Qt.Key.Key_Space, matrix)
    box = bench.box()
    box.form.show_values({"since": date(2026, 2, 2), "evidence": "Sertifikat"})
    box.form.submit()
    bench.wait(lambda: page.chosen is not None and page.chosen.is_met)
    assert cell(matrix, matrix.currentRow(), matrix.currentColumn()) == "✓"
    assert page.chosen is not None
    assert page.chosen.id == SITI  # the keyboard stays where it was
    bench.press(Qt.Key.Key_Space, matrix)
    bench.box().findChild(QLineEdit).setText("Pindah tugas")
    next(button for button in bench.box().findChildren(Button) if button.text() == "Tarik").click()
    bench.wait(lambda: page.chosen is not None and not page.chosen.is_met)


def test_several_are_confirmed_with_one_evidence(bench: Bench) -> None:
    page = opened(bench)
    matrix = page.matrix
    matrix.selectAll()
    wanted = len(matrix.lacking)
    assert wanted > 2
    bench.press(Qt.Key.Key_Return, matrix)
    box = bench.box()
    box.form.show_values({"since": date(2026, 2, 2), "evidence": "Pelatihan bersama"})
    box.form.submit()
    bench.wait(lambda: not bench.has_box())
    matrix.selectAll()
    bench.wait(lambda: not matrix.lacking)
    cells = [
        cell(matrix, row, column)
        for row in range(matrix.rowCount())
        for column in range(matrix.columnCount())
    ]
    assert set(cells) <= {"✓", ""}
    assert cells.count("✓") == wanted


def test_a_current_cell_that_is_not_selected_is_confirmed_alone(bench: Bench) -> None:
    page = opened(bench)
    page.matrix.currentItem().setSelected(False)  # as Ctrl and a click do
    assert page.matrix.lacking == (page.chosen,)
    bench.press(Qt.Key.Key_Space, page.matrix)
    box = bench.box()
    box.form.show_values({"since": date(2026, 2, 2), "evidence": "Sertifikat"})
    box.form.submit()
    bench.wait(lambda: page.chosen is not None and page.chosen.is_met)


def confirmed_cell(bench: Bench, page: QualificationsPage) -> tuple[int, int]:
    """Confirm the current qualification, and return its cell."""
    bench.do(
        ConfirmQualification(
            login="siti", procedure_id="kaltara-helpdesk", since=date(2026, 2, 2), evidence="Sertifikat"
        )
    )
    page.refresh()
    bench.wait(lambda: page.chosen is not None and page.chosen.is_met)
    return page.matrix.currentRow(), page.matrix.currentColumn()


def test_the_button_acts_on_the_cell_in_the_detail_if_that_is_not_selected(bench: Bench) -> None:
    page = opened(bench)
    second = next(each for each in page.matrix._by_cell.values() if each.officer.login != "siti")
    page.matrix.choose(second.id)
    row, column = page.matrix.currentRow(), page.matrix.currentColumn()
    page.open_subject(SITI)
    page.matrix.setCurrentCell(
        row, column, QItemSelectionModel.SelectionFlag.Deselect
    )  # clicked twice with Ctrl
    assert page.chosen == second
    bench.act(page.detail, "confirm")
    assert second.officer.name in bench.box().title.text()
    bench.box().reject()


def test_the_button_says_that_selected_ones_are_confirmed(bench: Bench) -> None:
    page = opened(bench)
    cell_of_siti = confirmed_cell(bench, page)
    assert "withdraw" in page.detail.acts.buttons
    page.matrix.selectAll()
    page.matrix.setCurrentCell(*cell_of_siti, QItemSelectionModel.SelectionFlag.NoUpdate)
    assert len(page.matrix.lacking) > 1
    bench.act(page.detail, "confirm")
    assert isinstance(bench.box(), FormBox)
    bench.box().reject()


def test_a_reading_of_the_office_leaves_the_selection(bench: Bench) -> None:
    page = opened(bench)
    page.matrix.selectAll()
    selected = page.matrix.selectedIndexes()
    assert len(selected) > 2
    confirmed_cell(bench, page)
    assert page.matrix.selectedIndexes() == selected
    assert page.chosen is not None
    assert page.chosen.id == SITI


def test_who_cannot_sign_in_and_what_is_asked_of_nobody_is_left_out(bench: Bench) -> None:
    page = opened(bench)
    names = {
        page.matrix.model().headerData(row, Qt.Orientation.Vertical) for row in range(page.matrix.rowCount())
    }
    asked = bench.office.read(lambda tx: required_of_everybody(tx, 0))
    assert names == {each.officer.name for each in asked if each.officer.password_hash}
    assert "Siti Rahmawati" in names
    blank = [
        (row, column)
        for row in range(page.matrix.rowCount())
        for column in range(page.matrix.columnCount())
        if not cell(page.matrix, row, column)
    ]
    for place in blank[:1]:
        page.matrix.setCurrentCell(*place)
        bench.press(Qt.Key.Key_Space, page.matrix)
        assert not bench.has_box()


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Picture, contrast: Contrast) -> None:
    page = opened(bench, contrast=contrast)
    picture(bench.window, f"kualifikasi-1366x768-{contrast}")
    bench.act(page.detail, "withdraw" if page.chosen and page.chosen.is_met else "confirm")
    picture(bench.box(), f"kualifikasi-formulir-{contrast}")
    bench.box().reject()
