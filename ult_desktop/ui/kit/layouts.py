"""Layouts whose gaps and margins follow the theme's scale."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.theme import Theme

Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)

if TYPE_CHECKING:
    _Layout = QLayout
else:
    _Layout = object  # at run time the class that mixes this in has one parent of Qt only


def keep_room(widget: QWidget, *, kept: bool = True) -> None:
    """Keep the room of a widget while it is hidden, so that what is next to it does not move."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


class _Scaled(_Layout):
    """A mixin for Qt's layouts that keeps gap and margins, given in base pixels, to the theme's scale."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._theme, self._gap, self._margins = theme, gap, margins
        theme.changed.connect(self.rescale)
        self.rescale()

    def rescale(self) -> None:
        self.setSpacing(self._theme.px(self._gap))
        self.setContentsMargins(*map(self._theme.px, self._margins))

    def set_margins(self, margins: Margins) -> None:
        """Use other margins from now on."""
        if margins != self._margins:
            self._margins = margins
            self.rescale()


class Column(_Scaled, QVBoxLayout):
    """Top to bottom; `gap` and `margins` (left, top, right, bottom) in base pixels."""


class Row(_Scaled, QHBoxLayout):
    """Left to right; `gap` and `margins` as in `Column`."""


class Grid(_Scaled, QGridLayout):
    """Rows and columns; `gap` and `margins` as in `Column`."""


class WrapRow(_Scaled, QLayout):
    """A layout from left to right that wraps into lines.

    With `head` the first item takes the width that the others leave, and the others end at the right edge;
    where they do not fit next to the first item, they are below it.
    """

    def __init__(self, theme: Theme, gap: int = 0, *, head: bool = False) -> None:
        self._items: list[QLayoutItem] = []
        self._head = head
        super().__init__(theme, gap=gap)

    def insert_first(self, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(0, self._items.pop())

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moves=False)

    @override
    def sizeHint(self) -> QSize:
        shown = self._shown_items()
        return QSize(self._width_of(shown), max((item.sizeHint().height() for item in shown), default=0))

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown_items()]
        return QSize(max((size.width() for size in sizes), default=0), self.sizeHint().height())

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def _shown_items(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, room: QRect, *, moves: bool) -> int:
        """Return the height (pixels) of all lines; with `moves` move the items there too."""
        top = room.top()
        for line in self._lines(room.width()):
            line_height = max(item.sizeHint().height() for item in line)
            spare = room.width() - self._width_of(line) if self._head else 0
            has_head = line[0] is self._shown_items()[0]
            left = room.left() if has_head else room.left() + spare
            for item in line:
                size = item.sizeHint()
                if has_head and item is line[0]:
                    size.setWidth(size.width() + spare)
                if moves:
                    middle = top + (line_height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, middle), size))
                left += size.width() + self.spacing()
            top += line_height + self.spacing()
        return top - self.spacing() - room.top() if self._shown_items() else 0

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        items = self._shown_items()
        if self._width_of(items) <= width:
            return [items] if items else []
        lines = [items[:1]]
        for item in items[1:]:
            follows_head = self._head and len(lines) == 1
            if not follows_head and self._width_of([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _width_of(self, items: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in items) + self.spacing() * max(0, len(items) - 1)


class ButtonLines(QWidget):
    """Lines of buttons, as many in each as fit; the widget is as high as its lines."""

    def __init__(self, theme: Theme, gap: int) -> None:
        super().__init__()
        self._theme, self._gap = theme, gap

    @abstractmethod
    def _shown_buttons(self) -> Iterable[QWidget]:
        """Return the buttons to place, in their order."""

    def _place(self) -> None:
        gap = self._theme.px(self._gap)
        left = top = line_height = 0
        for button in self._shown_buttons():
            # Gives the button the font of the style sheet, which its size depends on:
            # https://doc.qt.io/qt-6/qwidget.html#ensurePolished
            button.ensurePolished()
            size = button.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + size.height() + gap
            button.setGeometry(QRect(left, top, min(size.width(), max(1, self.width())), size.height()))
            left += size.width() + gap
            line_height = size.height()
        self.setFixedHeight(max(1, top + line_height))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
