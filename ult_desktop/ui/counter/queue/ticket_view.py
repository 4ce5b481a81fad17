"""The view of a list of tickets."""

from PySide6.QtCore import Signal
from typing_extensions import override

from ult_desktop.ui.counter.queue.ticket_delegate import TicketDelegate
from ult_desktop.ui.counter.queue.ticket_rows import TicketModel
from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.theme import Theme


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
