"""A titled list of tickets with its one action."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame
from shiboken6 import isValid

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.queue.ticket_delegate import ROW_HEIGHT
from ult_desktop.ui.counter.queue.ticket_rows import TicketModel, TicketRow
from ult_desktop.ui.counter.queue.ticket_view import TicketView
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
