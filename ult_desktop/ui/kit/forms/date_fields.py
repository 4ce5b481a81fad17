"""Fields for days, times and the hours of a week, and the month from which a day is picked."""

import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.office import working_time
from ult_desktop.core.office.template import WEEKDAYS, Weekly
from ult_desktop.core.stamps import months_on
from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme, set_style_properties

_LONGEST = 60  # letters of a day's hours
_WEEKS, _SIDE = 6, 40  # the most weeks that a month touches; base pixels of a day
_DAY_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTH_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class OfficeDays(Protocol):
    """The clock and the holidays of the office, for a calendar."""

    def now(self) -> datetime:
        """Return the time of the office's clock (aware, in the office's zone)."""

    def read_holidays(self, first: date, last: date, then: Callable[[Mapping[date, str]], object]) -> None:
        """Call `then` with the days from `first` to `last` on which the office is closed, and why.

        The call comes later; while the share is gone it does not come.
        """


class DayPicker(QFrame):
    """The calendar to pick a day from; weeks begin on Monday.

    Arrow keys go by day and week, page keys by month, Enter picks the day, Esc closes without one.

    Signals:
        chosen: a day was picked (date); the picker closes then.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, theme: Theme, days: OfficeDays, day: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme, self._days, self.day = theme, days, day
        self._holidays: Mapping[date, str] = {}
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = widgets.Label("", "strong")
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cells = [self._make_cell() for _number in range(7 * _WEEKS)]
        self.day_words = widgets.Label("", "small", wrap=True)
        column = layouts.Column(theme, self, gap=8, margins=(12, 12, 12, 12))
        head = layouts.Row(theme, gap=8)
        head.addWidget(self._make_turn_button("chevron-left", _("Bulan sebelumnya"), -1))
        head.addWidget(self.month, 1)
        head.addWidget(self._make_turn_button("chevron-right", _("Bulan berikutnya"), 1))
        column.addLayout(head)
        column.addLayout(self._make_grid())
        column.addWidget(self.day_words)
        self._show_month()

    def _make_turn_button(self, icon_name: str, name: str, months: int) -> widgets.Button:
        button = widgets.Button(self._theme, "", "quiet", icon_name)
        button.setProperty("shape", "square")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self._go_to(months_on(self.day, months)))
        return button

    def _make_cell(self) -> widgets.Button:
        cell = widgets.Button(self._theme, "", "quiet")
        cell.setProperty("shape", "square")
        cell.setCheckable(True)
        cell.setFixedSize(self._theme.px(_SIDE) + self._theme.text("body"), self._theme.px(_SIDE))
        cell.installEventFilter(self)
        return cell

    def _make_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self._theme.px(2))
        for weekday in range(7):
            head = widgets.Label(formats.weekday_name(weekday)[:3], "small", "soft")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(head, 0, weekday)
        for number, cell in enumerate(self.cells):
            cell.clicked.connect(partial(self._choose_cell, number))
            grid.addWidget(cell, 1 + number // 7, number % 7)
        return grid

    @property
    def first(self) -> date:
        """The Monday in the upper left."""
        begin = self.day.replace(day=1)
        return begin - timedelta(days=begin.weekday())

    def cell_of(self, day: date) -> widgets.Button:
        """Return the button of a day of the month in sight."""
        return self.cells[(day - self.first).days]

    def open_below(self, field: QWidget) -> None:
        """Open below `field`, or above it where the screen ends, with the focus on the day."""
        self.adjustSize()
        room = QGuiApplication.screenAt(field.mapToGlobal(QPoint())) or QGuiApplication.primaryScreen()
        space = room.availableGeometry()
        place = field.mapToGlobal(QPoint(0, field.height()))
        if place.y() + self.height() > space.bottom():
            place = field.mapToGlobal(QPoint(0, -self.height()))
        place.setX(max(space.left(), min(place.x(), space.right() - self.width())))
        place.setY(max(space.top(), place.y()))
        self.move(place)
        self.show()
        self.cell_of(self.day).setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_month(self) -> None:
        self.month.setText(formats.format_date(self.day, "month"))
        self._holidays = {}
        self._show_days()
        last = self.first + timedelta(days=len(self.cells) - 1)
        self._days.read_holidays(self.first, last, partial(self._show_holidays, self.first))

    def _show_holidays(self, first: date, holidays: Mapping[date, str]) -> None:
        if first == self.first:  # else another month is shown by now
            self._holidays = holidays
            self._show_days()

    def _show_days(self) -> None:
        today = self._days.now().date()
        for number, cell in enumerate(self.cells):
            day = self.first + timedelta(days=number)
            why = self._holidays.get(day, "")
            is_in_month = day.month == self.day.month
            cell.setText(f"{day.day}{'*' if why else ''}" if is_in_month else "")
            cell.setEnabled(is_in_month)
            cell.setChecked(day == self.day)
            # One stop for Tab in a grid of 42: within it the arrow keys move, as in any calendar
            # (https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/).
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if day == self.day else Qt.FocusPolicy.ClickFocus)
            cell.setAccessibleName(_day_words(day, why, today))
            cell.setToolTip(why)
            set_style_properties(cell, holiday=bool(why), today=day == today)
        why = self._holidays.get(self.day, "")
        self.day_words.setText(_day_words(self.day, f"* {why}" if why else "", today))

    def _go_to(self, day: date) -> None:
        old_first, self.day = self.first, day
        if self.first == old_first:
            self._show_days()
        else:
            self._show_month()
        self.cell_of(day).setFocus()

    def _choose_cell(self, number: int) -> None:
        self.chosen.emit(self.first + timedelta(days=number))
        self.close()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _DAY_KEYS:
                self._go_to(self.day + timedelta(days=_DAY_KEYS[key]))
                return True
            if key in _MONTH_KEYS:
                self._go_to(months_on(self.day, _MONTH_KEYS[key]))
                return True
        return super().eventFilter(watched, event)


def _day_words(day: date, why: str, today: date) -> str:
    """Return the words of a day, for the line below the calendar and for screen readers."""
    today_words = _("hari ini") if day == today else ""
    return ", ".join(filter(None, (formats.format_date(day, "full"), today_words, why)))


_PARTS = re.compile(r"\D+")
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_DAYS_FROM_TODAY = {
    "kemarin": -1,
    "hari ini": 0,
    "besok": 1,
    "lusa": 2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_ENGLISH_MONTHS = {"may": 5, "aug": 8, "agt": 8, "oct": 10, "dec": 12}


def read_date(text: str, today: date) -> date | None:
    """Read a day such as "21-11-2026", "21/11", "2026-11-21", "21 Nov 2026", "21" or "besok".

    Return None for a text that is no day. A month or a year that is left out is today's.
    """
    days_away = _DAYS_FROM_TODAY.get(" ".join(text.casefold().split()))
    try:
        return _parse_day(text, today) if days_away is None else today + timedelta(days=days_away)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Read a time such as "9.30", "09:30", "0930" or "9"; None if it is none."""
    try:
        return _parse_time(text)
    except ValueError:
        return None


