"""The shapes that several widgets draw: pre-rendered shadows and a diagonal gradient."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap

_STEPS = 24  # from the edge of a shadow inwards


@lru_cache(maxsize=32)
def _shadow(radius: int, reach: int, colour: str) -> QPixmap:
    """Draw a soft-edged square once, to be stretched by its middle: Qt's live shadow costs 10 ms a card."""
    side = 2 * (radius + reach) + 2
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(colour)
    for step in range(_STEPS):
        inset = reach * step / _STEPS
        shade.setAlphaF(0.018 * ((step + 1) / _STEPS))  # each step covers the ones before: darker inwards
        painter.setBrush(shade)
        box = QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, radius + reach - inset, radius + reach - inset)
    painter.end()
    return pixmap


def paint_shadow(painter: QPainter, box: QRect, radius: int, reach: int, colour: QColor) -> None:
    """Draw the shadow of the rounded `box`, reaching `reach` pixels past it, a little downwards."""
    pixmap = _shadow(radius, reach, colour.name())
    # Draw it in nine parts: the corners keep their size, the four sides and the middle are stretched.
    side, corner = pixmap.width(), radius + reach
    outer = box.adjusted(-reach, -reach, reach, reach).translated(0, reach // 3)
    cut_x = (0, corner, side - corner, side)
    x = (outer.left(), outer.left() + corner, outer.right() + 1 - corner, outer.right() + 1)
    y = (outer.top(), outer.top() + corner, outer.bottom() + 1 - corner, outer.bottom() + 1)
    for i in range(3):
        for j in range(3):
            target = QRect(x[i], y[j], x[i + 1] - x[i], y[j + 1] - y[j])
            part = QRect(cut_x[i], cut_x[j], cut_x[i + 1] - cut_x[i], cut_x[j + 1] - cut_x[j])
            painter.drawPixmap(target, pixmap, part)


def diagonal_gradient(box: QRectF, start: QColor, end: QColor) -> QLinearGradient:
    """Return a gradient from the top left to the bottom right."""
    gradient = QLinearGradient(QPointF(box.left(), box.top()), QPointF(box.right(), box.bottom()))
    gradient.setColorAt(0, start)
    gradient.setColorAt(1, end)
    return gradient
