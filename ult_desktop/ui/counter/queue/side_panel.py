"""The lists of tickets at the right: who waits, who missed the call, who is set aside."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit
from shiboken6 import isValid
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.care.seat_strip import SeatStrip
from ult_desktop.ui.counter.queue.ticket_view import ROW_HEIGHT, TicketModel, TicketRow, TicketView, rows_of
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class TicketList(QFrame):
    """Waiting, missed or held: a title, how many, the rows, and a button for the chosen one.

    Signals:
        chosen: another row is chosen, or none (its Ticket or None).
        taken: the list's action is asked for a row: button, Enter or double click (its Ticket).
    """

    chosen = Signal(object)
    taken = Signal(object)

    def __init__(self, theme: Theme, title: str, verb: str, icon_name: str) -> None:
        super().__init__()
        self._theme = theme
        self.model = TicketModel()
        self.view = TicketView(theme, self.model)
        self.view.setAccessibleName(title)
        self.title = Label(title, "strong")
        self.count = Label("0", "strong", "soft")
        self.button = Button(theme, verb, "quiet", icon_name)
        self.head = Row(theme, gap=8, margins=(16, 4, 8, 4))
        self.head.addWidget(self.title)
        self.head.addWidget(self.count)
        self.head.addStretch()
        self.head.addWidget(self.button)
        self.body = Column(theme, self)
        self.body.addLayout(self.head)
        self.body.addWidget(self.view, 1)
        self.button.clicked.connect(self._take)
        self.view.taken.connect(self.taken)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.model.modelReset.connect(self._choose)
        self._choose()

    @property
    def selected(self) -> Ticket | None:
        row = self.model.row_at(self.view.currentIndex())
        return row.ticket if row else None

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Show these, and keep the chosen row chosen where it still is."""
        kept = self.selected
        self.model.show_rows(rows)
        self.count.setText(str(self.model.total))
        number = self.model.row_number(kept.id) if kept else -1
        if number >= 0 and self.selected is None:
            self.view.setCurrentIndex(self.model.index(number))

    def search(self, text: str) -> None:
        self.model.search(text)

    def choose_none(self) -> None:
        self.view.setCurrentIndex(QModelIndex())

    def shrink_to(self, most: int) -> None:
        """Be as high as the rows, up to `most`; without rows only the head is left."""
        rows = min(self.model.total, most)
        self.view.setVisible(rows > 0)
        self.view.setFixedHeight(rows * self._theme.px(ROW_HEIGHT))

    def _take(self) -> None:
        if self.selected is not None:
            self.taken.emit(self.selected)

    def _choose(self) -> None:
        if isValid(self.button):
            self.button.setEnabled(self.selected is not None)
            self.button.setToolTip("" if self.selected is not None else _("Pilih nomor di daftar."))
            self.chosen.emit(self.selected)


_WIDTH = 336
_LOW = 840


class SidePanel(QFrame):
    """Three lists of which one row at most is chosen.

    Signals:
        chosen: another row is chosen, or none (its Ticket or None).
        call_requested, come_back_requested, resume_requested: for one row (its Ticket).
        seat_requested: the tap on the seats.
    """

    chosen = Signal(object)
    call_requested = Signal(object)
    come_back_requested = Signal(object)
    resume_requested = Signal(object)
    seat_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "side")
        self.waiting = TicketList(theme, _("Menunggu"), _("Panggil"), "megaphone")
        self.missed = TicketList(theme, _("Terlewat"), _("Datang kembali"), "rotate-ccw")
        self.held = TicketList(theme, _("Ditunda"), _("Lanjutkan"), "play")
        self.seats = SeatStrip(theme)
        self._board: CounterBoard | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Cari nomor, layanan, tanda  (Ctrl+F)"))
        self.search.setAccessibleName(_("Cari di daftar menunggu"))
        self.search.setClearButtonEnabled(True)
        field = Row(theme, margins=(12, 0, 12, 8))
        field.addWidget(self.search)
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
        return next((each.selected for each in self.lists if each.selected), None)

    def show_board(self, board: CounterBoard, now: int) -> None:
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

    def _search(self, text: str) -> None:
        self.waiting.search(text)
        self._say_why_empty()

    def _end_search(self) -> None:
        self.search.clear()
        self.waiting.view.setFocus()

    def _say_why_empty(self) -> None:
        if self.waiting.model.total:
            self.waiting.view.show_empty(_("Tidak ada yang cocok dengan pencarian."), "search")
        else:
            self.waiting.view.show_empty(_("Tidak ada yang menunggu."), "coffee")

    def _choose_one(self, ticket: Ticket | None) -> None:
        for each in self.lists:
            if ticket is not None and each.selected is not None and each.selected.id != ticket.id:
                each.choose_none()
        if self._board is not None:
            self.seats.show_board(self._board, self.selected)
        self.chosen.emit(self.selected)

    def _rescale(self) -> None:
        self.setFixedWidth(self._theme.px(_WIDTH))
        self._share_height()

    def _share_height(self) -> None:
        most = 2 if self.height() < self._theme.px(_LOW) else 4
        for below in (self.missed, self.held):
            below.shrink_to(most)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()
