"""Cards that are on or off, and stacks of them."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts.targets import FittedCard
from ult_desktop.ui.kit import Column, Grid, Row, Theme, icons, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.widgets.card import SHADOW

_TALL = 230  # base pixels of height from which its words are larger
_NAME = 9  # times the height of its letters: the room of a name next to a picture
_PADDING, _ROOMY_SIDE = 8, 20  # above and below, and at the sides of a card that is not narrow
_PICTURE = 80  # base pixels
_BETWEEN = 20  # base pixels between picture, words and tick
_LINES = 3.6  # times the height of its letters: the name and two lines below it
_LEAST_TICK = 44  # pixels: it is found without being read
_TICK = 1.4  # times the height of the letters beside it
_NAMES = ("strong", "body", "small")  # the letters of a name, the largest first


class TickSquare(QWidget):
    """The square that is empty or ticked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.on = theme, False
        set_decoration(self)  # the card says whether it is on

    def show_on(self, on: bool) -> None:
        self.on = on
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.width()
        line = max(2, side // 16)
        painter.setPen(QPen(self._theme.color("primary" if self.on else "ink-soft"), line))
        painter.setBrush(self._theme.color("primary" if self.on else "surface"))
        box = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.drawRoundedRect(box, side / 6, side / 6)
        if self.on:
            inner = side * 3 // 4
            mark = icons.icon_pixmap("check", self._theme.color("primary-ink"), inner)
            painter.drawPixmap((side - inner) // 2, (side - inner) // 2, mark)


class ToggleCard(FittedCard):
    """A card that is on or off. Its state shows as a square, empty or ticked, and at its edge.

    The cards of `together` have squares and letters of one size. `room` is the width in pixels that each of
    them gets, 0 for a card that is alone.
    """

    together: "tuple[ToggleCard, ...]"

    def __init__(self, theme: Theme, icon: str, tint: str) -> None:
        super().__init__(theme, (_ROOMY_SIDE, _PADDING))
        self.setCheckable(True)
        self.together, self.room = (self,), 0
        self.title = widgets.Label("", "strong", wrap=True)
        self.words = widgets.Label("", "small", "soft", wrap=True)
        self.tick = TickSquare(theme)
        self._row = row = Row(theme, gap=_BETWEEN)
        self._picture = widgets.IconTile(theme, icon, tint, _PICTURE)
        row.addWidget(self._picture)
        words = Column(theme, gap=2)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.words)
        words.addStretch()
        row.addLayout(words, 1)
        row.addWidget(self.tick)
        self.body.addLayout(row)
        self.toggled.connect(self.tick.show_on)
        self.refit()

    def show_words(self, title: str, words: str = "") -> None:
        self.title.setText(title)
        self.words.setText(words)
        for card in self.together:
            card.make_room()
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    @override
    def make_room(self) -> None:
        """Leave only the name and the tick where the card is narrow."""
        letter, between = self._theme.text("strong"), self._theme.px(_BETWEEN)
        tick = max(_LEAST_TICK, math.ceil(letter * _TICK))
        width = self.room or self.width()
        inner = width - 2 * self._theme.px(_ROOMY_SIDE + SHADOW) - between
        roomy = inner - tick - self._theme.px(_PICTURE) - between >= _NAME * letter
        name_letters = "strong"
        if not roomy:
            between //= 2
            inner = width - 2 * self._theme.px(_PADDING + SHADOW) - between
            # A long name takes smaller letters first: who needs large letters needs a large square too.
            name_letters = next(
                (letters for letters in _NAMES if self._name_width(letters) <= inner - tick), _NAMES[-1]
            )
            tick = max(self._theme.px(_LEAST_TICK), min(tick, inner - self._name_width(name_letters)))
        self.tick.setFixedSize(tick, tick)
        self._row.setSpacing(between)
        across, down = (_ROOMY_SIDE if roomy else _PADDING) + SHADOW, _PADDING + SHADOW
        self.body.set_margins((across, down, across, down))
        self._picture.setVisible(roomy)
        high = 2 * self._theme.px(_PADDING + SHADOW) + _LINES * letter
        self.words.setVisible(roomy and bool(self.words.text()) and self.height() >= high)
        large = roomy and self.height() >= self._theme.px(_TALL) * self._theme.growth
        set_style_properties(self.title, type="title" if large else name_letters)
        set_style_properties(self.words, type="body" if large else "small")

    def _name_width(self, letters: str) -> int:
        """Return the width of the longest name in these letters, in pixels."""
        metrics = QFontMetrics(self._theme.font(letters, 600))
        return max(metrics.horizontalAdvance(card.title.text()) for card in self.together)


_HIGHEST = 300  # base pixels of one card
_BESIDE = 3  # cards, on a wide screen
_ROOMY = 500  # base pixels of a card's width


class ToggleStack(QWidget):
    """The stack of `ToggleCard`s, all equally large, in one, two or three columns."""

    def __init__(self, theme: Theme, cards: Iterable[ToggleCard]) -> None:
        super().__init__()
        self._theme, self._cards, self._columns = theme, tuple(cards), 0
        for card in self._cards:
            card.together = self._cards
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
        between = (self._columns - 1) * self._grid.horizontalSpacing()
        for card in self._cards:
            card.room = (event.size().width() - between) // self._columns
            card.make_room()


def is_flat(widget: QWidget) -> bool:
    """Return whether the widget's window is wider than high."""
    return widget.window().width() > widget.window().height()
