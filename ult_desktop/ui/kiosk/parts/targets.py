"""The rows of targets, with gaps that never shrink, and the keys to leaf between their pages."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import Row, Theme, layouts, widgets
from ult_desktop.ui.kit.widgets.card import SHADOW, CardButton


class TargetRow(Row):
    """A `Row` that keeps the theme's gap between targets."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, margins: layouts.Margins = layouts.NO_MARGINS
    ) -> None:
        super().__init__(theme, parent, margins=margins)

    @override
    def rescale(self) -> None:
        super().rescale()
        self.setSpacing(self._theme.gap)


def square(theme: Theme, text: str = "", icon: str = "") -> widgets.Button:
    """Return a button of the smallest size that a finger finds."""
    button = widgets.Button(theme, text, icon_name=icon)
    button.setProperty("shape", "square")
    button.setMinimumWidth(theme.target)
    theme.changed.connect(lambda: button.setMinimumWidth(theme.target))
    return button


def main_action(theme: Theme, icon: str) -> widgets.Button:
    """Return the button for the main action of a page."""
    button = widgets.Button(theme, role="primary", icon_name=icon)
    button.setProperty("shape", "big")
    return button


def set_button_words(button: widgets.Button, words: str) -> None:
    """Set the words of a button, which are its name too, for a page may leave them out later."""
    button.setText(words)
    button.setAccessibleName(words)


class FittedCard(CardButton):
    """A card that is never smaller than a target; what has no room in it is hidden or smaller.

    `padding`, in base pixels, is at its sides, and above and below what is in it.

    A subclass decides in `make_room` what is shown. It is called when the card changes its size, and when the
    letters do: larger ones leave less room in a card of the same size.
    """

    def __init__(
        self, theme: Theme, padding: tuple[int, int], ground: str = "surface", edge: str = "line"
    ) -> None:
        super().__init__(theme, ground=ground, edge=edge)
        across, down = padding[0] + SHADOW, padding[1] + SHADOW
        self.body.set_margins((across, down, across, down))
        self._has_size = False
        theme.changed.connect(self.refit)

    def make_room(self) -> None:
        """Show what has room in the size that the card has now."""

    def refit(self) -> None:
        """Fit the card to letters that are of another size now."""
        self.setMinimumHeight(self._theme.target + 2 * self._theme.px(SHADOW))
        if self._has_size:  # before its first resize event the size is Qt's default
            self.make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._has_size = True
        self.make_room()


class Pager(QWidget):
    """The keys to leaf between pages, hidden when there is only one page.

    Signals:
        turn_requested: -1 or 1.
    """

    turn_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.before_button = self._button(theme, "chevron-left", -1)
        self.after_button = self._button(theme, "chevron-right", 1)
        self.place = widgets.Label("", "strong", "soft")
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = TargetRow(theme, self)
        row.addWidget(self.before_button)
        row.addWidget(self.place)
        row.addWidget(self.after_button)

    def show_page(self, page: int, pages: int) -> None:
        self.before_button.setAccessibleName(_("Halaman sebelumnya"))
        self.after_button.setAccessibleName(_("Halaman berikutnya"))
        self.place.setText(f"{page + 1}/{pages}")
        self.place.setAccessibleName(_("Halaman {page} dari {pages}").format(page=page + 1, pages=pages))
        self.place.show()
        self.before_button.show()
        self.setVisible(pages > 1)

    def _button(self, theme: Theme, icon: str, step: int) -> widgets.Button:
        button = square(theme, icon=icon)
        button.clicked.connect(lambda: self.turn_requested.emit(step))
        return button
