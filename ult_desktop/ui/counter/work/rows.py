"""What a list shows of each thing, and the model that hands it to the view."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from ult_desktop.ui.counter.work.tag import Tag

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class ListRow:
    """One line of a list, in words.

    `aside` stands at the right (a time, a number). `strong`: not seen yet. `side_tone`: a bar at the
    left edge ("danger" for what is late). `groups`: the filters it belongs to. `search`: further words
    by which it is found.
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
    def spoken(self) -> str:
        """The row for a screen reader."""
        parts = (self.title, self.subtitle, *(tag.text for tag in self.tags), self.aside)
        return ", ".join(part for part in parts if part)

    @cached_property
    def haystack(self) -> str:
        return f"{self.spoken} {self.search}".casefold()


class RowModel(QAbstractListModel):
    """The rows of one list: those of the filter that match what is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ListRow, ...] = ()
        self._rows: list[ListRow] = []
        self._words: list[str] = []
        self._group = ""

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        self._all = tuple(rows)
        self._sift()

    def search(self, text: str) -> None:
        """Only rows in which every word of `text` stands somewhere, whatever its case."""
        self._words = text.casefold().split()
        self._sift()

    def filter(self, group: str) -> None:
        """Only rows of a group; "" shows all."""
        self._group = group
        self._sift()

    def count_of(self, group: str) -> int:
        return sum(group in row.groups for row in self._all) if group else len(self._all)

    @property
    def total(self) -> int:
        """How many there are, searched for or not."""
        return len(self._all)

    def row_number(self, row_id: object) -> int:
        """Where a row stands among those shown; -1 when it does not."""
        return next((n for n, row in enumerate(self._rows) if row.id == row_id), -1)

    def row_at(self, index: Index) -> ListRow | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def _sift(self) -> None:
        rows = [row for row in self._all if self._is_wanted(row)]
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _is_wanted(self, row: ListRow) -> bool:
        if self._group and self._group not in row.groups:
            return False
        return not self._words or all(word in row.haystack for word in self._words)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        return (
            row.spoken if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole) else None
        )
