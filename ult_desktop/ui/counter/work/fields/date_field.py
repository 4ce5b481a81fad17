"""A day, typed as people write it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ult_desktop.i18n import _
from ult_desktop.ui.counter.work.fields.field import Field
from ult_desktop.ui.counter.work.fields.reading import read_date
from ult_desktop.ui.theme import Theme

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateField(Field):
    """Understands "21-11-2026", "21/11" and "21 Nov"; arrow keys go day by day, page keys week by week.

    `now` fills in what was left out, and is where the arrow keys begin.
    """

    def __init__(
        self, theme: Theme, name: str, label: str, *, required: bool = False, now: Callable[[], datetime]
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._now = now
        self.line = QLineEdit(placeholderText=_("tgl-bln-thn"), maxLength=20)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._write_out)
        self.line.installEventFilter(self)
        self.put(self.line)

    @override
    def value(self) -> date | None:
        return read_date(self.line.text(), self._now().date())

    @override
    def show_value(self, value: date | str | None) -> None:
        day = date.fromisoformat(value) if isinstance(value, str) and value else value
        self.line.setText(f"{day:%d-%m-%Y}" if isinstance(day, date) else "")

    @override
    def kept(self) -> str:
        day = self.value()
        return day.isoformat() if day else ""

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @override
    def problem(self) -> str:
        if not self.is_empty() and self.value() is None:
            return _("Tulis tanggal seperti 21-11-2026.")
        return super().problem()

    def _write_out(self) -> None:
        if self.value() is not None:
            self.show_value(self.value())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                day = self.value()
                self.show_value(day + timedelta(days=step) if day else self._now().date())
                return True
        return super().eventFilter(watched, event)
