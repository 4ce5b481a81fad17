"""First question to a priority visitor: the ground. Self-declared, nothing is asked back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kiosk.home.priority_words import REASONS, reason_faces
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme


class ReasonPage(QWidget):
    """One touch, one answer.

    Signals:
        chosen: a `PriorityGround`.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.grid = CardGrid(theme)
        self.grid.chosen.connect(lambda index: self.chosen.emit(REASONS[index]))
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addWidget(self.grid, 1)

    def retranslate(self) -> None:
        self.grid.show_faces(reason_faces())
