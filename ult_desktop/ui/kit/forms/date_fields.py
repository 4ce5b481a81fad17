"""Days and times as people type them."""

import re
from abc import abstractmethod
from datetime import date, time, timedelta
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.forms.day_picker import DayPicker, OfficeDays
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme

_PARTS = re.compile(r"\D+")
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_FROM_TODAY = {
    "kemarin": -1,
    "hari ini": 0,
    "besok": 1,
    "lusa": 2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_ENGLISH = {"may": 5, "aug": 8, "agt": 8, "oct": 10, "dec": 12}


def read_date(text: str, today: date) -> date | None:
    """A day such as "21-11-2026", "21/11", "2026-11-21", "21 Nov 2026", "21" or "besok"; None if it is none.

    What is left out is today's.
    """
    away = _FROM_TODAY.get(" ".join(text.casefold().split()))
    try:
        return _day(text, today) if away is None else today + timedelta(days=away)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time such as "9.30", "09:30", "0930" or "9"; None if it is none."""
    try:
        return _time(text)
    except ValueError:
        return None


def _day(text: str, today: date) -> date:
    parts = [part for part in _PARTS.split(_months_as_numbers(text)) if part]
    if len(parts) == 1 and len(parts[0]) in (6, 8):  # 211126, 21112026
        whole = parts[0]
        parts = [whole[:2], whole[2:4], whole[4:]]
    if not 1 <= len(parts) <= 3:
        raise ValueError(text)
    if len(parts[0]) == 4:
        parts.reverse()
    numbers = [int(part) for part in parts]
    day, month, year = (*numbers, *(today.day, today.month, today.year)[len(numbers) :])
    return date(year + 2000 if year < 100 else year, month, day)


def _time(text: str) -> time:
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) == 1 and len(parts[0]) in (3, 4):
        parts = [parts[0][:-2], parts[0][-2:]]
    if not 1 <= len(parts) <= 2:
        raise ValueError(text)
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    return time(hour, minute)


def _months_as_numbers(text: str) -> str:
    def number(match: re.Match[str]) -> str:
        short = match.group()[:3].casefold()
        if short in _MONTHS:
            return f" {_MONTHS.index(short) + 1} "
        if short in _ENGLISH:
            return f" {_ENGLISH[short]} "
        raise ValueError(text)

    return re.sub(r"[^\W\d_]+", number, text)


T = TypeVar("T", date, time)


class TypedField(Field[T | None], Generic[T]):
    """Writes out in full what it understood as soon as the line is left; a subclass reads and writes.

    Args:
        hint: what stands in the empty line.
        most: the longest text, in letters.
        complaint: what is said of a text that cannot be read.
    """

    def __init__(  # noqa: PLR0913  (all but the first three by name)
        self, theme: Theme, name: str, label: str, *, required: bool, hint: str, most: int, complaint: str
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._complaint = complaint
        self.line = QLineEdit(placeholderText=hint, maxLength=most)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._write_out)
        self.put(self.line)

    @abstractmethod
    def read(self, text: str) -> T | None:
        """The value of what was typed, None where it is none."""

    @abstractmethod
    def read_kept(self, kept: str) -> T:
        """The value of what a draft kept."""

    @abstractmethod
    def write(self, value: T) -> str:
        """As people see it."""

    @override
    def value(self) -> T | None:
        return self.read(self.line.text())

    @override
    def show_value(self, value: T | str | None) -> None:
        known = self.read_kept(value) if isinstance(value, str) and value else value
        self.line.setText("" if known is None or isinstance(known, str) else self.write(known))

    @override
    def kept(self) -> str:
        value = self.value()
        return "" if value is None else value.isoformat()

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @override
    def problem(self) -> str:
        if not self.is_empty() and self.value() is None:
            return self._complaint
        return super().problem()

    def _write_out(self) -> None:
        if self.value() is not None:
            self.show_value(self.value())


_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateField(TypedField[date]):
    """Understands "21-11-2026", "21/11", "21 Nov", "besok"; arrow keys go by day, page keys by week.

    Alt+Down, or the button beside it, opens a calendar. `days` fills in what was left out, is where the arrow
    keys begin, and knows the office's holidays.
    """

    def __init__(
        self, theme: Theme, name: str, label: str, *, required: bool = False, days: OfficeDays
    ) -> None:
        self._days = days
        self.calendar = widgets.Button(theme, "", "quiet", "calendar-days")
        self.calendar.setProperty("shape", "square")
        self.calendar.setAutoDefault(False)
        told = _("Kalender: {field}").format(field=label)
        self.calendar.setAccessibleName(told)
        self.calendar.setToolTip(_("{told} (Alt+↓)").format(told=told))
        self.calendar.clicked.connect(self.open_calendar)
        hint, complaint = _("tgl-bln-thn"), _("Tulis tanggal seperti 21-11-2026.")
        super().__init__(theme, name, label, required=required, hint=hint, most=20, complaint=complaint)
        self.line.installEventFilter(self)

    @override
    def put(self, editor: QWidget, whole: QWidget | None = None) -> None:
        whole = QWidget()
        row = layouts.Row(self.theme, whole, gap=4)
        row.addWidget(editor, 1)
        row.addWidget(self.calendar)
        super().put(editor, whole)

    def open_calendar(self) -> DayPicker:
        """At the day that stands in the line, else today."""
        picker = DayPicker(self, self.theme, self._days, self.value() or self._days.now().date())
        picker.chosen.connect(self._choose)
        picker.open_below(self.line)
        return picker

    def _choose(self, day: date) -> None:
        self.show_value(day)
        self.line.setFocus()

    @override
    def read(self, text: str) -> date | None:
        return read_date(text, self._days.now().date())

    @override
    def read_kept(self, kept: str) -> date:
        return date.fromisoformat(kept)

    @override
    def write(self, value: date) -> str:
        return f"{value:%d-%m-%Y}"

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step == -1 and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if step is not None:
                day = self.value()
                self.show_value(day + timedelta(days=step) if day else self._days.now().date())
                return True
        return super().eventFilter(watched, event)


class TimeField(TypedField[time]):
    """Understands "9.30", "0930" and "9"."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        hint, complaint = _("jam.menit"), _("Tulis jam seperti 09.30.")
        super().__init__(theme, name, label, required=required, hint=hint, most=8, complaint=complaint)

    @override
    def read(self, text: str) -> time | None:
        return read_time(text)

    @override
    def read_kept(self, kept: str) -> time:
        return time.fromisoformat(kept)

    @override
    def write(self, value: time) -> str:
        return f"{value:%H.%M}"
