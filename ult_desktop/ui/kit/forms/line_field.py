"""One line of text."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme

LONGEST = 300


class LineField(Field[str]):
    """A line of at most `most` letters; `check` gives words for what is wrong with a text, or ""."""

    def __init__(  # noqa: PLR0913  (all but the first three by name)
        self,
        theme: Theme,
        name: str,
        label: str,
        *,
        required: bool = False,
        hint: str = "",
        most: int = LONGEST,
        check: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._check = check
        self.line = QLineEdit(placeholderText=hint, maxLength=most)
        self.line.textChanged.connect(self.changed)
        self.put(self.line)

    @override
    def value(self) -> str:
        return self.line.text().strip()

    @override
    def show_value(self, value: str | None) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)

    @override
    def problem(self) -> str:
        words = super().problem()
        return words or (self._check(self.value()) if self._check and self.value() else "")
