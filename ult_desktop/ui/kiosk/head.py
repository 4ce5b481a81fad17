"""The kiosk's head: who receives you, and below it what this page is about."""

from PySide6.QtWidgets import QBoxLayout

from ult_desktop.core.connection import Connection
from ult_desktop.ui.layouts import Column
from ult_desktop.ui.theme import Theme, mark
from ult_desktop.ui.widgets.clock import Now
from ult_desktop.ui.widgets.header import Header
from ult_desktop.ui.widgets.label import Label
from ult_desktop.ui.widgets.line_sign import LineSign

_TALL = 350  # base pixels of the home page's head on an upright screen


class KioskHead(Header):
    """Greets on the home page, names the page elsewhere."""

    def __init__(self, theme: Theme, now: Now, unit: str, office: str) -> None:
        super().__init__(theme, now, unit, office)
        self.title = Label("", "heading", "header", wrap=True)
        self.sentence = Label("", "body", "header-soft", wrap=True)
        self.sign = LineSign(theme)
        self.clock.give_place(self.sign)
        self._words = Column(theme, gap=8)
        self._words.addWidget(self.title)
        self._words.addWidget(self.sentence, 1)
        self.body.addStretch()
        self.body.addLayout(self._words)

    def show_words(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def show_connection(self, connection: Connection) -> None:
        """While the share is gone that is more to know than the date."""
        self.sign.show_connection(connection)
        self.clock.date_label.setVisible(connection is Connection.ONLINE)

    def arrange(self, *, upright: bool, home: bool, least: int, below: int) -> None:
        """Fit the head to the screen.

        `least` is its height in pixels while all targets stand low; `below` is what a notice under it takes
        from its height otherwise.
        """
        stacked = upright or bool(least)
        way = QBoxLayout.Direction
        self._words.setDirection(way.TopToBottom if stacked else way.LeftToRight)
        self._words.setStretch(1, 0 if stacked else 1)
        self._words.setSpacing(self._theme.px(8 if stacked else 28))
        mark(self.title, type="hero" if home and stacked else "heading")
        tall = self._theme.px(_TALL) - below if home and upright else 0
        self.setMinimumHeight(max(least, tall))
