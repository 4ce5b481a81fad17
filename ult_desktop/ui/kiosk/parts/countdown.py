"""The bar that empties and shows how long something stays."""

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.accessible import set_decoration


class Countdown(QWidget):
    """The bar that shows a visitor how much time is left. It stops without a signal when it is hidden.

    Args:
        theme: colours and sizes.
        ink: the colour of the words on the same background.

    Signals:
        ended: the time is over.
    """

    ended = Signal()

    def __init__(self, theme: Theme, ink: str = "header-ink") -> None:
        super().__init__()
        self._theme, self._ink = theme, ink
        self._share_left = 1.0
        set_decoration(self)  # what ends is said when it is about to
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.valueChanged.connect(self._show_share)
        self._animation.finished.connect(self.ended)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def start(self, milliseconds: int) -> None:
        self._animation.stop()
        self._animation.setDuration(milliseconds)
        self._animation.start()

    def stop(self) -> None:
        self._animation.stop()
        self._show_share(1.0)

    @property
    def running(self) -> bool:
        return self._animation.state() is QVariantAnimation.State.Running

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(8))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Stop: no visitor is sent home by a time that they do not see."""
        super().hideEvent(event)
        self.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        half = self.height() / 2
        colour = self._theme.color(self._ink)
        colour.setAlphaF(0.3)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        painter.setBrush(self._theme.color(self._ink))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share_left, self.height()), half, half)

    def _show_share(self, share: float) -> None:
        self._share_left = share
        self.update()
