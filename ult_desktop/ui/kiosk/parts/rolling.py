"""A scroll area for words that may be longer than their room; a finger or two large buttons move them."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QScroller, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts import targets
from ult_desktop.ui.kit import Theme, widgets

_LEAST_LINES = 3  # of body text that are in sight on any screen


class Rolling(QScrollArea):
    """The scroll area that holds `inner`; when that is higher than its room, the buttons `steps` move it.

    The page places the buttons: all targets must be within reach of a visitor in a wheelchair.

    Signals:
        resized: the area has another size now.
    """

    resized = Signal()

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        self._theme, self._inner = theme, inner
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # a bar would narrow the words until they need it
        self.setHorizontalScrollBarPolicy(never)
        self.setVerticalScrollBarPolicy(never)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # else Qt's own menu would open
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.steps = (self._step("chevron-up", -1), self._step("chevron-down", 1))
        self.verticalScrollBar().rangeChanged.connect(self._offer_steps)
        inner.setProperty("kind", "scrolled")
        # Else Qt takes the height of the words wrapped in a narrower room:
        # https://doc.qt.io/qt-6/layout.html#layout-issues
        inner.setMinimumHeight(1)
        self.setWidget(inner)
        self._offer_steps()

    def begin(self) -> None:
        """Scroll to the top, for new words."""
        self._scroll_to(0)
        for step, name in zip(self.steps, (_("Naik"), _("Turun")), strict=True):
            step.setAccessibleName(name)

    def needed(self) -> int:
        """Return the height in pixels of the content, right after a change of its sizes too."""
        for widget in self._inner.findChildren(QWidget):
            # Qt clears its layouts' cached sizes with an event that comes later, and not for hidden
            # widgets: https://doc.qt.io/qt-6/qwidget.html#updateGeometry
            widget.updateGeometry()
        for layout in self._inner.findChildren(QLayout):
            layout.invalidate()
        return self.sizeHint().height()

    @override
    def sizeHint(self) -> QSize:
        """Return the height of the words in this width."""
        layout, width = self._inner.layout(), max(1, self.width())
        if layout is None:
            return super().sizeHint()
        high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return QSize(width, high)

    @override
    def minimumSizeHint(self) -> QSize:
        lines = _LEAST_LINES * QFontMetrics(self._theme.font("body")).lineSpacing()
        return QSize(self._theme.target, min(lines, self.sizeHint().height()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Update the height when the words change; a scroll area by itself does not report it."""
        is_consumed = super().eventFilter(watched, event)
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        if watched is self._inner and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._trim(self.verticalScrollBar().value())
        return is_consumed

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._trim(self.verticalScrollBar().value())
        self._offer_steps()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
        self.resized.emit()

    def _step(self, icon: str, direction: int) -> widgets.Button:
        button = targets.square(self._theme, icon=icon)
        button.clicked.connect(lambda: self._scroll_step(direction))
        return button

    def _scroll_step(self, direction: int) -> None:
        """Move on or back by what is in sight, so that a whole line is at the upper edge."""
        lines, top, room = self._lines(), self.verticalScrollBar().value(), self.height()
        tops = [start for start, _end in lines if not _cuts_a_line(lines, start)]  # where words may begin

        def first_from(edge: int) -> int:
            return next((start for start in tops if start >= edge), 0)

        if direction > 0:
            last = first_from(lines[-1][1] - room)
            bottom = top + self.viewport().height()
            first_hidden = next((start for start, end in lines if end > bottom + 1), last)
            self._scroll_to(min(last, first_hidden))
        else:
            self._scroll_to(first_from(top - room) if top > room else 0)

    def _scroll_to(self, top: int) -> None:
        self._trim(top)
        self.verticalScrollBar().setValue(top)

    def _trim(self, top: int) -> None:
        """Shorten what is in sight, from `top` on, so that it ends with a whole line."""
        lines, low = self._lines(), top + self.height()
        ends = [end for _start, end in lines if top < end <= low and not _cuts_a_line(lines, end)]
        rolls = self.sizeHint().height() > self.height()
        spare = low - max(ends) if rolls and ends else 0
        if spare != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, spare)

    def _lines(self) -> list[tuple[int, int]]:
        """Return the upper and lower edge of each line of words, in pixels from the top of the content."""
        edges = []
        for label in self._inner.findChildren(QLabel):
            if label.text() and label.isVisibleTo(self._inner):
                high, line = label.height(), label.fontMetrics().lineSpacing()
                count = max(1, round(high / line))
                top = label.mapTo(self._inner, QPoint()).y() + (high - count * line) // 2
                edges += [(top + place * line, top + (place + 1) * line) for place in range(count)]
        return sorted(edges)

    def _offer_steps(self) -> None:
        """Show the buttons, but not before the page has placed them.

        Without a parent they would be windows, and take the keyboard.
        """
        rolls = self.verticalScrollBar().maximum() > 0
        for step in self.steps:
            step.setVisible(rolls and step.parentWidget() is not None)


def _cuts_a_line(lines: list[tuple[int, int]], edge: int) -> bool:
    return any(start < edge < end for start, end in lines)
