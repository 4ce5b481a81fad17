"""A list with search, filters and keys: cases, guests, calls, requests."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit

from ult_desktop.base import _
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.lists import filter_bar, sifted_model
from ult_desktop.ui.kit.lists.row_view import RowView
from ult_desktop.ui.kit.lists.rows import ListRow, RowModel
from ult_desktop.ui.kit.theme import Theme


class RecordList(QFrame):
    """The chosen row stays chosen when the rows come anew.

    Args:
        theme: colours and sizes.
        hint: what can be searched for.
        filters: groups of rows.
        empty: words and icon while there is no row at all; until the first rows are shown nobody knows.
        own_search: False when the database searches: then only `searched` is emitted.
        opens_first: the first row is chosen by itself when the first rows come and none was asked for.

    Signals:
        chosen: another row is chosen (its id, or None).
        opened: Enter or a double click on a row (its id).
        searched: another text is searched for.
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
        filters: Sequence[filter_bar.Filter] = (),
        empty: tuple[str, str] = ("", ""),
        *,
        own_search: bool = True,
        opens_first: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._empty, self._own_search = empty, own_search
        self._opens_first = opens_first
        self._chosen: object = None
        self._told: object = None
        self._was_read = False
        self.search = QLineEdit(placeholderText=hint or _("Cari …"))
        self.search.setAccessibleName(_("Cari"))
        self.filters = filter_bar.FilterBar(theme, filters)
        self.model = RowModel()
        self.view = RowView(theme, self.model)
        self.view.setAccessibleName(_("Daftar"))
        if filters:
            self.model.filter(filters[0].group)
        self._lay_out(theme)
        self._wire()
        self._say_why_empty()

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=4, margins=(1, 8, 1, 1))
        head = Row(theme, gap=8, margins=(10, 0, 10, 0))
        head.addWidget(self.search, 1)
        column.addLayout(head)
        chips = Row(theme, margins=(10, 0, 10, 0))
        chips.addWidget(self.filters, 1)
        column.addLayout(chips)
        column.addWidget(self.view, 1)

    def _wire(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._to_rows)
        self.filters.chosen.connect(self._filter)
        self.view.opened.connect(self.opened)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.model.modelReset.connect(self._choose_again)
        down = QShortcut(Qt.Key.Key_Down, self.search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._to_rows)
        escape = QShortcut(Qt.Key.Key_Escape, self.search, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self._end_search)
        slash = QShortcut(QKeySequence("/"), self.view, context=Qt.ShortcutContext.WidgetShortcut)
        slash.activated.connect(self.focus_search)

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self._was_read = True
        self.model.show_rows(rows)
        self.filters.show_counts(self.model.count_of)
        self._say_why_empty()
        self._choose_first()
        self._choose_again()
        if self._told is not None and all(row.id != self._told for row in rows):
            self._tell(None)

    @property
    def selected(self) -> object:
        """The id of the chosen row, or None."""
        row = self.model.row_at(self.view.currentIndex())
        return row.id if row else None

    @property
    def count(self) -> int:
        """How many rows are in the list now."""
        return self.model.rowCount()

    def choose(self, row_id: object) -> None:
        """Choose a row, now or as soon as it is in the list."""
        self._chosen = row_id
        self._choose_again()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _choose(self, index: sifted_model.Index) -> None:
        row = self.model.row_at(index)
        if row is not None and row.id != self._told:
            self._tell(row.id)

    def _tell(self, row_id: object) -> None:
        self._chosen = self._told = row_id
        self.chosen.emit(row_id)

    def _choose_again(self) -> None:
        place = self.model.row_number(self._chosen) if self._chosen is not None else -1
        if place >= 0 and place != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(place))

    def _choose_first(self) -> None:
        """Once: who is done with a row chooses the next one."""
        if self._opens_first and self.count:
            self._opens_first = False
            first = self.model.row_at(self.model.index(0))
            if self._chosen is None and first is not None:
                self._chosen = first.id

    def _search(self, text: str) -> None:
        if self._own_search:
            self.model.search(text)
            self._say_why_empty()
        self.searched.emit(text)

    def _filter(self, group: str) -> None:
        self.model.filter(group)
        self._say_why_empty()
        self.filtered.emit(group)

    def _say_why_empty(self) -> None:
        if not self._was_read:
            self.view.show_empty(_("Membaca …"), "hourglass")
        elif self.model.total:
            self.view.show_empty(_("Tidak ada yang cocok."), "search")
        else:
            self.view.show_empty(*self._empty)

    def _to_rows(self) -> None:
        self.view.setFocus()
        if not self.view.currentIndex().isValid() and self.count:
            self.view.setCurrentIndex(self.model.index(0))

    def _end_search(self) -> None:
        """Nothing is searched for: in a box the key closes the box, as everywhere else in it."""
        box = self.window()
        if not self.search.text() and isinstance(box, QDialog):
            box.reject()
            return
        self.search.clear()
        self.view.setFocus()
