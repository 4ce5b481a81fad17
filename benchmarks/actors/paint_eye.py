"""An eye on what is painted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class PaintEye(QObject):
    """An eye that calls `painted` after the frame in which `widget` was painted has gone to the screen.

    Qt paints a window in one go; a timer of 0 ms that is set meanwhile comes when all of it is done.
    """

    def __init__(self, widget: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(widget)
        self._painted = painted
        self._after = QTimer(self, singleShot=True, interval=0)
        self._after.timeout.connect(painted)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._after.start()
        return False
