"""Running text: drawn once into a picture, then only moved."""

import time

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.theme import Theme

_FRAME_MS = 16
_SEPARATOR = "   •   "


class Marquee(QWidget):
    """Messages that pass from right to left, `speed` in base pixels a second."""

    def __init__(self, theme: Theme, messages: tuple[str, ...] = (), speed: int = 110) -> None:
        super().__init__()
        self._theme, self._messages, self._speed = theme, messages, speed
        self._strip: QPixmap | None = None
        set_role(self, Role.StaticText)
        self.setAccessibleName(self.text())
        self._started = time.monotonic()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.update)
        theme.changed.connect(self._redraw)

    def show_messages(self, messages: tuple[str, ...]) -> None:
        if messages != self._messages:
            self._messages = messages
            self._started = time.monotonic()
            self.setAccessibleName(self.text())
            self._redraw()

    def text(self) -> str:
        return _SEPARATOR.join(self._messages)

    def _redraw(self) -> None:
        self._strip = None
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), round(self._theme.text("body") * 2.1))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.DevicePixelRatioChange):
            self._strip = None
        return super().event(event)

    def _drawn(self) -> QPixmap:
        """One round of the text on its ground, a whole number of device pixels wide."""
        if self._strip is not None:
            return self._strip
        font = self._theme.font("body", 600)
        metrics = QFontMetrics(font)
        words = self.text() + _SEPARATOR
        ratio = self.devicePixelRatioF()
        width = max(1, metrics.horizontalAdvance(words))
        strip = QPixmap(round(width * ratio), round(self.height() * ratio))
        strip.setDevicePixelRatio(ratio)
        strip.fill(self._theme.color("ticker"))
        painter = QPainter(strip)
        painter.setFont(font)
        painter.setPen(self._theme.color("ticker-ink"))
        base = (self.height() + metrics.capHeight()) // 2
        painter.drawText(0, base, words)
        painter.end()
        self._strip = strip
        return strip

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        strip = self._drawn()
        width = strip.deviceIndependentSize().width()
        if not self._messages:
            painter.fillRect(self.rect(), self._theme.color("ticker"))
            return
        gone = (time.monotonic() - self._started) * self._theme.px(self._speed)
        left = -(round(gone) % round(width))
        while left < self.width():
            painter.drawPixmap(left, 0, strip)
            left += round(width)
