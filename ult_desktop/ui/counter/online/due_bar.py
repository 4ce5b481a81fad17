"""The clock of a request as a bar: it fills towards the end of its working days."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.online.clock import DueClock, Urgency
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.label import Label

_THICK = 10
_COLOURS = {Urgency.OK: "primary", Urgency.WARN: "warn", Urgency.DANGER: "danger", Urgency.DONE: "ok"}
_TONES = {Urgency.OK: "primary", Urgency.WARN: "warn", Urgency.DANGER: "danger", Urgency.DONE: "ok"}


class DueBar(QWidget):
    """Words and bar say the same: colour alone says nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = Label("", "strong")
        self.bar = _Bar(theme)
        column = Column(theme, self, gap=4)
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def show_clock(self, clock: DueClock, words: str) -> None:
        self.words.setText(words)
        set_style_properties(self.words, tone=_TONES[clock.tone])
        self.bar.show_share(clock.share, _COLOURS[clock.tone])


class _Bar(QWidget):
    """The painted part."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share, self._colour = theme, 0.0, "primary"

    def show_share(self, share: float, colour: str) -> None:
        self._share, self._colour = share, colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_THICK))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thick = self._theme.px(_THICK)
        ground = QRectF(0, (self.height() - thick) / 2, self.width(), thick)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(ground, thick / 2, thick / 2)
        if self._share > 0:
            filled = QRectF(ground)
            filled.setWidth(max(thick, ground.width() * self._share))
            painter.setBrush(self._theme.color(self._colour))
            painter.drawRoundedRect(filled, thick / 2, thick / 2)
        painter.end()
