"""Nobody is sent away unasked, and nobody who left keeps the kiosk from the next one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.code.test_codes import open_book
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import CALM, KioskBench
from tests.ui.kiosk.test_window import card, screen_of, touch, touch_window
from tests.ui.shown import timer_of
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen


def asked(kiosk: KioskBench) -> bool:
    shell = kiosk.window.shell
    return shell.page is shell.still_there.built


def words(kiosk: KioskBench) -> list[str]:
    return [each.text() for each in kiosk.window.shell.still_there.page.lines if each.text()]


def take_without_paper(kiosk: KioskBench) -> None:
    kiosk.spool.on_state(PrinterState.NONE)
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())


def test_the_times_are_those_of_the_page() -> None:
    """docs/screens.md, "Kiosk times"."""
    times = KioskTimes()
    assert (times.idle, times.grace, times.stay, times.stay_large) == (25_000, 15_000, 15_000, 30_000)
    assert times.photo + times.grace == 60_000


def test_a_visitor_is_asked_by_sight_and_sound_and_goes_on(kiosk: KioskBench, qtbot: QtBot) -> None:
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    touch_window(kiosk.window.shell.head)
    assert timer_of(kiosk.window.waiting.patience).interval() == CALM.idle
    with qtbot.waitSignal(kiosk.window.attention):
        kiosk.fall_silent()
    page = kiosk.window.shell.still_there.page
    assert (asked(kiosk), page.title.text(), page.countdown.is_running) == (True, "Masih di sana?", True)
    touch(page.action_button)
    assert screen_of(kiosk) is Screen.GROUND
    assert kiosk.window.shell.page is kiosk.window.shell.grounds.page
    kiosk.fall_silent(2)
    assert kiosk.window.flow.scene.visit.is_at_start
    assert not page.countdown.is_running


@pytest.mark.parametrize("way", ["card", "key", "done"])
def test_every_touch_and_key_says_yes_but_one_button(kiosk: KioskBench, way: str) -> None:
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    kiosk.fall_silent()
    page = kiosk.window.shell.still_there.page
    if way == "key":
        QTest.keyClick(page, Qt.Key.Key_B)
    else:
        touch(page if way == "card" else page.ready_button)
    assert not asked(kiosk)
    assert screen_of(kiosk) is (Screen.HOME if way == "done" else Screen.GROUND)


def test_what_was_typed_goes_after_two_questions_only(kiosk: KioskBench) -> None:
    open_book(kiosk)
    page = kiosk.window.shell.writing.page
    QTest.keyClicks(page, "Dedi")
    kiosk.fall_silent()
    assert words(kiosk)[-1] == "Isian Anda masih ada."
    kiosk.fall_silent()
    assert words(kiosk)[-1] == "Isian Anda akan dihapus."
    touch(kiosk.window.shell.still_there.page.action_button)
    assert (kiosk.window.shell.page, page.text) == (page, "Dedi")
    kiosk.fall_silent(3)
    assert (kiosk.window.flow.scene.visit.is_at_start, page.text) == (True, "")


def test_who_touched_nothing_is_not_asked(kiosk: KioskBench) -> None:
    touch_window(kiosk.window.shell.head)
    kiosk.fall_silent()
    assert not asked(kiosk)
    touch(kiosk.window.shell.foot.languages["en"])
    kiosk.fall_silent()
    assert asked(kiosk)


def test_without_paper_a_number_stays_until_its_visitor_is_done(kiosk: KioskBench) -> None:
    take_without_paper(kiosk)
    taken = kiosk.window.shell.taken
    touch(taken)
    touch(taken.paper)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Escape)
    assert screen_of(kiosk) is Screen.TAKEN
    assert not taken.countdown.is_running
    touch(taken.ready_button)
    assert screen_of(kiosk) is Screen.HOME


def test_without_paper_a_number_that_was_left_makes_room(kiosk: KioskBench) -> None:
    take_without_paper(kiosk)
    assert timer_of(kiosk.window.waiting.patience).interval() == CALM.photo
    kiosk.fall_silent()
    assert words(kiosk)[-1] == "Nomor Anda A012 tetap berlaku."
    touch(kiosk.window.shell.still_there.page.action_button)
    assert kiosk.window.shell.page is kiosk.window.shell.taken
    kiosk.fall_silent(2)
    assert screen_of(kiosk) is Screen.HOME


@pytest.mark.parametrize(("large", "stays"), [(False, 40_000), (True, 50_000)])
def test_a_number_stays_longer_in_large_text(set_up: SetUp, qtbot: QtBot, large: bool, stays: int) -> None:
    kiosk = set_up(times=KioskTimes(deaf=0, stay=40_000, stay_large=50_000))
    if large:
        touch(kiosk.window.shell.foot.options_button)
        touch(kiosk.window.shell.options.page.sizes.keys[1])
        touch(kiosk.window.shell.options.page.ready_button)
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    kiosk.spool.settle(PrintOutcome.PRINTED)
    countdown = kiosk.window.shell.taken.countdown
    qtbot.waitUntil(lambda: countdown.is_running)
    assert countdown._animation.duration() == stays
    kiosk.fall_silent()
    assert screen_of(kiosk) is Screen.TAKEN
