"""One of many, from a list that drops down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter
from typing_extensions import override

from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.combo_box import ComboBox

Options = Sequence[tuple[object, str]]


class ChoiceField(Field):
    """`options` are (value, text); with `free` anything else may be typed, and its text is the value.

    Nothing is chosen until somebody chooses.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        label: str,
        options: Options = (),
        *,
        required: bool = False,
        free: bool = False,
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._free = free
        self.choice = ComboBox(theme)
        if free:
            self._let_type()
        self.show_options(options)
        self.choice.currentIndexChanged.connect(self.changed)
        self.put(self.choice)

    def _let_type(self) -> None:
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.choice.model(), self.choice)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.choice.setCompleter(completer)
        self.choice.editTextChanged.connect(self.changed)

    def show_options(self, options: Options) -> None:
        """Other options; what was chosen stays chosen if it is still there."""
        kept = self.value()
        self.choice.blockSignals(True)
        self.choice.clear()
        for value, text in options:
            self.choice.addItem(text, value)
        self.choice.blockSignals(False)
        self.show_value(kept)

    @override
    def value(self) -> object:
        if not self._free:
            return self.choice.currentData() if self.choice.currentIndex() >= 0 else None
        typed = self.choice.currentText().strip()
        place = self.choice.findText(typed, Qt.MatchFlag.MatchFixedString)
        return self.choice.itemData(place) if place >= 0 else typed

    @override
    def show_value(self, value: object) -> None:
        place = self.choice.findData(value) if value not in (None, "") else -1
        self.choice.setCurrentIndex(place)
        if place < 0 and self._free:
            self.choice.setEditText(str(value or ""))
