"""The report in the window: figures at a glance, a chart, and the table that it is drawn from."""

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.figures.report import ChartKind, ColumnKind, ReportPart, ReportValue, Tile
from ult_desktop.operations.figures.entries import can_be_opened
from ult_desktop.ui.kit import Column, Grid, Row, Theme, widgets
from ult_desktop.ui.kit.panels import ChartPanel
from ult_desktop.ui.kit.widgets.bar_chart import Chart, ChartSeries

NAME_WIDTH, NUMBER_WIDTH, HEAT_WIDTH = 190, 92, 44  # base pixels, of columns at least
NAME_STEP = 16  # pixels by which the column of names shrinks while the figures have no room
HEAD_LINES, LEAST_ROWS = 3, 3  # lines of a head at most; rows of the table below a chart at least
HEAD_MARGIN = 8  # base pixels
LEAST_FIGURES = 4  # figures that stay in sight at least when the names of rows get the room that they need
# The columns of a table by importance: a narrow window leaves out the last of them first.
COLUMNS_BY_IMPORTANCE = (
    *("visits", "served", "wait_median", "wait_p90", "serving_median", "no_show", "unfinished", "arrived"),
    *("cancelled", "wait_mean", "serving_mean", "servings", "walk_mean", "index", "grade", "average"),
)
_UNLIMITED = 10_000  # a height that no head reaches
TILES_A_ROW, MOST_BARS = 4, 31
CHART_LETTERS = 130  # letters that fit below all bars together
CHART_LEAST = 150  # base pixels of height
TAIL = 10  # letters that a name keeps at least of the part after its last comma
_COLOURS = ("primary", "accent")
# Letters at the start of a row's key that the page's period says already: "2026-11-" of a day.
_KEY_PREFIXES = {"day": 8, "week": 5, "month": 5}


class TileView(widgets.Button):
    """A figure and its change since the period before. A press opens the rows that it counts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, role="tile")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setToolTip(_("Baris di balik angka"))
        self.setAccessibleDescription(self.toolTip())
        self.name = widgets.Label("", "small", "soft", wrap=True)
        self.value = widgets.Label("", "heading")
        self.change = widgets.Label("", "small", "soft", wrap=True)
        words = Column(theme, gap=0)
        words.addWidget(self.name)
        words.addWidget(self.change)
        self._row = Row(theme, self, gap=8, margins=(16, 8, 12, 8))
        self._row.addLayout(words, 1)
        self._row.addWidget(self.value)

    @override
    def sizeHint(self) -> QSize:
        """Return the size that the labels need; Qt's own hint is for a button's text."""
        return self._row.totalSizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._row.totalMinimumSize()

    def show_tile(self, tile: Tile) -> None:
        before = _("sebelumnya {value}").format(value=tile.column.in_words(tile.before))
        self.name.setText(tile.column.head)
        self.value.setText(tile.column.in_words(tile.value))
        self.change.setText(" · ".join(filter(None, [tile.change, before])))
        self.setAccessibleName(f"{tile.column.head}: {self.value.text()}, {self.change.text()}")


class TilesView(QWidget):
    """The figures of a report at a glance.

    Signals:
        opened: the officer asks for the rows that a figure (a `Tile`) counts.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = Grid(theme, self, gap=12)
        self.tiles: list[TileView] = []
        self._shown_tiles: tuple[Tile, ...] = ()

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        for index in range(len(self.tiles), len(tiles)):
            view = TileView(self._theme)
            view.clicked.connect(lambda _checked=False, at=index: self.opened.emit(self._shown_tiles[at]))
            self.tiles.append(view)
            self._grid.addWidget(view, *divmod(index, TILES_A_ROW))
        self._shown_tiles = tiles
        for view, tile in zip(self.tiles, tiles, strict=True):
            view.show_tile(tile)


