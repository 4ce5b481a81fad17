"""Cards that are on or off, and stacks of them."""

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts.targets import FittedCard
from ult_desktop.ui.kit import Column, Grid, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.card import SHADOW

_TALL = 230  # base pixels of height from which its words are larger
_ROOMY = 500  # base pixels of width
_PADDING = 8
_TICK, _SMALL_TICK = 64, 40
_BETWEEN = 20  # base pixels between picture, words and tick
_LINES = 3.6  # times the height of its letters: the name and two lines below it


class ToggleCard(FittedCard):
    """A card that is on or off. Its state shows as a square, empty or ticked, and at its edge."""

    def __init__(self, theme: Theme, icon: str, tint: str) -> None:
        super().__init__(theme, padding=_PADDING)
        self.setCheckable(True)
        self.title = widgets.Label("", "strong", wrap=True)
        self.words = widgets.Label("", "small", "soft", wrap=True)
        self._tick = widgets.IconTile(theme, "square", "slate", _TICK)
        self._row = row = Row(theme, gap=_BETWEEN)
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
        self.refit()

    def show_words(self, title: str, words: str = "") -> None:
        self.title.setText(title)
        self.words.setText(words)
        self.make_room()
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    @override
    def make_room(self) -> None:
        """Leave only the name and the tick where the card is narrow."""
        roomy = self.width() >= self._theme.px(_ROOMY) * self._theme.growth
        self._picture.setVisible(roomy)
        high = 2 * self._theme.px(_PADDING + SHADOW) + _LINES * self._theme.text("strong")
        self.words.setVisible(roomy and bool(self.words.text()) and self.height() >= high)
        large = roomy and self.height() >= self._theme.px(_TALL) * self._theme.growth
        tick, between = (_TICK, _BETWEEN) if roomy else (_SMALL_TICK, _BETWEEN // 2)
        self._tick.setFixedSize(self._theme.px(tick), self._theme.px(tick))
        self._row.setSpacing(self._theme.px(between))
        room = self.width() - 2 * self._theme.px(_PADDING + SHADOW) - self._theme.px(tick + between)
        words = QFontMetrics(self._theme.font("strong", 600)).horizontalAdvance(self.title.text())
        usual = "strong" if roomy or words <= room else "body"
        set_style_properties(self.title, type="title" if large else usual)
        set_style_properties(self.words, type="body" if large else "small")

    def _show_tick(self, on: bool) -> None:
        self._tick.show_icon("square-check" if on else "square", "green" if on else "slate")


_HIGHEST = 300  # base pixels of one card
_BESIDE = 3  # cards, on a wide screen


class ToggleStack(QWidget):
    """The stack of `ToggleCard`s, all equally large, in one, two or three columns."""

    def __init__(self, theme: Theme, cards: Iterable[ToggleCard]) -> None:
        super().__init__()
        self._theme, self._cards, self._columns = theme, tuple(cards), 0
        self._grid = Grid(theme)
        column = Column(theme, self)
        column.addLayout(self._grid, 1)
        column.addStretch()
        theme.changed.connect(self._limit)
        self._limit()
        self._arrange(1)

    def _limit(self) -> None:
        for card in self._cards:
            card.setMaximumHeight(max(self._theme.px(_HIGHEST * self._theme.growth), self._theme.target * 2))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // columns, place % columns)
        for place in range(len(self._cards)):
            self._grid.setColumnStretch(place, int(place < columns))
            self._grid.setRowStretch(place, int(place * columns < len(self._cards)))

    def _columns_for(self, room: QSize) -> int:
        """Return the number of columns for `room`: 1 or 2 on an upright screen, 2 or 3 on a wide one."""
        if not is_flat(self):
            return 1 if self.height_of(1) <= room.height() else 2
        narrow = room.width() < _BESIDE * self._theme.px(_ROOMY) * self._theme.growth
        return 2 if narrow and self.height_of(2) <= room.height() else _BESIDE

    def height_of(self, columns: int) -> int:
        """Return the least height in pixels, in so many columns."""
        least = self._theme.target + 2 * self._theme.px(SHADOW)
        rows = -(-len(self._cards) // columns)
        return rows * least + (rows - 1) * self._grid.verticalSpacing()

    @override
    def hasHeightForWidth(self) -> bool:
        """Return False: a height that follows the width would change the room, and the room the columns."""
        return False

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the size of the fewest rows. The present rows must not keep the stack from having others."""
        return QSize(self._theme.target, self.height_of(_BESIDE))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._columns_for(event.size()))


def is_flat(widget: QWidget) -> bool:
    """Return whether the widget's window is wider than high."""
    return widget.window().width() > widget.window().height()
