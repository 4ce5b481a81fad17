"""The kiosk's head: who receives you and what time it is, and below it what this page is about."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy
from typing_extensions import override

from ult_desktop.core.connection import Connection
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.painting import slanted

_TALL = 350  # base pixels of the home page's head on an upright screen


class KioskHead(QFrame):
    """Greets on the home page, names the page elsewhere."""

    def __init__(self, theme: Theme, now: widgets.Now) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit_label = widgets.ElidedLabel("", "strong", "header")
        self.unit_label.setProperty("bold", True)
        self.logo = widgets.Logo(theme)
        self.office_label = widgets.ElidedLabel("", "small", "header-soft")
        self.clock = widgets.Clock(theme, now)
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title = widgets.Label("", "heading", "header", wrap=True)
        self.sentence = widgets.Label("", "body", "header-soft", wrap=True)
        self.sign = widgets.ConnectionBadge(theme)
        self.clock.give_place(self.sign)
        self._words = Column(theme, gap=8)
        self._words.addWidget(self.title)
        self._words.addWidget(self.sentence, 1)
        body = Column(theme, self, 24, (56, 32, 56, 32))
        body.addLayout(self._top())
        body.addStretch()
        body.addLayout(self._words)
        theme.changed.connect(self.update)

    def show_names(self, unit: str, office: str) -> None:
        self.unit_label.setText(unit)
        self.office_label.setText(office)

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
        set_style_properties(self.title, type="hero" if home and stacked else "heading")
        tall = self._theme.px(_TALL) - below if home and upright else 0
        self.setMinimumHeight(max(least, tall))

    def _top(self) -> Row:
        names = Column(self._theme, gap=4)
        names.addStretch()
        names.addWidget(self.unit_label)
        names.addWidget(self.office_label)
        names.addStretch()
        top = Row(self._theme, gap=24)
        top.addWidget(self.logo)
        top.addLayout(names, 1)
        top.addWidget(self.clock)
        return top

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        start, end = self._theme.color("header-from"), self._theme.color("header-to")
        radius = self._theme.px(48)
        path = QPainterPath()
        # The upper corners lie above the window's edge.
        path.addRoundedRect(box.adjusted(0, -radius, 0, 0), radius, radius)
        painter.fillPath(path, slanted(box, start, end))
        if self._theme.contrast == "kontras":
            painter.fillRect(QRectF(0, box.bottom() - 2, box.width(), 2), self._theme.color("line"))
