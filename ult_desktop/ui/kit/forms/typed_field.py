"""One line that is read as a day or a time."""

from datetime import date, time
from typing import Generic, TypeVar

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme

T = TypeVar("T", date, time)


class TypedField(Field, Generic[T]):
    """Writes out in full what it understood as soon as the line is left; a subclass reads and writes.

    Args:
        hint: what stands in the empty line.
        most: the longest text, in letters.
        complaint: what is said of a text that cannot be read.
    """

    def __init__(  # noqa: PLR0913  (all but the first three by name)
        self,
        theme: Theme,
        name: str,
        label: str,
        *,
        required: bool,
        hint: str,
        most: int,
        complaint: str,
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._complaint = complaint
        self.line = QLineEdit(placeholderText=hint, maxLength=most)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._write_out)
        self.put(self.line)

    def read(self, text: str) -> T | None:
        """The value of what was typed, None where it is none."""
        raise NotImplementedError

    def read_kept(self, kept: str) -> T:
        """The value of what a draft kept."""
        raise NotImplementedError

    def write(self, value: T) -> str:
        """As people see it."""
        raise NotImplementedError

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
