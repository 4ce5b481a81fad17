"""The model, the view and the painter of a list of rows, of which some are shown."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ult_desktop.ui.kit import typeset
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


class DisplayRow(Protocol):
    """The properties of a row that the list needs."""

    @property
    def key(self) -> object:
        """A value that no other listed row has."""
        ...

    @property
    def spoken(self) -> str:
        """The words of the row for a screen reader."""
        ...

    @property
    def tip(self) -> str:
        """The tool tip of the row; "" for none."""
        ...


R = TypeVar("R", bound=DisplayRow)


class FilteredModel(QAbstractListModel, Generic[R]):
    """The model of the rows that are shown. A subclass says which, and calls `sift` when that changes."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[R, ...] = ()
        self._rows: list[R] = []

    @abstractmethod
    def is_wanted(self, row: R) -> bool:
        """Return whether the row is shown now."""

    def show_rows(self, rows: Sequence[R]) -> None:
        self._all = tuple(rows)
        self.sift()

    def sift(self) -> None:
        """Show the wanted rows. The same rows in the same order are only painted again."""
        rows = [row for row in self._all if self.is_wanted(row)]
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            if rows:
                # A reset would lose the selection and the scroll position, each time another station commits.
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def total(self) -> int:
        """The number of rows, wanted or not."""
        return len(self._all)

    def row_number(self, key: object) -> int:
        """Return the position of a row among those shown; -1 when it is not shown."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

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


class ListView(QListView):
    """The view of a list.

    Signals:
        opened: Enter or a double click on a row (its key).
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, model: FilteredModel[R], delegate: QStyledItemDelegate) -> None:
        super().__init__()
        self._theme, self._delegate, self._row_model = theme, delegate, model
        self._empty = ("", "")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setProperty("kind", "bare")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        # Without this Qt asks for the height of every row before it shows the first:
        # https://doc.qt.io/qt-6/qlistview.html#uniformItemSizes-prop
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self.take_row)
        theme.changed.connect(self.scheduleDelayedItemsLayout)  # the view caches the rows' common height

    def take_row(self) -> None:
        """Open the current row, if there is one."""
        row = self._row_model.row_at(self.currentIndex())
        if row is not None:
            self.opened.emit(row.key)

    def show_empty(self, text: str, icon_name: str = "") -> None:
        """Set the words and the icon drawn when there is no row."""
        self._empty = (text, icon_name)
        self.setAccessibleDescription(self.empty_words)
        self.viewport().update()

    @property
    def empty_words(self) -> str:
        """The words drawn while there is no row."""
        return self._empty[0] if not self.model().rowCount() else ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_row()
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are the page's shortcuts: Qt would search by first letter
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.empty_words:
            return
        text, icon_name = self._empty
        painter = QPainter(self.viewport())
        soft = self._theme.color("ink-soft")
        side = self._theme.px(40)
        middle = self.viewport().rect().center()
        if icon_name:
            top = middle.y() - side - self._theme.px(8)
            painter.drawPixmap(middle.x() - side // 2, top, icon_pixmap(icon_name, soft, side))
        painter.setPen(soft)
        painter.setFont(self._theme.font("body"))
        margin = self._theme.px(16)
        box = QRect(margin, middle.y(), self.viewport().width() - 2 * margin, self._theme.px(96))
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box, where, text)


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEAST_WIDTH, _EDGE = 120, 15  # base pixels
Shown = TypeVar("Shown")


class ListDelegate(QStyledItemDelegate, Generic[Shown]):
    """The painter of rows, all of one height, so that thousands of rows scroll like ten.

    Args:
        theme: colours and sizes.
        height: the height of a row, in base pixels.
    """

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__()
        self._theme, self._height = theme, height

    @abstractmethod
    def paint_row(self, painter: QPainter, rect: QRect, row: Shown) -> None:
        """Paint the row onto its background."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._theme.px(_LEAST_WIDTH), self._theme.px(self._height))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_background(painter, option.rect, option.state)
        self.paint_row(painter, option.rect, index.data(ROW_ROLE))
        painter.restore()

    def _paint_background(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("primary-soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("surface-alt"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.color("primary-edge"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            return
        painter.setPen(self._theme.color("line"))
        painter.drawLine(rect.left() + self._theme.px(_EDGE), rect.bottom(), rect.right(), rect.bottom())

    def paint_bar(self, painter: QPainter, rect: QRect, tone: str) -> None:
        """Paint a bar at the left edge, which marks a row that is next or late."""
        bar = QRect(rect.left(), rect.top() + 4, self._theme.px(4), rect.height() - 8)
        painter.fillRect(bar, self._theme.color(tone))


def halves(box: QRect) -> tuple[QRect, QRect]:
    """Return the boxes of the upper and the lower line of a row."""
    half = box.height() // 2
    return (
        QRect(box.left(), box.top(), box.width(), half),
        QRect(box.left(), box.top() + half, box.width(), box.height() - half),
    )


def draw_line(painter: QPainter, box: QRect, text: str) -> None:
    """Draw one line at the left, with the figures that suit it; a line that is too long ends in "…"."""
    painter.setFont(typeset.font_for_words(painter.font(), text))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, LEFT, shown)
