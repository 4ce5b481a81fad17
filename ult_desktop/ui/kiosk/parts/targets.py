"""Rows of things to touch: fingers do not shrink with the screen, so neither do the gaps."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kit.layouts import NO_MARGINS, Margins, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button


class TargetRow(Row):
    """A `Row` that keeps the theme's gap between targets."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, margins: Margins = NO_MARGINS) -> None:
        super().__init__(theme, parent, margins=margins)

    @override
    def rescale(self) -> None:
        super().rescale()
        self.setSpacing(self._theme.gap)


def square(theme: Theme, text: str = "", icon: str = "") -> Button:
    """A button of the smallest size that a finger finds."""
    button = Button(theme, text, icon_name=icon)
    button.setProperty("size", "square")
    button.setMinimumWidth(theme.target)
    theme.changed.connect(lambda: button.setMinimumWidth(theme.target))
    return button


def main_action(theme: Theme, icon: str) -> Button:
    """The one thing to do on a page."""
    button = Button(theme, role="primary", icon_name=icon)
    button.setProperty("size", "big")
    return button


def set_button_words(button: Button, words: str) -> None:
    """Name a button; Qt leaves only 4 px between icon and words."""
    button.setText(f"  {words}" if words and not button.icon().isNull() else words)
    button.setAccessibleName(words)
