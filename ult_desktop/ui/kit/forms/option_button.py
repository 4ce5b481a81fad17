"""The answers of a question: all that lights up under the pointer can be pressed, not the words alone."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QRadioButton
from typing_extensions import override


class Tick(QCheckBox):
    """One of several that hold at once."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


class Option(QRadioButton):
    """One of a few that exclude each other."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)
