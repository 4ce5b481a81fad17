"""One of the last calls: the number, where it goes, and which service it is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import Call
from ult_desktop.ui.display.calls.call_words import counter_words, second_words
from ult_desktop.ui.display.fit_text import FitText
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.painting import slanted
from ult_desktop.ui.kit.widgets.pill import Pill


class CallCard(QFrame):
    """A row of the list. Who is called now stands out; priority is told by icon and word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.called_now = False
        self.number = FitText(theme, "list-number", 800, tight=True)
        self.priority = Pill(theme, "", "priority", "accessibility")
        self.counter = FitText(theme, "heading", 800, "call-accent", tight=True)
        self.service = FitText(theme, "small", 500, "ink-soft", rows=2)
        row = Row(theme, self, 36, (36, 12, 28, 12))
        for share, column in ((10, (self.number, self.priority)), (11, (self.counter, self.service))):
            words = Column(theme, gap=8)
            words.addStretch(1)
            for each in column:
                words.addWidget(each)
            words.addStretch(1)
            row.addLayout(words, share)
        theme.changed.connect(self.update)

    def show_call(self, call: Call, *, called_now: bool) -> None:
        self.called_now = called_now
        self.number.set_text(call.label)
        self.priority.show_status(_("Prioritas") if call.priority else "", "priority", "accessibility")
        self.counter.set_text(counter_words(call))
        self.service.set_text(second_words(call))
        self.service.set_tone("call-ink" if called_now else "ink-soft")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(self._edge())
        painter.setBrush(
            slanted(box, theme.color("call-from"), theme.color("call-to"))
            if self.called_now
            else theme.color("surface")
        )
        painter.drawRoundedRect(box, theme.radius, theme.radius)
        painter.end()

    def _edge(self) -> QPen:
        if self.called_now:
            return QPen(self._theme.color("call-accent"), self._theme.px(4))
        if self._theme.contrast == "kontras":
            return QPen(self._theme.color("line"), self._theme.px(2))
        return QPen(Qt.PenStyle.NoPen)
