"""A list of records, with search and filters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import searching
from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.layouts import ButtonLines, Column, Row
from ult_desktop.ui.kit.lists import list_view
from ult_desktop.ui.kit.lists.list_view import FilteredModel, ListView
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import Button


@dataclass(frozen=True)
class Tag:
    """A state of a record. `tone`: ok, warn, danger, priority, primary or accent; `icon_name` may be ""."""

    text: str
    tone: str = "primary"
    icon_name: str = ""


@dataclass(frozen=True)
class ListRow:
    """The words and marks of a row of the list.

    `aside` is at the right (a time, a number). `strong` rows have a bold title. `side_tone` colours a bar at
    the left edge ("danger" for what is late). `groups` are those of `Filter` that the row belongs to.
    `search` has further words by which the search finds the row.
    """

    id: object
    title: str
    subtitle: str = ""
    aside: str = ""
    icon: str = ""
    tint: str = "slate"
    tags: tuple[Tag, ...] = ()
    groups: frozenset[str] = field(default_factory=frozenset)
    strong: bool = False
    side_tone: str = ""
    search: str = ""

    @property
    def key(self) -> object:
        return self.id

    @property
    def tip(self) -> str:
        return ""

    @property
    def spoken(self) -> str:
        """Return the row for a screen reader."""
        parts = (self.title, self.subtitle, *(tag.text for tag in self.tags), self.aside)
        return ", ".join(part for part in parts if part)

    @cached_property
    def search_text(self) -> str:
        return searching.searchable(f"{self.spoken} {self.search}")


class RowModel(FilteredModel[ListRow]):
    """The model of the rows that belong to the chosen group and match the search."""

    def __init__(self) -> None:
        super().__init__()
        self._words: searching.Forms = ()
        self._group = ""

    def search(self, text: str) -> None:
        """Show only rows in which every word of `text` occurs, however it is written."""
        self._words = searching.search_forms(text)
        self.sift()

    def filter(self, group: str) -> None:
        """Show only rows of a group; "" shows all."""
        self._group = group
        self.sift()

    def count_of(self, group: str) -> int:
        return sum(group in row.groups for row in self._all) if group else len(self._all)

    @override
    def is_wanted(self, row: ListRow) -> bool:
        if self._group and self._group not in row.groups:
            return False
        return searching.is_found(row.search_text, self._words)


class TagRow(QWidget):
    """The row of pills, one for each state; hidden without any."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.pills: list[widgets.Pill] = []
        self._row = layouts.Row(theme, self, gap=6)
        self._row.addStretch()
        self.hide()

    def show_tags(self, tags: Sequence[Tag]) -> None:
        for _number in range(len(self.pills), len(tags)):
            pill = widgets.Pill(self._theme)
            self._row.insertWidget(len(self.pills), pill)
            self.pills.append(pill)
        for number, pill in enumerate(self.pills):
            tag = tags[number] if number < len(tags) else Tag("")
            pill.show_status(tag.text, tag.tone, tag.icon_name)
        self.setVisible(bool(tags))


ROW_HEIGHT = 60  # base pixels
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_WIDEST_TAGS = 0.6  # of the lower line's width, so that the subtitle has room
_LEAST_NAME = 0.4  # of a row's width, however long `aside` is


