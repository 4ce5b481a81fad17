"""A whole number."""

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme


class NumberField(Field[int | None]):
    """From `least` to `most`."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        label: str,
        *,
        required: bool = False,
        least: int = 0,
        most: int = 999_999,
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._least, self._most = least, most
        self.line = QLineEdit(maxLength=len(str(most)) + 2)
        self.line.textChanged.connect(self.changed)
        self.put(self.line)

    @override
    def value(self) -> int | None:
        try:
            return int(self.line.text())
        except ValueError:
            return None

    @override
    def show_value(self, value: int | None) -> None:
        self.line.setText("" if value is None else str(value))

    @override
    def kept(self) -> int | None:
        return self.value()

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @override
    def problem(self) -> str:
        number = self.value()
        if not self.is_empty() and (number is None or not self._least <= number <= self._most):
            return _("Tulis angka dari {least} sampai {most}.").format(least=self._least, most=self._most)
        return super().problem()
