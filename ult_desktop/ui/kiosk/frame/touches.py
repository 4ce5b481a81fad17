"""Every touch on the kiosk's window: when the last one was, and whether it counts."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.frame.arrows import ARROWS

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
    """Watches the whole window: a press reaches only the widget under the finger.

    A key together with Ctrl, Alt or the Windows key means nothing to a visitor, and goes nowhere.

    Signals:
        idle: nobody touched the window for the time given.
        arrow: an arrow key (`Qt.Key`); Qt's own buttons would take it for "next".
    """

    idle = Signal()
    arrow = Signal(object)

    def __init__(self, window: QWidget, idle_ms: int) -> None:
        super().__init__(window)
        self._window = window
        self._idle = QTimer(self, singleShot=True, interval=idle_ms)
        self._idle.timeout.connect(self.idle)
        self._deaf = QTimer(self, singleShot=True)
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def restart(self) -> None:
        self._idle.start()

    def stop(self) -> None:
        self._idle.stop()
        self._deaf.stop()

    def ignore(self, milliseconds: int) -> None:
        """A new page came under the finger: the second half of a double touch is not meant for it."""
        if milliseconds:
            self._deaf.start(milliseconds)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHES or not isinstance(watched, QWidget):
            return False
        if watched.window() is not self._window:
            return False
        self._idle.start()
        if isinstance(event, QKeyEvent):
            return bool(event.modifiers() & _CHORDS) or self._is_arrow(event)
        return self._deaf.isActive()

    def _is_arrow(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key not in ARROWS:
            return False
        self.arrow.emit(key)
        return True
