"""Draws one row of a list: icon, title, time; below them what it is about and its states."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ult_desktop.ui.counter.work.rows import ROW_ROLE, ListRow
from ult_desktop.ui.counter.work.tag import Tag
from ult_desktop.ui.icons import icon_pixmap
from ult_desktop.ui.theme import Theme

ROW_HEIGHT = 60
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_WIDEST_TAGS = 0.6


class RowDelegate(QStyledItemDelegate):
    """Two lines a row, all of one height, so that thousands scroll like ten."""

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
        row: ListRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        px = self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        if row.side_tone:
            bar = QRect(rect.left(), rect.top() + 4, px(4), rect.height() - 8)
            painter.fillRect(bar, self._theme.color(row.side_tone))
        inner = rect.adjusted(px(14), px(7), -px(12), -px(7))
        if row.icon:
            inner = inner.adjusted(self._paint_icon(painter, inner, row) + px(12), 0, 0, 0)
        if not row.subtitle and not row.tags:
            self._paint_upper(painter, inner, row)
            painter.restore()
            return
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        self._paint_upper(painter, upper, row)
        self._paint_lower(painter, lower, row)
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
        painter.drawLine(rect.left() + self._theme.px(14), rect.bottom(), rect.right(), rect.bottom())

    def _paint_icon(self, painter: QPainter, inner: QRect, row: ListRow) -> int:
        side = self._theme.px(36)
        box = QRect(inner.left(), inner.top() + (inner.height() - side) // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"tint-{row.tint}"))
        painter.drawRoundedRect(QRectF(box), side * 0.25, side * 0.25)
        glyph = round(side * 0.56)
        ink = self._theme.color(f"tint-{row.tint}-ink")
        corner = box.topLeft() + QRect(0, 0, side - glyph, side - glyph).center()
        painter.drawPixmap(corner, icon_pixmap(row.icon, ink, glyph))
        return side

    def _paint_upper(self, painter: QPainter, box: QRect, row: ListRow) -> None:
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.color("ink-soft"))
        painter.drawText(box, _RIGHT, row.aside)
        taken = QFontMetrics(painter.font()).horizontalAdvance(row.aside)
        painter.setFont(self._theme.font("body", 700 if row.strong else 500))
        painter.setPen(self._theme.color("ink"))
        room = box.width() - taken - (self._theme.px(8) if taken else 0)
        _draw_line(painter, QRect(box.left(), box.top(), room, box.height()), row.title)

    def _paint_lower(self, painter: QPainter, box: QRect, row: ListRow) -> None:
        right = box.right() + 1
        for tag in reversed(self._fitting(row.tags, round(box.width() * _WIDEST_TAGS))):
            wide = self._tag_width(tag)
            self._paint_tag(painter, QRect(right - wide, box.top(), wide, box.height()), tag)
            right -= wide + self._theme.px(6)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("ink-soft"))
        _draw_line(painter, QRect(box.left(), box.top(), right - box.left(), box.height()), row.subtitle)

    def _fitting(self, tags: tuple[Tag, ...], room: int) -> list[Tag]:
        """The first ones are the ones that matter."""
        fitting: list[Tag] = []
        for tag in tags:
            room -= self._tag_width(tag) + self._theme.px(6)
            if room < 0:
                break
            fitting.append(tag)
        return fitting

    def _tag_width(self, tag: Tag) -> int:
        metrics = QFontMetrics(self._theme.font("small", 600))
        return metrics.horizontalAdvance(tag.text) + self._theme.px(16)

    def _paint_tag(self, painter: QPainter, box: QRect, tag: Tag) -> None:
        ink = self._theme.color(f"{tag.tone}-soft-ink")
        painter.setPen(ink if self._theme.contrast == "kontras" else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{tag.tone}-soft"))
        pill = QRectF(box).adjusted(0.5, 1.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(ink)
        painter.setFont(self._theme.font("small", 600))
        painter.drawText(box, _MIDDLE, tag.text)


def _draw_line(painter: QPainter, box: QRect, text: str) -> None:
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, shown)
