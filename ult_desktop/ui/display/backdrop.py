"""The rounded ground under a group of words."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ult_desktop.ui.kit.theme import Theme

_RADIUS = 16


class Backdrop(QFrame):
    """Filled with the token `fill`; in high contrast it has an edge, for there the fills hardly differ."""

    def __init__(self, theme: Theme, fill: str = "surface") -> None:
        super().__init__()
        self._theme, self._fill = theme, fill
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kontras = self._theme.contrast == "kontras"
        painter.setPen(QPen(self._theme.color("line")) if kontras else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self._theme.color(self._fill))
        radius = self._theme.px(_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()
