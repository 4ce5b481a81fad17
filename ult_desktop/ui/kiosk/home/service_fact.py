"""One fact about a service: an icon, what it is, and the value."""

from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.card import Card
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class ServiceFact(Card):
    """Stands in a row of its like."""

    def __init__(self, theme: Theme, icon: str, tint: str) -> None:
        super().__init__(theme, padding=20)
        self.name = Label("", "small", "soft", wrap=True)
        self.value = Label("", "body", wrap=True)
        self.value.setProperty("bold", True)
        words = Column(theme, gap=4)
        words.addStretch()
        words.addWidget(self.name)
        words.addWidget(self.value)
        words.addStretch()
        row = Row(theme, gap=16)
        row.addWidget(IconTile(theme, icon, tint, 64))
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def show_fact(self, name: str, value: str) -> None:
        self.name.setText(name)
        self.value.setText(value)
