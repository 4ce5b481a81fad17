"""The running text: each sentence comes in, stops to be read as a whole, and makes room for the next."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.theme import Theme

_FRAME_MS = 16
_EDGE = 40  # base pixels beside each sentence
_CHANGE_S = 1.4  # in which the next sentence comes in
_PAUSE_S = 4.0  # for which a sentence stops at least
_PAUSE_PER_LETTER_S = 0.05  # added for each of its letters
_SEPARATOR = "   •   "


@dataclass(frozen=True)
class Sentence:
    """A message and its piece of the strip: `left` pixels from the start, at least as wide as the window.

    The message stops for `pause_s` seconds before it goes on. If it is wider than the window, it stops again
    for half of that at its end.
    """

    words: str
    left: int
    width: int
    pause_s: float


def place_sentences(
    messages: tuple[str, ...], widths: list[int], room: int, pause_s: float = _PAUSE_S
) -> tuple[Sentence, ...]:
    """Place the messages on the strip.

    `widths` are the pixels of the words with their edges, `room` is the width of the window. Each message
    stops for at least `pause_s` seconds.
    """
    placed, left = [], 0
    for words, width in zip(messages, widths, strict=True):
        whole = max(width, room)
        placed.append(Sentence(words, left, whole, pause_s + _PAUSE_PER_LETTER_S * len(words)))
        left += whole
    return tuple(placed)


def offset_at(sentences: tuple[Sentence, ...], room: int, speed: float, seconds: float) -> float:
    """Return how many pixels of the strip have left the window at the left after so many `seconds`.

    `speed` is that of a sentence wider than the window, in pixels a second. `room` is the window's width.
    """
    # The seconds that each sentence moves until its end is in sight; 0 for one that fits into the window.
    passing = [(sentence.width - room) / max(1.0, speed) for sentence in sentences]
    # Each sentence stops, moves to its end and stops there if it is wide, then gives way to the next.
    durations = [
        sentence.pause_s + (passing_s + sentence.pause_s / 2 if passing_s else 0.0) + _CHANGE_S
        for sentence, passing_s in zip(sentences, passing, strict=True)
    ]
    seconds %= sum(durations)
    for sentence, passing_s, duration in zip(sentences, passing, durations, strict=True):
        if seconds >= duration:
            seconds -= duration
            continue
        passed = min(max(0.0, seconds - sentence.pause_s), passing_s) * speed
        change = max(0.0, seconds - (duration - _CHANGE_S)) / _CHANGE_S  # from 0 to 1: the next one is in
        eased = change * change * (3 - 2 * change)  # slow at both ends
        return sentence.left + passed + eased * room
    return 0.0


class Marquee(QWidget):
    """The running text, from right to left. A wide sentence moves at `speed` base pixels a second.

    Each sentence stops for `pause_s` seconds, and longer the more letters it has.
    """

    def __init__(
        self, theme: Theme, messages: tuple[str, ...] = (), speed: int = 110, pause_s: float = _PAUSE_S
    ) -> None:
        super().__init__()
        self._theme, self._messages, self._speed, self._pause_s = theme, messages, speed, pause_s
        self._strip: QPixmap | None = None
        self._sentences: tuple[Sentence, ...] = ()
        self._shown_offset = -1.0
        set_role(self, Role.StaticText)
        self.setAccessibleName(self.text())
        # The offset follows from the time and is not added up frame by frame: on a slow PC the text jumps,
        # but never falls behind.
        self._started = time.monotonic()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The widget paints all its pixels, so Qt need not paint what is below it 60 times a second:
        # https://doc.qt.io/qt-6/qt.html#WidgetAttribute-enum
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # A coarse timer may be 5 % late, which the eye sees in running text:
        # https://doc.qt.io/qt-6/qt.html#TimerType-enum
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._update_if_moved)
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

    def _offset(self) -> float:
        if not self._sentences:
            return 0.0
        seconds = time.monotonic() - self._started
        return offset_at(self._sentences, self.width(), self._theme.px(self._speed), seconds)

    def _update_if_moved(self) -> None:
        """Paint again only if the text has moved."""
        if round(self._offset()) != round(self._shown_offset):
            self.update()

    def _draw_strip(self) -> QPixmap:
        """Return the picture of all sentences on their background, drawn once for a size."""
        if self._strip is not None:
            return self._strip
        font = self._theme.font("body", 600)
        metrics, edge, ratio = QFontMetrics(font), self._theme.px(_EDGE), self.devicePixelRatioF()
        widths = [metrics.horizontalAdvance(words) + 2 * edge for words in self._messages]
        self._sentences = place_sentences(self._messages, widths, self.width(), self._pause_s)
        whole = max(1, sum(sentence.width for sentence in self._sentences))
        strip = QPixmap(round(whole * ratio), round(self.height() * ratio))
        strip.setDevicePixelRatio(ratio)
        strip.fill(self._theme.color("ticker"))
        painter = QPainter(strip)
        painter.setFont(font)
        painter.setPen(self._theme.color("ticker-ink"))
        base = (self.height() + metrics.capHeight()) // 2
        for sentence, width in zip(self._sentences, widths, strict=True):
            left = sentence.left + edge + (sentence.width - width) // 2
            painter.drawText(left, base, sentence.words)
        painter.end()
        self._strip = strip
        return strip

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._messages:
            painter.fillRect(self.rect(), self._theme.color("ticker"))
            return
        strip = self._draw_strip()
        self._shown_offset = self._offset()
        left = -round(self._shown_offset)
        while left < self.width():
            painter.drawPixmap(left, 0, strip)
            left += round(strip.deviceIndependentSize().width())
