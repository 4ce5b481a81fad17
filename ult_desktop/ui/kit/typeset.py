"""The bundled typeface, and the fitting of text into a box: broken into lines, enlarged, shrunk or cut."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QFontMetricsF, QPainter, QPainterPath

from ult_desktop.base import UserError, _
from ult_desktop.base.line_breaks import break_lines
from ult_desktop.base.paths import resource

SANS = "Inter"
TABULAR = "tnum"
_HYPHENATED = re.compile(r"[^\W\d_]-|-[^\W\d_]")
FLOOR = 0.6  # of the wanted size, the least
_FONTS, _WORDS = 256, 4096  # fonts, and texts of a font, that are cached
_STEP = 0.96  # the factor by which a size that does not fit is made smaller
_OUTLINED = 64  # pixels of a font from which letters are drawn as outlines
_OVERSHOOT = 0.02  # of the capitals' height: round figures reach so far over and under the others


def load_fonts() -> None:
    """Make the bundled typeface known to Qt; a second call does nothing.

    Raises:
        UserError: a font file is missing or damaged.
    """
    if SANS in QFontDatabase.families():
        return
    files = sorted(resource("fonts").glob("*.ttf"))
    broken = [file.name for file in files if QFontDatabase.addApplicationFont(str(file)) < 0]
    if broken or SANS not in QFontDatabase.families():
        names = ", ".join(broken) or str(resource("fonts"))
        raise UserError(
            _("Berkas huruf tidak dapat dibaca: {names}.").format(names=names),
            todo=_("Pasang ulang program ini."),
        )


def sans(pixels: int, weight: int = 400, *, tabular: bool = True) -> QFont:
    """Return Inter at `pixels` high; figures are all of one width unless `tabular` is false."""
    # A copy, which the caller may change; it costs a tenth of a new font.
    return QFont(_sans(pixels, weight, tabular=tabular))


@lru_cache(maxsize=256)
def _sans(pixels: int, weight: int, *, tabular: bool) -> QFont:
    font = QFont(SANS)
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag(TABULAR), int(tabular))  # 0 as well: a painter adds a feature that is not set
    return font


@lru_cache(maxsize=64)
def pixels_for_capitals(height: float) -> int:
    """Return the least size in pixels whose capitals are `height` pixels high or more."""
    if height <= 0:
        return 0
    pixels = math.ceil(height)
    while QFontMetricsF(sans(pixels)).capHeight() < height:
        pixels += 1
    return pixels


def figures_for(text: str) -> QFont:
    """Return an otherwise empty font: with figures of one width, unless `text` has a hyphen between letters.

    These figures come with a hyphen of the same width, which is too wide within words.
    """
    font = QFont()
    font.setFeature(QFont.Tag(TABULAR), 0 if _HYPHENATED.search(text) else 1)
    return font


def font_for_words(font: QFont, text: str) -> QFont:
    """Return a copy of `font` with the figures that suit `text` (`figures_for`)."""
    fitting = QFont(font)
    fitting.setFeature(QFont.Tag(TABULAR), figures_for(text).featureValue(QFont.Tag(TABULAR)))
    return fitting


@dataclass(frozen=True)
class FittedText:
    """A text as it will be drawn: its font, its rows, and whether it does not fit (`elided`).

    What does not fit at the smallest size is cut where it is too wide. `tight` text has only capitals and
    figures: its height has no room for descenders.
    """

    font: QFont
    rows: tuple[str, ...]
    elided: bool
    tight: bool

    @property
    def size(self) -> QSizeF:
        metrics = QFontMetricsF(self.font)
        width = max((metrics.horizontalAdvance(row) for row in self.rows), default=0.0)
        return QSizeF(width, _height(metrics, len(self.rows), tight=self.tight))

    def draw(self, painter: QPainter, room: QRectF, colour: QColor, align: Qt.AlignmentFlag) -> None:
        """Draw inside `room`. `align` places each row horizontally, and all rows together vertically."""
        metrics = QFontMetricsF(self.font)
        pitch = _pitch(metrics, tight=self.tight)
        top = room.top() + _offset(room.height() - self.size.height(), align, vertical=True)
        baseline = top + (metrics.capHeight() * (1 + _OVERSHOOT) if self.tight else metrics.ascent())
        for row in self.rows:
            spare = room.width() - metrics.horizontalAdvance(row)
            left = room.left() + _offset(spare, align, vertical=False)
            self._draw_row(painter, QPointF(left, baseline), row, colour)
            baseline += pitch

    def _draw_row(self, painter: QPainter, start: QPointF, row: str, colour: QColor) -> None:
        if self.font.pixelSize() < _OUTLINED:
            painter.setFont(self.font)
            painter.setPen(colour)
            painter.drawText(start, row)
            return
        # WORKAROUND Qt fills large glyphs stroke by stroke and leaves seams where the strokes meet: seen
        # with PySide6 6.12 and Inter from 64 pixels on, above which Qt draws outlines instead of cached
        # pictures. No report is known. It can go when `drawText` shows none.
        path = QPainterPath()
        # Odd-even, Qt's default, leaves holes where the outlines of one glyph overlap.
        path.setFillRule(Qt.FillRule.WindingFill)
        font = QFont(self.font)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        path.addText(start, font, row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, colour)


def fit(
    text: str, font: QFont, room: QSizeF, *, rows: int = 1, tight: bool = False, floor: float = FLOOR
) -> FittedText:
    """Fit `text` into at most `rows` rows inside `room`, no smaller than `floor` of the font's size."""
    smallest = max(1, round(font.pixelSize() * floor))
    while True:
        metrics = QFontMetricsF(font)
        wrapped = _lines(text, metrics, room.width())
        is_too_wide = any(metrics.horizontalAdvance(row) > room.width() for row in wrapped)
        is_too_high = _height(metrics, len(wrapped), tight=tight) > room.height() + 0.5
        if len(wrapped) <= rows and not is_too_wide and not is_too_high:
            return FittedText(font, wrapped, elided=False, tight=tight)
        if font.pixelSize() <= smallest:
            if len(wrapped) > rows:  # the last row takes all that is left
                wrapped = (*wrapped[: rows - 1], " ".join(wrapped[rows - 1 :]))
            elide, width = Qt.TextElideMode.ElideRight, room.width()
            cut_rows = tuple(metrics.elidedText(row, elide, width) for row in wrapped)
            return FittedText(font, cut_rows, elided=True, tight=tight)
        smaller = QFont(font)
        smaller.setPixelSize(max(smallest, min(font.pixelSize() - 1, int(font.pixelSize() * _STEP))))
        font = smaller


