"""Whether this system asks for less motion."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def motion_wanted() -> bool:
    """False where the person who set this PC up switched animations off."""
    hints = QGuiApplication.styleHints()  # a name keeps it alive: its children die with the wrapper
    return hints.accessibility().motionPreference() is not Qt.MotionPreference.ReducedMotion
