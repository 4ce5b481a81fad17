"""The page Survei on a real office: results, the officer's acts, and nobody's answers beside a ticket."""

import datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.office import store_of
from tests.survey import KEYS, TEN, own_list, said
from tests.ui.conftest import Picture
from tests.ui.counter.lists.conftest import answer
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import rows_of
from ult_desktop.core.access.roles import Role
from ult_desktop.core.figures.period import Span
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.queue.commands import Finish, StaffCounter, WalkIn
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.survey.commands import EnterPaperSurvey, ImportSurvey
from ult_desktop.core.survey.improvement import ImprovementState
from ult_desktop.core.survey.survey import OutsideAnswers, TokenState
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.survey import improvements, survey
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.lists.understanding_view import UnderstandingView
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.survey.page import CodesBox, ImprovementsBox, SurveyPage
from ult_desktop.ui.kit.forms import ChoiceField, DateField, Form
from ult_desktop.ui.kit.widgets.button import Button

URL = "https://contoh.go.id/survei/ult"
DAY = datetime.date(2026, 11, 20)


def serve(bench: Bench) -> Ticket:
    """Somebody who was served and is done."""
    ticket: Ticket = bench.do(WalkIn(counter=1, service_id=1))
    bench.do(Finish(counter=1))
    return ticket


@pytest.fixture
def page(bench: Bench) -> SurveyPage:
    settings = bench.office.read(office_rows.load).settings
    office = msgspec.structs.replace(settings.office, survey_url=URL)
    text = msgspec.json.encode(msgspec.structs.replace(settings, office=office)).decode()
    store_of(bench.office).write(lambda tx: tx.run("UPDATE office SET settings = ?", text))
    bench.sign_in("siti", Role.FRONT_OFFICE)
    bench.do(StaffCounter(counter=1))
    page = bench.open(SurveyPage, counter=1)
    bench.wait(lambda: page.board is not None)
    return page


def fill_in(bench: Bench, page: SurveyPage, rows: tuple[str, ...] = TEN) -> None:
    for row in rows:
        bench.do(EnterPaperSurvey(said=said(row, "Tambah kursi di ruang tunggu."), day=DAY))
    bench.wait(lambda: page.board is not None and page.board.respondents >= len(rows))


def form_of(bench: Bench) -> FormBox:
    box = bench.box()
    assert isinstance(box, FormBox)
    return box


def state_of(bench: Bench, ticket: Ticket) -> TokenState | None:
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    token = bench.office.read(lambda tx: survey.token_of(tx, visit.id))
    return None if token is None else token.state


def more(bench: Bench, page: SurveyPage, words: str) -> None:
    """An entry of "Lainnya"."""
    page.more_button.click()
    next(button for button in bench.box().keys.values() if words in button.text()).click()


def choose_answers(box: FormBox, value: int = 4) -> None:
    for key in KEYS:
        box.form.field(key).show_value(value)


def test_the_result_of_a_month(bench: Bench, page: SurveyPage, picture: Picture) -> None:
    picture(bench.window, "survei-kosong-1366x768")
    assert page.index.value.text() == "–"
    fill_in(bench, page)
    assert page.index.value.text() == "83,89"
    assert page.index.grade.text() == "Mutu B · Baik"
    assert (
        page.weak_elements.text()
        == "Terendah: Waktu penyelesaian, Sarana dan prasarana. Rencanakan perbaikannya."
    )
    assert page.suggestions.text.toPlainText() == "• Tambah kursi di ruang tunggu. (10×)"
    texts = [label.text() for label in page.elements.findChildren(QLabel)]
    assert page.by_element.isVisible()
    assert texts[-2:] == ["U9 Sarana dan prasarana", "75,00 · C"]
    picture(bench.window, "survei-1366x768")


def test_few_answers_are_withheld(bench: Bench, page: SurveyPage) -> None:
    fill_in(bench, page, TEN[:4])
    assert page.index.value.text() == "–"
    assert "mulai 5 responden" in page.index.withheld.text()
    assert not page.by_element.isVisible()
    assert page.suggestions.text.toPlainText() == ""


