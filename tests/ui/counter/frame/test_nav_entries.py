"""With a counter and without one: which pages an officer has, how they are reached, what they count."""

import re
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD
from tests.reports.pdf_words import pages_and_words
from tests.ui.conftest import Picture, Show
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.pages.sample import SamplePage, SampleTab
from tests.ui.look import assert_targets
from tests.ui.shown import is_told, tick
from ult_desktop.base.config import StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Actor, Permission, Role
from ult_desktop.core.accountability.commands import AnswerAbsence
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspace import Workspace
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.pages.page import VisitTab, WorkPage
from ult_desktop.ui.counter.queue.hall_page import DayPage, HallDayPage, HallPage
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast, Theme

NAMES = (
    ("Tamu", "book-open", "visitors"),
    ("Pendampingan", "accessibility", "visitors"),
    ("Permohonan", "files", "requests"),
    ("Telepon", "phone", "requests"),
    ("Daring", "globe", "requests"),
    ("Eskalasi", "messages-square", "requests"),
    ("Janji temu", "calendar-check", "requests"),
    ("Survei", "smile", "quality"),
    ("Penyimpangan", "triangle-alert", "quality"),
    ("Penugasan", "user-cog", "quality"),
)


def seven(count: int, _tx: Transaction, _now: int, _actor: Actor) -> int:
    return count


def page_called(words: str, icon: str, group_name: str, count: int) -> type[WorkPage]:
    class Named(SamplePage):
        """One of the pages that there will be."""

        name, icon_name, group = words.lower(), icon, group_name
        needs: frozenset[Permission] = frozenset()
        title = staticmethod(lambda: words)
        waiting = staticmethod(partial(seven, count))

    return Named


MANY = tuple(
    page_called(*name, count) for name, count in zip(NAMES, (0, 3, 12, 0, 128, 0, 0, 1, 0, 0), strict=True)
)


def tab_called(called: str, words: str, icon: str) -> type[VisitTab]:
    class Named(SampleTab):
        """One of the tabs that there will be."""

        name, icon_name = called, icon
        title = staticmethod(lambda: words)

    return Named


FOUR = (
    tab_called("visitor", "Pengunjung", "user-round"),
    tab_called("case", "Permohonan", "files"),
    tab_called("steps", "Langkah POS", "clipboard-list"),
    tab_called("history", "Riwayat", "history"),
)
LOOKS: list[tuple[tuple[int, int], str, Contrast]] = [
    ((1366, 768), "id", "light"),
    ((1366, 768), "en", "kontras"),
    ((1920, 1080), "id", "light"),
]


class RealCounter:
    """The real window on the bench's office."""

    def __init__(self, bench: Bench, qtbot: QtBot, show: Show) -> None:
        self.bench, self.qtbot, self._show = bench, qtbot, show

    def open(
        self,
        pages: tuple[type[WorkPage], ...] = (),
        tabs: tuple[type[VisitTab], ...] = (),
        size: tuple[int, int] = (1366, 768),
        contrast: Contrast = "light",
    ) -> CounterWindow:
        theme = Theme.for_window("counter", *size, contrast)
        services = CounterServices(drafts=self.bench.drafts, print_paper=print, pages=pages, tabs=tabs)
        self.window = CounterWindow(self.bench.link, theme, StationConfig(), self.bench.now, services)
        self._show(self.window, *size)
        self.window.activateWindow()
        self.bench.wait(self.window.isActiveWindow)
        self.bench.wait(self.window.sign_in.button.isEnabled)
        return self.window

    def sign_in(self, login: str) -> Workspace:
        page = self.window.sign_in
        page.officer.setCurrentIndex(page.officer.findData(login))
        page.password.setText(PASSWORD)
        page.button.click()
        self.bench.wait(lambda: self.window.workspace is not None and self.window.workspace.isVisible())
        assert self.window.workspace is not None
        return self.window.workspace

    def boxes(self) -> list[Box]:
        return [each for each in self.window.findChildren(Box) if each.isVisible()]

    def box(self) -> Box:
        (box,) = self.boxes()
        return box

    def press(self, words: str) -> None:
        (button,) = (
            each for each in self.box().findChildren(type(self.window.sign_in.button)) if words in each.text()
        )
        button.click()

    @property
    def toast(self) -> str:
        toast = self.window.frame.toast
        return toast.label.text() if not toast.isHidden() else ""


@pytest.fixture
def counter(bench: Bench, qtbot: QtBot, show: Show) -> RealCounter:
    return RealCounter(bench, qtbot, show)


def take_numbers(bench: Bench) -> None:
    actor = bench.sign_in("nina")
    service = bench.office.kiosk_board().lines[0].service.id
    for ground in (None, PriorityReason.ELDERLY, None):
        bench.do(commands.IssueTicket(service_id=service, priority=ground), actor)


