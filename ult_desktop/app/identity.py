"""The identity of a mode in the system's task bar: a program of its own, with its own icon."""

import ctypes
import sys

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Face, Theme

SIZES = (16, 24, 32, 48, 64, 128, 256)
# The icon and the colour of each face.
_LOOKS = {"kiosk": ("ticket", "primary"), "counter": ("store", "ok"), "display": ("tv", "ink")}


def the_app() -> QApplication:
    """Return the program's one application: the wizard may have made it before the mode."""
    existing = QApplication.instance()
    # Qt takes one application object a process: https://doc.qt.io/qt-6/qapplication.html
    return existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])


def take_identity(app: QApplication, face: Face) -> None:
    """Take the identity before the first window.

    Otherwise the task bar would group the windows of all modes together, as those of Python.
    """
    app.setWindowIcon(face_icon(face))
    # Wayland shows the icon of the desktop file alone:
    # https://doc.qt.io/qt-6/qguiapplication.html#desktopFileName-prop
    app.setDesktopFileName(f"ult-desktop-{face}")
    if sys.platform == "win32":
        # https://learn.microsoft.com/en-us/windows/win32/shell/appids
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(f"ult-desktop.{face}")


def face_icon(face: Face) -> QIcon:
    """Return the icon in every size that a task bar or a shortcut asks for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_draw(face, size))
    return icon


def _draw(face: Face, size: int) -> QPixmap:
    """Draw the face's glyph in white on a tile of its colour."""
    name, colour = _LOOKS[face]
    theme, margin = Theme("counter"), round(size * 0.17)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(colour))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    painter.drawPixmap(margin, margin, icon_pixmap(name, theme.color("primary-ink"), size - 2 * margin))
    painter.end()
    return pixmap
