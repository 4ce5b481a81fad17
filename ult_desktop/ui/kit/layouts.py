"""Layouts whose gaps and margins follow the theme's scale."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ult_desktop.ui.kit.theme import Theme

Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)

if TYPE_CHECKING:
    _Layout = QLayout
else:
    _Layout = object  # beside it the class that uses it has its one parent of Qt's


class _Scaled(_Layout):
    """What makes one of Qt's layouts follow the theme."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._theme, self._gap, self._margins = theme, gap, margins
        theme.changed.connect(self.rescale)
        self.rescale()

    def rescale(self) -> None:
        self.setSpacing(self._theme.px(self._gap))
        self.setContentsMargins(*map(self._theme.px, self._margins))

    def keep_margins(self, margins: Margins) -> None:
        """Other ones from now on."""
        if margins != self._margins:
            self._margins = margins
            self.rescale()


class Column(_Scaled, QVBoxLayout):
    """Top to bottom; `gap` and `margins` (left, top, right, bottom) in base pixels."""


class Row(_Scaled, QHBoxLayout):
    """Left to right; `gap` and `margins` as in `Column`."""


class Grid(_Scaled, QGridLayout):
    """Rows and columns; `gap` and `margins` as in `Column`."""
