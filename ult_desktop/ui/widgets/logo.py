"""The office's mark on a rounded tile."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.icons import icon_pixmap
from ult_desktop.ui.theme import Theme


class Logo(QWidget):
    """Our neutral mark, or the office's own picture when it has one that can be read."""

    def __init__(
        self,
        theme: Theme,
        size: int = 88,
        picture: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._size = theme, size
        self._picture = QPixmap(str(picture)) if picture and picture.is_file() else QPixmap()
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
        if not self._picture.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            mark = self._picture.scaled(QSize(side, side), keep, Qt.TransformationMode.SmoothTransformation)
        size = mark.deviceIndependentSize().toSize()
        painter.drawPixmap((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, mark)
