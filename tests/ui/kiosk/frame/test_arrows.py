"""The kiosk from the keyboard alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import screen_of, touch
from tests.ui.look import targets
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.visit import Screen

Key = Qt.Key


def press(kiosk: KioskBench, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(kiosk.window.windowHandle(), key)


def test_arrows_lead_over_the_cards_and_enter_takes(kiosk: KioskBench) -> None:
    cards = kiosk.window.shell.home.grid.cards
    press(kiosk, Key.Key_Down)
    assert kiosk.window.focusWidget() in (cards[0], cards[0].corner)
    cards[0].setFocus()
    press(kiosk, Key.Key_Down)
    assert kiosk.window.focusWidget() is cards[2]
    press(kiosk, Key.Key_Left)
    assert kiosk.window.focusWidget() is cards[2]
    press(kiosk, Key.Key_Return)
    assert kiosk.link.asked[0].service_id == 3


def test_a_key_closes_the_number(kiosk: KioskBench, qtbot: QtBot) -> None:
    press(kiosk, Key.Key_1)
    qtbot.waitUntil(lambda: kiosk.link.asked != [])
    kiosk.link.answer(samples.issued())
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: kiosk.window.shell.taken.has_paper)
    press(kiosk, Key.Key_Return)
    assert kiosk.window.flow.scene.visit.is_at_start
    assert not kiosk.window.shell.taken.countdown.is_running


def test_a_digit_takes_the_number_of_a_card(kiosk: KioskBench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(kiosk.window.keys.digit):
        press(kiosk, Key.Key_9)
    assert kiosk.link.asked == []
    with qtbot.waitSignal(kiosk.window.keys.digit):
        press(kiosk, Key.Key_6)
    assert kiosk.link.asked[0].service_id == 6
    with qtbot.waitSignal(kiosk.window.keys.digit):
        touch(kiosk.window.shell.home.bar)
        press(kiosk, Key.Key_1)
    assert len(kiosk.link.asked) == 1


def test_escape_goes_back(kiosk: KioskBench) -> None:
    touch(kiosk.window.shell.home.bar)
    assert screen_of(kiosk) is Screen.GROUND
    press(kiosk, Key.Key_Escape)
    assert screen_of(kiosk) is Screen.HOME


def test_every_target_has_a_name_for_screen_readers(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    for next_step in (None, shell.home.bar, shell.grounds.page.grid.cards[0]):
        if next_step is not None:
            touch(next_step)
        nameless = [each for each in targets(kiosk.window) if not _name(each)]
        assert nameless == []


def _name(target: object) -> str:
    assert isinstance(target, QAbstractButton)
    return target.accessibleName() or target.text()
