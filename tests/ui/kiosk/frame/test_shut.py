"""Attempts of a visitor: the kiosk stays on the screen, stays itself, and gives away nothing.

What the system does with its own keys before a program hears of them is the system's to forbid: here is
what reaches the window.
"""

from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import PIN, KioskBench
from tests.ui.kiosk.test_window import LEFT, card, screen_of
from tests.ui.shown import ask_pin, lock
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.typing.scanner import LONGEST, Scanner
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen

ALT, CTRL, SHIFT, META, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.NoModifier,
)
F_KEYS = [Qt.Key(Qt.Key.Key_F1 + n) for n in range(24)]
CHORDS = [
    *product(F_KEYS, (NONE, ALT, CTRL, SHIFT)),
    *product((Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Space), (ALT, CTRL | SHIFT, META)),
    *product([Qt.Key(each) for each in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)], (CTRL, ALT, META)),
    *((key, NONE) for key in (Qt.Key.Key_Menu, Qt.Key.Key_Print, Qt.Key.Key_Meta, Qt.Key.Key_Super_L)),
    *((key, NONE) for key in (Qt.Key.Key_HomePage, Qt.Key.Key_LaunchMail, Qt.Key.Key_Back, Qt.Key.Key_Help)),
    *((key, CTRL) for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Delete, Qt.Key.Key_Insert)),
    (Qt.Key.Key_Insert, SHIFT),
    (Qt.Key.Key_F10, SHIFT),
    (Qt.Key.Key_Delete, CTRL | ALT),
]
ENTER = int(Qt.Key.Key_Return)
SECRET = "isi papan klip orang lain"
HOSTILE = [
    "'; DROP TABLE ticket; --",
    "\\\\SERVER\\ult\\office.db",
    "https://contoh.example/unduh.exe",
    "file:///etc/passwd",
    "cmd /c calc",
    "A" * 5000,
    "0" * 5000,
    "%n%n%s{0.__class__}",
    "<img src=x onerror=alert(1)>",
]


def under(kiosk: KioskBench) -> QWidget:
    """Where keys go now."""
    focused: QWidget | None = kiosk.window.focusWidget()
    return kiosk.window if focused is None else focused


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Down and up where the keyboard is, with the letter that some systems add even to a chord."""
    widget.setFocus()
    text = chr(key).lower() if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget.window().windowHandle(), QKeyEvent(kind, key, modifiers, text))


def assert_shut(kiosk: KioskBench) -> None:
    """Assert that the kiosk is alone on the screen, and asked the office for nothing."""
    assert kiosk.window.isVisible()
    others = [
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not kiosk.window
    ]
    assert others == []
    assert QApplication.activePopupWidget() is None
    assert kiosk.window.findChildren(QMenu) == []
    assert kiosk.link.asked == []


@pytest.fixture
def shut(set_up: SetUp) -> KioskBench:
    kiosk = set_up(times=KioskTimes(deaf=0, hold=60_000, idle=600_000))
    lock(kiosk.window, on=True)
    return kiosk


@pytest.mark.slow
def test_no_chord_leaves_any_page(shut: KioskBench) -> None:
    """Alt+F4, Ctrl+W, Ctrl+Q, Alt+Tab, Ctrl+Esc, F11, Ctrl+O, Ctrl+P …: no page changes for any of them."""
    for shown in tour(shut):
        if shown.name == "still-there":  # where any key says yes
            continue
        asked = len(shut.link.asked)
        page, screen = shut.window.shell.page, screen_of(shut)
        for key, modifiers in CHORDS:
            press(under(shut), key, modifiers)
        assert (shut.window.shell.page, screen_of(shut)) == (page, screen), shown.name
        assert len(shut.link.asked) == asked, shown.name
        assert shut.window.isVisible()
        assert QApplication.activePopupWidget() is None


def test_the_system_asks_it_to_close(shut: KioskBench) -> None:
    """Alt+F4 as the window manager passes it on, and the end of the program by its last window."""
    assert not shut.window.windowHandle().close()
    QApplication.closeAllWindows()
    QGuiApplication.quit()
    QApplication.processEvents()
    assert_shut(shut)


@pytest.mark.slow
@pytest.mark.parametrize(
    "reason",
    [QContextMenuEvent.Reason.Mouse, pytest.param(QContextMenuEvent.Reason.Keyboard, marks=pytest.mark.slow)],
)
def test_no_context_menu_anywhere(shut: KioskBench, reason: QContextMenuEvent.Reason) -> None:
    for shown in tour(shut):
        for widget in [each for each in shut.window.findChildren(QWidget) if each.isVisible()]:
            here = widget.rect().center()
            menu = QContextMenuEvent(reason, here, widget.mapToGlobal(here))
            QApplication.sendEvent(widget, menu)
        assert QApplication.activePopupWidget() is None, shown.name
        assert shut.window.findChildren(QMenu) == [], shown.name


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_a_long_press_is_a_right_click_and_nothing_happens(shut: KioskBench, button: Qt.MouseButton) -> None:
    for widget in [each for each in shut.window.findChildren(QWidget) if each.isVisible()]:
        QTest.mouseClick(widget, button)
        QTest.mouseDClick(widget, button)
    assert_shut(shut)
    assert screen_of(shut) is Screen.HOME


@pytest.mark.parametrize("way", list(Qt.NativeGestureType))
def test_gestures_do_nothing(shut: KioskBench, way: Qt.NativeGestureType) -> None:
    """Pinch, rotate, swipe, two-finger tap, as a touch screen's driver tells them."""
    before = shut.window.geometry()
    point = QPointF(card(shut, 0).mapTo(shut.window, QPoint(40, 40)))
    device = QPointingDevice.primaryPointingDevice()
    for value in (-3.0, 3.0):
        gesture = QNativeGestureEvent(way, device, 2, point, point, point, value, QPointF(300, 0))
        QApplication.sendEvent(card(shut, 0), gesture)
    assert_shut(shut)
    assert shut.window.geometry() == before
    assert screen_of(shut) is Screen.HOME


