"""The import at the counter: what was understood, corrected by a choice, written, cancelled, taken back."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.ui.conftest import Picture
from tests.ui.counter.lists.conftest import answer, choose, new, to_view
from tests.ui.counter.online.conftest import LIST
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import rows_of
from ult_desktop.base.errors import UserError
from ult_desktop.core.lists.commands import LEAST_ROWS
from ult_desktop.core.online.commands import TakeRequest
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.lists.list_panel import ImportPanel
from ult_desktop.ui.kit.forms import ChoiceField
from ult_desktop.ui.kit.widgets.button import Button


def press(bench: Bench, words: str) -> None:
    next(button for button in bench.box().findChildren(Button) if words in button.text()).click()


def test_from_file_to_inbox(bench: Bench, opened: CasesPage, panel: ImportPanel, listed: Path) -> None:
    to_view(bench, panel, listed)
    view = panel.view
    assert view.words.text() == "sempena-november.csv: 2 baris baru, 0 sudah ada, 1 ditolak, 0 dilewati"
    assert view.rows.count == 3
    view.rows.filters.choose("refused")
    assert rows_of(view.rows.model)[0].title == "Email: bukan alamat surel"
    view.start_import_button.click()
    bench.wait(view.finish_button.isVisible)
    assert view.words.text() == "2 baris masuk, 0 sudah ada, 1 ditolak, 0 dilewati"
    view.save_button.click()
    bench.wait(lambda: "ditolak.csv" in bench.toast)
    assert "bukan alamat surel" in Path(f"{listed}.ditolak.csv").read_text("utf-8-sig")
    view.finish_button.click()
    bench.wait(lambda: opened.cases.count == 2)
    assert not opened.import_panel.isVisible()


def test_each_column_says_what_it_is_taken_for_and_why(
    bench: Bench, panel: ImportPanel, listed: Path
) -> None:
    to_view(bench, panel, listed)
    fields = panel.view.fields
    assert [fields[f"kolom {n}"].value() for n in range(1, 6)] == [
        "nomor",
        "nama",
        "instansi",
        "surel",
        "isi",
    ]
    assert fields["kolom 2"].caption.text() == "B · Nama Lengkap"
    answer(bench, panel, "kolom 3", "-")
    assert panel.draft is not None
    assert panel.draft.understanding.rows[0].row.institution == ""


def test_what_is_uncertain_is_asked_before_anything_is_written(
    bench: Bench, opened: CasesPage, panel: ImportPanel, tmp_path: Path, picture: Picture
) -> None:
    path = tmp_path / "formulir.csv"
    path.write_text(
        "Tanggal;Nama kegiatan;Isi\n11/03/2026;Dedi;Data\n11/04/2026;Ani;Data lain\nJumlah;2;\n",
        encoding="utf-8",
    )
    to_view(bench, panel, path)
    view = panel.view
    assert view.unanswered_note.isVisible()
    assert not view.start_import_button.isEnabled()
    picture(bench.window, "impor-pertanyaan")
    answer(bench, panel, "kolom 2", "nama")
    answer(bench, panel, "urutan: tanggal", "bulan")
    assert (view.unanswered_note.isVisible(), view.start_import_button.isEnabled()) == (False, True)
    view.rows.filters.choose("left_out")
    view.rows.choose(4)
    bench.wait(view.take_row_button.isVisible)
    view.take_row_button.click()
    bench.wait(lambda: panel.draft is not None and not panel.draft.understanding.left_out)
    assert view.words.text().endswith("2 baris baru, 0 sudah ada, 1 ditolak, 0 dilewati")
    view.start_import_button.click()
    bench.wait(view.finish_button.isVisible)
    view.finish_button.click()
    opened.import_button.click()
    to_view(bench, panel, path)
    assert view.words.text().endswith("0 baris baru, 2 sudah ada, 0 ditolak, 1 dilewati")
    view.rows.filters.choose("known")
    assert [row.tags[0].text for row in rows_of(view.rows.model) if row.tags] == [
        "D-0001/2026",
        "D-0002/2026",
    ]
    assert not view.unanswered_note.isVisible()  # the answers are remembered


def test_another_sheet_is_read_when_it_is_chosen(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title, name in (("Arsip", "Lama"), ("November", "Sari")):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, ("Nama", "Isi"))
            sheet.write_row(1, 0, (name, "Mohon info"))
        book.worksheets()[0].hide()
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
    to_view(bench, panel, path)
    view = panel.view
    assert view.note.words.text() == "Lembar tersembunyi tidak dibaca: Arsip."
    sheets = view.fields["lembar"]
    assert isinstance(sheets, ChoiceField)
    assert [sheets.choice.itemText(n) for n in range(2)] == ["Arsip (tersembunyi)", "November"]
    answer(bench, panel, "lembar", "Arsip")
    assert panel.draft is not None
    assert [each.row.name for each in panel.draft.understanding.rows] == ["Lama"]


def test_another_row_is_the_head(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("Siapa;Apa;\nDedi;Data;x\nAni;Data;x\n", encoding="utf-8")
    to_view(bench, panel, path)
    answer(bench, panel, "isian nama", "1")
    answer(bench, panel, "isian isi", "2")
    assert panel.view.words.text().startswith("aneh.csv: 2 baris baru")
    answer(bench, panel, "judul", "2")
    assert panel.view.words.text().startswith("aneh.csv: 1 baris baru")


def test_what_is_no_list_says_why(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    path = tmp_path / "gambar.csv"
    path.write_bytes(b"%PDF-1.7")
    choose(panel, path)
    bench.wait(lambda: "bukan CSV, Excel, ODS, atau JSON" in panel.start.refusal.words.text())
    assert panel.start.refusal.isVisible()
    assert panel.start.verb.isEnabled()
    panel.start.set_busy(busy=True)
    bench.host.lost.emit()
    assert panel.start.verb.isEnabled()  # the share is gone: it can be asked again


def many(tmp_path: Path, count: int) -> Path:
    path = tmp_path / "banyak.csv"
    rows = "".join(f"S-{n};Nama {n};SDN;n{n}@e.id;Mohon data\n" for n in range(count))
    path.write_text(LIST + rows, encoding="utf-8")
    return path


def test_a_cancelled_import_leaves_nothing(bench: Bench, panel: ImportPanel, tmp_path: Path) -> None:
    to_view(bench, panel, many(tmp_path, 400))
    view = panel.view
    view.start_import_button.click()
    bench.wait(lambda: view.progress.value() >= 1)
    view.cancel_button.click()
    bench.wait(view.finish_button.isVisible)
    assert view.words.text().startswith("Impor dibatalkan.")
    assert new(bench) == 0


def test_a_refused_batch_is_tried_again(
    bench: Bench, panel: ImportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_view(bench, panel, many(tmp_path, 60))
    run, desk = panel.view.run, panel.view.run._host

    def cut_off(*given: object, form: object = None, **more: object) -> None:
        run.form.show_refusal(UserError("Sambungan terputus.", todo="Coba lagi."))

    with monkeypatch.context() as patch:
        patch.setattr(desk, "perform", cut_off)
        panel.view.start_import_button.click()
        assert run.form.isVisible()
        assert "Sambungan terputus." in run.form.refusal.words.text()
    run.form.verb.click()
    bench.wait(panel.view.finish_button.isVisible)
    assert new(bench) == 60


def test_a_cut_off_import_is_cancelled_whole(
    bench: Bench, panel: ImportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_view(bench, panel, many(tmp_path, 100))
    run, desk = panel.view.run, panel.view.run._host
    perform = desk.perform

    def cut_off(what: object, then: object = None, form: object = None, **more: object) -> None:
        if new(bench):
            run.form.show_refusal(UserError("Sambungan terputus.", todo="Coba lagi."))
            return
        perform(what, then, form=form)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(desk, "perform", cut_off)
        panel.view.start_import_button.click()
        bench.wait(run.form.isVisible)
    assert new(bench) == LEAST_ROWS
    panel.view.cancel_button.click()
    bench.wait(panel.view.finish_button.isVisible)
    assert (new(bench), panel.view.words.text()) == (
        0,
        f"Impor dibatalkan. {LEAST_ROWS} baris ditarik kembali.",
    )


def test_a_wrong_list_is_taken_back_but_for_what_was_worked_on(
    bench: Bench, opened: CasesPage, panel: ImportPanel, listed: Path
) -> None:
    to_view(bench, panel, listed)
    panel.view.start_import_button.click()
    bench.wait(panel.view.finish_button.isVisible)
    panel.view.finish_button.click()
    bench.do(TakeRequest(request_id=1))
    opened.import_button.click()
    panel.undo_button.click()
    bench.wait(lambda: bench.has_box() and bench.box().windowTitle() == "Urungkan impor yang mana?")
    press(bench, "sempena-november.csv, 23/11/2026 09.41 WITA, Siti")
    bench.wait(lambda: bench.has_box() and bench.box().windowTitle().startswith("Urungkan impor sempena"))
    press(bench, "Urungkan")
    bench.wait(lambda: bench.has_box() and bench.box().windowTitle() == "Sebagian tetap ada")
    assert new(bench) == 0
    press(bench, "Mengerti")
    panel.undo_button.click()
    bench.wait(lambda: bench.toast == "Tidak ada impor yang dapat diurungkan.")


def test_back_without_importing(bench: Bench, opened: CasesPage, panel: ImportPanel, listed: Path) -> None:
    to_view(bench, panel, listed)
    assert panel.draft is not None
    panel._answer("kolom 3", "-")
    bench.wait(lambda: panel.draft is not None and bool(panel.draft.answers))
    panel.view.back_button.click()
    bench.wait(opened.cases.isVisible)
    assert new(bench) == 0
    assert panel.start.field("source").value() == OnlineSource.SEMPENA
    panel._answer("kolom 3", "-")  # what was left does nothing
    panel._save_refused_rows()


def test_refused_rows_that_cannot_be_saved(bench: Bench, panel: ImportPanel, listed: Path) -> None:
    to_view(bench, panel, listed)
    Path(f"{listed}.ditolak.csv").mkdir()
    panel.view.save_button.click()
    bench.wait(lambda: "tidak dapat ditulis" in bench.toast or bench.has_box())
