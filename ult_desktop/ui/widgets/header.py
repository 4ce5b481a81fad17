"""The head of kiosk and display: mark, names, date and clock on a gradient."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from ult_desktop.ui.layouts import Column, Row
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.clock import Clock, Now
from ult_desktop.ui.widgets.elided_label import ElidedLabel
from ult_desktop.ui.widgets.logo import Logo
from ult_desktop.ui.widgets.painting import slanted


class Header(QFrame):
    """Who receives you, and what time it is.

    `body` (a `Column`) takes what a page adds below the names, such as the greeting. `rounded` bends
    the lower corners as on the kiosk; the display's header is straight and keeps date and time in
    one line.
    """

    def __init__(
        self,
        theme: Theme,
        now: Now,
        unit: str,
        office: str,
        logo: Path | None = None,
        *,
        rounded: bool = True,
    ) -> None:
        super().__init__()
        self._theme, self._rounded = theme, rounded
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit_label = ElidedLabel(unit, "strong" if rounded else "title", "header")
        self.unit_label.setProperty("bold", True)
        self.office_label = ElidedLabel(office, "small", "header-soft")
        self.clock = Clock(theme, now, "title" if rounded else "heading")
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        names = Column(theme, gap=4)
        names.addStretch()
        names.addWidget(self.unit_label)
        names.addWidget(self.office_label)
        names.addStretch()
        top = Row(theme, gap=24)
        top.addWidget(Logo(theme, 88, logo))
        top.addLayout(names, 1)
        top.addWidget(self.clock)
        margins = (56, 32, 56, 32) if rounded else (48, 16, 48, 16)
        self.body = Column(theme, self, 24, margins)
        self.body.addLayout(top)
        theme.changed.connect(self.update)

    def show_names(self, unit: str, office: str) -> None:
        self.unit_label.setText(unit)
        self.office_label.setText(office)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        start, end = self._theme.color("header-from"), self._theme.color("header-to")
        radius = self._theme.px(48) if self._rounded else 0
        path = QPainterPath()
        # The upper corners lie above the window's edge.
        path.addRoundedRect(box.adjusted(0, -radius, 0, 0), radius, radius)
        painter.fillPath(path, slanted(box, start, end))
        if self._theme.contrast == "kontras":
            painter.fillRect(QRectF(0, box.bottom() - 2, box.width(), 2), self._theme.color("line"))
