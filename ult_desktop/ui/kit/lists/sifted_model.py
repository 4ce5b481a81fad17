"""The rows of a list, those that are wanted; what was chosen stays when they come anew."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


class DisplayRow(Protocol):
    """What a list must know of a row."""

    @property
    def key(self) -> object:
        """Tells the row from the others, for as long as it is listed."""
        ...

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        ...

    @property
    def tip(self) -> str:
        """What the mouse is told over it, "" for nothing."""
        ...


R = TypeVar("R", bound=DisplayRow)


class FilteredModel(QAbstractListModel, Generic[R]):
    """A subclass says which rows are wanted and calls `sift` when that changes."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[R, ...] = ()
        self._rows: list[R] = []

    @abstractmethod
    def is_wanted(self, row: R) -> bool:
        """Whether the row is shown now."""

    def show_rows(self, rows: Sequence[R]) -> None:
        self._all = tuple(rows)
        self.sift()

    def sift(self) -> None:
        """Show the wanted rows; the same ones in the same order are only painted again."""
        rows = [row for row in self._all if self.is_wanted(row)]
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many there are, wanted or not."""
        return len(self._all)

    def row_number(self, key: object) -> int:
        """Where a row stands among those shown; -1 when it does not."""
        return next((n for n, row in enumerate(self._rows) if row.key == key), -1)

    def row_at(self, index: Index) -> R | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

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
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return row.spoken
        return row.tip or None if role == Qt.ItemDataRole.ToolTipRole else None
