"""The waiting times of the kiosk, and the bar that shows a visitor how much of one is left."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.accessible import set_decoration


@dataclass(frozen=True)
class KioskTimes:
    """The waiting times in milliseconds; tests take shorter ones.

    Args:
        idle: without a tap until the visitor is asked "Masih di sana?" (docs/screens.md, "Kiosk times").
        grace: to answer that.
        stay: the number stays on the screen when its paper is there; `stay_large` in large text.
        photo: the same without paper, until the visitor is asked: they have to find a phone or a pen first.
        unanswered: a call for an officer waits, until the visitor is sent to the desk.
        helped: without a tap while an officer is awaited or helps; the visitor has no reason to touch.
        fruitless: of taps without effect until an officer is offered.
        printing: the most a visitor waits for the printer.
        hold: the hidden corner has to be held.
        guessed: the corner ignores everybody after three wrong PINs; guessing takes days instead of hours.
        deaf: taps are ignored after a new page came under the finger.
        finish: to finish what was begun before a break or the closing. The office accepts a number a little
            longer, for the kiosk learns of the hour late (`core.queue.opening.GRACE`, less `look`).
        hurry: until a visitor whose number does not come sees a notice about it.
        look: between two looks at the office without a sign of change: the office opens by the clock.
    """

    idle: int = 25_000
    grace: int = 15_000
    stay: int = 15_000
    stay_large: int = 30_000
    photo: int = 45_000
    unanswered: int = 60_000
    helped: int = 180_000
    fruitless: int = 15_000
    printing: int = 3_000
    hold: int = 3_000
    guessed: int = 60_000
    deaf: int = 500
    finish: int = 160_000
    hurry: int = 700
    look: int = 20_000


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
    def is_running(self) -> bool:
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
