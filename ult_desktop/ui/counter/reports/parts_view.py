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
LEAST_FIGURES = 4  # figures that are shown at least, before the names of rows get more room
# The columns of a table by importance: a narrow window leaves out the last of them first.
IMPORTANT = (
    *("visits", "served", "wait_median", "wait_p90", "serving_median", "no_show", "unfinished", "arrived"),
    *("cancelled", "wait_mean", "serving_mean", "servings", "walk_mean", "index", "grade", "average"),
)
_HIGH = 10_000  # a height that no head reaches
TILES_A_ROW, MOST_GROUPS = 4, 31
CHART_ROOM = 130  # letters that have room below all bars together
CHART_LEAST = 150  # base pixels of height
TAIL = 10  # letters that are kept at least of what follows the last comma of a name
_COLOURS = ("primary", "accent")
_DATED = {"day": 8, "week": 5, "month": 5}  # letters of a key that the page says already: "2026-11-" of a day


class TileView(widgets.Button):
    """A figure and its change. A press opens the rows that it is made of."""

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
        before = _("sebelumnya {value}").format(value=tile.column.shown(tile.before))
        self.name.setText(tile.column.head)
        self.value.setText(tile.column.shown(tile.value))
        self.change.setText(" · ".join(filter(None, [tile.change, before])))
        self.setAccessibleName(f"{tile.column.head}: {self.value.text()}, {self.change.text()}")


