"""The side of the page Antrean: waiting, held and called numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit
from shiboken6 import isValid
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import searching
from ult_desktop.core.queue import boards, ticket as queue_ticket
from ult_desktop.ui.counter.care.seat_strip import SeatStrip
from ult_desktop.ui.counter.words import (
    minutes_in_words,
    place_word,
    priority_words,
    service_name,
    waiting_ms,
)
from ult_desktop.ui.kit import Column, Row, Theme, icons, set_style_properties, widgets
from ult_desktop.ui.kit.lists import list_view
from ult_desktop.ui.kit.lists.list_view import ListView


@dataclass(frozen=True)
class TicketRow:
    """A row of a list, in words.

    `aside` is a time, at the right. `elsewhere`: only other counters may call the ticket.
    """

    ticket: queue_ticket.Ticket
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
        """Return the row for a screen reader."""
        following = _("berikutnya") if self.is_next else ""
        parts = (self.ticket.label, self.service, self.marks, self.aside, following)
        return ", ".join(part for part in parts if part)

    @cached_property
    def haystack(self) -> str:
        return searching.searchable(self.spoken)


def rows_of(tickets: Sequence[queue_ticket.Ticket], board: boards.CounterBoard, now: int) -> list[TicketRow]:
    """Return tickets as rows at `now` (UTC ms), seen from the board's counter."""
    next_id = board.next_up.id if board.next_up else None
    return [
        TicketRow(
            ticket=ticket,
            service=service_name(ticket),
            marks=" · ".join(_marks(ticket, board)),
            aside=_("{time} lalu").format(time=minutes_in_words(now - ticket.finished_at))
            if ticket.state is queue_ticket.TicketState.NO_SHOW and ticket.finished_at is not None
            else minutes_in_words(waiting_ms(ticket, now)),
            is_next=ticket.id == next_id,
            elsewhere=not _is_for(ticket, board.mine),
        )
        for ticket in tickets
    ]


def _is_for(ticket: queue_ticket.Ticket, counter: boards.CounterStatus) -> bool:
    return counter.scope.may_call(ticket)


def _sent_to(ticket: queue_ticket.Ticket, counter: boards.CounterStatus) -> str:
    if ticket.target_officer_id is None:
        return _("untuk loket ini") if ticket.target_counter == counter.number else ""
    if ticket.target_officer_id == counter.officer_id:
        return _("untuk Anda")
    return _("untuk {officer}").format(officer=ticket.target_officer)


def _marks(ticket: queue_ticket.Ticket, board: boards.CounterBoard) -> list[str]:
    counter, guest = board.mine, board.seats.of_ticket(ticket.id)
    waits = ticket.state is queue_ticket.TicketState.WAITING
    marks = (
        priority_words(ticket),
        *(wanted.word for wanted in ticket.help),
        _("duduk") if guest is not None and guest.sits else "",
        place_word(ticket),
        _sent_to(ticket, counter),
        _("loket lain") if waits and not _is_for(ticket, counter) else "",
        ticket.remark,
    )
    return [mark for mark in marks if mark]


ROW_HEIGHT = 52  # base pixels


