"""Panggil petugas: from every page, answered by name, and offered to whoever gets nowhere."""

from dataclasses import replace

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.code.test_codes import open_book
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import CUT, tour
from tests.ui.kiosk.stand import CALM, KioskBench
from tests.ui.kiosk.test_window import screen_of, touch, touch_window
from tests.ui.shown import timer_of
from ult_desktop.core.care.commands import CallOfficer
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.core.queue.ticket import Help
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen


def calls(kiosk: KioskBench) -> int:
    return sum(isinstance(each.ask, CallOfficer) for each in kiosk.link.requests)


def title(kiosk: KioskBench) -> str:
    page = kiosk.window.shell.call.page
    assert kiosk.window.shell.page is page
    return page.title.text()


def call(kiosk: KioskBench) -> None:
    touch(kiosk.window.shell.foot.call_button)


def test_the_page_says_who_is_coming(kiosk: KioskBench) -> None:
    call(kiosk)
    kiosk.link.answer_last(samples.kiosk_alert())
    assert title(kiosk) == "Petugas sedang dipanggil"
    kiosk.link.office.alerts[1] = samples.kiosk_alert("Joko Prasetyo")
    kiosk.link.changed.emit()
    assert title(kiosk) == "Joko Prasetyo menuju Anda"
    touch(kiosk.window.shell.foot.back_button)
    assert screen_of(kiosk) is Screen.HOME
    assert kiosk.window.shell.foot.call_button.accessibleName() == "Petugas dipanggil"
    call(kiosk)
    assert (calls(kiosk), title(kiosk)) == (0, "Joko Prasetyo menuju Anda")
    kiosk.window.end_visit()
    assert kiosk.window.shell.foot.call_button.accessibleName() == "Panggil petugas"


@pytest.mark.parametrize("state", [Openness.OUTSIDE_HOURS, Openness.HOLIDAY, Openness.PAUSED])
def test_a_closed_kiosk_calls_too(kiosk: KioskBench, state: Openness) -> None:
    kiosk.link.show_board(opening=OpeningStatus(state=state))
    call(kiosk)
    assert (calls(kiosk), title(kiosk)) == (1, "Petugas sedang dipanggil")
    touch(kiosk.window.shell.foot.back_button)
    assert kiosk.window.shell.page is kiosk.window.shell.notice


@pytest.mark.slow
def test_no_page_is_without_it(kiosk: KioskBench) -> None:
    """Closed, paused and cut off, beside a number and while something is typed; but not beside a PIN."""
    key = kiosk.window.shell.foot.call_button
    words = ("Panggil petugas", "Petugas dipanggil")
    without = [
        shown.name
        for shown in tour(kiosk)
        if not (key.isVisible() and key.isEnabled() and key.accessibleName() in words)
    ]
    assert without == ["pin"]


def test_cut_off_it_says_so_and_is_heard(kiosk: KioskBench) -> None:
    kiosk.link.connect_as(Connection.OFFLINE)
    heard: list[bool] = []
    kiosk.window.attention.connect(lambda: heard.append(True))
    call(kiosk)
    kiosk.link.answer_last(CUT)
    assert (title(kiosk), heard) == ("Petugas belum bisa diberi tahu", [True])
    touch(kiosk.window.shell.call.page.action_button)
    assert (calls(kiosk), title(kiosk)) == (1, "Petugas sedang dipanggil")


@pytest.mark.slow
def test_what_was_typed_waits_until_the_visitor_is_back(kiosk: KioskBench) -> None:
    open_book(kiosk)
    shell = kiosk.window.shell
    shell.writing.page.add("D")
    call(kiosk)
    touch(shell.foot.options_button)
    assert kiosk.window.shell.page is shell.options.page
    touch(shell.options.page.sizes.keys[1])
    touch(shell.foot.back_button)
    assert (shell.page, shell.writing.page.text) == (shell.writing.page, "D")
    kiosk.window.end_visit()
    kiosk.window.flow.go(KioskVisit().asks_code(CodePurpose.ANY))
    shell.code.page.add("A")
    touch(shell.foot.options_button)
    touch(shell.options.page.ready_button)
    assert (shell.page, shell.code.page.text) == (shell.code.page, "A")


