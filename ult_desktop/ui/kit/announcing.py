"""What a screen reader says without being asked: short messages and news that nobody looks for."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have `text` said, in the name of `widget`; without a screen reader nothing happens."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
