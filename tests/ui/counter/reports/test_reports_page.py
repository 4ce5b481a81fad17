"""The page Laporan on a real office: periods, filters, charts with their tables, and files."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.figures.period import Span
from ult_desktop.core.queue import commands
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.figures.made_reports import make_due
from ult_desktop.reports.forms import filed
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.reports.made_box import MadeReportsBox
from ult_desktop.ui.counter.reports.page import ReportsPage
from ult_desktop.ui.counter.survey.page import SurveyPage
from ult_desktop.ui.kit.dialogs import Box

STATION = Actor(station="kios-1")


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


def words(page: ReportsPage) -> list[list[str]]:
    return page.view.table._words


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
    see(page, "late_steps")
    assert (page.view.note.text(), page.view.table.isHidden()) == ("Tidak ada dalam periode ini.", True)


def test_another_period_and_a_part_of_the_office(bench: Bench, page: ReportsPage) -> None:
    page.period.spans[Span.WEEK].click()
    bench.wait(lambda: page.tiles.tiles[0].value.text() == "8")
    assert page.tiles.tiles[0].change.text() == "+60 % · sebelumnya 5"
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


@pytest.mark.parametrize(("choice", "begins"), [("1", b"%PDF"), ("2", b"PK"), ("5", b"\xef\xbb\xbf")])
def test_a_report_is_saved_in_the_documents(
    bench: Bench, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, choice: str, begins: bytes
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    page.save.click()
    bench.box().keys[choice].click()
    bench.wait(lambda: "Tersimpan" in bench.toast)
    (saved,) = (bench.folder / "ult-desktop").iterdir()
    assert saved.read_bytes().startswith(begins)


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
    assert (page.fill.isVisible(), page.more.isVisible()) == (False, False)


def test_what_was_made_by_itself_is_told_saved_and_made_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    bench.set_time("2026-12-01 07:30")
    disk = bench.folder / "cadangan"
    disk.mkdir()
    task = MaintenanceTask(
        bench.office.path, bench.folder / "upkeep.db", "loket-1", disk, partial(make_due, files=filed)
    )
    keeper = FileMaintainer(task, bench.office.clock)
    keeper.look()
    keeper.close()
    page = bench.open(ReportsPage)
    bench.wait(lambda: page.news.words.text() == "Laporan baru: Rekap Bulanan: November 2026.")
    picture(bench.window, "laporan-baru")
    page.ready.click()
    box = bench.box()
    assert isinstance(box, MadeReportsBox)
    bench.wait(lambda: box.rows.count == 1)
    assert "Rekap Layanan untuk Umum: November 2026: menunggu" in box.due.words.text()
    box.rows.choose(1)
    picture(box, "laporan-jadi")
    box.again.click()
    bench.wait(lambda: "Rekap Bulanan: November 2026" in box.due.words.text())
    box.save.click()
    chosen = next(each for each in bench.frame.findChildren(Box) if each.isVisible() and each.keys)
    chosen.keys["1"].click()
    bench.wait(lambda: list((bench.folder / "ult-desktop").glob("Rekap-Bulanan-November-2026.pdf")))
