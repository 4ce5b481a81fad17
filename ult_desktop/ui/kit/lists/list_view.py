"""The view of a list: its painted rows, and its empty and busy states drawn on purpose."""

from abc import abstractmethod

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate
from typing_extensions import override

from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.lists.sifted_model import FilteredModel, R
from ult_desktop.ui.kit.theme import Theme


class ListView(QListView):
    """Arrow keys move, Enter or a double click takes a row: `take_row`, which a subclass fills in."""

    def __init__(self, theme: Theme, model: FilteredModel[R], delegate: QStyledItemDelegate) -> None:
        super().__init__()
        self._theme, self._delegate = theme, delegate
        self._empty = ("", "")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setProperty("kind", "bare")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self.take_row)
        theme.changed.connect(self.scheduleDelayedItemsLayout)  # rows are of one height that it remembers

    @abstractmethod
    def take_row(self) -> None:
        """Enter or a double click on the current row."""

    def show_empty(self, text: str, icon_name: str = "") -> None:
        """What is drawn when there is no row."""
        self._empty = (text, icon_name)
        self.setAccessibleDescription(self.empty_words)
        self.viewport().update()

    @property
    def empty_words(self) -> str:
        """What is drawn while there is no row."""
        return self._empty[0] if not self.model().rowCount() else ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_row()
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are shortcuts of the page, not a search by first letter
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
