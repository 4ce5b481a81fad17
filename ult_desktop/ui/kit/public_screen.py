"""The screen of a kiosk or of the lobby's TV: its window covers it, stays in front, and it stays on."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.pc.awake import keep_awake

SETTLED_MS = 500
"""The time in which a system that changes its screens tells several changes."""


class PublicScreen(QObject):
    """The hold of a window on its screen.

    A television that is switched off is a screen that goes: Windows moves or minimises the window, and it has
    to come back with the screen. Keys that the system takes for itself (Alt+Tab, Ctrl+Esc, the Windows key)
    never reach a program; the windows that they open are covered again. Only the system can forbid them
    (docs/it-guide.md).

    Args:
        window: on it.
        cover: shows the window on the whole of a screen.
        number: which screen, counted from 1 as the system does; 0: the one on which the window is at first.
    """

    def __init__(self, window: QWidget, cover: Callable[[QScreen], None], number: int = 0) -> None:
        super().__init__(window)
        self._window, self._cover, self._number = window, cover, number
        self._name = ""
        self._is_held = self._takes_keys = self._only_second = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._cover_again)
        window.installEventFilter(self)
        app = cast("QGuiApplication", QGuiApplication.instance())
        for signal in (app.screenRemoved, app.primaryScreenChanged):
            signal.connect(self._settled.start)
        app.screenAdded.connect(self._on_added)
        for screen in app.screens():
            screen.geometryChanged.connect(self._settled.start)

    def hold(self, second: QScreen | None = None, *, takes_keys: bool) -> None:
        """Cover the chosen screen from now on, and keep it awake.

        `second`: this one and no other, the second screen of a PC at which an officer works. While it is away
        the window is hidden, and the PC may fall asleep. `takes_keys`: the window has the keyboard too, and
        takes it back from another window.
        """
        self._is_held, self._takes_keys, self._only_second = True, takes_keys, second is not None
        self._name = (second or self._window.screen()).name()
        if second is None:
            keep_awake(on=True)
        self._cover_again()

    def release(self) -> None:
        """Let the window go: an officer has opened the exit."""
        self._is_held = False
        self._settled.stop()
        keep_awake(on=False)

    def _screen(self) -> QScreen | None:
        """Return the screen to cover; None while the only one that may be covered is away."""
        screens = QGuiApplication.screens()
        if 0 < self._number <= len(screens):
            return screens[self._number - 1]
        named = next((each for each in screens if each.name() == self._name), None)
        return named if named or self._only_second else self._window.screen()

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._settled.start)
        self._settled.start()

    def _cover_again(self) -> None:
        if not self._is_held:
            return
        screen = self._screen()
        if screen is None:
            self._window.hide()
        else:
            self._cover(screen)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_held and event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange):
            # After the change, not during it: Qt is still in the middle of moving the focus.
            QTimer.singleShot(0, self, self._come_back)
        return False

    def _come_back(self) -> None:
        if not self._is_held:
            return
        if not self._window.windowState() & Qt.WindowState.WindowFullScreen or self._window.isMinimized():
            self._cover_again()
        if not self._takes_keys:
            self._window.raise_()
        elif not self._window.isActiveWindow():
            self._window.raise_()
            self._window.activateWindow()
