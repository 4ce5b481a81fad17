"""A line below the pages that reports something, with buttons for what a person can do about it."""

from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class Banner(QWidget):
    """The banner, as high as its buttons. It is hidden until its owner shows it.

    Args:
        icon: its name and its tint.
        tone: the tone of the background: "info", "priority" or "danger".
        words: the label, which keeps its own size and tone.
        buttons: from left to right.
    """

    def __init__(
        self, theme: Theme, icon: tuple[str, str], tone: str, words: Label, *buttons: Button
    ) -> None:
        super().__init__()
        self.words = words
        self.tile = IconTile(theme, *icon, 32)
        self._background = QFrame()
        self._background.setProperty("kind", "banner")
        self._background.setProperty("line", True)
        self.show_tone(tone)
        Column(theme, self).addWidget(self._background)
        row = Row(theme, self._background, gap=12, margins=(24, 1, 8, 1))
        row.addWidget(self.tile)
        row.addWidget(words, 1)
        for button in buttons:
            row.addWidget(button)
        self.hide()

    def show_tone(self, tone: str) -> None:
        set_style_properties(self._background, tone=tone)
