"""The panel at the side of the page Antrean: the lists of waiting, missed and held tickets."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit
from shiboken6 import isValid
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import searching
from ult_desktop.core.queue import boards
from ult_desktop.core.queue.ticket import Ticket, TicketState
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

    `time` is how long the visitor has waited, or how long ago they were missed. `is_next`: this counter calls
    the ticket next. `is_for_others`: only other counters may call it.
    """

    ticket: Ticket
    service: str
    marks: str
    time: str
    is_next: bool = False
    is_for_others: bool = False

    @property
    def key(self) -> object:
        return self.ticket.id

    @property
    def tip(self) -> str:
        return self.ticket.remark

    @property
    def spoken(self) -> str:
        """Return the row for a screen reader."""
        next_word = _("berikutnya") if self.is_next else ""
        parts = (self.ticket.label, self.service, self.marks, self.time, next_word)
        return ", ".join(part for part in parts if part)

    @cached_property
    def haystack(self) -> str:
        return searching.searchable(self.spoken)


def ticket_rows(tickets: Sequence[Ticket], board: boards.CounterBoard, now: int) -> list[TicketRow]:
    """Return tickets as rows at `now` (UTC ms), seen from the board's counter."""
    next_id = board.next_up.id if board.next_up else None
    rows = []
    for ticket in tickets:
        time = minutes_in_words(waiting_ms(ticket, now))
        if ticket.state is TicketState.NO_SHOW and ticket.finished_at is not None:
            time = _("{time} lalu").format(time=minutes_in_words(now - ticket.finished_at))
        rows.append(
            TicketRow(
                ticket=ticket,
                service=service_name(ticket),
                marks=" · ".join(_marks(ticket, board)),
                time=time,
                is_next=ticket.id == next_id,
                is_for_others=not board.mine.scope.may_call(ticket),
            )
        )
    return rows


def _addressee_words(ticket: Ticket, counter: boards.CounterStatus) -> str:
    if ticket.target_officer_id is None:
        return _("untuk loket ini") if ticket.target_counter == counter.number else ""
    if ticket.target_officer_id == counter.officer_id:
        return _("untuk Anda")
    return _("untuk {officer}").format(officer=ticket.target_officer)


def _marks(ticket: Ticket, board: boards.CounterBoard) -> list[str]:
    """Return what an officer needs to know before they call the ticket."""
    counter, guest = board.mine, board.seats.guest_with_ticket(ticket.id)
    is_waiting = ticket.state is TicketState.WAITING
    marks = (
        priority_words(ticket),
        *(kind.word for kind in ticket.help),
        _("duduk") if guest is not None and guest.sits else "",
        place_word(ticket),
        _addressee_words(ticket, counter),
        _("loket lain") if is_waiting and not counter.scope.may_call(ticket) else "",
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
    """The painter of a row of two lines. Priority has an icon and a reason, the next one a bar and a word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ROW_HEIGHT)

    @override
    def paint_row(self, painter: QPainter, rect: QRect, row: TicketRow) -> None:
        if row.is_next:
            self.paint_bar(painter, rect, "primary")
        px = self._theme.px
        inner = rect.adjusted(px(16), px(6), -px(12), -px(6))
        right_width = self._paint_right(painter, inner, row)
        label_width = self._paint_label(painter, inner, row)
        self._paint_words(painter, inner.adjusted(label_width + px(12), 0, -right_width - px(8), 0), row)

    def _paint_label(self, painter: QPainter, inner: QRect, row: TicketRow) -> int:
        """Paint the ticket's label; return its width in pixels."""
        ink = "priority-soft-ink" if row.ticket.priority else "ink"
        painter.setFont(self._theme.font("strong", 700))
        painter.setPen(self._theme.color("ink-soft" if row.is_for_others else ink))
        painter.drawText(inner, list_view.LEFT, row.ticket.label)
        metrics = QFontMetrics(painter.font())
        return max(metrics.horizontalAdvance(row.ticket.label), metrics.horizontalAdvance("A000"))

    def _paint_right(self, painter: QPainter, inner: QRect, row: TicketRow) -> int:
        """Paint the time, and below it that the ticket is the next one; return their width in pixels."""
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.color("ink-soft"))
        metrics = QFontMetrics(painter.font())
        upper, lower = list_view.halves(inner)
        next_word = _("berikutnya") if row.is_next else ""
        painter.drawText(upper if next_word else inner, list_view.RIGHT, row.time)
        if next_word:
            painter.setPen(self._theme.color("primary"))
            painter.drawText(lower, list_view.RIGHT, next_word)
        return max(metrics.horizontalAdvance(row.time), metrics.horizontalAdvance(next_word))

    def _paint_words(self, painter: QPainter, box: QRect, row: TicketRow) -> None:
        upper, lower = list_view.halves(box)
        painter.setFont(self._theme.font("body" if not row.marks else "small", 500))
        painter.setPen(self._theme.color("ink-soft" if row.is_for_others else "ink"))
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
    """An act on the chosen row of a list, besides the list's own: a button with only an icon."""

    name: str
    text: str
    icon_name: str


