"""The hands of a person at a window: they look, click and type. Nothing that is hidden or closed works."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Hands:
    """On one window; before anything is done there, the window comes to the front."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot, self.window = qtbot, window

    def wait(self, fact: Callable[[], object]) -> None:
        """Until it is so."""
        self._qtbot.waitUntil(lambda: bool(fact()))

    def come(self) -> QWidget:
        """Sit down here; returns what takes the keys, the window or the dialog over it."""
        front = self._front()
        if not front.isActiveWindow():
            front.activateWindow()
            self.wait(front.isActiveWindow)
        return front

    def _front(self) -> QWidget:
        return self.window

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Where it is seen: a click that something else would get is none."""
        self.come()
        self.wait(lambda: widget.isVisible() and widget.isEnabled())
        place = at or widget.rect().center()
        _scroll_to(widget, place)
        window = widget.window()
        hit = window.childAt(widget.mapTo(window, place))
        assert hit is not None, f"{widget} is not in sight"
        assert hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget), f"{hit} over {widget}"
        QTest.mouseClick(window.windowHandle(), LEFT, PLAIN, widget.mapTo(window, place))
        settle()

    def click_through(self, way: Iterator[tuple[QWidget, QPoint]]) -> None:
        """One after the other; where the next click goes may come of the last."""
        for widget, place in way:
            self.click(widget, place)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Wherever the keyboard is now."""
        QTest.keyClick(self.come().windowHandle(), key, held)

    def write(self, text: str) -> None:
        """Into whatever has the keyboard."""
        front = self.come()
        focus = front.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def pick(self, combo: QComboBox, text: str) -> None:
        """By the arrow keys, down to the entry that begins with `text`, after the letter of a service."""
        self.come()
        combo.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _step in range(combo.count()):
            shown = combo.currentText()
            if shown.startswith(text) or f" · {text}" in shown:
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise AssertionError(f"{text} is not offered")


def settle() -> None:
    """Let a layout settle: it hears of a change in one round, others of it in the next."""
    for _round in range(4):
        QCoreApplication.processEvents()


def _scroll_to(widget: QWidget, place: QPoint) -> None:
    """To the place itself: of a box for text Qt only brings the cursor into sight."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            inner = parent.widget()
            assert inner is not None
            inside = widget.mapTo(inner, place)
            parent.ensureVisible(inside.x(), inside.y())
        parent = parent.parentWidget()
