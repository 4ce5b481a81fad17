"""The field for the hours of a week, a line for each day."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.office import working_time
from ult_desktop.core.office.template import WEEKDAYS, Weekly
from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme

_LONGEST = 60  # letters of a day's hours


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
    def kept(self) -> dict[str, str]:
        return {day: line.text() for day, line in self.lines.items()}

    @override
    def show_kept(self, kept: Any) -> None:
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
