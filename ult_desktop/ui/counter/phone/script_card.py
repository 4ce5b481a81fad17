"""What to say now, large enough to read while talking."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class ScriptCard(QFrame):
    """The words of the procedure, and the officer's tick that they were said.

    Signals:
        said: the words were spoken.
    """

    said = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        set_style_properties(self, tone="info")
        self.head = Label("", "caps")
        self.words = Label("", "title", wrap=True)
        self.button = Button(theme, "", "primary", "check")
        column = Column(theme, self, gap=6, margins=(20, 12, 20, 12))
        top = Row(theme, gap=12)
        top.addWidget(self.head, 1)
        top.addWidget(self.button)
        column.addLayout(top)
        column.addWidget(self.words)
        self.button.clicked.connect(self.said)

    def show_words(self, head: str, words: str, verb: str = "") -> None:
        """`verb` names the button; without one there is nothing to tick."""
        self.head.setText(head)
        self.words.setText(words)
        self.button.setText(verb)
        self.button.setVisible(bool(verb))
