"""The view of a page's list, and one row of it: icon, title, time, what it is about, its states."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from typing_extensions import override

from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.lists import list_delegate, rows
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.theme import Theme

ROW_HEIGHT = 60
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_WIDEST_TAGS = 0.6


class RowDelegate(list_delegate.ListDelegate[rows.ListRow]):
    """Two lines a row: icon, title and time; below them the subtitle and the states."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ROW_HEIGHT)

    @override
    def paint_row(self, painter: QPainter, rect: QRect, row: rows.ListRow) -> None:
        px = self._theme.px
        if row.side_tone:
            self.paint_bar(painter, rect, row.side_tone)
        inner = rect.adjusted(px(14), px(7), -px(12), -px(7))
        if row.icon:
            inner = inner.adjusted(self._paint_icon(painter, inner, row) + px(12), 0, 0, 0)
        if not row.subtitle and not row.tags:
            self._paint_upper(painter, inner, row)
            return
        upper, lower = list_delegate.halves(inner)
        self._paint_upper(painter, upper, row)
        self._paint_lower(painter, lower, row)

    def _paint_icon(self, painter: QPainter, inner: QRect, row: rows.ListRow) -> int:
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

    def _paint_upper(self, painter: QPainter, box: QRect, row: rows.ListRow) -> None:
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.color("ink-soft"))
        painter.drawText(box, list_delegate.RIGHT, row.aside)
        taken = QFontMetrics(painter.font()).horizontalAdvance(row.aside)
        painter.setFont(self._theme.font("body", 700 if row.strong else 500))
        painter.setPen(self._theme.color("ink"))
        room = box.width() - taken - (self._theme.px(8) if taken else 0)
        list_delegate.draw_line(painter, QRect(box.left(), box.top(), room, box.height()), row.title)

    def _paint_lower(self, painter: QPainter, box: QRect, row: rows.ListRow) -> None:
        right = box.right() + 1
        for tag in reversed(self._fitting(row.tags, round(box.width() * _WIDEST_TAGS))):
            wide = self._tag_width(tag)
            self._paint_tag(painter, QRect(right - wide, box.top(), wide, box.height()), tag)
            right -= wide + self._theme.px(6)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("ink-soft"))
        list_delegate.draw_line(
            painter, QRect(box.left(), box.top(), right - box.left(), box.height()), row.subtitle
        )

    def _fitting(self, tags: tuple[rows.Tag, ...], room: int) -> list[rows.Tag]:
        """The first ones are the ones that matter."""
        fitting: list[rows.Tag] = []
        for tag in tags:
            room -= self._tag_width(tag) + self._theme.px(6)
            if room < 0:
                break
            fitting.append(tag)
        return fitting

    def _tag_width(self, tag: rows.Tag) -> int:
        metrics = QFontMetrics(self._theme.font("small", 600))
        return metrics.horizontalAdvance(tag.text) + self._theme.px(16)

    def _paint_tag(self, painter: QPainter, box: QRect, tag: rows.Tag) -> None:
        ink = self._theme.color(f"{tag.tone}-soft-ink")
        painter.setPen(ink if self._theme.contrast == "kontras" else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{tag.tone}-soft"))
        pill = QRectF(box).adjusted(0.5, 1.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(ink)
        painter.setFont(self._theme.font("small", 600))
        painter.drawText(box, _MIDDLE, tag.text)


class RowView(ListView):
    """Shows the rows of a `RowModel`.

    Signals:
        opened: Enter or a double click on a row (its id).
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, model: rows.RowModel) -> None:
        super().__init__(theme, model, RowDelegate(theme))
        self._rows = model

    @override
    def take_row(self) -> None:
        row = self._rows.row_at(self.currentIndex())
        if row is not None:
            self.opened.emit(row.id)
