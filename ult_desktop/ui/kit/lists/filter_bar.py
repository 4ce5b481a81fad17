"""Chips above a list: one group of its rows, or all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import Button

_GAP = 4


@dataclass(frozen=True)
class Filter:
    """A group of rows (`ListRow.groups`); "" is all of them. `tone` "danger" when it holds any."""

    group: str
    text: str
    tone: str = ""


class FilterBar(QWidget):
    """As many chips beside each other as fit, in further lines the rest.

    Signals:
        chosen: another group (its name).
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, filters: Sequence[Filter]) -> None:
        super().__init__()
        self._theme, self._filters = theme, filters
        self.chips = {each.group: Button(theme, each.text, "quiet") for each in filters}
        group = QButtonGroup(self)
        for name, chip in self.chips.items():
            chip.setParent(self)
            chip.setProperty("shape", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            group.addButton(chip)
            chip.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
        if self.chips:
            next(iter(self.chips.values())).setChecked(True)
        if not filters:
            self.hide()
        theme.changed.connect(self._place)

    def choose(self, group: str) -> None:
        self.chips[group].setChecked(True)
        self.chosen.emit(group)

    def show_counts(self, count_of: Callable[[str], int]) -> None:
        """How many rows each group holds."""
        for each in self._filters:
            count = count_of(each.group)
            words = _("{name} {n}").format(name=each.text, n=count) if count else each.text
            self.chips[each.group].setText(words)
        self._place()

    def _place(self) -> None:
        gap = self._theme.px(_GAP)
        left = top = 0
        for chip in self.chips.values():
            size = chip.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + size.height() + gap
            chip.setGeometry(QRect(left, top, min(size.width(), max(1, self.width())), size.height()))
            left += size.width() + gap
        tall = next((chip.sizeHint().height() for chip in self.chips.values()), 0)
        self.setFixedHeight(max(1, top + tall))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
