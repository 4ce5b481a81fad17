"""The view of a list of tickets, with its empty state drawn on purpose."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from ult_desktop.ui.counter.ticket_rows import TicketModel
from ult_desktop.ui.icons import icon_pixmap
from ult_desktop.ui.theme import Theme


class TicketView(QListView):
    """Arrow keys move, Enter or a double click takes a row.

    Signals:
        taken: Enter or a double click on a row (its Ticket).
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, model: TicketModel) -> None:
        super().__init__()
        self._theme = theme
        self._empty = ("", "")
        self._rows = model
        self.setModel(model)
        self.setProperty("kind", "bare")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._take)

    def show_empty(self, text: str, icon_name: str = "") -> None:
        """What is drawn when there is no row."""
        self._empty = (text, icon_name)
        self.viewport().update()

    @property
    def empty_words(self) -> str:
        """What is drawn while there is no row."""
        return self._empty[0] if not self._rows.rowCount() else ""

    def _take(self) -> None:
        row = self._rows.row_at(self.currentIndex())
        if row is not None:
            self.taken.emit(row.ticket)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
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
        box = QRect(margin, middle.y(), self.viewport().width() - 2 * margin, self._theme.px(72))
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box, where, text)
