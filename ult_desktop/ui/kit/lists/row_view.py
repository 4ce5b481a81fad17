"""The view of a page's list."""

from PySide6.QtCore import Signal
from typing_extensions import override

from ult_desktop.ui.kit.lists.list_view import ListView
from ult_desktop.ui.kit.lists.row_delegate import RowDelegate
from ult_desktop.ui.kit.lists.rows import RowModel
from ult_desktop.ui.kit.theme import Theme


class RowView(ListView):
    """Shows the rows of a `RowModel`.

    Signals:
        opened: Enter or a double click on a row (its id).
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, model: RowModel) -> None:
        super().__init__(theme, model, RowDelegate(theme))
        self._rows = model

    @override
    def take_row(self) -> None:
        row = self._rows.row_at(self.currentIndex())
        if row is not None:
            self.opened.emit(row.id)
