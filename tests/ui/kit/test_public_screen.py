"""The window on a public screen: the screen that was chosen, covered again when screens change."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.screens import with_screens
from ult_desktop.ui.kit.public_screen import PublicScreen

COVER = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from ult_desktop.ui.kit.public_screen import PublicScreen
app = QApplication([])
window, covered = QWidget(), []
PublicScreen(window, covered.append, int(sys.argv[1])).hold(takes_keys=False)
print(covered[0].name())
"""


@pytest.mark.parametrize(("number", "name"), [(0, "first"), (1, "first"), (2, "second"), (3, "first")])
def test_the_screen_that_was_chosen_or_the_main_one(tmp_path: Path, number: int, name: str) -> None:
    command = [sys.executable, "-c", COVER, str(number)]
    done = subprocess.run(command, env=with_screens(tmp_path, 2), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == name


# Windows, as far as it is asked to keep the screen on.
AWAKE = """
import ctypes, sys
from types import SimpleNamespace
from PySide6.QtWidgets import QApplication, QWidget
from ult_desktop.ui.kit.public_screen import PublicScreen
app = QApplication([])
window = QWidget()
screen = PublicScreen(window, lambda _screen: None)
ask = SimpleNamespace(SetThreadExecutionState=lambda state: print(hex(state)) or 1)
ctypes.windll, sys.platform = SimpleNamespace(kernel32=ask), "win32"
screen.hold(app.primaryScreen(), takes_keys=False)
screen.hold(takes_keys=True)
screen.release()
"""


def test_windows_is_asked_to_keep_a_public_screen_on_and_no_counter_s(tmp_path: Path) -> None:
    """ES_CONTINUOUS, ES_SYSTEM_REQUIRED and ES_DISPLAY_REQUIRED: `keep_awake`."""
    command, screens = [sys.executable, "-c", AWAKE], with_screens(tmp_path, 1)
    done = subprocess.run(command, env=screens, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0x80000003", "0x80000000"]


class Covered(QWidget):
    """A window that fills the screen, as a kiosk does."""

    def __init__(self) -> None:
        super().__init__()
        self.hold = PublicScreen(self, self.cover)

    def cover(self, screen: QScreen) -> None:
        self.setGeometry(screen.geometry())
        self.showFullScreen()


@pytest.fixture
def covered(qtbot: QtBot) -> Covered:
    window = Covered()
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize("takes_keys", [True, False])
def test_a_screen_that_changes_is_covered_again(covered: Covered, qtbot: QtBot, takes_keys: bool) -> None:
    """A television was switched off and on: the system had moved the window meanwhile."""
    covered.hold.hold(takes_keys=takes_keys)
    whole = covered.screen().geometry()
    covered.setGeometry(QRect(-300, 40, 400, 300))
    covered.screen().geometryChanged.emit(whole)
    qtbot.waitUntil(lambda: covered.geometry() == whole)
    covered.showMinimized()
    qtbot.waitUntil(lambda: covered.isFullScreen() and not covered.isMinimized())


def test_after_its_release_it_stays_where_a_person_puts_it(covered: Covered, qtbot: QtBot) -> None:
    covered.hold.hold(takes_keys=True)
    covered.hold.release()
    covered.showMinimized()
    covered.screen().geometryChanged.emit(covered.screen().geometry())
    qtbot.wait(700)
    QApplication.processEvents()
    assert covered.isMinimized()


def test_a_second_screen_of_a_counter_is_not_moved_over_the_counter(covered: Covered, qtbot: QtBot) -> None:
    covered.hold.hold(covered.screen(), takes_keys=False)
    assert covered.isVisible()
    covered.hold._screen_name = "a screen that was pulled out"
    covered.screen().geometryChanged.emit(covered.screen().geometry())
    qtbot.waitUntil(lambda: not covered.isVisible())
