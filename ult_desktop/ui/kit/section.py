"""A panel with a title."""

from PySide6.QtWidgets import QFrame

from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class Section(QFrame):
    """Things that belong together; put them into `body`."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        column = Column(theme, self, gap=8, margins=(20, 12, 20, 16))
        self._head = Row(theme, gap=8)
        self.title = Label(title, "strong", wrap=True)
        self._head.addWidget(self.title, 1)
        column.addLayout(self._head)
        self.title.setVisible(bool(title))
        self.body = Column(theme, gap=8)
        column.addLayout(self.body, 1)

    def add_button(self, button: Button) -> Button:
        """A button at the right of the title."""
        button.setAutoDefault(False)
        self._head.addWidget(button)
        return button
