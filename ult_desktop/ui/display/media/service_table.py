"""The services with their queues: as many rows as there is room for, and pages when there are more."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.queue.boards import ServiceQueue
from ult_desktop.ui.display.media.service_row import ServiceQueueRow
from ult_desktop.ui.kit.theme import Theme

_LOW, _HIGH = 68, 128
_GAP = 12
_MOST_ROWS = 12
PAGE_MS = 12_000


class ServiceTable(QWidget):
    """Turns its pages by itself; pages are of even length.

    Signals:
        turned: another page, or another number of pages, is shown.
    """

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: Sequence[ServiceQueue] = ()
        self._page = 0
        self.rows = tuple(ServiceQueueRow(theme) for _row in range(_MOST_ROWS))
        for row in self.rows:
            row.setParent(self)
        self._turn = QTimer(self, interval=PAGE_MS)
        self._turn.timeout.connect(self.turn_page)

    @property
    def pages(self) -> int:
        gap = self._theme.px(_GAP)
        fitting = (self.height() + gap) // (self._theme.px(_LOW) + gap)
        return max(1, -(-len(self._lines) // max(1, min(_MOST_ROWS, fitting))))

    @property
    def page(self) -> int:
        """From 1."""
        return self._page + 1

    def show_lines(self, lines: Sequence[ServiceQueue]) -> None:
        self._lines = lines
        self._arrange()

    def turn_page(self) -> None:
        if self.pages > 1:
            self._page = (self._page + 1) % self.pages
            self._arrange()

    def _arrange(self) -> None:
        self._page = min(self._page, self.pages - 1)
        count = max(1, -(-len(self._lines) // self.pages))
        gap = self._theme.px(_GAP)
        height = min(self._theme.px(_HIGH), (self.height() + gap) // count - gap)
        for place, row in enumerate(self.rows):
            index = self._page * count + place
            row.setVisible(place < count and index < len(self._lines))
            if not row.isHidden():
                row.setGeometry(0, place * (height + gap), self.width(), height)
                row.show_line(self._lines[index], index)
        self.turned.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._turn.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._turn.stop()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_LOW))
