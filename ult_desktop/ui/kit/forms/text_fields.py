"""Fields for text, numbers, and words in two languages."""

from collections.abc import Callable, Iterable, Sized
from itertools import zip_longest
from typing import Any, ClassVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.free_text import lacks_latin
from ult_desktop.core.office.template import Words
from ult_desktop.ui.kit import icons, layouts, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme

LONGEST = 300  # letters of a line


class LineField(Field[str]):
    """The field for a line of at most `most` letters. `check` returns what is wrong with a text, or "".

    For a text without Latin letters the field asks for the Latin spelling, which every printer can print.
    """

    line_kind: ClassVar[type[QLineEdit]] = QLineEdit
    asks_for_latin: ClassVar[bool] = True

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
        self.line = self.line_kind(placeholderText=hint, maxLength=most)
        self.line.textChanged.connect(self.changed)
        self.put(self.line)
        self.transcription: widgets.Label | None = None
        if self.asks_for_latin:
            self.line.textChanged.connect(self._ask_for_latin)

    def _ask_for_latin(self, text: str) -> None:
        lacking = lacks_latin(text)
        if lacking and self.transcription is None:
            words = _(
                "Tulis juga ejaan Latinnya: Yamada Taro (山田太郎). Tidak setiap printer punya huruf ini."
            )
            self.transcription = widgets.Label(words, "small", "warn", wrap=True, news=True)
            self.column.addWidget(self.transcription)
        if self.transcription is not None:
            self.transcription.setVisible(lacking)

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


class PasswordEye(QObject):
    """The eye at the end of a password's line, which shows the password until it is pressed again."""

    def __init__(self, theme: Theme, line: QLineEdit) -> None:
        super().__init__(line)
        self._theme, self._line = theme, line
        self.action = line.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self.action.setCheckable(True)
        self.action.toggled.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        shown, mode = self.action.isChecked(), QLineEdit.EchoMode
        self._line.setEchoMode(mode.Normal if shown else mode.Password)
        ink = self._theme.color("ink-soft")
        self.action.setIcon(icons.icon("eye-off" if shown else "eye", ink, self._theme.px(20)))
        self.action.setText(_("Sembunyikan kata sandi") if shown else _("Tampilkan kata sandi"))


class SecretField(LineField):
    """The field for a password. No draft keeps it, and spaces at its ends count."""

    asks_for_latin = False

    def __init__(
        self, theme: Theme, name: str, label: str, check: Callable[[str], str] | None = None
    ) -> None:
        super().__init__(theme, name, label, required=True, check=check)
        self.eye = PasswordEye(theme, self.line).action

    @override
    def value(self) -> str:
        return self.line.text()

    @override
    def draft_value(self) -> str:
        return ""


MAX_TEXT_LENGTH = 4000  # letters


class TextBox(QPlainTextEdit):
    """A box for text. `rows` lines are in sight; Tab goes on to the next field."""

    def __init__(self, theme: Theme, rows: int, hint: str = "") -> None:
        # An answer has no tabs, and without `tabChangesFocus` the keyboard could not leave the box.
        super().__init__(placeholderText=hint, tabChangesFocus=True)
        self._theme, self._rows = theme, rows
        theme.changed.connect(self._rescale)
        self._rescale()

    def _rescale(self) -> None:
        line = QFontMetrics(self._theme.font("body")).lineSpacing()
        self.setFixedHeight(self._rows * line + self._theme.px(28))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are not empty."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())


