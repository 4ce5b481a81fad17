"""The kiosk is left by an officer and by nobody else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import PIN, KioskBench
from tests.ui.kiosk.test_window import LEFT, screen_of, touch
from tests.ui.shown import ask_pin, lock
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.visit import Screen

QUICK = KioskTimes(hold=30, deaf=0)


def hold(kiosk: KioskBench) -> None:
    QTest.mousePress(kiosk.window.corner, LEFT, pos=QPoint(20, 20))


def type_pin(kiosk: KioskBench, pin: str) -> None:
    for digit in pin:
        touch(kiosk.window.shell.pin.page.keys[digit])


def test_the_corner_held_and_the_pin_lead_out(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=QUICK)
    lock(kiosk.window, on=True)
    hold(kiosk)
    qtbot.waitUntil(lambda: screen_of(kiosk) is Screen.PIN)
    with qtbot.waitSignal(kiosk.window.left):
        type_pin(kiosk, PIN)
    assert not kiosk.window.isVisible()


def test_a_short_touch_of_the_corner_does_nothing(kiosk: KioskBench) -> None:
    hold(kiosk)
    QTest.mouseRelease(kiosk.window.corner, LEFT, pos=QPoint(20, 20))
    assert not kiosk.window.corner._timer.isActive()


def test_a_finger_that_slides_off_the_corner_does_nothing(kiosk: KioskBench) -> None:
    hold(kiosk)
    QTest.mouseMove(kiosk.window.corner, QPoint(400, 400))
    assert not kiosk.window.corner._timer.isActive()


def test_three_wrong_pins_lead_home(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=QUICK)
    ask_pin(kiosk.window)
    type_pin(kiosk, "11111111")
    assert kiosk.window.shell.pin.page.words.text() == "PIN salah."
    type_pin(kiosk, "1111")
    assert kiosk.window.flow.scene.visit.is_at_start


def test_who_guesses_finds_the_corner_deaf_for_a_while(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=QUICK)
    for _n in range(3):
        ask_pin(kiosk.window)
        type_pin(kiosk, "1111")
        touch(kiosk.window.shell.pin.page.cancel_button)
    corner = kiosk.window.corner
    hold(kiosk)
    assert not corner._timer.isActive()
    corner.ignore(0)
    qtbot.waitUntil(lambda: not corner._pause.isActive())
    hold(kiosk)
    qtbot.waitUntil(lambda: screen_of(kiosk) is Screen.PIN)


def test_the_pin_from_the_keyboard(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=QUICK)
    ask_pin(kiosk.window)
    pin = kiosk.window.shell.pin.page
    QTest.keyClicks(pin, "138")
    QTest.keyClick(pin, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(kiosk.window.left):
        QTest.keyClicks(pin, "79")


def test_a_trial_ticket_after_hours_is_no_number(set_up: SetUp, picture: Picture, qtbot: QtBot) -> None:
    closed = samples.board(OpeningStatus(state=Openness.OUTSIDE_HOURS))
    kiosk = set_up(closed, times=QUICK)
    ask_pin(kiosk.window)
    page = kiosk.window.shell.pin.page
    touch(page.trial_button)
    type_pin(kiosk, "1111")
    assert not kiosk.spool.papers
    picture(kiosk.window, "kiosk-trial-ticket-1080x1920")
    type_pin(kiosk, PIN)
    name, paper = kiosk.spool.papers[-1]
    assert (name, paper.office[1], paper.code) == ("", closed.office.name, "CONTOH")
    kiosk.spool.settle(PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    qtbot.waitUntil(lambda: page.words.text() == PrinterState.PAPER_OUT.word)
    assert not kiosk.link.requests
    with qtbot.waitSignal(kiosk.window.left):
        type_pin(kiosk, PIN)


@pytest.mark.parametrize("leave", ["cancel", "escape"])
def test_the_pin_can_be_given_up(set_up: SetUp, leave: str) -> None:
    kiosk = set_up(times=QUICK)
    ask_pin(kiosk.window)
    if leave == "cancel":
        touch(kiosk.window.shell.pin.page.cancel_button)
    else:
        QTest.keyClick(kiosk.window.shell.pin.page, Qt.Key.Key_Escape)
    assert kiosk.window.flow.scene.visit.is_at_start


def test_the_window_refuses_to_close(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up()
    kiosk.window.fill_screen()
    qtbot.waitUntil(lambda: kiosk.window.size() == kiosk.window.screen().size())
    assert not kiosk.window.close()
    assert kiosk.window.isVisible()
    assert kiosk.window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert kiosk.window.contextMenuPolicy() is Qt.ContextMenuPolicy.PreventContextMenu
