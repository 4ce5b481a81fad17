"""Touches at the kiosk: which count, and which found nothing to press."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ARROWS = frozenset(_DIRECTIONS)
_ASIDE = 3  # a pixel aside counts as much as three ahead


def next_target(window: QWidget, key: Qt.Key) -> QWidget | None:
    """Return the target that the arrow `key` leads to; the first one when nothing has the focus."""
    targets = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and button.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    centres = {target: target.mapTo(window, target.rect().center()) for target in targets}
    focused = window.focusWidget()
    if focused not in targets:
        return min(targets, key=lambda target: (centres[target].y(), centres[target].x()), default=None)
    start = centres[focused]
    x, y = _DIRECTIONS[key]
    distances: dict[QAbstractButton, int] = {}
    for target, centre in centres.items():
        step = centre - start
        ahead = step.x() * x + step.y() * y
        aside = abs(step.x() * y) + abs(step.y() * x)
        if ahead > aside // 2:  # else the target does not lie ahead
            distances[target] = ahead + _ASIDE * aside
    return min(distances, key=lambda target: distances[target], default=None)


_TOUCHES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
        QEvent.Type.KeyPress,
    }
)


_CHORDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class TouchWatch(QObject):
    """The event filter that sees every input of the window before the widget under the finger does.

    It watches the system's window: watching the application would hand every event of Qt to Python, and the
    first one of an object without a class in Python builds hundreds of classes (0.1 s, 3 MiB).

    The filter offers each key to `handle_key` and each touch to `handle_touch`; they return whether they have
    used it.

    A key together with Ctrl, Alt or the Windows key means nothing to a visitor, and goes nowhere.

    Signals:
        touched: with a finger or a key, whatever becomes of it.
        arrow: an arrow key (`Qt.Key`); Qt's own buttons would take it for "next".
    """

    touched = Signal()
    arrow = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ignoring = QTimer(self, singleShot=True)
        self.handle_key: Callable[[QKeyEvent], bool] = lambda _event: False
        self.handle_touch: Callable[[QPoint], bool] = lambda _place: False

    def watch(self, window: QWindow) -> None:
        """Watch `window`, which is being shown; Qt makes another one at each change of its flags."""
        window.installEventFilter(self)

    def stop(self) -> None:
        self._ignoring.stop()

    def ignore(self, milliseconds: int) -> None:
        """Ignore taps for a while.

        A new page came under the finger, and the second half of a double tap is not meant for it.
        """
        if milliseconds:
            self._ignoring.start(milliseconds)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHES:
            return False
        self.touched.emit()
        if isinstance(event, QKeyEvent):
            return bool(event.modifiers() & _CHORDS) or self.handle_key(event) or self._is_arrow(event)
        # After the signal: a tap that is ignored still shows that somebody is there.
        if self._ignoring.isActive():
            return True
        return isinstance(event, QMouseEvent) and self.handle_touch(event.position().toPoint())

    def _is_arrow(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key not in ARROWS:
            return False
        self.arrow.emit(key)
        return True


_SEVERAL = 4  # taps; a visitor who taps once and then reads is not lost


class FruitlessTouches(QObject):
    """The counter of taps that changed nothing.

    Signals:
        lost: several taps in `limit` milliseconds or more changed nothing.
    """

    lost = Signal()

    def __init__(self, limit: int, parent: QObject) -> None:
        super().__init__(parent)
        self._limit = limit
        self._since = QElapsedTimer()
        self._count = 0

    def touch(self) -> None:
        if not self._count:
            self._since.start()
        self._count += 1
        if self._count >= _SEVERAL and self._since.elapsed() >= self._limit:
            self.forget()
            self.lost.emit()

    def forget(self) -> None:
        """Begin to count from 0: a tap led somewhere."""
        self._count = 0
