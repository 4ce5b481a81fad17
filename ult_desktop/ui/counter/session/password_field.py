"""A password field that notices Caps Lock, and can be refused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ult_desktop.ui.kit.theme import set_style_properties


class PasswordField(QLineEdit):
    """Qt cannot ask for the state of Caps Lock; a letter typed against the Shift key tells it.

    Signals:
        caps_lock: on (True) or off, as far as the last letter shows.
    """

    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def refuse(self) -> None:
        """Marked as wrong, empty, and where the next try is typed."""
        set_style_properties(self, wrong=True)
        self.clear()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        elif event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(event.text().isupper() is not shifted)
        super().keyPressEvent(event)
