"""The screen of a kiosk or of the lobby's TV: its density; the window that covers it and stays in front."""

import math
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.pc.awake import keep_awake
from ult_desktop.ui.kit.theme import Theme

LINE = 600  # length of the line that a person measures, in pixels of the screen, without Windows' scaling
UNKNOWN = 0.0
"""The density of a screen without a sensible report. Then sizes are not fitted to millimetres."""

_DIAGONAL = (200.0, 2600.0)  # millimetres: from a small tablet to the largest television
_PIXELS_PER_MM = (0.8, 16.0)  # fewer or more are an impossible report
_SHAPE_TOLERANCE = 0.12  # of the ratio of the sides: a larger difference does not come from rounding
SETTLE_MS = 500
"""The time in which a system that changes its screens reports several changes."""


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
    # Sorted, because some report the sides as before the screen was turned.
    sides = sorted((reported.width(), reported.height()))
    pixels = sorted((size.width(), size.height()))
    has_right_shape = abs(sides[0] / sides[1] / (pixels[0] / pixels[1]) - 1) <= _SHAPE_TOLERANCE
    has_possible_pixels = _PIXELS_PER_MM[0] <= density * ratio <= _PIXELS_PER_MM[1]
    return density if has_right_shape and has_possible_pixels else UNKNOWN


class PublicScreen(QObject):
    """The hold of a window on its screen.

    When a television is switched off, its screen is gone for Windows, which moves or minimises the window:
    the window covers the screen again when it is back. Keys that the system takes for itself (Alt+Tab,
    Ctrl+Esc, the Windows key) never reach a program: the window covers what they open. Only the system can
    forbid them (docs/it-guide.md).

    Args:
        window: the window.
        cover: shows the window on the whole of a screen.
        number: the screen, counted from 1 as the system does; 0: the one on which the window is at first.
    """

    def __init__(self, window: QWidget, cover: Callable[[QScreen], None], number: int = 0) -> None:
        super().__init__(window)
        self._window, self._cover, self._screen_number = window, cover, number
        self._screen_name = ""
        self._is_holding = self._takes_keys = self._only_that_screen = False
        self._settle_timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle_timer.timeout.connect(self._cover_again)
        window.installEventFilter(self)
        app = cast("QGuiApplication", QGuiApplication.instance())
        for signal in (app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self._settle_timer.start)
        app.screenAdded.connect(self._on_added)
        for screen in app.screens():
            screen.geometryChanged.connect(self._settle_timer.start)

    def hold(self, second: QScreen | None = None, *, takes_keys: bool) -> None:
        """Cover the chosen screen from now on, and keep it awake.

        `second`: cover only this one, the second screen of an officer's PC. While it is away the window is
        hidden; and the PC may sleep. `takes_keys`: take the keyboard's focus back from another window too.
        """
        self._is_holding, self._takes_keys, self._only_that_screen = True, takes_keys, second is not None
        self._screen_name = (second or self._window.screen()).name()
        if second is None:
            keep_awake(on=True)
        self._cover_again()

    def release(self) -> None:
        """Stop holding the screen, because an officer leaves the kiosk."""
        self._is_holding = False
        self._settle_timer.stop()
        keep_awake(on=False)

    def _find_screen(self) -> QScreen | None:
        """Return the screen to cover; None while the only one that the window may cover is away."""
        screens = QGuiApplication.screens()
        if 0 < self._screen_number <= len(screens):
            return screens[self._screen_number - 1]
        named = next((screen for screen in screens if screen.name() == self._screen_name), None)
        return named if named or self._only_that_screen else self._window.screen()

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._settle_timer.start)
        self._settle_timer.start()

    def _cover_again(self) -> None:
        if not self._is_holding:
            return
        screen = self._find_screen()
        if screen is None:
            self._window.hide()
        else:
            self._cover(screen)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_holding and event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange):
            # Later, because Qt is still moving the focus.
            QTimer.singleShot(0, self, self._come_back)
        return False

    def _come_back(self) -> None:
        if not self._is_holding:
            return
        if not self._window.windowState() & Qt.WindowState.WindowFullScreen or self._window.isMinimized():
            self._cover_again()
        if not self._takes_keys:
            self._window.raise_()
        elif not self._window.isActiveWindow():
            self._window.raise_()
            self._window.activateWindow()