def test_another_period(bench: Bench, page: SurveyPage) -> None:
    fill_in(bench, page)
    page.period.before.click()
    bench.wait(lambda: page.board is not None and page.board.first == "2026-10-01")
    assert page.period.words.text() == "Oktober 2026"
    page.period.spans[Span.QUARTER].click()
    bench.wait(lambda: page.board is not None and page.board.last == "2026-12-31")
    assert (page.period.words.text(), page.index.value.text()) == ("Triwulan IV Tahun 2026", "83,89")
    page.period.spans[Span.YEAR].click()
    assert page.period.words.text() == "2026"
    assert not page.period.after.isEnabled()
    page.period.go(1)
    assert page.period.words.text() == "2026"


def test_filled_in_for_a_visitor(bench: Bench, page: SurveyPage, picture: Picture) -> None:
    ticket = serve(bench)
    page.fill_button.click()
    box = form_of(bench)
    picture(box, "survei-isi")
    box.form.submit()
    assert box.form.field("number").error.text() == "Wajib diisi."
    assert box.form.field("sarana").error.text() == "Wajib diisi."
    bench.type(box.form.field("number"), "Z999")
    choose_answers(box)
    box.form.field("usia").show_value("26-35")
    box.form.submit()
    bench.wait(lambda: "tidak ditemukan" in box.form.refusal.words.text())
    box.form.field("number").show_value(ticket.label)
    box.form.submit()
    bench.wait(lambda: bench.toast == "Survei tersimpan, ditandai dibantu petugas.")
    assert state_of(bench, ticket) is TokenState.FILLED
    bench.wait(lambda: page.board is not None and page.board.assisted == 1)


def test_a_paper_form_with_and_without_its_number(bench: Bench, page: SurveyPage) -> None:
    ticket = serve(bench)
    for number in ("", ticket.label):
        more(bench, page, "Formulir kertas")
        press(bench, "Isi satu formulir lengkap")
        bench.wait(lambda: bench.frame.findChildren(FormBox))
        box = form_of(bench)
        box.form.show_values({"number": number, "sarana": 2, "service": 1, "day": DAY})
        box.form.submit()
        bench.wait(lambda: bench.toast == "Formulir kertas tersimpan.")
        bench.wait(lambda: not bench.frame.findChildren(FormBox))
        bench.frame.toast.hide()
    assert state_of(bench, ticket) is TokenState.FILLED
    bench.wait(lambda: page.board is not None and page.board.respondents == 2)


def test_a_pile_of_paper_forms_is_typed_in_by_keyboard(
    bench: Bench, page: SurveyPage, picture: Picture
) -> None:
    more(bench, page, "Formulir kertas")
    press(bench, "Ketik kode")
    bench.wait(lambda: bench.frame.findChildren(CodesBox))
    box = bench.box()
    assert isinstance(box, CodesBox)
    box.form.show_values({"day": DAY, "service_id": 1})
    QTest.keyClicks(box.code.line, "33243334")
    QTest.keyClick(box.code.line, Qt.Key.Key_Return)
    assert "9 angka unsur" in box.code.error.text()
    QTest.keyClicks(box.code.line, "2 2305")
    picture(box, "survei-kode-kertas")
    for typed in ("", *TEN[1:5]):
        before = box.saved
        QTest.keyClicks(box.code.line, typed)
        QTest.keyClick(box.code.line, Qt.Key.Key_Return)
        bench.wait(lambda: box.saved > before)  # noqa: B023  (called at once)
        assert (box.code.value(), box.form.field("day").value()) == ("", DAY)
    assert box.count.text() == "5 formulir tersimpan."
    box.form.leave.click()
    bench.wait(lambda: page.board is not None and page.board.respondents == 5)
    assert page.board is not None
    assert {count.choice for count in page.board.profile if count.question == "usia"} == {"", "26-35"}