class TilesView(QWidget):
    """The figures of a report at a glance.

    Signals:
        opened: the rows that a figure (a `Tile`) counts are asked for.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = Grid(theme, self, gap=12)
        self.tiles: list[TileView] = []
        self._shown: tuple[Tile, ...] = ()

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        for place in range(len(self.tiles), len(tiles)):
            view = TileView(self._theme)
            view.clicked.connect(lambda _checked=False, at=place: self.opened.emit(self._shown[at]))
            self.tiles.append(view)
            self._grid.addWidget(view, *divmod(place, TILES_A_ROW))
        self._shown = tiles
        for view, tile in zip(self.tiles, tiles, strict=True):
            view.show_tile(tile)


class PartTable(QTableWidget):
    """A part's rows, to read, and to copy with Ctrl+C. The numbers of a heat map are tinted.

    Signals:
        fitted: whether every column has room.
        opened: the rows that a number counts are asked for (its row and column).
    """

    fitted = Signal(bool)
    opened = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words: list[list[str]] = []
        self._part: ReportPart | None = None
        self._is_heat = False
        self._in_words = False
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
        self.setHorizontalHeaderLabels([each.words if is_heat else each.head for each in part.columns])
        header = self.horizontalHeader()
        self._in_words = all(each.kind.is_words for each in part.columns[:2])
        if self._in_words:
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setStretchLastSection(True)
        else:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.words = [
            [column.shown(value) for column, value in zip(part.columns, row, strict=True)]
            for row in part.rows
        ]
        shares = _shares(part) if not self._theme.is_high_contrast else {}
        for at, words in enumerate(self.words):
            for place, word in enumerate(words):
                self.setItem(at, place, self._cell(word, place, shares.get((at, place), 0.0)))
        self._fit()

    def _fit(self) -> None:
        """Show only whole columns with whole heads. Columns without room are only in the saved files."""
        if self._part is None:
            return
        places, header = range(1, len(self._part.columns)), self.horizontalHeader()
        if self._in_words:
            header.setFixedHeight(self._head_height(self.viewport().width(), (0, *places)))
            return
        texts = {place: self._widest(place) for place in places if self._is_words(place)}
        whole = self.viewport().width() - sum(texts.values())
        first, shown = self._shared(whole, [place for place in places if place not in texts])
        for place in places:
            self.setColumnHidden(place, place not in shown and place not in texts)
        for place, width in texts.items():
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(place, width)
        self.setColumnWidth(0, first)
        header.setFixedHeight(self._head_height((whole - first) // max(1, len(shown)), shown))
        self.fitted.emit(len(shown) + len(texts) == len(places))

    def _shared(self, whole: int, figures: list[int]) -> tuple[int, list[int]]:
        """Share the pixels: return the width of the row names, and the figures that fit next to them."""
        ranked = sorted(figures, key=self._importance)
        least, widest = self._theme.px(NAME_WIDTH * self._theme.large_text), self._widest(0)

        def fits(name: int, count: int) -> bool:
            return self._has_room((whole - name) // count, ranked[:count])

        fitting = [count for count in range(len(ranked), 1, -1) if fits(least, count)]
        with_names = (count for count in fitting if count >= LEAST_FIGURES and fits(widest, count))
        most = next(with_names, max(fitting, default=1))
        name = next((each for each in range(widest, least, -NAME_STEP) if fits(each, most)), least)
        return name, ranked[:most]

    def _widest(self, place: int) -> int:
        """Return the width of a column's longest words."""
        metrics, margins = self.fontMetrics(), 4 * self._theme.px(HEAD_MARGIN)
        head = self.horizontalHeader().fontMetrics().horizontalAdvance(self._head(place)) if place else 0
        return max([head, *(metrics.horizontalAdvance(words[place]) for words in self.words)]) + margins

    def _head(self, place: int) -> str:
        item = self.horizontalHeaderItem(place)
        return item.text() if item is not None else ""

    def _has_room(self, width: int, places: Collection[int]) -> bool:
        """Return whether each word of the heads fits whole, and no head is higher than `HEAD_LINES` lines."""
        metrics, margins = self.horizontalHeader().fontMetrics(), 2 * self._theme.px(HEAD_MARGIN)
        words = (word for place in places for word in self._head(place).split())
        highest = HEAD_LINES * metrics.lineSpacing() + margins
        return (
            width >= self._theme.px(HEAT_WIDTH if self._is_heat else NUMBER_WIDTH)
            and all(metrics.horizontalAdvance(word) + margins <= width for word in words)
            and self._head_height(width, places) <= highest
        )

    def _is_words(self, place: int) -> bool:
        return self._part is not None and self._part.columns[place].kind.is_words

    def _head_height(self, width: int, places: Iterable[int]) -> int:
        metrics, margin = self.horizontalHeader().fontMetrics(), 2 * self._theme.px(HEAD_MARGIN)
        room = QRect(0, 0, width - margin, _HIGH)
        heights = [
            metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._head(place)).height()
            for place in places
        ]
        return max([metrics.lineSpacing(), *heights]) + margin

    def _importance(self, place: int) -> int:
        key = self._part.columns[place].key if self._part else ""
        return IMPORTANT.index(key) if key in IMPORTANT else len(IMPORTANT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _cell(self, words: str, place: int, share: float) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        is_number = bool(place) and not self._is_words(place)
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if share:
            tint = self._theme.color("accent")
            tint.setAlphaF(0.5 * share)
            item.setBackground(tint)
        return item

    def copy_cells(self) -> None:
        """Copy the selected cells, or all of them, as a spreadsheet takes them."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        every = {(at, place) for at, words in enumerate(self.words) for place in range(len(words))}
        cells = sorted(chosen if len(chosen) > 1 else every)
        lines = [
            "\t".join(self.words[at][place] for _at, place in row)
            for at, row in groupby(cells, itemgetter(0))
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _shares(part: ReportPart) -> dict[tuple[int, int], float]:
    """Return how strongly each cell of a heat map is tinted; 1 is the highest value."""
    if part.chart is None or part.chart.kind is not ChartKind.HEAT:
        return {}
    found = {(at, place): _number(row[place]) for at, row in enumerate(part.rows) for place in part.drawn}
    highest = max(found.values()) or 1.0
    return {place: value / highest for place, value in found.items()}


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
        self.table.fitted.connect(lambda whole: self.more.setVisible(not whole and self.table.rowCount() > 0))

    def _offer_chart(self) -> None:
        """Show the chart if there is room. The table says all that the chart does, so it comes first."""
        drawn = self.part is not None and chart_of(self.part) is not None
        least = self._theme.px(CHART_LEAST * self._theme.large_text)
        self.chart.setMinimumHeight(max(least, self.chart.minimumSizeHint().height()))
        lines = self.table.horizontalHeader().height() + LEAST_ROWS * self.table.rowHeight(0)
        needed = self.chart.minimumHeight() + lines + 2 * self.hint.sizeHint().height()
        self.chart.setVisible(drawn and (not self.table.rowCount() or self.height() >= needed))

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
        self.more.setVisible(bool(part.rows) and self.more.isVisibleTo(self))
        self.hint.setVisible(bool(part.rows) and can_be_opened(part))
        self.table.show_part(part)
        self._offer_chart()


def chart_of(part: ReportPart) -> Chart | None:
    """Return the part's chart; None for a heat map, or with more rows than a chart has room for."""
    rows = part.drawn_rows
    if (
        part.chart is None
        or part.chart.kind is ChartKind.HEAT
        or len(rows) > MOST_GROUPS
        or not part.is_drawn
    ):
        return None
    return Chart(
        groups=_groups(part),
        series=tuple(
            ChartSeries(part.columns[place].head, colour, tuple(_shown(part, row, place) for row in rows))
            for place, colour in zip(part.drawn, _COLOURS, strict=False)
        ),
    )


def _groups(part: ReportPart) -> tuple[str, ...]:
    """Return the words below the bars, short enough not to run together, and different if possible."""
    names = [part.name_of(row) for row in part.drawn_rows]
    if part.key in _DATED:
        return tuple(key[_DATED[part.key] :] for key in part.keys[: len(names)])
    room = max(3, CHART_ROOM // len(names))
    short = [_cut(name, room) for name in names]
    if len(set(short)) < len(names):
        short = [_cut(name.rpartition(", ")[2], max(room, TAIL)) for name in names]
    return tuple(short)


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1]}…"


def _shown(part: ReportPart, row: tuple[ReportValue, ...], place: int) -> float:
    """Return the value as a bar draws it: times in minutes, no value as 0."""
    return _number(row[place]) / (60 if part.columns[place].kind is ColumnKind.TIME else 1)


def _number(value: ReportValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
