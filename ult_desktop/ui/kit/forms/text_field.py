"""Several lines of text."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme

MAX_TEXT_LENGTH = 4000


class TextField(Field[str]):
    """A few lines, `rows` of them in sight; Tab goes on to the next field."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        label: str,
        *,
        required: bool = False,
        hint: str = "",
        rows: int = 3,
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._rows = rows
        self.text = QPlainTextEdit(placeholderText=hint, tabChangesFocus=True)
        self.text.textChanged.connect(self.changed)
        self.put(self.text)
        theme.changed.connect(self._rescale)
        self._rescale()

    @override
    def value(self) -> str:
        return self.text.toPlainText().strip()

    @override
    def show_value(self, value: str | None) -> None:
        self.text.setPlainText(value or "")

    @override
    def problem(self) -> str:
        if len(self.value()) > MAX_TEXT_LENGTH:
            return _("Paling banyak {n} huruf.").format(n=MAX_TEXT_LENGTH)
        return super().problem()

    def _rescale(self) -> None:
        line = QFontMetrics(self.theme.font("body")).lineSpacing()
        self.text.setFixedHeight(self._rows * line + self.theme.px(28))
