"""A line of words on a tinted ground, with one answer at most."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class Note(QFrame):
    """Hidden until it has something to say. `tone`: "info", "ok", "danger", "priority" or "" (warning).

    Signals:
        answered: its button was pressed; the note is gone then.
    """

    answered = Signal()

    def __init__(self, theme: Theme, tone: str = "info") -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.words = Label("", wrap=True)
        self.button = Button(theme, "", "quiet")
        self.button.setAutoDefault(False)
        row = Row(theme, self, gap=8, margins=(12, 4, 4, 4))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._answer)
        self.hide()

    def say(self, words: str, answer: str = "") -> None:
        """Show `words`; "" hides the note."""
        self.words.setText(words)
        self.button.setText(answer)
        self.button.setVisible(bool(answer))
        self.setVisible(bool(words))

    def _answer(self) -> None:
        self.hide()
        self.answered.emit()
