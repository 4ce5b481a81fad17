"""A card that is on or off, and stacks of them."""

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.card import SHADOW, CardButton

_TALL = 230  # base pixels of height from which it speaks louder
_ROOMY = 500  # base pixels of width
_PADDING = 8
_LINES = 3.6  # times the height of its letters: the name and two lines below it


class ToggleCard(CardButton):
    """Says its state by a tick as well as by its edge."""

    def __init__(self, theme: Theme, icon: str, tint: str) -> None:
        super().__init__(theme, padding=_PADDING)
        self.setCheckable(True)
        self.title = widgets.Label("", "strong", wrap=True)
        self.words = widgets.Label("", "small", "soft", wrap=True)
        self._tick = widgets.IconTile(theme, "circle", "slate", 64)
        row = Row(theme, gap=20)
        self._picture = widgets.IconTile(theme, icon, tint, 80)
        row.addWidget(self._picture)
        words = Column(theme, gap=2)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.words)
        words.addStretch()
        row.addLayout(words, 1)
        row.addWidget(self._tick)
        self.body.addLayout(row)
        self.toggled.connect(self._show_tick)
        theme.changed.connect(self._keep_large)
        self._keep_large()

    def _keep_large(self) -> None:
        self.setMinimumHeight(self._theme.target + 2 * self._theme.px(SHADOW))

    def show_words(self, title: str, words: str = "") -> None:
        self.title.setText(title)
        self.words.setText(words)
        self._make_room()
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow place the name and the tick must do."""
        roomy = self.width() >= self._theme.px(_ROOMY) * self._theme.growth
        self._picture.setVisible(roomy)
        high = 2 * self._theme.px(_PADDING + SHADOW) + _LINES * self._theme.text("strong")
        self.words.setVisible(roomy and bool(self.words.text()) and self.height() >= high)
        large = roomy and self.height() >= self._theme.px(_TALL) * self._theme.growth
        set_style_properties(self.title, type="title" if large else "strong")
        set_style_properties(self.words, type="body" if large else "small")

    def _show_tick(self, on: bool) -> None:
        self._tick.show_icon("check" if on else "circle", "green" if on else "slate")


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
            card.setMaximumHeight(max(self._theme.px(_HIGHEST * self._theme.growth), self._theme.target * 2))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        flat = self.window().width() > self.window().height()
        way = QBoxLayout.Direction
        self._column.setDirection(way.LeftToRight if flat else way.TopToBottom)
