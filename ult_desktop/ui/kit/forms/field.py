"""The base of a form's fields: a caption, the editor, and below it what is wrong with the answer."""

from abc import abstractmethod
from typing import Any, Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import TypeVar

from ult_desktop.base import _
from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.theme import Theme, set_style_properties

Held = TypeVar("Held", default=Any)


class Field(QWidget, Generic[Held]):
    """The base of every field. A subclass makes the editor and passes it to `put`.

    Args:
        theme: colours and sizes.
        name: the key in the form's values.
        label: the question, above the editor.
        required: whether the question must be answered.

    Signals:
        changed: the answer changed.
    """

    changed = Signal()

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        super().__init__()
        self.theme, self.name, self.label, self.required = theme, name, label, required
        self._is_shown = True
        self.caption = widgets.Label(f"{label} *" if required else label, "small", "soft", wrap=True)
        self.error = widgets.Label("", "small", "danger", wrap=True)
        self.error.hide()
        self.column = layouts.Column(theme, self, gap=4)
        self.column.addWidget(self.caption)
        self.editor: QWidget = self
        self.changed.connect(lambda: self.show_error(""))

    def put(self, editor: QWidget, whole: QWidget | None = None) -> None:
        """Put `editor` into the field, which gives it the focus.

        `whole` is the widget that contains the editor, if the field shows more than that.
        """
        self.editor = editor
        self.column.addWidget(whole or editor)
        self.column.addWidget(self.error)
        self.setFocusProxy(editor)
        self.caption.setBuddy(editor)
        if not (whole is not None and whole.accessibleName()):  # a `whole` with a name says the question
            editor.setAccessibleName(self.label)
        editor.setAccessibleDescription(self._required_words)

    @property
    def _required_words(self) -> str:
        return _("wajib diisi") if self.required else ""

    def explain(self, words: str) -> None:
        """Show below the editor what it is for, or what belongs there."""
        self.column.insertWidget(self.column.count() - 1, widgets.Label(words, "small", "soft", wrap=True))

    @abstractmethod
    def value(self) -> Held:
        """Return the answer; None or "" while the field is empty."""

    @abstractmethod
    def show_value(self, value: Held) -> None:
        """Fill in a known answer; None or "" empties the field."""

    def words_of(self, value: object) -> str:  # noqa: ARG002  (a field with options asks for it)
        """Return the words of an option by its value; "" for another value, or in a field without options."""
        return ""

    def draft_value(self) -> object:
        """Return what a draft keeps of the answer: a text, a number or a list."""
        return self.value()

    def show_draft_value(self, kept: Held) -> None:
        """Fill in what a draft kept (its `draft_value`)."""
        self.show_value(kept)

    def is_empty(self) -> bool:
        return self.value() in (None, "", (), False)

    def problem(self) -> str:
        """Return what is wrong with the answer, in words; "" when it is valid."""
        return _("Wajib diisi.") if self.required and self.is_empty() else ""

    def show_error(self, words: str) -> None:
        """Show below the editor what is wrong; "" hides that."""
        if words != self.error.text():
            self.error.setText(words)
            self.error.setVisible(bool(words))
            self.editor.setAccessibleDescription(words or self._required_words)
            set_style_properties(self.editor, wrong=bool(words))

    @property
    def is_shown(self) -> bool:
        return self._is_shown

    def set_shown(self, shown: bool) -> None:
        """Show or hide the question. A hidden one is neither checked nor among the form's values."""
        if shown is not self._is_shown:
            self._is_shown = shown
            self.setVisible(shown)