class TextField(Field[str]):
    """The field for a few lines, `rows` of them in sight."""

    def __init__(
        self, theme: Theme, name: str, label: str, *, required: bool = False, hint: str = "", rows: int = 3
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self.text = TextBox(theme, rows, hint)
        self.text.textChanged.connect(self.changed)
        self.put(self.text)

    @override
    def value(self) -> str:
        return self.text.toPlainText().strip()

    @override
    def show_value(self, value: str | None) -> None:
        self.text.setPlainText(value or "")

    @override
    def problem(self) -> str:
        return too_long(self.value()) or super().problem()


def too_long(text: str) -> str:
    """Return the problem of a text longer than `MAX_TEXT_LENGTH`; "" for another one."""
    return _("Paling banyak {n} huruf.").format(n=MAX_TEXT_LENGTH) if len(text) > MAX_TEXT_LENGTH else ""


def too_many(lines: Sized, most: int | None) -> str:
    """Return the problem of a list of more than `most` lines; "" for another one."""
    return _("Paling banyak {n} baris.").format(n=most) if most is not None and len(lines) > most else ""


class LinesField(Field[tuple[str, ...]]):
    """The field for a list of texts, a line each: at most `most`, with `rows` in sight."""

    def __init__(
        self, theme: Theme, name: str, label: str, *, rows: int = 4, most: int | None = None
    ) -> None:
        super().__init__(theme, name, label)
        self._most = most
        self.text = TextBox(theme, rows)
        self.text.textChanged.connect(self.changed)
        self.put(self.text)

    @override
    def value(self) -> tuple[str, ...]:
        return self.text.lines

    @override
    def show_value(self, value: Iterable[str] | None) -> None:
        self.text.setPlainText("\n".join(value or ()))

    @override
    def problem(self) -> str:
        return too_long(self.text.toPlainText()) or too_many(self.value(), self._most)


class NumberField(Field[int | None]):
    """The field for a number from `least` to `most`."""

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
    def draft_value(self) -> str:
        return self.line.text()

    @override
    def show_draft_value(self, kept: Any) -> None:
        self.line.setText(kept)

    @override
    def is_empty(self) -> bool:
        return not self.line.text().strip()

    @override
    def problem(self) -> str:
        number = self.value()
        if not self.is_empty() and (number is None or not self._least <= number <= self._most):
            return _("Tulis angka dari {least} sampai {most}.").format(least=self._least, most=self._most)
        return super().problem()


class NumbersField(Field[tuple[int, ...]]):
    """The field for several numbers in a line, "1, 2, 5"; each from `least` to `most`."""

    def __init__(self, theme: Theme, name: str, label: str, *, least: int = 1, most: int = 99) -> None:
        super().__init__(theme, name, label)
        self._least, self._most = least, most
        self.line = QLineEdit()
        self.line.textChanged.connect(self.changed)
        self.put(self.line)

    @override
    def value(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self._parts() if part.isdecimal())

    @override
    def show_value(self, value: Iterable[int] | None) -> None:
        self.line.setText(", ".join(str(number) for number in value or ()))

    def _parts(self) -> list[str]:
        return self.line.text().replace(",", " ").split()

    @override
    def problem(self) -> str:
        has_other_text = any(not part.isdecimal() for part in self._parts())
        if has_other_text or any(not self._least <= number <= self._most for number in self.value()):
            words = _("Tulis angka dari {least} sampai {most}, dipisah koma.")
            return words.format(least=self._least, most=self._most)
        return super().problem()


class WordsField(Field[Words | None]):
    """The field for one text in Indonesian (left) and English (right, may stay empty)."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(theme, name, label, required=required)
        self.lines = (
            QLineEdit(placeholderText=_("Indonesia"), maxLength=LONGEST),
            QLineEdit(placeholderText=_("Inggris"), maxLength=LONGEST),
        )
        for line in self.lines:
            line.textChanged.connect(self.changed)
        self.put(self.lines[0], _side_by_side(theme, self.lines))
        self.lines[1].setAccessibleName(_("{label} (Inggris)").format(label=label))

    @override
    def value(self) -> Words | None:
        indonesian, english = (line.text().strip() for line in self.lines)
        return Words(indonesian, english) if indonesian else None

    @override
    def show_value(self, value: Words | None) -> None:
        for line, text in zip(self.lines, (value.indonesian, value.en) if value else ("", ""), strict=True):
            line.setText(text)
            line.setCursorPosition(0)

    @override
    def problem(self) -> str:
        if self.value() is None and self.lines[1].text().strip():
            return _("Isi juga dalam bahasa Indonesia.")
        return super().problem()

    @override
    def draft_value(self) -> list[str]:
        return [line.text() for line in self.lines]

    @override
    def show_draft_value(self, kept: Any) -> None:
        for line, text in zip(self.lines, kept, strict=True):
            line.setText(text)


class WordsListField(Field[tuple[Words, ...]]):
    """The field for a list of texts, a line each, at most `most`. The English of a line is at its right."""

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
        self.put(self.texts[0], _side_by_side(theme, self.texts))
        self.texts[1].setAccessibleName(_("{label} (Inggris)").format(label=label))

    @override
    def value(self) -> tuple[Words, ...]:
        return tuple(Words(*pair) for pair in self._pairs() if pair[0])

    @override
    def show_value(self, value: Iterable[Words] | None) -> None:
        entries = tuple(value or ())
        self.texts[0].setPlainText("\n".join(entry.indonesian for entry in entries))
        self.texts[1].setPlainText("\n".join(entry.en for entry in entries).rstrip("\n"))

    @override
    def problem(self) -> str:
        if any(english and not indonesian for indonesian, english in self._pairs()):
            return _("Setiap baris Inggris perlu baris Indonesianya.")
        return too_many(self.value(), self._most)

    @override
    def draft_value(self) -> list[str]:
        return [text.toPlainText() for text in self.texts]

    @override
    def show_draft_value(self, kept: Any) -> None:
        for text, lines in zip(self.texts, kept, strict=True):
            text.setPlainText(lines)

    def _pairs(self) -> list[tuple[str, str]]:
        sides = ([line.strip() for line in text.toPlainText().split("\n")] for text in self.texts)
        return [(indonesian, english) for indonesian, english in zip_longest(*sides, fillvalue="")]


def _side_by_side(theme: Theme, editors: Iterable[QWidget]) -> QWidget:
    whole = QWidget()
    row = layouts.Row(theme, whole, gap=8)
    for editor in editors:
        row.addWidget(editor, 1)
    return whole