def test_a_swipe_over_the_cards_takes_nothing(shut: KioskBench) -> None:
    """A finger that goes down on one card and comes up on another has chosen neither."""
    first, other = card(shut, 0), card(shut, 1)
    QTest.mousePress(first, LEFT)
    away = first.mapFrom(shut.window, other.mapTo(shut.window, other.rect().center()))
    QTest.mouseMove(first, away)
    QTest.mouseRelease(first, LEFT, pos=away)
    assert_shut(shut)


def test_ten_fingers_at_once_take_at_most_one_number(shut: KioskBench, qtbot: QtBot) -> None:
    screen = QTest.createTouchDevice()
    cards = [each for each in shut.window.shell.home.grid.cards if each.isVisible()]
    fingers = QTest.touchEvent(shut.window, screen)
    for finger in range(10):
        target = cards[finger % len(cards)]
        fingers.press(finger, target.mapTo(shut.window, target.rect().center()), shut.window)
    fingers.commit()
    lifted = QTest.touchEvent(shut.window, screen)
    for finger in range(10):
        target = cards[finger % len(cards)]
        lifted.release(finger, target.mapTo(shut.window, target.rect().center()), shut.window)
    lifted.commit()
    for each in cards:
        QTest.mousePress(each, LEFT)
    for each in cards:
        QTest.mouseRelease(each, LEFT)
    assert len(shut.link.asked) <= 1
    assert shut.window.isVisible()


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_V, CTRL), (Qt.Key.Key_Insert, SHIFT), (Qt.Key.Key_Paste, NONE)]
)
def test_nothing_is_pasted_and_nothing_copied(
    shut: KioskBench, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    QGuiApplication.clipboard().setText(SECRET)
    shut.window.flow.go(KioskVisit().asks_code(CodePurpose.ANY))
    press(shut.window.shell.code.page, key, modifiers)
    assert shut.window.shell.code.page.text == ""
    QTest.keyClicks(shut.window.shell.code.page, "A012")
    for letter in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X):
        press(shut.window.shell.code.page, letter, CTRL)
    assert QGuiApplication.clipboard().text() == SECRET
    assert shut.window.shell.code.page.text == "A012"
    shut.window.keys.stop()


@pytest.mark.parametrize("code", HOSTILE, ids=lambda code: code[:20])
def test_a_hostile_barcode_is_a_code_that_nobody_knows(shut: KioskBench, code: str) -> None:
    """Such a code is looked up as it is, cut short, with the control keys that scanners can send."""
    QTest.keyClicks(under(shut), code[:40])
    press(under(shut), Qt.Key.Key_O, CTRL)
    press(under(shut), Qt.Key.Key_F4, ALT)
    QTest.keyClicks(under(shut), code[40:])
    QTest.keyClick(under(shut), Qt.Key.Key_Return)
    assert shut.link.asked == []
    if shut.link.requests:
        shut.link.answer_last(None)
        assert screen_of(shut) is Screen.CODE
    shut.window.keys.stop()
    assert_shut(shut)


def test_a_scanner_without_an_end_fills_no_memory() -> None:
    scanner, heard = Scanner(), ""
    for key in [*["7"] * 3000, "\r"]:
        heard = scanner.take_key(QKeyEvent(QEvent.Type.KeyPress, ENTER if key == "\r" else 0, NONE, key))
    assert len(heard) <= LONGEST


def test_it_comes_back_when_another_window_comes_before_it(
    shut: KioskBench, qtbot: QtBot, qapp: QApplication
) -> None:
    """Alt+Tab leads to other windows, and the system shows messages."""
    shut.window._front.hold(takes_keys=True)
    shut.window.activateWindow()
    qtbot.waitUntil(shut.window.isActiveWindow)
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitSignals([qapp.focusWindowChanged] * 2):
        other.show()
        other.activateWindow()
    qtbot.waitUntil(shut.window.isActiveWindow)
    shut.window.showMinimized()
    qtbot.waitUntil(lambda: shut.window.isFullScreen() and not shut.window.isMinimized())
    shut.window.showMinimized()
    shut.window._front.release()
    QApplication.processEvents()
    assert shut.window.isMinimized()


def test_behind_the_pin_it_lets_go(shut: KioskBench, qtbot: QtBot) -> None:
    shut.window.fill_screen()
    with qtbot.waitSignal(shut.window.left):
        ask_pin(shut.window)
        QTest.keyClicks(shut.window.shell.pin.page, PIN)
    assert not shut.window.isVisible()
