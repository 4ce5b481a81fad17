"""The view of a list of tickets, and one ticket of it: number, service, marks and time."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.counter.queue.ticket_rows import TicketModel, TicketRow
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.lists.list_delegate import LEFT, RIGHT, ListDelegate, draw_line, halves
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.theme import Theme

ROW_HEIGHT = 52


class TicketDelegate(ListDelegate[TicketRow]):
    """Two lines a row; priority has an icon and its ground in words, who is next a bar and a word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ROW_HEIGHT)

    @override
    def paint_row(self, painter: QPainter, rect: QRect, row: TicketRow) -> None:
        if row.is_next:
            self.paint_bar(painter, rect, "primary")
        px = self._theme.px
        inner = rect.adjusted(px(16), px(6), -px(12), -px(6))
        room = self._paint_right(painter, inner, row)
        number = self._paint_number(painter, inner, row)
        self._paint_words(painter, inner.adjusted(number + px(12), 0, -room - px(8), 0), row)

    def _paint_number(self, painter: QPainter, inner: QRect, row: TicketRow) -> int:
        painter.setFont(self._theme.font("strong", 700))
        painter.setPen(self._ink(row))
        painter.drawText(inner, LEFT, row.ticket.label)
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
        upper, lower = halves(inner)
        following = _("berikutnya") if row.is_next else ""
        painter.drawText(upper if following else inner, RIGHT, row.aside)
        if following:
            painter.setPen(self._theme.color("primary"))
            painter.drawText(lower, RIGHT, following)
        return max(metrics.horizontalAdvance(row.aside), metrics.horizontalAdvance(following))

    def _paint_words(self, painter: QPainter, box: QRect, row: TicketRow) -> None:
        upper, lower = halves(box)
        painter.setFont(self._theme.font("body" if not row.marks else "small", 500))
        painter.setPen(self._theme.color("ink-soft" if row.elsewhere else "ink"))
        draw_line(painter, upper if row.marks else box, row.service)
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
        draw_line(painter, lower, row.marks)


class TicketView(ListView):
    """Shows the rows of a `TicketModel`.

    Signals:
        taken: Enter or a double click on a row (its Ticket).
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, model: TicketModel) -> None:
        super().__init__(theme, model, TicketDelegate(theme))
        self._rows = model

    @override
    def take_row(self) -> None:
        row = self._rows.row_at(self.currentIndex())
        if row is not None:
            self.taken.emit(row.ticket)
