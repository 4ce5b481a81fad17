"""The office's mark on a rounded tile."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme


class Logo(QWidget):
    """A neutral mark, the same for every office."""

    def __init__(self, theme: Theme, size: int = 88) -> None:
        super().__init__()
        self._theme, self._size = theme, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("logo-ground"))
        radius = self.width() * 0.24
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        side = round(self.width() * 0.72)
        mark = icon_pixmap("logo", self._theme.color("logo-ink"), side)
        size = mark.deviceIndependentSize().toSize()
        painter.drawPixmap((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, mark)