def _pitch(metrics: QFontMetricsF, *, tight: bool) -> float:
    return metrics.capHeight() * 1.16 if tight else metrics.height()


def _height(metrics: QFontMetricsF, rows: int, *, tight: bool) -> float:
    if not rows:
        return 0.0
    last = metrics.capHeight() * (1 + 2 * _OVERSHOOT) if tight else metrics.height()
    return _pitch(metrics, tight=tight) * (rows - 1) + last


def _offset(spare: float, align: Qt.AlignmentFlag, *, vertical: bool) -> float:
    """Return how many of the `spare` pixels are left of the text, or above it with `vertical`."""
    centre, end = (
        (Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom)
        if vertical
        else (Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
    )
    if align & centre:
        return spare / 2
    return spare if align & end else 0.0


def enlarge(font: QFont, rows: tuple[str, ...], width: float, times: float) -> QFont:
    """Return `font` enlarged `times` as much, or less where a row would be wider than `width` pixels."""
    metrics = QFontMetricsF(font)
    widest = max(metrics.horizontalAdvance(row) for row in rows)
    larger = QFont(font)
    larger.setPixelSize(max(1, int(font.pixelSize() * min(width / widest, times))))
    return larger


class Ruler:
    """A cache of the widths of texts in one font."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        self._widths: dict[str, int] = {}

    def horizontalAdvance(self, text: str) -> int:  # noqa: N802  (as Qt's own metrics)
        if text not in self._widths:
            if len(self._widths) >= _WORDS:
                self._widths.clear()
            self._widths[text] = self._metrics.horizontalAdvance(text)
        return self._widths[text]


_rulers: dict[tuple[str, int, QFont.Weight, bool], Ruler] = {}


def ruler(font: QFont) -> Ruler:
    """Return the ruler of a font; fonts of one family, size, weight and kind of figures share a ruler."""
    tag = QFont.Tag(TABULAR)
    tabular = font.isFeatureSet(tag) and bool(font.featureValue(tag))
    key = (font.family(), font.pixelSize(), font.weight(), tabular)
    if key not in _rulers:
        if len(_rulers) >= _FONTS:
            _rulers.clear()
        _rulers[key] = Ruler(font)
    return _rulers[key]


def wrap(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """Return the lines of `text` within `width` pixels; () when a single word is wider than that."""
    metrics = ruler(font)
    lines = _lines(text, metrics, width)
    return () if any(metrics.horizontalAdvance(line) > width for line in lines) else lines


def _lines(text: str, metrics: Ruler | QFontMetricsF, width: float) -> tuple[str, ...]:
    return break_lines(text, lambda line: metrics.horizontalAdvance(line) <= width)


def break_words(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """Return the lines of `text`, with words cut at any letter: the last resort for a long name."""
    metrics = QFontMetrics(font)
    lines = [""]
    for letter in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return tuple(line.strip() for line in lines)


def line_height(font: QFont) -> int:
    """Return the pixels from one baseline to the next."""
    return round(ruler(font).height * 1.02)
