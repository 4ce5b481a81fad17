"""One message in the middle of the screen: closed, paused, cut off, refused, just a moment."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kiosk.notices import Notice
from ult_desktop.ui.layouts import Column, Row
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.button import Button
from ult_desktop.ui.widgets.card import Card
from ult_desktop.ui.widgets.icon_tile import IconTile
from ult_desktop.ui.widgets.label import Label

_LINES = 3


class NoticePage(QWidget):
    """Shows a `Notice`.

    Signals:
        acted: its button was touched.
    """

    acted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.notice: Notice | None = None
        self._tile = IconTile(theme, "info", "blue", 176)
        self.title = Label("", "heading", wrap=True)
        self.lines = [Label("", "strong" if place == 0 else "body", "soft", wrap=True) for place in range(_LINES)]
        self.action = Button(theme, role="primary")
        self.action.setProperty("size", "big")
        self.action.clicked.connect(self.acted)
        card = Card(theme, padding=48, gap=20)
        card.body.addStretch()
        card.body.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, *self.lines):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            card.body.addWidget(label)
        card.body.addStretch()
        column = Column(theme, self, margins=(44, 12, 44, 32))
        column.addWidget(card, 1)
        action = Row(theme, margins=(12, 0, 12, 0))
        action.addWidget(self.action)
        column.addLayout(action)

    def show_notice(self, notice: Notice) -> None:
        self.notice = notice
        self._tile.show_icon(notice.icon, notice.tint)
        self.title.setText(notice.title)
        for place, label in enumerate(self.lines):
            words = notice.words[place] if place < len(notice.words) else ""
            label.setText(words)
            label.setVisible(bool(words))
        self.action.setText(notice.action)
        self.action.setVisible(bool(notice.action))