class TicketModel(list_view.FilteredModel[TicketRow]):
    """The rows of one list, those that match what is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._words: searching.Forms = ()

    def search(self, text: str) -> None:
        """Show only rows in which every word of `text` occurs, however it is written."""
        self._words = searching.search_forms(text)
        self.sift()

    @override
    def is_wanted(self, row: TicketRow) -> bool:
        return searching.is_found(row.haystack, self._words)


class TicketDelegate(list_view.ListDelegate[TicketRow]):
    """The painter of a row of two lines.

    Priority has an icon and its reason, the next one a bar and a word.
    """

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
        painter.drawText(inner, list_view.LEFT, row.ticket.label)
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
        upper, lower = list_view.halves(inner)
        following = _("berikutnya") if row.is_next else ""
        painter.drawText(upper if following else inner, list_view.RIGHT, row.aside)
        if following:
            painter.setPen(self._theme.color("primary"))
            painter.drawText(lower, list_view.RIGHT, following)
        return max(metrics.horizontalAdvance(row.aside), metrics.horizontalAdvance(following))

    def _paint_words(self, painter: QPainter, box: QRect, row: TicketRow) -> None:
        upper, lower = list_view.halves(box)
        painter.setFont(self._theme.font("body" if not row.marks else "small", 500))
        painter.setPen(self._theme.color("ink-soft" if row.elsewhere else "ink"))
        list_view.draw_line(painter, upper if row.marks else box, row.service)
        if not row.marks:
            return
        ink = self._theme.color("priority-soft-ink" if row.ticket.priority else "ink-soft")
        if row.ticket.priority:
            side = round(lower.height() * 0.85)
            top = lower.top() + (lower.height() - side) // 2
            painter.drawPixmap(lower.left(), top, icons.icon_pixmap("accessibility", ink, side))
            lower = lower.adjusted(side + self._theme.px(4), 0, 0, 0)
        painter.setFont(self._theme.font("small", 500))
        painter.setPen(ink)
        list_view.draw_line(painter, lower, row.marks)


class RowAct(NamedTuple):
    """An act on the chosen row of a list, as an icon next to its button."""

    name: str
    text: str
    icon_name: str


class TicketList(QFrame):
    """The list of waiting, missed or held tickets.

    It has a title, the count, the rows, and a button for the chosen one.

    The buttons of `further` are placed by the code that makes the list.

    Signals:
        chosen: another row is chosen, or none (its Ticket or None).
        taken: the list's action is asked for a row: button, Enter or double click (its Ticket).
        wished: another action for the chosen row (its name).
    """

    chosen = Signal(object)
    taken = Signal(object)
    wished = Signal(str)

    def __init__(
        self, theme: Theme, title: str, verb: str, icon_name: str, further: Sequence[RowAct] = ()
    ) -> None:
        super().__init__()
        self._theme = theme
        self.model = TicketModel()
        self.view = ListView(theme, self.model, TicketDelegate(theme))
        self.view.setAccessibleName(title)
        self.title = widgets.Label(title, "strong")
        self.count = widgets.Label("0", "strong", "soft")
        self.button = widgets.Button(theme, verb, "quiet", icon_name)
        self.head = Row(theme, gap=8, margins=(16, 4, 8, 4))
        self.head.addWidget(self.title)
        self.head.addWidget(self.count)
        self.head.addStretch()
        self.head.addWidget(self.button)
        self.further = [self._add_further(act) for act in further]
        self.body = Column(theme, self)
        self.body.addLayout(self.head)
        self.body.addWidget(self.view, 1)
        self.button.clicked.connect(self._take)
        self.view.opened.connect(self._take)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.model.modelReset.connect(self._choose)
        self._choose()

    def _add_further(self, act: RowAct) -> widgets.Button:
        button = widgets.Button(self._theme, "", "quiet", act.icon_name)
        set_style_properties(button, shape="square")
        button.clicked.connect(lambda: self.wished.emit(act.name))
        button.setAccessibleName(act.text)
        return button

    @property
    def selected(self) -> queue_ticket.Ticket | None:
        row = self.model.row_at(self.view.currentIndex())
        return row.ticket if row else None

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Show these rows; the chosen row stays chosen if it is among them."""
        chosen = self.selected
        self.model.show_rows(rows)
        self.count.setText(str(self.model.total))
        number = self.model.row_number(chosen.id) if chosen else -1
        if number >= 0 and self.selected is None:
            self.view.setCurrentIndex(self.model.index(number))

    def choose_none(self) -> None:
        self.view.setCurrentIndex(QModelIndex())

    def shrink_to(self, most: int) -> None:
        """Make the list as high as its rows, up to `most` rows; without rows only the head is left."""
        rows = min(self.model.total, most)
        self.view.setVisible(rows > 0)
        self.view.setFixedHeight(rows * self._theme.px(ROW_HEIGHT))

    def _take(self) -> None:
        if self.selected is not None:
            self.taken.emit(self.selected)

    def _choose(self) -> None:
        if isValid(self.button):
            first = "" if self.selected is not None else _("Pilih nomor di daftar.")
            self.button.setToolTip(first)
            for button in (self.button, *self.further):
                button.setEnabled(not first)
            for button in self.further:
                button.setToolTip(first or button.accessibleName())
            self.chosen.emit(self.selected)


_WIDTH = 336  # base pixels
_LOW = 840  # base pixels: a lower panel shows fewer missed and held numbers