def _parse_day(text: str, today: date) -> date:
    parts = [part for part in _PARTS.split(_months_as_numbers(text)) if part]
    if len(parts) == 1 and len(parts[0]) in (6, 8):  # 211126, 21112026
        digits = parts[0]
        parts = [digits[:2], digits[2:4], digits[4:]]
    if not 1 <= len(parts) <= 3:
        raise ValueError(text)
    if len(parts[0]) == 4:  # the year is first: 2026-11-21
        parts.reverse()
    numbers = [int(part) for part in parts]
    left_out = [today.day, today.month, today.year][len(numbers) :]
    day, month, year = numbers + left_out
    return date(year + 2000 if year < 100 else year, month, day)


def _parse_time(text: str) -> time:
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
        if short in _ENGLISH_MONTHS:
            return f" {_ENGLISH_MONTHS[short]} "
        raise ValueError(text)

    return re.sub(r"[^\W\d_]+", number, text)


T = TypeVar("T", date, time)


class TypedField(Field[T | None], Generic[T]):
    """A field with a value that is typed as text. A subclass reads the text and writes the value.

    When the focus leaves the line, the value is written out in full: "21/11" becomes "21-11-2026".

    Args:
        hint: shown in the empty line.
        most: the longest text, in letters.
        complaint: the problem of a text that cannot be read.
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
        """Return the value of a typed text, None if it is none."""

    @abstractmethod
    def read_kept(self, kept: str) -> T:
        """Return the value of the ISO text that a draft kept."""

    @abstractmethod
    def write(self, value: T) -> str:
        """Return the value as people see it."""

    @override
    def value(self) -> T | None:
        return self.read(self.line.text())

    @override
    def show_value(self, value: T | str | None) -> None:
        """Show a value, or the ISO text that a draft or a record has for it."""
        if isinstance(value, str):
            value = self.read_kept(value) if value else None
        self.line.setText("" if value is None else self.write(value))

    @override
    def draft_value(self) -> str:
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


_DAY_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateField(TypedField[date]):
    """The field for a day: "21-11-2026", "21/11", "21 Nov", "besok". Arrow keys go by day, page keys by week.

    Alt+Down, or the button next to the line, opens a calendar. `days` knows the office's holidays and the
    present day, which completes a day without month or year.
    """

    def __init__(
        self, theme: Theme, name: str, label: str, *, required: bool = False, days: OfficeDays
    ) -> None:
        self._days = days
        self.calendar_button = widgets.Button(theme, "", "quiet", "calendar-days")
        self.calendar_button.setProperty("shape", "square")
        self.calendar_button.setAutoDefault(False)
        name_words = _("Kalender: {field}").format(field=label)
        self.calendar_button.setAccessibleName(name_words)
        self.calendar_button.setToolTip(_("{told} (Alt+↓)").format(told=name_words))
        self.calendar_button.clicked.connect(self.open_calendar)
        hint, complaint = _("tgl-bln-thn"), _("Tulis tanggal seperti 21-11-2026.")
        super().__init__(theme, name, label, required=required, hint=hint, most=20, complaint=complaint)
        self.line.installEventFilter(self)

    @override
    def put(self, editor: QWidget, whole: QWidget | None = None) -> None:
        whole = QWidget()
        row = layouts.Row(self.theme, whole, gap=4)
        row.addWidget(editor, 1)
        row.addWidget(self.calendar_button)
        super().put(editor, whole)

    def open_calendar(self) -> DayPicker:
        """Open the calendar at the day in the line, else at today."""
        picker = DayPicker(self, self.theme, self._days, self.value() or self._days.now().date())
        picker.chosen.connect(self._on_chosen)
        picker.open_below(self.line)
        return picker

    def _on_chosen(self, day: date) -> None:
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
            step = _DAY_STEPS.get(Qt.Key(event.key()))
            if step == -1 and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
                return True
            if step is not None:
                day = self.value()
                self.show_value(day + timedelta(days=step) if day else self._days.now().date())
                return True
        return super().eventFilter(watched, event)


class TimeField(TypedField[time]):
    """The field for a time: "9.30", "0930" or "9"."""

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


class HoursField(Field[Weekly | None]):
    """The field for the hours of each weekday, as people type them: "8-12, 13-16.30".

    A button copies a day to the days after it, up to Friday. `empty` is the value while no day has hours.
    """

    def __init__(self, theme: Theme, name: str, label: str, *, empty: Weekly | None) -> None:
        super().__init__(theme, name, label)
        self._empty = empty
        self.lines = {day: QLineEdit(placeholderText=_("tutup"), maxLength=_LONGEST) for day in WEEKDAYS}
        whole = QWidget()
        grid = layouts.Grid(theme, whole, gap=6)
        grid.setColumnStretch(1, 1)
        self.copies: dict[str, widgets.Button] = {}
        for number, (day, line) in enumerate(self.lines.items()):
            weekday = formats.weekday_name(number)
            grid.addWidget(widgets.Label(weekday, "small", "soft"), number, 0)
            grid.addWidget(line, number, 1)
            line.textChanged.connect(self.changed)
            line.editingFinished.connect(partial(self._write_out, day))
            if number < len(WEEKDAYS) - 1:
                grid.addWidget(self._copy_button(day, weekday), number, 2)
        self.put(self.lines["monday"], whole)
        for number, line in enumerate(self.lines.values()):
            line.setAccessibleName(f"{label}, {formats.weekday_name(number)}")

    def _copy_button(self, day: str, weekday: str) -> widgets.Button:
        button = widgets.Button(self.theme, "", "quiet", "arrow-down-to-line")
        button.setAutoDefault(False)
        button.setToolTip(_("Sama untuk hari berikutnya"))
        button.setAccessibleName(_("{day}: sama untuk hari berikutnya").format(day=weekday))
        button.clicked.connect(lambda _checked=False: self._copy_down(day))
        self.copies[day] = button
        return button

    @override
    def value(self) -> Weekly | None:
        hours = {day: working_time.parse_spans(line.text()) or () for day, line in self.lines.items()}
        return Weekly(**hours) if any(hours.values()) else self._empty

    @override
    def show_value(self, value: Weekly | None) -> None:
        for day, line in self.lines.items():
            line.setText(working_time.hours_text(getattr(value, day)) if value else "")

    @override
    def problem(self) -> str:
        for number, line in enumerate(self.lines.values()):
            if working_time.parse_spans(line.text()) is None:
                return _("{day}: tulis jam seperti 08.00-12.00, 12.30-15.00.").format(
                    day=formats.weekday_name(number)
                )
        return ""

    @override
    def draft_value(self) -> dict[str, str]:
        return {day: line.text() for day, line in self.lines.items()}

    @override
    def show_draft_value(self, kept: Any) -> None:
        for day, text in kept.items():
            self.lines[day].setText(text)

    def _copy_down(self, day: str) -> None:
        """Copy a day's hours to the days after it up to Friday; from Friday on, only to the next day."""
        index, friday = WEEKDAYS.index(day), WEEKDAYS.index("friday")
        last = friday if index < friday else index + 1
        for later_day in WEEKDAYS[index + 1 : last + 1]:
            self.lines[later_day].setText(self.lines[day].text())

    def _write_out(self, day: str) -> None:
        """Write the hours in the line as the field reads them."""
        spans = working_time.parse_spans(self.lines[day].text())
        if spans is not None:
            self.lines[day].setText(working_time.hours_text(spans))
