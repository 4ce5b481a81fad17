"""A list at the left, its detail at the right."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme

_PART, _LEAST, _MOST = 0.38, 300, 560


class SplitView(QWidget):
    """The left part takes a good third of the width, within limits that keep its lines readable."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._theme, self.left, self.right = theme, left, right
        row = Row(theme, self, gap=16)
        row.addWidget(left)
        row.addWidget(right, 1)
        theme.changed.connect(self._share_width)
        self._share_width()

    def _share_width(self) -> None:
        wanted = round(self.width() * _PART)
        px = self._theme.px
        self.left.setFixedWidth(min(max(wanted, px(_LEAST)), px(_MOST)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
