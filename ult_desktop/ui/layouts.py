"""Layouts whose gaps and margins follow the theme's scale."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ult_desktop.ui.theme import Theme

Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)


class Column(QVBoxLayout):
    """Top to bottom; `gap` and `margins` (left, top, right, bottom) in base pixels."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        _place(self, parent)
        self._theme, self._gap, self._margins = theme, gap, margins
        theme.changed.connect(self.rescale)
        self.rescale()

    def rescale(self) -> None:
        self.setSpacing(self._theme.px(self._gap))
        self.setContentsMargins(*map(self._theme.px, self._margins))


class Row(QHBoxLayout):
    """Left to right; `gap` and `margins` as in `Column`."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        _place(self, parent)
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


class Grid(QGridLayout):
    """Rows and columns; `gap` and `margins` as in `Column`."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, gap: int = 0, margins: Margins = NO_MARGINS
    ) -> None:
        super().__init__()
        _place(self, parent)
        self._theme, self._gap, self._margins = theme, gap, margins
        theme.changed.connect(self.rescale)
        self.rescale()

    def rescale(self) -> None:
        self.setSpacing(self._theme.px(self._gap))
        self.setContentsMargins(*map(self._theme.px, self._margins))


def _place(layout: QLayout, parent: QWidget | None) -> None:
    if parent is not None:
        parent.setLayout(layout)
