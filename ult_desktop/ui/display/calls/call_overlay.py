"""The call itself: number and counter over the whole screen."""

import math

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_poster import CallCanvas, CallPoster
from ult_desktop.ui.display.calls.call_words import spoken_on_screen
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.announcing import announce

_PULSE_MS = 2400
_FLASH_MS, _FLASHES = 300, 3  # under two a second, and only an edge: nobody is harmed by it
_FRAME = 28
_FRAME_MS = 40


class CallOverlay(QWidget):
    """Covers its parent while a call is on; a light behind the number breathes slowly.

    All words are drawn once per call, the ground once for all: a frame of the pulse is three picture copies.
    With `moving` off there is no pulse. It comes and goes at once: a fade paints the whole screen anew with
    each frame, while people wait for the number.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, moving: bool = True) -> None:
        super().__init__(parent)
        self._screen = parent
        self._theme, self._moving = theme, moving
        self._canvas: CallCanvas | None = None
        self._poster: CallPoster | None = None
        self._call: Call | None = None
        self._elapsed = 0
        self._pulse = QTimer(self, interval=_FRAME_MS)
        self._pulse.timeout.connect(self._beat)
        theme.changed.connect(self._forget_colours)
        self.setProperty("overlay", True)
        # What lies below (film, running text) is not painted in vain.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        set_role(self, Role.AlertMessage)
        self.hide()

    @property
    def call(self) -> Call | None:
        """What is called on the screen now."""
        return self._call

    @property
    def is_pulsing(self) -> bool:
        return self._pulse.isActive()

    @property
    def poster(self) -> CallPoster:
        """The call as drawn at the present size."""
        if self._poster is None:
            if self._call is None:
                raise RuntimeError("no call to draw")
            self._poster = self._drawn(self._call)
        return self._poster

    def _drawn(self, call: Call) -> CallPoster:
        size, ratio = self.size(), self.devicePixelRatioF()
        if self._canvas is None or not self._canvas.fits(size, ratio):
            self._canvas = CallCanvas(self._theme, size, ratio)
        return CallPoster(self._theme, call, self._canvas)

    def warm_up(self, call: Call) -> None:
        """Draw what every call needs, its letters too, while nobody waits for one."""
        self.setGeometry(self._screen.rect())
        self._drawn(call)

    @property
    def is_framed(self) -> bool:
        """A bright edge flashes as a call begins; where less motion is asked for, it stays."""
        return not self._moving or self._elapsed // _FLASH_MS in range(0, 2 * _FLASHES, 2)

    def _paint_frame(self, painter: QPainter) -> None:
        edge = self._theme.px(_FRAME)
        painter.setPen(QPen(self._theme.color("accent"), edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(edge // 2, edge // 2, -edge // 2, -edge // 2))

    def fits(self) -> bool:
        """Whether the whole call is to be seen."""
        return self._call is None or self.poster.fits()

    def show_call(self, call: Call) -> None:
        """It is painted when this returns: nothing that waits its turn comes before it."""
        self._call, self._elapsed = call, 0
        self.setAccessibleName(spoken_on_screen(call))
        announce(self, spoken_on_screen(call))
        self.setGeometry(self._screen.rect())
        self._poster = None
        self.show()
        self.raise_()
        if self._moving:
            self._pulse.start()
        self.repaint()
        # `show` has asked for the same once more.
        QCoreApplication.removePostedEvents(self, QEvent.Type.UpdateLater.value)

    def clear(self) -> None:
        self._call = None
        self._pulse.stop()
        self.hide()

    def _beat(self) -> None:
        framed = self.is_framed
        self._elapsed += _FRAME_MS
        if self.is_framed != framed:
            self.update()
        self.update(self.poster.halo_box.toAlignedRect())

    def _forget_colours(self) -> None:
        self._canvas = None
        self._draw_again()

    def _draw_again(self) -> None:
        self._poster = None
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.DevicePixelRatioChange):
            self._draw_again()
        return super().event(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pulse.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._call is None:
            return
        painter = QPainter(self)
        light = (1 - math.cos(2 * math.pi * self._elapsed / _PULSE_MS)) / 2 if self._moving else 0.5
        self.poster.paint(painter, QRectF(event.rect()), light)
        if self.is_framed:
            self._paint_frame(painter)
        painter.end()
