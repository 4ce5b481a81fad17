"""Where the words of a call stand on a screen of any shape."""

import re
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_words import call_caption, counter_words, second_words
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.typeset import FittedText, fitted

LEAST_SHARE = 0.25
"""The least part of the screen's height that the number fills (docs/screens.md, "Readable at 8 m")."""

_SHARE = 0.34
_SHARE_PRIORITY = 0.3
_STACKED_SHARE = 0.42
_EDGE = 0.05
_SERIES = re.compile(r"^(\D*)(\d*)$")


@dataclass(frozen=True)
class PlacedText:
    """Words in their place; `icon` stands before them, `pill` says whether on a ground of their own."""

    words: FittedText
    box: QRectF
    tone: str
    icon: str = ""
    pill: bool = False
    is_number: bool = False


def place_call(theme: Theme, call: Call, size: QSizeF) -> tuple[PlacedText, ...]:
    """The call's words from top to bottom, spread over the height of `size`."""
    share = _SHARE_PRIORITY if call.priority else _SHARE
    room = QSizeF(size.width() * (1 - 2 * _EDGE), size.height() * 0.2)
    words = [
        PlacedText(_line(theme, call_caption(call).upper(), 52, 600, room), QRectF(), "call-ink", "bell-ring")
    ]
    if call.priority:
        text = _line(theme, _("Prioritas").upper(), 44, 700, room)
        words.append(PlacedText(text, QRectF(), "priority-soft-ink", "accessibility", pill=True))
    words.append(
        PlacedText(number_words(theme, call.label, size, share), QRectF(), "call-ink", is_number=True)
    )
    words.append(PlacedText(_line(theme, _("Silakan menuju"), 52, 500, room), QRectF(), "call-ink"))
    counter = fitted(counter_words(call), theme.font(190, 800), room, tight=True, floor=0.3)
    words.append(PlacedText(counter, QRectF(), "call-accent"))
    service = fitted(second_words(call), theme.font(52, 500), room, rows=2, floor=0.5)
    words.append(PlacedText(service, QRectF(), "call-ink"))
    return _spread(words, size)


def number_words(theme: Theme, label: str, size: QSizeF, share: float) -> FittedText:
    """The number as large as the screen allows; on a narrow one the letter stands above the figures."""
    width = size.width() * (1 - 2 * _EDGE)
    font = _filling(theme.font(100, 800), (label,), width, size.height() * share)
    one = FittedText(font, (label,), elided=False, tight=True)
    parts = _SERIES.match(label)
    if one.size.height() >= LEAST_SHARE * size.height() or parts is None or not all(parts.groups()):
        return one
    rows = parts.groups()
    font = _filling(theme.font(100, 800), rows, width, size.height() * _STACKED_SHARE / 2.16)
    return FittedText(font, rows, elided=False, tight=True)


def _filling(font: QFont, rows: tuple[str, ...], width: float, capital: float) -> QFont:
    """`font` so large that its capitals are `capital` high, or less where a row is wider than `width`."""
    metrics = QFontMetricsF(font)
    widest = max(metrics.horizontalAdvance(row) for row in rows)
    larger = min(width / widest, capital / metrics.capHeight())
    font.setPixelSize(max(1, int(font.pixelSize() * larger)))
    return font


def _line(theme: Theme, text: str, size: int, weight: int, room: QSizeF) -> FittedText:
    return fitted(text, theme.font(size, weight, tabular=False), room, tight=True, floor=0.5)


def _spread(words: list[PlacedText], size: QSizeF) -> tuple[PlacedText, ...]:
    heights = [_height(placed) for placed in words]
    gap = (size.height() - sum(heights)) / (len(words) + 1)
    top, done = gap, []
    for placed, height in zip(words, heights, strict=True):
        done.append(replace(placed, box=QRectF(0, top, size.width(), height)))
        top += height + gap
    return tuple(done)


def _height(placed: PlacedText) -> float:
    height = placed.words.size.height()
    return height * 2.0 if placed.pill else height
