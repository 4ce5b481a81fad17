"""A question that is answered by touching a card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kiosk.parts.card_grid import CardGrid
from ult_desktop.ui.kiosk.parts.choices import Face
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme


class ChoicePage(QWidget):
    """The head asks, the cards answer.

    Signals:
        chosen: the place of the card, from 0.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._about: object = None
        self.grid = CardGrid(theme)
        self.grid.chosen.connect(self.chosen)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addWidget(self.grid, 1)

    def show_cards(self, about: object, cards: tuple[Face, ...]) -> None:
        """Another question begins on its first page."""
        if about != self._about:
            self._about = about
            self.grid.first_page()
        self.grid.show_faces(cards)
