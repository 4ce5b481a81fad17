"""The density of a screen (pixels a millimetre): as the screen reports it, or as a person measured a line."""

import math

from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kit.theme import Theme

LINE = 600  # length of the line that a person measures, in pixels of the screen, without Windows' scaling
UNKNOWN = 0.0
"""The density of a screen without a sensible report. Then sizes are not fitted to millimetres."""

_DIAGONAL = (200.0, 2600.0)  # millimetres: from a small tablet to the largest television
_PIXELS_PER_MM = (0.8, 16.0)  # fewer or more are an impossible report
_SHAPE_TOLERANCE = 0.12  # of the ratio of the sides: a larger difference does not come from rounding


def cover_screen(window: QWidget, theme: Theme, screen: QScreen | None, line_mm: int | None = None) -> None:
    """Show `window` on the whole of `screen` (None: its own), and fit the theme to its density."""
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
    """Return how many pixels of windows a millimetre has; `UNKNOWN` where the report is impossible.

    `reported` is the size in millimetres that the screen reports; `size` is its size in the pixels of
    windows, each of which is `ratio` pixels of the screen. `line_mm`: as in `density_of`.
    """
    if line_mm:
        return LINE / ratio / line_mm
    diagonal = math.hypot(reported.width(), reported.height())
    # Projectors report nothing, and some televisions 160 × 90 mm, which is only the ratio of their sides.
    if not _DIAGONAL[0] <= diagonal <= _DIAGONAL[1] or not min(reported.width(), reported.height()):
        return UNKNOWN
    density = math.hypot(size.width(), size.height()) / diagonal
    sides = sorted(
        (reported.width(), reported.height())
    )  # some report the sides as before the screen was turned
    pixels = sorted((size.width(), size.height()))
    has_right_shape = abs(sides[0] / sides[1] / (pixels[0] / pixels[1]) - 1) <= _SHAPE_TOLERANCE
    has_possible_pixels = _PIXELS_PER_MM[0] <= density * ratio <= _PIXELS_PER_MM[1]
    return density if has_right_shape and has_possible_pixels else UNKNOWN
