"""The room of one page: where a low window leaves it too little, the page scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.theme import Theme

_LEAST_HEIGHT = 160  # base pixels


class PageArea(QScrollArea):
    """No page makes the window higher than its screen: banners above it take their room from the page.

    Args:
        theme: sizes.
        page: fills the room; scrolls only below the least height in which it can stand.
    """

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self._theme, self._page = theme, page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        page.installEventFilter(self)

    def _fit(self) -> None:
        """Qt's own way would scroll below the height a page likes best, not below its least."""
        room, least = self.viewport().size(), self._page.minimumSizeHint()
        layout = self._page.layout()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(layout.minimumHeightForWidth(max(room.width(), least.width())))
        self._page.resize(room.expandedTo(least))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return self._page.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._page.minimumSizeHint()
        return QSize(least.width(), min(least.height(), self._theme.px(_LEAST_HEIGHT)))
