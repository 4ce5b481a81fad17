"""What every box over a window says while the share is gone: a box may cover the window's own words."""

from PySide6.QtCore import QObject, Signal


class ConnectionNotices(QObject):
    """A child of the window; its boxes find it there.

    Signals:
        changed: other words, "" when all is well.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.words = ""

    def tell(self, words: str) -> None:
        self.words = words
        self.changed.emit(words)
