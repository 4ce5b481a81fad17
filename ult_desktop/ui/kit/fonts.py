"""The bundled typeface, so that the program looks the same on every machine."""

import math
import re
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from ult_desktop.base import UserError, _
from ult_desktop.base.paths import resource

SANS = "Inter"
TABULAR = "tnum"
_HYPHENATED = re.compile(r"[^\W\d_]-|-[^\W\d_]")


def load_fonts() -> None:
    """Make the bundled typeface known to Qt; a second call does nothing.

    Raises:
        UserError: a font file is missing or damaged.
    """
    if SANS in QFontDatabase.families():
        return
    files = sorted(resource("fonts").glob("*.ttf"))
    broken = [f.name for f in files if QFontDatabase.addApplicationFont(str(f)) < 0]
    if broken or SANS not in QFontDatabase.families():
        names = ", ".join(broken) or str(resource("fonts"))
        raise UserError(
            _("Berkas huruf tidak dapat dibaca: {names}.").format(names=names),
            todo=_("Pasang ulang program ini."),
        )


def sans(pixels: int, weight: int = 400, *, tabular: bool = True) -> QFont:
    """Return Inter at `pixels` high; figures are all of one width unless `tabular` is false."""
    return QFont(
        _sans(pixels, weight, tabular=tabular)
    )  # a copy, which the caller may change; it costs a tenth of a new font


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
