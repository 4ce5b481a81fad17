"""A list of tickets: what it shows of each, the model that sifts them, and the view that paints them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import CounterBoard, CounterStatus
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.ui.counter.words import (
    in_minutes,
    place_word,
    priority_words,
    service_name,
    waiting_ms,
)
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.lists.list_delegate import LEFT, RIGHT, ListDelegate, draw_line, halves
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.lists.sifted_model import FilteredModel
from ult_desktop.ui.kit.theme import Theme

ROW_HEIGHT = 52


@dataclass(frozen=True)
class TicketRow:
    """One line of a list, in words.

    `aside` stands at the right: a time. `elsewhere`: other counters serve this one.
    """

    ticket: Ticket
    service: str
    marks: str
    aside: str
    is_next: bool = False
    elsewhere: bool = False

    @property
    def key(self) -> object:
        return self.ticket.id

    @property
    def tip(self) -> str:
        return self.ticket.remark

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        following = _("berikutnya") if self.is_next else ""
        parts = (self.ticket.label, self.service, self.marks, self.aside, following)
        return ", ".join(part for part in parts if part)

    def matches(self, search: str) -> bool:
        """Whether every word typed stands somewhere in the row, whatever its case."""
        text = self.spoken.casefold()
        return all(word in text for word in search.casefold().split())


def rows_of(tickets: Sequence[Ticket], board: CounterBoard, now: int) -> list[TicketRow]:
    """Tickets as lines at `now` (UTC ms), seen from the board's counter."""
    next_id = board.next_up.id if board.next_up else None
    return [
        TicketRow(
            ticket=ticket,
            service=service_name(ticket),
            marks=" · ".join(_marks(ticket, board)),
            aside=_aside(ticket, now),
            is_next=ticket.id == next_id,
            elsewhere=not _is_for(ticket, board.mine),
        )
        for ticket in tickets
    ]


def _is_for(ticket: Ticket, counter: CounterStatus) -> bool:
    if ticket.target_counter is not None:
        return ticket.target_counter == counter.number
    return ticket.service_id in counter.serves


def _marks(ticket: Ticket, board: CounterBoard) -> list[str]:
    counter, guest = board.mine, board.seats.of_ticket(ticket.id)
    sent_here = ticket.target_counter is not None and ticket.target_counter == counter.number
    waits = ticket.state is TicketState.WAITING
    marks = (
        priority_words(ticket),
        *(wanted.word for wanted in ticket.help),
        _("duduk") if guest is not None and guest.sits else "",
        place_word(ticket),
        _("untuk loket ini") if sent_here else "",
        _("loket lain") if waits and not _is_for(ticket, counter) else "",
        ticket.remark,
    )
    return [mark for mark in marks if mark]


def _aside(ticket: Ticket, now: int) -> str:
    if ticket.state is TicketState.NO_SHOW and ticket.finished_at is not None:
        return _("{time} lalu").format(time=in_minutes(now - ticket.finished_at))
    return in_minutes(waiting_ms(ticket, now))


class TicketModel(FilteredModel[TicketRow]):
    """The rows of one list, those that match what is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._search = ""

    def search(self, text: str) -> None:
        self._search = text
        self.sift()

    @override
    def is_wanted(self, row: TicketRow) -> bool:
        return row.matches(self._search)


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
