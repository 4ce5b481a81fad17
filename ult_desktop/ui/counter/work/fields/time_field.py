"""A time of the day, typed as people write it."""

from datetime import time

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ult_desktop.i18n import _
from ult_desktop.ui.counter.work.fields.field import Field
from ult_desktop.ui.counter.work.fields.reading import read_time
from ult_desktop.ui.theme import Theme


class TimeField(Field):
    """Understands "9.30", "0930" and "9"."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(theme, name, label, required=required)
        self.line = QLineEdit(placeholderText=_("jam.menit"), maxLength=8)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._write_out)
        self.put(self.line)

    @override
    def value(self) -> time | None:
        return read_time(self.line.text())

    @override
    def show_value(self, value: time | str | None) -> None:
        moment = time.fromisoformat(value) if isinstance(value, str) and value else value
        self.line.setText(f"{moment:%H.%M}" if isinstance(moment, time) else "")

    @override
    def kept(self) -> str:
        moment = self.value()
        return moment.isoformat() if moment else ""

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @override
    def problem(self) -> str:
        if not self.is_empty() and self.value() is None:
            return _("Tulis jam seperti 09.30.")
        return super().problem()

    def _write_out(self) -> None:
        if self.value() is not None:
            self.show_value(self.value())
