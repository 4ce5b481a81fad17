"""The number of pixels in a millimetre of a screen: by the screen's own report, or by a ruler on a line."""

import math

from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kit.theme import Theme

LINE = 600  # physical pixels of the line that a person measures with a ruler, whatever Windows' scaling
UNKNOWN = 0.0
"""The density of a screen without a sensible report: its content keeps the pixels that it is drawn with."""

_DIAGONAL = (200.0, 2600.0)  # millimetres: from a small tablet to the largest television
_PIXELS_PER_MM = (0.8, 16.0)  # fewer or more are an impossible report
_ASKEW = 0.12  # of the ratio of its sides: a larger difference is not from rounding


def cover_screen(window: QWidget, theme: Theme, screen: QScreen | None, line_mm: int | None = None) -> None:
    """Show `window` on the whole of `screen` (None: its own), with sizes by that screen's millimetres."""
    screen = screen or window.screen()
    theme.set_density(density_of(screen, line_mm))
    window.setGeometry(screen.geometry())
    window.showFullScreen()


def density_of(screen: QScreen, line_mm: int | None = None) -> float:
    """Return how many pixels of a window are a millimetre on this screen.

    `line_mm` is the length of the line of `LINE` pixels on it, measured with a ruler.
    """
    ratio, size = screen.devicePixelRatio(), screen.geometry().size()
    return pixels_per_mm(screen.physicalSize(), size, ratio, line_mm)


def pixels_per_mm(reported: QSizeF, size: QSize, ratio: float, line_mm: int | None = None) -> float:
    """Return the pixels of windows in a millimetre.

    `reported` is the size in millimetres that the screen reports; `size` is its size in the pixels of
    windows, each of which is `ratio` pixels of the screen. An impossible report (nothing at all, or sides
    unlike those of its pixels) is ignored.
    """
    if line_mm:
        return LINE / ratio / line_mm
    diagonal = math.hypot(reported.width(), reported.height())
    # Projectors report nothing, and some televisions 160 × 90 mm, which is only the ratio of their sides.
    if not _DIAGONAL[0] <= diagonal <= _DIAGONAL[1] or not min(reported.width(), reported.height()):
        return UNKNOWN
    density = math.hypot(size.width(), size.height()) / diagonal
    sides = sorted((reported.width(), reported.height()))  # some report them as before the screen was turned
    pixels = sorted((size.width(), size.height()))
    has_right_shape = abs(sides[0] / sides[1] / (pixels[0] / pixels[1]) - 1) <= _ASKEW
    has_possible_pixels = _PIXELS_PER_MM[0] <= density * ratio <= _PIXELS_PER_MM[1]
    return density if has_right_shape and has_possible_pixels else UNKNOWN