class RowDelegate(list_view.ListDelegate[ListRow]):
    """The painter of a row of two lines: icon, title and time; below them the subtitle and the states."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ROW_HEIGHT)

    @override
    def paint_row(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        px = self._theme.px
        if row.side_tone:
            self.paint_bar(painter, rect, row.side_tone)
        inner = rect.adjusted(px(14), px(7), -px(12), -px(7))
        if row.icon:
            inner = inner.adjusted(self._paint_icon(painter, inner, row) + px(12), 0, 0, 0)
        if not row.subtitle and not row.tags:
            self._paint_upper(painter, inner, row)
            return
        upper, lower = list_view.halves(inner)
        self._paint_upper(painter, upper, row)
        self._paint_lower(painter, lower, row)

    def _paint_icon(self, painter: QPainter, inner: QRect, row: ListRow) -> int:
        side = self._theme.px(36)
        box = QRect(inner.left(), inner.top() + (inner.height() - side) // 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"tint-{row.tint}"))
        painter.drawRoundedRect(QRectF(box), side * 0.25, side * 0.25)
        glyph = round(side * 0.56)
        ink = self._theme.color(f"tint-{row.tint}-ink")
        corner = box.topLeft() + QRect(0, 0, side - glyph, side - glyph).center()
        painter.drawPixmap(corner, icon_pixmap(row.icon, ink, glyph))
        return side

    def _paint_upper(self, painter: QPainter, box: QRect, row: ListRow) -> None:
        title, small = self._theme.font("body", 700 if row.strong else 500), self._theme.font("small", 600)
        apart = self._theme.px(8) if row.aside else 0
        name = min(QFontMetrics(title).horizontalAdvance(row.title), round(box.width() * _LEAST_NAME))
        elide = Qt.TextElideMode.ElideRight
        aside = QFontMetrics(small).elidedText(row.aside, elide, box.width() - name - apart)
        painter.setFont(small)
        painter.setPen(self._theme.color("ink-soft"))
        painter.drawText(box, list_view.RIGHT, aside)
        room = box.width() - QFontMetrics(small).horizontalAdvance(aside) - apart
        painter.setFont(title)
        painter.setPen(self._theme.color("ink"))
        list_view.draw_line(painter, QRect(box.left(), box.top(), room, box.height()), row.title)

    def _paint_lower(self, painter: QPainter, box: QRect, row: ListRow) -> None:
        right = box.right() + 1
        for tag in reversed(self._fitting(row.tags, round(box.width() * _WIDEST_TAGS))):
            wide = self._tag_width(tag)
            self._paint_tag(painter, QRect(right - wide, box.top(), wide, box.height()), tag)
            right -= wide + self._theme.px(6)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("ink-soft"))
        list_view.draw_line(
            painter, QRect(box.left(), box.top(), right - box.left(), box.height()), row.subtitle
        )

    def _fitting(self, tags: tuple[Tag, ...], room: int) -> list[Tag]:
        """Return the tags that fit, from the first, which matters most."""
        fitting: list[Tag] = []
        for tag in tags:
            room -= self._tag_width(tag) + self._theme.px(6)
            if room < 0:
                break
            fitting.append(tag)
        return fitting

    def _tag_width(self, tag: Tag) -> int:
        metrics = QFontMetrics(self._theme.font("small", 600))
        return metrics.horizontalAdvance(tag.text) + self._theme.px(16)

    def _paint_tag(self, painter: QPainter, box: QRect, tag: Tag) -> None:
        ink = self._theme.color(f"{tag.tone}-soft-ink")
        painter.setPen(ink if self._theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{tag.tone}-soft"))
        pill = QRectF(box).adjusted(0.5, 1.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(ink)
        painter.setFont(self._theme.font("small", 600))
        painter.drawText(box, _MIDDLE, tag.text)


@dataclass(frozen=True)
class Filter:
    """The chip of a group of rows (`ListRow.groups`); the group "" has all rows."""

    group: str
    text: str
    tone: str = ""


class FilterBar(ButtonLines):
    """The chips above a list, as many in a line as fit, the others in further lines.

    Signals:
        chosen: another group is chosen (its name).
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, filters: Sequence[Filter]) -> None:
        super().__init__(theme, gap=4)
        self._filters = filters
        self.chips = {chip.group: Button(theme, chip.text, "quiet") for chip in filters}
        group = QButtonGroup(self)
        for name, chip in self.chips.items():
            chip.setParent(self)
            chip.setProperty("shape", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            group.addButton(chip)
            chip.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
        if self.chips:
            next(iter(self.chips.values())).setChecked(True)
        if not filters:
            self.hide()
        theme.changed.connect(self._place)

    def choose(self, group: str) -> None:
        self.chips[group].setChecked(True)
        self.chosen.emit(group)

    def show_counts(self, count_of: Callable[[str], int]) -> None:
        """Show how many rows each group holds."""
        for chip in self._filters:
            count = count_of(chip.group)
            words = _("{name} {n}").format(name=chip.text, n=count) if count else chip.text
            self.chips[chip.group].setText(words)
        self._place()

    @override
    def _shown_buttons(self) -> Iterable[Button]:
        return self.chips.values()


class RecordList(QFrame):
    """A list with search and filters. The chosen row stays chosen when the rows are read again.

    Args:
        theme: colours and sizes.
        hint: what can be searched for.
        filters: groups of rows.
        empty: words and icon while there is no row; before `show_rows` the list says that it is being read.
        own_search: False where the database searches: then the list only emits `searched`.
        opens_first: choose the first row when the first rows come, unless a row was asked for.

    Signals:
        chosen: another row is chosen (its id, or None).
        opened: Enter or a double click on a row (its id).
        searched: the text of the search changed.
        filtered: another filter is chosen (its group).
    """

    chosen = Signal(object)
    opened = Signal(object)
    searched = Signal(str)
    filtered = Signal(str)

    def __init__(
        self,
        theme: Theme,
        hint: str = "",
        filters: Sequence[Filter] = (),
        empty: tuple[str, str] = ("", ""),
        *,
        own_search: bool = True,
        opens_first: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._empty, self._own_search = empty, own_search
        self._opens_first = opens_first
        self._chosen_id: object = None  # the id of the row that was asked for or chosen, listed or not
        self._reported_id: object = None  # the id that `chosen` carried last
        self._was_read = False
        self.search = QLineEdit(placeholderText=hint or _("Cari …"))
        self.search.setAccessibleName(_("Cari"))
        self.filters = FilterBar(theme, filters)
        self.model = RowModel()
        self.view = ListView(theme, self.model, RowDelegate(theme))
        self.view.setAccessibleName(_("Daftar"))
        if filters:
            self.model.filter(filters[0].group)
        self._lay_out(theme)
        self._connect_signals()
        self._show_why_empty()

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=4, margins=(1, 8, 1, 1))
        head = Row(theme, gap=8, margins=(10, 0, 10, 0))
        head.addWidget(self.search, 1)
        column.addLayout(head)
        chips = Row(theme, margins=(10, 0, 10, 0))
        chips.addWidget(self.filters, 1)
        column.addLayout(chips)
        column.addWidget(self.view, 1)

    def _connect_signals(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._focus_rows)
        self.filters.chosen.connect(self._on_filter)
        self.view.opened.connect(self.opened)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.model.modelReset.connect(self._restore_choice)
        down = QShortcut(Qt.Key.Key_Down, self.search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._focus_rows)
        escape = QShortcut(Qt.Key.Key_Escape, self.search, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._end_search)
        slash = QShortcut(QKeySequence("/"), self.view, context=Qt.ShortcutContext.WidgetShortcut)
        slash.activated.connect(self.focus_search)

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self._was_read = True
        self.model.show_rows(rows)
        self.filters.show_counts(self.model.count_of)
        self._show_why_empty()
        self._choose_first()
        self._restore_choice()
        if self._reported_id is not None and all(row.id != self._reported_id for row in rows):
            self._report(None)

    @property
    def selected(self) -> object:
        """The id of the chosen row, or None."""
        row = self.model.row_at(self.view.currentIndex())
        return row.id if row else None

    @property
    def count(self) -> int:
        """The number of rows in the list now."""
        return self.model.rowCount()

    def choose(self, row_id: object) -> None:
        """Choose a row, now or as soon as it is in the list."""
        self._chosen_id = row_id
        self._restore_choice()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_current_changed(self, index: list_view.Index) -> None:
        row = self.model.row_at(index)
        if row is not None and row.id != self._reported_id:
            self._report(row.id)

    def _report(self, row_id: object) -> None:
        self._chosen_id = self._reported_id = row_id
        self.chosen.emit(row_id)

    def _restore_choice(self) -> None:
        position = self.model.row_number(self._chosen_id) if self._chosen_id is not None else -1
        if position >= 0 and position != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(position))

    def _choose_first(self) -> None:
        """Choose the first row, once, and only if no row was asked for."""
        if self._opens_first and self.count:
            self._opens_first = False
            first = self.model.row_at(self.model.index(0))
            if self._chosen_id is None and first is not None:
                self._chosen_id = first.id

    def _on_search(self, text: str) -> None:
        if self._own_search:
            self.model.search(text)
            self._show_why_empty()
        self.searched.emit(text)

    def _on_filter(self, group: str) -> None:
        self.model.filter(group)
        self._show_why_empty()
        self.filtered.emit(group)

    def _show_why_empty(self) -> None:
        if not self._was_read:
            self.view.show_empty(_("Membaca …"), "hourglass")
        elif self.model.total:
            self.view.show_empty(_("Tidak ada yang cocok."), "search")
        else:
            self.view.show_empty(*self._empty)

    def _focus_rows(self) -> None:
        self.view.setFocus()
        if not self.view.currentIndex().isValid() and self.count:
            self.view.setCurrentIndex(self.model.index(0))

    def _end_search(self) -> None:
        """Clear the search. Without a search, close the box that the list is in, as Esc does everywhere."""
        box = self.window()
        if not self.search.text() and isinstance(box, QDialog):
            box.reject()
            return
        self.search.clear()
        self.view.setFocus()