def test_blank_forms_are_printed_from_here(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    bench.sign_in("siti", Role.FRONT_OFFICE)
    page = bench.open(SurveyPage)
    more(bench, page, "Formulir kertas")
    press(bench, "Cetak formulir kosong")
    bench.box().keys["2"].click()
    bench.wait(lambda: len(list((bench.folder / "ult-desktop").glob("Formulir Survei*.pdf"))) == 1)


@pytest.mark.parametrize(
    ("words", "state", "told"),
    [
        ("Menolak mengisi", TokenState.REFUSED, "Penolakan tercatat."),
        ("Terisi di luar", TokenState.CONFIRMED, "Tercatat: survei terisi di luar."),
    ],
)
def test_not_filled_in_here(bench: Bench, page: SurveyPage, words: str, state: TokenState, told: str) -> None:
    ticket = serve(bench)
    more(bench, page, words)
    bench.wait(lambda: bench.frame.findChildren(FormBox))
    box = form_of(bench)
    bench.type(box.form.field("number"), ticket.label)
    box.form.submit()
    bench.wait(lambda: bench.toast == told)
    assert state_of(bench, ticket) is state


def test_a_qr_for_the_visitors_phone(bench: Bench, page: SurveyPage, picture: Picture) -> None:
    ticket = serve(bench)
    bench.wait(lambda: page.board is not None and page.board.survey_url == URL)
    more(bench, page, "QR untuk HP")
    bench.wait(lambda: bench.frame.findChildren(FormBox))
    box = form_of(bench)
    bench.type(box.form.field("number"), ticket.label)
    box.form.submit()
    bench.wait(lambda: state_of(bench, ticket) is TokenState.OPEN)
    bench.wait(lambda: not bench.frame.findChildren(FormBox))
    shown = bench.box()
    assert any(label.text() == URL for label in shown.findChildren(QLabel))
    picture(shown, "survei-qr")


def press(bench: Bench, words: str) -> None:
    next(button for button in bench.box().findChildren(Button) if words in button.text()).click()


def test_a_wrong_list_is_taken_back(bench: Bench, page: SurveyPage) -> None:
    more(bench, page, "Impor daftar jawaban")
    page.import_panel.undo_button.click()
    bench.wait(lambda: bench.toast == "Tidak ada impor yang dapat diurungkan.")
    rows = tuple(
        OutsideAnswers(digest=f"{place:064x}", day=DAY, said=said(row)) for place, row in enumerate(TEN)
    )
    bench.do(ImportSurvey(rows=rows, batch=ListBatch(key="satu", file="salah.csv")))
    page.import_panel.undo_button.click()
    bench.wait(lambda: bench.has_box() and bench.box().windowTitle() == "Urungkan impor yang mana?")
    press(bench, "salah.csv, 23/11/2026 09.41 WITA, Siti")
    bench.wait(lambda: bench.has_box() and bench.box().windowTitle() == "Urungkan impor salah.csv?")
    press(bench, "Urungkan")
    bench.wait(lambda: bench.toast == "Impor salah.csv diurungkan.")
    page.import_panel.start.leave.click()
    bench.wait(lambda: page.board is not None and page.board.respondents == 0)


def to_list(bench: Bench, page: SurveyPage, path: Path, source: str = "outside") -> UnderstandingView:
    more(bench, page, "Impor daftar jawaban")
    page.import_panel.start.show_values({"path": path, "source": source})
    page.import_panel.start.submit()
    bench.wait(page.import_panel.view.isVisible)
    return page.import_panel.view


def test_the_columns_of_an_own_form_are_chosen_once(
    bench: Bench, page: SurveyPage, tmp_path: Path, picture: Picture
) -> None:
    first, later = tmp_path / "januari.csv", tmp_path / "februari.csv"
    first.write_text(own_list(8), encoding="utf-8")
    later.write_text(own_list(), encoding="utf-8")
    view = to_list(bench, page, first)
    assert not view.start_import_button.isEnabled()
    picture(bench.window, "survei-impor-kolom")
    for place, key in enumerate(KEYS, start=2):
        answer(bench, page.import_panel, f"kolom {place}", key)
    bench.wait(view.start_import_button.isEnabled)
    view.start_import_button.click()
    bench.wait(view.finish_button.isVisible)
    view.finish_button.click()
    bench.wait(lambda: page.board is not None and page.board.respondents == 8)
    to_list(bench, page, later)
    picture(bench.window, "survei-impor-diingat")
    assert view.words.text() == "februari.csv: 2 baris baru, 8 sudah ada, 0 ditolak, 0 dilewati"
    assert [row.tags[0].text for row in rows_of(view.rows.model) if row.tags] == ["januari.csv"] * 8
    view.start_import_button.click()
    bench.wait(view.finish_button.isVisible)
    view.finish_button.click()
    bench.wait(lambda: page.board is not None and page.board.respondents == 10)


def test_paper_forms_that_were_typed_into_a_list(bench: Bench, page: SurveyPage, tmp_path: Path) -> None:
    path = tmp_path / "kertas.csv"
    path.write_text("\n".join((";".join(KEYS), *(";".join(row) for row in TEN))), encoding="utf-8")
    view = to_list(bench, page, path, "paper")
    day = view.fields["tanggal daftar"]
    assert isinstance(day, DateField)
    day.show_value(DAY)
    day.line.editingFinished.emit()
    bench.wait(view.start_import_button.isEnabled)
    view.start_import_button.click()
    bench.wait(view.finish_button.isVisible)
    view.finish_button.click()
    bench.wait(lambda: page.board is not None and page.board.respondents == 10)
    modes = bench.office.read(
        lambda tx: dict(tx.rows("SELECT mode, count(*) FROM survey_response GROUP BY mode"))
    )
    assert modes == {"paper": 10}


def test_a_list_from_outside(bench: Bench, page: SurveyPage, tmp_path: Path, picture: Picture) -> None:
    path = tmp_path / "skm.csv"
    rows = [f"20/11/2026;{';'.join(row)}" for row in TEN]
    lines = ("tanggal;" + ";".join(KEYS), *rows, *([";4"] * 10))
    path.write_text("\n".join(lines), encoding="utf-8")
    view = to_list(bench, page, path)
    picture(bench.window, "survei-impor")
    assert view.words.text() == "skm.csv: 10 baris baru, 0 sudah ada, 10 ditolak, 0 dilewati"
    view.rows.filters.choose("refused")
    assert rows_of(view.rows.model)[0].title == "tanggal: tanggal kosong"
    view.start_import_button.click()
    bench.wait(view.finish_button.isVisible)
    assert view.words.text() == "10 baris masuk, 0 sudah ada, 10 ditolak, 0 dilewati"
    view.finish_button.click()
    bench.wait(lambda: page.board is not None and page.board.respondents == 10)


def test_in_high_contrast_on_a_small_screen(bench: Bench, picture: Picture) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    page = bench.open(SurveyPage, size=(1280, 720), contrast="kontras")
    fill_in(bench, page)
    bench.wait(lambda: page.index.value.text() == "83,89")
    picture(bench.window, "survei-1280x720-kontras")


def open_form(bench: Bench) -> Form:
    """The one over the list."""
    return next(box.form for box in bench.frame.findChildren(FormBox) if box.isVisible())


def test_the_head_plans_what_follows_and_tells_what_came_of_it(bench: Bench, picture: Picture) -> None:
    bench.sign_in("admin", Role.ADMIN)
    page = bench.open(SurveyPage)
    bench.wait(lambda: page.board is not None)
    fill_in(bench, page)
    page.plan_button.click()
    plan = bench.box()
    assert isinstance(plan, ImprovementsBox)
    plan.plan_button.click()
    form = open_form(bench)
    element = form.field("element")
    assert isinstance(element, ChoiceField)
    offered = [element.choice.itemText(place) for place in range(element.choice.count())]
    lowest = ["Waktu penyelesaian", "Sarana dan prasarana"]  # of the worked example
    assert [name for name in offered if name][:2] == lowest
    values = {"element": "sarana", "programme": "Tambah kursi", "due": DAY, "responsible": "Umum"}
    form.show_values(values)
    form.verb.click()
    bench.wait(lambda: plan.rows.count == 1)
    plan.rows.choose(1)
    picture(plan, "tindak-lanjut-survei")
    plan.tell_button.click()
    form = open_form(bench)
    form.field("progress").show_value(ImprovementState.DONE)
    form.verb.click()
    assert form.field("result").error.text() == "Tulis hasilnya."
    form.field("result").show_value("40 kursi dibeli")
    form.verb.click()
    done = improvements.every
    bench.wait(lambda: bench.office.read(done)[0].state is ImprovementState.DONE)


def test_who_serves_runs_surveys_and_plans_nothing(page: SurveyPage) -> None:
    assert (page.fill_button.isHidden(), page.plan_button.isHidden()) == (False, True)


def test_the_report_and_its_poster_are_saved(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    bench.sign_in("admin", Role.ADMIN)
    page = bench.open(SurveyPage)
    bench.wait(lambda: page.board is not None)
    saved = bench.folder / "ult-desktop"
    page.save_button.click()
    bench.box().keys["1"].click()
    bench.wait(lambda: len(list(saved.glob("*.pdf"))) == 1)
    page.save_button.click()
    bench.box().keys["2"].click()
    bench.wait(lambda: len(list(saved.glob("*.pdf"))) == 2)
    assert {path.name.split()[0] for path in saved.iterdir()} == {"Laporan", "Poster"}
