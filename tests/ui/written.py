"""The words of a window as it paints them: what they say, their colour, their size, their ground."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from tests.ui.look import contrast
from ult_desktop.ui.kit.typeset import sans

LEAST = {"light": 10.0, "kontras": 20.0}
"""The least contrast of words at kiosk and display (docs/screens.md, "Tokens")."""

_SMOOTHED = 64  # of 255
_GROUP = re.compile(r'<g [^>]*transform="matrix\(([^)]*)\)"|<text ([^>]*)>(.*?)</text>', re.DOTALL)
_VALUE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True)
class Written:
    """A run of words as it was painted; `pixels` is the height of its font on the screen."""

    words: str
    colour: QColor
    pixels: float
    box: QRectF

    @property
    def capital(self) -> float:
        """Height of a capital letter, in pixels."""
        return QFontMetricsF(sans(1000)).capHeight() * self.pixels / 1000


def written(widget: QWidget) -> Iterator[Written]:
    """All that `widget` paints as letters (large ones may be outlines, and are not among these)."""
    place = QTransform()
    for matrix, attributes, words in _GROUP.findall(_drawing(widget)):
        if matrix:
            place = QTransform(*(float(each) for each in matrix.split(",")))
        elif words.strip():
            yield _read(dict(_VALUE.findall(attributes)), html.unescape(words), place)


def _read(values: dict[str, str], words: str, place: QTransform) -> Written:
    font = sans(round(float(values["font-size"])), int(values["font-weight"]))
    metrics = QFontMetricsF(font)
    left, base = float(values["x"]), float(values["y"])
    box = QRectF(left, base - metrics.capHeight(), metrics.horizontalAdvance(words), metrics.capHeight())
    on_screen = place.mapRect(box)
    pixels = float(values["font-size"]) * on_screen.height() / box.height()
    return Written(words, QColor(values["fill"]), pixels, on_screen)


def _drawing(widget: QWidget) -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paper = QSvgGenerator()
    paper.setOutputDevice(buffer)
    paper.setSize(widget.size())
    paper.setViewBox(widget.rect())
    widget.render(paper)
    return buffer.data().toStdString()


def pale(widget: QWidget, least: float) -> list[str]:
    """The words whose colour stands out from the pixels around them by less than `least` to 1."""
    image = widget.grab().toImage()
    found = []
    for each in written(widget):
        reached = contrast(each.colour, _ground(image, each))
        if reached < least and _is_seen(image, each):  # else a row below the edge of its list
            found.append(f"{each.words!r} {each.colour.name()}: {reached:.1f}")
    return found


def _is_seen(image: QImage, each: Written) -> bool:
    """Whether its ink is there at all, but for what smooth edges take of it."""
    box = _box(image, each) & image.rect()
    inks = {
        image.pixel(x, y)
        for y in range(box.top(), box.bottom() + 1)
        for x in range(box.left(), box.right() + 1)
    }
    return any(_apart(QColor(ink), each.colour) <= _SMOOTHED for ink in inks)


def _apart(one: QColor, two: QColor) -> int:
    return max(abs(one.red() - two.red()), abs(one.green() - two.green()), abs(one.blue() - two.blue()))


def _box(image: QImage, each: Written) -> QRect:
    ratio = image.devicePixelRatio()
    return QRectF(each.box.topLeft() * ratio, each.box.size() * ratio).toAlignedRect()


def _ground(image: QImage, each: Written) -> QColor:
    """The colour that most of the words' surroundings have."""
    box = _box(image, each).adjusted(-3, -3, 3, 3) & image.rect()
    seen = Counter(
        image.pixel(x, y)
        for y in range(box.top(), box.bottom() + 1, 2)
        for x in range(box.left(), box.right() + 1, 2)
    )
    seen.pop(each.colour.rgb(), None)
    return QColor(seen.most_common(1)[0][0]) if seen else each.colour
