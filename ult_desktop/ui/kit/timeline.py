"""The timeline of events: what happened, who did it, and when; and the words for moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.stamps import to_datetime
from ult_desktop.ui.kit import icons, layouts, widgets
from ult_desktop.ui.kit.theme import Theme

_DOT = 28  # base pixels


@dataclass(frozen=True)
class TimelineEntry:
    """An event. `tone`: primary, ok, warn, danger, priority or accent."""

    when: str
    what: str
    who: str = ""
    note: str = ""
    icon: str = "circle-dot"
    tone: str = "primary"


class Timeline(QWidget):
    """The timeline. It shows the entries in the order in which they are given."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: list[_Line] = []
        self._column = layouts.Column(theme, self)

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        for _number in range(len(self.lines), len(entries)):
            line = _Line(self._theme)
            self.lines.append(line)
            self._column.addWidget(line)
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(entries))
            if number < len(entries):
                line.show_entry(entries[number], is_last=number == len(entries) - 1)


class _Line(QWidget):
    """A line of the timeline: a dot, what happened, who and when."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entry, self._is_last = TimelineEntry("", ""), False
        self.what, self.when = widgets.Label("", "body", wrap=True), widgets.Label("", "small", "soft")
        self.who = widgets.Label("", "small", "soft", wrap=True)
        self.note = widgets.Label("", "small", wrap=True)
        self.what.setProperty("bold", True)
        row = layouts.Row(theme, self, gap=8, margins=(_DOT + 12, 4, 0, 10))
        texts = layouts.Column(theme, gap=2)
        for label in (self.what, self.who, self.note):
            texts.addWidget(label)
        row.addLayout(texts, 1)
        row.addWidget(self.when, 0, Qt.AlignmentFlag.AlignTop)

    def show_entry(self, entry: TimelineEntry, *, is_last: bool) -> None:
        self._entry, self._is_last = entry, is_last
        self.what.setText(entry.what)
        self.when.setText(entry.when)
        for label, text in ((self.who, entry.who), (self.note, entry.note)):
            label.setText(text)
            label.setVisible(bool(text))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(_DOT)
        dot = QRect(0, self._theme.px(2), side, side)
        middle = dot.center().x()
        painter.setPen(QPen(self._theme.color("line"), max(2, self._theme.px(2))))
        if not self._is_last:
            painter.drawLine(QPoint(middle, dot.bottom()), QPoint(middle, self.height()))
        ink = self._theme.color(f"{self._entry.tone}-soft-ink")
        painter.setPen(ink if self._theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{self._entry.tone}-soft"))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        glyph = round(side * 0.58)
        at = dot.topLeft() + QPoint((side - glyph) // 2, (side - glyph) // 2)
        painter.drawPixmap(at, icons.icon_pixmap(self._entry.icon, ink, glyph))


def until_words(at: int | None, now: datetime) -> str:
    """Return a time limit (UTC ms) in words; midnight as the end of the day before: "akhir Sel, 24 Nov"."""
    moment = None if at is None else to_datetime(at, now.tzinfo)
    if moment is None or (moment.hour, moment.minute) != (0, 0):
        return when_words(at, now)
    day = moment.date() - timedelta(days=1)
    if day == now.date():
        return _("akhir hari ini")
    return _("akhir {day}").format(day=formats.format_near_date(day, now.date()))


def when_words(at: int | None, now: datetime) -> str:
    """Return a stamp (UTC ms) seen from `now`; "" for None.

    It is "09.41" today, "kemarin 09.41", "Jum, 20 Nov 09.41", or in another year "Kam, 20 Nov 2025 09.41".
    """
    if at is None:
        return ""
    moment = to_datetime(at, now.tzinfo)
    clock = formats.format_time(moment)
    if moment.date() == now.date():
        return clock
    if moment.date() == now.date() - timedelta(days=1):
        return _("kemarin {time}").format(time=clock)
    return formats.format_near_moment(moment, now.date())
