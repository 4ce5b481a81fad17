"""How far a visitor is: one stroke for each question."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.theme import Theme


class StepsBar(QWidget):
    """Done and present strokes are bright."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._step, self._total = theme, 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_place(self, step: int, total: int) -> None:
        self._step, self._total = step, total
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, half = self._theme.px(10), self.height() / 2
        width = (self.width() - gap * (self._total - 1)) / self._total
        for place in range(self._total):
            colour = self._theme.color("header-ink")
            colour.setAlphaF(1.0 if place < self._step else 0.3)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(place * (width + gap), 0, width, self.height()), half, half)
