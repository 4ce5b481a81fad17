"""The same words in the two languages of the screens: one text, or a list of them."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.office.template import Words
from ult_desktop.ui.kit import layouts
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.text_fields import LONGEST, TextBox, too_many
from ult_desktop.ui.kit.theme import Theme


class WordsField(Field[Words | None]):
    """Indonesian at the left, English at the right; without English the Indonesian stands."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(theme, name, label, required=required)
        self.lines = (
            QLineEdit(placeholderText=_("Indonesia"), maxLength=LONGEST),
            QLineEdit(placeholderText=_("Inggris"), maxLength=LONGEST),
        )
        for line in self.lines:
            line.textChanged.connect(self.changed)
        self.put(self.lines[0], _beside(theme, self.lines))
        self.lines[1].setAccessibleName(_("{label} (Inggris)").format(label=label))

    @override
    def value(self) -> Words | None:
        indonesian, english = (line.text().strip() for line in self.lines)
        return Words(indonesian, english) if indonesian else None

    @override
    def show_value(self, value: Words | None) -> None:
        for line, text in zip(self.lines, (value.id, value.en) if value else ("", ""), strict=True):
            line.setText(text)
            line.setCursorPosition(0)

    @override
    def problem(self) -> str:
        if self.value() is None and self.lines[1].text().strip():
            return _("Isi juga dalam bahasa Indonesia.")
        return super().problem()

    @override
    def kept(self) -> list[str]:
        return [line.text() for line in self.lines]

    @override
    def show_kept(self, kept: Any) -> None:
        for line, text in zip(self.lines, kept, strict=True):
            line.setText(text)


class WordsListField(Field[tuple[Words, ...]]):
    """A line each, `most` at most; the English of the first line stands in the first line at the right."""

    def __init__(
        self, theme: Theme, name: str, label: str, *, rows: int = 4, most: int | None = None
    ) -> None:
        super().__init__(theme, name, label)
        self._most = most
        self.texts = (
            TextBox(theme, rows, _("Indonesia, satu tiap baris")),
            TextBox(theme, rows, _("Inggris, baris yang sama")),
        )
        for text in self.texts:
            text.textChanged.connect(self.changed)
        self.put(self.texts[0], _beside(theme, self.texts))
        self.texts[1].setAccessibleName(_("{label} (Inggris)").format(label=label))

    @override
    def value(self) -> tuple[Words, ...]:
        return tuple(Words(*pair) for pair in self._pairs() if pair[0])

    @override
    def show_value(self, value: Iterable[Words] | None) -> None:
        found = tuple(value or ())
        self.texts[0].setPlainText("\n".join(each.id for each in found))
        self.texts[1].setPlainText("\n".join(each.en for each in found).rstrip("\n"))

    @override
    def problem(self) -> str:
        if any(english and not indonesian for indonesian, english in self._pairs()):
            return _("Setiap baris Inggris perlu baris Indonesianya.")
        return too_many(self.value(), self._most)

    @override
    def kept(self) -> list[str]:
        return [text.toPlainText() for text in self.texts]

    @override
    def show_kept(self, kept: Any) -> None:
        for text, lines in zip(self.texts, kept, strict=True):
            text.setPlainText(lines)

    def _pairs(self) -> list[tuple[str, str]]:
        sides = ([line.strip() for line in text.toPlainText().split("\n")] for text in self.texts)
        return [(indonesian, english) for indonesian, english in zip_longest(*sides, fillvalue="")]


def _beside(theme: Theme, editors: Iterable[QWidget]) -> QWidget:
    whole = QWidget()
    row = layouts.Row(theme, whole, gap=8)
    for editor in editors:
        row.addWidget(editor, 1)
    return whole
