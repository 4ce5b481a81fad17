"""A day, typed as people write it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.forms.typed_field import TypedField
from ult_desktop.ui.kit.forms.typed_times import read_date
from ult_desktop.ui.kit.theme import Theme

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateField(TypedField[date]):
    """Understands "21-11-2026", "21/11" and "21 Nov"; arrow keys go day by day, page keys week by week.

    `now` fills in what was left out, and is where the arrow keys begin.
    """

    def __init__(
        self, theme: Theme, name: str, label: str, *, required: bool = False, now: Callable[[], datetime]
    ) -> None:
        hint, complaint = _("tgl-bln-thn"), _("Tulis tanggal seperti 21-11-2026.")
        super().__init__(theme, name, label, required=required, hint=hint, most=20, complaint=complaint)
        self._now = now
        self.line.installEventFilter(self)

    @override
    def read(self, text: str) -> date | None:
        return read_date(text, self._now().date())

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
            if step is not None:
                day = self.value()
                self.show_value(day + timedelta(days=step) if day else self._now().date())
                return True
        return super().eventFilter(watched, event)
