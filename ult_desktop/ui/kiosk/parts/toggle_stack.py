"""Switches one under the other, or beside each other where the room is wide and flat."""

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts.toggle_card import ToggleCard
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme

_HIGHEST = 300  # base pixels of one card


class ToggleStack(QWidget):
    """Keeps the cards equally large."""

    def __init__(self, theme: Theme, cards: Iterable[ToggleCard]) -> None:
        super().__init__()
        self._column = Column(theme, self)
        self._theme, self._cards = theme, tuple(cards)
        for card in self._cards:
            self._column.addWidget(card, 1)
        self._column.addStretch()
        theme.changed.connect(self._limit)
        self._limit()

    def _limit(self) -> None:
        for card in self._cards:
            card.setMaximumHeight(
                max(self._theme.px(_HIGHEST * self._theme.large_text), self._theme.target * 2)
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        flat = self.window().width() > self.window().height()
        way = QBoxLayout.Direction
        self._column.setDirection(way.LeftToRight if flat else way.TopToBottom)
