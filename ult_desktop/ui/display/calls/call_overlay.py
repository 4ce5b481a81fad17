"""The call itself: number and counter over the whole screen."""

import math

from PySide6.QtCore import QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_poster import CallPoster
from ult_desktop.ui.display.calls.call_words import spoken_on_screen
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.announcing import announce

_FADE_MS = 200
_FIRST_SHARE = 0.1  # an empty first frame would cost as much, and show the call a frame later
_PULSE_MS = 2400
_FLASH_MS, _FLASHES = 300, 3  # under two a second, and only an edge: nobody is harmed by it
_FRAME = 28
_FRAME_MS = 40


class CallOverlay(QWidget):
    """Covers its parent while a call is on; a light behind the number breathes slowly.

    All words are drawn once per call; a frame of the pulse is three picture copies. With `moving` off
    there is neither fade nor pulse.
    """

    def __init__(self, theme: Theme, parent: QWidget, *, moving: bool = True) -> None:
        super().__init__(parent)
        self._screen = parent
        self._theme, self._moving = theme, moving
        self._poster: CallPoster | None = None
        self._call: Call | None = None
        self._elapsed = 0
        self._shown = 1.0
        self._pulse = QTimer(self, interval=_FRAME_MS)
        self._pulse.timeout.connect(self._beat)
        self.fade = QVariantAnimation(self, duration=_FADE_MS)
        self.fade.valueChanged.connect(self._fade_to)
        self.fade.finished.connect(self._faded)
        theme.changed.connect(self._redraw)
        self.setProperty("overlay", True)
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
    def shown_share(self) -> float:
        """From 0 to 1: how much of it there is while it fades in or out."""
        return self._shown

    @property
    def poster(self) -> CallPoster:
        """The call as drawn at the present size."""
        if self._poster is None:
            if self._call is None:
                raise RuntimeError("no call to draw")
            self._poster = CallPoster(self._theme, self._call, self.size(), self.devicePixelRatioF())
        return self._poster

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
        before = _FIRST_SHARE if self.isHidden() else self._shown
        self._call, self._elapsed = call, 0
        self.setAccessibleName(spoken_on_screen(call))
        announce(self, spoken_on_screen(call))
        self.setGeometry(self._screen.rect())
        self._redraw()
        self.show()
        self.raise_()
        if self._moving:
            self._pulse.start()
        self._run_fade(before, 1.0)

    def clear(self) -> None:
        self._call = None
        self._pulse.stop()
        self._run_fade(self._shown, 0.0)

    def _run_fade(self, start: float, end: float) -> None:
        self.fade.stop()
        self._fade_to(start)
        if self._moving and start != end:
            self.fade.setStartValue(start)
            self.fade.setEndValue(end)
            self.fade.start()
        else:
            self._fade_to(end)
            self._faded()

    def _fade_to(self, shown: float) -> None:
        self._shown = shown
        # Opaque: what lies below (film, running text) is not painted in vain, not for the first frame either.
        is_opaque = shown >= 1.0 or self._call is not None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, is_opaque)
        self.update()

    def _faded(self) -> None:
        if self._call is None:
            self.hide()

    def _beat(self) -> None:
        before, self._elapsed = self._elapsed, self._elapsed + _FRAME_MS
        if before <= 2 * _FLASHES * _FLASH_MS:
            self.update()
        self.update(self.poster.halo_box.toAlignedRect())

    def _redraw(self) -> None:
        self._poster = None
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._poster = None

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pulse.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._call is not None and self._shown < 1:  # it comes with its ground, and its words fade in
            painter.fillRect(event.rect(), self._theme.color("call-from"))
        painter.setOpacity(self._shown)
        if self._poster is None and self._call is None:
            return
        light = (1 - math.cos(2 * math.pi * self._elapsed / _PULSE_MS)) / 2 if self._moving else 0.5
        self.poster.paint(painter, QRectF(event.rect()), light)
        if self.is_framed:
            self._paint_frame(painter)
        painter.end()
