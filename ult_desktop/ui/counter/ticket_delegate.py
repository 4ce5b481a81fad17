"""Draws one ticket of a list: number, service, marks and time."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ult_desktop.i18n import _
from ult_desktop.ui.counter.ticket_rows import ROW_ROLE, TicketRow
from ult_desktop.ui.icons import icon_pixmap
from ult_desktop.ui.theme import Theme

ROW_HEIGHT = 52
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TicketDelegate(QStyledItemDelegate):
    """Two lines a row; priority has an icon and its ground in words, who is next a bar and a word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(ROW_HEIGHT))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: TicketRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, state)
        if row.is_next:
            bar = QRect(rect.left(), rect.top() + 4, self._theme.px(4), rect.height() - 8)
            painter.fillRect(bar, self._theme.color("primary"))
        px = self._theme.px
        inner = rect.adjusted(px(16), px(6), -px(12), -px(6))
        room = self._paint_right(painter, inner, row)
        number = self._paint_number(painter, inner, row)
        self._paint_words(painter, inner.adjusted(number + px(12), 0, -room - px(8), 0), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("primary-soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("surface-alt"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("primary"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            return
        painter.setPen(self._theme.color("line"))
        painter.drawLine(rect.left() + self._theme.px(16), rect.bottom(), rect.right(), rect.bottom())

    def _paint_number(self, painter: QPainter, inner: QRect, row: TicketRow) -> int:
        painter.setFont(self._theme.font("strong", 700))
        painter.setPen(self._ink(row))
        painter.drawText(inner, _LEFT, row.ticket.label)
        metrics = QFontMetrics(painter.font())
        return max(metrics.horizontalAdvance(row.ticket.label), metrics.horizontalAdvance("A000"))

    def _ink(self, row: TicketRow) -> QColor:
        if row.elsewhere:
            return self._theme.color("ink-soft")
        return self._theme.color("priority-soft-ink" if row.ticket.priority else "ink")

    def _paint_right(self, painter: QPainter, inner: QRect, row: TicketRow) -> int:
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.color("ink-soft"))
        metrics = QFontMetrics(painter.font())
        upper, lower = _halves(inner)
        following = _("berikutnya") if row.is_next else ""
        painter.drawText(upper if following else inner, _RIGHT, row.aside)
        if following:
            painter.setPen(self._theme.color("primary"))
            painter.drawText(lower, _RIGHT, following)
        return max(metrics.horizontalAdvance(row.aside), metrics.horizontalAdvance(following))

    def _paint_words(self, painter: QPainter, box: QRect, row: TicketRow) -> None:
        upper, lower = _halves(box)
        painter.setFont(self._theme.font("body" if not row.marks else "small", 500))
        painter.setPen(self._theme.color("ink-soft" if row.elsewhere else "ink"))
        _draw_line(painter, upper if row.marks else box, row.service)
        if not row.marks:
            return
        ink = self._theme.color("priority-soft-ink" if row.ticket.priority else "ink-soft")
        if row.ticket.priority:
            side = round(lower.height() * 0.85)
            top = lower.top() + (lower.height() - side) // 2
            painter.drawPixmap(lower.left(), top, icon_pixmap("accessibility", ink, side))
            lower = lower.adjusted(side + self._theme.px(4), 0, 0, 0)
        painter.setFont(self._theme.font("small", 500))
        painter.setPen(ink)
        _draw_line(painter, lower, row.marks)


def _halves(box: QRect) -> tuple[QRect, QRect]:
    half = box.height() // 2
    return (
        QRect(box.left(), box.top(), box.width(), half),
        QRect(box.left(), box.top() + half, box.width(), box.height() - half),
    )


def _draw_line(painter: QPainter, box: QRect, text: str) -> None:
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, shown)
