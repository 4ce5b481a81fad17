"""The page with one message in the middle of the screen: closed, paused, cut off, refused, just a moment."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts import notices, targets
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kit import Column, Theme, widgets
from ult_desktop.ui.kit.widgets.card import Card

_LINES = 4
_WORDS = 0.5  # of a wide page
_LOW = 420  # base pixels of height below which the words need all of it


class NoticePage(QWidget):
    """The page that shows a `Notice`.

    Signals:
        acted: its button was touched.
    """

    acted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.notice: notices.Notice | None = None
        self._tile = widgets.IconTile(theme, "info", "blue", 176)
        self.title = widgets.Label("", "heading", wrap=True)
        self.lines = [
            widgets.Label("", "strong" if place == 0 else "body", "soft", wrap=True)
            for place in range(_LINES)
        ]
        self.action = targets.main_action(theme, "")
        self.action.clicked.connect(self.acted)
        card = Card(theme, padding=36)
        self._block = block = QWidget()  # as a layout it would be given the height of unwrapped words
        words = Column(theme, block, gap=16)
        for label in (self.title, *self.lines):
            words.addWidget(label)
        inner = QWidget()
        self._halves = Column(theme, inner, gap=40)
        self._halves.addStretch()
        self._halves.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignCenter)
        self._halves.addWidget(block, 0, Qt.AlignmentFlag.AlignVCenter)
        self._halves.addStretch()
        self.rolling = Rolling(theme, inner)
        card.body.addWidget(self.rolling)
        self.column = column = Column(theme, self, margins=(44, 12, 44, 32))
        column.addWidget(card, 1)
        self.acts = targets.TargetRow(theme, margins=(12, 0, 12, 0))
        self.acts.addWidget(self.action, 1)
        for step in self.rolling.steps:
            self.acts.addWidget(step)
        column.addLayout(self.acts)

    def show_notice(self, notice: notices.Notice) -> None:
        self.notice = notice
        self._tile.show_icon(notice.icon, notice.tint)
        self.title.setText(notice.title)
        for place, label in enumerate(self.lines):
            words = notice.words[place] if place < len(notice.words) else ""
            label.setText(words)
            label.setVisible(bool(words))
        targets.set_button_words(self.action, notice.action)
        self.action.setVisible(bool(notice.action))
        self.rolling.begin()
        self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture next to the words on a wide screen."""
        super().resizeEvent(event)
        wide = event.size().width() > event.size().height() * 1.2
        way, align = QBoxLayout.Direction, Qt.AlignmentFlag
        self._halves.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self._make_room()
        where = align.AlignLeft | align.AlignVCenter if wide else align.AlignCenter
        for label in (self.title, *self.lines):
            label.setAlignment(where)

    def _make_room(self) -> None:
        """Make the words next to the picture as wide as they need, at most half the page.

        On a low page the picture is hidden.
        """
        self._tile.setVisible(self.height() >= self._theme.px(_LOW) * self._theme.growth)
        wide = self._halves.direction() is QBoxLayout.Direction.LeftToRight
        labels = (self.title, *self.lines)
        longest = max(label.fontMetrics().horizontalAdvance(label.text()) for label in labels)
        self._block.setMinimumWidth(min(longest + 2, round(self.width() * _WORDS)) if wide else 0)
