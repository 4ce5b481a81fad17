"""The page Susunan loket on a real office: another plan, the cheapest ones, next week; and nothing to say."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD
from tests.ui.conftest import Picture, Show
from tests.ui.counter.pages.bench import Bench
from tests.ui.opened_files import OpenedFiles
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.office.template import Closure, Weekly
from ult_desktop.core.queue import commands
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.reports import staffing_page
from ult_desktop.ui.counter.reports.staffing_page import StaffingPage, StaffingQuestion

STATION = Actor(station="kios-1")


@pytest.fixture
def bench(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[Bench]:
    """A crowd at one counter on two days of November; the head looks at it in December."""
    made = Bench(qtbot, show, tmp_path)
    for day in (26, 27):
        made.set_time(f"2026-11-{day} 08:00")
        siti = made.sign_in("siti", Role.FRONT_OFFICE)
        made.do(commands.StaffCounter(counter=1), siti)
        for n in range(8):
            made.do(commands.IssueTicket(service_id=1 + n % 2), STATION)
        for _n in range(8):
            made.do(commands.CallNext(counter=1), siti)
            made.later(1)
            made.do(commands.Arrive(counter=1), siti)
            made.later(14)
            made.do(commands.Finish(counter=1), siti)
    made.set_time("2026-12-01 09:00")
    made.sign_in("kepala", Role.HEAD)
    yield made
    made.close()


@pytest.fixture
def page(bench: Bench) -> StaffingPage:
    page = bench.open(StaffingPage)
    answered(bench, page)
    return page


def answered(bench: Bench, page: StaffingPage) -> None:
    bench.wait(lambda: page._shown_query == page.query and page.progress.isHidden())


def words(page: StaffingPage) -> list[list[str]]:
    return page.view.table.words


def choose(bench: Bench, page: StaffingPage, choice: object, value: object) -> None:
    choice.setCurrentIndex(choice.findData(value))  # type: ignore[attr-defined]
    choice.activated.emit(choice.currentIndex())  # type: ignore[attr-defined]
    answered(bench, page)


def test_one_counter_more_is_seen_before_and_after(
    bench: Bench, page: StaffingPage, picture: Picture
) -> None:
    assert page.period.words.text() == "November 2026"
    assert page.summary.text().startswith("Menunggu lebih dari 15 menit: 12 → 12 dari 16 pengunjung")
    choose(bench, page, page.count, 2)
    assert "12 → 8 dari 16" in page.summary.text()
    assert [row[0] for row in words(page)] == ["08.00"]
    page.part.setCurrentIndex(page.part.findData("services"))
    assert len(words(page)) == 2
    picture(bench.window, "susunan-loket-1366x768")
    choose(bench, page, page.count, None)
    choose(bench, page, page.away, 1)
    assert "tidak terpanggil: 16" in page.summary.text()


def test_it_speaks_english(bench: Bench, picture: Picture) -> None:
    use_language("en")
    page = bench.open(StaffingPage, contrast="kontras")
    answered(bench, page)
    page.part.setCurrentIndex(page.part.findData("services"))
    picture(bench.window, "susunan-loket-en-1366x768")


def test_the_cheapest_plan_is_saved_as_a_roster(
    bench: Bench, page: StaffingPage, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.questions[StaffingQuestion.CHEAPEST].click()
    answered(bench, page)
    page.part.setCurrentIndex(page.part.findData("roster"))
    assert words(page)[0][0] == "Loket ke-1"
    picture(bench.window, "susunan-termurah-1366x768")
    seen = OpenedFiles()
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    monkeypatch.setattr(QDesktopServices, "openUrl", seen)
    page.print_button.click()
    bench.wait(lambda: seen)
    assert seen[0].read_bytes().startswith(b"%PDF")


def test_next_week_says_why_it_says_nothing(bench: Bench, page: StaffingPage, picture: Picture) -> None:
    page.questions[StaffingQuestion.NEXT_WEEK].click()
    answered(bench, page)
    assert page.view.note.text() == "Baru 2 hari kerja tercatat; perkiraan perlu 15."
    assert page.period.isHidden()
    picture(bench.window, "minggu-depan-kosong-1366x768")


def test_an_answer_that_was_lost_with_the_share_is_asked_for_again(
    bench: Bench, page: StaffingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(page.host, "read", lambda *_given: None)
        page.questions[StaffingQuestion.NEXT_WEEK].click()
    bench.link.connection_changed.emit(Connection.ONLINE)
    page.refresh()
    answered(bench, page)
    assert page.view.note.text().startswith("Baru 2 hari kerja")


def test_an_outage_is_no_answer_about_a_period(
    bench: Bench, page: StaffingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise ShareUnreachable("Penyimpanan kantor tidak menjawab.")

    monkeypatch.setattr(staffing_page, "read_staffing", fail)
    with pytest.raises(ShareUnreachable):
        staffing_page._read_days(page.period.period, bench.office)


@pytest.mark.slow
def test_next_week_has_a_range_for_each_open_day(bench: Bench, picture: Picture) -> None:
    admin, open_ = bench.office.sign_in("admin", PASSWORD), ("08.00-15.00",)
    settings = bench.office.read(office_rows.load).settings
    hours = Weekly(monday=open_, tuesday=open_, wednesday=open_, thursday=open_, friday=("08.00-14.00",))
    closed = (Closure(date(2026, 12, 23), "Rapat kerja"),)
    bench.do(ChangeSettings(settings=replace(settings, hours=hours, closures=closed)), admin)
    for day in (date(2026, 11, 30) + timedelta(n) for n in range(1, 18)):
        if day.weekday() < 5:
            for hour, visitors in ((8, 4), (9, 6), (10, 5), (11, 3), (13, 2 + day.day % 3)):
                for n in range(visitors):
                    bench.set_time(f"{day} {hour:02}:{7 * n:02}")
                    bench.do(commands.IssueTicket(service_id=1 + n % 2), STATION)
    bench.set_time("2026-12-18 09:00")
    bench.sign_in("kepala", Role.HEAD)
    page = bench.open(StaffingPage)
    answered(bench, page)
    page.questions[StaffingQuestion.NEXT_WEEK].click()
    answered(bench, page)
    rows = words(page)
    assert len(rows) == 7
    assert rows[2][-1] == "Rapat kerja"
    expected, low, high = map(int, rows[0][1:4])
    assert low <= expected <= high
    assert low <= 21 <= high
    picture(bench.window, "minggu-depan-1366x768")
    page.part.setCurrentIndex(page.part.count() - 1)
    picture(bench.window, "minggu-depan-jam-1366x768")


def test_a_month_without_calls_says_so(bench: Bench, page: StaffingPage) -> None:
    page.period.go(-1)
    answered(bench, page)
    assert page.summary.text() == "Tidak ada yang dipanggil dalam Oktober 2026."
    assert not page.save_button.isEnabled()
    page.period.go(1)
    answered(bench, page)
    assert page.save_button.isEnabled()


def test_only_who_sets_the_office_sees_it(bench: Bench) -> None:
    assert not StaffingPage.is_for(bench.sign_in("resi", Role.RECEPTION))


def test_a_search_is_stopped_and_large_text_has_room(
    bench: Bench, page: StaffingPage, picture: Picture
) -> None:
    page.theme.set_text_size(130)
    picture(bench.window, "susunan-loket-130-1366x768")
    page.questions[StaffingQuestion.CHEAPEST].click()
    assert page.stop_button.isVisible()
    page.stop_button.click()
    answered(bench, page)
    assert page.summary.text() == "Dihentikan."
    assert not page.save_button.isEnabled()
    page.limit.setCurrentIndex(page.limit.findData(30))
    page.limit.activated.emit(page.limit.currentIndex())
    answered(bench, page)
    assert page.save_button.isEnabled()
    picture(bench.window, "susunan-termurah-130-1366x768")


def test_a_plan_by_half_hour_comes_from_a_file(bench: Bench, page: StaffingPage, tmp_path: Path) -> None:
    plan = tmp_path / "susunan.toml"
    plan.write_text('open = {"07.30" = 1, "08.00" = 3}\n[[counters]]\nnumber = 2\nserves = ["A"]\n')
    page.take_file(str(plan))
    bench.wait(
        lambda: page._shown_query is not None and page._shown_query.plan.open == {"07.30": 1, "08.00": 3}
    )
    answered(bench, page)
    assert "12 → " in page.summary.text()
    plan.write_text("[[counters]]\nnumber = 60\naway = true\n")
    page.take_file(str(plan))
    bench.wait(lambda: bench.toast.startswith("Loket 60 tidak ada"))
    assert page.query.plan.open == {"07.30": 1, "08.00": 3}
