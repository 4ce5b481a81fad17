"""The clock of a case: its words, and the bar that shows how much of the time is used."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, formats
from ult_desktop.core.online.clock import DueClock, Urgency
from ult_desktop.core.stamps import to_datetime
from ult_desktop.ui.kit import Column, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.timeline import until_words

_BAR_HEIGHT = 10  # base pixels
_TONES = {Urgency.OK: "primary", Urgency.WARN: "warn", Urgency.DANGER: "danger", Urgency.DONE: "ok"}


def due_words(clock: DueClock, now: datetime, *, answered: bool = False) -> str:
    """Return the words for a due time: "sisa 2 hari kerja", "hari ini 16.00", "lewat 1 hari kerja".

    `answered`: the case is answered; the words say whether in time.
    """
    is_late = clock.tone is Urgency.DANGER
    if answered:
        return _("dijawab terlambat") if is_late else _("dijawab tepat waktu")
    if clock.days:
        days = clock.days
        return counted("lewat {n} hari kerja", days) if is_late else counted("sisa {n} hari kerja", days)
    moment = to_datetime(clock.due_at, now.tzinfo)
    if (moment.hour, moment.minute) == (0, 0):
        until = until_words(clock.due_at, now)
        return _("lewat {time}").format(time=until) if is_late else until
    words = _("lewat {time}") if is_late else _("hari ini {time}")
    return words.format(time=formats.format_time(moment))


class DueBar(QWidget):
    """The bar of the due time, below its words, so that nobody depends on the colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = widgets.Label("", "strong")
        self.bar = _Bar(theme)
        column = Column(theme, self, gap=4)
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def show_clock(self, clock: DueClock | None, now: datetime, *, answered: bool) -> None:
        """Show the clock; None hides the bar: nothing is due."""
        self.setVisible(clock is not None)
        if clock is not None:
            self.words.setText(due_words(clock, now, answered=answered).capitalize())
            set_style_properties(self.words, tone=_TONES[clock.tone])
            self.bar.show_share(clock.share, _TONES[clock.tone])


class _Bar(QWidget):
    """The painted bar, filled up to the share of the time that is used."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share, self._colour = theme, 0.0, "primary"
        set_decoration(self)

    def show_share(self, share: float, colour: str) -> None:
        self._share, self._colour = share, colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_BAR_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = self._theme.px(_BAR_HEIGHT)
        whole = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(whole, height / 2, height / 2)
        if self._share > 0:
            used = QRectF(whole)
            used.setWidth(max(height, whole.width() * self._share))
            painter.setBrush(self._theme.color(self._colour))
            painter.drawRoundedRect(used, height / 2, height / 2)
        painter.end()