def day_of(workspace: Workspace) -> DayPage:
    page = workspace.pages["day"]
    assert isinstance(page, HallDayPage)
    workspace.show_page("day")
    return page.day


def hall_of(workspace: Workspace) -> HallPage:
    page = workspace.pages["queue"]
    assert isinstance(page, HallPage)
    return page


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
def test_look_of_a_full_rail_and_of_the_tabs(
    counter: RealCounter,
    bench: Bench,
    picture: Picture,
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    take_numbers(bench)
    for role in (Role.SECURITY, Role.RECEPTION):  # the line that asks takes its room from the page
        bench.do(AnswerAbsence(role=role, without=False), bench.office.sign_in("admin", PASSWORD))
    counter.open(MANY, FOUR, size, contrast)
    workspace = counter.sign_in("siti")
    assert isinstance(workspace, CounterWorkspace)
    counter.bench.wait(lambda: workspace.rail.pages.buttons["daring"].count == 128)
    workspace.action_requested.emit("call_next")
    tabs = workspace.queue.tabs
    assert tabs is not None
    bench.wait(tabs.isVisible)
    bench.wait(lambda: all(is_told(tab) for tab in tabs.tabs.values()))
    name = f"{size[0]}x{size[1]}-{language}-{contrast}"
    picture(counter.window, f"counter-rel-penuh-{name}")
    assert_targets(counter.window, 36)
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert tabs.stack.currentWidget() is tabs.tabs["steps"]
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: workspace.page == "tamu")
    picture(counter.window, f"counter-halaman-{name}")


def test_the_queue_key_works_on_every_page_but_del_does_not(counter: RealCounter, bench: Bench) -> None:
    take_numbers(bench)
    counter.open(MANY[:1], FOUR)
    workspace = counter.sign_in("siti")
    workspace.show_page("tamu")
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_F2)
    bench.wait(lambda: counter.window.session and counter.window.session.situation().current)  # type: ignore[union-attr]
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_Delete)
    assert not [box for box in counter.window.findChildren(Box) if box.isVisible()]
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    page = workspace.pages["tamu"]
    assert isinstance(page, SamplePage)
    assert page.numbers.search.hasFocus()
    workspace.show_page("day")
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert workspace.page == "queue"