class PartTable(QTableWidget):
    """A part's rows, to read, and to copy with Ctrl+C. The numbers of a heat map are tinted.

    Signals:
        fitted: whether every column has room.
        opened: the officer asks for the rows that a number counts (its row and column).
    """

    fitted = Signal(bool)
    opened = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words: list[list[str]] = []  # of the cells, by row and column
        self._part: ReportPart | None = None
        self._is_heat = False
        self._is_text_table = False
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Tabel"))
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_cells)
        self.cellActivated.connect(self.opened)

    def show_part(self, part: ReportPart) -> None:
        is_heat = part.chart is not None and part.chart.kind is ChartKind.HEAT
        self._part, self._is_heat = part, is_heat
        self.setAccessibleName(part.title)
        self.setRowCount(len(part.rows))
        self.setColumnCount(len(part.columns))
        # The unit of a heat map is in its title.
        self.setHorizontalHeaderLabels([column.words if is_heat else column.head for column in part.columns])
        header = self.horizontalHeader()
        self._is_text_table = all(column.kind.is_words for column in part.columns[:2])
        if self._is_text_table:
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setStretchLastSection(True)
        else:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.words = [
            [column.in_words(value) for column, value in zip(part.columns, values, strict=True)]
            for values in part.rows
        ]
        tints = _heat_tints(part) if not self._theme.is_high_contrast else {}
        for row, row_words in enumerate(self.words):
            for column, words in enumerate(row_words):
                self.setItem(row, column, self._make_cell(words, column, tints.get((row, column), 0.0)))
        self._fit()

    def _fit(self) -> None:
        """Show only whole columns with whole heads. Columns without room are only in the saved files.

        Column 0 names the rows. Columns of text get the width of their longest words; the figures share the
        rest evenly.
        """
        if self._part is None:
            return
        columns, header = range(1, len(self._part.columns)), self.horizontalHeader()
        if self._is_text_table:
            for column in columns:
                self.showColumn(column)
            header.setFixedHeight(self._head_height(self.viewport().width(), (0, *columns)))
            self.fitted.emit(True)
            return
        text_widths = {column: self._widest(column) for column in columns if self._is_text_column(column)}
        room = self.viewport().width() - sum(text_widths.values())
        numbers = [column for column in columns if column not in text_widths]
        name_width, figures = self._share_width(room, numbers)
        for column in columns:
            self.setColumnHidden(column, column not in figures and column not in text_widths)
        for column, width in text_widths.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        self.setColumnWidth(0, name_width)
        header.setFixedHeight(self._head_height((room - name_width) // max(1, len(figures)), figures))
        self.fitted.emit(len(figures) + len(text_widths) == len(columns))

    def _share_width(self, room: int, figures: list[int]) -> tuple[int, list[int]]:
        """Share `room` pixels: return the width of the row names, and the figures that fit next to them.

        As many figures as fit next to the longest names are shown, the most important ones. If fewer than
        `LEAST_FIGURES` fit, the names shrink: as many figures are shown as fit next to the narrowest names,
        and the names get the room that is left.
        """
        ranked = sorted(figures, key=self._importance)
        narrowest = self._theme.px(NAME_WIDTH * self._theme.large_text)
        widest = max(narrowest, self._widest(0))

        def fits(name_width: int, count: int) -> bool:
            return self._has_room((room - name_width) // count, ranked[:count])

        def most_fitting(name_width: int) -> int:
            counts = range(len(ranked), 1, -1)
            return next((count for count in counts if fits(name_width, count)), 1)

        count = most_fitting(widest)
        if count < LEAST_FIGURES:
            count = most_fitting(narrowest)
        name_widths = range(widest, narrowest, -NAME_STEP)
        name_width = next((width for width in name_widths if fits(width, count)), narrowest)
        return name_width, ranked[:count]

    def _widest(self, column: int) -> int:
        """Return the width of a column's longest words."""
        metrics, margins = self.fontMetrics(), 4 * self._theme.px(HEAD_MARGIN)
        head = self.horizontalHeader().fontMetrics().horizontalAdvance(self._head(column)) if column else 0
        return max([head, *(metrics.horizontalAdvance(words[column]) for words in self.words)]) + margins

    def _head(self, column: int) -> str:
        item = self.horizontalHeaderItem(column)
        return item.text() if item is not None else ""

    def _has_room(self, width: int, columns: Collection[int]) -> bool:
        """Return whether each word of the heads fits whole, and no head is higher than `HEAD_LINES` lines."""
        metrics, margins = self.horizontalHeader().fontMetrics(), 2 * self._theme.px(HEAD_MARGIN)
        words = (word for column in columns for word in self._head(column).split())
        highest = HEAD_LINES * metrics.lineSpacing() + margins
        return (
            width >= self._theme.px(HEAT_WIDTH if self._is_heat else NUMBER_WIDTH)
            and all(metrics.horizontalAdvance(word) + margins <= width for word in words)
            and self._head_height(width, columns) <= highest
        )

    def _is_text_column(self, column: int) -> bool:
        return self._part is not None and self._part.columns[column].kind.is_words

    def _head_height(self, width: int, columns: Iterable[int]) -> int:
        metrics, margin = self.horizontalHeader().fontMetrics(), 2 * self._theme.px(HEAD_MARGIN)
        room = QRect(0, 0, width - margin, _UNLIMITED)
        heights = [
            metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._head(column)).height()
            for column in columns
        ]
        return max([metrics.lineSpacing(), *heights]) + margin

    def _importance(self, column: int) -> int:
        key = self._part.columns[column].key if self._part else ""
        return (
            COLUMNS_BY_IMPORTANCE.index(key) if key in COLUMNS_BY_IMPORTANCE else len(COLUMNS_BY_IMPORTANCE)
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_cell(self, words: str, column: int, tint: float) -> QTableWidgetItem:
        """Make a cell; `tint` says how strongly it is tinted (0 to 1)."""
        item = QTableWidgetItem(words)
        is_number = column > 0 and not self._is_text_column(column)
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if tint:
            colour = self._theme.color("accent")
            colour.setAlphaF(0.5 * tint)
            item.setBackground(colour)
        return item

    def copy_cells(self) -> None:
        """Copy the selected cells, or all of them, as a spreadsheet takes them."""
        cells = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        if len(cells) <= 1:  # the cell that the cursor is in
            cells = [(row, column) for row, words in enumerate(self.words) for column in range(len(words))]
        lines = [
            "\t".join(self.words[row][column] for row, column in row_cells)
            for _row, row_cells in groupby(cells, itemgetter(0))
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _heat_tints(part: ReportPart) -> dict[tuple[int, int], float]:
    """Return how strongly each cell (row, column) of a heat map is tinted; 1 is the highest value."""
    if part.chart is None or part.chart.kind is not ChartKind.HEAT:
        return {}
    values = {
        (row, column): _number(cells[column])
        for row, cells in enumerate(part.rows)
        for column in part.drawn_columns
    }
    highest = max(values.values()) or 1.0
    return {cell: value / highest for cell, value in values.items()}


class PartView(QWidget):
    """A part of a report: its chart if it has one, and its table below; or words why it is empty."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.part: ReportPart | None = None
        self.chart = ChartPanel(theme, "")
        self.table = PartTable(theme)
        self.note = widgets.Label("", "body", "soft", wrap=True)
        column = Column(theme, self, gap=12)
        column.addWidget(self.chart, 1)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        self.hint = widgets.Label(
            _("Enter atau klik dua kali: baris di balik sebuah angka."), "small", "soft"
        )
        self.more = widgets.Label(_("Kolom lainnya ada di berkas yang disimpan."), "small", "soft")
        below = Row(theme, gap=16)
        below.addWidget(self.hint)
        below.addWidget(self.more)
        below.addStretch(1)
        column.addLayout(below)
        self._theme = theme
        theme.changed.connect(self._offer_chart)
        self._offer_chart()
        self.table.fitted.connect(
            lambda all_fit: self.more.setVisible(not all_fit and self.table.rowCount() > 0)
        )

    def _offer_chart(self) -> None:
        """Show the chart if there is room. The table has priority: it says all that the chart does."""
        has_chart = self.part is not None and chart_of(self.part) is not None
        least = self._theme.px(CHART_LEAST * self._theme.large_text)
        self.chart.setMinimumHeight(max(least, self.chart.minimumSizeHint().height()))
        lines = self.table.horizontalHeader().height() + LEAST_ROWS * self.table.rowHeight(0)
        needed = self.chart.minimumHeight() + lines + 2 * self.hint.sizeHint().height()
        self.chart.setVisible(has_chart and (not self.table.rowCount() or self.height() >= needed))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_chart()

    def show_part(self, part: ReportPart) -> None:
        self.part = part
        chart = chart_of(part)
        if chart is not None:
            self.chart.title.setText(part.title)
            self.chart.chart.show_chart(chart)
        self.note.setText(part.note)
        self.note.setVisible(bool(part.note))
        self.table.setVisible(bool(part.rows))
        self.hint.setVisible(bool(part.rows) and can_be_opened(part))
        self.table.show_part(part)
        self._offer_chart()


def chart_of(part: ReportPart) -> Chart | None:
    """Return the part's chart; None for a heat map, or with more rows than a chart has room for."""
    rows = part.drawn_rows
    if (
        part.chart is None
        or part.chart.kind is ChartKind.HEAT
        or len(rows) > MOST_BARS
        or not part.has_drawing
    ):
        return None
    series = []
    for index, colour in zip(part.drawn_columns, _COLOURS, strict=False):
        column = part.columns[index]
        unit = 60 if column.kind is ColumnKind.TIME else 1  # bars show minutes
        series.append(ChartSeries(column.head, colour, tuple(_number(cells[index]) / unit for cells in rows)))
    return Chart(groups=_groups(part), series=tuple(series))


def _groups(part: ReportPart) -> tuple[str, ...]:
    """Return the words below the bars, short enough not to run together, and different if possible."""
    names = [part.name_of(row) for row in part.drawn_rows]
    if part.key in _KEY_PREFIXES:
        return tuple(key[_KEY_PREFIXES[part.key] :] for key in part.keys[: len(names)])
    room = max(3, CHART_LETTERS // len(names))
    short = [_cut(name, room) for name in names]
    if len(set(short)) < len(names):
        short = [_cut(name.rpartition(", ")[2], max(room, TAIL)) for name in names]
    return tuple(short)


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1]}…"


def _number(value: ReportValue) -> float:
    """Return a value as charts and tints take it: 0 for words, and where there is none."""
    return float(value) if isinstance(value, int | float) else 0.0
