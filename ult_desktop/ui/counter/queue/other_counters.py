"""The tiles of what the other counters do."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue.boards import CounterBoard, CounterStatus
from ult_desktop.ui.counter.words import COUNTER_TONES, counter_name
from ult_desktop.ui.kit import Column, Grid, Row, Theme, widgets

_TILE_WIDTH, _GAP = 240, 8  # base pixels
_MAX_ROWS_IN_SIGHT = 2


class CounterTile(QFrame):
    """A tile of one other counter: name, officer, state, and whom it serves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.name = widgets.ElidedLabel("", "strong")
        self.state = widgets.Pill(theme)
        self.officer = widgets.ElidedLabel("", "small", "soft")
        self.visit = widgets.ElidedLabel("", "body")
        top = Row(theme, gap=8)
        top.addWidget(self.name, 1)
        top.addWidget(self.state)
        column = Column(theme, self, gap=4, margins=(16, 8, 12, 8))
        column.addLayout(top)
        column.addWidget(self.visit)
        column.addWidget(self.officer)

    def show_line(self, line: CounterStatus) -> None:
        tone, icon_name = COUNTER_TONES[line.state]
        self.name.setText(counter_name(line))
        self.state.show_status(line.state.word, tone, icon_name)
        self.officer.setText(line.officer or _("tanpa petugas"))
        visitor = line.current
        idle = line.pause_reason or _("tidak ada pengunjung")
        self.visit.setText(
            _("{label} {state}").format(label=visitor.label, state=visitor.state.word) if visitor else idle
        )


class OtherCounters(QWidget):
    """The tiles of the other counters, as many next to each other as fit."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.tiles: list[CounterTile] = []
        self._shown = 0  # how many tiles; the others are spare
        self.title = widgets.Label(title or _("Loket-loket lain"), "caps", "soft")
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._grid = Grid(theme, gap=_GAP)
        box = Column(theme, inner)
        box.addLayout(self._grid)
        box.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(self.title.text())
        self._area.setWidget(inner)
        column = Column(theme, self, gap=8)
        column.addWidget(self.title)
        column.addWidget(self._area)

    def show_board(self, board: CounterBoard) -> None:
        self.show_lines([line for line in board.counters if line.number != board.mine.number])

    def show_lines(self, lines: Sequence[CounterStatus]) -> None:
        self.setVisible(bool(lines))
        for _number in range(len(self.tiles), len(lines)):
            self.tiles.append(CounterTile(self._theme))
        for tile, line in zip(self.tiles, lines, strict=False):
            tile.show_line(line)
        self._shown = len(lines)
        self._arrange()

    def _arrange(self) -> None:
        """Arrange as many tiles next to each other as fit. Two rows are in sight, further rows scroll."""
        columns = max(1, self.width() // self._theme.px(_TILE_WIDTH))
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
            tile.setVisible(number < self._shown)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        rows = min(_MAX_ROWS_IN_SIGHT, -(-self._shown // columns))  # rounded up
        tall = self.tiles[0].sizeHint().height() if self.tiles else 0
        self._area.setFixedHeight(rows * (tall + self._theme.px(_GAP)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
