"""Buttons of a question whose answers are all in sight, in as many columns as they need."""

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.layouts import Grid
from ult_desktop.ui.kit.theme import Theme

_GAP = 20


class OptionsBox(QWidget):
    """Puts `buttons` beside each other as long as all columns of the row have room for the widest."""

    def __init__(self, theme: Theme, buttons: Iterable[QAbstractButton]) -> None:
        super().__init__()
        self._theme = theme
        self._buttons = list(buttons)
        self._grid = Grid(theme, self, gap=0)
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        widest = max((button.sizeHint().width() for button in self._buttons), default=1)
        columns = max(1, min(len(self._buttons), self.width() // (widest + self._theme.px(_GAP))))
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
