"""The small target on a service's card that leads to its requirements."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import Theme, icons

CORNER_ICON, CORNER_WORD = 38, 20  # what is seen of the target, in base pixels
_SMALLEST = 15


class InfoCorner(QAbstractButton):
    """A full-size target that looks small: the eye should find the service first."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_name(self, service: str) -> None:
        self._words = _("Syarat")
        self.setAccessibleName(_("Syarat {service}").format(service=service))

    def fits(self) -> bool:
        return QFontMetrics(self._font()).horizontalAdvance(self._words) <= self.width()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.target, self._theme.target)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.color("primary-soft-ink")
        if self.isDown() or self.hasFocus():
            self._paint_ground(painter)
        side = self._theme.px(CORNER_ICON)
        painter.setFont(self._font())
        words = painter.fontMetrics().height()
        top = (self.height() - side - words) // 2
        left = (self.width() - side) // 2
        painter.drawPixmap(left, top, icons.icon_pixmap("clipboard-list", ink, side))
        painter.setPen(ink)
        line = QRect(0, top + side, self.width(), words)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._words)

    def _font(self) -> QFont:
        """As large as the word fits the target, which does not grow with the text."""
        for size in range(CORNER_WORD, _SMALLEST, -1):
            font = self._theme.font(size, 600)
            if QFontMetrics(font).horizontalAdvance(self._words) <= self.width():
                return font
        return self._theme.font(_SMALLEST, 600)

    def _paint_ground(self, painter: QPainter) -> None:
        edge = self._theme.color("focus" if self.hasFocus() else "primary")
        painter.setPen(QPen(edge, max(2, self._theme.px(3))))
        ground = "primary-soft" if self.isDown() else "surface"
        painter.setBrush(self._theme.color(ground))
        inset = self._theme.px(3)
        box = self.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, self._theme.radius * 0.8, self._theme.radius * 0.8)