class TicketList(QFrame):
    """The list of waiting, missed or held tickets: title, count, rows, and a button for the chosen row.

    Args:
        theme: colours and sizes.
        title: names the list.
        verb: the words of the button.
        icon_name: the icon of the button.
        row_acts: what else can be done with the chosen row. The caller places their `further_buttons`.

    Signals:
        chosen: another row is chosen, or none (its `Ticket` or None).
        activated: the officer pressed the button, Enter or twice on a row (its `Ticket`).
        action_requested: one of `row_acts` was pressed (its name).
    """

    chosen = Signal(object)
    activated = Signal(object)
    action_requested = Signal(str)

    def __init__(
        self, theme: Theme, title: str, verb: str, icon_name: str, row_acts: Sequence[RowAct] = ()
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
        self.further_buttons = [self._make_button(act) for act in row_acts]
        self.body = Column(theme, self)
        self.body.addLayout(self.head)
        self.body.addWidget(self.view, 1)
        self.button.clicked.connect(self._activate)
        self.view.opened.connect(self._activate)
        self.view.selectionModel().currentChanged.connect(self._on_chosen)
        self.model.modelReset.connect(self._on_chosen)
        self._on_chosen()

    def _make_button(self, act: RowAct) -> widgets.Button:
        button = widgets.Button(self._theme, "", "quiet", act.icon_name)
        set_style_properties(button, shape="square")
        button.clicked.connect(lambda: self.action_requested.emit(act.name))
        button.setAccessibleName(act.text)
        return button

    @property
    def selected(self) -> Ticket | None:
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

    def shrink_to(self, max_rows: int) -> None:
        """Make the list as high as its rows, up to `max_rows`; without rows only the head is left."""
        rows = min(self.model.total, max_rows)
        self.view.setVisible(rows > 0)
        self.view.setFixedHeight(rows * self._theme.px(ROW_HEIGHT))

    def _activate(self) -> None:
        if self.selected is not None:
            self.activated.emit(self.selected)

    def _on_chosen(self) -> None:
        """Enable the buttons for the chosen row, or disable them with the reason that none is chosen."""
        if isValid(self.button):  # else Qt is deleting this list
            why_not = "" if self.selected is not None else _("Pilih nomor di daftar.")
            self.button.setToolTip(why_not)
            for button in (self.button, *self.further_buttons):
                button.setEnabled(not why_not)
            for button in self.further_buttons:
                button.setToolTip(why_not or button.accessibleName())
            self.chosen.emit(self.selected)


_WIDTH = 336  # base pixels
_LOW_HEIGHT = 840  # base pixels: a lower panel shows fewer missed and held tickets


class SidePanel(QFrame):
    """The side panel: three lists, of which one row at most is chosen.

    Signals:
        chosen: another row is chosen, or none (its `Ticket` or None).
        call_requested, come_back_requested, resume_requested: for a row (its `Ticket`).
        seat_requested: a seat is to be given or taken back.
        action_requested: another action for the chosen row (its name).
    """

    chosen = Signal(object)
    call_requested = Signal(object)
    come_back_requested = Signal(object)
    resume_requested = Signal(object)
    seat_requested = Signal()
    action_requested = Signal(str)

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
        for button in self.waiting.further_buttons:
            field.addWidget(button)
        for button in self.held.further_buttons:
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
    def selected(self) -> Ticket | None:
        return next((tickets.selected for tickets in self.lists if tickets.selected), None)

    def show_board(self, board: boards.CounterBoard, now: int) -> None:
        """Show the lists of `board` with times at `now` (UTC ms)."""
        self.waiting.show_rows(ticket_rows(board.waiting, board, now))
        self.missed.show_rows(ticket_rows(board.missed, board, now))
        self.held.show_rows(ticket_rows(board.held, board, now))
        self._board = board
        self.seats.show_board(board, self.selected)
        self._show_why_empty()
        self._share_height()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def choose(self, ticket_id: object) -> TicketList | None:
        """Choose a ticket in the list that it is in, and move the focus there.

        Returns:
            That list, or None if no list has the ticket.
        """
        self.search.clear()
        for tickets in self.lists:
            number = tickets.model.row_number(ticket_id)
            if number >= 0:
                tickets.view.setCurrentIndex(tickets.model.index(number))
                tickets.view.setFocus()
                return tickets
        return None

    def _wire(self) -> None:
        self.waiting.activated.connect(self.call_requested)
        self.missed.activated.connect(self.come_back_requested)
        self.held.activated.connect(self.resume_requested)
        self.seats.seat_requested.connect(self.seat_requested)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.waiting.view.setFocus)
        escape = QShortcut(Qt.Key.Key_Escape, self.search, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._end_search)
        for tickets in self.lists:
            tickets.chosen.connect(self._clear_other_choices)
            tickets.action_requested.connect(self.action_requested)

    def _search(self, text: str) -> None:
        self.waiting.model.search(text)
        self._show_why_empty()

    def _end_search(self) -> None:
        self.search.clear()
        self.waiting.view.setFocus()

    def _show_why_empty(self) -> None:
        if self.waiting.model.total:
            self.waiting.view.show_empty(_("Tidak ada yang cocok dengan pencarian."), "search")
        else:
            self.waiting.view.show_empty(_("Tidak ada yang menunggu."), "coffee")

    def _clear_other_choices(self, ticket: Ticket | None) -> None:
        for tickets in self.lists:
            if ticket is not None and tickets.selected is not None and tickets.selected.id != ticket.id:
                tickets.choose_none()
        if self._board is not None:
            self.seats.show_board(self._board, self.selected)
        self.chosen.emit(self.selected)

    def _rescale(self) -> None:
        self.setFixedWidth(self._theme.words_px(_WIDTH))
        self._share_height()

    def _share_height(self) -> None:
        max_rows = 2 if self.height() < self._theme.px(_LOW_HEIGHT) else 4
        for tickets in (self.missed, self.held):
            tickets.shrink_to(max_rows)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()
