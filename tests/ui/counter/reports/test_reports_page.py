"""The page Laporan on a real office: periods, filters, charts with their tables, and files."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import settle
from tests.ui.opened_files import OpenedFiles
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.figures.breakdown import Breakdown
from ult_desktop.core.figures.choice import OtherRows
from ult_desktop.core.figures.period import Span
from ult_desktop.core.figures.tables import CHOSEN
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.queue import commands
from ult_desktop.core.summary.signing import read_signed
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import personal
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.figures.made_reports import make_due
from ult_desktop.reports.forms import report_files
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.reports.page import MadeReportsBox, ReportsPage, SummaryWatch
from ult_desktop.ui.counter.survey.page import SurveyPage
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.widgets.button import Button

STATION = Actor(station="kios-1")
ROOM_OF_A_CHOICE = 48  # its margins, and its arrow


@pytest.fixture
def bench(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[Bench]:
    """Two Mondays of visitors: five, then eight; the head looks at them."""
    made = Bench(qtbot, show, tmp_path)
    for day, visitors in (("2026-11-23", 5), ("2026-11-30", 8)):
        made.set_time(f"{day} 08:10")
        siti = made.sign_in("siti", Role.FRONT_OFFICE)
        made.do(commands.StaffCounter(counter=1), siti)
        for n in range(visitors):
            made.do(commands.IssueTicket(service_id=1 + n % 2), STATION)
            made.later(4 + 3 * n)
            made.do(commands.CallNext(counter=1), siti)
            made.later(1)
            made.do(commands.Arrive(counter=1), siti)
            made.later(6)
            made.do(commands.Finish(counter=1), siti)
    made.sign_in("kepala", Role.HEAD)
    yield made
    made.close()


@pytest.fixture
def page(bench: Bench) -> ReportsPage:
    page = bench.open(ReportsPage)
    bench.wait(lambda: page.report is not None)
    return page


def see(page: ReportsPage, key: str) -> None:
    page.part.setCurrentIndex(page.part.findData(key))


def keys(page: ReportsPage) -> list[str]:
    return [part.key for part in page.report.parts] if page.report else []


def words(page: ReportsPage) -> list[list[str]]:
    return page.view.table.words


def test_a_month_at_a_glance(bench: Bench, page: ReportsPage, picture: Picture) -> None:
    assert [tile.value.text() for tile in page.tiles.tiles[:3]] == ["13", "13", "0"]
    assert page.period.words.text() == "November 2026"
    assert words(page)[0][:2] == ["23/11/2026", "5"]
    assert words(page)[-1][:2] == ["Jumlah", "13"]
    picture(bench.window, "laporan-1366x768")
    see(page, "heat")
    assert page.view.chart.isHidden()
    assert words(page)[0][0] == "Senin"
    assert page.view.table.item(0, 1).background().color().alpha() > 0  # type: ignore[union-attr]
    picture(bench.window, "laporan-peta-panas-1366x768")
    see(page, "service")
    assert "menit" in page.view.chart.chart.accessibleDescription()
    see(page, "regencies")
    assert (page.view.note.text(), page.view.table.isHidden()) == ("Tidak ada dalam periode ini.", True)


def test_another_period_and_a_part_of_the_office(bench: Bench, page: ReportsPage) -> None:
    page.period.spans[Span.WEEK].click()
    bench.wait(lambda: page.tiles.tiles[0].value.text() == "8")
    assert page.tiles.tiles[0].change.text() == "naik 60 % · sebelumnya 5"
    see(page, "service")
    page.service.setCurrentIndex(2)
    page.service.activated.emit(2)
    bench.wait(lambda: page.tiles.tiles[0].value.text() == "4")
    assert page.part.currentData() == "service"
    assert page.part.findData("cases") == -1
    page.period.before.click()
    bench.wait(lambda: page.tiles.tiles[0].value.text() == "2")
    assert page.service.currentIndex() == 2


def test_officers_are_shown_to_the_head_alone(bench: Bench, page: ReportsPage) -> None:
    assert page.part.findData("officer") > 0
    bench.sign_in("resi", Role.RECEPTION)
    other = bench.open(ReportsPage)
    bench.wait(lambda: other.report is not None)
    assert other.part.findData("officer") == -1
    assert not ReportsPage.is_for(bench.sign_in("adi", Role.BACK_OFFICE))


def test_what_is_seen_can_be_copied(bench: Bench, page: ReportsPage) -> None:
    page.view.table.setFocus()
    bench.press(Qt.Key.Key_C, page.view.table, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("23/11/2026\t5\t5")
    page.view.table.selectRow(1)
    page.view.table.copy_cells()
    assert QGuiApplication.clipboard().text().startswith("30/11/2026\t8")


@pytest.mark.parametrize(
    ("choice", "begins"), [("1", b"%PDF"), ("2", b"PK"), ("5", b"\xef\xbb\xbf"), ("6", b"\x89PNG")]
)
def test_a_report_is_saved_in_the_documents(
    bench: Bench, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, choice: str, begins: bytes
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    page.save_button.click()
    bench.box().keys[choice].click()
    bench.wait(lambda: "Tersimpan" in bench.toast)
    (saved,) = (bench.folder / "ult-desktop").iterdir()
    assert saved.read_bytes().startswith(begins)


def has_file(bench: Bench, suffix: str) -> bool:
    return any((bench.folder / "ult-desktop").glob(f"*{suffix}"))


def offered(bench: Bench, page: ReportsPage) -> list[str]:
    page.save_button.click()
    return [each.text() for each in bench.box().findChildren(Button)]


def test_the_head_opens_guest_book_and_deviations_of_the_period(
    bench: Bench, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    words = offered(bench, page)
    picture(bench.box(), "laporan-simpan")
    found = {"Buku tamu": ("Daftar (CSV)", ".csv"), "Register penyimpangan": ("Berkas PDF", ".pdf")}
    for paper, (form, suffix) in found.items():
        next(each for each in bench.box().findChildren(Button) if paper in each.text()).click()
        next(each for each in bench.box().findChildren(Button) if form in each.text()).click()
        bench.wait(partial(has_file, bench, suffix))
        page.save_button.click()
    bench.box().close()
    (opening,) = bench.office.read(lambda tx: personal.openings_between(tx, 0, bench.office.clock() + 1))
    assert opening.what == "guest_book:2026-11-01--2026-11-30"
    bench.sign_in("resi", Role.RECEPTION)
    other = bench.open(ReportsPage)
    bench.wait(lambda: other.report is not None)
    fewer = offered(bench, other)
    assert next(each for each in words if each not in fewer).endswith("Register penyimpangan …")
    bench.box().close()


def test_a_table_of_one_s_own(bench: Bench, page: ReportsPage, picture: Picture) -> None:
    page.compose_button.click()
    box = bench.box()
    box.form.field("named").show_value("service_result")
    assert box.form.field("rows").value() is Breakdown.SERVICE
    picture(box, "laporan-susun-tabel-1366x768")
    box.form.verb.click()
    bench.wait(lambda: CHOSEN in keys(page))
    assert (page.part.currentData(), page.view.part and page.view.part.key) == (CHOSEN, CHOSEN)
    heads = [page.view.table.horizontalHeaderItem(place) for place in (1, 2, 3)]
    assert [head.text() for head in heads if head] == [
        "Waktu tunggu, rata-rata (menit)",
        "Pelayanan",
        "Lama pelayanan, rata-rata (menit)",
    ]
    assert words(page)[-1][2] == "13"
    page.compose_button.click()
    other = bench.box()
    other.form.field("rows").show_value(OtherRows.REGENCY)
    assert not other.form.field("figures").isEnabled()
    other.form.verb.click()
    bench.wait(lambda: page.view.note.text() == "Tidak ada dalam periode ini.")
    assert page.part.currentData() == CHOSEN


def test_every_figure_opens_its_rows(bench: Bench, page: ReportsPage, picture: Picture) -> None:
    page.view.table.setFocus()
    page.view.table.setCurrentCell(0, 1)
    bench.press(Qt.Key.Key_Return, page.view.table)
    box = bench.box()
    bench.wait(lambda: box.table.rowCount() == 5)
    assert box.title.text() == "Kunjungan: 23/11/2026, November 2026"
    assert box.table.words[0][2] == "A003"
    assert "Siti Rahmawati" in box.table.words[0]
    picture(box, "laporan-baris-1366x768")
    box.close()
    see(page, "heat")
    page.view.table.opened.emit(0, 1)
    bench.wait(lambda: bench.has_box() and bench.box().table.rowCount() > 0)
    bench.box().close()
    see(page, "cases")
    assert page.view.hint.isVisible()
    page.view.table.setCurrentCell(0, 1)
    bench.press(Qt.Key.Key_Return, page.view.table)
    bench.wait(lambda: bench.has_box() and bench.box().note.text() == "Tidak ada baris.")
    bench.box().close()
    see(page, "trend")
    page.view.table.opened.emit(0, 1)
    assert (bench.has_box(), page.view.hint.isVisible()) == (False, False)


def test_every_figure_at_a_glance_opens_its_rows(bench: Bench, page: ReportsPage, picture: Picture) -> None:
    visits, missed = page.tiles.tiles[0], page.tiles.tiles[2]
    heard = QAccessible.queryAccessibleInterface(visits)
    assert heard.role() is QAccessible.Role.Button
    assert heard.text(QAccessible.Text.Name) == "Kunjungan: 13, sebelumnya 0"
    visits.setFocus()
    picture(bench.window, "laporan-angka-dipilih-1366x768")
    bench.press(Qt.Key.Key_Return, visits)
    bench.wait(lambda: bench.has_box() and bench.box().table.rowCount() == 13)
    assert bench.box().title.text() == "Kunjungan, November 2026"
    assert bench.box().table.words[0][0] == "30/11/2026"
    bench.box().close()
    QTest.mouseClick(missed.value, Qt.MouseButton.LeftButton)
    bench.wait(lambda: bench.has_box() and bench.box().note.text() == "Tidak ada baris.")
    bench.box().close()
    for view in page.tiles.tiles:
        view.click()
        bench.wait(bench.has_box)
        assert bench.box().title.text() == f"{view.name.text().removesuffix(' (menit)')}, November 2026"
        bench.box().close()


def test_rows_are_those_of_the_report_that_is_shown(bench: Bench, page: ReportsPage) -> None:
    bench.link.blockSignals(True)  # no news of the office has the page read anew meanwhile
    page.service.setCurrentIndex(1)  # another report is asked for, and is not there yet
    page.tiles.tiles[0].click()
    bench.wait(lambda: bench.has_box() and bench.box().table.rowCount() == 13)
    bench.box().close()
    page.view.table.opened.emit(0, 1)
    bench.wait(lambda: bench.has_box() and bench.box().table.rowCount() == 5)
    bench.box().close()
    bench.link.blockSignals(False)
    page.service.activated.emit(1)
    bench.wait(lambda: page.only.service_id is not None)
    page.tiles.tiles[0].click()
    bench.wait(lambda: bench.has_box() and bench.box().table.rowCount() == 7)


def test_from_one_day_to_another_and_one_officer(bench: Bench, page: ReportsPage) -> None:
    page.period.spans[Span.RANGE].click()
    assert page.period.spans[Span.MONTH].isChecked()
    box = bench.box()
    box.form.field("first").show_value(date(2026, 11, 20))
    box.form.field("last").show_value(date(2026, 11, 23))
    box.form.verb.click()
    bench.wait(lambda: page.tiles.tiles[0].value.text() == "5")
    assert page.period.words.text() == "20–23 November 2026"
    place = page.officer.findText("Siti Rahmawati")
    page.officer.setCurrentIndex(place)
    page.officer.activated.emit(place)
    bench.wait(lambda: "cases" not in keys(page))
    assert page.tiles.tiles[0].value.text() == "5"


def test_a_report_is_printed_from_its_pdf(
    bench: Bench, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = OpenedFiles()
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    monkeypatch.setattr(QDesktopServices, "openUrl", shown)
    page.print_button.click()
    bench.wait(lambda: shown)
    assert shown[0].read_bytes().startswith(b"%PDF")


def test_a_pc_that_opens_no_pdf_says_so_and_where_the_report_lies(
    bench: Bench, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    page.print_button.click()
    bench.wait(lambda: "tidak punya program" in bench.toast)
    (path,) = (bench.folder / "ult-desktop").glob("*.pdf")
    assert str(path) in bench.toast
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("words", ["id", "en"])
@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_heads_stand_whole_and_rows_are_seen(
    bench: Bench, picture: Picture, size: tuple[int, int], percent: int, words: str
) -> None:
    use_language(words)
    page = bench.open(ReportsPage, size=size)
    page.theme.set_text_size(percent)
    bench.wait(lambda: page.report is not None)
    settle()
    table, header = page.view.table, page.view.table.horizontalHeader()
    shown = [place for place in range(table.columnCount()) if not table.isColumnHidden(place)]
    assert len(shown) >= 5
    for place in shown:
        head = table.horizontalHeaderItem(place)
        assert head is not None
        room = QRect(0, 0, header.sectionSize(place) - 4, 1000)
        needed = header.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, head.text())
        assert room.width() >= needed.width(), head.text()
        assert header.height() >= needed.height(), head.text()
    assert table.viewport().height() >= 2 * table.rowHeight(0)
    for choice in (page.part, page.service, page.counter, page.officer, page.channel):
        free = choice.width() - page.theme.px(ROOM_OF_A_CHOICE)
        assert choice.fontMetrics().horizontalAdvance(choice.currentText()) <= free, choice.currentText()
    picture(bench.window, f"laporan-{words}-{percent}-{size[0]}x{size[1]}")


def test_high_contrast_and_long_periods(bench: Bench, picture: Picture) -> None:
    page = bench.open(ReportsPage, size=(1024, 768), contrast="kontras")
    bench.wait(lambda: page.report is not None)
    page.period.spans[Span.YEAR].click()
    bench.wait(lambda: page.report is not None and page.report.period.span is Span.YEAR)
    see(page, "heat")
    assert page.view.table.item(0, 1).background().style() is Qt.BrushStyle.NoBrush  # type: ignore[union-attr]
    see(page, "month")
    picture(bench.window, "laporan-kontras-1024x768")


def test_the_head_reads_what_came_of_the_survey(bench: Bench) -> None:
    page = bench.open(SurveyPage)
    bench.wait(lambda: page.board is not None)
    assert (page.fill_button.isVisible(), page.more_button.isVisible()) == (False, False)


def test_what_was_made_by_itself_is_told_saved_and_made_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    bench.set_time("2026-12-01 07:30")
    disk = bench.folder / "cadangan"
    disk.mkdir()
    task = MaintenanceTask(
        bench.office.path,
        bench.folder / "upkeep.db",
        "loket-1",
        disk,
        partial(make_due, make_files=report_files),
    )
    keeper = FileMaintainer(task, bench.office.clock)
    keeper.do_due_jobs()
    keeper.close()
    page = bench.open(ReportsPage)
    bench.wait(lambda: page.news.words.text() == "Laporan baru: Rekap Bulanan: November 2026.")
    picture(bench.window, "laporan-baru")
    page.ready_button.click()
    box = bench.box()
    assert isinstance(box, MadeReportsBox)
    bench.wait(lambda: box.rows.count == 1)
    assert "Rekap Layanan untuk Umum: November 2026: menunggu" in box.due.words.text()
    box.rows.choose(1)
    picture(box, "laporan-jadi")
    box.again_button.click()
    bench.wait(lambda: "Rekap Bulanan: November 2026" in box.due.words.text())
    box.save_button.click()
    chosen = next(each for each in bench.frame.findChildren(Box) if each.isVisible() and each.keys)
    chosen.keys["1"].click()
    bench.wait(lambda: list((bench.folder / "ult-desktop").glob("Laporan November 2026.pdf")))


def test_a_signed_summary_is_made_once_the_keys_are_open_and_by_a_key(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    made = bench.folder / "ult-desktop" / "Rekap BPMP-65 2026-11.ultrekap"
    settings = bench.office.read(office_rows.load).settings
    settings = replace(settings, office=replace(settings.office, code="BPMP-65"))
    bench.do(ChangeSettings(settings=settings), bench.sign_in("admin", Role.ADMIN))
    bench.sign_in("kepala", Role.HEAD)
    bench.set_time("2026-12-01 07:30")
    page = bench.open(ReportsPage)
    watch = SummaryWatch(bench.host, page)
    bench.wait(made.exists)
    content = made.read_bytes()
    assert read_signed(content).summary.month == "2026-11"
    bench.wait(lambda: bench.toast == f"Rekap untuk pusat siap dikirim: {made}")
    made.unlink()
    watch.refresh()
    page.period.choose(page.period.period.moved(-1))
    bench.wait(lambda: page.report is not None and page.report.period.name == "2026-11")
    page.save_button.click()
    box = next(each for each in bench.frame.findChildren(Box) if each.isVisible() and each.keys)
    next(each for each in box.keys.values() if each.text().endswith("untuk pusat")).click()
    bench.wait(made.exists)
    assert read_signed(made.read_bytes()).key == read_signed(content).key