def test_a_page_leads_to_another_and_the_language_keeps_it(counter: RealCounter, bench: Bench) -> None:
    take_numbers(bench)
    counter.open(MANY[:2])
    workspace = counter.sign_in("siti")
    first = workspace.pages["tamu"]
    assert isinstance(first, SamplePage)
    ticket = bench.office.hall_board().waiting[0].id
    first.host.open_page("pendampingan", ticket)
    second = workspace.pages["pendampingan"]
    assert isinstance(second, SamplePage)
    bench.wait(lambda: second.numbers.selected == ticket)
    first.host.open_page("tiada", 1)
    assert workspace.page == "pendampingan"
    workspace.rail.languages["en"].click()
    assert counter.window.workspace is not workspace
    assert counter.window.workspace is not None
    assert counter.window.workspace.page == "pendampingan"


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
def test_reception_works_without_a_counter(
    counter: RealCounter,
    bench: Bench,
    picture: Picture,
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    take_numbers(bench)
    counter.open(MANY[:1], FOUR, size, contrast)
    workspace = counter.sign_in("nina")
    hall = hall_of(workspace)
    bench.wait(lambda: hall.numbers.count == 3)
    assert list(workspace.pages) == ["queue", "tamu", "day"]
    bench.wait(lambda: hall.counters.height() >= hall.counters.minimumSizeHint().height())
    picture(counter.window, f"counter-tanpa-loket-{size[0]}x{size[1]}-{language}-{contrast}")
    assert_targets(counter.window, 36)
    assert counter.window.session is None
    tick(counter.window)
    assert counter.window.windowTitle() == "Nina Kartika"
    workspace.show_page("day")
    day = workspace.pages["day"]
    assert isinstance(day, HallDayPage)
    bench.wait(lambda: day.day.issued.value.text() == "3")


def test_the_days_sheet_has_the_end_of_the_log(
    counter: RealCounter, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    take_numbers(bench)
    counter.open()
    workspace = counter.sign_in("nina")
    workspace.show_page("day")
    day = workspace.pages["day"]
    assert isinstance(day, HallDayPage)
    day.day.sheet_button.click()
    counter.box().keys["2"].click()  # a PDF
    bench.wait(lambda: counter.toast.startswith("Tersimpan"))
    (paper,) = tmp_path.rglob("Lembar Hari *.pdf")
    _pages, words = pages_and_words(paper.read_bytes())
    assert re.search(r"\d:[0-9a-f]{16}", words)


def test_reception_takes_a_number_for_somebody(counter: RealCounter, bench: Bench, picture: Picture) -> None:
    counter.open()
    hall = hall_of(counter.sign_in("nina"))
    bench.wait(lambda: hall._board is not None)
    hall.numbers.focus_search()
    counter.qtbot.keyClick(hall.numbers.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = counter.box().form  # type: ignore[attr-defined]
    form.show_values({"service_id": hall._board.services[0].id, "priority": PriorityReason.ELDERLY})  # type: ignore[union-attr]
    picture(counter.box(), "counter-dialog-ambilkan-nomor")
    form.submit()
    bench.wait(lambda: counter.toast == "Nomor P001 untuk Informasi & Konsultasi.")
    bench.wait(lambda: hall.numbers.count == 1)


def test_reception_pauses_the_kiosks_and_the_head_closes_the_day(counter: RealCounter, bench: Bench) -> None:
    take_numbers(bench)
    counter.open()
    day = day_of(counter.sign_in("nina"))
    bench.wait(day.kiosks_button.isEnabled)
    assert day.kiosks_button.text() == "Jeda kios"
    day.kiosks_button.click()
    counter.press("Antrean penuh")
    bench.wait(lambda: day.kiosks_button.text() == "Buka kios")
    day.kiosks_button.click()
    bench.wait(lambda: day.kiosks_button.text() == "Jeda kios")
    assert not day.close_day_button.isHidden()
    counter.window.workspace.rail.leave.click()  # type: ignore[union-attr]
    bench.wait(counter.window.sign_in.button.isEnabled)
    workspace = counter.sign_in("kepala")
    assert workspace.page == "day", "the head begins with the day"
    day = day_of(workspace)
    bench.wait(day.close_day_button.isEnabled)
    hall = hall_of(workspace)
    assert hall.issue_button.isHidden()
    hall._issue()
    day.close_day_button.click()
    counter.press("Tutup hari")
    bench.wait(lambda: counter.toast == "Hari ditutup. Nomor yang ikut ditutup: 3.")


def test_the_head_takes_the_closing_back(counter: RealCounter, bench: Bench, picture: Picture) -> None:
    take_numbers(bench)
    bench.do(commands.CloseDay(reason="Selesai"), bench.sign_in("kepala"))
    counter.open()
    workspace = counter.sign_in("kepala")
    workspace.show_page("day")
    day = workspace.pages["day"]
    assert isinstance(day, HallDayPage)
    bench.wait(day.day.take_back_button.isEnabled)
    day.day.take_back_button.click()
    bench.wait(lambda: bool(counter.boxes()))
    picture(counter.box(), "counter-batalkan-tutup-hari")
    counter.press("Batalkan penutupan")
    bench.wait(lambda: counter.toast == "Nomor yang kembali: 3.")
    bench.wait(lambda: not day.day.take_back_button.isEnabled())


def test_who_has_no_page_is_told(counter: RealCounter, bench: Bench, picture: Picture) -> None:
    bench.engage("ucok", Role.RELATED_UNIT)
    counter.open()
    workspace = counter.sign_in("ucok")
    assert list(workspace.pages) == ["home"]
    picture(counter.window, "counter-tanpa-halaman-1366x768")
    bench.link.refused.emit(UserError("Daftar tidak terbaca."))
    assert counter.box().title.text() == "Daftar tidak terbaca."
    counter.box().close()
    workspace.rail.languages["en"].click()
    assert counter.window.workspace is not workspace
    bench.link.connection_changed.emit(Connection.OFFLINE)


def test_the_counter_is_suggested_by_role(counter: RealCounter) -> None:
    page = counter.open().sign_in
    page.officer.setCurrentIndex(page.officer.findData("nina"))
    assert page.counter.currentText() == "Tanpa loket"
    page.officer.setCurrentIndex(page.officer.findData("budi"))
    assert page.counter.currentData() == 1
    page.counter.setCurrentIndex(page.counter.findData(0))
    page.officer.setCurrentIndex(page.officer.findData("budi"))
    assert not isinstance(counter.sign_in("budi"), CounterWorkspace), "what was chosen by hand stays"


def test_who_serves_may_work_without_a_counter(counter: RealCounter, bench: Bench) -> None:
    page = counter.open().sign_in
    page.officer.setCurrentIndex(page.officer.findData("siti"))
    page.counter.setCurrentIndex(page.counter.findData(0))
    page.password.setText(PASSWORD)
    page.button.click()
    bench.wait(lambda: counter.window.workspace is not None)
    assert counter.window.session is None
    assert bench.office.counter_board(1).mine.officer_id is None
