"""The kiosk's head: the name of the office and the time, and below them the title of the page."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.core.connection import Connection
from ult_desktop.ui.kit import Column, Grid, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.painting import slanted

_TALL = 288  # base pixels of the home page's head on an upright screen
_FEW_LINES, _FEWER_LINES = 24, 20  # of body text that stand below each other on the screen
_SHORT_LINES = 32  # their width, in its height
_LONG_LINES = 60  # in which names, words and date stand beside each other
_MARGINS, _FLAT_MARGINS = (56, 28, 56, 28), (56, 16, 56, 16)
_NAMES_SHARE = 0.45  # of the width, at most, before the office's name stands in two lines


class KioskHead(QFrame):
    """The head of the kiosk. It greets on the home page and shows the page's title elsewhere."""

    def __init__(self, theme: Theme, now: widgets.Now) -> None:
        super().__init__()
        self._theme = theme
        self._online, self._dated = True, True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit_label = widgets.Label("", "strong", "header", wrap=True)
        self.unit_label.setProperty("bold", True)
        self.logo = widgets.Logo(theme)
        self.office_label = widgets.Label("", "small", "header-soft", wrap=True)
        self.clock = widgets.Clock(theme, now)
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title = widgets.Label("", "heading", "header", wrap=True)
        self.sentence = widgets.Label("", "body", "header-soft", wrap=True)
        self.sign = widgets.ConnectionBadge(theme)
        self.clock.give_place(self.sign)
        self._words = QWidget()
        words = Column(theme, self._words, gap=8)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self._body = body = Grid(theme, self, 20, _MARGINS)
        body.addLayout(self._names(), 0, 0)
        body.addWidget(self.clock, 0, 2)
        body.addWidget(self._words, 1, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
        theme.changed.connect(self.update)

    def show_names(self, unit: str, office: str) -> None:
        self.unit_label.setText(unit)
        self.office_label.setText(office)

    def show_words(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.sentence.setText(sentence)

    def show_connection(self, connection: Connection) -> None:
        """Show the state of the share. While the share is gone, its state takes the room of the date."""
        self._online = connection is Connection.ONLINE
        self.sign.show_connection(connection)
        self.clock.date_label.setVisible(self._online and self._dated)

    def arrange(self, *, upright: bool, home: bool, least: int, below: int) -> None:
        """Fit the head to the screen.

        `least` is its height in pixels while all targets stand low; `below` is what a notice under it takes
        from its height otherwise. Where few lines have room it says what is to be done, and no more.
        """
        stacked = upright or bool(least)
        window, letter = self.window().size(), self._theme.text("body")
        lines, broad = window.height() / letter, window.width() / letter
        roomy, long = lines >= _FEW_LINES, stacked or broad >= _LONG_LINES
        self.logo.setVisible(roomy)
        for name in (self.unit_label, self.office_label):
            name.setVisible(roomy and (long or home))
        self.clock.setVisible(roomy and broad >= _SHORT_LINES)
        self._dated = long
        self.clock.date_label.setVisible(self._online and long)
        both = lines >= (_FEWER_LINES if least else _FEW_LINES) and (long or not home)
        both = both or not (self.title.text() and self.sentence.text())
        self.title.setVisible(bool(self.title.text()) and (both or not home))
        self.sentence.setVisible(bool(self.sentence.text()) and (both or home))
        self._words.setVisible(not (self.title.isHidden() and self.sentence.isHidden()))
        self._stack(on=stacked)
        size = "hero" if home and stacked else "heading" if stacked else "title"
        set_style_properties(self.title, type=size)
        tall = self._theme.px(_TALL) - below if home and upright else 0
        for each in self.findChildren(QWidget):
            each.updateGeometry()  # else what stands in another keeps the height of its last words
        needed = self._body.totalHeightForWidth(self.width())
        self.setMinimumHeight(max(least, tall, needed))

    def _stack(self, *, on: bool) -> None:
        """Place the title of the page below the names, or between them and the clock."""
        self._body.keep_margins(_MARGINS if on else _FLAT_MARGINS)
        self._body.setColumnStretch(0, 1 if on else 0)
        self._body.setColumnStretch(1, 0 if on else 1)
        self._body.setRowStretch(1, 1 if on else 0)
        self._body.setColumnMinimumWidth(0, self._names_width())
        self._body.removeWidget(self._words)
        if on:
            self._body.addWidget(self._words, 1, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
        else:
            self._body.addWidget(self._words, 0, 1, Qt.AlignmentFlag.AlignVCenter)

    @property
    def is_empty(self) -> bool:
        """Return whether the head has nothing to show: neither names nor a title have words and room."""
        return all(each.isHidden() for each in (self.logo, self.title, self.sentence))

    def _names_width(self) -> int:
        """Return the width in pixels in which each name fits in one line, at most what there is room for."""
        words = [
            label.fontMetrics().horizontalAdvance(label.text())
            for label in (self.unit_label, self.office_label)
            if not label.isHidden()
        ]
        beside = 0 if self.logo.isHidden() else self.logo.sizeHint().width() + self._theme.px(24)
        return min(beside + max(words, default=0) + self._theme.px(16), round(self.width() * _NAMES_SHARE))

    def _names(self) -> Row:
        names = Column(self._theme, gap=4)
        names.addStretch()
        names.addWidget(self.unit_label)
        names.addWidget(self.office_label)
        names.addStretch()
        row = Row(self._theme, gap=24)
        row.addWidget(self.logo)
        row.addLayout(names, 1)
        return row

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
