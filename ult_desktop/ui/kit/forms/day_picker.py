"""A month to choose a day from: by pointer, by keys, and by ear."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.stamps import months_on
from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.theme import Theme, set_style_properties

_WEEKS, _SIDE = 6, 40
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class OfficeDays(Protocol):
    """What a calendar knows of the office."""

    def now(self) -> datetime:
        """The office's clock (aware, in the office's zone)."""

    def read_holidays(self, first: date, last: date, then: Callable[[Mapping[date, str]], object]) -> None:
        """Hand over why the office is closed on days from `first` to `last`; later, or never."""


class DayPicker(QFrame):
    """Monday is first. Arrow keys go by day and week, page keys by month, Enter takes the day, Esc none.

    Signals:
        chosen: a day was taken (date); the picker closes itself.
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
        self.cells = [self._cell() for _number in range(7 * _WEEKS)]
        self.told = widgets.Label("", "small", wrap=True)
        column = layouts.Column(theme, self, gap=8, margins=(12, 12, 12, 12))
        head = layouts.Row(theme, gap=8)
        head.addWidget(self._turn("chevron-left", _("Bulan sebelumnya"), -1))
        head.addWidget(self.month, 1)
        head.addWidget(self._turn("chevron-right", _("Bulan berikutnya"), 1))
        column.addLayout(head)
        column.addLayout(self._grid())
        column.addWidget(self.told)
        self._show_month()

    def _turn(self, icon_name: str, told: str, months: int) -> widgets.Button:
        button = widgets.Button(self._theme, "", "quiet", icon_name)
        button.setProperty("shape", "square")
        button.setAccessibleName(told)
        button.setToolTip(told)
        button.clicked.connect(lambda: self._go_to(months_on(self.day, months)))
        return button

    def _cell(self) -> widgets.Button:
        cell = widgets.Button(self._theme, "", "quiet")
        cell.setProperty("shape", "square")
        cell.setCheckable(True)
        cell.setFixedSize(self._theme.px(_SIDE) + self._theme.text("body"), self._theme.px(_SIDE))
        cell.installEventFilter(self)
        return cell

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self._theme.px(2))
        for weekday in range(7):
            head = widgets.Label(formats.weekday_name(weekday)[:3], "small", "soft")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(head, 0, weekday)
        for number, cell in enumerate(self.cells):
            cell.clicked.connect(partial(self._take, number))
            grid.addWidget(cell, 1 + number // 7, number % 7)
        return grid

    @property
    def first(self) -> date:
        """The Monday in the upper left."""
        begin = self.day.replace(day=1)
        return begin - timedelta(days=begin.weekday())

    def cell_of(self, day: date) -> widgets.Button:
        """The button of a day of the month in sight."""
        return self.cells[(day - self.first).days]

    def open_below(self, field: QWidget) -> None:
        """Below `field`, or above it where the screen ends, with the keyboard at the day."""
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

    def _show_holidays(self, first: date, found: Mapping[date, str]) -> None:
        if first == self.first:
            self._holidays = found
            self._show_days()

    def _show_days(self) -> None:
        today = self._days.now().date()
        for number, cell in enumerate(self.cells):
            day = self.first + timedelta(days=number)
            why = self._holidays.get(day, "")
            is_here = day.month == self.day.month
            cell.setText(f"{day.day}{'*' if why else ''}" if is_here else "")
            cell.setEnabled(is_here)
            cell.setChecked(day == self.day)
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if day == self.day else Qt.FocusPolicy.ClickFocus)
            cell.setAccessibleName(_told(day, why, today))
            cell.setToolTip(why)
            set_style_properties(cell, holiday=bool(why), today=day == today)
        why = self._holidays.get(self.day, "")
        self.told.setText(_told(self.day, f"* {why}" if why else "", today))

    def _go_to(self, day: date) -> None:
        month_before, self.day = self.first, day
        if self.first == month_before:
            self._show_days()
        else:
            self._show_month()
        self.cell_of(day).setFocus()

    def _take(self, number: int) -> None:
        self.chosen.emit(self.first + timedelta(days=number))
        self.close()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._go_to(self.day + timedelta(days=_STEPS[key]))
                return True
            if key in _MONTHS:
                self._go_to(months_on(self.day, _MONTHS[key]))
                return True
        return super().eventFilter(watched, event)


def _told(day: date, why: str, today: date) -> str:
    """As it is seen below the days, and heard at each."""
    now = _("hari ini") if day == today else ""
    return ", ".join(filter(None, (formats.format_date(day, "full"), now, why)))
