"""The head of the lobby TV: mark, names that always fit, date and clock."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from ult_desktop.ui.display.fit_text import FitText
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.clock import Clock, Now
from ult_desktop.ui.kit.widgets.logo import Logo


class Head(QFrame):
    """Like the kiosk's header, but long names shrink: on a TV nobody can ask for the rest of them."""

    def __init__(self, theme: Theme, now: Now, unit: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "header")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit = FitText(theme, "title", 700, "header-ink", rows=2).shrinking_to(0.4).filling()
        self.office = FitText(theme, "small", 500, "header-ink-soft", rows=2).shrinking_to(0.5).filling()
        self.clock = Clock(theme, now, "heading")
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        names = Column(theme, gap=0)
        names.addWidget(self.unit, 3)
        names.addWidget(self.office, 2)
        row = Row(theme, self, 24, (40, 16, 40, 16))
        row.addWidget(Logo(theme))
        row.addLayout(names, 1)
        row.addWidget(self.clock)
        theme.changed.connect(self.update)
        self.show_names(unit, "")

    def show_names(self, unit: str, office: str) -> None:
        self.unit.set_text(unit)
        self.office.set_text(office)
        self.office.setVisible(bool(office))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme.contrast == "kontras":
            painter = QPainter(self)
            line = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, self._theme.color("line"))
            painter.end()
