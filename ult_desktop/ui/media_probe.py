"""The screens and sound devices that Qt finds on this PC."""

import os
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtWidgets import QApplication


def probe_media() -> tuple[list[str], list[str]]:
    """Return screens as "1920×1080" and sound outputs by name.

    Without a display server there is no screen.
    """
    headless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if headless:
        # Qt ends the process where it finds no display: https://doc.qt.io/qt-6/qpa.html
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication([])
    sizes = [] if headless else [screen.size() for screen in QGuiApplication.screens()]
    screens = [f"{size.width()}×{size.height()}" for size in sizes]
    outputs = [device.description() for device in QMediaDevices.audioOutputs()]
    del app
    return screens, outputs