class SidePanel(QFrame):
    """The side panel: three lists, of which one row at most is chosen.

    Signals:
        chosen: another row is chosen, or none (its Ticket or None).
        call_requested, come_back_requested, resume_requested: for one row (its Ticket).
        seat_requested: the tap on the seats.
        wished: another action for the chosen row (its name).
    """

    chosen = Signal(object)
    call_requested = Signal(object)
    come_back_requested = Signal(object)
    resume_requested = Signal(object)
    seat_requested = Signal()
    wished = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "side")
        cancel = RowAct("cancel", _("Batalkan"), "circle-x")
        acts = (RowAct("hold_row", _("Tunda"), "hourglass"), cancel)
        self.waiting = TicketList(theme, _("Menunggu"), _("Panggil"), "megaphone", acts)
        self.missed = TicketList(theme, _("Terlewat"), _("Datang kembali"), "rotate-ccw")
        self.held = TicketList(theme, _("Ditunda"), _("Lanjutkan"), "play", (cancel,))
        self.seats = SeatStrip(theme)
        self._board: boards.CounterBoard | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Cari  (Ctrl+F)"))
        self.search.setAccessibleName(_("Cari di daftar menunggu"))
        self.search.setClearButtonEnabled(True)
        field = Row(theme, gap=4, margins=(12, 0, 8, 8))
        field.addWidget(self.search, 1)
        for button in self.waiting.further:
            field.addWidget(button)
        for button in self.held.further:
            self.held.head.addWidget(button)
        self.waiting.body.insertLayout(1, field)
        column = Column(theme, self, margins=(1, 4, 0, 0))
        column.addWidget(self.waiting, 1)
        for below in (self.seats, self.missed, self.held):
            line = QFrame()
            line.setProperty("kind", "line")
            column.addWidget(line)
            column.addWidget(below)
        self._wire()
        theme.changed.connect(self._rescale)
        self._rescale()

    @property
    def lists(self) -> tuple[TicketList, TicketList, TicketList]:
        return self.waiting, self.missed, self.held

    @property
    def selected(self) -> queue_ticket.Ticket | None:
        return next((each.selected for each in self.lists if each.selected), None)

    def show_board(self, board: boards.CounterBoard, now: int) -> None:
        """Show the lists of `board` with times at `now` (UTC ms)."""
        for each, tickets in zip(self.lists, (board.waiting, board.missed, board.held), strict=True):
            each.show_rows(rows_of(tickets, board, now))
        self._board = board
        self.seats.show_board(board, self.selected)
        self._say_why_empty()
        self._share_height()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def choose(self, ticket_id: object) -> TicketList | None:
        """Choose a number in the list that it is in, for the keyboard too; return that list, or None."""
        self.search.clear()
        for each in self.lists:
            place = each.model.row_number(ticket_id)
            if place >= 0:
                each.view.setCurrentIndex(each.model.index(place))
                each.view.setFocus()
                return each
        return None

    def _wire(self) -> None:
        self.waiting.taken.connect(self.call_requested)
        self.missed.taken.connect(self.come_back_requested)
        self.held.taken.connect(self.resume_requested)
        self.seats.asked.connect(self.seat_requested)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.waiting.view.setFocus)
        escape = QShortcut(Qt.Key.Key_Escape, self.search, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._end_search)
        for each in self.lists:
            each.chosen.connect(self._choose_one)
            each.wished.connect(self.wished)

    def _search(self, text: str) -> None:
        self.waiting.model.search(text)
        self._say_why_empty()

    def _end_search(self) -> None:
        self.search.clear()
        self.waiting.view.setFocus()

    def _say_why_empty(self) -> None:
        if self.waiting.model.total:
            self.waiting.view.show_empty(_("Tidak ada yang cocok dengan pencarian."), "search")
        else:
            self.waiting.view.show_empty(_("Tidak ada yang menunggu."), "coffee")

    def _choose_one(self, ticket: queue_ticket.Ticket | None) -> None:
        for each in self.lists:
            if ticket is not None and each.selected is not None and each.selected.id != ticket.id:
                each.choose_none()
        if self._board is not None:
            self.seats.show_board(self._board, self.selected)
        self.chosen.emit(self.selected)

    def _rescale(self) -> None:
        self.setFixedWidth(self._theme.words_px(_WIDTH))
        self._share_height()

    def _share_height(self) -> None:
        most = 2 if self.height() < self._theme.px(_LOW) else 4
        for below in (self.missed, self.held):
            below.shrink_to(most)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()
