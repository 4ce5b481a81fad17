"""The running text for people who asked for less motion: one message after the other, standing still."""

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.display.fit_text import CENTRE, FitText
from ult_desktop.ui.kit.theme import Theme

TURN_MS = 10_000


class StillText(QWidget):
    """Takes the place of the marquee: what would run past the edge is shown in turn instead."""

    def __init__(self, theme: Theme, turn_ms: int = TURN_MS) -> None:
        super().__init__()
        self._theme = theme
        self._messages: tuple[str, ...] = ()
        self._index = 0
        self.words = FitText(theme, "body", 600, "ticker-ink").aligned(CENTRE)
        self.words.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, interval=turn_ms)
        self._timer.timeout.connect(self.turn)
        theme.changed.connect(self.updateGeometry)

    def show_messages(self, messages: tuple[str, ...]) -> None:
        if messages != self._messages:
            self._messages, self._index = messages, 0
            self._say()

    def turn(self) -> None:
        self._index = (self._index + 1) % max(1, len(self._messages))
        self._say()

    def _say(self) -> None:
        self.words.set_text(self._messages[self._index] if self._messages else "")

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), round(self._theme.text("body") * 2.1))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        edge = self._theme.px(40)
        self.words.setGeometry(QRect(edge, 0, max(1, self.width() - 2 * edge), self.height()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("ticker"))
        painter.end()