def test_who_waits_for_an_officer_is_not_asked_whether_they_are_there(set_up: SetUp) -> None:
    times = replace(CALM, idle=1, helped=CALM.idle)
    kiosk = set_up(times=times)
    patience = kiosk.window.waiting.patience
    open_book(kiosk)
    call(kiosk)
    assert timer_of(patience).interval() == times.helped
    kiosk.link.answer_last(samples.kiosk_alert())
    touch(kiosk.window.shell.foot.back_button)
    assert timer_of(patience).interval() == times.helped
    kiosk.link.office.alerts[1] = samples.kiosk_alert("Joko Prasetyo")
    kiosk.link.changed.emit()
    assert timer_of(patience).interval() == times.helped
    assert kiosk.window.flow.scene.book is not None


def test_a_call_that_nobody_answers_sends_the_visitor_to_the_desk(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=replace(CALM, unanswered=1))
    heard: list[bool] = []
    kiosk.window.attention.connect(lambda: heard.append(True))
    call(kiosk)
    kiosk.link.answer_last(samples.kiosk_alert())
    qtbot.waitUntil(lambda: bool(heard))
    assert title(kiosk) == "Belum ada petugas yang menjawab"
    page = kiosk.window.shell.call.page
    assert [line.text() for line in page.lines[:2]] == ["Silakan ke meja petugas.", "Telepon: (0551) 2028123"]
    kiosk.link.office.alerts[1] = samples.kiosk_alert()
    kiosk.link.changed.emit()
    assert title(kiosk) == "Belum ada petugas yang menjawab"
    touch(page.action_button)
    assert (calls(kiosk), title(kiosk)) == (1, "Petugas sedang dipanggil")
    kiosk.link.answer_last(samples.kiosk_alert("Joko Prasetyo"))
    assert title(kiosk) == "Joko Prasetyo menuju Anda"


def test_an_office_without_an_open_counter_is_honest_at_once(kiosk: KioskBench) -> None:
    lines = tuple(msgspec.structs.replace(line, counters_open=0) for line in samples.board().lines)
    kiosk.link.show_board(lines=lines)
    call(kiosk)
    kiosk.link.answer_last(samples.kiosk_alert())
    words = [line.text() for line in kiosk.window.shell.call.page.lines]
    assert words[:2] == ["Tidak ada loket yang buka sekarang.", "Silakan ke meja petugas."]


def test_an_answer_for_who_has_left_is_for_nobody(kiosk: KioskBench) -> None:
    call(kiosk)
    kiosk.window.end_visit()
    kiosk.link.answer_last(samples.kiosk_alert())
    call(kiosk)
    kiosk.window.end_visit()
    kiosk.link.answer_last(CUT)
    assert kiosk.window.flow.scene.call is None


def test_who_gets_nowhere_is_offered_an_officer(set_up: SetUp) -> None:
    kiosk = set_up(times=replace(CALM, fruitless=0))
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    for _turn in range(3):
        touch_window(kiosk.window.shell.head)
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.HELP))  # that led somewhere
    kiosk.window.shell.helps.page.cards[Help.CANE].setChecked(True)
    for _turn in range(3):
        touch_window(kiosk.window.shell.head)
    assert screen_of(kiosk) is Screen.HELP
    touch_window(kiosk.window.shell.head)
    assert (title(kiosk), calls(kiosk)) == ("Perlu bantuan petugas?", 0)
    touch(kiosk.window.shell.call.page.action_button)
    assert (title(kiosk), calls(kiosk)) == ("Petugas sedang dipanggil", 1)


def test_a_visitor_in_a_wheelchair_reaches_everything_at_once(kiosk: KioskBench) -> None:
    flow, shell = kiosk.window.flow, kiosk.window.shell
    flow.go(KioskVisit().goes_to(Screen.GROUND))
    touch(shell.grounds.page.grid.cards[1])
    touch(shell.helps.page.cards[Help.CANE])
    touch(shell.helps.page.go_on_button)
    assert flow.scene.view == View()
    touch(shell.foot.back_button)
    touch(shell.helps.page.cards[Help.WHEELCHAIR])
    touch(shell.helps.page.go_on_button)
    assert flow.scene.view == View(low_reach=True)
    kiosk.window.end_visit()
    assert flow.scene.view == View()
