"""One painted row of a list: its ground, its bar, and what a subclass writes on it."""

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ult_desktop.ui.kit.lists.sifted_model import ROW_ROLE
from ult_desktop.ui.kit.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NARROWEST, _EDGE = 120, 15
R = TypeVar("R")


class ListDelegate(QStyledItemDelegate, Generic[R]):
    """All rows of one height, so that thousands scroll like ten.

    Args:
        theme: colours and sizes.
        height: of a row, in base pixels.
    """

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__()
        self._theme, self._height = theme, height

    @abstractmethod
    def paint_row(self, painter: QPainter, rect: QRect, row: R) -> None:
        """Write the row onto its ground."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(_NARROWEST), self._theme.px(self._height))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option.rect, option.state)
        self.paint_row(painter, option.rect, index.data(ROW_ROLE))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("primary-soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("surface-alt"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("primary-edge"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            return
        painter.setPen(self._theme.color("line"))
        painter.drawLine(rect.left() + self._theme.px(_EDGE), rect.bottom(), rect.right(), rect.bottom())

    def paint_bar(self, painter: QPainter, rect: QRect, tone: str) -> None:
        """A bar at the left edge: who is next, what is late."""
        bar = QRect(rect.left(), rect.top() + 4, self._theme.px(4), rect.height() - 8)
        painter.fillRect(bar, self._theme.color(tone))


def halves(box: QRect) -> tuple[QRect, QRect]:
    """The upper and the lower line of a row."""
    half = box.height() // 2
    return (
        QRect(box.left(), box.top(), box.width(), half),
        QRect(box.left(), box.top() + half, box.width(), box.height() - half),
    )


def draw_line(painter: QPainter, box: QRect, text: str) -> None:
    """One line at the left, ending in … when it is too long."""
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, LEFT, shown)
